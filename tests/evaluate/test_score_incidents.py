"""Scores of groupings, worked out by hand, and what is scored as an incident."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.evaluate import incidents
from gesta.evaluate.coreference import b_cubed, best_match, ceaf_e, conll, f1, muc
from gesta.evaluate.score_incidents import ToldReport, items_of, part_named, plain_rule, read_told
from gesta.records import Event, Evidence, Place, Record, Report, Time

#: Gold {1 2 3} {4 5} {6}; found {1 2} {3 4 5} {6}.
ITEMS = [("a", 1), ("a", 1), ("a", 2), ("b", 2), ("b", 2), ("c", 3)]


def test_b_cubed_by_hand() -> None:
    precision, recall = b_cubed(ITEMS)
    assert precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)


def test_muc_by_hand() -> None:
    """Three links in gold, {1 2 3} is broken once; three found, {3 4 5} holds one that is wrong."""
    assert muc(ITEMS) == pytest.approx((2 / 3, 2 / 3))


def test_ceaf_e_by_hand() -> None:
    """{1 2 3} goes with {1 2}, {4 5} with {3 4 5}, {6} with {6}."""
    total = 2 * 2 / 5 + 2 * 2 / 5 + 1
    assert ceaf_e(ITEMS) == pytest.approx((total / 3, total / 3))


def test_conll_is_the_mean_of_the_three() -> None:
    assert conll(ITEMS) == pytest.approx((f1(muc(ITEMS)) + f1(b_cubed(ITEMS)) + f1(ceaf_e(ITEMS))) / 3)


def test_everything_in_one_group_has_all_recall() -> None:
    one = [(gold, 0) for gold, _ in ITEMS]
    assert b_cubed(one) == pytest.approx(((9 + 4 + 1) / 36, 1.0))
    assert muc(one) == pytest.approx((3 / 5, 1.0))
    assert ceaf_e(one) == pytest.approx((2 / 3, 2 / 9))


def test_no_items_score_nothing() -> None:
    assert b_cubed([]) == muc([]) == ceaf_e([]) == (0.0, 0.0)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_the_gold_grouping_itself_is_perfect(groups: list[int]) -> None:
    items = [(n, f"g{n}") for n in groups]
    assert b_cubed(items) == pytest.approx((1.0, 1.0))
    assert ceaf_e(items) == pytest.approx((1.0, 1.0))


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_the_best_match_is_that_of_trying_all(rows: int, columns: int, seed: int) -> None:
    alike = np.random.RandomState(seed).randint(0, 6, (rows, columns)) / 5
    table = alike if rows <= columns else alike.T
    tried = max(
        sum(table[n, column] for n, column in enumerate(order))
        for order in permutations(range(table.shape[1]), table.shape[0])
    )
    assert best_match(alike) == pytest.approx(tried)


def test_the_best_match_is_that_of_scipy() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    alike = np.random.RandomState(3).rand(30, 45)
    assert best_match(alike) == pytest.approx(alike[optimize.linear_sum_assignment(-alike)].sum())


TEXT = "Bomb hits Mosul, then a raid hits Basra."


def told_record(*triggers: str, place: Place | None = None, day: date | None = None) -> tuple[ToldReport, Record]:
    report = Report(text=TEXT, published=date(2019, 5, 15), publisher=str(triggers))
    time = None if day is None else Time(value=day.isoformat(), basis="relative", start=day, end=day)
    events = tuple(
        Event(
            id=f"e{report.id}{n}", report=report.id, type="ASSAULT", modality="happened", sources=(), targets=(),
            evidence=(Evidence("trigger", TEXT.index(word), TEXT.index(word) + len(word)),), place=place, time=time,
        )
        for n, word in enumerate(triggers)
    )  # fmt: skip
    told = ToldReport("r", report, (((0, 4), "A"), ((5, 9), "A"), ((24, 28), "B")), held_out=False)
    return told, Record(report=report, events=events)


def test_items_are_reports_with_a_happening() -> None:
    told, record = told_record("Bomb", "hits")
    groups = {record.events[0].id: 7, record.events[1].id: 7}
    assert items_of([told], [record], groups, "coded") == [("A", 7)]
    every = items_of([told], [record], groups, "items")
    assert every[0] == ("A", 7)
    assert [gold for gold, _ in every] == ["A", "B"]
    assert every[1][1] != 7
    assert [gold for gold, _ in items_of([told], [record], groups, "mentions")] == ["A", "A", "B"]


def test_the_incident_of_most_words_counts() -> None:
    told, record = told_record("Bomb", "hits", "raid")
    told = ToldReport("r", told.report, (((0, 9), "A"), ((24, 28), "A")), held_out=False)
    ids = [event.id for event in record.events]
    assert items_of([told], [record], {ids[0]: 1, ids[1]: 2, ids[2]: 2}, "coded") == [("A", 2)]


MOSUL = Place(name="Mosul", text="Mosul", span=(10, 15), country="IRQ", latitude=36.3, longitude=43.1)
ERBIL = Place(name="Erbil", text="Erbil", span=(10, 15), country="IRQ", latitude=36.2, longitude=44.0)
NEAR = Place(name="Bartella", text="Bartella", span=(10, 15), country="IRQ", latitude=36.35, longitude=43.38)
IRAQ = Place(name="Iraq", text="Iraq", span=(10, 15), country="IRQ")


@pytest.mark.parametrize(
    ("place", "day", "joined"),
    [
        (NEAR, date(2019, 5, 20), True),
        (NEAR, date(2019, 5, 21), True),
        (NEAR, date(2019, 5, 22), False),
        (ERBIL, date(2019, 5, 14), False),
        (IRAQ, date(2019, 5, 14), True),
        (None, date(2019, 5, 14), False),
        (NEAR, None, True),
    ],
)
def test_the_plain_rule(place: Place | None, day: date | None, joined: bool) -> None:
    """50 km and 7 days; a country alone has no distance; the day of publication stands for one that is not told."""
    _, one = told_record("Bomb", place=MOSUL, day=date(2019, 5, 14))
    _, other = told_record("raid", place=place, day=day)
    groups = plain_rule([one, other])
    assert (groups[one.events[0].id] == groups[other.events[0].id]) == joined


def write_set(folder: Path, **changes: object) -> Path:
    happening = {"id": "A", "world": "w1", "held_out": False}
    reports = [
        {"id": f"A-{n}", "publisher": f"Paper {n}", "published": "2019-05-14", "title": "", "mentions": [
            {"span": [11, 19], "happening": "A"}
        ], "body": f"A car bomb exploded in Mosul on {words}, killing {n + 3} people."}
        | changes
        for n, words in enumerate(["Tuesday", "Tuesday morning"])
    ]  # fmt: skip
    (folder / "happenings.jsonl").write_text(json.dumps(happening) + "\n")
    (folder / "reports.jsonl").write_text("".join(json.dumps(one) + "\n" for one in reports))
    return folder


def test_a_small_set_is_scored(tmp_path: Path, coder: Coder) -> None:
    score = incidents(write_set(tmp_path), coder=coder)
    assert score.counts["coded items"] == score.counts["reports"] == 2
    assert score.figures["B3 F1"] == 1.0
    assert score.figures["plain rule, B3 F1"] == 1.0
    assert incidents(tmp_path, coder=coder, part="held-out").counts["reports"] == 0


def test_a_bad_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_told(tmp_path)
    with pytest.raises(UsageError, match="outside the text"):
        read_told(write_set(tmp_path, mentions=[{"span": [11, 9999], "happening": "A"}]))
    with pytest.raises(UsageError, match="'Z'"):
        read_told(write_set(tmp_path, mentions=[{"span": [1, 9], "happening": "Z"}]))
    (write_set(tmp_path) / "reports.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(UsageError, match="no labelled line"):
        read_told(tmp_path)
    with pytest.raises(UsageError, match="no part 'odd'"):
        part_named("odd")
