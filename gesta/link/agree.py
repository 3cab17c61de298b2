"""What the reports of one incident agree on, and where they differ.

Sources vote, not reports: what five papers took from one agency is one voice. Of each source only its latest word
counts, since reports are corrected and tolls rise. Nothing is decided about who is right: a value that fewer give
stays, with those who give it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

from gesta.records import COUNTED, Agreed, Contest, Grain, Modality, Party, Range, Site, Version

#: Parties named by fewer than this share of the sources that name any are left out of what is agreed.
_SHARE = 0.34
_MOST_PARTIES = 6
#: Two towns nearer than this are one place told in two ways.
NEAR = 30.0
_PRECISE = frozenset({"site", "city", "district"})
_SHARPNESS = {"site": 5, "city": 4, "district": 3, "province": 2, "country": 1, "region": 0}


@dataclass(frozen=True, slots=True)
class Figure:
    """A toll as one event tells it."""

    kind: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One event of an incident, as far as agreement needs it. ``origin`` is the report its report stands for."""

    event: str
    report: str
    origin: str
    publisher: str | None
    published: date | None
    offset: int
    ontology: str
    type: str
    modes: tuple[str, ...]
    modality: Modality
    confidence: float
    count: int
    start: date | None
    end: date | None
    grain: Grain | None
    known: int
    """How its day is known: 3 told to the day, 2 told, 1 bounded by publication, 0 not at all."""
    place: Site | None
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    tolls: tuple[Figure, ...]
    said_by: str | None = None
    denied_by: tuple[str, ...] = ()
    """Actors that deny something in this report."""

    @property
    def happened(self) -> bool:
        """Whether it is told as having happened."""
        return self.modality in COUNTED

    @property
    def voice(self) -> str:
        """Whose word it is: the speaker's that the report names, else the publisher's."""
        return self.said_by or self.publisher or "publisher unknown"


Value = TypeVar("Value", bound=Hashable)
Reading = tuple[Telling, Value]


def agree(tellings: Sequence[Telling]) -> tuple[Agreed, tuple[Contest, ...]]:
    """Return what the tellings of one incident agree on, and the fields in which they differ."""
    told = sorted(tellings, key=lambda t: (t.published or date.max, t.report, t.offset, t.event))
    firm = [t for t in told if t.happened] or told
    kind, _ = _vote([(t, t.type) for t in firm], weight=lambda t: t.confidence)
    alike = [t for t in firm if t.type == kind]
    day, days = _days(firm)
    place, places = _places(firm)
    tolls, figures = _tolls(told)
    agreed = Agreed(
        ontology=alike[0].ontology,
        type=kind,
        modes=_modes(alike),
        modality=_vote([(t, t.modality) for t in firm], weight=lambda t: t.confidence)[0],
        sources=_parties(firm, lambda t: t.sources),
        targets=_parties(firm, lambda t: t.targets),
        start=day.start if day else None,
        end=day.end if day else None,
        grain=day.grain if day else None,
        place=place,
        tolls=tolls,
        count=max(t.count for t in alike),
    )
    contests = [
        _contest("happened", _whether(told)),
        _contest("day", days),
        _contest("place", places),
        *(_contest(name, versions) for name, versions in figures),
        _contest("blame", _blame(told)),
    ]
    return agreed, tuple(contest for contest in contests if contest is not None)


def _latest(readings: Iterable[Reading[Value]]) -> dict[str, list[Reading[Value]]]:
    """The readings of each source's latest report that has any."""
    by_origin: dict[str, list[Reading[Value]]] = defaultdict(list)
    for telling, value in readings:
        held = by_origin[telling.origin]
        if held and held[0][0].report != telling.report:
            if (held[0][0].published or date.max) == (telling.published or date.max):
                held.append((telling, value))
                continue
            held.clear()  # readings come in the order of publication
        held.append((telling, value))
    return by_origin


