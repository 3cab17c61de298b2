"""Marks and closed classes of words that attribution reads clauses by.

Auxiliaries, articles and pronouns are few and known, so they are told by the word; the tag decides for open classes.
"""

from __future__ import annotations

from spacy.tokens import Token

QUOTE_MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "„"})
CLOSING_MARKS = frozenset({'"', "”", "''", "»", "’"})
DASHES = frozenset({"-", "–", "—"})
#: What ends a clause, and what never belongs to the edge of a content.
CLAUSE_ENDS = frozenset({",", ";", ":", ".", "–", "—"})
EDGES = CLAUSE_ENDS | DASHES | QUOTE_MARKS | frozenset({"!", "?", "...", "…", "(", ")"})
#: What parts a speaker from the words before.
BREAKS = frozenset({",", ";", ":", "—", "–"}) | CLOSING_MARKS

ARTICLES = frozenset({"a", "an", "the"})
GENITIVES = frozenset({"'s", "’s", "'", "’"})
RELATIVES = frozenset({"who", "which", "that"})
NAMED_TIMES = frozenset({"Date", "DATE", "TIME"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
BE = frozenset("be is are was were been being am 're".split())
MODALS = frozenset("could might should can must may will wo shall ca would 'd 'll".split())
NEGATIONS = frozenset("not n't n’t never neither nor".split())
PREPOSITIONS = frozenset("on in at by of for from to with during through near about over under against".split())
AUXILIARIES = BE | MODALS | frozenset("have has had having do does did 've".split())
#: Words that open a clause which only leads up to the main one: "After the raid, …", "Had the rains not come, …".
LEADS = frozenset(
    "if unless when while after before although though as since because despite had were should once".split()
)


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


def is_finite(token: Token) -> bool:
    """Whether the word makes a clause: an auxiliary, or a verb with a finite form."""
    return is_auxiliary(token) or (token.pos_ == "VERB" and "VerbForm=Fin" in str(token.morph))


def is_preposition(token: Token) -> bool:
    """Whether the word is a preposition."""
    return token.lower_ in PREPOSITIONS or token.pos_ == "ADP"


def opens_phrase(token: Token) -> bool:
    """Whether a noun phrase may begin with the word."""
    return token.pos_ in {"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "X"} or token.lower_ in ARTICLES


def is_time(token: Token) -> bool:
    """Whether the word is part of a date or time."""
    return token.ent_type_ in NAMED_TIMES
