"""Whether a tie holds, held or is only thought of: negation, doubt, "former", and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from spacy.tokens import Doc, Token

from gesta.records import Time
from gesta.resolve.ties.drafts import Certainty
from gesta.resolve.ties.lexicon import words

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly"})
_ENDING = frozenset({"until", "till", "through"})
_CONTROLLED = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj", "conj"})
_DENYING = frozenset({"deny", "refute", "disavow"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Status:
    """How a tie is told. ``real`` is False where nothing says that it ever held."""

    real: bool = True
    negated: bool = False
    ended: bool = False
    certainty: Certainty = "certain"


def status_of(predicate: Token) -> Status:
    """Read the status of a clause off its head and the clauses it hangs in."""
    negated = ended = False
    certainty: Certainty = "certain"
    for child in predicate.children:
        word = child.lower_
        if word in _NEGATIONS and child.dep_ in {"advmod", "det", "cc", "cc:preconj", "mark"}:
            negated = True
        if child.dep_ in {"aux", "aux:pass"} and word in words("irreal"):
            return Status(real=False)
        if child.dep_ == "advmod" and word in words("maybe"):
            certainty = "possible"
        if child.dep_ == "advmod" and word in words("past"):
            ended = True
        if child.dep_ == "advmod" and word == "longer":
            negated, ended = False, True
    if predicate.sent.text.rstrip().endswith("?"):
        return Status(real=False)
    if ended and negated and any(child.lower_ == "longer" for child in predicate.children):
        negated = False
    return _above(predicate, Status(True, negated, ended, certainty))


def _above(predicate: Token, status: Status) -> Status:
    """Turn a status by what the clause hangs in: "if", "wants to", "is believed to"."""
    clause = predicate
    for _ in range(_DEEPEST):
        if any(c.dep_ == "mark" and c.lower_ in words("hypothetical") for c in clause.children):
            return Status(real=False)
        if clause.dep_ not in _CONTROLLED or clause.head.i == clause.i:
            return status
        head = clause.head
        infinitive = any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
        if infinitive and clause.dep_ != "conj":
            if head.lemma_ in words("wanting") or head.pos_ == "NOUN" or clause.dep_ == "advcl":
                return Status(real=False)
            if head.lower_ in words("maybe"):
                status = Status(status.real, status.negated, status.ended, "possible")
            if head.lemma_ == "use":
                status = Status(status.real, status.negated, True, status.certainty)
        if clause.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubj:pass"} for c in clause.children):
            return status
        clause = head
        if any(c.dep_ == "aux" and c.lower_ in words("irreal") for c in clause.children) and infinitive:
            return Status(real=False)
    return status


def denies(predicate: Token) -> bool:
    """Tell whether a clause hangs on a verb of denying ("denied being a member", "denies that they are")."""
    return predicate.dep_ in {"ccomp", "xcomp", "advcl", "obj"} and predicate.head.lemma_ in _DENYING


@dataclass(frozen=True, slots=True)
class Dates:
    """The time expressions of a report with their tokens."""

    items: tuple[tuple[Time, Token, int], ...]
    published: date | None = None

    @classmethod
    def of(cls, doc: Doc, times: Sequence[Time], published: date | None) -> Dates:
        """Find each time's head word and first token."""
        found = []
        for time in times:
            span = doc.char_span(*time.span, alignment_mode="expand") if time.span else None
            if span is not None:
                found.append((time, span.root, span.start))
        return cls(tuple(found), published)

    def held(self, anchors: Sequence[Token], phase: str) -> tuple[Time | None, bool]:
        """Return the time that hangs on one of the words, as the interval in which the tie held, and if it is over.

        ``phase`` is that of the cue: what one joins in 2014 holds since, what one leaves then held until then.
        """
        heads = {anchor.i for anchor in anchors}
        for time, root, first in self.items:
            if time.kind != "DATE" or time.value.endswith("_REF"):
                continue
            governor = root.head if root.head.i != root.i else root
            by = {child.lower_ for child in root.children if child.dep_ == "case"}
            if first:
                by.add(root.doc[first - 1].lower_)
            if governor.i not in heads and not (governor.head.i in heads and governor.dep_ in {"obl", "nmod"}):
                continue
            if governor.i not in heads:
                by |= {child.lower_ for child in governor.children if child.dep_ == "case"}
            return self._interval(time, by, phase)
        return None, False

    def _interval(self, time: Time, by: set[str], phase: str) -> tuple[Time, bool]:
        if by & _ENDING:
            return msgspec.structs.replace(time, start=None), True
        if phase == "begins" or "since" in by:
            return msgspec.structs.replace(time, end=None), False
        if phase == "ended":
            return msgspec.structs.replace(time, start=None), True
        # "from 1977 to 1992", "the 1980-88 war": both ends are told, and the later one lies behind.
        bounded = ("from" in by or "/" in time.value) and time.start is not None and time.end is not None
        return time, bounded and (self.published is None or time.end is None or time.end <= self.published)


def until(predicate: Token) -> bool:
    """Tell whether the clause is bounded by "until" ("led the union until his death")."""
    return any(
        child.dep_ in {"case", "mark"} and child.lower_ in {"until", "till"}
        for dependent in predicate.children
        if dependent.dep_ in {"obl", "nmod", "advcl"}
        for child in dependent.children
    )
