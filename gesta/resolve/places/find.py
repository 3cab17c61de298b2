"""``find_places``: from the names a ``Doc`` holds to places, each with its reasons and the readings passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec
from spacy.tokens import Doc

from gesta.annotate.model import Model
from gesta.records import Alternative, Place, Report, Span
from gesta.resolve.places.candidates import Candidate, initialled
from gesta.resolve.places.context import Clues, Container, Mention, Sentences, read_clues, read_mentions
from gesta.resolve.places.gazetteer import Gazetteer, shared_gazetteer
from gesta.resolve.places.names import is_facility
from gesta.resolve.places.rank import Focus, Ranked, Ranker, is_doubtful, read_focus
from gesta.resolve.places.readings import beside, read
from gesta.resolve.places.roles import role_of, use_of
from gesta.resolve.places.toponyms import find_toponyms, given_toponyms

_ALTERNATIVES = 3
_REMEMBERED = 50_000
# A facility may be placed by what follows: "the base near Kirkuk".
_JOINTS = frozenset({"in", "near", "at", "outside", "in the", ",", "in central", "in downtown", "just outside"})

_Resolved = tuple[Sequence[Ranked], tuple[str, ...]]
"""The readings of a mention, best first, and the reasons for the best."""


@dataclass(slots=True)
class _Name:
    """One name of a report with all its mentions."""

    candidates: tuple[Candidate, ...]
    mentions: list[Mention]

    @property
    def told(self) -> int:
        """How often the place is named by itself: what a name holds ("the New York Times") is no clue to where."""
        return sum(one.how == "place" for one in self.mentions)


def find_places(
    doc: Doc,
    *,
    report: Report,
    gazetteer: Gazetteer | None = None,
    model: Model | None = None,
    spans: Sequence[Span] | None = None,
) -> tuple[Place, ...]:
    """Return a place for each toponym of ``doc`` (see ``toponyms.py``), in reading order.

    ``doc`` must be made from ``report.text``; sentences and a UD tree are used if it has them (the role "actor" needs
    the tree). ``gazetteer`` is the default one unless given. ``model`` is what read the ``Doc``: it tells literal from
    associative use, and without it only what the tree and the kind of name say. ``spans``, in characters, are the
    toponyms to resolve where others have found them; those that are no words of the ``Doc`` are left out. A toponym
    that is not in the index comes back with its name and text alone. ``ValueError`` if the ``Doc`` is of another text.
    """
    text = report.text
    if len(doc) and doc[-1].idx + len(doc[-1].text_with_ws) != len(text):
        raise ValueError("the doc was not made from report.text, so spans would point at other words")
    gazetteer = shared_gazetteer() if gazetteer is None else gazetteer
    sentences = Sentences(doc)
    toponyms = find_toponyms(doc, text, gazetteer) if spans is None else given_toponyms(doc, text, spans)
    mentions = read_mentions(toponyms, text, sentences, gazetteer)
    if not mentions:
        return ()
    names = _by_name(mentions, gazetteer)
    clues = _with_dateline(read_clues(doc, report, sentences), mentions, names)
    for key, name in names.items():
        name.candidates = (*initialled(key, clues.countries), *name.candidates)
    # Twice, so that what the first reading settles helps the doubtful ones.
    focus = Focus(clues.countries, {}, {}, frozenset())
    for _ in range(2):
        readings = {key: (_rank(key, name, clues, focus), name.told) for key, name in names.items() if name.told}
        focus = read_focus(clues, readings)
    return _Resolver(names, clues, focus, text, model).places(mentions)


class _Resolver:
    """Turns the mentions of one report into places, once its focus is known."""

    def __init__(self, names: dict[str, _Name], clues: Clues, focus: Focus, text: str, model: Model | None) -> None:
        self._names, self._clues, self._focus, self._text, self._model = names, clues, focus, text, model
        self._done: dict[tuple[str, tuple[Container, ...]], _Resolved] = {}

    def places(self, mentions: Sequence[Mention]) -> tuple[Place, ...]:
        """Return one place for each mention."""
        resolved = [self._resolve(mention) for mention in mentions]
        for at, mention in enumerate(mentions[:-1]):
            if not resolved[at][0] or resolved[at][0][0].candidate.precision == "site":
                resolved[at] = self._beside(mention, mentions[at + 1], resolved[at + 1][0]) or resolved[at]
        return tuple(
            self._place(mention, ranked, why) for mention, (ranked, why) in zip(mentions, resolved, strict=True)
        )

    def _resolve(self, mention: Mention) -> _Resolved:
        name = self._names[mention.name]
        key = (mention.name, mention.containers or _told(name))
        if key not in self._done:
            ranker = _ranker(mention.name, name, key[1], self._clues, self._focus)
            ranked = ranker.rank(name.candidates)
            self._done[key] = ranked, ranker.explain(ranked[0]) if ranked else ()
        return self._done[key]

    def _beside(self, mention: Mention, following: Mention, ranked: Sequence[Ranked]) -> _Resolved | None:
        """Place a facility by the city named right after it."""
        whole = mention.span.end_char  # with the "base" of "K-1 base"
        end = whole if mention.end <= whole <= following.start else mention.end
        joint = self._text[end : following.start].strip().casefold()
        if not ranked or joint not in _JOINTS or not (mention.facility or is_facility(mention.name)):
            return None
        city = ranked[0].candidate
        one = beside(mention.name, city)
        return ([Ranked(one, ranked[0].score, ())], one.why) if one else None

    def _place(self, mention: Mention, ranked: Sequence[Ranked], why: tuple[str, ...]) -> Place:
        guess = bool(ranked) and is_doubtful(ranked)
        best = ranked[0].candidate if ranked and not guess else None
        others = ranked[0 if guess else 1 :][:_ALTERNATIVES]
        role = role_of(mention.span, best, self._clues.dateline)
        place = Place(
            name=mention.name or mention.text,
            text=mention.text,
            span=(mention.start, mention.end),
            role=role,
            use="literal" if role == "dateline" else use_of(mention, acts=role == "actor", model=self._model),
            alternatives=tuple(_alternative(one) for one in others),
            reasons=("too little known to be meant without a clue",) if guess else ("not in the gazetteer",),
        )
        return _filled(place, best, why) if best else place


def _filled(place: Place, best: Candidate, why: tuple[str, ...]) -> Place:
    return msgspec.structs.replace(
        place,
        name=best.name,
        geonames_id=best.geonames_id,
        latitude=best.latitude,
        longitude=best.longitude,
        country=best.country,
        admin1=best.admin1,
        feature=best.feature,
        precision=best.precision,
        reasons=why,
    )


@lru_cache(maxsize=_REMEMBERED)
def _read(name: str, gazetteer: Gazetteer, facility: bool) -> tuple[Candidate, ...]:
    return read(name, gazetteer, facility=facility)


def _by_name(mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[str, _Name]:
    facilities = {one.name for one in mentions if one.facility}
    names: dict[str, _Name] = {}
    for mention in mentions:
        held = names.get(mention.name)
        if held is None:
            facility = mention.name in facilities
            candidates = _read(mention.name, gazetteer, facility) or _read(mention.text, gazetteer, facility)
            held = names[mention.name] = _Name(candidates, [])
        held.mentions.append(mention)
    return names


def _with_dateline(clues: Clues, mentions: Sequence[Mention], names: dict[str, _Name]) -> Clues:
    """Add the country a report was filed from, if its dateline names a place that can be read."""
    if clues.dateline is None:
        return clues
    start, end = clues.dateline
    filed = (names[one.name].candidates for one in mentions if start <= one.start and one.end <= end)
    return replace(clues, filed_from=next((found[0].country for found in filed if found), None))


def _told(name: _Name) -> tuple[Container, ...]:
    """Return what another mention of the name says it lies in: "Paris, Texas" first, "Paris" later."""
    return next((one.containers for one in name.mentions if one.containers), ())


def _ranker(key: str, name: _Name, containers: tuple[Container, ...], clues: Clues, focus: Focus) -> Ranker:
    return Ranker(key, containers, [one.sentence for one in name.mentions], clues, focus)


def _rank(key: str, name: _Name, clues: Clues, focus: Focus) -> Sequence[Ranked]:
    return _ranker(key, name, _told(name), clues, focus).rank(name.candidates)


def _alternative(ranked: Ranked) -> Alternative:
    one = ranked.candidate
    return Alternative(geonames_id=one.geonames_id, name=one.name, country=one.country, score=ranked.score)
