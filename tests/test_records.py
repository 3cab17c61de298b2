"""Records: ids, offsets, and the way to JSON and back."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gesta.records import Event, Evidence, Participant, Place, Record, Report, Time, Toll, make_id


def test_id_covers_text_publisher_and_url_and_nothing_else() -> None:
    report = Report(text="Rebels shelled Eastport.", publisher="A", url="u")
    assert report.id == Report(text="Rebels shelled Eastport.", publisher="A", url="u", published=date(2020, 1, 2)).id
    others = [Report(text="Rebels shelled.", publisher="A", url="u"), Report(text=report.text, publisher="B", url="u")]
    others.append(Report(text=report.text, publisher="A", url="v"))
    assert report.id not in {other.id for other in others}
    assert len({other.id for other in others}) == 3


def test_ids_do_not_run_parts_together() -> None:
    assert make_id("r", "ab", "c") != make_id("r", "a", "bc")


def test_text_is_settled_before_any_offset_exists() -> None:
    report = Report(text="One\r\ntwo\x00three\u200b.")
    assert report.text == "One\ntwo three."


def test_body_start_must_come_with_settled_text() -> None:
    with pytest.raises(ValueError, match="settled"):
        Report(text="Title\r\n\r\nBody", body_start=9)
    with pytest.raises(ValueError, match="outside"):
        Report(text="short", body_start=6)


def test_published_given_by_hand_says_so() -> None:
    assert Report(text="x", published=date(2020, 1, 2)).published_basis == "option"
    assert Report(text="x").published_basis == "none"


def test_frozen() -> None:
    with pytest.raises(AttributeError):
        Report(text="x").text = "y"  # type: ignore[misc]


def test_to_json_and_back() -> None:
    report = Report.of(
        "Rebels shelled Eastport on Monday, killing three.", title="Shelling", published=date(2020, 1, 2)
    )
    event = Event(
        id="e1",
        report=report.id,
        type="ASSAULT",
        modes=("heavy-weapons",),
        modality="happened",
        sources=(Participant(actor="a1", text="Rebels", span=(10, 16)),),
        targets=(),
        place=Place(name="Eastport", text="Eastport", span=(25, 33)),
        time=Time(
            value="2019-12-30", basis="relative", start=date(2019, 12, 30), end=date(2019, 12, 30), text="Monday"
        ),
        tolls=(Toll(kind="killed", low=3, high=3, text="three", span=(53, 58)),),
        evidence=(Evidence(field="trigger", start=17, end=24),),
    )
    record = Record(report=report, events=(event,))
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record
    assert event.mode == "heavy-weapons"
    assert event.counted
    assert report.text[event.trigger.start : event.trigger.end] == "shelled"
