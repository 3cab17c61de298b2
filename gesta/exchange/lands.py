"""Plain names for the codes of countries and of their first-level divisions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gesta.ontology.tables import read_table

if TYPE_CHECKING:
    from gesta.resolve.actors.countries import Country


def country_name(code: str | None) -> str | None:
    """Return the English name of the country with this ISO 3166 alpha-3 code (or KOS); None if there is none."""
    country = _country(code)
    return country.name if country else None


def cow_number(code: str | None) -> int | None:
    """Return the Correlates of War number of the country with this code; None if it is no state of that list."""
    country = _country(code)
    return country.cow if country else None


def division_name(code: str | None) -> str | None:
    """Return the name of the first-level division with this GeoNames code (``IQ.13``); None if we do not know it."""
    return _divisions().get(code) if code else None


def _country(code: str | None) -> Country | None:
    from gesta.resolve.actors.countries import by_code  # brings spaCy along, which other commands must not wait for

    return by_code(code) if code else None


@cache
def _divisions() -> Mapping[str, str]:
    # Not named as its own package, since importing that one brings spaCy along.
    return {row["code"]: row["name"] for row in read_table("gesta", "resolve/places/divisions.tsv")}
