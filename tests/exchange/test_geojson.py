"""GeoJSON as RFC 7946 has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from export_samples import CITY, FLIGHT, SHELLING, features, make_store, written
from msgspec.structs import replace

from gesta.exchange.rows import columns
from gesta.store import EventFilter


def test_a_feature_for_every_event(tmp_path: Path) -> None:
    store = make_store(tmp_path / "record")
    found = features(written(store, "geojson"))
    assert [one["id"] for one in found] == [event.id for event in store.events(EventFilter(modality="all"))]
    for one in found:
        assert set(one) == {"type", "id", "geometry", "properties"}
        assert one["type"] == "Feature"
        assert tuple(one["properties"]) == columns(without_text=False)
        assert one["properties"]["event_id"] == one["id"]


def test_longitude_comes_first_and_no_place_is_no_point(tmp_path: Path) -> None:
    found = {one["id"]: one for one in features(written(make_store(tmp_path / "record"), "geojson"))}
    assert found["e1"]["geometry"] == {"type": "Point", "coordinates": [-90.06, 29.95]}
    assert found["e2"]["geometry"] is None
    assert found["e3"]["geometry"] is None


@pytest.mark.parametrize(
    ("place", "points"),
    [
        (replace(CITY, precision="country"), 0),
        (replace(CITY, latitude=None), 0),
        (replace(CITY, latitude=0.0, longitude=0.0), 1),
        (replace(CITY, precision="province"), 1),
    ],
)
def test_a_point_only_where_one_is_known(tmp_path: Path, place: Any, points: int) -> None:
    store = make_store(tmp_path / "record", replace(SHELLING, place=place))
    (one,) = features(written(store, "geojson"))
    assert (one["geometry"] is not None) == bool(points)


def test_properties_keep_their_types(tmp_path: Path) -> None:
    found = {one["id"]: one["properties"] for one in features(written(make_store(tmp_path / "record"), "geojson"))}
    full = found["e1"]
    assert full["counted"] is True
    assert (full["killed_low"], full["killed_high"]) == (5, None)
    assert full["confidence"] == 0.75
    assert full["source_countries"] == ["NOR", ""]
    assert full["cameo_root"] == SHELLING.cameo_root
    assert full["date_start"] == "2020-01-06"
    # What no list has a part for is null: an empty array in the first row would hide from QGIS that it is a list.
    assert found["e2"]["source_names"] is None


def test_text_that_needs_escaping(tmp_path: Path) -> None:
    name = 'Qā’im "the gate" \U0001f30d \\'
    store = make_store(tmp_path / "record", replace(SHELLING, place=replace(CITY, name=name)))
    (one,) = features(written(store, "geojson"))
    assert one["properties"]["place_name"] == name


def test_a_record_without_events_is_an_empty_collection(tmp_path: Path) -> None:
    store = make_store(tmp_path / "record", replace(FLIGHT, modality="denied"))
    assert features(written(store, "geojson", modality="counted")) == []


def test_without_text_the_words_are_gone(tmp_path: Path) -> None:
    data = written(make_store(tmp_path / "record"), "geojson", without_text=True)
    assert tuple(features(data)[0]["properties"]) == columns(without_text=True)
    assert b"fishermen" not in data
