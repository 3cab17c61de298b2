"""Which items the packaged model was trained on, so that a scorer can leave them out or say so.

``seen.tsv`` holds a set's name and a fingerprint of 24 bits of each item, made by ``benchmarks/seen.py``; none of the
data itself. An unseen item is taken for a seen one in about one case of 15,000 a thousand items listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "seen.tsv"


def fingerprint(words: Iterable[str]) -> str:
    """Return six hexadecimal digits that stand for the words of one item, whatever lies between them."""
    return hashlib.md5(" ".join(words).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:6]


@cache
def seen(name: str) -> frozenset[str]:
    """Return the fingerprints of a set: ``newswire``, ``treebank``, ``relations``, ``causes`` or ``casebook``."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return frozenset(mark for key, mark in rows if key == name)
