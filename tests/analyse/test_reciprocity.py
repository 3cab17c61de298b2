"""Who answers whom: verdicts, intervals and sentences, and silence where there is too little to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.analyse.evidence import explaining_period
from gesta.analyse.level import slow_level, weekday_factors
from gesta.analyse.reciprocity import measure_reciprocity
from gesta.analyse.simulation import simulate
from gesta.errors import UsageError
from gesta.records.reciprocity import Reciprocity

FIRST = date(2020, 1, 1)
NAMES = ("Aland", "Bland")


def dated(row: Iterable[float]) -> list[date]:
    return [FIRST + timedelta(days=day) for day, count in enumerate(row) for _ in range(int(count))]


def measured(counts: np.ndarray, rounds: int = 0) -> Reciprocity:
    last = FIRST + timedelta(days=counts.shape[1] - 1)
    return measure_reciprocity(dated(counts[0]), dated(counts[1]), FIRST, last, NAMES, rounds=rounds)


def dyad(across: float, seed: int = 6, days: int = 900) -> np.ndarray:
    strength = np.array([[0.2, across], [0.0, 0.2]])
    return simulate(np.random.default_rng(seed), np.full((2, days), 0.4), strength, np.full((2, 2), 1.5))


def test_one_side_that_answers_is_told_and_the_other_is_not() -> None:
    result = measured(dyad(0.5), rounds=19)
    own, answer, silent, _ = result.influences
    assert (own.by, own.after, own.verdict) == ("Aland", "Aland", None)
    assert (answer.by, answer.after, answer.verdict) == ("Aland", "Bland", "answers")
    assert answer.strength.low < 0.5 < answer.strength.high
    assert answer.half_life is not None and answer.half_life.low < 1.5 < answer.half_life.high
    assert silent.verdict != "answers"
    assert result.verdict == "answers"
    assert result.sentence.startswith("In this record, each incident by Bland was followed by 0.")
    assert result.sentence.endswith("Whether one caused the other, the record can't tell.")
    sides = result.sides
    assert [one.fitness.word for one in sides if one.fitness] == ["fits", "fits"]
    assert sides[0].answering is not None and 0.1 < sides[0].answering.best < 0.6


def test_sides_that_do_not_answer_are_not_called() -> None:
    result = measured(dyad(0.0))
    assert result.verdict != "answers"
    assert "was followed by" not in result.sentence


def test_a_common_war_season_is_no_answer() -> None:
    wave = np.exp(1.2 * np.sin(2 * np.pi * np.arange(1500) / 300))
    counts = np.random.default_rng(2).poisson(np.stack((wave, wave)) * 0.6).astype(float)
    assert measured(counts).verdict != "answers"
    assert explaining_period(counts, np.ones(1500)) < 400
    assert np.corrcoef(slow_level(counts, 180.0)[0], wave)[0, 1] > 0.9


def test_incidents_told_of_both_sides_on_the_same_day_are_no_answer() -> None:
    draw = np.random.default_rng(8)
    counts = draw.poisson(0.15, (2, 900)) + draw.poisson(0.2, 900)
    result = measured(counts.astype(float))
    assert result.verdict != "answers"
    assert result.same_day > 0.1


def test_a_record_without_a_weekly_cycle_keeps_its_weekdays_alike() -> None:
    draw = np.random.default_rng(6)
    assert np.abs(weekday_factors(draw.poisson(0.5, (2, 1400)).astype(float), 2) - 1).max() < 0.2
    quiet = np.tile([1.2] * 5 + [0.5] * 2, 200)
    factors = weekday_factors(draw.poisson(quiet, (2, 1400)).astype(float), 0)
    assert factors[5] == pytest.approx(0.5, abs=0.12) and factors[0] == pytest.approx(1.2, abs=0.12)


@pytest.mark.parametrize(
    ("of_first", "of_second", "days", "lacking"),
    [
        ([], [], 400, "12 incidents"),
        (range(0, 400, 3), [], 400, "12 incidents"),
        ([7] * 40, [7] * 40, 400, "8 days with an incident"),
        ([0] * 40, [0] * 40, 1, "56 days watched"),
        (range(40), range(40), 40, "56 days watched"),
    ],
)
def test_too_little_is_said_to_be_too_little(
    of_first: Iterable[int], of_second: Iterable[int], days: int, lacking: str
) -> None:
    first, second = ([FIRST + timedelta(days=day) for day in one] for one in (of_first, of_second))
    result = measure_reciprocity(first, second, FIRST, FIRST + timedelta(days=days - 1), NAMES)
    assert result.verdict == "too little to say"
    assert result.influences == ()
    assert result.sentence.startswith("Too little to say whether Aland and Bland answer each other")
    assert lacking in result.sentence
    assert result.days == days


def test_days_not_watched_are_left_out_and_days_the_wrong_way_round_are_refused() -> None:
    outside = [FIRST - timedelta(days=1), FIRST + timedelta(days=90)]
    result = measure_reciprocity(outside, [FIRST, *outside], FIRST, FIRST + timedelta(days=89), NAMES)
    assert [side.incidents for side in result.sides] == [0, 1]
    with pytest.raises(UsageError, match="before the first"):
        measure_reciprocity([], [], FIRST, FIRST - timedelta(days=1), NAMES)


def test_the_same_days_give_the_same_bytes_in_whatever_order() -> None:
    counts = dyad(0.3, days=200)
    once = measured(counts, rounds=5)
    last = FIRST + timedelta(days=199)
    again = measure_reciprocity(dated(counts[0])[::-1], dated(counts[1])[::-1], FIRST, last, NAMES, rounds=5)
    assert msgspec.json.encode(once) == msgspec.json.encode(again)
    assert msgspec.json.decode(msgspec.json.encode(once), type=Reciprocity) == once


_counts = st.lists(st.tuples(st.integers(0, 119), st.integers(1, 30)), max_size=25)


@given(_counts, _counts)
@settings(max_examples=12, deadline=None)
def test_whatever_the_days_intervals_hold_their_estimates(
    of_first: list[tuple[int, int]], of_second: list[tuple[int, int]]
) -> None:
    counts = np.zeros((2, 120))
    for side, days in zip(counts, (of_first, of_second), strict=True):
        for day, count in days:
            side[day] += count
    result = measured(counts)
    assert result.sentence and "nan" not in result.sentence
    for influence in result.influences:
        for one in (influence.strength, influence.half_life):
            assert one is None or 0 <= one.low <= one.best <= one.high
    for side in result.sides if result.influences else ():
        for two in (side.background, side.answering):
            assert two is not None and 0 <= two.low <= two.best <= two.high
