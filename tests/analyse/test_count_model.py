"""The autoregression of counts: its traces, likelihood, fit and futures."""

from __future__ import annotations

import numpy as np
import pytest

from gesta.analyse.count_model import Model, expected, fit, loss, response, simulate, spread_of, traces_of
from gesta.analyse.pace import PACES

WEEK = PACES["week"]
PHASES = (np.arange(600) * 7 % 365.25) / 365.25


def dyad(weeks: int, seed: int, across: float) -> np.ndarray:
    """The second side answers the first with ``across`` acts for each, a week later."""
    rng = np.random.default_rng(seed)
    first = rng.poisson(8, weeks + 1)
    return np.stack([first[1:], rng.poisson(3 + across * first[:-1])])


def fitted(values: np.ndarray) -> tuple[Model, np.ndarray]:
    traces, decays = traces_of(values, WEEK)
    return fit(values, traces, decays, PHASES, WEEK), traces


def test_traces_are_fading_means_of_the_past_alone() -> None:
    values = dyad(30, 0, 0.5)
    traces, decays = traces_of(values, WEEK)
    for s, row in enumerate(values):
        for k, decay in enumerate(decays):
            state = row[: WEEK.settling].mean()
            for t, count in enumerate(row):
                assert traces[t, s, k] == pytest.approx(state)
                state = decay * state + (1 - decay) * count


@pytest.mark.parametrize("spread", [0.0, 0.4])
def test_gradient_is_that_of_the_loss(spread: float) -> None:
    rng = np.random.default_rng(1)
    y, columns = rng.poisson(5, 60), rng.gamma(2, 2, (60, 4))
    weighed, penalty, share = rng.exponential(size=60), rng.random(4), rng.random(4)
    slope = loss(share, y, columns, penalty, spread, weighed)[1]
    for at in range(4):
        step = np.eye(4)[at] * 1e-6
        up, down = (loss(share + sign * step, y, columns, penalty, spread, weighed)[0] for sign in (1, -1))
        assert slope[at] == pytest.approx((up - down) / 2e-6, rel=1e-4, abs=1e-4)


def test_an_answer_is_found_where_there_is_one() -> None:
    model, _ = fitted(dyad(520, 2, 0.6))
    assert model.weights[1, 0].sum() == pytest.approx(0.6, abs=0.12)
    assert model.weights[0, 1].sum() < 0.1
    assert np.all(model.spread == 0)


def test_no_memory_is_found_where_there_is_none() -> None:
    model, _ = fitted(dyad(520, 3, 0.0))
    assert model.weights.sum() < 0.1
    assert not model.season.any()
    assert model.level == pytest.approx([8, 3], rel=0.1)


def test_a_season_must_prove_itself() -> None:
    wave = 1 + 0.6 * np.cos(2 * np.pi * PHASES[:260])
    values = np.random.default_rng(4).poisson(np.stack([8 * wave, np.full(260, 8.0)]))
    model, _ = fitted(values)
    assert model.season[0, 0] == pytest.approx(4.8, rel=0.3)
    assert not model.season[1].any()


def test_spread_of_a_negative_binomial_is_found_and_none_of_a_poisson() -> None:
    rng = np.random.default_rng(5)
    wide = rng.poisson(6 * rng.gamma(2, 1 / 2, 3000))
    assert spread_of(wide, np.full(3000, 6.0), np.ones(3000)) == pytest.approx(0.5, abs=0.06)
    none = [spread_of(rng.poisson(6, 300), np.full(300, 6.0), np.ones(300)) == 0 for _ in range(60)]
    assert np.mean(none) > 0.85


def test_drawn_futures_have_the_expected_means() -> None:
    model, traces = fitted(dyad(200, 6, 0.6))
    ahead = PHASES[200:205]
    drawn = simulate(model, traces[200], ahead, 20000, np.random.default_rng(0))
    assert drawn.shape == (2, 5, 20000)
    means = drawn.mean(axis=-1).T
    assert means == pytest.approx(expected(model, traces[200], ahead), rel=0.02)


def test_response_is_the_difference_of_expectations() -> None:
    values = dyad(200, 7, 0.6)
    model, traces = fitted(values)
    more = values.copy()
    more[0, -1] += 1
    ahead = PHASES[200:206]
    gained = expected(model, traces_of(more, WEEK)[0][200], ahead) - expected(model, traces[200], ahead)
    assert response(model, 0, 1, 6) == pytest.approx(gained)
    assert np.all(response(model, 0, 0, 6) == 0)


def test_what_would_grow_without_end_is_held_back() -> None:
    growing = np.minimum(np.round(1.06 ** np.arange(150)), 5000).astype(np.int64)[None]
    model, _ = fitted(growing)
    assert model.weights.sum() <= 0.98 + 1e-9
