"""MinHash signatures: two texts that share most of their runs of words share most of their signature.

Broder (1997), "On the resemblance and containment of documents"; the hashing is the library rensa's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from gesta.records import Report

Marks = NDArray[np.uint32]

#: Words in a run. Shorter runs find rewrites, longer ones only what was copied.
RUN = 3
#: Numbers in a signature, and how many of them make a band: texts that share a band are compared.
SIZE, BAND = 64, 2
_SEED = 7
_WORD = re.compile(r"\w+")


def runs(text: str) -> frozenset[str]:
    """Return the runs of three words of a text, in lower case; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    if len(words) <= RUN:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def sign(report: Report) -> tuple[int, ...]:
    """Return the signature of a report's body: 64 numbers of 32 bits; empty for a text without words."""
    found = runs(report.text[report.body_start :])
    if not found:
        return ()
    hashing = RMinHash(SIZE, _SEED)
    hashing.update(sorted(found))
    return tuple(hashing.digest())


def marks(words: Iterable[str]) -> Marks:
    """Return a set of words or runs as sorted hashes, which take a tenth of the memory: many texts are held at once."""
    return np.asarray(sorted({crc32(word.encode("utf-8", "surrogatepass")) for word in words}), dtype=np.uint32)


def containment(a: Marks, b: Marks) -> float:
    """Return the share of the smaller set that the other holds; 0 if one is empty."""
    if not len(a) or not len(b):
        return 0.0
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    places = np.minimum(large.searchsorted(small), len(large) - 1)
    return int(np.count_nonzero(large[places] == small)) / len(small)
