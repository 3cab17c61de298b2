"""How a text uses a toponym: in its dateline, for a government that acts, or in passing.

"Baghdad rejected the offer", "Moscow's envoy" and "talks with Tehran" are about governments. The role ``actor`` is for
countries and seats of government alone: as subjects or objects of verbs that governments do, as owners of their
offices, or as parties to their relations (``verbs.tsv``). ``use_of`` tells of any toponym whether the place is meant.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span, Token

from gesta.annotate.language import has_readings, readings
from gesta.annotate.model import Model
from gesta.ontology.tables import read_table
from gesta.resolve import uses
from gesta.resolve.places.candidates import Candidate
from gesta.resolve.places.context import Mention
from gesta.resolve.uses import Use

#: Chance from which a toponym is literal.
LITERAL = 0.5
_SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
_COORDINATED = "conj"
_LONGEST_LIST = 30
_POSSESSED = "nmod:poss"
_PARTY_TO = frozenset({"nmod", "obl"})
_PARTY_CASES = frozenset({"between", "with"})


def role_of(span: Span, candidate: Candidate | None, dateline: tuple[int, int] | None) -> str:
    """Return ``dateline``, ``actor`` or ``mention``; the event stage later sets ``event``."""
    if dateline and dateline[0] <= span.start_char and span.end_char <= dateline[1]:
        return "dateline"
    acts = candidate is not None and (candidate.capital or candidate.precision == "country")
    return "actor" if acts and _acts(span) else "mention"


def use_of(mention: Mention, *, acts: bool, model: Model | None) -> Use:
    """Return whether the place itself is meant; adjectives, peoples and parts of other names never mean it."""
    if acts or mention.how != "place":
        return "associative"
    doc: Doc = mention.span.doc
    words = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if model is None or words is None or uses.HEAD not in model.light or not has_readings(doc):
        return "literal"
    chance = uses.literal_chance(model.light[uses.HEAD], readings(doc), _first_of_list(words.root))
    return "literal" if chance is None or chance >= LITERAL else "associative"


def _first_of_list(token: Token) -> Token:
    """Return the head of a list of names, which tells more of how they are used: "in Iraq, Libya and Syria"."""
    steps = 0
    while token.dep_ == _COORDINATED and token.head.ent_type_ and steps < _LONGEST_LIST:
        token, steps = token.head, steps + 1
    return token


def _acts(span: Span) -> bool:
    doc: Doc = span.doc
    if not doc.has_annotation("DEP"):
        return False
    token = span.root
    while token.dep_ == _COORDINATED and token.head.i != token.i and token.head.ent_type_:
        token = token.head
    head = token.head
    if head.i == token.i:
        return False
    if token.dep_ in _SUBJECTS:
        return _lemma(head) in _words("subject") and not _passive(head)
    if token.dep_ in _OBJECTS:
        return _lemma(head) in _words("object")
    if token.dep_ in _PARTY_TO and any(child.text.casefold() in _PARTY_CASES for child in token.lefts):
        return _lemma(head) in _words("relation")
    return token.dep_ == _POSSESSED and _lemma(head) in _words("office")


def _passive(verb: Token) -> bool:
    return any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children)


def _lemma(token: Token) -> str:
    return (token.lemma_ or token.text).casefold()


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table(__package__, "verbs.tsv") if row["use"] == use)
