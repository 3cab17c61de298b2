"""Stance and certainty by the cue, turned by "not" or "may" at the head of what it carries."""

from __future__ import annotations

from spacy.tokens import Doc

from gesta.attribute.cues import Certainty, Stance, cue_sort
from gesta.attribute.told import Told


def attitude(doc: Doc, told: Told) -> tuple[Stance, Certainty]:
    """Return what a cue's lemma says of stance and certainty."""
    for token in told.cue:
        sort = cue_sort(doc[token])
        if sort is not None:
            return sort.stance, sort.certainty
    return "asserts", "certain"
