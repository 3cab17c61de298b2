"""Scoring stated responses: what counts as found, parts, batches, and what is wrong with bad files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.evaluate import responses
from gesta.evaluate.score_responses import part_of
from gesta.records import Cause, Record, Report, Span

TEXT = "Norway expelled two envoys after the raid on its office."
EXPELLED, AFTER, RAID, OFFICE = (7, 15), (27, 32), (37, 41), (49, 55)


def line(*, held_out: bool = True, told: bool = True, text: str = TEXT) -> str:
    one = {"answer": [EXPELLED], "cause": [RAID], "cue": AFTER, "event": True}
    record = {"id": "responses-0001", "text": text, "responses": [one] if told else [], "kind": "after"}
    return json.dumps(record | {"held_out": held_out})


def code(effect: Span, cause: Span, cue: Span | None = AFTER) -> Callable[[str], Record]:
    report = Report(text=TEXT)
    told = Cause(id="k1", report=report.id, effect="e1", effect_span=effect, cause_span=cause, cue_span=cue)
    return lambda text: Record(report=report, causes=(told,))


@pytest.mark.parametrize(
    ("effect", "cause", "f1", "direction"),
    [(EXPELLED, RAID, 1.0, 1.0), (EXPELLED, OFFICE, 0.0, 0.0), (RAID, EXPELLED, 0.0, 0.0), (OFFICE, RAID, 0.0, 0.0)],
)
def test_both_ends_and_the_direction(
    tmp_path: Path, coder: Coder, effect: Span, cause: Span, f1: float, direction: float
) -> None:
    path = tmp_path / "responses.jsonl"
    path.write_text(line())
    score = responses(path, coder=coder, code=code(effect, cause))
    assert score.figures["F1"] == f1
    assert score.figures["direction right"] == direction
    assert score.counts["the wrong way round"] == (effect == RAID)


@pytest.mark.parametrize(("cue", "right"), [(AFTER, 1.0), (OFFICE, 0.0), (None, 0.0)])
def test_the_cue_is_scored_beside(tmp_path: Path, coder: Coder, cue: Span | None, right: float) -> None:
    path = tmp_path / "responses.jsonl"
    path.write_text(line())
    score = responses(path, coder=coder, code=code(EXPELLED, RAID, cue))
    assert (score.figures["F1"], score.figures["cue right"]) == (1.0, right)


def test_a_text_without_a_response_is_clean_only_if_none_is_read(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "responses.jsonl"
    path.write_text(line(told=False))
    assert responses(path, coder=coder, code=code(EXPELLED, RAID)).figures["clean negatives"] == 0.0


def test_a_part_is_scored_alone(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "responses.jsonl"
    path.write_text(line(held_out=False) + "\n" + line())
    counts = {part: responses(path, coder=coder, part=part_of(part), code=code(EXPELLED, RAID)).counts["texts"]
              for part in ("all", "training", "held-out")}  # fmt: skip
    assert counts == {"all": 2, "training": 1, "held-out": 1}
    path.write_text(line(held_out=False))
    with pytest.raises(UsageError):
        responses(path, coder=coder, part="held-out", code=code(EXPELLED, RAID))
    with pytest.raises(UsageError):
        part_of("odd")


@pytest.mark.parametrize(("to", "span", "right"), [("e2", None, 1.0), (None, RAID, 1.0), (None, OFFICE, 0.0)])
def test_a_batch_names_the_event_answered_or_its_words(
    tmp_path: Path, coder: Coder, to: str | None, span: Span | None, right: float
) -> None:
    path = tmp_path / "b99.jsonl"
    events = [
        {"id": "e1", "trigger": EXPELLED, "response": {"to": to, "cue": AFTER, "span": span}},
        {"id": "e2", "trigger": RAID},
    ]
    path.write_text(json.dumps({"id": "b99-0001", "batch": "b99", "text": TEXT, "events": events}))
    assert responses(path, coder=coder, code=code(EXPELLED, RAID)).figures["F1"] == right


def test_bad_lines_are_left_out_and_named(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "responses.jsonl"
    path.write_text("\n".join([line(), "no json", line(text="Norway"), json.dumps({"id": "x", "text": TEXT})]))
    score = responses(path, coder=coder, code=code(EXPELLED, RAID))
    assert score.counts["lines left out"] == 3
    assert "responses.jsonl:3" in score.notes[1]
    path.write_text("no json")
    with pytest.raises(UsageError):
        responses(path, coder=coder)
    with pytest.raises(UsageError):
        responses(tmp_path / "missing.jsonl", coder=coder)
