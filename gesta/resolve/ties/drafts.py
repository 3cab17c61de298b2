"""Ties while they are still tied to tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Span, Token

from gesta.records import TieRelation, Time
from gesta.resolve.actors.reading import Reading

Certainty = Literal["certain", "probable", "possible", "doubted"]
Basis = Literal["clause", "noun", "title", "modifier"]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a tie: its words, their head, and what they say.

    ``reading`` is None where nothing but the rest of the report can tell it (a pronoun, "the group"). ``named``: the
    words are a name, so that the reading is the last word on who it is.
    """

    span: Span
    head: Token
    reading: Reading | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class TieDraft:
    """A tie from ``actor`` to ``other``. ``cue`` are the words that tell it, ``at`` the word that a claim must hold."""

    actor: End
    relation: TieRelation
    other: End
    cue: Span
    at: Token
    basis: Basis
    reason: str
    ended: bool = False
    negated: bool = False
    certainty: Certainty = "certain"
    time: Time | None = None
    named_by: Token | None = None
    """The verb in "Ankara calls it an arm of the Front": only a claim of its subject can carry the tie."""

    def but(self, **changes: object) -> TieDraft:
        """Return the draft with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
