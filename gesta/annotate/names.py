"""Decode BIO logits into names: the best sequence in which no I- follows anything but its own B- or I-."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Name = tuple[int, int, str]


@lru_cache(maxsize=8)
def _forbidden(labels: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Penalties [from, to] between labels, and for the first label."""
    table = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for a, before in enumerate(labels):
        for b, after in enumerate(labels):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[a, b] = -1e4
    first = np.array([-1e4 if label.startswith("I-") else 0 for label in labels], dtype=np.float32)
    return table, first


def _consistent(labels: tuple[str, ...], tags: list[int]) -> bool:
    before = "O"
    for tag in tags:
        label = labels[tag]
        if label[0] == "I" and before[2:] != label[2:]:
            return False
        before = label
    return True


def decode(logits: Floats, labels: tuple[str, ...]) -> list[Name]:
    """Return names as (first word, word after the last, class) from ``logits`` [words, labels]."""
    tags: list[int] = logits.argmax(1).tolist()
    if not any(tags):
        return []
    if not _consistent(labels, tags):
        tags = _viterbi(logits, labels)
    names: list[Name] = []
    for at, tag in enumerate(tags):
        label = labels[tag]
        if label[0] == "B":
            names.append((at, at + 1, label[2:]))
        elif label[0] == "I":
            names[-1] = (names[-1][0], at + 1, label[2:])
    return names


def _viterbi(logits: Floats, labels: tuple[str, ...]) -> list[int]:
    table, first = _forbidden(labels)
    score = logits[0] + first
    back = np.zeros(logits.shape, dtype=np.int64)
    for at in range(1, len(logits)):
        paths = score[:, None] + table
        back[at] = paths.argmax(0)
        score = paths.max(0) + logits[at]
    tags = [int(score.argmax())]
    for at in range(len(logits) - 1, 0, -1):
        tags.append(int(back[at][tags[-1]]))
    return tags[::-1]
