"""Who is counted: a country, a sector of one, or an actor, as a user names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gesta.errors import UsageError
from gesta.ontology.plover import plover
from gesta.records import Level
from gesta.store import Store

_COUNTRY = re.compile(r"[A-Za-z]{3}")
_SECTOR = re.compile(r"([A-Za-z]{3})/([A-Za-z]{3})")


@dataclass(frozen=True, slots=True)
class Side:
    """One side: ``label`` as it is shown, and what its acts are known by. One of the three fields after it is set."""

    label: str
    country: str | None = None
    sector: str | None = None
    """With the country."""
    actors: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """What kind of side it is."""
        return "actor" if self.actors else "sector" if self.sector else "country"

    def condition(self, part: str) -> tuple[str, dict[str, Any]]:
        """Return SQL over the view ``acts`` that holds where this side is the ``part`` ("source" or "target")."""
        if self.actors:
            return f"list_contains(${part}, {part})", {part: list(self.actors)}
        if self.sector is None:
            return f"{part}_country = ${part}", {part: self.country}
        found = f"{part}_country = ${part} AND list_contains({part}_sectors, ${part}_sector)"
        return found, {part: self.country, f"{part}_sector": self.sector}


def find_side(store: Store, named: str, level: Level | None = None) -> Side:
    """Return the side that a user names: ``USA``, ``USA/MIL``, an actor's id or a part of its name.

    Three letters are a country unless ``level`` is "actor". ``UsageError`` if no actor of the record has such a name.
    """
    if level != "actor" and (match := _SECTOR.fullmatch(named)):
        country, sector = match[1].upper(), match[2].upper()
        known = plover().sectors
        if sector not in known:
            raise UsageError(f"there is no sector {sector}", remedy="One of: " + ", ".join(sorted(known)) + ".")
        return Side(f"{country}/{sector}", country=country, sector=sector)
    if level in (None, "country") and _COUNTRY.fullmatch(named):
        return Side(named.upper(), country=named.upper())
    if level in ("country", "sector"):
        what = "a country's code, as USA" if level == "country" else "a country and a sector, as USA/MIL"
        raise UsageError(f"{named!r} is not {what}", remedy="Codes are ISO 3166 alpha-3; sectors PLOVER's.")
    rows = store.query_named("actors_named", {"name": named})
    if not rows:
        raise UsageError(f"no actor of the record is called {named!r}", remedy="See gesta actors RECORD.")
    return Side(str(rows[0][1]) if len(rows) == 1 else named, actors=tuple(sorted(str(row[0]) for row in rows)))
