"""Closed sets of words that steer the reading of a phrase: ``words.tsv``, one row for each set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gesta.ontology.tables import many, read_table


@cache
def _sets() -> Mapping[str, frozenset[str]]:
    return {row["name"]: frozenset(many(row["words"])) for row in read_table(__package__, "words.tsv")}


def words(name: str) -> frozenset[str]:
    """Return the set of folded words called ``name``. ``KeyError`` if there is none."""
    return _sets()[name]
