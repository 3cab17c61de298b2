"""Find annotated tokens in the raw text they were made from, although a few characters differ."""

from __future__ import annotations

from collections.abc import Sequence

from gesta.records import Span
from gesta.text import settle

#: Characters that must agree in a row before two texts count as back in step; shorter ones recur by chance.
_IN_STEP = 8
#: How far to look for that, in characters; then in the whole rest.
_NEAR = 2000
#: A run of this many characters replaced by as many is a misspelling: they still stand at the same place.
_MISSPELT = 3

#: Curly quotes and long dashes, folded into the plain ones: one source may write either.
_FOLDED = str.maketrans("\u201c\u201d\u201e\u2019\u2018`\u00b4\u2013\u2014", "\"\"\"''''--")


def align(tokens: Sequence[str], text: str) -> list[Span | None]:
    """Return each token's place in ``text``, None where its first or last character was not found.

    Both are read forward without their white space; after a difference, reading goes on where they next agree.
    """
    letters, owners = [], []
    for number, token in enumerate(tokens):
        for letter in "".join(settle(token).split()):
            letters.append(letter)
            owners.append(number)
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    found = _match("".join(letters).translate(_FOLDED), "".join(text[at] for at in places).translate(_FOLDED))
    ends: dict[int, tuple[int | None, int | None]] = {}
    for place, owner in zip(found, owners, strict=True):
        ends[owner] = (ends[owner][0] if owner in ends else place, place)
    return [_span(ends.get(number), places) for number in range(len(tokens))]


def _span(ends: tuple[int | None, int | None] | None, places: list[int]) -> Span | None:
    if ends is None or ends[0] is None or ends[1] is None:
        return None
    return places[ends[0]], places[ends[1]] + 1


def _match(wanted: str, text: str) -> list[int | None]:
    """Return for each character of ``wanted`` its index in ``text``, or None."""
    found: list[int | None] = [None] * len(wanted)
    # The same run of marks ends both, so that the ends can be found in step too.
    wanted, text = wanted + "\0" * _IN_STEP, text + "\0" * _IN_STEP
    a = b = 0
    while a < len(found):
        if wanted[a] == text[b]:
            found[a] = b
            a, b = a + 1, b + 1
            continue
        skip = _resume(wanted[a : a + _NEAR], text[b : b + _NEAR]) or _resume(wanted[a:], text[b:])
        if skip is None:
            break
        if skip[0] == skip[1] <= _MISSPELT:
            found[a : a + skip[0]] = range(b, b + skip[0])
        a, b = a + skip[0], b + skip[1]
    return found


def _resume(wanted: str, text: str) -> tuple[int, int] | None:
    """Return the fewest characters to skip in each so that they agree again."""
    first: dict[str, int] = {}
    for at in range(len(text) - _IN_STEP + 1):
        first.setdefault(text[at : at + _IN_STEP], at)
    best: tuple[int, int] | None = None
    for at in range(len(wanted) - _IN_STEP + 1):
        if best is not None and at >= sum(best):
            break
        there = first.get(wanted[at : at + _IN_STEP])
        if there is not None and (best is None or at + there < sum(best)):
            best = at, there
    return best
