"""Where and when each event is set: what its own sentence says, then the story around it, then only a bound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

import msgspec
from spacy.tokens import Doc, Span, Token

from gesta.annotate.language import Readings, readings
from gesta.annotate.light import Light
from gesta.annotate.model import Model
from gesta.find.drafts import Draft
from gesta.records import Place, Report, Time
from gesta.resolve import governing
from gesta.resolve.layout import Layout
from gesta.resolve.places import of_event
from gesta.resolve.places.land import HEAD as LAND
from gesta.resolve.places.land import Lands
from gesta.resolve.times import of_event as of_times
from gesta.resolve.times.of_event import bounded
from gesta.resolve.times.story import HEAD as STORY
from gesta.resolve.times.story import Story

#: What has happened, or is said or denied to have, cannot lie after publication; what is planned or feared may.
_OVER = frozenset({"happened", "ongoing", "alleged", "denied"})
Told = TypeVar("Told", Time, Place)

#: Candidates below this chance are not worth a reason.
_WORTH_TELLING = 0.1
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when one event is set, and why."""

    place: Place | None
    time: Time | None
    reasons: tuple[str, ...]


def find_settings(
    doc: Doc, drafts: Sequence[Draft], *, report: Report, places: Sequence[Place], times: Sequence[Time], model: Model
) -> dict[int, Setting]:
    """Return the setting of each draft, by the draft's identity: one word may tell an event that happened and another
    that is only planned, which share their day and place but not the bound of publication.
    """
    first = {draft.trigger.i: draft for draft in reversed(drafts)}
    told = dict(tell_by_sentence(doc, [first[at] for at in sorted(first)], places, times, model))
    layout = Layout(doc)
    dated = {at: (first[at], one.time) for at, one in told.items() if one.time is not None}
    placed = {at: one.place for at, one in told.items() if one.place is not None}
    story, lands = Story(layout, times, dated), Lands(layout, places, report, placed)
    where = {at: own.place or lands.place_of(first[at], model.light[LAND]) for at, own in told.items()}
    when = {at: own.time or story.time_of(first[at], model.light[STORY]) for at, own in told.items()}
    settings = {}
    for draft in drafts:
        at, bound = draft.trigger.i, report.published if draft.modality in _OVER else None
        settings[id(draft)] = _setting(where[at], when[at], told[at].reasons, bound)
    return settings


def tell_by_sentence(
    doc: Doc, drafts: Sequence[Draft], places: Sequence[Place], times: Sequence[Time], model: Model
) -> Iterator[tuple[int, Setting]]:
    """Yield for each draft what its own sentence tells of where and when."""
    read = readings(doc)
    time_starts = [time.span[0] if time.span else 0 for time in times]
    place_starts = [place.span[0] for place in places]
    for _, some in groupby(drafts, key=lambda draft: draft.trigger.sent.start):
        together = [governing.Trigger(draft.trigger, draft.type, draft.modality) for draft in some]
        span = together[0].token.sent
        sentence = governing.Sentence(span)
        near_times, near_places = _within(times, time_starts, span), _within(places, place_starts, span)
        for trigger in together:
            others = [one.token for one in together if one is not trigger]
            own_times = of_times.candidates(near_times, doc, trigger.token)
            own_places = of_event.candidates(near_places, doc, trigger.token)
            time, why_time = _best(model.light["time"], read, trigger, own_times, others, sentence, "time")
            place, why_place = _best(model.light["place"], read, trigger, own_places, others, sentence, "place")
            if time is not None and time.value.endswith("_REF"):
                why_time, time = (*why_time, f"time: {time.text!r} names no day"), None
            yield trigger.token.i, Setting(place, time, (*why_time, *why_place))


def _within(items: Sequence[Told], starts: Sequence[int], sentence: Span) -> Sequence[Told]:
    """Return the items that begin in a sentence; ``starts`` are where they all begin, in text order."""
    return items[bisect_left(starts, sentence.start_char) : bisect_left(starts, sentence.end_char)]


def _setting(place: Place | None, time: Time | None, reasons: tuple[str, ...], bound: date | None) -> Setting:
    """Put together what was found; ``bound`` is the day that the event cannot lie after, if there is one."""
    if time is None:
        time = bounded(bound)
        reasons = (*reasons, "time: none told" + ("" if time is None else "; not later than publication"))
    elif time.start is None and time.end is None and time.kind == "DURATION" and bound is not None:
        time = msgspec.structs.replace(time, end=bound, basis="bounded")
    return Setting(msgspec.structs.replace(place, role="event") if place else None, time, reasons)


def _best(
    head: Light,
    read: Readings,
    trigger: governing.Trigger,
    offered: Sequence[tuple[Told, Span, str]],
    others: Sequence[Token],
    sentence: governing.Sentence,
    field: str,
) -> tuple[Told | None, tuple[str, ...]]:
    """Return the likeliest of what is offered, None if none is likely, and the reasons with their chances."""
    ranked = []
    for one, words, kind in offered:
        chance = governing.chance(head, read, trigger, words, kind, others, sentence)
        ranked.append((-round(chance, 3), words.start, one))
    ranked.sort(key=lambda entry: entry[:2])
    why = tuple(
        f"{field}: {one.text!r} {-chance:.2f}" for chance, _, one in ranked[:_MOST_TOLD] if -chance >= _WORTH_TELLING
    )
    if not ranked or -ranked[0][0] < governing.THRESHOLDS[field]:
        return None, why
    return ranked[0][2], why
