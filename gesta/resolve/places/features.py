"""Which of GeoNames' features the index holds, and as what.

``features.tsv`` lists each class and code kept ("S.AIRP"); all others are left out, since news hardly ever means them
and there are millions (wells, farms, hotels, schools). Its ``kind`` is what ``Entry.kind`` says; its ``noun`` what a
site or region is; its ``obscure`` whether such a place is hardly ever meant unless it is known to be large: "yes",
"no", or "always" where size makes no difference (destroyed and abandoned places).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gesta.ontology.tables import read_table

CLASSES = frozenset("AHLPRSTUV")
"""GeoNames' feature classes, those included of which nothing is kept."""
SMALL = 500
"""A place with fewer inhabitants is not in the default index, unless it is a seat of administration."""
_WELL_KNOWN = 10
"""What has so many names in other languages and spellings is known beyond its neighbours, whatever it is."""


@dataclass(frozen=True, slots=True)
class Feature:
    """How one feature code is kept. ``kind`` is one of those of ``Entry``; ``noun`` is empty but for sites and regions.

    A "site" is small enough that its point is honest; a "region" (river, sea, range, desert) has none.
    """

    kind: str
    noun: str
    obscure: str

    def is_obscure(self, population: int, fame: int) -> bool:
        """Whether a place of so many inhabitants (0 if unknown) and other names is hardly ever meant."""
        if self.obscure != "yes":
            return self.obscure == "always"
        known = self.kind in {"site", "region"} and fame >= _WELL_KNOWN
        return population < SMALL and not known


@cache
def features() -> dict[str, Feature]:
    """Return the features kept, by class and code."""
    rows = read_table(__package__, "features.tsv")
    return {row["code"]: Feature(row["kind"], row["noun"], row["obscure"]) for row in rows}


@cache
def _nouns() -> dict[str, str]:
    return {code.partition(".")[2]: feature.noun for code, feature in features().items()}


def noun_of(code: str | None) -> str:
    """Return what a site or region of this feature code is: "facility", "water", "mountains" ...; "area" if unknown."""
    return _nouns().get(code or "", "") or "area"