def _vote(
    readings: Sequence[Reading[Value]], *, weight: Callable[[Telling], float] = lambda _: 1.0
) -> tuple[Value, int]:
    """Return the value of most sources and how many they are; of equals the surest, then the earliest told."""
    votes: Counter[Value] = Counter()
    sureness: dict[Value, float] = defaultdict(float)
    order: dict[Value, int] = {}
    for held in _latest(readings).values():
        sums: dict[Value, float] = defaultdict(float)
        for telling, value in held:
            sums[value] += weight(telling)
            sureness[value] += weight(telling)
            order.setdefault(value, len(order))
        votes[max(sums, key=lambda v: (sums[v], -order[v]))] += 1
    best = max(votes, key=lambda v: (votes[v], round(sureness[v], 6), -order[v]))
    return best, votes[best]


def _modes(alike: Sequence[Telling]) -> tuple[str, ...]:
    counted: Counter[str] = Counter()
    for held in _latest([(t, t.modes) for t in alike]).values():
        counted.update({mode for _, modes in held for mode in modes})
    most = max(counted.values(), default=0)
    return tuple(sorted((m for m in counted if counted[m] * 2 >= most), key=lambda m: (-counted[m], m)))


def _parties(told: Sequence[Telling], side: Callable[[Telling], tuple[Party, ...]]) -> tuple[Party, ...]:
    """The actors that a fair share of the sources name in this part, those of most sources first."""
    origins: dict[str, set[str]] = defaultdict(set)
    reports: dict[str, set[str]] = defaultdict(set)
    names: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for telling in told:
        for party in side(telling):
            origins[party.actor].add(telling.origin)
            reports[party.actor].add(telling.report)
            names[party.actor][party.name, party.country] += 1
    voices = len(set().union(*origins.values())) if origins else 0
    ranked = sorted(origins, key=lambda a: (-len(origins[a]), -len(reports[a]), a))
    kept = [a for a in ranked if len(origins[a]) >= _SHARE * voices][:_MOST_PARTIES]
    found = []
    for actor in kept:
        name, country = max(names[actor], key=lambda n: (names[actor][n], str(n)))
        found.append(Party(actor=actor, name=name, country=country, reports=len(reports[actor])))
    return tuple(found)


def _days(firm: Sequence[Telling]) -> tuple[Telling | None, list[tuple[str, list[Telling]]]]:
    """A telling with the agreed days, and the days told by several sources if they differ."""
    for known in (3, 2, 1):
        readings = [(t, (t.start, t.end)) for t in firm if t.known == known]
        if readings:
            best, _ = _vote(readings)
            chosen = next(t for t in firm if t.known == known and (t.start, t.end) == best)
            exact = _grouped([(t, str(t.start)) for t in firm if t.known == 3])
            return chosen, exact if known == 3 else []
    return None, []


def _places(firm: Sequence[Telling]) -> tuple[Site | None, list[tuple[str, list[Telling]]]]:
    placed = [(t, t.place) for t in firm if t.place is not None]
    if not placed:
        return None, []
    sharpest = max(_SHARPNESS.get(p.precision or "", -1) for _, p in placed)
    if sharpest >= _SHARPNESS["district"]:
        best, _ = _vote([(t, p) for t, p in placed if p.precision in _PRECISE])
        named = [(t, p) for t, p in placed if p.precision in _PRECISE]
        apart = any(_kilometres(best, p) > NEAR for _, p in named)
        return best, _grouped([(t, _spelt(p)) for t, p in named]) if apart else []
    best, _ = _vote([(t, p) for t, p in placed if _SHARPNESS.get(p.precision or "", -1) == sharpest])
    return best, []


def _spelt(place: Site) -> str:
    return f"{place.name}, {place.country}" if place.country else place.name


def _kilometres(a: Site, b: Site) -> float:
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return 0.0
    p, q = radians(a.latitude), radians(b.latitude)
    half = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, half)))


