"""Divisions and districts: our own tables, joined with what a dump says of the same ones.

A first-level division is the same if its GeoNames code is ("IQ.13"), a district if division and name are. Our table
names it, in English; the dump adds its other names, its id, its point and its population.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from gesta.ontology.tables import many, number
from gesta.resolve.actors.countries import by_code
from gesta.resolve.places.names import fold, without_article
from gesta.resolve.places.rows import ALTERNATE, DISTRICT, FAMES, NAME, PROVINCE, SHORT, Row, keys_of

Table = Sequence[Mapping[str, str]]
Keys = list[tuple[str, int]]

# Latitudes and longitudes beyond these shares of a division's places are outliers (islands, wrong codes).
_TRIM = 0.05


class Areas:
    """The areas of our tables. Show it every place of a dump with ``take``, then ask for the ``rows``."""

    def __init__(self, divisions: Table, ids: Mapping[str, int], districts: Table) -> None:
        """``ids`` are the GeoNames ids of divisions that are known without a dump."""
        self._divisions = sorted(divisions, key=lambda row: row["code"])
        self._districts = sorted(districts, key=lambda row: (row["division"], row["name"]))
        self._ids = ids
        self._dumped: dict[str, tuple[Row, Sequence[str]] | None] = {row["code"]: None for row in self._divisions}
        self._wanted = {(row["division"], fold(row["name"])) for row in self._districts}
        self._present: set[tuple[str, str]] = set()

    def take(self, row: Row, names: Sequence[str]) -> bool:
        """Whether a place of a dump is a division of ours, kept here for later; a district is only noted."""
        code = row.admin1 or ""
        if row.kind == PROVINCE and code in self._dumped:
            # Of two rows with the code of one division, the earlier is as good as any.
            self._dumped[code] = self._dumped[code] or (row, names)
            return True
        if row.kind == DISTRICT:
            self._present.update(key for name in (row.name, *names) if (key := (code, fold(name))) in self._wanted)
        return False

    def rows(self, cities: Iterable[tuple[str, int, float, float]]) -> Iterator[tuple[Row, Keys]]:
        """Yield each area with its keys. ``cities`` are division, population and point, division by division."""
        inside = {code: _summed(rows) for code, rows in groupby(cities, key=lambda row: row[0]) if code in self._dumped}
        areas = [
            *(self._division(division, inside.get(division["code"])) for division in self._divisions),
            *map(self._district, self._districts),
        ]
        for ordinal, area in enumerate(filter(None, areas), start=1):
            row, keys = area
            yield row._replace(id=row.id or -ordinal), keys

    def _division(
        self, division: Mapping[str, str], inside: tuple[int, float, float] | None
    ) -> tuple[Row, Keys] | None:
        code, country = division["code"], by_code(division["code"][:2])
        if country is None:
            return None
        people, latitude, longitude = inside or (0, None, None)
        place, keys = self._ids.get(code, 0), [(fold(division["name"]), NAME)]
        keys += [(fold(name), ALTERNATE) for name in many(division["names"])]
        keys += [(bare, ALTERNATE) for key, _ in keys if (bare := without_article(key))]
        keys += [(f"{fold(short)}.", SHORT) for short in many(division["short"])]
        feature = None
        if dumped := self._dumped[code]:
            row, names = dumped
            place, people, feature = row.id, row.population or people, row.feature
            latitude, longitude = row.latitude, row.longitude
            others = keys_of(row.name, names, country.iso3)
            keys += [(key, ALTERNATE) for key, how in others if how in {NAME, ALTERNATE}]
        name = division["name"]
        return (
            Row(place, name, latitude, longitude, country.iso3, code, people, PROVINCE, 0, FAMES[PROVINCE], feature),
            keys,
        )

    def _district(self, row: Mapping[str, str]) -> tuple[Row, Keys] | None:
        code, name, country = row["division"], row["name"], by_code(row["division"][:2])
        if country is None or (code, fold(name)) in self._present:
            return None
        point, people = (number(row["latitude"]), number(row["longitude"])), int(row["population"])
        return Row(0, name, *point, country.iso3, code, people, DISTRICT, 0, FAMES[DISTRICT]), [(fold(name), NAME)]


def _summed(cities: Iterable[tuple[str, int, float, float]]) -> tuple[int, float, float]:
    """Return how many live in the places of a division, and the middle of where they lie, less the outermost."""
    rows = list(cities)
    cut = int(len(rows) * _TRIM)
    middle = []
    for values in (sorted(row[2] or 0.0 for row in rows), sorted(row[3] or 0.0 for row in rows)):
        inner = values[cut : len(values) - cut]
        middle.append(round((inner[0] + inner[-1]) / 2, 4))
    return sum(row[1] for row in rows), middle[0], middle[1]
