from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.evaluate.score import Row, Score, add, compare
from gesta.evaluate.seen import TABLE, fingerprint, seen

COUNTS = st.integers(0, 50)


def test_precision_recall_and_f1() -> None:
    row = Row(group="", name="", correct=6, predicted=8, gold=12)
    assert (row.precision, row.recall) == (0.75, 0.5)
    assert row.f1 == pytest.approx(0.6)


def test_nothing_found_or_nothing_to_find_is_zero_not_an_error() -> None:
    for predicted, gold in ((0, 0), (0, 3), (3, 0)):
        row = Row(group="", name="", correct=0, predicted=predicted, gold=gold)
        assert (row.precision, row.recall, row.f1) == (0, 0, 0)


@given(COUNTS, COUNTS, COUNTS)
def test_f1_lies_between_precision_and_recall(correct: int, more: int, missed: int) -> None:
    row = Row(group="", name="", correct=correct, predicted=correct + more, gold=correct + missed)
    low, high = sorted((row.precision, row.recall))
    assert low - 1e-9 <= row.f1 <= high + 1e-9


def test_rows_add_up() -> None:
    both = add([compare({1, 2, 3}, {2, 3, 4, 5}), compare(set(), {1})], group="g", name="n")
    assert (both.correct, both.predicted, both.gold) == (2, 5, 3)


@pytest.fixture
def score() -> Score:
    return Score(
        task="names",
        source="folder",
        figures={"F1": 2 / 3},
        counts={"articles": 2},
        rows=(compare({1, 2}, {2}, group="class", name="Person"),),
        notes=("gold tokens",),
    )


def test_as_json(score: Score) -> None:
    plain = json.loads(score.json())
    assert plain["figures"] == {"F1": 0.666667}
    assert plain["rows"][0] | {"F1": 0.666667} == plain["rows"][0]
    assert plain["notes"] == ["gold tokens"]


def test_as_a_table(score: Score) -> None:
    table = score.table()
    assert re.search(r"^  F1 +0\.6667$", table, re.MULTILINE)
    assert re.search(r"^  articles +2$", table, re.MULTILINE)
    assert re.search(r"^    Person +1\.0000 +0\.5000 +0\.6667 +2 +1$", table, re.MULTILINE)
    assert table.endswith("note: gold tokens")
    assert Score(task="t", source="s", figures={}, counts={}).table() == "t: s"


def test_fingerprints_ignore_how_words_are_split() -> None:
    assert fingerprint(["One two"]) == fingerprint(["One", "two"]) != fingerprint(["One", "three"])
    assert re.fullmatch("[0-9a-f]{6}", fingerprint(["\ud800"]))


def test_the_table_of_what_was_trained_on_is_sorted_and_known() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert {line.split("\t")[0] for line in lines} <= {"casebook", "causes", "newswire", "relations", "treebank"}
    assert len(seen("newswire")) > 700
    assert seen("nothing") == frozenset()
    assert Path(TABLE).stat().st_size < 150_000
