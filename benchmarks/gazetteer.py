"""The index of places: how long it takes to build, how large it is, how quick to ask, and what memory it takes.

    python benchmarks/gazetteer.py [--from allCountries.zip]

Exit code 1 if the default index misses one of its limits. With a dump, the same is measured for an index that has it as
well; no limit holds for that. Building and asking each have a process of their own, so that the memory of one does not
hide that of the other. Every name is asked for once, in random order, so none is remembered.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

from gesta.errors import GestaError
from gesta.resolve.places import Gazetteer
from gesta.resolve.places.build import build, packaged_source
from gesta.resolve.places.dump import Dump

LIMITS: dict[str, tuple[str, float]] = {
    "seconds to build": ("at most", 60.0),
    "size, MB": ("at most", 150.0),
    "look-ups a second": ("at least", 10_000.0),
    "memory to open and ask, MB": ("at most", 200.0),
}
_NAMES = 10_000


def measure_build(path: Path, dump: Path | None) -> dict[str, float]:
    """Build an index at ``path``; return seconds, size, and the most memory that the process ever took."""
    began = time.perf_counter()
    build(path, packaged_source(Dump(dump) if dump else None))
    return {
        "seconds to build": time.perf_counter() - began,
        "size, MB": path.stat().st_size / 1e6,
        "memory to build, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }


def measure_look_ups(path: Path) -> dict[str, float]:
    """Open the index and ask for names of places in it, each once; return the rate and how much memory that took."""
    names = sample_names(path, _NAMES)
    before = resident()
    opened = Gazetteer(path)
    began = time.perf_counter()
    found = sum(bool(opened.lookup(name)) for name in names)
    spent = time.perf_counter() - began
    return {
        "places": len(opened),
        "look-ups a second": len(names) / spent,
        "of which found": found / len(names),
        "memory to open and ask, MB": (resident() - before) / 1e6,
    }


def sample_names(path: Path, number: int) -> list[str]:
    """Return so many different names of places, spread over the index, in random order."""
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM place").fetchone()
        step = max(1, count // (2 * number))
        rows = connection.execute("SELECT name FROM place WHERE id % ? = 0", (step,))
        names = sorted({name for (name,) in rows})
    draw = random.Random(0)
    return draw.sample(names, min(number, len(names)))


def resident() -> int:
    """Return the bytes of memory that this process holds; the most that it ever held, where the system says no more."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def missed(figures: dict[str, float]) -> list[str]:
    """Return the figures that miss their limit."""
    kept: dict[str, Callable[[float, float], bool]] = {"at most": float.__le__, "at least": float.__ge__}
    return [name for name, (sense, limit) in LIMITS.items() if not kept[sense](float(figures[name]), limit)]


def in_a_process(work: Callable[..., dict[str, float]], *words: Path | None) -> dict[str, float]:
    """Do some work in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *words).result()


def main(words: list[str] | None = None) -> int:
    """Build, ask, print, and say by the exit code whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="dump", type=Path, help="a GeoNames dump to build from as well")
    options = parser.parse_args(words)
    below: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for dump in [None, *([options.dump] if options.dump else [])]:
            path = Path(folder) / "index"
            try:
                figures = in_a_process(measure_build, path, dump) | in_a_process(measure_look_ups, path)
            except GestaError as error:
                parser.error(str(error))
            print(f"{dump or 'default index'}")
            low = [] if dump else missed(figures)
            for name, value in figures.items():
                limit = "" if dump or name not in LIMITS else f"   {' '.join(map(str, LIMITS[name]))}"
                print(f"  {name:30}{value:14,.2f}{limit}{'   MISSED' if name in low else ''}")
            below += low
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
