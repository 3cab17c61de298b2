"""Quotation marks as regions of tokens. Marks are paired by their order, since a paragraph may lack its closing one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

_OPEN = {"“": "”", "„": "“", "«": "»", "``": "''", "‘": "’"}
#: Marks that look the same on both sides; the spaces around them tell which they are.
_STRAIGHT = frozenset({'"', "''"})
#: A quote without a closing mark is taken to the end of its paragraph, but no further than this many tokens.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """The tokens between two quotation marks, ``start`` to ``end`` (exclusive), marks left out."""

    start: int
    end: int
    continued: bool = False
    """No closing mark: a speech whose next paragraph opens with a mark again."""

    @property
    def spoken(self) -> bool:
        """Long enough to be speech rather than a word held at arm's length ("regime")."""
        return self.end - self.start >= 4


class Quotes:
    """The quotes of one text, in order, never nested."""

    def __init__(self, doc: Doc) -> None:
        self.all = tuple(_find(doc))
        self._starts = [quote.start for quote in self.all]

    def around(self, token: int) -> Quote | None:
        """Return the quote that the token lies in."""
        at = bisect_right(self._starts, token) - 1
        return self.all[at] if at >= 0 and token < self.all[at].end else None

    def between(self, start: int, end: int) -> list[Quote]:
        """Return the quotes that begin from ``start`` up to ``end``."""
        return [quote for quote in self.all[bisect_right(self._starts, start - 1) :] if quote.start < end]


def _find(doc: Doc) -> list[Quote]:
    quotes: list[Quote] = []
    opened, closing = -1, ""
    for token in doc:
        text = token.text
        straight = text in _STRAIGHT
        if opened >= 0:
            closes = text == closing and not (straight and _opens(doc, token.i)) and not _apostrophe(doc, token.i)
            paragraph = token.is_space and (text.count("\n") > 1 or ("\n" in text and closing in _STRAIGHT | {"”"}))
            if closes:
                quotes.append(Quote(opened, token.i))
                opened = -1
            elif paragraph and (text.count("\n") > 1 or _opens_next(doc, token.i)):
                if closing != "’":
                    quotes.append(Quote(opened, token.i, continued=True))
                opened = -1
            elif token.i - opened > _LONGEST:
                opened = -1
        elif text in _OPEN or (straight and _opens(doc, token.i)):
            opened, closing = token.i + 1, _OPEN.get(text, text)
    if opened >= 0 and closing != "’" and opened < len(doc):
        quotes.append(Quote(opened, len(doc), continued=True))
    return [quote for quote in quotes if quote.end > quote.start]


def _opens(doc: Doc, at: int) -> bool:
    """Whether a straight mark opens: space or a bracket before it, none after it."""
    before = doc[at - 1] if at else None
    apart = before is None or before.is_space or bool(before.whitespace_) or before.text in {"(", "[", "—", "–", "-"}
    return apart and not doc[at].whitespace_ and not (at + 1 < len(doc) and doc[at + 1].is_space)


def _opens_next(doc: Doc, at: int) -> bool:
    """Whether the next line opens a quote again, so that the last one was left open."""
    return at + 1 < len(doc) and doc[at + 1].text in _STRAIGHT | _OPEN.keys() and not doc[at + 1].whitespace_


def _apostrophe(doc: Doc, at: int) -> bool:
    """Whether a closing single mark is the apostrophe of a plural ("the rebels’ camp")."""
    if doc[at].text != "’" or at + 1 >= len(doc) or not doc[at].whitespace_:
        return False
    return doc[at + 1].is_alpha and doc[at - 1].lower_.endswith("s") and not doc[at - 1].is_punct
