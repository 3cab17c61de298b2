"""How often lasting changes are found where there are none, and where there is one: python benchmarks/escalation.py

Even weekly counts of two to ten years, Poisson and bursty (negative binomial), at levels from 0.3 to 20 a week; then
the same with one change half-way, to 1.5, 2 and 3 times the level.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from gesta.analyse.escalation import find_shifts

LEVELS, WEEKS = (0.3, 1.0, 4.0, 20.0), (104, 260, 520)


def drawn(rng: np.random.Generator, mean: np.ndarray, bursty: bool) -> list[int]:
    """Counts of these means; bursty ones vary twice as much or more."""
    rate = mean * rng.gamma(1.0, 1.0, len(mean)) if bursty else mean
    return [int(count) for count in rng.poisson(rate)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    rng = np.random.default_rng(11)
    false = []
    for bursty in (False, True):
        for level in LEVELS:
            for weeks in WEEKS:
                even = [bool(find_shifts(drawn(rng, np.full(weeks, level), bursty))) for _ in range(runs)]
                false.append(np.mean(even))
                line = (
                    f"{'bursty' if bursty else 'even  '} {level:5.1f} a week, {weeks} weeks: false {np.mean(even):.3f}"
                )
                for times in (1.5, 2.0, 3.0):
                    mean = np.where(np.arange(weeks) < weeks // 2, level, level * times)
                    hits = 0
                    for _ in range(runs // 4):
                        found = find_shifts(drawn(rng, mean, bursty))
                        hits += any(abs(place - weeks // 2) <= weeks // 10 for place in found)
                    line += f"; x{times} found {hits / (runs // 4):.2f}"
                sys.stdout.write(line + "\n")
    sys.stdout.write(f"false in all: {np.mean(false):.3f}, at worst {max(false):.3f}\n")


if __name__ == "__main__":
    main()
