"""A light check that a text is English, so that other languages are counted as skipped, not coded as noise."""

from __future__ import annotations

import re

_COMMON = frozenset(
    "the of and to in a is was for that on with as by at from it be are were has have had an this which who not but "
    "he she they his her their its said after will would been or more than also about into over when there "
    "one two".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 400


def english_share(text: str) -> float:
    """Return the share of very common English words among the first 400 words; 1.0 for a text too short to judge."""
    words = []
    for match in _WORD.finditer(text):
        words.append(match[0].lower())
        if len(words) == _ENOUGH:
            break
    if len(words) < 20:
        latin = sum(word.isascii() for word in words)
        return 1.0 if latin * 2 >= len(words) else 0.0
    return sum(word in _COMMON for word in words) / len(words)
