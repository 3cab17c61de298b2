"""A short last epoch for the casebook's sake: python -m train.finish --run RUN --checkpoint last.pt --casebook ...

All heads go on at a quarter of the rate, falling to nothing, over the casebook and a quarter of the two large sets. It
lets late casebook batches be learnt without training again from nothing.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from train.batches import Packer
from train.labels import Labels
from train.model import Model
from train.train import SEED, epoch_windows, optimiser, sets, teach, train_epoch

RATE, SHARE = 0.25, 0.25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--checkpoint", default="last.pt")
    parser.add_argument("--casebook", type=Path, nargs="+", required=True)
    parser.add_argument("--out", default="finished.pt")
    options = parser.parse_args()
    labels = Labels(**{k: tuple(v) for k, v in json.loads((options.run / "labels.json").read_text()).items()})
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = sets(options.data, options.casebook)
    everything = [sentence for sentences in found.values() for sentence in sentences]
    packer = Packer(tokenizer, labels)
    packer = Packer(tokenizer, labels, teach(everything, packer, options.encoder, options.run / "teacher.pt"))
    model = Model(labels)
    model.load_state_dict(torch.load(options.run / options.checkpoint, weights_only=True)["model"])
    rng = random.Random(SEED + 1000)
    torch.manual_seed(SEED + 1000)
    batches = epoch_windows(found, packer, rng, share=SHARE)
    print(f"{len(batches)} batches", flush=True)
    train_epoch(model, optimiser(model), batches, packer, rng, lambda part: RATE * max(0.02, 1 - part))
    torch.save({"model": model.state_dict()}, options.run / options.out)


if __name__ == "__main__":
    main()
