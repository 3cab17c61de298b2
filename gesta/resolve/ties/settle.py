"""Ties become records: who the ends are, who says so, and in which order a tie without direction is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span

from gesta.records import Actor, Claim, Participant, Report, Stance, Tie, make_id
from gesta.resolve.actors import ActorResolver
from gesta.resolve.ties.drafts import End, TieDraft
from gesta.resolve.ties.find import SYMMETRIC

_RANK = {"certain": 0, "probable": 1, "possible": 2, "doubted": 3}


def settle_ties(
    drafts: Sequence[TieDraft],
    *,
    report: Report,
    actors: ActorResolver,
    claims: Sequence[Claim],
    claimed: Mapping[int, str],
) -> tuple[Tie, ...]:
    """Return the ties of a report in text order.

    ``claimed`` is the id of the innermost claim around each draft's cue, by ``token.i``. A tie between an actor and
    itself, or with one whom nothing tells, is none; nor is one that the author denies, since nobody claims it.
    """
    by_id = {claim.id: claim for claim in claims}
    taken = [(draft, _participant(draft.actor, actors), _participant(draft.other, actors)) for draft in drafts]
    known = {actor.id: actor for actor in actors.actors()}
    return tuple(_ties(taken, report, known, by_id, claimed))


def _participant(end: End, actors: ActorResolver) -> Participant:
    if end.reading is None or not end.named:
        return actors.participant(end.span, end.head)
    return actors.taken(end.reading, end.span)


def _ties(
    taken: Sequence[tuple[TieDraft, Participant, Participant]],
    report: Report,
    known: Mapping[str, Actor],
    claims: Mapping[str, Claim],
    claimed: Mapping[int, str],
) -> Iterator[Tie]:
    seen: Counter[tuple[int, int, str]] = Counter()
    kept: set[tuple[str, str, str, int]] = set()
    for draft, actor, other in taken:
        claim = claims.get(claimed.get(draft.at.i, ""))
        if actor.actor == other.actor or not _told(draft, claim):
            continue
        if "unknown" in (_kind(draft.actor, known[actor.actor]), _kind(draft.other, known[other.actor])):
            continue
        turned = draft.relation in SYMMETRIC and other.actor < actor.actor
        one, another = (other, actor) if turned else (actor, other)
        once = (one.actor, draft.relation, another.actor, draft.at.i)
        if once in kept:
            continue
        kept.add(once)
        span = _offsets(draft.cue)
        key = (*span, draft.relation)
        identity = make_id("t", report.id, *key, seen[key])
        seen[key] += 1
        yield _record(draft, identity, report, one, another, claim)


def _kind(end: End, actor: Actor) -> str:
    """Return the kind of a pronoun's actor, which only the resolver can tell; others were judged before."""
    return actor.kind if end.reading is None else ""


def _told(draft: TieDraft, claim: Claim | None) -> bool:
    """Tell whether somebody says that the tie holds, or denies it; what the author denies is no tie."""
    if draft.named_by is not None and claim is None:
        return False
    return not draft.negated or (claim is not None and (claim.speaker is not None or claim.stance != "asserts"))


def _record(
    draft: TieDraft, identity: str, report: Report, actor: Participant, other: Participant, claim: Claim | None
) -> Tie:
    certainty = draft.certainty
    if claim is not None and _RANK[claim.certainty] > _RANK[certainty]:
        certainty = claim.certainty
    return Tie(
        id=identity,
        report=report.id,
        actor=actor.actor,
        relation=draft.relation,
        other=other.actor,
        span=_offsets(draft.cue),
        actor_span=actor.span,
        other_span=other.span,
        basis=draft.basis,
        ended=draft.ended,
        stance=_stance(draft, claim),
        certainty=certainty,
        time=draft.time,
        claim=claim.id if claim is not None else None,
        reasons=(draft.reason,),
    )


def _stance(draft: TieDraft, claim: Claim | None) -> Stance:
    """Return what is made of the tie: "says it is no part of the Front" denies it whatever the claim does."""
    if claim is None:
        return "asserts"
    return "denies" if draft.negated and claim.stance == "asserts" else claim.stance


def _offsets(words: Span) -> tuple[int, int]:
    return words.start_char, words.end_char
