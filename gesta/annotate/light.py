"""Light heads: logistic regressions over named features and the encoder's word vectors, fitted without torch.

They ship with the model whose vectors they read (``light.npz``) and are fitted by ``train/light.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HEADS = ("use", "time", "place", "story", "land", "pronoun", "nominal", "same", "second")
#: The log-odds of a head that was never fitted.
NEVER = -30.0


@dataclass(frozen=True, slots=True)
class Light:
    """One head: a weight for each named feature, and for each number of the vectors it reads, in their order."""

    weights: Mapping[str, float]
    vectors: Floats
    bias: float

    def chance(self, features: Iterable[str], vectors: Sequence[Floats] = ()) -> float:
        """Return the probability; a feature never seen in training counts for nothing."""
        joined = np.concatenate(vectors).astype(np.float64) if len(self.vectors) else None
        return self.weighed(sorted(set(features)), joined)

    def weighed(self, names: Sequence[str], joined: NDArray[np.float64] | None) -> float:
        """Return the probability for features that are sorted, each once, and vectors that are joined to one."""
        score = self.bias + sum(self.weights.get(name, 0.0) for name in names)
        if joined is not None and len(self.vectors):
            score += float(joined @ self.vectors.astype(np.float64))
        return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return the head as arrays for ``light.npz``."""
        known = sorted(self.weights)
        return {
            f"{name}.names": np.array(known, dtype=np.str_),
            f"{name}.weights": np.array([self.weights[one] for one in known], dtype=np.float32),
            f"{name}.vectors": self.vectors.astype(np.float32),
            f"{name}.bias": np.array([self.bias], dtype=np.float32),
        }


def read_heads(arrays: Mapping[str, NDArray[np.generic]]) -> dict[str, Light]:
    """Return the heads that ``light.npz`` holds, by name."""
    heads = {}
    for name in sorted({key.split(".")[0] for key in arrays}):
        known = [str(one) for one in arrays[f"{name}.names"]]
        weights = [float(one) for one in arrays[f"{name}.weights"].astype(np.float64)]
        vectors = arrays[f"{name}.vectors"].astype(np.float32)
        bias = float(arrays[f"{name}.bias"].astype(np.float64)[0])
        heads[name] = Light(dict(zip(known, weights, strict=True)), vectors, bias)
    return heads
