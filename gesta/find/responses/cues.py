"""Words that may state that one act answers another: ``cues.tsv`` lists them, the head of ``find.py`` decides.

A cue's sort says where its ends stand: it *governs* the cause ("after", "in response to"), *brings* the answer about
(a verb whose subject is the cause: "prompted"), *answers* (a verb of the one who answers: "retaliated"), *follows* (a
verb whose subject is the answer: "came after"), says what *moved* one ("angered by"), points back at what was told
(*then*: "in response", "hours later"), *names* the answer ("a reaction") or *reasons* ("the reason was"), or is a wish
that was *asked* and granted ("at the request of"). A strong one says by its meaning that something is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from gesta.ontology.tables import read_table

SORTS = ("governs", "brings", "answers", "follows", "moved", "then", "names", "reasons", "asked")
#: The name of a verb that the table does not list.
OPEN = "?"
_TIME = "<time>"
_TIMES = frozenset(
    "second minute hour day night morning afternoon evening week weekend fortnight month year dawn nightfall".split()
)
_POINTING = frozenset({"that", "this", "it"})
_COUNTS = frozenset({"NUM", "DET", "ADJ"})
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADV"})
_FIRST_VERB = {
    "brings": _VERBS,
    "answers": _VERBS,
    "names": _NOUNS,
    "reasons": _NOUNS,
    "asked": _NOUNS | {"ADP"},
    "follows": _VERBS,
    "moved": frozenset({"VERB", "ADJ"}),
}
_FUNCTION = frozenset({"case", "mark", "fixed", "advmod", "cc", "det"})
_GOVERNED = frozenset({"nmod", "obl", "acl", "obj", "ccomp", "xcomp", "advcl", "obl:agent", "nmod:poss"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it stands in a text: its words, the word that it hangs by, and the word that it governs, if any."""

    name: str
    sort: str
    strong: bool
    span: Span
    anchor: Token
    governed: Token | None

    @property
    def hub(self) -> Token:
        """The word that ways are measured from: what a bare preposition or conjunction governs, else its own root."""
        return self.governed if self.governed is not None and self.governed.i == self.anchor.head.i else self.anchor


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    sort: str
    strong: bool


class _Node:
    """What may follow the words read so far, and the entries that end here."""

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[_Entry] = []


@cache
def _root() -> _Node:
    """The cues as a tree of their words."""
    root = _Node()
    for row in read_table("gesta.find.responses", "cues.tsv"):
        words = tuple(row["cue"].split())
        node = root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.entries.append(_Entry(words, row["sort"], row["strength"] == "strong"))
    return root


def find_cues(words: Span) -> Iterator[Cue]:
    """Yield the cues of a sentence in its order; none inside a longer one."""
    doc, end = words.doc, 0
    for token in words:
        if token.i < end or token.is_space:
            continue
        best = max(_standing(token, words.end), key=lambda one: len(one.words), default=None)
        if best is not None:
            end = token.i + len(best.words)
            yield _cue(doc, best, token.i, end)
        elif (opened := _open_cue(token)) is not None:
            yield opened


def _standing(first: Token, end: int) -> Iterator[_Entry]:
    """Yield the entries whose words stand from a token on."""
    doc, nodes = first.doc, [_root()]
    if first.lower_ not in nodes[0].next and first.lemma_.lower() not in nodes[0].next and first.lemma_ not in _TIMES:
        return  # nearly every word begins no cue
    for at in range(first.i, end):
        token = doc[at]
        forms = {token.lower_, token.lemma_.lower(), *([_TIME] if token.lemma_ in _TIMES else ())}
        nodes = [node.next[form] for node in nodes for form in sorted(forms) if form in node.next]
        if not nodes:
            return
        for node in nodes:
            yield from (entry for entry in node.entries if _fits(entry, first, token))


def _open_cue(token: Token) -> Cue | None:
    """A verb that is not listed but stands where a cue would, its meaning left to its vector: "irked by the ruling"."""
    if token.pos_ != "VERB" or token.i + 1 >= len(token.doc):
        return None
    below = {child.dep_: child for child in token.children}
    if token.dep_ in {"acl", "advcl", "amod"} and token.morph.get("VerbForm", [""])[0] in {"Part", "Ger"}:
        governed = below.get("obl:agent") or below.get("obl") or below.get("obj")
        return Cue(OPEN, "moved", False, token.doc[token.i : token.i + 1], token, governed) if governed else None
    subject = below.get("nsubj")
    brought = below.get("obj") or below.get("xcomp") or below.get("obl")
    if subject is None or brought is None or subject.pos_ not in {"NOUN", "PRON", "DET"} or subject.ent_type_:
        return None
    return Cue(OPEN, "brings", False, token.doc[token.i : token.i + 1], token, None)


def _fits(entry: _Entry, first: Token, last: Token) -> bool:
    tags = _FIRST_VERB.get(entry.sort)
    if tags is not None and first.pos_ not in tags:
        return False
    return entry.words[-1] not in _POINTING or last.pos_ == "PRON"  # "because of that", but not "because of that raid"


def _cue(doc: Doc, entry: _Entry, start: int, end: int) -> Cue:
    anchor = doc[start:end].root
    governed = _governed(anchor, start, end)
    if entry.words[0] == _TIME or entry.words[-1] in {"after", "later"}:
        start = _with_count(doc, start)
    return Cue(" ".join(entry.words), entry.sort, entry.strong, doc[start:end], anchor, governed)


def _governed(anchor: Token, start: int, end: int) -> Token | None:
    """The word that a cue brings in: the head of a preposition or conjunction, or the complement of its noun."""
    if anchor.dep_ in _FUNCTION and not start <= anchor.head.i < end:
        return anchor.head
    return next((child for child in anchor.children if child.i >= end and child.dep_ in _GOVERNED), None)


def _with_count(doc: Doc, start: int) -> int:
    """Take in the words that say how much later: "a day after", "two weeks later"."""
    begin = doc[start].sent.start
    if start > begin and doc[start].lemma_ not in _TIMES and doc[start - 1].lemma_ in _TIMES:
        start -= 1
    if start > begin and doc[start].lemma_ in _TIMES and doc[start - 1].pos_ in _COUNTS:
        start -= 1
    return start
