"""Forecasts as a whole: what is said, what is admitted, and that nothing of the future leaks into the past."""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.analyse.backtest import roll
from gesta.analyse.counts import Counts
from gesta.analyse.forecasts import forecast, outlook
from gesta.errors import UsageError
from gesta.records.forecasts import Forecast

MONDAY = date(2015, 1, 5)


def weekly(**series: object) -> Counts:
    return Counts.of(MONDAY, "week", series)


def answering(weeks: int, seed: int = 0) -> np.ndarray:
    """The second side answers each act of the first with 0.7 acts a week later."""
    rng = np.random.default_rng(seed)
    first = rng.poisson(8 * rng.gamma(3, 1 / 3, weeks + 1))
    return np.stack([first[1:], rng.poisson(2 + 0.7 * first[:-1])])


@pytest.fixture(scope="module")
def told() -> Forecast:
    first, second = answering(200)
    rare = np.zeros(200, dtype=int)
    rare[[3, 90]] = 1
    return forecast(weekly(A=first, B=second, rare=rare), 4)


def test_who_answers_is_forecast_and_who_does_not_gets_the_baseline(told: Forecast) -> None:
    first, second, _ = told.prospects
    assert told.beats
    assert (second.beats, second.reach) == (True, 1)
    assert [step.shown for step in second.steps] == ["model"] + ["climatology"] * 3
    assert second.steps[0].outlook == second.steps[0].model
    assert second.backtest is not None
    assert second.backtest.skill > 0.15
    assert "below that of the best baseline" in second.sentence
    assert (first.beats, first.reach) == (False, 0)
    assert {step.shown for step in first.steps} == {"climatology"}
    assert first.steps[0].outlook == first.steps[0].baseline
    assert "did not beat climatology" in first.sentence
    assert told.sentence.startswith("The model beats the best baseline for B;")


def test_a_series_with_next_to_nothing_says_so(told: Forecast) -> None:
    rare = told.prospects[2]
    assert (rare.steps, rare.backtest, rare.beats) == ((), None, False)
    assert rare.sentence.startswith("Too little to forecast rare: 2 incidents in 2 weeks of 200")


def test_backtest_is_told_in_full(told: Forecast) -> None:
    tested = told.prospects[0].backtest
    assert tested is not None
    assert tested.origins == 148
    assert tested.first == date(2016, 1, 4)
    assert [errors.forecaster for errors in tested.errors] == [
        "model",
        "memory",
        "persistence",
        "climatology",
        "moving average",
    ]
    for errors in tested.errors:
        assert errors.overall == pytest.approx(np.mean(errors.by_ahead))
    best = min(errors.by_ahead[0] for errors in tested.errors[2:])
    assert tested.skill == pytest.approx(1 - tested.errors[0].by_ahead[0] / best)
    for calibration in tested.calibration:
        assert calibration.inside50 <= calibration.inside80 <= calibration.inside95
        assert sum(calibration.pit) == pytest.approx(1)
    assert 0.75 < tested.calibration[0].inside80 < 0.95


def test_steps_name_the_weeks_to_come(told: Forecast) -> None:
    assert (told.first, told.known, told.ahead) == (MONDAY, 200, 4)
    assert [step.start for step in told.prospects[0].steps] == [
        date(2018, 11, 5),
        date(2018, 11, 12),
        date(2018, 11, 19),
        date(2018, 11, 26),
    ]


def test_same_counts_same_bytes(told: Forecast) -> None:
    first, second = answering(200)
    rare = np.zeros(200, dtype=int)
    rare[[3, 90]] = 1
    again = msgspec.json.encode(forecast(weekly(A=first, B=second, rare=rare), 4))
    assert again == msgspec.json.encode(told)
    assert msgspec.json.decode(again, type=Forecast) == told


def test_the_backtest_never_sees_the_future() -> None:
    values = answering(150)
    other = values.copy()
    other[:, 120:] = 40
    before, after = (roll(weekly(A=rows[0], B=rows[1]), 3) for rows in (values, other))
    seen = 120 - before.first
    # Truths before week 120 are the same for both, so the errors of whoever forecast them must be as well.
    for h in range(3):
        assert np.array_equal(before.errors[:, : seen - h, :, h], after.errors[:, : seen - h, :, h])
    assert not np.array_equal(before.errors[:, seen:], after.errors[:, seen:])


