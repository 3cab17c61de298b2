"""The whole pipeline against its encoder alone.

    python benchmarks/speed.py [PATH ...] [--rounds 5] [--limit 100] [--json]

Both do the same sentences on the same core: the pipeline codes each report from its text on (tokenising included); the
encoder runs the same graph on the same windows, one unpadded window a call, with inputs made beforehand. They take
turns, round by round. With twenty reports or more, each round has reports of its own, so that what is remembered of
words is as new as in a real run; with fewer, every round has all of them and only the first is cold.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from statistics import median
from typing import Any

import gesta
from gesta import pipeline
from gesta.annotate.language import readings
from gesta.annotate.model import OUTPUTS, Model, load_model
from gesta.errors import GestaError
from gesta.read import read_paths
from gesta.records import Report

SAMPLES = Path(__file__).parent.parent / "samples"
#: numpy's own threads would give the pipeline cores that the encoder does not have.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
#: From so many reports on, each round has its own.
_MANY = 20
#: Reports coded before anything is timed: the first calls load tables and let onnxruntime plan its memory.
_WARM_UP = 2
#: The stages of ``pipeline.code_report``; those that a version does not have are left out of the breakdown.
_STAGES = (
    "find_times", "find_places", "find_settings", "find_events", "attach_tolls", "ActorResolver", "find_claims",
    "assemble",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds on the wall and of this process on the processor; the latter stays true on a busy machine."""

    wall: float
    cpu: float

    @classmethod
    def of(cls, work: Callable[[], object]) -> Clock:
        """Time some work."""
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        return cls(time.perf_counter() - wall, time.process_time() - cpu)


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of both: how many sentences and windows, and how long each took."""

    sentences: int
    windows: int
    pipeline: Clock
    encoder: Clock

    def figures(self) -> dict[str, float]:
        """Sentences a second of both, and the pipeline's as a share of the encoder's, by wall and processor time."""
        return {
            "pipeline, sentences/s": self.sentences / self.pipeline.wall,
            "encoder, sentences/s": self.sentences / self.encoder.wall,
            "ratio": self.encoder.wall / self.pipeline.wall,
            "pipeline, sentences/s of processor time": self.sentences / self.pipeline.cpu,
            "encoder, sentences/s of processor time": self.sentences / self.encoder.cpu,
            "ratio of processor time": self.encoder.cpu / self.pipeline.cpu,
        }


@contextmanager
def recorded(model: Model) -> Iterator[list[dict[str, Any]]]:
    """Keep the inputs of every window that the model reads meanwhile."""
    feeds: list[dict[str, Any]] = []
    make = model.feed

    def keep(sentences: Sequence[Sequence[str]]) -> dict[str, Any]:
        feeds.append(make(sentences))
        return feeds[-1]

    model.feed = keep
    try:
        yield feeds
    finally:
        del model.feed


def run_round(coder: gesta.Coder, model: Model, reports: Sequence[Report]) -> Round:
    """Time the pipeline on some reports, then the encoder on the windows that reading them takes."""
    coded = Clock.of(lambda: [coder.code(report) for report in reports])
    with recorded(model) as feeds:
        sentences = sum(len(readings(coder.nlp(report.text)).sentences) for report in reports)
    session = model._session  # the very graph and session that the pipeline uses
    encoded = Clock.of(lambda: [session.run(OUTPUTS, feed) for feed in feeds])
    return Round(sentences=sentences, windows=len(feeds), pipeline=coded, encoder=encoded)


@contextmanager
def timed(owner: object, name: str, spent: dict[str, float], label: str) -> Iterator[None]:
    """Add up the seconds that calls of ``owner.name`` take meanwhile."""
    work = getattr(owner, name)
    own = name in vars(owner)

    @wraps(work, updated=())
    def measure(*args: Any, **options: Any) -> Any:
        began = time.process_time()
        try:
            return work(*args, **options)
        finally:
            spent[label] += time.process_time() - began

    setattr(owner, name, measure)
    try:
        yield
    finally:
        setattr(owner, name, work) if own else delattr(owner, name)


def breakdown(coder: gesta.Coder, model: Model, reports: Sequence[Report]) -> dict[str, float]:
    """Return each part's share of the processor time of coding some reports; what remains is "other"."""
    spent: dict[str, float] = defaultdict(float)
    with ExitStack() as stack:
        stack.enter_context(timed(coder.nlp, "tokenizer", spent, "tokens"))
        for name, component in coder.nlp.pipeline:
            stack.enter_context(timed(type(component), "__call__", spent, name))
        stack.enter_context(timed(model, "feed", spent, "of which wordpieces"))
        stack.enter_context(timed(model, "run", spent, "of which wordpieces and graph"))
        for name in _STAGES:
            if hasattr(pipeline, name):
                stack.enter_context(timed(pipeline, name, spent, name))
        whole = Clock.of(lambda: [coder.code(report) for report in reports]).cpu
    spent["other"] = whole - sum(part for name, part in spent.items() if not name.startswith("of which"))
    return {name: part / whole for name, part in spent.items()}


