"""Give the sentences without trees the trees that parsers give them: python -m train.silver --parsers P1.pt ...

Only web text comes with trees. A reader that learns names and events from news and trees from web text alone unlearns
on news what no label there holds it to: it read "on" and "a" in news as punctuation. So parsers trained on the treebank
alone (``train.compare --set newswire=0``) first read all the other sentences, one to a window; what they say counts a
part of what people drew.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")

import numpy as np
import torch
from torch import Tensor

from gesta.annotate import tree as trees
from train.batches import Packer
from train.data import Sentence
from train.labels import frequent_paths
from train.model import Model, read_model
from train.prepare import load, read_labels
from train.recipe import Recipe

SURE = 0.4


@torch.no_grad()
def read(models: list[Model], packer: Packer, sentences: list[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield each sentence with a copy that has tags and the tree of the models' mean; over-long ones are left out."""
    order = sorted((s for s in sentences if packer.length(s) <= 254), key=packer.length)
    labels = packer.labels
    for start in range(0, len(order), 32):
        chunk = order[start : start + 32]
        batch = packer.batch([[s] for s in chunk])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = [model.words(batch) for model in models]
            upos, morph = (
                mean([model.heads["tags"](v)[i] for model, v in zip(models, vectors, strict=True)]) for i in (0, 1)
            )
            arcs = mean([
                model.heads["tree"].arcs(v).float().masked_fill(~model.heads["tree"].within(batch), -1e4)
                for model, v in zip(models, vectors, strict=True)
            ])  # fmt: skip
        heads = torch.zeros(batch.sentence.shape, dtype=torch.long)
        for row, sentence in enumerate(chunk):
            n = len(sentence.words)
            scores = np.log(arcs[row, :n, : n + 1].numpy() + 1e-9)
            heads[row, :n] = torch.as_tensor(trees.decode(scores.astype(np.float32)))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            relations = mean([tree_labels(m, v, heads) for m, v in zip(models, vectors, strict=True)]).argmax(-1)
        for row, sentence in enumerate(chunk):
            n = len(sentence.words)
            yield (
                sentence,
                Sentence(
                    words=sentence.words,
                    document=sentence.document,
                    upos=[labels.upos[i] for i in upos[row, :n].argmax(-1).tolist()],
                    morph=[labels.morph[i] for i in morph[row, :n].argmax(-1).tolist()],
                    heads=[h - 1 for h in heads[row, :n].tolist()],
                    relations=[
                        labels.relations[r] if h else "root"
                        for r, h in zip(relations[row, :n].tolist(), heads[row, :n].tolist(), strict=True)
                    ],
                ),
            )


def mean(logits: list[Tensor]) -> Tensor:
    """The mean of the models' probabilities."""
    return torch.stack([one.float().softmax(-1) for one in logits]).mean(0)


def tree_labels(model: Model, vectors: Tensor, heads: Tensor) -> Tensor:
    """Logits of each word's relation to its head [windows, words, relations]."""
    _, dependents, governors = model.heads["tree"](vectors)
    return model.heads["tree"].relations(dependents, governors, heads)  # type: ignore[no-any-return]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--parsers", type=Path, nargs="+", required=True)
    parser.add_argument("--sure", type=float, default=SURE)
    options = parser.parse_args()
    recipe = Recipe(window=256)
    prepared = load(options.prepared, options.tokenizer, recipe)
    models = [read_model(path, read_labels(path.parent), recipe).eval() for path in options.parsers]
    every = [s for sentences in prepared.sets.values() for s in sentences]
    bare = [s for s in every if s.heads is None or s.morph is None or s.sure < 1]
    for done, (sentence, told) in enumerate(read(models, prepared.packer, bare), 1):
        sentence.morph = told.morph
        if sentence.heads is None or sentence.sure < 1:
            sentence.upos, sentence.heads, sentence.relations = told.upos, told.heads, told.relations
            sentence.sure = options.sure
        if done % 5000 == 0:
            print(f"{done} of {len(bare)}", flush=True)
    (options.prepared / "sentences.pkl").write_bytes(pickle.dumps(prepared.sets))
    labels = replace(prepared.labels, paths=frequent_paths(every))
    (options.prepared / "labels.json").write_text(json.dumps(labels.to_json(), indent=1))


if __name__ == "__main__":
    main()
