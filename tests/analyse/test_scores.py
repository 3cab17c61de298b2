"""Scores of distributions of counts, and the test of whether one forecaster beats another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.analyse.scores import beaten, crps, discoveries, inside, pit, quantiles

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=40).map(sorted)


@given(samples=COUNTS, truth=st.integers(0, 35))
def test_crps_is_the_sum_over_squared_differences_of_the_distributions(samples: list[int], truth: int) -> None:
    given_ = np.asarray(samples)
    defined = sum((np.mean(given_ <= k) - (truth <= k)) ** 2 for k in range(40))
    assert float(crps(given_, np.asarray(truth))) == pytest.approx(defined)


def test_crps_of_a_certain_forecast_is_its_miss() -> None:
    assert crps(np.full((2, 5), 3), np.asarray([3, 7])).tolist() == [0, 4]


@given(samples=COUNTS)
def test_quantiles_are_the_smallest_counts_that_reach_their_share_and_rise(samples: list[int]) -> None:
    given_ = np.asarray(samples)
    shares = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
    found = quantiles(given_, shares)
    assert np.all(np.diff(found) >= 0)
    for share, count in zip(shares, found, strict=True):
        assert np.mean(given_ <= count) >= share - 1e-9
        assert np.mean(given_ < count) < share


def test_intervals_hold_their_ends() -> None:
    samples = np.tile(np.arange(100), (3, 1))
    # The 50, 80 and 95% intervals are 24..74, 9..89 and 2..97.
    assert inside(samples, np.asarray([24, 8, 97])).tolist() == [[1, 1, 1], [0, 0, 1], [0, 0, 1]]


@given(samples=COUNTS, truth=st.integers(0, 35))
def test_pit_gives_out_one(samples: list[int], truth: int) -> None:
    shares = pit(np.asarray(samples), np.asarray(truth))
    assert shares.sum() == pytest.approx(1)
    assert np.all(shares >= 0)


def test_pit_is_flat_where_the_truth_comes_from_the_forecast() -> None:
    rng = np.random.default_rng(3)
    samples = np.sort(rng.poisson(4, 2000))
    assert np.abs(pit(np.tile(samples, (4000, 1)), rng.poisson(4, 4000)).mean(axis=0) - 0.1).max() < 0.02


def test_what_is_better_by_chance_alone_is_seldom_called_better() -> None:
    rng = np.random.default_rng(4)
    steps = rng.normal(size=(400, 150))
    # Neighbours depend on each other, as errors of forecasts that overlap do.
    gains = steps[:, 2:] + steps[:, 1:-1] + steps[:, :-2]
    assert np.mean([beaten(gain) < 0.05 for gain in gains]) < 0.08
    assert np.mean([beaten(gain + 0.8) < 0.05 for gain in gains]) > 0.9


def test_nothing_to_compare_is_no_advantage() -> None:
    assert beaten(np.zeros(100)) == 1
    assert beaten(np.asarray([1.0, 2.0])) == 1


def test_discoveries_by_hand() -> None:
    # Of four at 5%: bounds 0.0125, 0.025, 0.0375, 0.05; the third largest passes and takes the second along.
    assert discoveries(np.asarray([0.03, 0.2, 0.001, 0.026]), 0.05).tolist() == [True, False, True, True]
    assert discoveries(np.asarray([0.06]), 0.05).tolist() == [False]
    assert discoveries(np.asarray([]), 0.05).tolist() == []
