"""Choosing among readings: each candidate's prior, plus what the report says.

The weights are set by hand on the scale of the priors (orders of magnitude of population). One name has one meaning per
report, unless the words right after a mention put that one elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gesta.resolve.places.candidates import Candidate
from gesta.resolve.places.context import Clues, Container

CONTAINER = 8.0
"""The text says so: "Paris, Texas"."""
COUNTRY_FOCUS = 3.0
"""Times the share of the country among all that the report names."""
SAME_SENTENCE = 1.0
DIVISION_FOCUS = 2.0
"""Times the share of the first-level division among the report's other places."""
NEARBY = 1.0
"""Another place that the report names lies close."""
FILED_FROM = 0.5
HOME = 0.7
"""The publisher's domain is that country's."""
CLEAR_MARGIN = 0.8
"""A first reading counts as a clue for other names only if it leads by this much."""
DOUBTFUL = 7.1
"""Below this a reading with rivals in other countries is a guess, and so is none: an obscure place, and no clue."""
DOUBTFUL_ALONE = 5.4
"""The same where no other country has a place of that name."""
NEARBY_KM = 120.0
_MOST_ANCHORS = 30
_KM_PER_DEGREE = 111.2
_SAME_SPOT_DEGREES = 0.1


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that the report surely names, with the name it goes by."""

    name: str
    geonames_id: int | None
    country: str
    admin1: str | None
    latitude: float | None
    longitude: float | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Focus:
    """Where a report is about: its anchors, and how often each country and division is named or meant."""

    countries: Mapping[str, int]
    divisions: Mapping[str, int]
    anchors: Mapping[str, Anchor]
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score in context. ``parts`` are what context added, in the order of ``explain``."""

    candidate: Candidate
    score: float
    parts: tuple[float, ...]


class Ranker:
    """Ranks the readings of one name in one report."""

    def __init__(
        self, name: str, containers: Sequence[Container], sentences: Sequence[int], clues: Clues, focus: Focus
    ) -> None:
        """``sentences`` are the numbers of those in which the name stands."""
        self._containers, self._clues, self._focus = containers, clues, focus
        self._near = frozenset[str]().union(*(clues.local.get(number, frozenset()) for number in sentences))
        own = focus.anchors.get(name)
        # A name must not count for itself.
        self._countries = _shares(focus.countries, own.country if own else None, own.mentions if own else 0)
        self._divisions = _shares(focus.divisions, own.admin1 if own else None, own.mentions if own else 0)
        self._anchors = [anchor for anchor in focus.anchors.values() if anchor.name != name and anchor.latitude]
        self._anchors = self._anchors[:_MOST_ANCHORS]

    def rank(self, candidates: Sequence[Candidate]) -> list[Ranked]:
        """Return the candidates, best first."""
        ranked = []
        for one in candidates:
            named = one.country in self._countries or self._is_held(one)
            if (named or not one.unsure) and (not one.weak or one.geonames_id in self._focus.places):
                parts = self._parts(one)
                ranked.append(Ranked(one, round(one.prior + sum(parts), 3), parts))
        return sorted(ranked, key=lambda one: (-one.score, one.candidate.geonames_id or 0, one.candidate.name))

    def _parts(self, one: Candidate) -> tuple[float, ...]:
        country, admin1 = one.country, one.admin1
        if country is None:
            return ()
        is_country = one.precision == "country"
        return (
            CONTAINER if self._is_held(one) and not is_country else 0.0,
            COUNTRY_FOCUS * self._countries.get(country, 0.0),
            SAME_SENTENCE if country in self._near and not is_country else 0.0,
            DIVISION_FOCUS * self._divisions.get(admin1, 0.0) if admin1 else 0.0,
            NEARBY if self._has_company(one) else 0.0,
            FILED_FROM if country == self._clues.filed_from else 0.0,
            HOME if country == self._clues.home else 0.0,
        )

    def _is_held(self, one: Candidate) -> bool:
        return any(container.holds(one.country, one.admin1) for container in self._containers)

    def _has_company(self, one: Candidate) -> bool:
        if one.latitude is None or one.longitude is None:
            return False
        return any(
            _close(one.latitude, one.longitude, anchor.latitude or 0.0, anchor.longitude or 0.0)
            for anchor in self._anchors
        )

    def explain(self, ranked: Ranked) -> tuple[str, ...]:
        """Return the reasons for a reading, those without context first."""
        one = ranked.candidate
        held = [container.text for container in self._containers if container.holds(one.country, one.admin1)]
        country = self._countries.get(one.country or "", 0.0)
        division = self._divisions.get(one.admin1 or "", 0.0)
        words = (
            f"the text puts it in {held[0].rstrip('.') if held else ''}",
            f"{country:.0%} of the countries named or meant are {one.country}",
            f"{one.country} named in the same sentence",
            f"{division:.0%} of the other places lie in {one.admin1}",
            "near another place of the report",
            f"filed from {one.country}",
            f"the publisher's domain is of {one.country}",
        )
        return one.why + tuple(word for word, part in zip(words, ranked.parts, strict=False) if part)


