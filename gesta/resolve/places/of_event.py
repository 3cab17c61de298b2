"""Which of a report's places may be an event's own; a light head then reads tree and words (``governing.py``)."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from gesta.records import Place
from gesta.resolve.places.toponyms import PLACES

_HELD_BY = frozenset({",", "("})


def candidates(places: Sequence[Place], doc: Doc, trigger: Token) -> list[tuple[Place, Span, str]]:
    """Return the places of the trigger's sentence that may be its event's, each with its words and use.

    Left out are the dateline, which is where the report was written, adjectives and parts of other names, the trigger
    itself, and what only says where the place before it lies: Iraq in "Hawija, Iraq".
    """
    sentence = trigger.sent
    found: list[tuple[Place, Span, str]] = []
    before: int | None = None
    for place in places:
        start, end = place.span
        if not sentence.start_char <= start < sentence.end_char:
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        held = before is not None and doc[before : span.start].text.strip() in _HELD_BY and place.precision in _HOLDING
        before = span.end
        if held or place.role == "dateline" or span.root.ent_type_ not in PLACES:
            continue
        if not span.start <= trigger.i < span.end:
            found.append((place, span, place.use))
    return found


_HOLDING = frozenset({"country", "province", "region"})
