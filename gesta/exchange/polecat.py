"""POLECAT: the 40 columns of that dataset, for scripts that read it. ``docs/exports.md`` says what cannot be told so.

Tab-separated UTF-8 without quoting; ``None`` where nothing is known; several values joined by "; ".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gesta.errors import UsageError
from gesta.exchange.csv import joined
from gesta.exchange.files import written_whole
from gesta.exchange.lands import country_name, cow_number, division_name
from gesta.exchange.rows import name_of, plain, point_of, quad_name
from gesta.exchange.tellings import Telling, tellings
from gesta.ontology import VERSION
from gesta.records import Actor, Event, Participant, Place, Report, Run
from gesta.store import EventFilter, Store

COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
WORDS = frozenset({"Actor Name Raw", "Recipient Name Raw", "Raw Placename"})
"""The columns that repeat the source's own words."""

MISSING = "None"
_TOWNS = frozenset({"city", "capital"})

Cell = str | int | float | None
Cells = dict[str, Cell]


def write_polecat(store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int:
    """Write one line an event under a line of names; the same record gives the same bytes. Returns how many events.

    ``UsageError`` if an event is of a user's ontology.
    """
    runs = {run.id: run for run in store.runs()}
    number = 0
    with written_whole(out) as stream:
        stream.write(("\t".join(COLUMNS) + "\n").encode())
        for told in tellings(store, wanted):
            cells = polecat_row(told, runs.get(told.event.run))
            hidden = WORDS if without_text else frozenset[str]()
            stream.write(
                ("\t".join(MISSING if name in hidden else _cell(cells[name]) for name in COLUMNS) + "\n").encode()
            )
            number += 1
    return number


def polecat_row(told: Telling, run: Run | None) -> Cells:
    """Return one event by column, None where POLECAT has something that we do not know."""
    event = told.event
    if event.ontology != VERSION:
        raise UsageError(
            f"event {event.id} is of the ontology {event.ontology!r}, and POLECAT has the types of PLOVER only",
            remedy="Use --format csv, geojson or jsonl.",
        )
    return {
        **_act(event),
        **_side("Actor", event.sources, told.actors),
        **_side("Recipient", event.targets, told.actors),
        **_place(event.place),
        **_story(told),
        "Version": f"Gesta {run.gesta}, {run.model}, {event.ontology}" if run else None,
    }


def _act(event: Event) -> Cells:
    return {
        "Event ID": event.id,
        "Event Date": _day(event),
        "Event Type": event.type,
        "Event Mode": joined(event.modes),
        "Intensity": event.intensity,
        "Quad Code": quad_name(event),
        "Contexts": joined(event.contexts),
    }


def _day(event: Event) -> str | None:
    """The day, if it is one: neither the publication day nor the first day of a month or week stands in for it."""
    time = event.time
    if time is None or time.basis == "bounded" or time.start is None or time.start != time.end:
        return None
    return str(time.start)


def _side(side: str, participants: Sequence[Participant], actors: Mapping[str, Actor]) -> Cells:
    """The columns of one side: a part for each of its actors, but for ``Sectors``, which has each sector once."""
    known = [actors.get(one.actor) for one in participants]
    countries = [actor.country if actor else None for actor in known]
    sectors = [actor.sectors if actor else () for actor in known]
    return {
        f"{side} Name": _aligned([name_of(one, actors) for one in participants]),
        f"{side} Country": _aligned(countries),
        f"{side} COW": _aligned([cow_number(code) for code in countries]),
        f"Primary {side} Sector": _aligned([of_one[0] if of_one else None for of_one in sectors]),
        f"{side} Sectors": joined(tuple(dict.fromkeys(sector for of_one in sectors for sector in of_one))),
        f"{side} Title": _aligned([one.role for one in participants]),
        f"{side} Name Raw": _aligned([one.text for one in participants]),
        f"Wikipedia {side} ID": None,
    }


def _place(place: Place | None) -> Cells:
    latitude, longitude = point_of(place) or (None, None)
    precision = place.precision if place else None
    name = place.name if place else None
    division = division_name(place.admin1) if place else None
    # A base near Kirkuk has the precision of the city, and is not called so.
    town = place is not None and precision == "city" and place.feature in _TOWNS
    return {
        "Placename": name,
        "City": name if town else None,
        "District": name if precision == "district" else None,
        "Province": division or (name if precision == "province" else None),
        "Country": country_name(place.country) if place else None,
        "Latitude": latitude,
        "Longitude": longitude,
        "GeoNames ID": place.geonames_id if place else None,
        "Raw Placename": place.text if place else None,
        "Feature Type": place.feature if place else None,
    }


def _story(told: Telling) -> Cells:
    report: Report = told.report
    return {
        "Source": report.publisher,
        "Publication Date": str(report.published) if report.published else None,
        "Story People": _named(told, "person"),
        "Story Organizations": _named(told, "organisation", "group"),
        "Story Locations": joined(told.places),
        "Language": report.language,
    }


def _named(told: Telling, *kinds: str) -> str:
    names = (actor.name for actor in told.actors.values() if actor.kind in kinds)
    return joined(tuple(dict.fromkeys(names)))


def _aligned(values: Sequence[str | int | None]) -> str | None:
    """Join the parts, ``None`` for one that is not known; None alone if none of them is."""
    parts = tuple("" if value is None else plain(str(value)) for value in values)
    return joined(tuple(part or MISSING for part in parts)) if any(parts) else None


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return MISSING
    # Readers disagree on whether a quotation mark opens a quoted cell, so there is none.
    return plain(value).replace('"', "'") or MISSING if isinstance(value, str) else repr(value)
