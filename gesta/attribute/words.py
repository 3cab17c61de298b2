"""Marks and closed classes of words that attribution reads clauses by.

Auxiliaries, articles and pronouns are few and known, so they are told by the word; the tag decides for open classes.
"""

from __future__ import annotations

from spacy.tokens import Token

QUOTE_MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "„"})


GENITIVES = frozenset({"'s", "’s", "'", "’"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
BE = frozenset("be is are was were been being am 're".split())
MODALS = frozenset("could might should can must may will wo shall ca would 'd 'll".split())
NEGATIONS = frozenset("not n't n’t never neither nor".split())
AUXILIARIES = BE | MODALS | frozenset("have has had having do does did 've".split())


def is_auxiliary(token: Token) -> bool:
    """Whether the word is an auxiliary; "'s" only after a pronoun, else it is the genitive."""
    low = token.lower_
    if low in {"'s", "’s"}:
        return token.i > 0 and token.nbor(-1).pos_ == "PRON"
    return low in AUXILIARIES


def is_verb(token: Token) -> bool:
    """Whether the word is a verb or an auxiliary."""
    if token.pos_ == "VERB":
        return token.text not in GENITIVES
    slip = token.pos_ in {"AUX", "PART", "X", "ADJ"} and token.dep_ != "amod"  # a tagger's common slips on "died"
    return is_auxiliary(token) or (slip and token.lower_.endswith("ed"))
