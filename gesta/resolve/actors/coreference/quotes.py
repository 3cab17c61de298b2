"""Where somebody is quoted: the tokens between quotation marks, read off the words alone."""

from __future__ import annotations

from collections.abc import Sequence

_CLOSING = {"\u201c": "\u201d", "\u201e": "\u201d", "\u00ab": "\u00bb", "``": "''"}
#: Marks that look the same on both sides; the spaces around them tell which they are.
_STRAIGHT = frozenset({'"', "''"})
_MARKS = _STRAIGHT | _CLOSING.keys()
#: Shorter ones hold a word at arm's length ("regime"); longer ones lack their end.
SHORTEST, LONGEST = 4, 400


def find_quotes(words: Sequence[str], spaced: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the quotes of a report as tokens [start, end) without their marks; ``spaced``: a space follows the token.

    A quote that a paragraph ends without a closing mark is taken to its end.
    """
    found: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for at, word in enumerate(words):
        if opened >= 0:
            ends = word == closing and not (word in _STRAIGHT and _opens(words, spaced, at))
            broken = word[:1] == "\n" and len(word) > 1
            if ends or broken or at - opened > LONGEST:
                if at - opened >= SHORTEST and at - opened <= LONGEST:
                    found.append((opened, at))
                opened = -1
        elif word in _MARKS and (word in _CLOSING or _opens(words, spaced, at)):
            opened, closing = at + 1, _CLOSING.get(word, word)
    if opened >= 0 and len(words) - opened >= SHORTEST:
        found.append((opened, len(words)))
    return found


def _opens(words: Sequence[str], spaced: Sequence[bool], at: int) -> bool:
    """Whether a straight mark opens: a space or bracket before it, none after it."""
    before = (
        at == 0 or spaced[at - 1] or not words[at - 1].strip() or words[at - 1] in {"(", "[", "-", "\u2013", "\u2014"}
    )
    return before and not spaced[at] and at + 1 < len(words) and bool(words[at + 1].strip())
