"""Toponyms against GeoWebNews: found, told apart by use, and put where they lie."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from gesta.annotate.model import Model
from gesta.evaluate.coder import Progress, silent
from gesta.evaluate.geowebnews import PlacedText, Toponym, read_geowebnews
from gesta.evaluate.halves import Half
from gesta.evaluate.score import Row, Score, compare, share
from gesta.records import Place, Report
from gesta.resolve.actors.countries import countries
from gesta.resolve.places.candidates import listed
from gesta.resolve.places.find import find_places
from gesta.resolve.places.gazetteer import Entry, Gazetteer

#: How far from the gold point a place may lie and still be right, as the field measures it: a hundred miles.
NEAR_KM = 161.0
#: What the index holds; continents come from a table of ours and have a row of their own.
_HELD = frozenset({"country", "province", "district", "city", "site"})
_EARTH_KM = 6371.0


class Coder(Protocol):
    """Has ``nlp``, ``model`` and ``gazetteer``."""

    nlp: Language
    model: Model
    gazetteer: Gazetteer


@dataclass(frozen=True, slots=True)
class Resolved:
    """A gold toponym with the place that was made of its words, None if none was, and what the index knows of it."""

    gold: Toponym
    place: Place | None
    kind: str
    """What the gold one is, as far as the index knows: country, province, district, city, region or unknown."""
    country: str | None
    admin1: str | None = None


def places(
    path: Path | str, *, coder: Coder, half: Half = "all", peers: bool = False, progress: Progress = silent
) -> Score:
    """Score toponyms of GeoWebNews (see ``read_geowebnews`` for ``path`` and ``half``).

    Recognition counts exact spans of all its toponyms, literal and associative. Resolution is measured on gold spans
    whose GeoNames id the index holds: the right country, and the place: a country or division as such, any other
    within 161 km (a part of a division, as such, is right too). ``end to end`` counts literal toponyms with a gold
    point that were found with their exact words and put right. ``peers`` adds what always taking the most populous
    place of the name would give.
    """
    found_of, given_of = [], []
    articles = list(read_geowebnews(Path(path), half=half))
    for done, article in enumerate(articles, start=1):
        doc = coder.nlp(article.text)
        report = Report(text=article.text, url=article.url)
        found_of.append(find_places(doc, report=report, gazetteer=coder.gazetteer, model=coder.model))
        given_of.append(_given(doc, article, report, coder))
        progress(done, len(articles))
    recognised, literal, uses = _recognition(articles, found_of)
    given = [_resolved(gold, place, coder.gazetteer) for a, at in zip(articles, given_of, strict=True)
             for gold, place in _matched(a.toponyms, at)]  # fmt: skip
    own = [_resolved(gold, place, coder.gazetteer) for a, at in zip(articles, found_of, strict=True)
           for gold, place in _matched(a.toponyms, at)]  # fmt: skip
    figures = {**recognised.figures("toponyms "), "literal toponyms F1": literal.f1, "use of those found": uses}
    figures |= _resolution(given) | _end_to_end(own)
    counts = {"articles": len(articles), "toponyms": recognised.gold, "literal toponyms": literal.gold}
    counts |= _coverage(given)
    rows = [recognised, literal, *_by_kind(given), *_by_type(articles, found_of)]
    if peers:
        rows += _most_populous(given, coder.gazetteer)
    notes = (f"the {half} half",) if half != "all" else ()
    return Score("places", str(path), figures, counts, tuple(rows), notes)


def _given(doc: Doc, article: PlacedText, report: Report, coder: Coder) -> tuple[Place, ...]:
    """Resolve the gold toponyms themselves, so that finding and resolving are measured apart."""
    return find_places(
        doc,
        report=report,
        gazetteer=coder.gazetteer,
        model=coder.model,
        spans=[(one.start, one.end) for one in article.toponyms],
    )


def _matched(gold: Sequence[Toponym], found: Sequence[Place]) -> list[tuple[Toponym, Place | None]]:
    by_span = {place.span: place for place in found}
    return [(one, by_span.get((one.start, one.end))) for one in gold]


def _recognition(articles: Sequence[PlacedText], found: Sequence[Sequence[Place]]) -> tuple[Row, Row, float]:
    """Rows of all and of the literal toponyms, and the share of those found whose use is right."""
    gold = {(a.number, t.start, t.end): t.use for a in articles for t in a.toponyms}
    ours = {(a.number, *p.span): p.use for a, some in zip(articles, found, strict=True) for p in some}
    both = gold.keys() & ours.keys()
    every = compare(set(gold), set(ours), group="toponyms", name="all")
    literal = compare(
        {key for key, use in gold.items() if use == "literal"},
        {key for key, use in ours.items() if use == "literal"},
        group="toponyms",
        name="literal",
    )
    return every, literal, share(sum(gold[key] == ours[key] for key in both), len(both))


def _resolved(gold: Toponym, place: Place | None, gazetteer: Gazetteer) -> Resolved:
    kind, country, admin1 = _known(gold.geonames_id, gazetteer)
    return Resolved(gold, place, kind, country, admin1)


def _known(geonames_id: int | None, gazetteer: Gazetteer) -> tuple[str, str | None, str | None]:
    """What the index knows of a GeoNames id: its kind, its country and its first-level division."""
    if geonames_id is None:
        return "no id", None, None
    country = _country_ids().get(geonames_id)
    if country:
        return "country", country, None
    region = next((one for one in listed().values() if one.geonames_id == geonames_id), None)
    if region:
        return "region", region.country, None
    entry = gazetteer.place(geonames_id)
    return (entry.kind, entry.country, entry.admin1) if entry else ("unknown", None, None)


def _country_ids() -> dict[int, str]:
    return {one.geonames_id: one.iso3 for one in countries().values() if one.geonames_id}


def _right(one: Resolved) -> bool:
    """Whether the toponym was put right: countries and divisions as such, any other within 161 km."""
    place, gold = one.place, one.gold
    if place is None:
        return False
    if one.kind == "country":
        return place.precision == "country" and place.country == one.country
    if place.geonames_id is not None and place.geonames_id == gold.geonames_id:
        return True
    if one.kind == "region":
        return False
    if one.kind == "province":
        # "South Florida", of which the gold words are "Florida", is a part of it without a point.
        return place.precision in ("province", "region") and place.admin1 == one.admin1
    return _near(place, gold)


def _near(place: Place, gold: Toponym) -> bool:
    if place.latitude is None or place.longitude is None or gold.latitude is None or gold.longitude is None:
        return False
    return kilometres(place.latitude, place.longitude, gold.latitude, gold.longitude) <= NEAR_KM


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance between two points in degrees."""
    one, two = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    half = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _resolution(given: Sequence[Resolved]) -> dict[str, float]:
    """Figures over the gold toponyms that the index holds."""
    held = [one for one in given if one.kind in _HELD]
    in_country = [one for one in held if one.country]
    distances = [_distance(one) for one in held if one.kind not in ("country", "province")]
    return {
        "held by the index": share(len(held), sum(one.kind != "no id" for one in given)),
        "country right": share(sum(map(_in_its_country, in_country)), len(in_country)),
        "place right": share(sum(map(_right, held)), len(held)),
        "place right, countries": _share_of(held, {"country"}),
        "place right, provinces": _share_of(held, {"province"}),
        "place right, other places": _share_of(held, {"city", "district", "site"}),
        "within 20 km, other places": share(sum(distance <= 20 for distance in distances), len(distances)),
    }


