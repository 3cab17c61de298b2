"""Halves of a labelled set: errors are studied on the even one, figures reported on the odd one."""

from __future__ import annotations

import hashlib
from typing import Literal

from gesta.errors import UsageError

Half = Literal["even", "odd", "all"]


def half_of(words: str) -> Half:
    """Return the half that a user asks for; ``UsageError`` if there is no such."""
    if words not in ("even", "odd", "all"):
        raise UsageError(f"there is no half {words!r}", where="--half", remedy="One of: all, even, odd.")
    return words  # type: ignore[return-value]  # just checked


def half_of_stem(stem: str) -> Literal["even", "odd"]:
    """Return the half of a file: by the MD5 of its stem, so that nobody chose it."""
    return half_of_number(int(hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(), 16))


def half_of_number(number: int) -> Literal["even", "odd"]:
    """Return the half of a numbered article."""
    return "odd" if number % 2 else "even"


def wanted(found: Literal["even", "odd"], half: Half) -> bool:
    """Whether an item of this half is asked for."""
    return half in ("all", found)
