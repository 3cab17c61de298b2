"""Closed sets of words that coreference reads by (``words.tsv``), and given names with their gender (``given.tsv``)."""

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


@cache
def given_names() -> Mapping[str, str]:
    """Return the gender that a folded given name tells, ``male`` or ``female``; names of both are left out."""
    rows = read_table(__package__, "given.tsv")
    return {name: row["gender"] for row in rows for name in many(row["names"])}


@cache
def pronouns() -> Mapping[str, str]:
    """Return the set (he, she, it, they, i, we) of each pronoun by its word in lower case."""
    return {word: name for name in ("he", "she", "it", "they", "i", "we") for word in words(name)}
