"""Accuracy floors that may only rise.

    python benchmarks/gate.py                     what ships: the casebook's held-out batch
    python benchmarks/gate.py --data DATA         also names, parses, sentences, times and places
    python benchmarks/gate.py --data DATA --raise lift the floors to what was measured, less a margin

Exit code 1 if a figure is below its floor or a floor names a figure that no longer exists, 2 for misuse.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import gesta
from gesta import evaluate
from gesta.errors import GestaError
from gesta.evaluate import Score

HERE = Path(__file__).parent
CASEBOOK = HERE.parent / "casebook"
#: The batches that nobody trains on; the first had floors before the others were written.
HELD_OUT = tuple(CASEBOOK / f"{batch}.jsonl" for batch in ("b05", "b10", "b11", "b20"))
#: Our own news sentences with their trees, those that nobody trains on.
NEWS_TREES = CASEBOOK / "trees" / "held-out.conllu"
FLOORS = HERE / "floors.json"
#: A raised floor lies this far below what was measured: other processors round int8 products differently.
MARGIN = 0.005

Floors = dict[str, dict[str, float]]

#: The figures that have floors, by task; a task's other figures follow from these or only explain them.
_EVENTS = (
    "trigger F1",
    "type F1",
    "counted type F1",
    "lenient F1",
    "strict F1",
    "modality accuracy",
    "hard negatives without counted event",
)
GATED: dict[str, tuple[str, ...]] = {
    "casebook": _EVENTS,
    "casebook held out": (*_EVENTS, "modes F1", "contexts F1", "place F1", "time F1"),
    "casebook actors": ("country", "primary sector", "country, words given", "primary sector, words given"),
    "pairs of names": ("F1",),
    "casebook sentences": ("precision", "recall"),
    "parses news": ("UAS", "LAS", "UPOS"),
    "claims": ("stance accuracy", "certainty accuracy", "framing accuracy", "loaded words F1"),
    "ties": ("F1",),
    "responses": ("F1",),
    "incidents": ("B3 F1", "CoNLL F1", "all items, B3 F1"),
    "copies": ("F1",),
    "attribution": ("source F1", "cue F1", "content F1", "right speaker F1"),
    "names": ("F1",),
    "names raw": ("F1",),
    "parses": ("UAS", "LAS", "UPOS", "morphology"),
    "sentences": ("recall", "F1 at line ends"),
    "sentences treebank": ("F1",),
    "times": ("relaxed F1", "strict F1", "value F1"),
    "places": ("toponyms F1", "use of those found", "country right", "place right", "end to end, literal"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured against its floor, None where either is missing."""

    task: str
    figure: str
    floor: float | None
    measured: float | None

    @property
    def fails(self) -> bool:
        """Below its floor."""
        return self.measured is not None and self.floor is not None and round(self.measured, 6) < self.floor


def scorers(coder: gesta.Coder, data: Path | None) -> dict[str, Callable[[], Score]]:
    """Return what to measure, by task."""
    found: dict[str, Callable[[], Score]] = {
        "casebook": lambda: evaluate.events(HELD_OUT[0], coder=coder),
        "casebook held out": lambda: evaluate.events(HELD_OUT, coder=coder),
        "casebook actors": lambda: evaluate.actors(HELD_OUT, coder=coder),
        "pairs of names": lambda: evaluate.actors(CASEBOOK / "names.jsonl", coder=coder, part="held-out"),
        "claims": lambda: evaluate.claims(CASEBOOK / "claims.jsonl", coder=coder),
        "ties": lambda: evaluate.ties(CASEBOOK / "ties.jsonl", coder=coder, half="odd"),
        "incidents": lambda: evaluate.incidents(CASEBOOK, coder=coder, part="held-out"),
        "copies": lambda: evaluate.copies(CASEBOOK, coder=coder, part="held-out"),
        "responses": lambda: evaluate.responses(CASEBOOK / "responses.jsonl", coder=coder, part="held-out"),
        "casebook sentences": lambda: evaluate.sentences(CASEBOOK, coder=coder),
        "parses news": lambda: evaluate.parses(NEWS_TREES, coder=coder),
    }
    if data is None:
        return found
    news, treebank = data / "newswire", data / "treebank/en_ewt-dev.conllu.gz"
    return found | {
        "attribution": lambda: evaluate.attribution(data / "attribution/dev", coder=coder),
        "names": lambda: evaluate.names(news, coder=coder),
        "names raw": lambda: evaluate.names(news, coder=coder, raw=True),
        "parses": lambda: evaluate.parses(treebank, coder=coder),
        "sentences": lambda: evaluate.sentences(news, coder=coder),
        "sentences treebank": lambda: evaluate.sentences(treebank, coder=coder),
        # Errors were studied on the even halves.
        "times": lambda: evaluate.times(data / "times/timebank", coder=coder, half="odd"),
        "places": lambda: evaluate.places(data / "places/GeoWebNews.xml", coder=coder, half="odd"),
    }


