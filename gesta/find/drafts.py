"""An event on its way: what finding knows before actors, places and times are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from gesta.records import Modality

#: Speech acts whose content is an event of its own (codebook, section 6).
OUTER = frozenset({"THREATEN", "REQUEST", "ACCUSE", "AGREE", "CONCEDE", "REJECT"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that takes part in an event: its span and its syntactic head."""

    span: Span
    head: Token
    score: float
    reason: str


@dataclass(slots=True, eq=False)
class Draft:
    """One event found, still tied to tokens. Stages fill it in; ``assemble`` turns it into an ``Event``."""

    trigger: Token
    type: str
    chance: float
    """Of the type, by the trigger."""
    any_chance: float = 1.0
    """That the trigger tells an event of whatever type."""
    confidence: float = 1.0
    """That the whole row is right."""
    own_type: str | None = None
    """The type in a user's ontology; ``type`` is then the PLOVER type nearest to it."""
    modality: Modality = "happened"
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    sources: list[Phrase] = field(default_factory=list)
    targets: list[Phrase] = field(default_factory=list)
    within: Draft | None = None
    count: int = 1
    cues: list[tuple[str, Token | Span]] = field(default_factory=list)
    """Words behind a decision, by the field they decided: ("modality", <not>)."""
    reasons: list[str] = field(default_factory=list)
