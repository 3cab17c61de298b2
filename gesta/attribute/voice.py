"""Whose voice a claim is told in: someone named, an unnamed kind of source, or a medium."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from gesta.records import Actor
from gesta.resolve.actors.nouns import nouns

Voice = Literal["author", "named", "unnamed", "medium", "untold"]
_AUTHOR = frozenset({"i", "me", "my"})
_NAMES = frozenset({"Person", "Organization", "Location", "NORP", "Facility", "Misc", "Product"})
#: What speaks without being someone: a medium that carries others' words, or a document.
_MEDIA = frozenset(
    "broadcaster channel daily dispatch magazine media newspaper newsreader outlet paper press radio "
    "station television tv website weekly wire".split()
)
#: Nouns for a body that is one, so that "the ministry" names it.
_BODIES = ("organisation", "state", "group")


def voice_of(head: Token, actor: Actor) -> Voice:
    """Return the voice of a speaker: ``head`` is the head of the words, ``actor`` who they mean.

    "I" and "my" of nobody quoted are the author's.
    """
    if head.lower_ in _AUTHOR and actor.kind == "unknown":
        return "author"
    if actor.kind == "person":
        return "named"
    if "JRN" in actor.sectors:
        return "medium"
    wire = head.lower_ == "agency" and head.i > head.sent.start and head.nbor(-1).lower_ in {"news", "press"}
    if wire or (head.lemma_.lower() in _MEDIA and head.ent_type_ != "Person"):
        return "medium"
    if head.ent_type_ in _NAMES or head.pos_ == "PROPN":
        return "named"
    if head.pos_ == "PRON":
        return "named" if actor.kind not in {"unknown", "people"} else "unnamed"
    noun = nouns().get(head.lemma_.lower())
    body = noun is not None and noun.has(*_BODIES) and not noun.has("crowd", "voice", "holder")
    single = noun is not None and noun.has("office") and head.lower_ == head.lemma_.lower()
    return "named" if body or (single and actor.kind == "person") else "unnamed"
