"""The small heads that score chosen words and pairs of words: tree labels, roles, relation type, sentence meaning.

They read word vectors of the one encoder pass; the weights are a few hundred kilobytes, so plain numpy serves.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from gesta.annotate.model import Floats, Model, Reading

_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
ROLES = ("none", "source", "target", "place", "time")


def gelu(x: Floats) -> Floats:
    """Gaussian error linear unit; erf by Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    z = np.abs(x) / np.float32(sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (_ERF[0] + t * (_ERF[1] + t * (_ERF[2] + t * (_ERF[3] + t * _ERF[4]))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(x * (1 + erf) / 2, dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """Softmax over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


class Pairs:
    """Scores from word vectors, with the packaged weights."""

    def __init__(self, model: Model) -> None:
        self._w = model.pairs
        self._labels = model.labels

    def relations(self, reading: Reading, heads: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the index of each word's tree label, given its head (0 is the root)."""
        governors = np.concatenate([self._w["label_root"][None], reading.governors])[heads]
        scores = gelu(reading.dependents + governors) @ self._w["label.weight"].T + self._w["label.bias"]
        return np.asarray(scores.argmax(1))

    def roles(self, reading: Reading, trigger: int) -> Floats:
        """Return probabilities [words, roles] of each word as part of an argument of ``trigger``."""
        inner = gelu(reading.role_triggers[trigger] + reading.role_arguments)
        return softmax(inner @ self._w["role.weight"].T + self._w["role.bias"])

    def relation(self, words: Floats, source: Floats, target: Floats) -> tuple[Floats, float]:
        """Return probabilities over the pair types, and the probability that the pair is source and target."""
        w = self._w
        pair = np.concatenate([source, target])
        query = w["query.weight"] @ pair + w["query.bias"]
        keys = words @ w["key.weight"].T + w["key.bias"]
        happened = softmax(keys @ query / np.float32(sqrt(len(query)))) @ words
        inner = gelu(w["inner.weight"] @ np.concatenate([pair, happened]) + w["inner.bias"])
        types = softmax(w["types.weight"] @ inner + w["types.bias"])
        real = softmax(w["real.weight"] @ inner + w["real.bias"])
        return types, float(real[1])

    def meaning(self, words: Floats) -> Floats:
        """Return the sentence embedding [384], unit length, near that of the original encoder."""
        vector = self._w["meaning.weight"] @ words.mean(0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
