"""Score checkpoints by the program's own scorers: python -m train.evaluate RUN/last.pt [RUN/last.pt ...] --data DATA

Each checkpoint is exported (in full precision, or with ``--int8`` as it would ship) and read back by ``gesta.load``, so
what is scored is what users get. With several checkpoints the mean is printed too.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import mean

import gesta
from gesta import evaluate
from gesta.evaluate import Score
from train.batches import WINDOW
from train.export import export, read_checkpoint

#: What is printed of each task.
FIGURES = {
    "names": ("F1",),
    "names raw": ("F1",),
    "parses": ("UAS", "LAS", "UPOS", "morphology"),
    "parses news": ("UAS", "LAS", "UPOS"),
    "casebook": ("trigger F1", "type F1", "lenient F1", "modality accuracy", "hard negatives without counted event"),
}


def scorers(options: argparse.Namespace, coder: gesta.Coder) -> dict[str, Callable[[], Score]]:
    data, news = options.data, options.data / "newswire"
    found: dict[str, Callable[[], Score]] = {
        "names": lambda: evaluate.names(news, coder=coder),
        "names raw": lambda: evaluate.names(news, coder=coder, raw=True),
        "parses": lambda: evaluate.parses(data / "treebank/en_ewt-dev.conllu.gz", coder=coder),
    }
    if options.trees:
        found["parses news"] = lambda: evaluate.parses(options.trees, coder=coder)
    if options.casebook:
        found["casebook"] = lambda: evaluate.events(options.casebook, coder=coder)
    return found


def measure(checkpoint: Path, options: argparse.Namespace) -> dict[str, float]:
    """Return the figures of one checkpoint, by task and name."""
    labels, model = read_checkpoint(checkpoint)
    with tempfile.TemporaryDirectory() as folder:
        export(
            model, labels, options.tokenizer, Path(folder),
            name="measured", window=options.window, quantise=options.int8,
        )  # fmt: skip
        coder = gesta.load(model=folder)
        tasks = scorers(options, coder)
        scores = {task: tasks[task]() for task in tasks if not options.only or task in options.only}
    return {f"{task}: {name}": score.figures[name] for task, score in scores.items() for name in FIGURES[task]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/ and treebank/")
    parser.add_argument("--casebook", type=Path, nargs="*", help="the held-out batches")
    parser.add_argument("--trees", type=Path, help="our own news trees that are held out")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--int8", action="store_true", help="quantised, as shipped")
    parser.add_argument("--only", nargs="*", choices=list(FIGURES), help="these tasks alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = {str(path): measure(path, options) for path in options.checkpoints}
    if len(found) > 1:
        found["mean"] = {name: mean(f[name] for f in found.values()) for name in next(iter(found.values()))}
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for path, figures in found.items():
        print(path)
        for name, value in figures.items():
            print(f"  {name:48} {value:.4f}")


if __name__ == "__main__":
    main()
