"""Whose loaded words they are, a claim's or the author's own, and whom they stand for by a plain name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from spacy.tokens import Token

from gesta.attribute.loaded import Flagged
from gesta.find.acting import actor_like, head_of_phrase
from gesta.find.phrases import noun_phrase
from gesta.records import Claim, Loaded, Report
from gesta.resolve.actors import ActorResolver

_OWNING = frozenset({"nmod:poss", "compound", "nmod"})
_CALLING = frozenset("call brand label declare name dub consider deem".split())


def tell_wording(
    flagged: Iterable[Flagged], claims: Sequence[Claim], *, report: Report, actors: ActorResolver
) -> tuple[tuple[Claim, ...], tuple[Loaded, ...]]:
    """Return the claims with the loaded words of their content, and all loaded words of the report in text order."""
    found = tuple(flagged)
    inside = {claim.id: tuple(one.evidence for one in found if _holds(claim, one)) for claim in claims}
    told = tuple(msgspec.structs.replace(claim, loaded=inside[claim.id]) for claim in claims)
    return told, tuple(_record(one, told, report, actors) for one in found)


def _record(one: Flagged, claims: Sequence[Claim], report: Report, actors: ActorResolver) -> Loaded:
    around = [(claim.content[1] - claim.content[0], at) for at, claim in enumerate(claims) if _holds(claim, one)]
    named = _named(one, actors)
    return Loaded(
        report=report.id,
        judges=one.entry.judges,
        text=one.words.text,
        span=(one.start, one.end),
        claim=claims[min(around)[1]].id if around else None,
        actor=None if named is None else named[0],
        name=None if named is None else named[1],
    )


def _holds(claim: Claim, one: Flagged) -> bool:
    """Whether the words are the speaker's: in the content, and not in the cue or the speaker's name in its midst."""
    if not (claim.content[0] <= one.start and one.end <= claim.content[1]):
        return False
    apart: list[tuple[int, int]] = [claim.cue_span] if claim.cue_span is not None else []
    if claim.speaker is not None:
        apart.append(claim.speaker.span)
    return not any(start < one.end and one.start < end for start, end in apart)


def _named(one: Flagged, actors: ActorResolver) -> tuple[str, str] | None:
    """Return id and plain name of the actor that the words stand for or colour; None where they stand for none."""
    head = one.words.root
    if head.i + 1 < len(head.doc) and head.nbor().text == "-":
        return None
    owns = head.dep_ == "nmod:poss" and one.entry.plain is not None
    whole = head if owns else head_of_phrase(head, head)
    if one.entry.plain is None and whole.i == head.i:
        return None  # "a heroic defence", "the shelling was barbaric"
    if whole.i != head.i and not actor_like(whole):
        if one.entry.plain is None or head.dep_ not in _OWNING:
            return None
        whole = head
    if _is_said_of_another(whole):
        return None
    phrase = noun_phrase(whole)
    if whole.i == head.i and one.words.start < phrase.start:
        phrase = whole.doc[one.words.start : max(phrase.end, one.words.end)]
    named = whole.doc[whole.i + 1] if whole.i + 1 < whole.sent.end else whole
    if named.pos_ == "PROPN" and named.ent_iob_ == "B" and named.dep_ not in {"compound", "nmod:poss", "amod"}:
        phrase, whole = noun_phrase(named), named  # "the terrorist group | Hezbollah"
    found = actors.participant(phrase, whole).actor
    return found, actors.name_of(found)


def _is_said_of_another(head: Token) -> bool:
    """Whether the noun only says what somebody is: "they are liberators", "called them terrorists"."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    if any(child.dep_ == "cop" for child in head.children) or head.dep_ == "xcomp":
        return True
    others = [child for child in head.head.children if child.dep_ in {"obj", "iobj"} and child.i != head.i]
    return head.dep_ == "obj" and bool(others) and head.head.lemma_ in _CALLING
