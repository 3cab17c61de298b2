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


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """The cues by their first word, the longest first."""
    found: dict[str, list[_Entry]] = {}
    for row in read_table("gesta.find.responses", "cues.tsv"):
        words = tuple(row["cue"].split())
        found.setdefault(words[0], []).append(_Entry(words, row["sort"], row["strength"] == "strong"))
    return {first: tuple(sorted(all_, key=lambda one: -len(one.words))) for first, all_ in found.items()}


def find_cues(doc: Doc) -> Iterator[Cue]:
    """Yield the cues of a text in its order; none inside a longer one."""
    entries, timed = _entries(), _entries()[_TIME]
    end = 0
    for token in doc:
        if token.i < end or token.is_space:
            continue
        found = [*entries.get(token.lower_, ())]
        if token.lemma_ != token.lower_:
            found += entries.get(token.lemma_.lower(), ())
        if token.lemma_ in _TIMES:
            found += timed
        best = max((one for one in found if _stands(one, token)), key=lambda one: len(one.words), default=None)
        if best is not None:
            end = token.i + len(best.words)
            yield _cue(doc, best, token.i, end)
        elif (opened := _open_cue(token)) is not None:
            yield opened


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


def _stands(entry: _Entry, first: Token) -> bool:
    """Whether the words of an entry stand here, in one sentence."""
    doc, tags = first.doc, _FIRST_VERB.get(entry.sort)
    if first.i + len(entry.words) > len(doc) or (tags is not None and first.pos_ not in tags):
        return False
    for word, token in zip(entry.words, doc[first.i : first.i + len(entry.words)], strict=True):
        same = token.lemma_ in _TIMES if word == _TIME else word in (token.lower_, token.lemma_.lower())
        if not same or (token.is_sent_start and token.i > first.i):
            return False
    last = doc[first.i + len(entry.words) - 1]
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
