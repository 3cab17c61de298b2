"""The small heads that score chosen words and pairs of words: tree labels, roles, relation type, sentence meaning.

They read word vectors of the one encoder pass; the weights are a few hundred kilobytes, so plain numpy serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def sigmoid(x: Floats) -> Floats:
    """Chance of each label by itself."""
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Told:
    """What a trigger says of its event: chances by name; modes and contexts each by themselves."""

    modality: dict[str, float]
    modes: dict[str, float]
    contexts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Side:
    """One phrase of a pair: its words, its head, and the way and distance from each word of the reading to the head."""

    words: Sequence[int]
    head: int
    ways: Sequence[str]
    gaps: Sequence[int]


_CHANCES = ("types", "coded", "real")


@dataclass(frozen=True, slots=True)
class Chances:
    """Of a pair: chances of its type in PLV's older convention and by the codebook, and of really being one."""

    older: dict[str, float]
    coded: dict[str, float]
    real: float


class Pairs:
    """Scores from word vectors, with the packaged weights."""

    def __init__(self, model: Model) -> None:
        self._w = model.pairs
        self._labels = model.labels
        self._paths = {path: n for n, path in enumerate(model.labels.paths)}

    def relations(self, reading: Reading, heads: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the index of each word's tree label, given its head (0 is the root)."""
        governors = np.concatenate([self._w["label_root"][None], reading.governors])[heads]
        scores = gelu(reading.dependents + governors) @ self._w["label.weight"].T + self._w["label.bias"]
        return np.asarray(scores.argmax(1))

    def roles(
        self, reading: Reading, trigger: int, kind: str, *, ways: Sequence[str], gaps: Sequence[int], below: int
    ) -> Floats:
        """Return probabilities [words, roles] of each word as the head of an argument of ``trigger``.

        ``kind`` is the event's type; ``ways`` and ``gaps`` lead from the trigger to each word, and ``below`` is its
        frame (``gesta.find.paths``).
        """
        w = self._w
        around = w["role_path"][[self._paths.get(way, 0) for way in ways]] + w["role_gap"][list(gaps)]
        asked = reading.role_triggers[trigger] + w["role_type"][self._labels.types.index(kind)] + w["role_frame"][below]
        inner = gelu(asked + reading.role_arguments + around)
        return softmax(inner @ w["role.weight"].T + w["role.bias"])

    def told(self, reading: Reading, trigger: int, kind: str) -> Told:
        """Return what the trigger's word says of its event of type ``kind`` beside the type."""
        w, labels = self._w, self._labels
        asked = w["told.bias"] + w["told_type"][labels.types.index(kind)]
        inner = gelu(w["told.weight"] @ reading.words[trigger] + asked)
        about = np.concatenate([inner, reading.words.mean(0)])
        modality = softmax(w["modality.weight"] @ inner + w["modality.bias"]).tolist()
        modes = sigmoid(w["modes.weight"] @ inner + w["modes.bias"]).tolist()
        contexts = sigmoid(w["contexts.weight"] @ about + w["contexts.bias"]).tolist()
        own = f"{kind}/"
        return Told(
            dict(zip(labels.modalities, modality, strict=True)),
            {
                name.removeprefix(own): chance
                for name, chance in zip(labels.modes, modes, strict=True)
                if name.startswith(own)
            },
            dict(zip(labels.contexts, contexts, strict=True)),
        )

    def relation(self, reading: Reading, source: Side, target: Side) -> Chances:
        """Return what happened between two phrases of one reading, and whether they really are source and target."""
        w, words = self._w, reading.words
        triggers = np.log(softmax(reading.triggers))
        any_event = np.log1p(-np.minimum(np.exp(triggers[:, 0]), 1 - 1e-4))
        likely = any_event + self._as("source", reading, source) + self._as("target", reading, target)
        by_type = (likely[:, None] + triggers[:, 1:] - any_event[:, None]).max(0)
        told = np.maximum(np.append(by_type, likely.max()), -20) / 4
        ends = np.concatenate([words[side.words].mean(0) for side in (source, target)])
        query = w["query.weight"] @ ends + w["query.bias"]
        keys = words @ w["key.weight"].T + w["key.bias"]
        happened = softmax(keys @ query / np.float32(sqrt(len(query))) + w["trust"] * likely) @ words
        inner = gelu(w["inner.weight"] @ np.concatenate([ends, happened, told]) + w["inner.bias"])
        types, coded, real = (softmax(w[f"{name}.weight"] @ inner + w[f"{name}.bias"]) for name in _CHANCES)
        return Chances(
            dict(zip(self._labels.pair_types, types.tolist(), strict=True)),
            dict(zip(self._labels.types, coded.tolist(), strict=True)),
            float(real[1]),
        )

    def _as(self, role: str, reading: Reading, side: Side) -> Floats:
        """Log of the chance that a phrase plays a role in the event of each word, whichever type that has."""
        w = self._w
        kinds = softmax(reading.triggers[:, 1:]) @ w["role_type"]
        around = w["role_path"][[self._paths.get(way, 0) for way in side.ways]] + w["role_gap"][list(side.gaps)]
        inner = gelu(reading.role_triggers + kinds + reading.role_arguments[side.head] + around)
        chances = softmax(inner @ w["role.weight"].T + w["role.bias"])[:, ROLES.index(role)]
        return np.asarray(np.maximum(np.log(chances), -8), dtype=np.float32)

    def meaning(self, words: Floats) -> Floats:
        """Return the sentence embedding [384], unit length, near that of the original encoder."""
        vector = self._w["meaning.weight"] @ words.mean(0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