def lines(floors: Floors, measured: dict[str, Score]) -> Iterator[Line]:
    """Yield a line for each gated figure, and for each floor that nothing was measured for."""
    for task in dict.fromkeys([*GATED, *floors]):
        score, of_task = measured.get(task), floors.get(task, {})
        for figure in dict.fromkeys([*GATED.get(task, ()), *of_task]):
            value = score.figures.get(figure) if score else None
            if value is not None or figure in of_task:
                yield Line(task, figure, of_task.get(figure), value)


def stale(floors: Floors, measured: dict[str, Score]) -> list[str]:
    """Return the floors whose task was measured but has no such figure: renaming one must not drop its floor."""
    return [
        f"{task}: {figure}"
        for task, of_task in floors.items()
        for figure in of_task
        if (task in measured and figure not in measured[task].figures) or task not in GATED
    ]


def lifted(floors: Floors, found: list[Line]) -> Floors:
    """Return the floors raised to what was measured, less the margin; none is ever lowered or dropped."""
    higher = {task: dict(of_task) for task, of_task in floors.items()}
    for line in found:
        if line.measured is not None:
            reached = math.floor((line.measured - MARGIN) * 1000) / 1000
            of_task = higher.setdefault(line.task, {})
            of_task[line.figure] = max(of_task.get(line.figure, 0.0), reached, 0.0)
    return higher


def table(found: list[Line]) -> str:
    """Return the lines as text for people."""
    width = max((len(line.figure) for line in found), default=0) + 2
    rows, task = [f"{'':{width + 2}}{'floor':>8}{'measured':>10}"], ""
    for line in found:
        if line.task != task:
            rows.append(line.task)
            task = line.task
        floor = "-" if line.floor is None else f"{line.floor:.3f}"
        measured = "not run" if line.measured is None else f"{line.measured:.4f}"
        verdict = "  BELOW" if line.fails else ""
        rows.append(f"  {line.figure:{width}}{floor:>8}{measured:>10}{verdict}")
    return "\n".join(rows)


def read_floors(path: Path) -> Floors:
    """Read the floors; ``ValueError`` says what is wrong with the file."""
    floors = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(floors, dict) or not all(isinstance(of_task, dict) for of_task in floors.values()):
        raise ValueError("it must hold figures by task")
    return {task: {name: float(value) for name, value in of_task.items()} for task, of_task in floors.items()}


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare, and say so; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with newswire/ and treebank/")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of floors")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    parser.add_argument("--details", action="store_true", help="also print each score in full")
    options = parser.parse_args(arguments)
    try:
        floors = read_floors(options.floors)
        tasks = scorers(gesta.load(), options.data)
        measured = {}
        for task, score in tasks.items():
            print(f"measuring: {task}", file=sys.stderr, flush=True)
            measured[task] = score()
    except (OSError, ValueError, GestaError) as error:
        parser.exit(2, f"gate: {error}\n")
    found = list(lines(floors, measured))
    if options.details:
        print("\n\n".join(score.table() for score in measured.values()), end="\n\n")
    print(table(found))
    for name in (gone := stale(floors, measured)):
        print(f"no such figure any more: {name}")
    failed = sum(line.fails for line in found) + len(gone)
    if options.lift and not gone:
        options.floors.write_text(json.dumps(lifted(floors, found), indent=2) + "\n", encoding="utf-8")
        print(f"floors raised in {options.floors}")
    print(f"{failed} below their floor" if failed else "no figure is below its floor")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