def _tolls(told: Sequence[Telling]) -> tuple[tuple[Range, ...], list[tuple[str, list[tuple[str, list[Telling]]]]]]:
    """The range of each kind of toll, and the figures of those that sources differ on."""
    kinds = sorted({figure.kind for t in told for figure in t.tolls})
    ranges, contested = [], []
    for kind in kinds:
        # Within one report the highest figure is its last word: "three died ... bringing the number to thirteen".
        last: dict[str, tuple[Telling, Figure]] = {}
        for telling in told:
            for figure in telling.tolls:
                held = last.get(telling.origin)
                newer = held is not None and (telling.published or date.max) > (held[0].published or date.max)
                if figure.kind == kind and (held is None or newer or figure.low > held[1].low):
                    last[telling.origin] = (telling, figure)
        readings = list(last.values())
        best = max(
            Counter(figure.low for _, figure in readings).items(),
            key=lambda item: (item[1], _told_last(readings, item[0]), item[0]),
        )[0]
        highs = [figure.high for _, figure in readings]
        low = min(figure.low for _, figure in readings)
        high = None if None in highs else max(h for h in highs if h is not None)
        ranges.append(Range(kind=kind, low=low, best=best, high=high))
        if any(not _meet(a, b) for _, a in readings for _, b in readings):
            contested.append((kind, _grouped([(t, _figure(f)) for t, f in readings])))
    return tuple(ranges), contested


def _told_last(readings: Sequence[tuple[Telling, Figure]], low: int) -> date:
    return max(t.published or date.min for t, figure in readings if figure.low == low)


def _meet(a: Figure, b: Figure) -> bool:
    """Whether both figures can be true: 25, and at least 20."""
    return (a.high is None or b.low <= a.high) and (b.high is None or a.low <= b.high)


def _figure(figure: Figure) -> str:
    if figure.high == figure.low:
        return str(figure.low)
    return f"{figure.low} or more" if figure.high is None else f"{figure.low} to {figure.high}"


def _whether(told: Sequence[Telling]) -> list[tuple[str, list[Telling]]]:
    """Told as having happened by some, denied by others."""
    denied = [t for t in told if t.modality == "denied"]
    firm = [t for t in told if t.happened]
    return [("happened", firm), ("denied", denied)] if denied and firm else []


def _blame(told: Sequence[Telling]) -> list[tuple[str, list[Telling]]]:
    """Who is accused of it, where an accused denies it or others are accused as well."""
    accused: dict[str, list[Telling]] = defaultdict(list)
    names: dict[str, str] = {}
    for telling in told:
        if telling.modality == "alleged":
            for party in telling.sources:
                accused[party.actor].append(telling)
                names[party.actor] = party.name
    denying: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        for actor in set(telling.denied_by) & accused.keys():
            denying[actor].append(telling)
        if telling.modality == "denied":
            for party in telling.sources:
                denying[party.actor].append(telling)
                names[party.actor] = party.name
    versions = [(f"{names[a]} did it", t) for a, t in accused.items()]
    versions += [(f"{names[a]} did not", t) for a, t in denying.items()]
    return sorted(versions, key=lambda v: v[0]) if len(versions) > 1 else []


def _grouped(readings: Sequence[Reading[str]]) -> list[tuple[str, list[Telling]]]:
    """The tellings of each value, where sources give more than one; those of most sources first."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling, value in readings:
        groups[value].append(telling)
    ranked = sorted(groups.items(), key=lambda item: (-len({t.origin for t in item[1]}), item[0]))
    return ranked if len(ranked) > 1 and len({t.origin for _, ts in ranked for t in ts}) > 1 else []


def _contest(field: str, versions: Sequence[tuple[str, Sequence[Telling]]]) -> Contest | None:
    if len(versions) < 2:
        return None
    return Contest(
        field=field,
        versions=tuple(
            Version(
                value=value,
                reports=tuple(dict.fromkeys(t.report for t in told)),
                said_by=tuple(dict.fromkeys(t.voice for t in told)),
            )
            for value, told in versions
        ),
    )


def independent(tellings: Iterable[Telling]) -> int:
    """Return how many sources tell of it that do not stand for one another."""
    return len({telling.origin for telling in tellings})


def first_and_last(tellings: Iterable[Telling]) -> tuple[date | None, date | None]:
    """Return the days of the first and the last report."""
    days = [telling.published for telling in tellings if telling.published is not None]
    return (min(days), max(days)) if days else (None, None)
