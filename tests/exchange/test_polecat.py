"""POLECAT's columns: their order and spelling, and what we refuse to say in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from export_samples import ACTORS, CITY, FLIGHT, MONDAY, REPORT, SHELLING, make_store, polecat_rows, written
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gesta.errors import UsageError
from gesta.exchange.polecat import _cell
from gesta.records import Event, Time

HEADER = """Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|
Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|
Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|
Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|
Publication Date|Story People|Story Organizations|Story Locations|Language|Version""".replace("\n", "").split("|")


def row_of(folder: Path, event: Event = SHELLING, **fields: Any) -> dict[str, str]:
    (row,) = polecat_rows(written(make_store(folder / "record", event, **fields), "polecat"))
    return row


def test_the_header_is_polecats(tmp_path: Path) -> None:
    data = written(make_store(tmp_path / "record"), "polecat")
    assert data.split(b"\n")[0].decode().split("\t") == HEADER
    assert len(HEADER) == 40
    assert data.endswith(b"\n")
    assert b"\r" not in data
    assert {len(line.split(b"\t")) for line in data.splitlines()} == {40}


def test_every_column_of_a_full_event(tmp_path: Path) -> None:
    assert row_of(tmp_path) == dict(zip(HEADER, [
        "e1", "2020-01-06", "ASSAULT", "heavy-weapons; destroy", str(SHELLING.intensity), "material conflict",
        "military; terrorism", "Norland (armed forces); raiders", "NOR; None", "385; None", "MIL; UAF",
        "MIL; GOV; UAF", "army; None", "Norland's army; allied raiders", "None",
        "Eastport", "DNK", "390", "CVL", "CVL", "None", "Eastport", "None",
        "Eastport", "Eastport", "None", "Kirkuk", "Iraq", "29.95", "-90.06", "7", "Eastport", "city",
        "Example Wire", "2020-01-08", "Ada Quill", "raiders", "Eastport", "en", "Gesta 9.9, small, PLOVER 2.0",
    ], strict=True))  # fmt: skip


def test_a_bare_event_is_none_where_nothing_is_known(tmp_path: Path) -> None:
    row = row_of(tmp_path, replace(FLIGHT, time=None), actors=(), claims=(), places=())
    known = {
        "Event ID", "Event Type", "Intensity", "Quad Code", "Source", "Publication Date", "Language", "Version"
    }  # fmt: skip
    assert {name for name, value in row.items() if value != "None"} == known


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (MONDAY, "2020-01-06"),
        (replace(MONDAY, basis="stated", grain="hour", value="2020-01-06T10:00"), "2020-01-06"),
        (None, "None"),
        (Time(value="../2020-01-08", basis="bounded", end=date(2020, 1, 8)), "None"),
        (replace(MONDAY, basis="bounded"), "None"),
        (
            Time(value="2019-11", basis="inferred", grain="month", start=date(2019, 11, 1), end=date(2019, 11, 30)),
            "None",
        ),
        (Time(value="2019", basis="stated", start=date(2019, 1, 1)), "None"),
        (Time(value="PAST_REF", basis="stated"), "None"),
    ],
)
def test_a_date_only_where_the_text_gives_a_day(tmp_path: Path, time: Time | None, shown: str) -> None:
    row = row_of(tmp_path, replace(SHELLING, time=time))
    assert row["Event Date"] == shown
    assert row["Publication Date"] == "2020-01-08"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (replace(CITY, feature="capital"), ("Eastport", "None", "Kirkuk", "Iraq", "29.95")),
        (replace(CITY, feature="facility"), ("None", "None", "Kirkuk", "Iraq", "29.95")),
        (replace(CITY, feature="district", precision="district"), ("None", "Eastport", "Kirkuk", "Iraq", "29.95")),
        (replace(CITY, feature="province", precision="province"), ("None", "None", "Kirkuk", "Iraq", "29.95")),
        (replace(CITY, precision="province", admin1=None), ("None", "None", "Eastport", "Iraq", "29.95")),
        (replace(CITY, precision="country", admin1=None), ("None", "None", "None", "Iraq", "None")),
        (replace(CITY, precision=None, country=None, admin1=None), ("None", "None", "None", "None", "29.95")),
        (replace(CITY, country="ZZZ", admin1="ZZ.99"), ("Eastport", "None", "None", "None", "29.95")),
    ],
)
def test_city_district_province_country(tmp_path: Path, place: Any, shown: tuple[str, ...]) -> None:
    row = row_of(tmp_path, replace(SHELLING, place=place))
    assert tuple(row[name] for name in ("City", "District", "Province", "Country", "Latitude")) == shown


def test_an_international_body_has_no_number_of_a_state(tmp_path: Path) -> None:
    actors = (replace(ACTORS[0], country="UNO"), *ACTORS[1:])
    row = row_of(tmp_path, actors=actors)
    assert (row["Actor Country"], row["Actor COW"]) == ("UNO; None", "None")


def test_only_counted_events_unless_asked(tmp_path: Path) -> None:
    store = make_store(tmp_path / "record")
    assert [row["Event ID"] for row in polecat_rows(written(store, "polecat", modality="counted"))] == ["e1", "e2"]


def test_without_text_the_raw_columns_are_none(tmp_path: Path) -> None:
    rows = polecat_rows(written(make_store(tmp_path / "record"), "polecat", without_text=True))
    assert list(rows[0]) == HEADER
    for name in ("Actor Name Raw", "Recipient Name Raw", "Raw Placename"):
        assert {row[name] for row in rows} == {"None"}
    assert rows[0]["Actor Name"] == "Norland (armed forces); raiders"


def test_a_type_of_a_users_own_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    store = make_store(tmp_path / "record", replace(SHELLING, ontology="water", type="CUTOFF", modes=()))
    with pytest.raises(UsageError, match=r"water.*--format csv"):
        written(store, "polecat")
    assert [path.name for path in tmp_path.iterdir()] == ["record"]


@given(st.text(max_size=30))
def test_any_text_stays_in_its_cell(text: str) -> None:
    shown = _cell(text)
    assert shown
    assert not set(shown) & set('\t\n\r"\u2028\u2029\x00')
    assert len(f"{shown}\tx".splitlines()) == 1


def test_a_report_cannot_add_columns_or_lines(tmp_path: Path) -> None:
    place = replace(CITY, name='East\tport\n"the gate"', text="a\r\nb")
    row = row_of(tmp_path, replace(SHELLING, place=place))
    assert row["Placename"] == "East port 'the gate'"
    assert row["Raw Placename"] == "a b"
    assert REPORT.publisher == row["Source"]
