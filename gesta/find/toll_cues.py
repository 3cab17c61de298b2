"""Cues of tolls: the words of ``tolls.tsv``, and whether what they tell really came about."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from spacy.tokens import Token

from gesta.annotate.lemmas import lemma
from gesta.ontology.tables import read_table

Kind = Literal["killed", "injured", "arrested", "missing", "displaced", "participants"]

BE = frozenset("be is are was were been being am get gets got gotten getting".split())
HAVE = frozenset("have has had having".split())
MODALS = frozenset("could would may might should can must will shall wo ca".split())
_NEGATIONS = frozenset("not n't n’t never without no nobody none neither".split())
DOUBTS = frozenset("feared presumed believed thought possibly potentially".split())
#: Verbs whose infinitive tells what was meant, not what was done.
_INTENTIONS = frozenset(
    "threaten plan vow try attempt want intend aim plot hope refuse order urge prepare conspire seek swear pledge fail "
    "likely able decline ask tell instruct wish decide agree promise need expect".split()
)
#: How far after a verb, in tokens, the other words of a cue may lie ("hacked ... to death").
_FAR = 12


class Word(NamedTuple):
    """A row of ``tolls.tsv``: how it finds its count, what kind of toll, and the words it needs beside it."""

    sort: str
    kind: str
    others: tuple[str, ...]


@cache
def _table() -> dict[str, tuple[Word, ...]]:
    table: dict[str, tuple[Word, ...]] = {}
    for row in read_table("gesta.find", "tolls.tsv"):
        word = Word(row["sort"], row["kind"], tuple(row["with"].split()))
        table[row["lemma"]] = (*table.get(row["lemma"], ()), word)
    return table


def tells(token: Token, kind: Kind) -> bool:
    """Whether the token is a cue of such a toll, as "killed" is of killed."""
    return any(word.kind == kind for word in toll_words(token))


def toll_words(token: Token) -> list[Word]:
    """What the table says of this token, where the words it needs stand beside it."""
    if token.pos_ == "PROPN":  # the month of March, a Mr Slaughter
        return []
    words = _look_up(token.lower_, token.pos_ in {"VERB", "AUX"})
    return [word for word in words if not word.others or _beside(token, word.others)] if words else []


@lru_cache(maxsize=50_000)
def _look_up(low: str, verbal: bool) -> tuple[Word, ...]:
    """Rows for a word as verb, noun or adjective; inflected verb forms are looked up whatever their tag."""
    if not low.isalpha():
        return ()
    verb = lemma(low, "VERB")
    if not verbal and (verb == low or low.endswith("s")):
        verb = ""
    noun = "" if verbal and not low.endswith("ing") else lemma(low, "NOUN")
    keys = ((verb, ("object", "subject")), (noun, ("of", "count", "total")), (low, ("state",)))
    return tuple(word for key, sorts in keys for word in _table().get(key, ()) if word.sort in sorts)


def _beside(token: Token, words: tuple[str, ...]) -> bool:
    """Whether the words follow within the clause: "shot dead", "hacked a teacher to death"."""
    end = min(token.i + _FAR, token.sent.end)
    for at in range(token.i + 1, end):
        if all(at + n < end and token.doc[at + n].lower_ == word for n, word in enumerate(words)):
            return True
        if token.doc[at].text in {",", ";", ":"}:
            return False
    return False


def unsplit(cue: Token, words: list[Word]) -> bool:
    """Whether the cue shares its count with a cue of another kind ("killed or wounded 30"), so that neither has it."""
    doc, sent = cue.doc, cue.sent
    for joint, other in ((cue.i + 1, cue.i + 2), (cue.i - 1, cue.i - 2)):
        if not sent.start <= other < sent.end or doc[joint].lower_ not in {"or", "and", "/", "and/or"}:
            continue
        kinds = {word.kind for word in toll_words(doc[other])}
        if kinds and not kinds & {word.kind for word in words}:
            return True
    return False


def negated(cue: Token) -> bool:
    for token in reversed(cue.doc[max(cue.sent.start, cue.i - 4) : cue.i]):
        if token.lower_ in _NEGATIONS:
            return not (token.lower_ in {"not", "no"} and token.nbor().lower_ in {"only", "fewer", "less"})
        if token.pos_ == "PUNCT" or token.lower_ in {"and", "but", "when", "after", "that", "which"}:
            return False
    return False


def supposed(cue: Token) -> bool:
    """Whether the cue tells of what might or was meant to happen."""
    doc, at = cue.doc, cue.i - 1
    helpers = BE | HAVE | MODALS | DOUBTS
    while at >= cue.sent.start and (doc[at].pos_ == "ADV" or doc[at].lower_ in helpers):
        if doc[at].lower_ in MODALS | DOUBTS:
            return True
        at -= 1
    if at >= cue.sent.start and doc[at].lower_ == "to":
        return bool({t.lemma_ for t in doc[max(cue.sent.start, at - 5) : at]} & _INTENTIONS)
    return False
