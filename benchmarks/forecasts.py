"""Whether forecasts claim what they should, on simulated dyads: python benchmarks/forecasts.py [--runs 100]

Each run is a dyad of two series of weekly counts whose truth is known. NO SIGNAL: no count says anything of later ones,
so climatology is the truth, and a run is right if the model claims to beat the best baseline for neither series.
SIGNAL: the past tells more than each baseline takes from it, a tenth of its error or more to who knows the process; a
run is right if the model claims to beat for a series with signal, and the share of all such series is told as well.
NEITHER: a level that walks at random, where a mean of the last periods is nearly the best there is, and signal too weak
to be seen always; told, not required. ``knows`` is the skill for the next week of who knows the process and its hidden
level.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from gesta.analyse.counts import Counts
from gesta.analyse.forecasts import forecast
from gesta.analyse.scores import crps
from gesta.records.forecasts import Prospect

Floats = NDArray[np.float64]
Drawn = tuple[NDArray[np.int64], Floats | None]
"""Counts (2, weeks), and their means given the past and hidden level where there is one to know."""

SIDES = ("A toward B", "B toward A")
WARM = 60


@dataclass(frozen=True)
class Regime:
    name: str
    draw: Callable[[int, np.random.Generator], Drawn]
    kind: str
    signal: tuple[int, ...] = (0, 1)
    """Series that have signal."""


def constant(means: tuple[float, float], shape: float = 0.0) -> Callable[[int, np.random.Generator], Drawn]:
    """Independent counts: Poisson, or negative binomial of this shape."""

    def draw(weeks: int, rng: np.random.Generator) -> Drawn:
        rates = np.tile(np.asarray(means)[:, None], weeks)
        return rng.poisson(rates * (rng.gamma(shape, 1 / shape, rates.shape) if shape else 1.0)), None

    return draw


def mixture(weeks: int, rng: np.random.Generator) -> Drawn:
    """Independent: calm weeks, and about one in seven many times as busy."""
    return rng.poisson(np.where(rng.random((2, weeks)) < 0.15, [[25.0], [12.0]], [[4.0], [2.0]])), None


def excited(
    means: tuple[float, float],
    own: float,
    across: tuple[float, float] = (0.0, 0.0),
    drift: float = 0.0,
    keep: float = 0.98,
) -> Callable[[int, np.random.Generator], Drawn]:
    """Each count brings ``own`` more in its series next week and ``across`` in the other; the level may drift (log)."""

    def draw(weeks: int, rng: np.random.Generator) -> Drawn:
        brings = np.array([[own, across[0]], [across[1], own]])
        base = np.asarray(means) - brings @ np.asarray(means)
        counts = np.zeros((2, weeks + WARM), dtype=np.int64)
        rates = np.tile(np.asarray(means, dtype=float)[:, None], weeks + WARM)
        level = np.zeros(2)
        for week in range(1, weeks + WARM):
            level = keep * level + rng.normal(0, drift, 2)
            rates[:, week] = base * np.exp(level) + brings @ counts[:, week - 1]
            counts[:, week] = rng.poisson(rates[:, week])
        return counts[:, WARM:], rates[:, WARM:]

    return draw


def answered(weeks: int, rng: np.random.Generator) -> Drawn:
    """The first side acts as it pleases, in bursts; each act brings 0.6 of the other side's in the week after."""
    first = rng.poisson(8 * rng.gamma(3, 1 / 3, weeks + 1))
    rates = 2 + 0.6 * first[:-1]
    return np.stack([first[1:], rng.poisson(rates)]), np.stack([np.full(weeks, 8.0), rates])


def seasons(weeks: int, rng: np.random.Generator) -> Drawn:
    wave = 1 + 0.6 * np.cos(2 * np.pi * np.arange(weeks) * 7 / 365.2425)
    rates = np.array([[10.0], [6.0]]) * wave
    return rng.poisson(rates), rates


def walking(weeks: int, rng: np.random.Generator) -> Drawn:
    steps = np.clip(np.cumsum(rng.normal(0, 0.08, (2, weeks)), axis=1), -2, 1.5)
    rates = np.array([[10.0], [6.0]]) * np.exp(steps)
    return rng.poisson(rates), rates