def test_constant_counts_are_forecast_as_they_are_and_beat_nothing() -> None:
    prospect = forecast(weekly(A=np.full(100, 5)), 2).prospects[0]
    assert not prospect.beats
    assert [step.outlook.within95 for step in prospect.steps] == [(5, 5), (5, 5)]
    assert prospect.steps[0].outlook.any == 1


@pytest.mark.parametrize("length", [0, 1, 77])
def test_too_short(length: int) -> None:
    made = forecast(weekly(A=np.ones(length, dtype=int)))
    assert made.prospects[0].steps == ()
    assert not made.beats
    assert "at least 78 are needed" in made.sentence


def test_nothing_at_all() -> None:
    made = forecast(weekly(A=np.zeros(100, dtype=int)), 1)
    assert made.sentence == "Too little to forecast: no series has enough incidents."
    assert made.prospects[0].sentence.startswith("Too little to forecast A: 0 incidents in 0 weeks")


def test_the_shortest_of_months_all_the_way() -> None:
    rng = np.random.default_rng(8)
    made = forecast(Counts.of(date(2020, 11, 1), "month", {"A": rng.poisson(20, 42)}))
    assert not made.beats
    assert [step.start for step in made.prospects[0].steps[:3]] == [
        date(2024, 5, 1),
        date(2024, 6, 1),
        date(2024, 7, 1),
    ]
    assert len(made.prospects[0].steps) == 12
    tested = made.prospects[0].backtest
    assert tested is not None
    assert tested.origins == 18


def test_the_shortest_of_weeks_all_the_way() -> None:
    made = forecast(weekly(A=np.random.default_rng(9).poisson(20, 78)))
    assert len(made.prospects[0].steps) == 12


@pytest.mark.parametrize("ahead", [0, 13, -1])
def test_horizons_out_of_bounds(ahead: int) -> None:
    with pytest.raises(UsageError, match="Ask for 1 to 12"):
        forecast(weekly(A=np.ones(100, dtype=int)), ahead)


def test_counts_that_are_none() -> None:
    for bad in ([1, -1], [0.5, 1], ["a"], [[1]], [float("nan")]):
        with pytest.raises(UsageError, match="no row of counts"):
            weekly(A=bad)
    with pytest.raises(UsageError, match="differ in length"):
        weekly(A=[1], B=[1, 2])
    with pytest.raises(UsageError, match="no series"):
        weekly()
    with pytest.raises(UsageError, match="no period"):
        Counts.of(MONDAY, "day", {"A": [1]})  # type: ignore[arg-type]


def test_day_and_period() -> None:
    counts = weekly(A=[1, 2, 3])
    assert [counts.at(date(2015, 1, day)) for day in (5, 11, 12, 25)] == [0, 0, 1, 2]
    with pytest.raises(UsageError, match="outside"):
        counts.at(date(2015, 1, 26))
    months = Counts.of(date(2015, 11, 1), "month", {"A": [1, 2, 3]})
    assert (months.at(date(2016, 1, 31)), months.day(2)) == (2, date(2016, 1, 1))


@given(samples=st.lists(st.integers(0, 10**6), min_size=1, max_size=60).map(sorted))
def test_intervals_lie_within_each_other(samples: list[int]) -> None:
    made = outlook("model", np.asarray(samples))
    ends = (made.within95, made.within80, made.within50)
    assert [low for low, _ in ends] == sorted(low for low, _ in ends)
    assert [high for _, high in ends] == sorted((high for _, high in ends), reverse=True)
    assert made.within50[0] <= made.median <= made.within50[1]


@settings(max_examples=12, deadline=None)
@given(
    rows=st.lists(st.lists(st.sampled_from([0, 0, 0, 1, 2, 5, 400]), min_size=80, max_size=80), min_size=1, max_size=2)
)
def test_never_raises_and_never_claims_without_showing(rows: list[list[int]]) -> None:
    made = forecast(weekly(**{f"s{n}": row for n, row in enumerate(rows)}), 2)
    for prospect in made.prospects:
        assert prospect.sentence
        assert prospect.beats == (prospect.reach > 0) == any(step.shown == "model" for step in prospect.steps)
