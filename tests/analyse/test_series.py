"""Series, panels and escalation against records whose counts are known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gesta.analyse.dyads import counts_of, name_of, suppose
from gesta.analyse.escalation import NOW, find_shifts, read_escalation
from gesta.analyse.panel import read_panel
from gesta.analyse.series import begin_of, next_of, read_country, read_days, read_series
from gesta.analyse.sides import find_side
from gesta.errors import UsageError
from gesta.store import Store
from tests.analyse.dyad_samples import add, incident, make_record

MONDAY = date(2021, 3, 1)
LAST = date(2021, 3, 26)  # a Friday: the last week is cut short


@pytest.fixture
def store(tmp_path: Path) -> Store:
    day = timedelta(days=1)
    told = [
        incident(1, "ASSAULT", "army", "rebels", MONDAY, killed=4),
        incident(2, "ASSAULT", ("army", "state"), "rebels", MONDAY + day, killed=2),  # two parties, one incident
        incident(3, "ACCUSE", "rebels", "state", MONDAY + 14 * day),
        incident(4, "AID", "state", "rebels", None, end=MONDAY + 9 * day),  # by a day: loose
        incident(5, "ASSAULT", "army", "rebels", MONDAY, end=MONDAY + 20 * day),  # spans three weeks
        incident(6, "ASSAULT", "army", "rebels", date(1979, 1, 1)),  # recalled
        incident(7, "ASSAULT", "army", "rebels", MONDAY, modality="alleged"),
        incident(8, "ASSAULT", "army", None, MONDAY),
    ]
    return make_record(tmp_path / "record", told, first=MONDAY + 2 * day, last=LAST)


def test_both_directions_with_quiet_weeks_kept(store: Store) -> None:
    sides = find_side(store, "nor"), find_side(store, "SUD")
    series = read_series(store, sides)
    there, back = series.directions
    assert [p.start for p in there.periods] == [MONDAY + timedelta(weeks=n) for n in range(4)]
    assert [p.quads for p in there.periods] == [(0, 0, 0, 2), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)]
    assert [p.incidents for p in back.periods] == [0, 0, 1, 0]
    assert there.periods[0].killed == 6 and there.periods[1].loose == 1
    assert there.periods[2].intensity is None and there.periods[0].intensity is not None
    assert (series.undated, series.outside) == (1, 1)
    assert (series.since, series.until, series.last) == (date(2021, 3, 3), LAST, date(2021, 3, 28))


def test_sides_by_sector_and_by_name(store: Store) -> None:
    rebels = find_side(store, "sudria front")
    assert rebels.level == "actor"
    army = find_side(store, "nor/mil")
    series = read_series(store, (army, rebels), by="month", since=date(2021, 1, 1))
    assert series.level == "actor"
    assert [p.incidents for p in series.directions[0].periods] == [0, 0, 3]  # the long one lies within March
    assert read_country(store, "sud").directions[0].incidents == 5


def test_who_is_not_there_or_not_meant(store: Store) -> None:
    with pytest.raises(UsageError, match="no actor of the record"):
        find_side(store, "Westland Guard")
    with pytest.raises(UsageError, match="no sector"):
        find_side(store, "NOR/XYZ")
    with pytest.raises(UsageError, match="is not a country"):
        find_side(store, "Norland", "country")
    sides = find_side(store, "NOR"), find_side(store, "SUD")
    with pytest.raises(UsageError, match="lies after"):
        read_series(store, sides, since=LAST, until=MONDAY)
    with pytest.raises(UsageError, match="more than"):
        read_series(store, sides, by="day", since=date(1, 1, 1))


def test_only_the_latest_linking_counts(store: Store) -> None:
    sides = find_side(store, "NOR"), find_side(store, "SUD")
    add(
        store,
        [
            incident(1, "ASSAULT", "army", "rebels", MONDAY, gone=True),
            incident(2, "AID", "state", "rebels", MONDAY + timedelta(days=1)),
            incident(9, "ASSAULT", "rebels", "army", MONDAY),
        ],
        2,
    )
    there, back = read_series(store, sides).directions
    assert there.periods[0].quads == (0, 1, 0, 0)
    assert back.periods[0].quads == (0, 0, 0, 1)


def test_days_are_those_that_are_known(store: Store) -> None:
    sides = find_side(store, "NOR"), find_side(store, "SUD")
    there, back = read_days(store, sides, quads=(3, 4), since=MONDAY, until=LAST)
    assert there == [MONDAY, MONDAY + timedelta(days=1)]
    assert back == [MONDAY + timedelta(days=14)]


def test_panels_have_a_row_for_every_unit_and_month(store: Store) -> None:
    found = read_panel(store, "dyads", since=date(2021, 2, 1), until=date(2021, 3, 31))
    assert found.names[:4] == ("source_country", "target_country", "start", "incidents")
    assert [row[:4] for row in found.rows] == [
        ("NOR", "SUD", date(2021, 2, 1), 0),
        ("NOR", "SUD", date(2021, 3, 1), 4),
        ("SUD", "NOR", date(2021, 2, 1), 0),
        ("SUD", "NOR", date(2021, 3, 1), 1),
    ]
    assert (found.undated, found.outside) == (0, 1)
    countries = read_panel(store, "countries", by="year", since=date(2020, 1, 1), until=LAST).rows
    assert [row[:3] for row in countries] == [("SUD", date(2020, 1, 1), 0), ("SUD", date(2021, 1, 1), 6)]


def test_periods_meet_without_gap() -> None:
    day = date(2023, 12, 27)
    assert begin_of(day, "week") == date(2023, 12, 25)
    assert [next_of(begin_of(day, by), by) for by in ("day", "week", "month", "year")] == [
        date(2023, 12, 28),
        date(2024, 1, 1),
        date(2024, 1, 1),
        date(2024, 1, 1),
    ]


def test_weeks_that_were_not_watched_whole_are_not_forecast_from(store: Store) -> None:
    series = read_series(store, (find_side(store, "NOR"), find_side(store, "SUD")))
    counts = counts_of(series)
    assert (counts.first, counts.length) == (MONDAY + timedelta(weeks=1), 2)
    assert counts.names[3] == name_of(series.directions[0], 4) == "NOR toward SUD, material conflict"
    with pytest.raises(UsageError, match="by week or month"):
        counts_of(read_series(store, (find_side(store, "NOR"), find_side(store, "SUD")), by="year"))


def test_a_supposition_needs_an_incident_of_the_dyad(store: Store) -> None:
    sides = find_side(store, "NOR"), find_side(store, "SUD")
    series = read_series(store, sides)
    asked = {"ahead": 2, "told": None}
    assert suppose(store, sides, series, without=None, adding=None, **asked) is None  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="cannot read"):
        suppose(store, sides, series, without=None, adding="tomorrow", **asked)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="one change"):
        suppose(store, sides, series, without="i1", adding="2021-03-09:1:4", **asked)  # type: ignore[arg-type]
    lone = store.query("SELECT incident FROM acts WHERE target IS NULL")[0][0]
    with pytest.raises(UsageError, match="not one between"):
        suppose(store, sides, series, without=lone, adding=None, **asked)  # type: ignore[arg-type]
    made = suppose(store, sides, series, without=None, adding="2021-03-09:1:4", **asked)  # type: ignore[arg-type]
    assert made is not None and made.change == 1 and made.start == date(2021, 3, 8)


def test_a_lasting_change_is_found_where_it_is_and_none_where_there_is_none() -> None:
    low, high = [1, 0, 2, 1, 0, 1, 2, 0] * 8, [5, 7, 4, 6, 5, 8, 6, 5] * 8
    (place,) = find_shifts(low + high)
    assert abs(place - 64) <= 2
    assert find_shifts(low * 3) == []
    assert find_shifts([0] * 200) == [] and find_shifts([3]) == []


def test_where_a_side_stands(tmp_path: Path) -> None:
    told = [incident(n, "ACCUSE", "army", "rebels", MONDAY + timedelta(weeks=n)) for n in range(40)]
    last = MONDAY + timedelta(weeks=43, days=6)
    told += [incident(100 + n, "ASSAULT", "army", "rebels", last - timedelta(days=n)) for n in range(9)]
    store = make_record(tmp_path / "record", told, first=MONDAY, last=last)
    found = read_escalation(store, (find_side(store, "NOR"), find_side(store, "SUD")))
    there, back = found.standings
    assert [(rung.type, rung.now) for rung in there.rungs] == [("ACCUSE", 0), ("ASSAULT", 9)]
    assert there.rungs[0].usual == 4.0 and there.highest == "ASSAULT" and there.level == 1.0
    assert back.rungs == () and back.highest is None
    assert f"last {NOW} weeks hold more conflict than 100%" in found.sentence and "no conflict" in found.sentence


def test_an_empty_record_is_told(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "record")
    with pytest.raises(UsageError, match="no dated incident"):
        read_country(store, "SUD")
