"""Average the weights of runs that began alike: python -m train.average RUN1/last.pt RUN2/last.pt --out SOUP/last.pt"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from train.loop import save


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    states = [torch.load(path, weights_only=True)["model"] for path in options.checkpoints]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    (options.out.parent / "labels.json").write_bytes((options.checkpoints[0].parent / "labels.json").read_bytes())
    save({"model": mean}, options.out)


if __name__ == "__main__":
    main()
