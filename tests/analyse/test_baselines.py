"""Persistence, climatology, moving average and the pool, on rows that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gesta.analyse.baselines import climatology, moving_average, persistence, spaced
from gesta.analyse.pool import mixed, trust


def test_spaced_keeps_a_sample_of_the_same_size() -> None:
    assert spaced(np.asarray([5, 1, 3]), 3).tolist() == [1, 3, 5]
    assert spaced(np.asarray([5, 1]), 4).tolist() == [1, 1, 5, 5]


def test_persistence_adds_past_changes_to_the_last_count() -> None:
    past = np.asarray([0, 3, 4, 2])
    # Changes over one period: 3, 1, -2; over two: 4, -1; never below zero.
    assert persistence(past, 2, 6).tolist() == [[0, 0, 3, 3, 5, 5], [1, 1, 1, 6, 6, 6]]


def test_climatology_is_all_of_the_past_for_each_horizon() -> None:
    assert climatology(np.asarray([4, 0, 2]), 2, 3).tolist() == [[0, 2, 4], [0, 2, 4]]


def test_moving_average_adds_past_misses_between_square_roots() -> None:
    past = np.asarray([1, 1, 4, 4, 4])
    # Means of two: 1, 2.5, 4, 4. Misses of the next count between roots: 1, 2 - sqrt(2.5), 0, round a last mean of 4.
    near = [4, round((2 + 2 - np.sqrt(2.5)) ** 2), 9]
    assert moving_average(past, 1, 3, 2).tolist() == [near]


def test_constant_counts_are_forecast_as_they_are() -> None:
    past = np.full(40, 7)
    for made in (persistence(past, 3, 10), climatology(past, 3, 10), moving_average(past, 3, 10, 8)):
        assert np.all(made == 7)


def test_trust_knows_no_score_before_its_time() -> None:
    scores = np.ones((10, 2, 2))
    scores[6, 0, :] = 100.0
    weights = trust(scores)
    # Made at origin 6, the forecast of the next period is known at 7, the one beyond it at 8.
    assert weights[6, 0, 0] == weights[7, 0, 1] == 0.5
    assert weights[7, 0, 0] < 0.2
    assert weights[8, 0, 1] < 0.2
    assert weights.sum(axis=1) == pytest.approx(1)


def test_mixture_takes_from_each_what_its_weight_asks() -> None:
    samples = np.asarray([[0, 0, 0, 0], [1, 2, 3, 4]])
    assert mixed(samples, np.asarray([0.5, 0.5])).tolist() == [0, 0, 2, 4]
    assert mixed(samples, np.asarray([0.0, 1.0])).tolist() == [1, 2, 3, 4]
    assert mixed(samples, np.asarray([1.0, 0.0])).tolist() == [0, 0, 0, 0]
