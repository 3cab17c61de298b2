"""The flat row: what stands in each column, and what stays empty."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from export_samples import ACTORS, CITY, FLIGHT, MONDAY, REPORT, RUN, SENTENCE, SHELLING, make_store
from msgspec.structs import replace

from gesta.exchange.rows import COLUMNS, TOLLS, WORDS, Value, columns, flat_row
from gesta.exchange.tellings import tellings
from gesta.records import Event, Record, Report, Toll
from gesta.store import EventFilter


def row_of(folder: Path, event: Event = SHELLING, *, without_text: bool = False, **fields: Any) -> dict[str, Value]:
    store = make_store(folder / "record", event, **fields)
    (told,) = tellings(store, EventFilter(modality="all"))
    return flat_row(told, without_text=without_text)


def test_every_column_of_a_full_event(tmp_path: Path) -> None:
    assert row_of(tmp_path) == {
        "event_id": "e1", "report_id": REPORT.id, "ontology": "PLOVER 2.0", "type": "ASSAULT", "mode": "heavy-weapons",
        "modes": ("heavy-weapons", "destroy"), "contexts": ("military", "terrorism"), "modality": "happened",
        "counted": True, "quad": 4, "quad_name": "material conflict", "intensity": SHELLING.intensity,
        "cameo_root": SHELLING.cameo_root,
        "source_names": ("Norland (armed forces)", "raiders"), "source_actors": ("a1", "a2"),
        "source_countries": ("NOR", ""), "source_sectors": ("MIL/GOV", "UAF"), "source_roles": ("army", ""),
        "source_texts": ("Norland's army", "allied raiders"),
        "target_names": ("Eastport",), "target_actors": ("a3",), "target_countries": ("DNK",),
        "target_sectors": ("CVL",), "target_roles": ("",), "target_texts": ("Eastport",),
        "date_start": "2020-01-06", "date_end": "2020-01-06", "date_grain": "day", "date_value": "2020-01-06",
        "date_basis": "relative", "date_text": "Monday",
        "place_name": "Eastport", "place_text": "Eastport", "place_basis": "stated", "precision": "city",
        "country": "IRQ", "country_name": "Iraq", "admin1": "IQ.13", "admin1_name": "Kirkuk", "latitude": 29.95,
        "longitude": -90.06, "geonames_id": 7, "feature": "city",
        "killed_low": 5, "killed_high": None, "injured_low": 5, "injured_high": 6, "arrested_low": None,
        "arrested_high": None, "missing_low": None, "missing_high": None, "displaced_low": None,
        "displaced_high": None, "participants_low": None, "participants_high": None,
        "toll_texts": (
            "killed: three fishermen", "killed: at least two clerks", "injured: four", "injured: one or two",
        ),
        "count": 1, "within": None, "claim_id": "c1", "speaker": "Ada Quill", "speaker_text": "Quill, a reporter",
        "stance": "asserts", "certainty": "probable", "confidence": 0.75, "trigger": "shelled", "sentence": SENTENCE,
        "publisher": "Example Wire", "url": "https://wire.example/1", "title": "Shells on Eastport",
        "published": "2020-01-08", "published_basis": "option", "origin": "1.txt", "run": "x1",
    }  # fmt: skip


def test_a_bare_event_is_empty_where_nothing_is_known(tmp_path: Path) -> None:
    row = row_of(tmp_path, replace(FLIGHT, time=None, evidence=()), report=REPORT, actors=(), claims=(), places=())
    assert {name for name, value in row.items() if value is not None} == {
        "event_id", "report_id", "ontology", "type", "modality", "counted", "quad", "quad_name", "intensity",
        "cameo_root", "count", "confidence", "publisher", "url", "title", "published", "published_basis", "origin",
        "run",
    }  # fmt: skip


def test_columns_stand_in_their_order_with_and_without_words(tmp_path: Path) -> None:
    assert tuple(row_of(tmp_path / "whole")) == COLUMNS == columns(without_text=False)
    spare = row_of(tmp_path / "spare", without_text=True)
    assert tuple(spare) == columns(without_text=True)
    assert set(COLUMNS) - set(spare) == WORDS
    told = str(list(spare.values()))
    for words in ("shelled", "fishermen", "Norland's army", "Monday", "Quill, a reporter", "Shells on"):
        assert words not in told


def test_every_kind_of_toll_has_columns() -> None:
    assert get_args(get_type_hints(Toll)["kind"]) == TOLLS


def test_a_bounded_time_has_no_first_day(tmp_path: Path) -> None:
    row = row_of(tmp_path, FLIGHT)
    assert (row["date_start"], row["date_end"], row["date_basis"]) == (None, "2020-01-08", "bounded")


@pytest.mark.parametrize(
    "place",
    [
        replace(CITY, precision="country", feature="country"),
        replace(CITY, latitude=None, longitude=None),
        replace(CITY, longitude=None),
    ],
)
def test_countries_and_half_points_have_no_coordinates(tmp_path: Path, place: Any) -> None:
    row = row_of(tmp_path, replace(SHELLING, place=place))
    assert (row["latitude"], row["longitude"]) == (None, None)
    assert row["country"] == "IRQ"


def test_an_actor_the_record_lacks_goes_by_its_words(tmp_path: Path) -> None:
    row = row_of(tmp_path, actors=ACTORS[:1])
    assert row["source_names"] == ("Norland (armed forces)", "allied raiders")
    assert row["source_countries"] == ("NOR", "")
    assert row["speaker"] is None
    assert row["speaker_text"] == "Quill, a reporter"


def test_a_claim_that_is_gone_leaves_its_id(tmp_path: Path) -> None:
    row = row_of(tmp_path, claims=())
    assert (row["claim_id"], row["speaker"], row["stance"]) == ("c1", None, None)


def test_a_type_of_a_users_own_has_no_quad(tmp_path: Path) -> None:
    row = row_of(tmp_path, replace(SHELLING, ontology="water", type="CUTOFF", modes=()))
    assert (row["ontology"], row["type"]) == ("water", "CUTOFF")
    assert [row[name] for name in ("quad", "quad_name", "intensity", "cameo_root", "mode")] == [None] * 5


def test_text_is_in_one_line(tmp_path: Path) -> None:
    report = Report(text=REPORT.text, title="Two\r\nlines\tand \x07 a bell\u2028", published=date(2020, 1, 8))
    event = replace(SHELLING, report=report.id, time=replace(MONDAY, text=" on\n Monday "))
    row = row_of(tmp_path, event, report=report, claims=())
    assert row["title"] == "Two lines and a bell"
    assert row["date_text"] == "on Monday"


def test_many_events_are_told_with_their_own_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches must not mix up whose report, actors and claim an event has."""
    monkeypatch.setattr("gesta.exchange.tellings._BATCH", 2)
    store = make_store(tmp_path / "record")
    other = Report.of("Norland's army shelled Westport.", publisher="Other Wire")
    actors = (replace(ACTORS[0], name="Westland"),)
    events = tuple(replace(SHELLING, id=f"o{n}", report=other.id, evidence=(), time=None, claim="c1") for n in range(3))
    store.add([Record(report=other, events=events, actors=actors)], run=replace(RUN, id="x2"))
    told = list(tellings(store, EventFilter(modality="all")))
    assert [one.event for one in told] == list(store.events(EventFilter(modality="all")))
    assert len(told) == 6
    for one in told:
        assert one.report.id == one.event.report
        mine = one.report.id == REPORT.id
        assert one.actors["a1"].name == ("Norland (armed forces)" if mine else "Westland")
        assert (one.said is not None) == (mine and one.event.claim is not None)
        assert one.places == (("Eastport",) if mine else ())
