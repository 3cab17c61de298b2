"""Cause and effect in a sentence, over the encoder's frozen vectors: small networks of convolutions, averaged.

One stack says whether a sentence states cause and effect, and which words are anchors: the first word of a relation's
signal, or of its later argument where nothing signals it. Another says what each word is to one anchor.
``train/causes.py`` fits them on the Causal News Corpus (Tan et al., LREC 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gesta.annotate.layers import convolved, positive
from gesta.annotate.model import Floats
from gesta.annotate.pairs import sigmoid, softmax
from gesta.attribute.page import Vocabulary
from gesta.find.causes.page import Line

#: How far apart the taps of the convolutions stand, layer by layer.
TRUNK, PARTS = (1, 2, 1), (1, 3, 1)
#: What a word is to an anchor: nothing, first or further word of the cause, of the effect.
OUTSIDE, CAUSE, EFFECT = 0, 1, 3
#: The output that tells signals, after those of the sorts.
SIGNAL = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """What the networks say of a sentence before any anchor is asked about.

    ``chance``: that it states cause and effect. ``anchors`` [n]: that a relation is anchored at each word.
    """

    chance: float
    anchors: Floats


class CauseNetworks:
    """The fitted networks with the vocabulary they know; every weight has the networks as its first axis."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        weights = {name: value.astype(np.float32) for name, value in arrays.items() if value.dtype.kind == "f"}
        size = min(len(value) for value in weights.values())
        self._each: list[dict[str, Floats]] = [{name: w[n] for name, w in weights.items()} for n in range(size)]
        self.vocabulary = Vocabulary(
            labels=_numbered(arrays["labels"], 1),
            lemmas=_numbered(arrays["lemmas"], 1),
            ways=_numbered(arrays["ways"], 2),
        )

    def read(self, line: Line) -> Reading:
        """Read a sentence of at least one word."""
        labels, lemmas = self._numbers(line)
        anchors, chances = [], []
        for w in self._each:
            inner = line.vectors @ w["vector.weight"].T + w["vector.bias"]
            inner += w["lemma"][lemmas] @ w["spread"].T + w["tag"][line.tags] + w["label"][labels]
            inner = _stacked(np.asarray(inner + line.events @ w["event"].T, dtype=np.float32), w, "trunk", TRUNK)
            at = inner @ w["anchor.weight"][0] + w["anchor.bias"][0]
            told = softmax(np.asarray(inner @ w["heed"][0], dtype=np.float32)) @ inner
            pooled = np.concatenate([told, inner.max(0), [_log_sum(at)]])
            anchors.append(sigmoid(at))
            chances.append(sigmoid(pooled @ w["whole.weight"][0] + w["whole.bias"][0]))
        return Reading(float(np.mean(chances)), np.mean(anchors, axis=0))

    def parts(self, line: Line, anchor: int) -> tuple[Floats, Floats]:
        """Return what each word is to an anchor: log chances of the sorts [n, 5], and chances of being a signal [n]."""
        labels, lemmas = self._numbers(line)
        ways = [self.vocabulary.ways.get(way, 1) for way in line.ways(anchor)]
        steps = line.gaps(anchor)
        sorts, signals = [], []
        for w in self._each:
            inner = line.vectors @ w["word.weight"].T + w["word.bias"] + w["asked"] @ line.vectors[anchor]
            inner += w["word_tag"][line.tags] + w["word_label"][labels] + w["way"][ways] + w["gap"][steps]
            inner += w["lemma"][lemmas] @ w["word_spread"].T
            inner = _stacked(np.asarray(inner, dtype=np.float32), w, "part", PARTS)
            out = np.asarray(inner @ w["out.weight"].T + w["out.bias"], dtype=np.float32)
            sorts.append(np.log(softmax(out[:, :SIGNAL]) + np.float32(1e-9)))
            signals.append(sigmoid(out[:, SIGNAL]))
        return np.mean(sorts, axis=0), np.mean(signals, axis=0)

    def _numbers(self, line: Line) -> tuple[list[int], list[int]]:
        """Tree labels and lemmas by number, 0 for one unknown."""
        known = self.vocabulary
        return [known.labels.get(dep, 0) for dep in line.deps], [known.lemmas.get(lemma, 0) for lemma in line.lemmas]


def _stacked(inner: Floats, w: Mapping[str, Floats], name: str, apart: Sequence[int]) -> Floats:
    """Rectify, then convolve layer by layer, each added to what it reads."""
    inner = positive(inner)
    for number, step in enumerate(apart):
        layer = f"{name}.{number}"
        inner = inner + positive(convolved(inner, w[f"{layer}.weight"], w[f"{layer}.bias"], step))
    return inner


def _log_sum(logits: Floats) -> float:
    most = float(logits.max())
    return most + float(np.log(np.exp(logits - most).sum()))


def _numbered(names: NDArray[np.generic], first: int) -> dict[str, int]:
    return {str(name): number for number, name in enumerate(names.tolist(), first)}
