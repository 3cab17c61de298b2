"""How well types of marked pairs are told on pairs not trained on: python -m train.folds --start RUN/last.pt ...

Five fixed folds by sentence, several seeds. Each fold starts from a checkpoint that has seen no pair of PLV or AW,
learns on the other four folds beside the casebook, and reads its own; the pooled answers are scored. Types are in PLV's
own convention. The interval is a bootstrap over sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")

import numpy as np
import torch

from gesta.ontology import plover
from train.batches import Packer
from train.data import Sentence
from train.loop import epochs, optimiser
from train.model import Model, read_model
from train.prepare import Prepared, load
from train.recipe import Recipe

FOLDS, DRAWS = 5, 1000
SETTINGS = (
    "epochs=3", "encoder_rate=1e-4", "head_rate=1e-3", "treebank=0", "newswire=0", "trees=0", "attribution=0",
    "reports=0", "pairs=2", "casebook=0.3", "alone=1",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What was said of one pair: gold and found, with the sentence that the bootstrap draws by."""

    sentence: str
    gold: str
    found: str


def fold_of(sentence: Sentence) -> int:
    """The fold of a sentence, whichever pair of it is marked."""
    return int(hashlib.md5(" ".join(sentence.words).encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def macro_f1(answers: list[Answer], rename: Callable[[str], str] = str) -> float:
    """Mean F1 over the labels that occur in gold."""
    gold, found = [rename(a.gold) for a in answers], [rename(a.found) for a in answers]
    scores = []
    for label in sorted(set(gold)):
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        scores.append(2 * right / (gold.count(label) + found.count(label)))
    return float(np.mean(scores))


def quad(label: str) -> str:
    """The quad class of a label of PLV; YIELD's is RETREAT's."""
    return str(plover().types["RETREAT" if label == "YIELD" else label].quad)


TASKS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("type", "type", str), ("quad", "type", quad), ("really such", "real", str),
)  # fmt: skip


def interval(answers: list[Answer], rename: Callable[[str], str] = str) -> tuple[float, float]:
    """95% bootstrap interval of the macro-F1, drawing sentences."""
    by_sentence: dict[str, list[Answer]] = {}
    for answer in answers:
        by_sentence.setdefault(answer.sentence, []).append(answer)
    groups, random = list(by_sentence.values()), np.random.default_rng(1)
    drawn = []
    for _ in range(DRAWS):
        picks = random.integers(len(groups), size=len(groups))
        drawn.append(macro_f1([a for pick in picks for a in groups[pick]], rename))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


@torch.no_grad()
def answers(model: Model, packer: Packer, sentences: list[Sentence]) -> Iterator[tuple[str, Answer]]:
    """Yield ("type" or "real", answer) for each marked pair, each sentence read alone."""
    model.eval()
    labels = packer.labels.pair_types
    for start in range(0, len(sentences), 16):
        chunk = sentences[start : start + 16]
        batch = packer.batch([[sentence] for sentence in chunk])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            types, _, real = model.heads["relation"].read(model.words(batch), batch.pairs)
        for pair, kind, such in zip(batch.pairs, types.argmax(-1).tolist(), real.argmax(-1).tolist(), strict=True):
            words = " ".join(chunk[pair.row].words)
            if pair.type >= 0:
                yield "type", Answer(words, labels[pair.type], labels[kind])
            if pair.real >= 0:
                yield "real", Answer(words, str(pair.real), str(such))


def run(prepared: Prepared, start: Path, recipe: Recipe, seed: int) -> dict[str, list[Answer]]:
    """Train and read all folds with one seed."""
    found: dict[str, list[Answer]] = {"type": [], "real": []}
    pairs = prepared.sets["pairs"]
    for fold in range(FOLDS):
        torch.manual_seed(seed)
        model = read_model(start, prepared.labels, recipe)
        prepared.sets["pairs"] = [s for s in pairs if fold_of(s) != fold]
        for _ in epochs(model, optimiser(model, recipe), prepared, recipe, 1000 * seed + 100 * fold, quiet=True):
            pass
        for task, answer in answers(model, prepared.packer, [s for s in pairs if fold_of(s) == fold]):
            found[task].append(answer)
        prepared.sets["pairs"] = pairs
        told = ", ".join(f"{name} {macro_f1(found[task], rename):.3f}" for name, task, rename in TASKS)
        print(f"seed {seed}, fold {fold}: {told} so far", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="a checkpoint trained with --set pairs=0")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--out", type=Path, help="write the answers there as JSON")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    recipe = Recipe().varied([*SETTINGS, *options.set])
    prepared = load(options.prepared, options.tokenizer, recipe)
    runs = [run(prepared, options.start, recipe, seed) for seed in options.seeds]
    for name, task, rename in TASKS:
        each = [macro_f1(found[task], rename) for found in runs]
        low, high = interval([a for found in runs for a in found[task]], rename)
        told = ", ".join(f"{value:.3f}" for value in each)
        print(f"{name}: macro-F1 {np.mean(each):.3f} (seeds {told}; 95% interval {low:.3f} to {high:.3f})")
    if options.out:
        options.out.write_text(json.dumps([{t: [vars(a) for a in found] for t, found in one.items()} for one in runs]))


if __name__ == "__main__":
    main()
