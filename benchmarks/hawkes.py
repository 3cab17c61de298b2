"""Whether reciprocity is measured as honestly as it says: python benchmarks/hawkes.py [--dyads 200] [--jobs N]

Dyads are simulated in continuous time, of which only the days are kept, and measured as a record's are. Printed are

- **coverage**: how many true strengths, backgrounds and half-lives lie within their 95% intervals, by kind and by size;
- **false calls**: how many dyads of sides that do not answer each other are said to, by what moves them instead;
- **power**: how many that do answer are said to, by strength, size and half-life;
- **fit**: how many dyads of the model itself are said to fit badly (5 in 100 should).
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from typing import Any

import numpy as np

from gesta.analyse.evidence import BAR, weigh
from gesta.analyse.hawkes import Array
from gesta.analyse.reciprocity import measure_reciprocity
from gesta.analyse.simulation import simulate
from gesta.records.reciprocity import Estimate, Reciprocity

SEED = 20261123
FIRST = date(2015, 1, 1)
SIZES = (60, 150, 400, 1000, 2000)
NULL_SIZES = (20, 60, 200, 600, 1500, 3000)
#: What moves sides that do not answer each other.
NULLS = (
    "steady", "self-exciting", "strongly self-exciting", "bursts", "war seasons", "war seasons and self-exciting",
    "quiet weekends", "quiet weekends and self-exciting", "step", "step and self-exciting", "clashes told both ways",
    "seasons of 2 to 4 months",
)  # fmt: skip
STRENGTHS, POWER_SIZES, HALVES = (0.1, 0.2, 0.3, 0.5), (60, 200, 600, 2000), ((0.5, 2.0), (2.0, 7.0), (7.0, 20.0))


def halves(draw: np.random.Generator) -> Array:
    """Half-lives of 0.5 to 20 days, all magnitudes alike."""
    return np.exp(draw.uniform(np.log(0.5), np.log(20.0), (2, 2)))


def length(draw: np.random.Generator, size: int, least: int) -> int:
    """Days watched: 1.2 to 6 for each incident of a side, at most ten years."""
    return int(np.clip(size * draw.uniform(1.2, 6.0), least, 3650))


def truth(draw: np.random.Generator, size: int) -> tuple[int, Array, Array, Array]:
    """Days, background a day, strengths and half-lives of a dyad; a third of the strengths across are nothing."""
    days = length(draw, size, 200)
    while True:
        own, across = draw.uniform(0.0, 0.6, 2), draw.uniform(0.05, 0.5, 2) * (draw.random(2) < 2 / 3)
        strength = np.array([[own[0], across[0]], [across[1], own[1]]])
        background = (np.eye(2) - strength) @ (size / days * draw.uniform(0.7, 1.4, 2))
        if np.abs(np.linalg.eigvals(strength)).max() < 0.85 and background.min() > 0.1 * size / days:
            return days, background, strength, halves(draw)


def seasons(draw: np.random.Generator, days: int, least: float, most: float) -> Array:
    """A common wave with a period between those days and peaks 2.7 to 11 times the troughs, mean 1."""
    wave = np.exp(
        draw.uniform(0.5, 1.2) * np.sin(2 * np.pi * np.arange(days) / draw.uniform(least, most) + draw.uniform(0, 6.28))
    )
    return np.asarray(wave / wave.mean())


def unanswered(draw: np.random.Generator, kind: str, size: int) -> Array:
    """Counts by day of two sides that do not answer each other, shape (2, days)."""
    days = length(draw, size, 250)
    strength, told, shape = np.zeros((2, 2)), None, np.ones((2, days))
    if kind.endswith("self-exciting"):
        strength[0, 0], strength[1, 1] = (0.7, 0.7) if kind.startswith("strongly") else draw.uniform(0.1, 0.6, 2)
    if kind.startswith("war seasons"):
        shape *= seasons(draw, days, 150, 730)
    elif kind.startswith("seasons"):
        shape *= seasons(draw, days, 60, 120)
    elif kind.startswith("quiet weekends"):
        week = np.ones(7)
        week[3:5] = draw.uniform(0.3, 0.7)
        told = week[np.arange(days) % 7] / week.mean()
    elif kind.startswith("step"):
        shape[:, int(days * draw.uniform(0.25, 0.75)) :] *= draw.choice([0.25, 0.33, 0.5, 2.0, 3.0, 4.0])
    elif kind == "bursts":
        for side in shape:
            for begin in draw.integers(0, days, max(2, days // 200)):
                side[begin : begin + draw.integers(3, 15)] += draw.uniform(3.0, 12.0)
    shape /= shape.mean(axis=1, keepdims=True)
    rate = size / days * draw.uniform(0.7, 1.4, 2)
    both = draw.poisson(0.25 * rate.min(), days) if kind == "clashes told both ways" else np.zeros(days)
    alone = rate * (1 - np.diag(strength)) - (0.25 * rate.min() if both.any() else 0.0)
    return simulate(draw, alone[:, None] * shape, strength, halves(draw), told) + both


def measured(counts: Array, rounds: int = 0) -> Reciprocity:
    """Reciprocity of simulated counts."""
    days = counts.shape[1]
    of_first, of_second = (
        [FIRST + timedelta(days=int(day)) for day in np.repeat(np.arange(days), side.astype(int))] for side in counts
    )
    return measure_reciprocity(of_first, of_second, FIRST, FIRST + timedelta(days=days - 1), ("A", "B"), rounds=rounds)


def covered(job: tuple[int, bool]) -> list[tuple[str, int, bool, bool]]:
    """Kind, size, and whether the truth was inside or above the interval, for all parameters of one dyad."""
    number, slow = job
    draw, size = np.random.default_rng([SEED, number, slow]), SIZES[number % len(SIZES)]
    days, background, strength, half_life = truth(draw, size)
    shape = seasons(draw, days, 365, 1460) if slow else np.ones(days)
    result = measured(simulate(draw, background[:, None] * shape, strength, half_life))
    rows = []

    def compare(kind: str, true: float, estimate: Estimate | None) -> None:
        if estimate is not None:
            slack = 1e-9
            inside = estimate.low - slack <= true <= estimate.high + slack
            rows.append((kind, size, inside, true > estimate.high))

    for side in (0, 1) if result.influences else ():
        compare("backgrounds", float(background[side]) * 7, result.sides[side].background)
    for influence, true, half in zip(result.influences, strength.ravel(), half_life.ravel(), strict=False):
        compare("own strengths" if influence.by == influence.after else "strengths across", true, influence.strength)
        if true > 0:
            compare("half-lives told", half, influence.half_life)
    return rows


def called(counts: Array) -> tuple[bool, bool]:
    """Whether each side is said to answer the other; only those that pass the bar are measured in full."""
    if counts.sum(axis=1).min() < 1 or max(weigh(counts, FIRST.weekday()).gained) <= BAR:
        return False, False
    verdicts = [one.verdict == "answers" for one in measured(counts).influences if one.verdict]
    return (verdicts[0], verdicts[1]) if verdicts else (False, False)


def falsely(job: tuple[int, str]) -> tuple[str, int, bool]:
    """Kind, size, and whether either side is said to answer, of a dyad without reciprocity."""
    number, kind = job
    size = NULL_SIZES[number % len(NULL_SIZES)]
    draw = np.random.default_rng([SEED, number, NULLS.index(kind)])
    return kind, size, any(called(unanswered(draw, kind, size)))


def powerful(job: tuple[int, float, int, int]) -> tuple[float, int, int, bool]:
    """Strength, size, range of half-lives, and whether the one side that answers is said to; both excite themselves."""
    number, across, size, quick = job
    draw = np.random.default_rng([SEED, number, int(across * 100), size, quick])
    own = draw.uniform(0.0, 0.4, 2)
    strength, half_life = np.array([[own[0], across], [0.0, own[1]]]), halves(draw)
    half_life[0, 1] = np.exp(draw.uniform(*np.log(HALVES[quick])))
    days = length(draw, size, 250)
    background = (np.eye(2) - strength) @ np.full(2, size / days)
    counts = simulate(draw, np.repeat(np.maximum(background, 0.02 * size / days)[:, None], days, axis=1),
                      strength, half_life)  # fmt: skip
    return across, size, quick, called(counts)[0]


def misfit(number: int) -> list[bool]:
    """Whether each side of a dyad of the model is said to fit badly."""
    draw, size = np.random.default_rng([SEED, number, 5]), SIZES[number % 3]
    days, background, strength, half_life = truth(draw, size)
    counts = simulate(draw, np.repeat(background[:, None], days, axis=1), strength, half_life)
    return [side.fitness.word == "fits badly" for side in measured(counts, 99).sides if side.fitness is not None]


def spread(function: Callable[[Any], Any], jobs: Iterable[Any], processes: int) -> Iterator[Any]:
    """Results in the order of the jobs, over processes if more than one is asked for."""
    if processes == 1:
        yield from map(function, jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(function, jobs, chunksize=4)


def shares(rows: Iterable[tuple[Any, bool]]) -> str:
    """Share of hits of each group, with the number of tries."""
    groups = defaultdict(list)
    for group, hit in rows:
        groups[group].append(hit)
    return "  ".join(f"{group}: {np.mean(hits):.3f} of {len(hits)}" for group, hits in groups.items())


def show_coverage(dyads: int, slow: bool, processes: int) -> None:
    rows = [row for of_dyad in spread(covered, [(n, slow) for n in range(dyads)], processes) for row in of_dyad]
    print(f"\ncoverage of 95% intervals, {dyads} dyads, background {'moving' if slow else 'constant'}")
    print("  pooled            ", shares(("all", inside) for _, _, inside, _ in rows))
    print("  above the interval", shares((kind, above) for kind, _, _, above in rows))
    print("  by size           ", shares((size, inside) for _, size, inside, _ in rows))
    for kind in dict.fromkeys(row[0] for row in rows):
        of_kind = [row for row in rows if row[0] == kind]
        print(f"  {kind:18}", shares([("all", row[2]) for row in of_kind] + [(row[1], row[2]) for row in of_kind]))


def main() -> None:
    """Run the parts that are asked for and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyads", type=int, default=200, help="dyads for coverage; other parts scale with it")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--part", choices=["coverage", "moving", "null", "power", "fit"], action="append")
    options = parser.parse_args()
    parts, began = options.part or ["coverage", "moving", "null", "power", "fit"], time.monotonic()
    if "coverage" in parts:
        show_coverage(options.dyads, False, options.jobs)
    if "moving" in parts:
        show_coverage(max(1, options.dyads // 2), True, options.jobs)
    if "null" in parts:
        print("\ndyads that do not answer each other, said to (either way)")
        for kind in NULLS:
            rows = list(spread(falsely, [(n, kind) for n in range(options.dyads)], options.jobs))
            print(f"  {kind:34}", shares([("all", hit) for _, _, hit in rows] + [(n, hit) for _, n, hit in rows]))
    if "power" in parts:
        print("\nsides that do answer, said to, by size, for answers half over in so many days")
        for quick, (low, high) in enumerate(HALVES):
            for across in STRENGTHS:
                jobs = [(n, across, size, quick) for size in POWER_SIZES for n in range(max(1, options.dyads // 10))]
                rows = spread(powerful, jobs, options.jobs)
                print(f"  {low} to {high} days, {across} each:", shares((size, hit) for _, size, _, hit in rows))
    if "fit" in parts:
        jobs = range(max(1, options.dyads // 4))
        print("\nsides of the model's own dyads said to fit badly:", end=" ")
        print(shares(("all", hit) for of_dyad in spread(misfit, jobs, options.jobs) for hit in of_dyad))
    print(f"\n{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
