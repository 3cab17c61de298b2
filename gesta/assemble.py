"""The last stage: drafts and everything resolved around them become events with spans, ids and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from spacy.tokens import Doc, Span, Token

from gesta.find.drafts import Draft
from gesta.find.responses import Response
from gesta.ontology import VERSION
from gesta.records import Cause, Claim, Event, Evidence, Loaded, Participant, Place, Record, Report, Time, Toll, make_id
from gesta.resolve.actors import ActorResolver
from gesta.resolve.setting import Setting
from gesta.resolve.ties import settle_ties
from gesta.resolve.ties.drafts import TieDraft
from gesta.settings import CodeSettings


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages found in one report."""

    report: Report
    doc: Doc
    drafts: Sequence[Draft]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    tolls: dict[int, tuple[Toll, ...]]
    claims: tuple[Claim, ...]
    claimed: dict[int, str]
    actors: ActorResolver
    settings: dict[int, Setting]
    """Where and when, by the identity of the draft."""
    ties: Sequence[TieDraft] = ()
    ontology: str | None = None
    """The name of the user's ontology, where events are of one."""
    loaded: tuple[Loaded, ...] = ()
    responses: Sequence[Response] = ()


def assemble(found: Found, settings: CodeSettings, *, run: str) -> Record:
    """Return the record of one report."""
    ids = _event_ids(found.report, found.drafts)
    events = tuple(
        _event(draft, ids, found, run=run) for draft in found.drafts if draft.confidence >= settings.min_confidence
    )
    kept = {event.id for event in events}
    events = tuple(_without_lost_outer(event, kept) for event in events)
    # Ties last, so that the actors of events and claims keep the names of their first mention there.
    ties = settle_ties(found.ties, report=found.report, actors=found.actors, claims=found.claims, claimed=found.claimed)
    return Record(
        report=found.report,
        events=events,
        claims=found.claims,
        actors=found.actors.actors(),
        places=found.places,
        times=found.times,
        ties=ties,
        loaded=found.loaded,
        causes=tuple(_causes(found, ids, kept)),
    )


def _event_ids(report: Report, drafts: Sequence[Draft]) -> dict[int, str]:
    """Ids by the identity of the draft: report, trigger span and, where one word tells two events, its ordinal."""
    seen: Counter[tuple[int, int]] = Counter()
    ids = {}
    for draft in drafts:
        span = (draft.trigger.idx, draft.trigger.idx + len(draft.trigger))
        ids[id(draft)] = make_id("e", report.id, *span, seen[span])
        seen[span] += 1
    return ids


def _causes(found: Found, ids: dict[int, str], kept: set[str]) -> Iterator[Cause]:
    """The responses whose answer was kept; a cause that was not is told by its word alone."""
    seen: set[str] = set()
    for response in found.responses:
        effect, word, cue = ids[id(response.answering)], response.cause, response.cue
        span = (word.idx, word.idx + len(word))
        identity = make_id("k", found.report.id, effect, *span)
        if effect not in kept or identity in seen:
            continue
        seen.add(identity)
        cause = ids[id(response.answered)] if response.answered is not None else None
        trigger = response.answering.trigger
        yield Cause(
            id=identity,
            report=found.report.id,
            effect=effect,
            effect_span=(trigger.idx, trigger.idx + len(trigger)),
            cause=cause if cause in kept and cause != effect else None,
            cause_span=span,
            cue=cue.text,
            cue_span=(cue.start_char, cue.end_char),
            confidence=round(response.chance, 3),
            reasons=(response.why,),
        )


def _without_lost_outer(event: Event, kept: set[str]) -> Event:
    """An inner event whose speech act fell below the asked confidence stands alone, still uncounted."""
    if event.within is None or event.within in kept:
        return event
    reasons = (*event.reasons, "its speech act is below the asked confidence")
    return msgspec.structs.replace(event, within=None, reasons=reasons)


def _event(draft: Draft, ids: dict[int, str], found: Found, *, run: str) -> Event:
    trigger = draft.trigger
    sources = tuple(found.actors.participant(p.span, p.head) for p in draft.sources)
    targets = tuple(found.actors.participant(p.span, p.head) for p in draft.targets)
    setting = found.settings[id(draft)]
    place, time = setting.place, setting.time
    tolls = found.tolls.get(trigger.i, ())
    reasons = [*draft.reasons]
    for side, phrases in (("source", draft.sources), ("target", draft.targets)):
        reasons += [f"{side} {phrase.span.text!r}: {phrase.reason}" for phrase in phrases]
    reasons += setting.reasons
    return Event(
        id=ids[id(draft)],
        report=found.report.id,
        ontology=VERSION if found.ontology is None else found.ontology,
        type=draft.own_type or draft.type,
        modes=draft.modes,
        contexts=draft.contexts,
        modality=draft.modality,
        within=ids[id(draft.within)] if draft.within is not None else None,
        sources=sources,
        targets=targets,
        place=place,
        time=time,
        tolls=tolls,
        count=draft.count,
        claim=found.claimed.get(trigger.i),
        confidence=round(draft.confidence, 3),
        evidence=_evidence(draft, sources, targets, place, time, tolls),
        reasons=tuple(reasons),
        run=run,
    )


def _evidence(
    draft: Draft,
    sources: Sequence[Participant],
    targets: Sequence[Participant],
    place: Place | None,
    time: Time | None,
    tolls: Sequence[Toll],
) -> tuple[Evidence, ...]:
    found = [_of("trigger", draft.trigger)]
    found += [_of(field, words) for field, words in draft.cues]
    found += [Evidence(field="source", start=p.span[0], end=p.span[1]) for p in sources]
    found += [Evidence(field="target", start=p.span[0], end=p.span[1]) for p in targets]
    if place is not None:
        found.append(Evidence(field="place", start=place.span[0], end=place.span[1]))
    if time is not None and time.span is not None:
        found.append(Evidence(field="time", start=time.span[0], end=time.span[1]))
    found += [Evidence(field=f"toll {toll.kind}", start=toll.span[0], end=toll.span[1]) for toll in tolls]
    return tuple(found)


def _of(field: str, words: Token | Span) -> Evidence:
    if isinstance(words, Span):
        return Evidence(field=field, start=words.start_char, end=words.end_char)
    return Evidence(field=field, start=words.idx, end=words.idx + len(words))
