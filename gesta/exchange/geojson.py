"""GeoJSON (RFC 7946): one feature an event, with a point only where one is known, for QGIS and other maps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from gesta.exchange.files import written_whole
from gesta.exchange.rows import flat_row, point_of
from gesta.exchange.tellings import Telling, tellings
from gesta.store import EventFilter, Store


def write_geojson(store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int:
    """Write a FeatureCollection, one feature a line; the same record gives the same bytes. Returns how many events."""
    number = 0
    with written_whole(out) as stream:
        stream.write(b'{"type":"FeatureCollection","features":[')
        for told in tellings(store, wanted):
            stream.write(b",\n" if number else b"\n")
            stream.write(msgspec.json.encode(feature(told, without_text=without_text)))
            number += 1
        stream.write(b"\n]}\n")
    return number


def feature(told: Telling, *, without_text: bool) -> dict[str, Any]:
    """Return one event as a feature; its geometry is None without a point, which the standard allows (section 3.2)."""
    point = point_of(told.event.place)
    return {
        "type": "Feature",
        "id": told.event.id,
        "geometry": None if point is None else {"type": "Point", "coordinates": [point[1], point[0]]},
        "properties": flat_row(told, without_text=without_text),
    }