REGIMES = (
    Regime("constant Poisson, 8 and 3 a week", constant((8, 3)), "NO SIGNAL"),
    Regime("constant negative binomial, 8 and 3", constant((8, 3), 2.0), "NO SIGNAL"),
    Regime("mixture of calm and busy weeks", mixture, "NO SIGNAL"),
    Regime("rare, one in 7 and in 3 weeks", constant((0.15, 0.3)), "NO SIGNAL"),
    Regime("each excites itself, 0.5; 12 and 8", excited((12, 8), 0.5), "SIGNAL"),
    Regime("each answers the other, 0.6; 10", excited((10, 10), 0.2, (0.6, 0.6)), "SIGNAL"),
    Regime("one answers the other, 0.6; 7", answered, "SIGNAL", (1,)),
    Regime("slow level, each excites itself, 0.5; 15", excited((15, 15), 0.5, drift=0.03, keep=0.99), "SIGNAL"),
    Regime("season, amplitude 0.6; 10 and 6", seasons, "SIGNAL"),
    Regime("the same, level less slow", excited((15, 15), 0.5, drift=0.05), "NEITHER"),
    Regime("each excites itself weakly, 0.3; 12 and 8", excited((12, 8), 0.3), "NEITHER"),
    Regime("each excites itself strongly, 0.8; 12 and 8", excited((12, 8), 0.8), "NEITHER"),
    Regime("level walking at random; 10 and 6", walking, "NEITHER"),
)


def knower(counts: NDArray[np.int64], rates: Floats, prospect: Prospect) -> float:
    """Skill for the next week of the true Poisson mean, over the origins of the backtest."""
    tested = prospect.backtest
    assert tested is not None
    shares = (np.arange(500) + 0.5) / 500
    truth, known = counts[-tested.origins :], rates[-tested.origins :]
    error = crps(poisson.ppf(shares, known[:, None]).astype(np.int64), truth).mean()
    return float(1 - error / min(e.by_ahead[0] for e in tested.errors[2:]))


def runs_of(
    regime: Regime, number: int, weeks: int, runs: int, ahead: int
) -> Iterator[tuple[tuple[Prospect, ...], Drawn]]:
    for run in range(runs):
        drawn = regime.draw(weeks, np.random.default_rng((number, weeks, run)))
        made = forecast(Counts.of(date(2015, 1, 5), "week", dict(zip(SIDES, drawn[0], strict=True))), ahead)
        yield made.prospects, drawn


def line(regime: Regime, number: int, weeks: int, runs: int, ahead: int) -> str:
    """One line of the table."""
    silent = claims = told = 0
    skills, known, inside, reach = [], [], [], []
    for prospects, (counts, rates) in runs_of(regime, number, weeks, runs, ahead):
        watched = range(len(prospects)) if regime.kind == "NO SIGNAL" else regime.signal
        silent += not any(prospects[s].beats for s in watched)
        for s in regime.signal:
            prospect = prospects[s]
            if prospect.backtest is None:
                continue
            told += 1
            claims += prospect.beats
            reach.append(prospect.reach)
            skills.append(prospect.backtest.skill)
            cover = prospect.backtest.calibration[0]
            inside.append((cover.inside50, cover.inside80, cover.inside95))
            if rates is not None:
                known.append(knower(counts[s], rates[s], prospect))
    if regime.kind == "NO SIGNAL":
        said = f"admits it in {silent / runs:6.1%} of runs ({claims / max(told, 1):.1%} of series claimed)"
    else:
        said = f"beats in {1 - silent / runs:6.1%} of runs, for {claims / max(told, 1):.1%} of {told} series"
        said += f", reach {np.mean(reach):.1f} weeks"
    cover = " ".join(f"{share:.0%}" for share in np.mean(inside, axis=0)) if inside else "-"
    oracle = f", knows {np.mean(known):.1%}" if known else ""
    return f"{regime.kind:9} {weeks:4} {regime.name:44} {said}; skill {np.mean(skills):.1%}{oracle}; inside {cover}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=100, help="dyads simulated for each line")
    parser.add_argument("--weeks", type=int, nargs="+", default=[104, 156, 260, 520], help="lengths of the records")
    parser.add_argument("--ahead", type=int, default=4, help="weeks forecast; the verdict on the next is the same")
    parser.add_argument("--only", default="", help="regimes whose kind begins with this, or whose name holds it")
    arguments = parser.parse_args()
    began = time.perf_counter()
    for weeks in arguments.weeks:
        for number, regime in enumerate(REGIMES):
            if regime.kind.startswith(arguments.only) or arguments.only in regime.name:
                print(line(regime, number, weeks, arguments.runs, arguments.ahead), flush=True)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
