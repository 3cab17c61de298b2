"""Masked words on the training text, before any task: python -m train.adapt --prepared PREPARED ... --out adapted.pt

The encoder to start from was trained to embed whole sentences; guessing left-out words of news brings back what single
words in their context mean. Reads the treebank, the newswire and the attribution articles of the *training* parts.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch, in_batches
from train.data import is_tuning
from train.encoder import HIDDEN, VOCABULARY, Encoder
from train.loop import cosine
from train.prepare import load
from train.recipe import Recipe
from train.train import SEED

MASK, SHARE = 103, 0.15
SETS = ("treebank", "newswire", "attribution")


class Guess(nn.Module):
    """BERT's head for masked words; its last layer is the wordpiece embeddings themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.LayerNorm(HIDDEN))
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def forward(self, states: Tensor, embeddings: Tensor) -> Tensor:
        return F.linear(self.inner(states), embeddings, self.bias)


def masked(batch: Batch, rng: torch.Generator) -> tuple[Tensor, Tensor]:
    """Leave out whole words; return the pieces as read and which are to be guessed."""
    words = torch.rand(batch.sentence.shape, generator=rng) < SHARE
    chosen = ((batch.pool > 0) & words[:, :, None]).any(1)
    fate = torch.rand(batch.pieces.shape, generator=rng)
    pieces = batch.pieces.clone()
    pieces[chosen & (fate < 0.8)] = MASK
    random_pieces = torch.randint(1000, VOCABULARY, pieces.shape, generator=rng)
    other = chosen & (fate >= 0.9)
    pieces[other] = random_pieces[other]
    return pieces, chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--without-tuning", action="store_true", help="leave out the tuning tenth, to compare recipes")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    recipe = Recipe().varied(["encoder_rate=3e-4", "alone=0.1", *options.set])
    prepared = load(options.prepared, options.tokenizer, recipe)
    torch.manual_seed(SEED)
    encoder, guess = Encoder(), Guess()
    encoder.load_original(options.encoder)
    groups = [
        {"params": list(encoder.parameters()), "base": recipe.encoder_rate},
        {"params": list(guess.parameters()), "base": recipe.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)
    noise = torch.Generator().manual_seed(SEED)
    began = time.monotonic()
    for epoch in range(options.epochs):
        rng = random.Random(SEED + epoch)
        random.seed(SEED + epoch)
        windows = []
        for name in SETS:
            sentences = prepared.sets[name]
            if name == "newswire" and options.without_tuning:
                sentences = [s for s in sentences if not is_tuning(s.document)]
            windows += prepared.packer.windows(sentences, rng)
        batches = in_batches(windows, prepared.packer, rng, recipe.batch)
        running: list[float] = []
        for n, chunk in enumerate(batches):
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * cosine((epoch + n / len(batches)) / options.epochs, recipe)
            batch = prepared.packer.batch(chunk, rng)
            pieces, chosen = masked(batch, noise)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = encoder(pieces, batch.shapes, batch.mask)
                loss = F.cross_entropy(guess(states[chosen], encoder.words.weight).float(), batch.pieces[chosen])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder.parameters(), *guess.parameters()], 1.0)
            optimizer.step()
            running.append(float(loss.detach()))
            if n % 100 == 99 or n + 1 == len(batches):
                mean = sum(running) / len(running)
                print(f"  {n + 1}/{len(batches)} masked {mean:.3f} ({time.monotonic() - began:.0f} s)", flush=True)
                running.clear()
    torch.save(encoder.state_dict(), options.out)


if __name__ == "__main__":
    main()
