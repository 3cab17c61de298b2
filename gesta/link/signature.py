"""MinHash signatures: two texts that share most of their runs of words share most of their signature.

Broder (1997), "On the resemblance and containment of documents"; the hashing is the library rensa's.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from rensa import RMinHash

from gesta.records import Report

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


def containment(a: Collection[str], b: Collection[str]) -> float:
    """Return the share of the smaller set that the other holds; 0 if one is empty."""
    if not a or not b:
        return 0.0
    small, large = sorted((frozenset(a), frozenset(b)), key=len)
    return len(small & large) / len(small)