def deal(reports: Sequence[Report], rounds: int) -> list[list[Report]]:
    """Give each round its reports: its own where there are many, all of them where there are few."""
    if len(reports) >= max(_MANY, rounds):
        return [list(reports[first::rounds]) for first in range(rounds)]
    return [list(reports)] * rounds


def measure(reports: Sequence[Report], rounds: int) -> dict[str, Any]:
    """Run all rounds and the breakdown; return plain values."""
    coder, model = gesta.load(), load_model(None)
    for report in reports[:_WARM_UP]:
        coder.code(report)
    turns = deal(reports, rounds)
    done = [run_round(coder, model, turn) for turn in turns]
    with recorded(model) as feeds:
        for report in turns[-1]:
            coder.code(report)
    figures = [turn.figures() for turn in done]
    spread = {
        name: {"min": min(values), "median": median(values), "max": max(values)}
        for name in figures[0]
        for values in [[of_turn[name] for of_turn in figures]]
    }
    return {
        "reports": len(reports),
        "rounds": rounds,
        "own reports each round": len(turns) > 1 and turns[0] != turns[1],
        "sentences": sum(turn.sentences for turn in done),
        "windows": sum(turn.windows for turn in done),
        "windows coded for each window read": len(feeds) / max(done[-1].windows, 1),
        "figures": spread,
        "shares of the pipeline": breakdown(coder, model, turns[-1]),
    }


def shown(result: dict[str, Any]) -> str:
    """Return the result as text for people."""
    lines = [f"{name}: {value}" for name, value in result.items() if not isinstance(value, dict)]
    lines.append(f"{'':42}{'min':>9}{'median':>9}{'max':>9}")
    for name, spread in result["figures"].items():
        lines.append(f"{name:42}" + "".join(f"{value:9.3f}" for value in spread.values()))
    lines.append("shares of the pipeline (processor time, last round again):")
    lines += [f"  {name:40}{share:9.3f}" for name, share in result["shares of the pipeline"].items()]
    return "\n".join(lines)


def pin(core: int | None) -> None:
    """Keep this process on one core, the first it may use if none is given; Linux alone can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0)) if core is None else core})


def main() -> None:
    """Pin to one core, read the reports, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="*", default=[SAMPLES], help="reports to code (default: samples/)")
    parser.add_argument("--rounds", type=int, default=5, help="how often both take turns")
    parser.add_argument("--limit", type=int, default=100, help="at most so many reports, spread over all")
    parser.add_argument("--core", type=int, help="the core to run on (default: the first this process may use)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    if options.rounds < 1 or options.limit < 1:
        parser.error("--rounds and --limit must be 1 or more")
    if not _ONE_THREAD.items() <= os.environ.items():
        pin(options.core)
        # numpy reads these when it loads, so begin again with them set.
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | _ONE_THREAD)
    try:
        reports = [found for found in read_paths(options.paths) if isinstance(found, Report)]
    except GestaError as error:
        parser.error(str(error))
    if not reports:
        parser.error("no report could be read there")
    step = max(1, -(-len(reports) // options.limit))
    result = measure(reports[::step], options.rounds)
    print(json.dumps(result) if options.json else shown(result))


if __name__ == "__main__":
    main()
