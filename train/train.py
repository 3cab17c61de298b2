"""Multi-task training: python -m train.train --prepared PREPARED --encoder model.safetensors ... --seed 1 --out RUN

Resumable: a checkpoint is written after each epoch, and the same command goes on from the last one. A seed decides the
order of the data, the noise and the dropout; the heads start alike in every run, so that runs can be averaged.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")

import torch

from train.loop import epochs, optimiser, resume, save
from train.model import fresh
from train.prepare import load
from train.recipe import Recipe

SEED = 20261122


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    parser.add_argument("--start", type=Path, help="the adapted encoder, as train.adapt writes it")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="vary the recipe (train/recipe.py)")
    parser.add_argument("--stop-after", type=int, help="stop after this epoch; the same command goes on later")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    recipe = Recipe().varied(options.set)
    prepared = load(options.prepared, options.tokenizer, recipe)
    (options.out / "labels.json").write_bytes((options.prepared / "labels.json").read_bytes())

    torch.manual_seed(SEED)
    model = fresh(prepared.labels, recipe, options.encoder, options.start)
    optimizer = optimiser(model, recipe)
    last = options.out / "last.pt"
    first = resume(model, optimizer, last)
    seed = SEED + 1000 * options.seed
    for epoch in epochs(model, optimizer, prepared, recipe, seed, first=first, last=options.stop_after):
        save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, last)
        save({"model": model.state_dict()}, options.out / f"epoch{epoch + 1}.pt")


if __name__ == "__main__":
    main()
