"""Multi-task training: python -m train.train --data DATA --encoder model.safetensors --out RUN

Resumable: a checkpoint is written after each epoch, and the same command goes on from the last one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")

import torch
from tokenizers import Tokenizer
from torch import Tensor

from train import data
from train.batches import CLS, SEP, Packer
from train.encoder import Encoder
from train.labels import Labels, collect
from train.model import WEIGHTS, Model

SEED = 20261122
BATCH_WINDOWS = 16
ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.06


def sets(folder: Path, casebook: list[Path]) -> dict[str, list[data.Sentence]]:
    """Read every training set."""
    news = data.newswire(folder / "newswire/annotated", held_out=False)
    return {
        "treebank": data.treebank(folder / "treebank/en_ewt-train.conllu.gz"),
        "newswire": news,
        "pairs": data.relations(folder / "relations/PLV_train.tsv") + data.relations(folder / "relations/AW_train.tsv"),
        "casebook": data.casebook(casebook),
    }


def teach(sentences: list[data.Sentence], packer: Packer, weights: Path, cache: Path) -> dict[int, Tensor]:
    """Embed each sentence with the original encoder, once; the distillation loss pulls towards these."""
    known: dict[str, Tensor] = torch.load(cache, weights_only=True) if cache.exists() else {}
    fresh = [s for s in sentences if " ".join(s.words) not in known]
    for sentence, embedding in embed(fresh, packer, weights):
        known[" ".join(sentence.words)] = embedding
    if fresh:
        torch.save(known, cache)
    return {id(s): known[" ".join(s.words)] for s in sentences if " ".join(s.words) in known}


def embed(sentences: list[data.Sentence], packer: Packer, weights: Path) -> Iterator[tuple[data.Sentence, Tensor]]:
    """Embed sentences with the original encoder: unit vectors [384], half precision; over-long ones are left out."""
    teacher = Encoder(dropout=0.0)
    teacher.load_original(weights)
    teacher.eval()
    order = sorted((s for s in sentences if packer.length(s) <= 126), key=packer.length)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            chunk = order[start : start + 64]
            rows = [[CLS, *(p for word in s.words for p in packer.pieces(word)), SEP] for s in chunk]
            size = -(-max(map(len, rows)) // 16) * 16
            pieces = torch.tensor([row + [0] * (size - len(row)) for row in rows])
            mask = torch.tensor([[1] * len(row) + [0] * (size - len(row)) for row in rows]).bool()
            states = teacher(pieces, torch.zeros_like(pieces), mask).float()
            means = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            for sentence, mean in zip(chunk, torch.nn.functional.normalize(means, dim=-1), strict=True):
                yield sentence, mean.half().clone()


def epoch_windows(
    found: dict[str, list[data.Sentence]], packer: Packer, rng: random.Random, *, share: float
) -> list[list[list[data.Sentence]]]:
    """Windows of one epoch, in batches of like length, shuffled. The small casebook goes in three times.

    ``share`` is how much of the two large sets an epoch reads; the last epochs read half, for the small sets' sake.
    """
    windows = list(packer.windows(found["treebank"], rng))
    news = [data.with_clitics(s) if rng.random() < 0.5 else s for s in found["newswire"]]
    windows += packer.windows(news, rng)
    windows = [window for window in windows if rng.random() < share]
    for name in ("pairs", "casebook", "casebook", "casebook"):
        windows += packer.windows(found[name], rng)
    rng.shuffle(windows)
    batches = []
    for start in range(0, len(windows), BATCH_WINDOWS * 40):
        chunk = sorted(windows[start : start + BATCH_WINDOWS * 40], key=lambda w: sum(map(packer.length, w)))
        batches += [chunk[i : i + BATCH_WINDOWS] for i in range(0, len(chunk), BATCH_WINDOWS)]
    rng.shuffle(batches)
    return batches


def optimiser(model: Model) -> torch.optim.AdamW:
    decayed = {True: [], False: []}  # type: dict[bool, list[torch.nn.Parameter]]
    for parameter in model.encoder.parameters():
        decayed[parameter.dim() > 1].append(parameter)
    return torch.optim.AdamW(
        [
            {"params": decayed[True], "lr": ENCODER_RATE, "weight_decay": 0.01},
            {"params": decayed[False], "lr": ENCODER_RATE, "weight_decay": 0.0},
            {"params": model.heads.parameters(), "lr": HEAD_RATE, "weight_decay": 0.01},
        ]
    )


def train_epoch(model: Model, optimizer: torch.optim.AdamW, batches: list, packer: Packer, rng, progress) -> None:  # type: ignore[no-untyped-def, type-arg]
    model.train()
    running: dict[str, list[float]] = defaultdict(list)
    began = time.monotonic()
    for n, windows in enumerate(batches):
        rate = progress(n / len(batches))
        for group, base in zip(optimizer.param_groups, (ENCODER_RATE, ENCODER_RATE, HEAD_RATE), strict=True):
            group["lr"] = base * rate
        batch = packer.batch(windows, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = model.losses(batch)
            total = sum(WEIGHTS[name] * loss for name, loss in losses.items())
        optimizer.zero_grad()
        total.backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        for name, loss in losses.items():
            running[name].append(float(loss.detach()))
        if n % 100 == 99:
            means = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(running.items()))
            print(f"  {n + 1}/{len(batches)} {means} ({time.monotonic() - began:.0f} s)", flush=True)
            running.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    parser.add_argument("--casebook", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--whole-epochs", type=int, default=4, help="later epochs read half of the large sets")
    parser.add_argument("--stop-after", type=int, help="stop after this epoch; the same command goes on later")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)

    found = sets(options.data, options.casebook)
    everything = [sentence for sentences in found.values() for sentence in sentences]
    labels_file = options.out / "labels.json"
    if labels_file.exists():
        labels = Labels(**{k: tuple(v) for k, v in json.loads(labels_file.read_text()).items()})
    else:
        labels = collect(everything)
        labels_file.write_text(json.dumps(labels.to_json(), indent=1))
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    packer = Packer(tokenizer, labels)
    packer = Packer(tokenizer, labels, teach(everything, packer, options.encoder, options.out / "teacher.pt"))

    model = Model(labels)
    model.encoder.load_original(options.encoder)
    optimizer = optimiser(model)
    last, first = options.out / "last.pt", 0
    if last.exists():
        state = torch.load(last, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["epoch"] + 1
    for epoch in range(first, options.stop_after or options.epochs):
        rng = random.Random(SEED + epoch)
        torch.manual_seed(SEED + epoch)
        batches = epoch_windows(found, packer, rng, share=1.0 if epoch < options.whole_epochs else 0.5)
        print(f"epoch {epoch}: {len(batches)} batches", flush=True)

        def rate(part: float, epoch: int = epoch) -> float:
            done = (epoch + part) / options.epochs
            return done / WARM_UP if done < WARM_UP else max(0.02, (1 - done) / (1 - WARM_UP))

        train_epoch(model, optimizer, batches, packer, rng, rate)
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
        torch.save(state, options.out / "new.pt")
        (options.out / "new.pt").replace(last)


if __name__ == "__main__":
    main()
