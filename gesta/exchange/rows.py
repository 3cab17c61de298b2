"""The flat row: one event as plain columns, for tables and maps. ``docs/exports.md`` describes every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gesta.exchange.lands import country_name, division_name
from gesta.exchange.tellings import Telling
from gesta.ontology import plover
from gesta.records import Actor, Event, Participant, Place, Report, Toll
from gesta.text import passage, settle

Value = str | int | float | bool | tuple[str, ...] | None

TOLLS = ("killed", "injured", "arrested", "missing", "displaced", "participants")

COLUMNS: tuple[str, ...] = (
    "event_id", "report_id", "ontology", "type", "mode", "modes", "contexts", "modality", "counted", "quad",
    "quad_name", "intensity", "cameo_root", "source_names", "source_actors", "source_countries", "source_sectors",
    "source_roles", "source_texts", "target_names", "target_actors", "target_countries", "target_sectors",
    "target_roles", "target_texts", "date_start", "date_end", "date_grain", "date_value", "date_basis", "date_text",
    "place_name", "place_text", "place_basis", "precision", "country", "country_name", "admin1", "admin1_name",
    "latitude", "longitude", "geonames_id", "feature", *(f"{kind}_{end}" for kind in TOLLS for end in ("low", "high")),
    "toll_texts", "count", "within", "claim_id", "speaker", "speaker_text", "stance", "certainty", "confidence",
    "trigger", "sentence", "publisher", "url", "title", "published", "published_basis", "origin", "run",
)  # fmt: skip
WORDS = frozenset(
    "source_texts target_texts date_text place_text toll_texts speaker_text trigger sentence title".split()
)
"""The columns that repeat the source's own words."""


def columns(*, without_text: bool) -> tuple[str, ...]:
    """Return the names of the columns, without those of ``WORDS`` if the sources' words are to be left out."""
    return tuple(name for name in COLUMNS if not (without_text and name in WORDS))


def flat_row(told: Telling, *, without_text: bool) -> dict[str, Value]:
    """Return the row by column, in the order of ``columns``; None where there is nothing to say.

    Text is in one line and without control characters. Lists about the sources, or about the targets, have one part
    for each of them in the same order, empty where it is not known; a list of none is None.
    """
    event = told.event
    values: dict[str, Value] = {
        **_act(event),
        **_side("source", event.sources, told.actors),
        **_side("target", event.targets, told.actors),
        **_time(event),
        **_place(event.place),
        **_tolls(event.tolls),
        **_claim(told),
        **_words(event, told.report),
        **_origin(told.report),
    }
    return {name: _settled(values[name]) for name in columns(without_text=without_text)}


def plain(text: str) -> str:
    """Return text in one line: no control or invisible characters, no space twice or at the ends."""
    if not (text.isascii() and text.isprintable()):  # most cells are, and need no settling
        text = settle(text)
    return " ".join(text.split())


def point_of(place: Place | None) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees; None where there are none, and for countries, which are no points."""
    if place is None or place.precision == "country" or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def name_of(participant: Participant, actors: Mapping[str, Actor]) -> str:
    """Return the actor's plain name, or the report's words for it if the record has no such actor."""
    actor = actors.get(participant.actor)
    return actor.name if actor else participant.text


def quad_name(event: Event) -> str | None:
    """Return the name of the quad class, such as "material conflict"; None for a type of a user's ontology."""
    return None if event.quad is None else plover().quads[event.quad]


def _settled(value: Value) -> Value:
    if isinstance(value, str):
        return plain(value) or None
    if isinstance(value, tuple):
        # None and not an empty list: QGIS tells the kind of a column by its first value.
        return tuple(plain(part) for part in value) or None
    return value


def _act(event: Event) -> dict[str, Value]:
    return {
        "event_id": event.id,
        "report_id": event.report,
        "ontology": event.ontology,
        "type": event.type,
        "mode": event.mode,
        "modes": event.modes,
        "contexts": event.contexts,
        "modality": event.modality,
        "counted": event.counted,
        "quad": event.quad,
        "quad_name": quad_name(event),
        "intensity": event.intensity,
        "cameo_root": event.cameo_root,
        "count": event.count,
        "within": event.within,
        "confidence": event.confidence,
        "run": event.run,
    }


def _side(side: str, participants: Sequence[Participant], actors: Mapping[str, Actor]) -> dict[str, Value]:
    known = [actors.get(one.actor) for one in participants]
    return {
        f"{side}_names": tuple(name_of(one, actors) for one in participants),
        f"{side}_actors": tuple(one.actor for one in participants),
        f"{side}_countries": tuple((actor and actor.country) or "" for actor in known),
        f"{side}_sectors": tuple("/".join(actor.sectors) if actor else "" for actor in known),
        f"{side}_roles": tuple(one.role or "" for one in participants),
        f"{side}_texts": tuple(one.text for one in participants),
    }


def _time(event: Event) -> dict[str, Value]:
    time = event.time
    return {
        "date_start": str(time.start) if time and time.start else None,
        "date_end": str(time.end) if time and time.end else None,
        "date_grain": time.grain if time else None,
        "date_value": time.value if time else None,
        "date_basis": time.basis if time else None,
        "date_text": time.text if time else None,
    }


def _place(place: Place | None) -> dict[str, Value]:
    latitude, longitude = point_of(place) or (None, None)
    return {
        "place_name": place.name if place else None,
        "place_text": place.text if place else None,
        "place_basis": place.basis if place else None,
        "precision": place.precision if place else None,
        "country": place.country if place else None,
        "country_name": country_name(place.country) if place else None,
        "admin1": place.admin1 if place else None,
        "admin1_name": division_name(place.admin1) if place else None,
        "latitude": latitude,
        "longitude": longitude,
        "geonames_id": place.geonames_id if place else None,
        "feature": place.feature if place else None,
    }


def _tolls(tolls: Sequence[Toll]) -> dict[str, Value]:
    """Sum the tolls of each kind, which count different people; a sum has no upper end if one of them has none."""
    values: dict[str, Value] = {}
    for kind in TOLLS:
        lows = [toll.low for toll in tolls if toll.kind == kind]
        highs = [toll.high for toll in tolls if toll.kind == kind and toll.high is not None]
        values[f"{kind}_low"] = sum(lows) if lows else None
        values[f"{kind}_high"] = sum(highs) if lows and len(highs) == len(lows) else None
    whom = [f" {toll.whom}" if toll.whom and toll.whom != toll.text else "" for toll in tolls]
    values["toll_texts"] = tuple(f"{toll.kind}: {toll.text}{of}" for toll, of in zip(tolls, whom, strict=True))
    return values


def _claim(told: Telling) -> dict[str, Value]:
    said = told.said
    actor = told.actors.get(said.actor) if said and said.actor else None
    return {
        "claim_id": told.event.claim,
        "speaker": actor.name if actor else None,
        "speaker_text": said.text if said else None,
        "stance": said.stance if said else None,
        "certainty": said.certainty if said else None,
    }


def _words(event: Event, report: Report) -> dict[str, Value]:
    trigger = next((report.text[e.start : e.end] for e in event.evidence if e.field == "trigger"), None)
    if not event.evidence:
        return {"trigger": trigger, "sentence": None}
    start, end = passage(report.text, *event.own_words)
    return {"trigger": trigger, "sentence": report.text[start:end]}


def _origin(report: Report) -> dict[str, Value]:
    return {
        "publisher": report.publisher,
        "url": report.url,
        "title": report.title,
        "published": str(report.published) if report.published else None,
        "published_basis": report.published_basis,
        "origin": report.origin,
    }
