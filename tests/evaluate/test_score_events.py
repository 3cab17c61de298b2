from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from spacy.tokens import Doc

from gesta.errors import UsageError
from gesta.evaluate import events
from gesta.evaluate.casebook import read_casebook
from gesta.evaluate.score_events import calibration_error, heads
from gesta.records import Event, Evidence, Participant, Span

MakeReader = Callable[[Callable[[Doc], None]], SimpleNamespace]

TEXT = "Rebel gunmen from Mopti attacked two army trucks and kidnapped a driver."
#      gunmen(1) head of 0-3; trucks(7) head of 5-7; driver(11) head of 10-11
HEADS = [1, 4, 3, 1, 4, 7, 7, 4, 9, 4, 11, 9, 4]


def tree(doc: Doc) -> None:
    for token, head in zip(doc, HEADS, strict=True):
        token.head, token.dep_ = doc[head], "dep"


def span(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


def event(trigger: str, type_: str, sources: list[str], targets: list[str], modality: str = "happened") -> Event:
    start, end = span(trigger)
    sides = [
        tuple(Participant(actor="x", text=words, span=span(words)) for words in side) for side in (sources, targets)
    ]
    return Event(
        id="e", report="r", type=type_, modality=modality, sources=sides[0], targets=sides[1],  # type: ignore[arg-type]
        evidence=(Evidence(field="type", start=0, end=1), Evidence(field="trigger", start=start, end=end)),
    )  # fmt: skip


def labelled(trigger: str, type_: str, sources: list[str], targets: list[str], modality: str = "happened") -> Any:
    return {
        "id": trigger, "trigger": span(trigger), "type": type_, "modality": modality,
        "sources": [{"span": span(words)} for words in sources],
        "targets": [{"span": span(words)} for words in targets],
    }  # fmt: skip


ATTACK = ("attacked", "ASSAULT", ["Rebel gunmen from Mopti"], ["two army trucks"])
KIDNAP = ("kidnapped", "ASSAULT", ["Rebel gunmen from Mopti"], ["a driver"])


def case(*told: Any, negative: str | None = None) -> dict[str, Any]:
    return {"text": TEXT, "events": [labelled(*one) for one in told], "negative": negative}


def score(tmp_path: Path, reader: MakeReader, found: list[Event], *cases: dict[str, Any]) -> Any:
    path = tmp_path / "b99.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in cases), encoding="utf-8")
    return events(path, coder=reader(tree), code=lambda text: found)


def test_all_right(tmp_path: Path, reader: MakeReader) -> None:
    result = score(tmp_path, reader, [event(*ATTACK), event(*KIDNAP)], case(*[ATTACK, KIDNAP]))
    for name in ("trigger F1", "type F1", "lenient F1", "strict F1", "counted type F1", "modality accuracy"):
        assert result.figure(name) == 1, name
    assert result.counts["spurious events"] == 0


def test_a_participant_stands_for_its_head_word(tmp_path: Path, reader: MakeReader) -> None:
    other = event("attacked", "ASSAULT", ["gunmen"], ["trucks"])
    assert score(tmp_path, reader, [other], case(ATTACK)).figure("strict F1") == 1
    modifier = event("attacked", "ASSAULT", ["Mopti"], ["two army trucks"])
    result = score(tmp_path, reader, [modifier], case(ATTACK))
    assert result.figure("lenient F1") == 0
    assert result.figure("type F1") == 1
    assert result.figure("target heads, strict") == 1
    assert result.figure("source heads, lenient") == 0


def test_strict_wants_the_same_set_lenient_some_of_it_and_none_beside(tmp_path: Path, reader: MakeReader) -> None:
    two = ("attacked", "ASSAULT", ["Rebel gunmen"], ["two army trucks", "a driver"])
    some = score(tmp_path, reader, [event("attacked", "ASSAULT", ["gunmen"], ["trucks"])], case(two))
    assert (some.figure("strict F1"), some.figure("lenient F1")) == (0, 1)
    beside = score(tmp_path, reader, [event(*two)], case(ATTACK))
    assert (beside.figure("strict F1"), beside.figure("lenient F1")) == (0, 0)


def test_none_labelled_wants_none_coded(tmp_path: Path, reader: MakeReader) -> None:
    nobody = ("attacked", "ASSAULT", [], ["two army trucks"])
    assert score(tmp_path, reader, [event(*nobody)], case(nobody)).figure("strict F1") == 1
    assert score(tmp_path, reader, [event(*ATTACK)], case(nobody)).figure("lenient F1") == 0
    assert score(tmp_path, reader, [event(*nobody)], case(ATTACK)).figure("lenient F1") == 0


def test_type_modality_and_spurious_events(tmp_path: Path, reader: MakeReader) -> None:
    found = [
        event("attacked", "COERCE", ["gunmen"], ["trucks"], "alleged"),
        event("driver", "ACCUSE", [], []),
        event("army", "MOBILIZE", [], [], "planned"),
    ]
    result = score(tmp_path, reader, found, case(ATTACK, KIDNAP))
    assert result.figure("trigger precision") == pytest.approx(1 / 3)
    assert result.figure("trigger recall") == pytest.approx(1 / 2)
    assert result.figure("trigger F1") == pytest.approx(2 / 5)
    assert result.figure("type F1") == 0
    assert result.figure("modality accuracy") == 0
    assert result.counts["spurious events"] == 2
    assert result.counts["coded events"] == 3
    rows = {(row.group, row.name): row for row in result.rows}
    assert (rows["type", "ASSAULT"].gold, rows["type", "ASSAULT"].correct) == (2, 0)
    assert rows["type", "COERCE"].predicted == 1
    assert (rows["modality", "happened"].gold, rows["modality", "planned"].predicted) == (2, 1)


def test_each_event_is_matched_once(tmp_path: Path, reader: MakeReader) -> None:
    result = score(tmp_path, reader, [event(*ATTACK), event(*ATTACK)], case(ATTACK))
    assert result.figure("trigger precision") == pytest.approx(1 / 2)
    assert result.figure("trigger recall") == 1
    assert result.counts["spurious events"] == 1


def test_two_acts_on_one_trigger_are_matched_by_type_and_arguments(tmp_path: Path, reader: MakeReader) -> None:
    accuse = ("attacked", "ACCUSE", [], ["a driver"])
    result = score(tmp_path, reader, [event(*accuse), event(*ATTACK)], case(ATTACK, accuse))
    assert result.figure("strict F1") == 1
    first = ("attacked", "ASSAULT", ["gunmen"], ["trucks"])
    second = ("attacked", "ASSAULT", ["gunmen"], ["a driver"])
    assert score(tmp_path, reader, [event(*second), event(*first)], case(first, second)).figure("strict F1") == 1


def test_counted_events_want_both_to_count(tmp_path: Path, reader: MakeReader) -> None:
    result = score(tmp_path, reader, [event(*ATTACK, "planned"), event(*KIDNAP)], case(ATTACK, KIDNAP))
    assert result.figure("counted type recall") == pytest.approx(1 / 2)
    assert result.figure("counted type precision") == 1
    assert result.figure("modality accuracy") == pytest.approx(1 / 2)


def test_hard_negatives(tmp_path: Path, reader: MakeReader) -> None:
    negative = case(negative="metaphor")
    wrong = score(tmp_path, reader, [event(*ATTACK)], negative, case(ATTACK))
    assert wrong.counts["hard negatives"] == 1
    assert wrong.counts["hard negatives with counted event"] == 1
    assert wrong.figure("hard negatives without counted event") == 0
    uncounted = score(tmp_path, reader, [event(*ATTACK, "conditional")], negative)
    assert uncounted.figure("hard negatives without counted event") == 1
    assert uncounted.counts["spurious events"] == 1


def test_head_words(reader: MakeReader) -> None:
    doc = reader(tree).nlp(TEXT)
    assert heads(doc, [span("Rebel gunmen from Mopti")]) == {1}
    assert heads(doc, [span("two army trucks"), span("a driver")]) == {7, 11}
    assert heads(doc, [span(TEXT)]) == {4}
    assert heads(doc, [span("gunmen from Mopti attacked")]) == {4}, "the word nearest to the root of several"
    assert heads(doc, []) == frozenset()
    assert heads(doc, [(500, 510)]) == {-1}


def test_lines_that_cannot_be_read_are_left_out_and_named(tmp_path: Path, reader: MakeReader) -> None:
    path = tmp_path / "b99.jsonl"
    outside = case(ATTACK) | {"text": "short"}
    lines = [json.dumps(case(ATTACK)), "{broken", json.dumps({"text": "x"}), json.dumps(outside)]
    lines.append(json.dumps({"text": "soft\u00adhyphen", "events": []}))
    path.write_text("\n".join(lines), encoding="utf-8")
    result = events(path, coder=reader(tree), code=lambda text: [event(*ATTACK)])
    assert result.figure("strict F1") == 1
    assert result.counts["lines left out"] == 4
    assert [note.split(" ")[0] for note in result.notes] == [f"b99.jsonl:{n}" for n in (2, 3, 4, 5)]


def test_a_coder_is_asked_for_its_events(tmp_path: Path, reader: MakeReader) -> None:
    path = tmp_path / "b99.jsonl"
    path.write_text(json.dumps(case(ATTACK)), encoding="utf-8")
    coder = reader(tree)
    texts = []

    def code(report: Any) -> SimpleNamespace:
        texts.append(report.text)
        return SimpleNamespace(events=(event(*ATTACK),))

    coder.code = code
    assert events(path, coder=coder).figure("strict F1") == 1
    assert texts == [TEXT]


def test_nothing_to_read_is_misuse(tmp_path: Path, reader: MakeReader) -> None:
    with pytest.raises(UsageError, match="no casebook sentence here"):
        events(tmp_path, coder=reader(tree), code=lambda text: [])


def test_the_casebook_itself_can_be_read() -> None:
    cases, left_out = read_casebook(Path(__file__).parents[2] / "casebook")
    assert not left_out
    assert len(cases) > 500


def test_calibration_error_is_the_distance_of_what_is_said_from_what_is_right() -> None:
    assert calibration_error([]) == 0
    assert calibration_error([(1.0, True)] * 30) == 0
    assert calibration_error([(0.9, n < 15) for n in range(30)]) == pytest.approx(0.4)
    rows = [(0.2, n < 1) for n in range(5)] + [(0.8, n < 4) for n in range(5)]
    assert calibration_error(rows, bins=2) == pytest.approx(0)
    assert calibration_error(rows, bins=1) == pytest.approx(0)


def test_modes_and_contexts_are_scored_on_events_of_the_right_type(tmp_path: Path, reader: MakeReader) -> None:
    gold = case(ATTACK, KIDNAP)
    gold["events"][0] |= {"modes": ["firearms"], "contexts": ["military", "territory"]}
    gold["events"][1] |= {"modes": ["abduct"], "contexts": []}
    found = [
        msgspec.structs.replace(event(*ATTACK), modes=("firearms",), contexts=("military",)),
        msgspec.structs.replace(event("kidnapped", "COERCE", *KIDNAP[2:]), modes=("abduct",)),  # type: ignore[arg-type]
    ]
    result = score(tmp_path, reader, found, gold)
    assert result.figure("modes F1") == 1
    assert result.figure("contexts F1") == pytest.approx(2 / 3)
