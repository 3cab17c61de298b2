"""Fit what linking compares and scores by: python -m train.linking axes|scorer --data DATA

``axes`` finds the 64 main axes of sentence meaning on the newswire articles; ``scorer`` fits the chance that two events
tell of one happening, on the casebook's happenings that are not held out. Writes ``linking.npz`` beside the model.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

import gesta
from gesta.annotate.language import readings
from gesta.annotate.model import PACKAGED
from gesta.annotate.pairs import Pairs
from train.identity import write_card

AXES = 64
#: Articles that are read for the axes: enough sentences for a stable answer.
ARTICLES = 300


def write(arrays: dict[str, np.ndarray]) -> None:
    """Put arrays into ``linking.npz``, keeping its others, and rewrite the model's card."""
    path = PACKAGED / "linking.npz"
    known: dict[str, np.ndarray] = {}
    if path.exists():
        with np.load(path) as old:
            known = {name: old[name] for name in old.files}
    np.savez_compressed(path, **(known | arrays))
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


def fit_axes(data: Path) -> None:
    """Main axes of the sentence embeddings of some newswire articles."""
    if not (PACKAGED / "linking.npz").exists():  # the coder cannot load without it
        write({"axes": np.zeros((AXES, 384), dtype=np.float16), "mean": np.zeros(384, dtype=np.float16)})
    coder = gesta.load()
    pairs = Pairs(coder.model)
    found = []
    for path in sorted((data / "newswire/articles").glob("**/*.txt"))[::3][:ARTICLES]:
        doc = coder.nlp(path.read_text(encoding="utf-8", errors="replace"))
        found += [pairs.meaning(s.reading.words) for s in readings(doc).sentences if len(s.tokens) > 4]
    meanings = np.stack(found)
    mean = meanings.mean(0)
    _, sizes, axes = np.linalg.svd(meanings - mean, full_matrices=False)
    kept = float((sizes[:AXES] ** 2).sum() / (sizes**2).sum())
    print(f"{len(found)} sentences; {AXES} axes keep {kept:.2f} of the variance")
    write({"axes": axes[:AXES].astype(np.float16), "mean": mean.astype(np.float16)})


def main() -> None:
    """Fit what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["axes", "scorer"])
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    if args.what == "axes":
        fit_axes(args.data)


if __name__ == "__main__":
    main()
