"""The day a story has come to: which time told elsewhere dates an event whose own sentence tells none.

"On Monday gunmen stormed the mill. They killed two guards." A light head reads each time of the report against the
event (``train/light.py`` fits it on news read by hand): how far off it stands, what it dates, what is told in between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from gesta.annotate.light import Light
from gesta.find.drafts import Draft
from gesta.records import Time
from gesta.resolve.governing import REPORTING
from gesta.resolve.layout import Layout, binned

HEAD = "story"
#: Chance from which a time told elsewhere is taken; below it the event's time stays open.
THRESHOLD = 0.5
_MOST = 5
_PARTS = 4
#: Types whose acts are words.
_SPEECH = frozenset("ACCUSE AGREE CONCEDE CONSULT REJECT REQUEST SUPPORT THREATEN".split())
#: How many times before and after an event are read at most.
_NEAREST = 25


class Story:
    """The times a report tells, each with the events that it dates in its own sentence."""

    def __init__(self, layout: Layout, times: Sequence[Time], dated: Mapping[int, tuple[Draft, Time]]) -> None:
        """``dated`` maps the triggers of events to those whose own sentence dates them."""
        self._layout = layout
        #: The times that may date an event.
        self.times = [time for time in times if _tells_a_day(time)]
        self._starts = [_start(time) for time in self.times]
        self._values = Counter(time.value for time in self.times)
        self._dates: dict[tuple[int, int], list[Draft]] = {}
        self._days: Counter[str] = Counter()
        #: Where the dated events stand, and the day and event that the story has come to there.
        self._course: list[tuple[int, str, Draft]] = []
        for draft, time in sorted(dated.values(), key=lambda pair: pair[0].trigger.i):
            if time.span is not None:
                self._dates.setdefault(time.span, []).append(draft)
                self._days[time.value] += 1
                self._course.append((draft.trigger.idx, time.value, draft))
        self._dated, self._most = max(1, self._days.total()), max(self._days.values(), default=0)

    def time_of(self, draft: Draft, head: Light) -> Time | None:
        """Return the likeliest time of the event, marked as inferred, or None if none is likely."""
        ranked = sorted((-round(head.chance(names), 3), at) for at, names in self.features(draft))
        if not ranked or -ranked[0][0] < THRESHOLD:
            return None
        chance, time = -ranked[0][0], self.times[ranked[0][1]]
        reason = f"told in another sentence: the story is set then ({chance:.2f})"
        return msgspec.structs.replace(time, basis="inferred", reasons=(*time.reasons, reason))

    def _now(self, offset: int) -> tuple[str | None, Draft | None]:
        """Return the day that the story has come to before a character, and the event dated so."""
        at = bisect_left(self._course, offset, key=lambda step: step[0])
        return (self._course[at - 1][1], self._course[at - 1][2]) if at else (None, None)

    def features(self, draft: Draft) -> list[tuple[int, list[str]]]:
        """Return what is read of each time of other sentences against an event, by its number; of many the nearest."""
        here = bisect_right(self._starts, draft.trigger.idx)
        near = range(max(0, here - _NEAREST), min(len(self.times), here + _NEAREST))
        own = self._layout.sentence(draft.trigger.idx)
        elsewhere = [at for at in near if self._layout.sentence(self._starts[at]) != own]
        common, actors = _of_event(draft), _actors(draft)
        return [(at, [*common, *self._features(draft, actors, at)]) for at in elsewhere]

    def _features(self, draft: Draft, actors: set[str], at: int) -> list[str]:
        time, trigger, layout = self.times[at], draft.trigger, self._layout
        start = _start(time)
        away = binned(layout.sentence(start) - layout.sentence(trigger.idx))
        paragraphs = binned(layout.paragraph(start) - layout.paragraph(trigger.idx))
        dates = self._dates.get(time.span or (0, 0), [])
        before = bisect_left(self._starts, trigger.idx)
        latest = at == before - 1
        between = abs(before - at) - (start < trigger.idx)
        day, told = self._now(trigger.idx)
        share = int(_PARTS * self._days[time.value] / self._dated)
        return [
            f"day of the report={share}",
            f"leads the report={bool(self._days) and self._days[time.value] == self._most}",
            f"now={day == time.value}",
            f"now and paragraph={day == time.value} {paragraphs}",
            f"now and actor={day == time.value} {_continues(draft, told)}",
            f"now and speech={day == time.value} {_speaks(draft)} {told is not None and _speaks(told)}",
            f"day of the report and speech={share} {_speaks(draft)}",
            f"times={min(len(self.times), _MOST)}",
            f"one day={len(self._values) == 1}",
            f"away={away}",
            f"paragraphs={paragraphs}",
            f"opening={layout.sentence(start) <= 1}",
            f"dates={bool(dates)}",
            f"dates this type={any(one.type == draft.type for one in dates)}",
            f"dates this word={any(one.trigger.lemma_ == trigger.lemma_ for one in dates)}",
            f"dates this actor={any(actors & _actors(one) for one in dates)}",
            f"types={min((one.type for one in dates), default='')} {draft.type}",
            f"between={min(between, _MOST)}",
            f"latest={latest}",
            f"next={at == before}",
            f"reporting={layout.root_lemma(start) in REPORTING}",
            f"told={min(self._values[time.value], _MOST)}",
            f"kind={time.kind}",
            f"grain={time.grain}",
            f"basis={time.basis}",
            f"word={time.text.lower()[:12]}",
            f"grain and away={time.grain} {away}",
            f"tag and away={trigger.pos_} {away}",
            f"dates and away={bool(dates)} {away}",
            f"latest and dates={latest} {bool(dates)} {paragraphs}",
        ]


def _continues(draft: Draft, told: Draft | None) -> str:
    """How an event's source goes on from that of the event told before: the same words, a pronoun, another, none."""
    if not draft.sources:
        return "none"
    if all(phrase.head.pos_ == "PRON" for phrase in draft.sources):
        return "pronoun"
    before = {phrase.head.lemma_.lower() for phrase in told.sources} if told is not None else set()
    return "same" if before & {phrase.head.lemma_.lower() for phrase in draft.sources} else "other"


def _speaks(draft: Draft) -> bool:
    return draft.type in _SPEECH


def _of_event(draft: Draft) -> list[str]:
    trigger = draft.trigger
    auxiliaries = [child.lower_ for child in trigger.children if child.dep_.startswith("aux")]
    determiner = next((child.lower_ for child in trigger.children if child.dep_ == "det"), "")
    return [
        f"tag={trigger.pos_}",
        f"determiner={determiner}",
        f"form={trigger.morph}",
        f"type={draft.type}",
        f"modality={draft.modality}",
        f"had={'had' in auxiliaries}",
        f"auxiliaries={' '.join(auxiliaries)}",
        f"relation={trigger.dep_}",
    ]


def _actors(draft: Draft) -> set[str]:
    return {phrase.head.lemma_.lower() for phrase in (*draft.sources, *draft.targets)}


def _start(time: Time) -> int:
    return time.span[0] if time.span is not None else 0


def _tells_a_day(time: Time) -> bool:
    return time.span is not None and time.kind in ("DATE", "TIME") and not time.value.endswith("_REF")
