"""When two names of persons in one report are one: the same words, other spellings, or a part of the longer."""

from __future__ import annotations

from collections.abc import Sequence

from gesta.resolve.actors.spelling import skeleton

Words = tuple[str, ...]
"""A name as folded words, Arabic articles attached."""

_ARTICLE = "al"
# Shorter names differ by a vowel and are others ("Amin", "Amini").
_ALIKE_LETTERS = 4


def agreeing(words: Words, names: Sequence[Words]) -> list[int]:
    """Return which of ``names`` a name may mean: the same, else spelled alike, else one that it ends or begins."""
    for agrees in (_equal, _alike, _ends, _begins, _ends_alike):
        found = [at for at, name in enumerate(names) if agrees(words, name)]
        if found:
            return found
    return []


def _equal(short: Words, full: Words) -> bool:
    return short == full


def _alike(short: Words, full: Words) -> bool:
    if len(short) != len(full) or len(short) == 1:
        return False
    return all(
        one == two or (len(one) > _ALIKE_LETTERS and skeleton(one) == skeleton(two))
        for one, two in zip(short, full, strict=True)
    )


def _ends(short: Words, full: Words) -> bool:
    if len(short) >= len(full):
        return False
    last = full[-len(short) :]
    return last == short or (last[0].removeprefix(_ARTICLE), *last[1:]) == (short[0].removeprefix(_ARTICLE), *short[1:])


def _ends_alike(short: Words, full: Words) -> bool:
    last = full[-len(short) :]
    return len(short) < len(full) and all(
        len(one) > _ALIKE_LETTERS and skeleton(one) == skeleton(two) for one, two in zip(short, last, strict=True)
    )


def _begins(short: Words, full: Words) -> bool:
    return len(short) < len(full) and full[: len(short)] == short
