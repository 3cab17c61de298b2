"""Short runs that differ in one thing: python -m train.compare --prepared PREPARED ... --set batch=1024 --seed 1

Trains on the treebank and part of the newswire for two epochs, without a *tuning tenth* of the newswire's training
articles (stems whose MD5 is 2 modulo 10), and prints the tree's score on EWT dev and the names' on that tenth: what to
choose a recipe by, so that the held-out tenth stays unseen. Figures are of full precision and rank recipes only.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")

import numpy as np
import torch

from gesta.annotate import names as spans
from gesta.annotate import tree as trees
from train import data
from train.batches import Packer
from train.data import Sentence, is_tuning
from train.loop import epochs, optimiser, save
from train.model import Model, fresh
from train.prepare import load
from train.recipe import Recipe
from train.train import SEED

#: What a short run reads.
SHORT = ["epochs=2", "newswire=0.35", "pairs=0", "casebook=0", "attribution=0", "trees=0"]


@dataclass
class Tally:
    """What was right so far: of words their heads, relations and tags; of names whole spans with their class."""

    words: int = 0
    heads: int = 0
    both: int = 0
    tags: int = 0
    found: int = 0
    wanted: int = 0
    right: int = 0

    def add_tree(self, sentence: Sentence, heads: list[int], relations: list[str], upos: list[str]) -> None:
        """Count the words that are no punctuation; subtypes of relations do not matter."""
        assert sentence.heads is not None and sentence.relations is not None and sentence.upos is not None
        for i, relation in enumerate(sentence.relations):
            if relation != "punct":
                good = heads[i] == sentence.heads[i] + 1
                self.words, self.heads = self.words + 1, self.heads + good
                self.both += good and relations[i].split(":")[0] == relation.split(":")[0]
                self.tags += upos[i] == sentence.upos[i]

    def add_names(self, gold: set[spans.Name], predicted: set[spans.Name]) -> None:
        self.right += len(gold & predicted)
        self.found, self.wanted = self.found + len(predicted), self.wanted + len(gold)


def score(model: Model, packer: Packer, windows: list[list[Sentence]]) -> Tally:
    """Read windows and count what is right in the layers that their sentences have."""
    labels, tally = packer.labels, Tally()
    tree = model.heads["tree"]
    model.eval()
    windows = sorted(windows, key=lambda window: -sum(packer.length(s) for s in window))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(windows), 8):
            chunk = windows[start : start + 8]
            vectors = model.words(packer.batch(chunk))
            upos = model.heads["tags"](vectors)[0].argmax(-1)
            outer = model.heads["names"](vectors)[0].float().numpy()
            arcs, dependents, governors = tree(vectors)
            governors = tree.rooted(governors)
            for row, window in enumerate(chunk):
                first = 0
                for sentence in window:
                    last = first + len(sentence.words)
                    if sentence.names is not None:
                        predicted = set(spans.decode(outer[row, first:last], labels.names))
                        tally.add_names(_gold(sentence.names), predicted)
                    if sentence.heads is not None:
                        scores = arcs[row, first:last].float().numpy()
                        heads = torch.as_tensor(
                            trees.decode(np.concatenate([scores[:, :1], scores[:, 1 + first : 1 + last]], axis=1))
                        )
                        chosen = governors[row][torch.where(heads == 0, 0, heads + first)]
                        relations = tree.relation(dependents[row, first:last], chosen).argmax(-1).tolist()
                        named = [labels.relations[r] if h else "root" for r, h in zip(relations, heads, strict=True)]
                        tags = [labels.upos[tag] for tag in upos[row, first:last].tolist()]
                        tally.add_tree(sentence, heads.tolist(), named, tags)
                    first = last
    return tally


def _gold(labels: list[str]) -> set[tuple[int, int, str]]:
    gold: list[tuple[int, int, str]] = []
    for at, label in enumerate(labels):
        if label[0] == "B" or (label[0] == "I" and not (gold and gold[-1][1:] == (at, label[2:]))):
            gold.append((at, at + 1, label[2:]))
        elif label[0] == "I":
            gold[-1] = (gold[-1][0], at + 1, label[2:])
    return set(gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="an encoder to start from instead, as train.adapt writes it")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the checkpoint here")
    options = parser.parse_args()
    recipe = Recipe().varied(SHORT + options.set)
    prepared = load(options.prepared, options.tokenizer, recipe)
    news = prepared.sets["newswire"]
    tuning = [s for s in news if is_tuning(s.document)]
    prepared.sets["newswire"] = [s for s in news if not is_tuning(s.document)]
    dev = data.treebank(options.data / "treebank/en_ewt-dev.conllu.gz")
    torch.manual_seed(SEED)
    model = fresh(prepared.labels, recipe, options.encoder, options.start)
    began = time.monotonic()
    for _ in epochs(model, optimiser(model, recipe), prepared, recipe, SEED + 1000 * options.seed, quiet=True):
        pass
    spent = time.monotonic() - began
    packer = prepared.packer
    trees_packed = score(model, packer, list(packer.windows(dev, None)))
    trees_alone = score(model, packer, [[sentence] for sentence in dev])
    names = score(model, packer, list(packer.windows(tuning, None)))
    figures = {
        "UAS": trees_packed.heads / trees_packed.words,
        "LAS": trees_packed.both / trees_packed.words,
        "LAS, one sentence a window": trees_alone.both / trees_alone.words,
        "UPOS": trees_packed.tags / trees_packed.words,
        "names F1": 2 * names.right / (names.found + names.wanted),
    }
    print(" ".join(options.set) or "the recipe as it is", f"seed {options.seed}:", end=" ")
    print(", ".join(f"{name} {value:.4f}" for name, value in figures.items()), f"({spent:.0f} s)", flush=True)
    if options.keep:
        save({"model": model.state_dict()}, options.keep)


if __name__ == "__main__":
    main()
