"""The cues of ties and the words that turn them: ``cues.tsv`` and ``words.tsv``, Gesta's own.

``pattern`` says how a cue stands between its ends:

- ``noun``: said of one end and belonging to the other ("leader of the Front", "the Front's leader", "Front leader Ann
  Lee"); ``link`` holds the prepositions before the owner
- ``verb``: between subject and object, or the noun after the preposition in ``link``
- ``state``: a participle or adjective said of one end, with the other after a preposition ("allied with")
- ``hyphen``: a participle on a hyphen, whose ends are before it and after it ("Iran-backed militia")
- ``office``: a verb by which one takes, holds or leaves what a ``noun`` cue tells ("elected president of")

``direction`` is ``forward`` from the one it is said of (the subject, the word before the hyphen) to the other, or
``back``. ``phase`` is ``begins`` or ``ended`` where the cue itself tells that the tie does so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gesta.ontology.tables import many, read_table
from gesta.records import TIE_RELATIONS, TieRelation

LONGEST = 5
"""Words in the longest cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its lemmas, how it stands between its ends, and the tie it tells."""

    words: tuple[str, ...]
    pattern: str
    links: tuple[str, ...]
    relation: TieRelation | None
    """None for an office, which only says when another cue's tie begins or ends."""
    back: bool
    phase: str


@cache
def cues(pattern: str) -> Mapping[tuple[str, ...], tuple[Cue, ...]]:
    """Return the cues of one pattern by their lemmas, read once per process."""
    found: dict[tuple[str, ...], tuple[Cue, ...]] = {}
    for row in read_table(__package__, "cues.tsv"):
        if row["pattern"] != pattern:
            continue
        lemmas = tuple(row["cue"].split())
        relation = next((name for name in TIE_RELATIONS if name == row["relation"]), None)
        cue = Cue(lemmas, pattern, many(row["link"]), relation, row["direction"] == "back", row["phase"])
        found[lemmas] = (*found.get(lemmas, ()), cue)
    return found


@cache
def first_words(pattern: str) -> Mapping[str, tuple[Cue, ...]]:
    """Return the cues of one pattern by their first lemma, longest first."""
    found: dict[str, list[Cue]] = {}
    for some in cues(pattern).values():
        for cue in some:
            found.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(sorted(some, key=lambda cue: -len(cue.words))) for word, some in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """Return one of the lists of ``words.tsv``; ``KeyError`` if there is none of that name."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {row["name"]: frozenset(many(row["words"])) for row in read_table(__package__, "words.tsv")}


def any_of(lemmas: Sequence[str], name: str) -> bool:
    """Tell whether one of the words is in the list."""
    return not words(name).isdisjoint(lemmas)
