"""Scoring ties: what counts as found, and what is wrong with bad files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.evaluate import ties
from gesta.records import Record, Report, Tie, TieRelation

TEXT = "Ann Lee leads the Reds."


def line(**changes: object) -> str:
    tie = {"actor": [0, 7], "relation": "leads", "other": [18, 22], "ended": False, "said": False, "stance": "asserts"}
    return json.dumps({"id": "ties-0001", "text": TEXT, "ties": [tie | changes]})


def code(relation: TieRelation, *, turned: bool = False, ended: bool = False) -> Callable[[str], Record]:
    report = Report(text=TEXT)
    ends = ((18, 22), (0, 7)) if turned else ((0, 7), (18, 22))
    tie = Tie(
        id="t1", report=report.id, actor="a1", relation=relation, other="a2", span=(8, 13), actor_span=ends[0],
        other_span=ends[1], basis="clause", ended=ended,
    )  # fmt: skip
    return lambda text: Record(report=report, ties=(tie,))


@pytest.mark.parametrize(
    ("gold", "relation", "turned", "ended", "right"),
    [
        ("leads", "leads", False, False, 1.0),
        ("leads", "leads", True, False, 0.0),
        ("leads", "commands", False, False, 0.0),
        ("leads", "leads", False, True, 0.0),
        ("allied-with", "allied-with", True, False, 1.0),
    ],
)
def test_ends_relation_direction_and_end(
    tmp_path: Path, coder: Coder, gold: str, relation: TieRelation, turned: bool, ended: bool, right: float
) -> None:
    path = tmp_path / "ties.jsonl"
    path.write_text(line(relation=gold))
    score = ties(path, coder=coder, code=code(relation, turned=turned, ended=ended))
    assert score.figures["F1"] == right


def test_a_negative_with_a_tie_is_not_clean(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "ties.jsonl"
    path.write_text(json.dumps({"id": "ties-0001", "text": TEXT, "ties": []}))
    assert ties(path, coder=coder, code=code("leads")).figures["clean negatives"] == 0.0


def test_bad_lines_are_left_out_and_named(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "ties.jsonl"
    path.write_text("\n".join([line(), line(actor=[0, 99]), line(relation="adores"), "{"]))
    score = ties(path, coder=coder, code=code("leads"))
    assert score.counts["lines left out"] == 3
    assert any("lies outside" in note for note in score.notes)
    path.write_text("nothing\n")
    with pytest.raises(UsageError, match="no labelled ties"):
        ties(path, coder=coder)


def test_halves_share_out_the_set(coder: Coder) -> None:
    path = Path(__file__).resolve().parents[2] / "casebook" / "ties.jsonl"
    empty = lambda text: Record(report=Report(text=text))  # noqa: E731
    counts = {half: ties(path, coder=coder, half=half, code=empty).counts for half in ("all", "even", "odd")}
    assert counts["even"]["sentences"] + counts["odd"]["sentences"] == counts["all"]["sentences"]
    assert abs(counts["even"]["sentences"] - counts["odd"]["sentences"]) < 60
