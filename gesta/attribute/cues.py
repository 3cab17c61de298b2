"""Cues: the words that say that something is being said, and how surely ("said", "according to", "reportedly").

``cues.tsv`` lists them; what a claim's speaker means by it is told by ``attitude.py``. A verb that only shows the
writer's distance ("claimed") leaves the certainty alone: whose word gets which verb is the paper's choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from spacy.tokens import Token

from gesta.annotate.lemmas import lemma
from gesta.ontology.tables import many, read_table
from gesta.records import Certainty

_NEVER_VERBS = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "NUM", "PUNCT", "ADP", "SPACE"})
#: Forms that are verbs of saying whatever their tag: they are too common to lose to a slip of the tagger.
_SURE = frozenset({"said", "says"})


@dataclass(frozen=True, slots=True)
class Sort:
    """A row of ``cues.tsv``: what the cue takes as content, and what it says of it."""

    sort: str
    takes: frozenset[str]
    certainty: Certainty


@cache
def _table() -> dict[tuple[str, str], Sort]:
    return {
        (row["sort"], row["lemma"]): Sort(
            row["sort"],
            frozenset(many(row["takes"])),
            cast(Certainty, row["certainty"]),
        )
        for row in read_table("gesta.attribute", "cues.tsv")
    }


def verb_lemma(token: Token) -> str:
    """The lemma of a token read as a verb; empty if it is none."""
    if token.pos_ == "VERB":
        return token.lemma_
    return lemma(token.lower_, "VERB") if token.pos_ not in _NEVER_VERBS or token.lower_ in _SURE else ""


def cue_sort(token: Token) -> Sort | None:
    """Return the row of a word that is part of a cue, whatever sort its use here is; None if it is in none."""
    table = _table()
    for sort, name in (
        ("adverb", token.lower_),
        ("adjective", token.lower_),
        ("verb", verb_lemma(token)),
        ("quoting", verb_lemma(token)),
        ("seeming", verb_lemma(token)),
        ("hearsay", verb_lemma(token)),
        ("noun", token.lemma_),
        ("phrase", token.lower_),
    ):
        if (sort, name) in table:
            return table[sort, name]
    return None
