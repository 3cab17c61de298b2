"""What training and distilling share: an epoch's windows, the optimiser, the schedule, and one pass over batches."""

from __future__ import annotations

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor

from train.batches import Batch, Packer, in_batches
from train.data import Sentence
from train.model import WEIGHTS, Model
from train.prepare import Prepared, Sets
from train.recipe import Recipe

Losses = Callable[[Batch, Tensor], dict[str, Tensor]]


#: Sets whose sentences stand alone. In the program every sentence has neighbours, so here they get each other, and
#: some of the treebank's and the newswire's.
LONELY = ("pairs", "casebook", "reports", "trees")
STRANGERS = 0.1


def epoch_batches(sets: Sets, packer: Packer, rng: random.Random, recipe: Recipe) -> list[list[list[Sentence]]]:
    """Windows of one epoch in shuffled batches."""
    windows: list[list[Sentence]] = []
    lonely: list[Sentence] = []
    for name, every in sets.items():
        times: float = getattr(recipe, name)
        sentences = every
        if times < 1:
            chosen = {d for d in sorted({s.document for s in every}) if rng.random() < times}
            sentences = [s for s in every if s.document in chosen]
        if name in LONELY:
            lonely += sentences * math.ceil(times)
        else:
            for _ in range(math.ceil(times)):
                windows += packer.windows(sentences, rng)
    if lonely:
        read = [name for name in ("treebank", "newswire") if getattr(recipe, name)]
        lonely += [s for name in read for s in sets[name] if rng.random() < STRANGERS]
    rng.shuffle(lonely)
    windows += packer.windows(lonely, rng, across=True)
    return in_batches(windows, packer, rng, recipe.batch)


def optimiser(model: Model, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW; weight matrices decay, vectors do not; heads learn faster than the encoder, its lower layers slower."""
    encoder = model.encoder
    encoder.words.weight.requires_grad_(not recipe.freeze_words)
    levels = [list(layer.parameters()) for layer in encoder.layers]
    inside = {id(p) for level in levels for p in level}
    levels.insert(0, [p for p in encoder.parameters() if id(p) not in inside and p.requires_grad])
    groups = []
    for depth, parameters in enumerate(reversed(levels)):
        rate = recipe.encoder_rate * recipe.layer_decay**depth
        for flat in (False, True):
            chosen = [p for p in parameters if (p.dim() == 1) is flat]
            groups.append({"params": chosen, "base": rate, "weight_decay": 0.0 if flat else recipe.decay})
    rest = [*model.heads.parameters(), *model.word_layers.parameters()]
    groups.append({"params": rest, "base": recipe.head_rate, "weight_decay": recipe.decay})
    return torch.optim.AdamW(groups, fused=True)


def cosine(done: float, recipe: Recipe) -> float:
    """The rate at ``done`` (0 to 1) of the run: linear warm-up, then half a cosine down to ``recipe.last``."""
    if done < recipe.warm_up:
        return done / recipe.warm_up
    part = (done - recipe.warm_up) / (1 - recipe.warm_up)
    return recipe.last + (1 - recipe.last) * (1 + math.cos(math.pi * part)) / 2


def run_epoch(
    model: Model,
    optimizer: torch.optim.AdamW,
    batches: list[list[list[Sentence]]],
    packer: Packer,
    rng: random.Random,
    rate: Callable[[float], float],
    more: Losses | None = None,
    *,
    quiet: bool = False,
) -> None:
    """One pass; ``rate`` maps the part of the epoch done to the learning rate's factor, ``more`` adds losses."""
    model.train()
    running: dict[str, list[float]] = defaultdict(list)
    began = time.monotonic()
    for n, windows in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * rate(n / len(batches))
        batch = packer.batch(windows, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = model.words(batch)
            losses = model.losses(batch, words)
            if more is not None:
                losses |= more(batch, words)
            total = torch.stack([WEIGHTS.get(name, 1.0) * loss for name, loss in losses.items()]).sum()
        optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        for name, loss in losses.items():
            running[name].append(float(loss.detach()))
        if not quiet and (n % 100 == 99 or n + 1 == len(batches)):
            means = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(running.items()))
            print(f"  {n + 1}/{len(batches)} {means} ({time.monotonic() - began:.0f} s)", flush=True)
            running.clear()


def epochs(
    model: Model,
    optimizer: torch.optim.AdamW,
    prepared: Prepared,
    recipe: Recipe,
    seed: int,
    *,
    first: int = 0,
    last: int | None = None,
    more: Losses | None = None,
    quiet: bool = False,
) -> Iterator[int]:
    """Run the recipe's epochs from ``first`` on, up to ``last`` if given; yield each one's number when it is done.

    Every epoch seeds itself, so a run that was broken off goes on as if it had not been.
    """
    for epoch in range(first, last or recipe.epochs):
        rng = random.Random(seed + epoch)
        random.seed(seed + epoch)
        torch.manual_seed(seed + epoch)
        batches = epoch_batches(prepared.sets, prepared.packer, rng, recipe)
        if not quiet:
            print(f"epoch {epoch}: {len(batches)} batches", flush=True)

        def rate(part: float, epoch: int = epoch) -> float:
            return cosine((epoch + part) / recipe.epochs, recipe)

        run_epoch(model, optimizer, batches, prepared.packer, rng, rate, more, quiet=quiet)
        yield epoch


def resume(model: Model, optimizer: torch.optim.AdamW, last: Path) -> int:
    """Load the last whole epoch of a run that was broken off, if there is one; return the epoch to go on with."""
    if not last.exists():
        return 0
    state = torch.load(last, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["epoch"]) + 1


def save(state: dict[str, object], path: Path) -> None:
    """Write a checkpoint; a killed run leaves the old one whole."""
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
