"""Cues: the words that say that something is being said, and how surely ("said", "according to", "reportedly").

``cues.tsv`` lists them; what a claim's speaker means by it is told by ``attitude.py``. A verb that only shows the
writer's distance ("claimed") leaves the certainty alone: whose word gets which verb is the paper's choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from spacy.tokens import Span, Token

from gesta.annotate.lemmas import lemma
from gesta.attribute.words import BE, MODALS, NEGATIONS, is_auxiliary
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


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in the text: its head word, the tokens it spans, its row; a ``passive`` one has its speaker after "by"."""

    token: Token
    start: int
    end: int
    sort: Sort
    passive: bool = False


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


@cache
def _words() -> frozenset[str]:
    return frozenset(word for _, word in _table())


@lru_cache(maxsize=100_000)
def _may_cue(low: str) -> bool:
    """Whether the word can be a cue under some tag; most cannot, which spares them the rest."""
    words = _words()
    return low in words or lemma(low, "VERB") in words or lemma(low, "NOUN") in words


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


def speaks(verb: Token) -> bool:
    """Whether the verb is one of saying, whatever it carries here."""
    said = verb_lemma(verb)
    return ("verb", said) in _table() or ("quoting", said) in _table()


def find_cues(sent: Span) -> Iterator[Cue]:
    """Yield the cues of a sentence, in text order. What is not said ("did not say", "declined to say") is no cue."""
    for token in sent:
        if _may_cue(token.lower_):
            cue = _cue(token)
            if cue is not None:
                yield cue


def _cue(token: Token) -> Cue | None:
    low, pos, table = token.lower_, token.pos_, _table()
    if low == "according":
        follows = token.i + 1 < token.sent.end and token.nbor().lower_ == "to"
        return Cue(token, token.i, token.i + 2, table["phrase", low]) if follows else None
    if ("adverb", low) in table and pos in {"ADV", "ADJ"}:
        return Cue(token, token.i, token.i + 1, table["adverb", low])
    if ("adjective", low) in table and (token.dep_ == "amod" or pos == "ADJ"):
        return Cue(token, token.i, token.i + 1, table["adjective", low])
    if pos == "NOUN" and ("noun", token.lemma_) in table:
        return Cue(token, token.i, token.i + 1, table["noun", token.lemma_])
    if token.dep_ in {"amod", "compound"} and low not in _SURE:
        return None
    return _verb(token)


def _verb(token: Token) -> Cue | None:
    table, said = _table(), verb_lemma(token)
    compound = token.i > token.sent.start and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_
    if not said or compound or _unsaid(token):
        return None
    if ("seeming", said) in table:
        return Cue(token, token.i, token.i + 1, table["seeming", said])
    passive = is_passive(token)
    if (passive or token.dep_ == "acl") and ("hearsay", said) in table and _of_hearsay(token):
        return Cue(token, token.i, token.i + 1, table["hearsay", said], passive=True)
    sort = table.get(("verb", said)) or table.get(("quoting", said))
    return None if sort is None else Cue(token, token.i, token.i + 1, sort, passive)


def is_passive(verb: Token) -> bool:
    """Whether "be" stands before the verb or "by" after it: "was reported"; sought in the words, not in the tree."""
    if verb.lower_.endswith("ing"):
        return False
    if verb.i + 1 < verb.sent.end and verb.nbor().lower_ == "by":
        return True
    at, first = verb.i - 1, verb.sent.start
    while at >= first and (verb.doc[at].pos_ in {"ADV", "PART"} or verb.doc[at].lower_ == "also"):
        at -= 1
    return at >= first and verb.doc[at].lower_ in BE


def _of_hearsay(verb: Token) -> bool:
    """Whether "is said" is followed by "to have fled", or "it is said" by "that": hearsay, with no speaker."""
    after = verb.i + 1
    if after >= verb.sent.end:
        return False
    subject = verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]
    return verb.doc[after].lower_ == "to" or any(t.lower_ == "it" for t in subject)


def _unsaid(verb: Token) -> bool:
    """Whether it is not said, or not yet: "did not say", "declined to comment", "could say", "will announce"."""
    doc, at, first = verb.doc, verb.i - 1, max(verb.sent.start, verb.i - 5)
    if at >= first and doc[at].pos_ == "CCONJ" and "VerbForm=Inf" in str(verb.morph):
        return True  # "to discuss and write"
    while at >= first and (is_auxiliary(doc[at]) or doc[at].pos_ in {"ADV", "PART"} or doc[at].lower_ in NEGATIONS):
        low = doc[at].lower_
        if low in NEGATIONS or low in MODALS:
            return True
        if low == "to":
            before = doc[at - 1] if at > first else None
            return before is None or before.lower_ != "on"
        at -= 1
    return False
