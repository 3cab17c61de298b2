"""Vectors of words read alone, outside any sentence: how alike two words are, whatever stands around them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gesta.annotate.light import Floats
from gesta.annotate.model import Model

#: Common words are read once a process; each costs as many bytes as its vector.
_REMEMBERED = 16_384


@lru_cache(maxsize=_REMEMBERED)
def _read(model: Model, word: str) -> Floats:
    return np.asarray(model.read([[word]])[0].words[0], dtype=np.float32)


def vector_of(model: Model, word: str) -> Floats:
    """Return the vector [384] of a word, read alone and in lower case."""
    return _read(model, word.lower())
