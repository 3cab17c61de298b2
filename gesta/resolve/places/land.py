"""The country an event is set in, where its own sentence tells no place: a coarse answer, and marked as inferred.

A light head reads each country that the report names, or whose places it names, against the event (``train/light.py``
fits it on news read by hand).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from gesta.annotate.light import Light
from gesta.find.drafts import Draft, Phrase
from gesta.records import Place, Report
from gesta.resolve.actors.countries import by_code
from gesta.resolve.layout import Layout
from gesta.resolve.places.context import home_of

HEAD = "land"
#: Chance from which the country is told; below it the event has no place.
THRESHOLD = 0.4
_PARTS = 8
_MOST = 5
#: How many countries are read, and how many toponyms back a literal one is looked for.
_COUNTRIES, _LOOK_BACK = 12, 50
#: Sentences from which a report is long, so that a country named once is hardly where it is set.
_LONG = 10


class Lands:
    """The countries of a report, with the toponyms that tell them."""

    def __init__(self, layout: Layout, places: Sequence[Place], report: Report, placed: Mapping[int, Place]) -> None:
        """``placed`` maps the triggers of events to the places that their own sentences tell."""
        self._layout = layout
        self._places = sorted((place for place in places if place.country), key=lambda place: place.span)
        #: Toponyms that may lie in a country that is not named at all.
        self._unknown = sum(place.precision is None and place.use == "literal" for place in places)
        self._starts = [place.span[0] for place in self._places]
        self._named = Counter(place.country or "" for place in self._places)
        self._literal = Counter(place.country or "" for place in self._places if place.use == "literal")
        self._own: dict[str, list[Place]] = {}
        self._beside: dict[int, list[Place]] = {}
        for place in self._places:
            self._own.setdefault(place.country or "", []).append(place)
            self._beside.setdefault(layout.sentence(place.span[0]), []).append(place)
        told = [country for country, _ in self._named.most_common(_COUNTRIES) if self._is_told(country)]
        self._ranks = {country: rank for rank, country in enumerate(told)}
        self._title = {place.country for place in self._places if place.span[0] < report.body_start}
        self._holds = Counter(place.country or "" for place in placed.values())
        self._home = home_of(report.url)
        self._filed = next((place.country for place in self._places if place.role == "dateline"), None)

    @property
    def countries(self) -> list[str]:
        """The countries that may hold an event, most named first."""
        return list(self._ranks)

    def _is_told(self, country: str) -> bool:
        """Whether more than one passing city tells the country: "talks in Geneva" set no story in Switzerland."""
        own = self._own[country]
        return len(own) > 1 or own[0].precision == "country" or own[0].role == "dateline"

    def place_of(self, draft: Draft, head: Light) -> Place | None:
        """Return the country the event is likely set in, by words that name it or a place in it, or None."""
        ranked = sorted(
            (-round(head.chance(self.features(draft, one)), 3), at) for at, one in enumerate(self.countries)
        )
        if not ranked or -ranked[0][0] < THRESHOLD:
            return None
        chance, country = -ranked[0][0], self.countries[ranked[0][1]]
        named = [place for place in self._own[country][:_LOOK_BACK] if place.precision == "country"][:1]
        told = min(
            [*self._around(country, draft.trigger.idx), *named],
            key=lambda place: (place.precision != "country", abs(place.span[0] - draft.trigger.idx), place.span),
        )
        known = by_code(country)
        return Place(
            name=known.name if known else country,
            text=told.text,
            span=told.span,
            role="event",
            use=told.use,
            basis="inferred",
            geonames_id=known.geonames_id if known else None,
            country=country,
            feature="country",
            precision="country",
            reasons=(f"no place told: the story is set in {known.name if known else country} ({chance:.2f})",),
        )

    def features(self, draft: Draft, country: str) -> list[str]:
        """Return what is read of a country against an event."""
        trigger, layout = draft.trigger, self._layout
        here, paragraph = layout.sentence(trigger.idx), layout.paragraph(trigger.idx)
        near = [layout.sentence(place.span[0]) for place in self._around(country, trigger.idx)]
        beside = self._beside.get(here, [])
        inside = any(place.country == country for place in beside)
        literal = any(place.country == country and place.use == "literal" for place in beside)
        passed = bisect_left(self._starts, trigger.idx)
        before = self._places[max(0, passed - _LOOK_BACK) : passed]
        meant = next((place for place in reversed(before) if place.use == "literal"), None)
        paragraphs = {layout.paragraph(place.span[0]) for place in self._around(country, trigger.idx)}
        rank = self._ranks[country]
        source, target = self._named_in(draft.sources), self._named_in(draft.targets)
        return [
            f"share={int(_PARTS * self._named[country] / (self._named.total() + self._unknown))}",
            f"named={min(self._named[country], _MOST)}",
            f"named in a long report={min(self._named[country], _MOST)} {layout.sentences > _LONG}",
            f"unknown={min(self._unknown, _MOST)} {min(self._named[country], _MOST)}",
            f"share of places={int(_PARTS * self._literal[country] / max(1, self._literal.total()))}",
            f"rank={min(rank, _MOST)}",
            f"countries={min(len(self._ranks), _MOST)}",
            f"only one={len(self._ranks) == 1}",
            f"first={self._places[0].country == country}",
            f"in title={country in self._title}",
            f"filed={self._filed == country} {self._filed is None}",
            f"latest={bool(before) and before[-1].country == country}",
            f"latest meant={meant is not None and meant.country == country}",
            f"in sentence={inside}",
            f"meant in sentence={literal}",
            f"in paragraph={paragraph in paragraphs}",
            f"holds={min(self._holds[country], _MOST)}",
            f"share of events={int(_PARTS * self._holds[country] / max(1, self._holds.total()))} {bool(self._holds)}",
            f"publisher={self._home == country} {self._home is None}",
            f"near={min(*(abs(one - here) for one in near), _MOST)}",
            f"type={draft.type} {inside}",
            f"source={country in source} {bool(source)} {bool(draft.sources)} {draft.type}",
            f"target={country in target} {bool(target)} {draft.type}",
            f"source and lead={country in source} {bool(source)} {rank == 0}",
            f"leads={rank == 0} {inside}",
            f"in sentence of={min(len({place.country for place in beside}), _MOST)} {inside}",
        ]

    def _named_in(self, phrases: Sequence[Phrase]) -> set[str | None]:
        """Return the countries that the words of one side name: "US sanctions" are imposed in the United States."""
        found: set[str | None] = set()
        for phrase in phrases:
            first, last = (bisect_left(self._starts, at) for at in (phrase.span.start_char, phrase.span.end_char))
            found.update(place.country for place in self._places[first:last])
        return found

    def _around(self, country: str, offset: int) -> list[Place]:
        """Return the toponyms of a country that stand last before and first after a character."""
        own = self._own[country]
        at = bisect_left(own, offset, key=lambda place: place.span[0])
        return own[max(0, at - 1) : at + 1]
