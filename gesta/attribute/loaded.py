"""Loaded words: those that judge whom they name ("regime", "martyrs"), flagged as the source's own.

``loaded.tsv`` is even-handed by design: it holds the words that governments, rebels and armies of every side use of
each other, blame and praise alike, and never a group's own name. A word in it says nothing of whom it is used for.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span

from gesta.ontology.tables import read_table
from gesta.records import Evidence


class _Entry(NamedTuple):
    words: tuple[str, ...]
    judges: str
    unless: str


@cache
def _table() -> dict[str, tuple[_Entry, ...]]:
    """Entries by first token, the longest first."""
    table: dict[str, list[_Entry]] = {}
    for row in read_table("gesta.attribute", "loaded.tsv"):
        words = tuple(row["words"].replace("-", " - ").split())
        table.setdefault(words[0], []).append(_Entry(words, row["judges"], row["unless"]))
    return {first: tuple(sorted(rows, key=lambda entry: -len(entry.words))) for first, rows in table.items()}


def loaded_words(doc: Doc, start: int, end: int) -> tuple[Evidence, ...]:
    """Return the loaded words among the tokens from ``start`` to ``end``; each field is "loaded" and what it judges.

    A word in a name ("Martyrs' Square", "the Axis Bank") is not the source's own choice and is left out.
    """
    found, at, table = [], start, _table()
    while at < end:
        length = 1
        for entry in table.get(doc[at].lower_, ()):
            here = doc[at : min(at + len(entry.words), end)]
            if tuple(token.lower_ for token in here) != entry.words or _in_name(here):
                continue
            if entry.unless != "compound" or not _of_rules(here):
                found.append(Evidence(field=f"loaded: {entry.judges}", start=here.start_char, end=here.end_char))
                length = len(entry.words)
                break
        at += length
    return tuple(found)


def _of_rules(words: Span) -> bool:
    """Whether a common noun right before makes it a set of rules: "a visa regime"."""
    before = words.doc[words.start - 1] if words.start > words.sent.start else None
    return before is not None and before.pos_ == "NOUN" and not before.ent_type_


def _in_name(words: Span) -> bool:
    return all(token.ent_iob_ in {"B", "I"} and token.ent_type_ != "NORP" and token.is_title for token in words)
