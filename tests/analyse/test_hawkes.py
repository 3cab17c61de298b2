"""The process seen by the day: kernels, recursion, exact probability, gradient, recovery."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import dblquad

from gesta.analyse.hawkes import (
    PAIRED,
    Daily,
    day_weights,
    decayed,
    fit,
    intensity,
    log_probability,
    score,
)
from gesta.analyse.profile import COST, cost, profile
from gesta.analyse.simulation import simulate

PARAMETERS = np.array([-1.0, -1.2, 0.3, 0.2, 0.1, 0.25, *np.log([1.0, 3.0, 0.5, 10.0]), 0.07])


def few(days: int = 60) -> Daily:
    draw = np.random.default_rng(3)
    level = 1 + 0.3 * np.sin(np.arange(2 * days).reshape(2, days) / 9)
    return Daily(draw.poisson(0.8, (2, days)).astype(float), level, 1 + 0.2 * np.cos(np.arange(days)))


@pytest.mark.parametrize("half_life", [0.2, 0.5, 3.0, 20.0])
def test_kernels_are_the_integral_over_pairs_of_days(half_life: float) -> None:
    rate = np.log(2) / half_life
    same, following, factor = day_weights(half_life)

    def share(apart: int) -> float:
        if apart == 0:
            return float(dblquad(lambda v, u: rate * np.exp(-rate * (v - u)), 0, 1, lambda u: u, 1)[0])
        return float(dblquad(lambda v, u: rate * np.exp(-rate * (apart + v - u)), 0, 1, 0, 1)[0])

    for apart in range(4):
        expected = same if apart == 0 else following * factor ** (apart - 1)
        assert expected == pytest.approx(share(apart), rel=1e-6)
    assert same + following / (1 - factor) == pytest.approx(1.0)


def test_the_recursion_is_the_double_sum() -> None:
    daily = few(25)
    before, full, _ = intensity(daily, PARAMETERS)
    for day in range(25):
        for i in (0, 1):
            expected = np.exp(PARAMETERS[i]) * daily.level[i, day]
            for j in (0, 1):
                _, following, factor = day_weights(float(np.exp(PARAMETERS[6 + 2 * i + j])))
                for earlier in range(day):
                    expected += (
                        PARAMETERS[2 + 2 * i + j] * following * factor ** (day - earlier - 1) * daily.counts[j, earlier]
                    )
            assert before[i, day] == pytest.approx(expected)
            assert full[i, day] >= before[i, day]
    assert decayed(np.array([1.0, 0.0, 2.0, 0.0]), 0.5).tolist() == [0.0, 1.0, 0.5, 2.25]


def test_the_probabilities_of_all_counts_of_a_day_sum_to_one() -> None:
    total = sum(
        np.exp(log_probability(Daily.plain(np.array([[float(a)], [float(b)]])), PARAMETERS))
        for a in range(40)
        for b in range(40)
    )
    assert total == pytest.approx(1.0, abs=1e-9)


def test_the_gradient_is_that_of_the_likelihood() -> None:
    daily = few()
    _, slope = score(daily, PARAMETERS)
    for which in range(len(PARAMETERS)):
        step = np.zeros(len(PARAMETERS))
        step[which] = 1e-6
        numeric = (score(daily, PARAMETERS + step)[0] - score(daily, PARAMETERS - step)[0]) / 2e-6
        assert slope[which] == pytest.approx(numeric, rel=1e-4, abs=1e-4)


def test_counts_of_the_simulation_have_the_mean_that_the_branching_gives() -> None:
    strength = np.array([[0.3, 0.2], [0.1, 0.4]])
    background = np.array([0.3, 0.2])
    counts = simulate(
        np.random.default_rng(5), np.repeat(background[:, None], 20_000, axis=1), strength, np.full((2, 2), 2.0)
    )
    assert counts.mean(axis=1) == pytest.approx(np.linalg.solve(np.eye(2) - strength, background), rel=0.05)


def test_weekdays_scale_what_happens_on_them() -> None:
    told = np.tile([1.25] * 5 + [0.375] * 2, 1000)
    counts = simulate(
        np.random.default_rng(5), np.full((2, 7000), 0.5), np.array([[0.4, 0.0], [0.0, 0.0]]), np.ones((2, 2)), told
    )
    of_week = counts.reshape(2, -1, 7).mean(axis=1)
    assert of_week[1, 5:].mean() / of_week[1, :5].mean() == pytest.approx(0.3, abs=0.03)
    assert of_week[0, 5:].mean() < 0.5 * of_week[0, :5].mean()


def test_parameters_are_recovered_from_days_alone() -> None:
    strength, half_life = np.array([[0.4, 0.3], [0.0, 0.3]]), np.array([[0.5, 1.0], [3.0, 5.0]])
    counts = simulate(np.random.default_rng(11), np.full((2, 6000), 0.2), strength, half_life)
    found = fit(Daily.plain(counts))
    assert found.strength == pytest.approx(strength, abs=0.09)
    assert found.background == pytest.approx(np.array([0.2, 0.2]), rel=0.2)
    assert np.abs(np.log(found.half_life[0] / half_life[0])).max() < 0.7
    assert found.parameters[PAIRED] == 0.0


def test_a_held_strength_stays_and_costs() -> None:
    counts = simulate(
        np.random.default_rng(1), np.full((2, 800), 0.3), np.array([[0.0, 0.5], [0.0, 0.0]]), np.ones((2, 2))
    )
    daily = Daily.plain(counts)
    best = fit(daily)
    assert fit(daily, held={PAIRED: 0.0, 3: 0.0}).strength[0, 1] == 0.0
    assert cost(daily, best, 3, 0.0) > 10
    low, high = profile(daily, best, 3)
    assert 0 < low < best.strength[0, 1] < high
    assert cost(daily, best, 3, low) == pytest.approx(COST, abs=0.5)
    assert cost(daily, best, 3, high) == pytest.approx(COST, abs=0.5)