def _shares(counts: Mapping[str, int], own_key: str | None, own: int) -> dict[str, float]:
    """Return the share of each key, leaving out ``own`` counts of ``own_key``."""
    left = {key: count - (own if key == own_key else 0) for key, count in counts.items()}
    total = sum(left.values())
    return {key: count / total for key, count in left.items() if count} if total > 0 else {}


def _close(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> bool:
    """Whether two points lie within ``NEARBY_KM``, on a locally flat earth."""
    up = (latitude - other_latitude) * _KM_PER_DEGREE
    if abs(up) > NEARBY_KM:
        return False
    across = (longitude - other_longitude) * _KM_PER_DEGREE * math.cos(math.radians(latitude))
    return up * up + across * across <= NEARBY_KM * NEARBY_KM


def read_focus(clues: Clues, first: Mapping[str, tuple[Sequence[Ranked], int]]) -> Focus:
    """Return the focus of a report from the countries it names and the clear readings of its toponyms.

    ``first`` maps each name to its ranked candidates and the number of its mentions.
    """
    countries, divisions = Counter(clues.countries), Counter[str]()
    anchors: dict[str, Anchor] = {}
    for name, (ranked, count) in first.items():
        best = ranked[0].candidate if ranked else None
        # Countries that are named in full are counted among the clues already.
        if best is None or best.country is None or best.precision == "country" or not _is_clear(ranked):
            continue
        countries[best.country] += count
        if best.admin1:
            divisions[best.admin1] += count
        anchors[name] = Anchor(name, best.geonames_id, best.country, best.admin1, best.latitude, best.longitude, count)
    places = [anchor.geonames_id for anchor in anchors.values() if anchor.geonames_id]
    return Focus(countries, divisions, anchors, frozenset(places))


def is_doubtful(ranked: Sequence[Ranked]) -> bool:
    """Whether the best reading is no more than a guess."""
    if _is_tied(ranked):
        return True
    alone = all(one.candidate.country == ranked[0].candidate.country for one in ranked)
    return ranked[0].score < (DOUBTFUL_ALONE if alone else DOUBTFUL)


def _is_clear(ranked: Sequence[Ranked]) -> bool:
    """Whether the best reading leads all that lie in another country, and none is as good."""
    if _is_tied(ranked):
        return False
    rivals = (one for one in ranked[1:] if one.candidate.country != ranked[0].candidate.country)
    rival = next(rivals, None)
    return rival is None or ranked[0].score - rival.score >= CLEAR_MARGIN


def _is_tied(ranked: Sequence[Ranked]) -> bool:
    """Whether nothing but the order of their ids tells the best reading from another that lies elsewhere."""
    best, here = ranked[0].score, ranked[0].candidate
    others = (one.candidate for one in ranked[1:] if one.score == best)
    return any(not _same_spot(here, other) for other in others)


def _same_spot(one: Candidate, other: Candidate) -> bool:
    """Whether two readings come to the same: one point, as good as, or one area without any."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return one.country == other.country and one.admin1 == other.admin1 and one.latitude == other.latitude
    close = abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude) < _SAME_SPOT_DEGREES
    return close and one.country == other.country
