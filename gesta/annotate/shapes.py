"""Word shape: what an uncased encoder cannot see, told to it as a small embedding."""

from __future__ import annotations

from functools import lru_cache

_FORMS = ("lower", "title", "upper", "initial", "mixed", "digits", "digits+letters", "mark", "other")

#: Every shape a wordpiece can have: the form of its word, and whether it begins the word. Index 0 is for [CLS], [SEP]
#: and padding. The order is part of the model contract: new shapes go to the end.
SHAPES: tuple[str, ...] = ("none", *(f"{form}:{place}" for form in _FORMS for place in ("first", "rest")))


def _form(word: str) -> int:
    if word.isalpha():
        if word.islower():
            return 0
        if len(word) == 1:
            return 3
        if word.isupper():
            return 2
        if word[0].isupper() and word[1:].islower():
            return 1
        return 4
    if any(c.isdigit() for c in word):
        return 6 if any(c.isalpha() for c in word) else 5
    if any(c.isalpha() for c in word):
        return 4 if any(c.isupper() for c in word) else 8
    return 7


@lru_cache(maxsize=65536)
def shape(word: str) -> int:
    """Return the index in ``SHAPES`` of a word's first piece; its further pieces have the next index."""
    return 1 + 2 * _form(word)