def _in_its_country(one: Resolved) -> bool:
    return one.place is not None and one.place.country == one.country


def _distance(one: Resolved) -> float:
    place, gold = one.place, one.gold
    if place is None or place.latitude is None or place.longitude is None or gold.latitude is None:
        return math.inf
    return kilometres(place.latitude, place.longitude, gold.latitude, gold.longitude or 0.0)


def _share_of(held: Iterable[Resolved], kinds: set[str]) -> float:
    some = [one for one in held if one.kind in kinds]
    return share(sum(map(_right, some)), len(some))


def _end_to_end(own: Sequence[Resolved]) -> dict[str, float]:
    """Share of all literal toponyms with a gold point that were found by their exact words and put right."""
    literal = [one for one in own if one.gold.use == "literal" and one.gold.latitude is not None]
    return {"end to end, literal": share(sum(_right(one) or _at(one) for one in literal), len(literal))}


def _at(one: Resolved) -> bool:
    return one.place is not None and _near(one.place, one.gold)


def _coverage(given: Sequence[Resolved]) -> dict[str, int]:
    """How many toponyms the index does not hold, by what their own words say they are."""
    counts = {"toponyms with a GeoNames id": sum(one.kind != "no id" for one in given)}
    for one in given:
        if one.kind == "unknown":
            name = f"not held: {_guess(one)}"
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def _guess(one: Resolved) -> str:
    """What kind of place the index lacks, as far as its words and what we made of them tell."""
    place = one.place
    if place is not None and place.latitude is not None and _near(place, one.gold):
        return f"held under another id ({place.precision})"
    if place is not None and place.precision in ("country", "province", "district", "region"):
        return f"read as {place.precision}"
    return "not found" if place is None or place.precision is None else f"read as {place.precision}"


def _by_kind(given: Sequence[Resolved]) -> list[Row]:
    rows = []
    for kind in ("country", "province", "district", "city", "region"):
        some = [one for one in given if one.kind == kind]
        told = sum(one.place is not None and one.place.precision is not None for one in some)
        rows.append(Row("resolved", kind, sum(map(_right, some)), told, len(some)))
    return rows


def _by_type(articles: Sequence[PlacedText], found: Sequence[Sequence[Place]]) -> list[Row]:
    """Recall of each type of the set's taxonomy; what was found has no type, so precision says nothing."""
    rows = []
    spans = [{place.span for place in some} for some in found]
    for kind in sorted({one.type for article in articles for one in article.toponyms}):
        gold = [
            ((t.start, t.end) in s) for a, s in zip(articles, spans, strict=True) for t in a.toponyms if t.type == kind
        ]
        rows.append(Row("type", kind, sum(gold), sum(gold), len(gold)))
    return rows


def _most_populous(given: Sequence[Resolved], gazetteer: Gazetteer) -> list[Row]:
    """The baseline of the field: of all places of that name, the one with most people."""
    held = [one for one in given if one.kind in ("city", "district", "province")]
    right = 0
    for one in held:
        entries = sorted(gazetteer.lookup(one.gold.text), key=_people)
        if entries:
            right += _right(replace(one, place=_place_of(entries[-1])))
    ours = sum(map(_right, held))
    return [
        Row("cities and divisions put right", "this coder", ours, len(held), len(held)),
        Row("cities and divisions put right", "most populous of the name", right, len(held), len(held)),
    ]


def _place_of(entry: Entry) -> Place:
    return Place(
        name=entry.name,
        text=entry.name,
        span=(0, 0),
        geonames_id=entry.geonames_id,
        latitude=entry.latitude,
        longitude=entry.longitude,
        country=entry.country,
        admin1=entry.admin1,
        precision=entry.kind,
    )


def _people(entry: Entry) -> tuple[int, int]:
    return entry.population, -(entry.geonames_id or 0)
