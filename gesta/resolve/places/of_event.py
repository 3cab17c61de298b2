"""Which of a report's places is an event's own: the tree decides; an unattached toponym is no one's place."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from spacy.tokens import Doc, Token

from gesta.records import Place

_LOCATIVE = frozenset(
    "in at near on outside inside along around across within off over above by between south north east west "
    "throughout towards toward into".split()
)
_FARTHEST = 4


def event_place(places: Sequence[Place], *, doc: Doc, trigger: Token) -> Place | None:
    """Return the place that hangs on the trigger, or on a clause the trigger hangs in; None if none does.

    A dateline is where the report was written, and a capital that acts is no location; neither is taken.
    """
    sentence = trigger.sent
    best: tuple[int, int, Place] | None = None
    for place in places:
        start, end = place.span
        if place.role in {"actor", "dateline"} or not sentence.start_char <= start < sentence.end_char:
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or span.start <= trigger.i < span.end:
            continue
        rank = _attachment(span.root, trigger)
        if rank is not None and (best is None or (rank, abs(span.start - trigger.i)) < best[:2]):
            best = (rank, abs(span.start - trigger.i), place)
    return msgspec.structs.replace(best[2], role="event") if best else None


def _attachment(place: Token, trigger: Token) -> int | None:
    """How far up the place hangs from the trigger: 0 on it, more on a governing clause; None for no location."""
    top = _locative_head(place)
    if top is None:
        return None
    above = trigger
    for steps in range(_FARTHEST):
        if top.head.i == above.i or _below(top.head, above, trigger):
            return steps
        if above.head.i == above.i:
            return None
        above = above.head
    return None


def _locative_head(place: Token) -> Token | None:
    """The place itself or the noun that holds it ("a market in Kano"), if it stands behind a locative preposition."""
    word = place
    for _ in range(_FARTHEST):
        case = next((child.lower_ for child in word.children if child.dep_ == "case"), "")
        if case in _LOCATIVE:
            return word
        if word.dep_ not in {"nmod", "nmod:poss", "compound", "appos", "flat", "conj", "amod"}:
            return None
        word = word.head
    return None


def _below(word: Token, above: Token, trigger: Token) -> bool:
    """Whether a word hangs, through nouns alone, on the given governor: "killed soldiers at a base in Kirkuk"."""
    for _ in range(_FARTHEST):
        if word.i == above.i:
            return True
        if word.pos_ not in {"NOUN", "PROPN", "NUM"} or word.i == trigger.i:
            return False
        word = word.head
    return False
