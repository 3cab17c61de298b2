"""Nouns that say what somebody is: ``nouns.tsv``, Gesta's own, written after the sectors of PLOVER.

``traits`` tell how a noun behaves, any of:

- ``state``: an organ of a state, so the country that a report is about may be supplied
- ``office``: a title that one person holds
- ``holder``: takes the sector of what it belongs to ("rebel commander", "head of the union"); its own is the default
- ``voice``: speaks for a body, which is the actor ("spokesman", "envoy"); a holder too
- ``crowd``: takes the sector of those it is made of ("student protesters")
- ``organisation``, ``group``: kind of the actor where its sector does not tell
- ``label``: says nothing about conduct inside a proper name ("the Popular Front")
- ``family``: ELI where the relative is an official
- ``relation``: one whose ties are not an owner's ("allies of Norland" are not Norland)
- ``quantity``: the actor is what it is a quantity of
- ``place``: a thing or place that can be struck
- ``militia``: REB, or PRM where the text has it fight for the government
- ``honorific``: no office; ``short``: a title only before a name; ``bare``: as a modifier it means something else;
  ``loaded``: a judgement of the source
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gesta.annotate.lemmas import lemma
from gesta.ontology.tables import many, read_table
from gesta.resolve.actors.spelling import fold

LONGEST = 4
"""Words in the longest entry."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of one or more words, its sectors and its traits. ``country`` is an international code such as NGO."""

    text: str
    sectors: tuple[str, ...]
    country: str | None
    traits: frozenset[str]

    def has(self, *traits: str) -> bool:
        """Tell whether the noun has any of the traits."""
        return not self.traits.isdisjoint(traits)


@cache
def nouns() -> Mapping[str, Noun]:
    """Return every noun by its lemmas, read once per process. ``ValueError`` if two entries share them."""
    table: dict[str, Noun] = {}
    for row in read_table(__package__, "nouns.tsv"):
        sectors = tuple(sector for sector in (row["sector"], row["second"]) if sector)
        noun = Noun(row["noun"], sectors, row["country"] or None, frozenset(many(row["traits"])))
        if table.setdefault(lemmas(fold(noun.text).split()), noun) is not noun:
            raise ValueError(f"{noun.text!r} is twice in nouns.tsv")
    return table


def lemmas(words: Sequence[str]) -> str:
    """Return folded words as one key of noun lemmas: "armed forces" is "armed force"."""
    return " ".join([_lemma(word) for word in words])


@lru_cache(maxsize=65536)
def _lemma(word: str) -> str:
    return lemma(word, "NOUN")
