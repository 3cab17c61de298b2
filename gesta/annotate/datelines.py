"""Datelines: where and when a report was written ("BAMAKO, March 3 (Agency) -"), which is no part of what it tells."""

from __future__ import annotations

from spacy.tokens import Span

_DASHES = frozenset({"-", "–", "—", "--"})
_INSIDE = frozenset({"PROPN", "NUM", "PUNCT", "X", "SYM"})
_LONGEST = 14


def after_dateline(sentence: Span) -> int:
    """Return the ``Doc`` index of the first word after a dateline; that of the sentence itself if it has none."""
    for token in sentence[: min(_LONGEST, len(sentence))]:
        if token.text in _DASHES:
            return token.i + 1 if token.i > sentence.start and token.i + 1 < sentence.end else sentence.start
        if token.pos_ not in _INSIDE:
            break
    return sentence.start
