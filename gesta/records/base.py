"""What all records rest on: frozen structs, spans and ids."""

from __future__ import annotations

import hashlib

import msgspec

Span = tuple[int, int]
"""Start and end offset into ``Report.text``, in Unicode code points, end exclusive."""


def make_id(kind: str, *parts: object) -> str:
    """Return a stable id: one letter for the kind and 80 bits of the SHA-256 of the parts, in hexadecimal.

    Parts are length-prefixed, so that ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        words = str(part).encode("utf-8", "surrogatepass")
        digest.update(f"{len(words)}:".encode() + words)
    return kind + digest.hexdigest()[:20]


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, slotted, keyword-only."""
