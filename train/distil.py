"""Teach one model what several know together: python -m train.distil --teachers RUN1/last.pt RUN2/last.pt --start ...

The student starts from a checkpoint (the mean of the teachers, say). It learns from the labels and from the teachers'
mean probabilities: tags, names, trees and cues of *every* sentence. So the newswire, which nobody has drawn trees for,
teaches trees too. Events are learnt from labels alone. Resumable, as ``train.train`` is.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")

import torch
from torch import Tensor

from train.batches import Batch
from train.loop import epochs, optimiser, resume, save
from train.model import Model, read_model
from train.prepare import load
from train.recipe import Recipe
from train.train import SEED

#: How much each head's likeness to the teachers counts.
SHARES = {
    "upos": 1.0, "morph": 0.5, "names": 1.0, "nested": 0.3, "cues": 0.3,
    "arcs": 1.0, "relations": 1.0,
}  # fmt: skip


def by_word(model: Model, words: Tensor, batch: Batch) -> tuple[dict[str, Tensor], Tensor, Tensor]:
    """Logits of each head [windows, words, labels], arcs within sentences only, and the label projections."""
    upos, morph = model.heads["tags"](words)
    names, nested = model.heads["names"](words)
    cues = model.heads["attribution"](words)[0]
    tree = model.heads["tree"]
    arcs, dependents, governors = tree(words)
    logits = {
        "upos": upos, "morph": morph, "names": names, "nested": nested, "cues": cues,
        "arcs": arcs.float().masked_fill(~tree.within(batch), -1e4),
    }  # fmt: skip
    return logits, dependents, governors


class Teachers:
    """The mean of several models' probabilities."""

    def __init__(self, models: list[Model]) -> None:
        self._models = [model.eval() for model in models]

    @torch.no_grad()
    def __call__(self, batch: Batch) -> tuple[dict[str, Tensor], Tensor]:
        """Return mean probabilities by head, and the heads of the mean tree."""
        read = [by_word(model, model.words(batch), batch) for model in self._models]
        found = {
            name: torch.stack([logits[name].float().softmax(-1) for logits, _, _ in read]).mean(0)
            for name in read[0][0]
        }
        heads = found["arcs"].argmax(-1)
        told = [
            model.heads["tree"].relations(dependents, governors, heads).float().softmax(-1)
            for model, (_, dependents, governors) in zip(self._models, read, strict=True)
        ]
        return found | {"relations": torch.stack(told).mean(0)}, heads


def likeness(student: Model, teachers: Teachers, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Cross-entropy of the student against the teachers' probabilities, over all words of the batch."""
    wanted, heads = teachers(batch)
    logits, dependents, governors = by_word(student, words, batch)
    logits["relations"] = student.heads["tree"].relations(dependents, governors, heads)
    inside = batch.sentence >= 0
    losses = [
        share * -(wanted[name][inside] * logits[name].float().log_softmax(-1)[inside]).sum(-1).mean()
        for name, share in SHARES.items()
    ]
    return {"teachers": torch.stack(losses).sum()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    recipe = Recipe().varied(["epochs=2", "encoder_rate=1e-4", "head_rate=5e-4", *options.set])
    prepared = load(options.prepared, options.tokenizer, recipe)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_bytes((options.prepared / "labels.json").read_bytes())
    torch.manual_seed(SEED)
    student = read_model(options.start, prepared.labels, recipe)
    teachers = Teachers([read_model(path, prepared.labels, recipe) for path in options.teachers])

    def more(batch: Batch, words: Tensor) -> dict[str, Tensor]:
        return likeness(student, teachers, batch, words)

    optimizer, last = optimiser(student, recipe), options.out / "last.pt"
    first = resume(student, optimizer, last)
    for epoch in epochs(student, optimizer, prepared, recipe, SEED + 9000, first=first, more=more):
        save({"model": student.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, last)


if __name__ == "__main__":
    main()
