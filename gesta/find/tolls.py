"""Tolls: how many were killed, injured, arrested, missing, displaced or took part, on the event that caused it.

A toll belongs to the cause (codebook, section 8): in "shelled the town, killing four" to the shelling, in "killed when
militants attacked" to the attack, and to the killing itself where no cause is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from spacy.tokens import Doc, Span, Token

from gesta.find.toll_cues import tells
from gesta.find.toll_mentions import Mention, participants, toll_mentions
from gesta.records import Toll

#: Types of event that can cause a toll. Others may tell of one ("mourned 20 dead"), and do not own it.
_CAUSES = {
    "killed": frozenset({"ASSAULT", "PROTEST", "COERCE"}),
    "injured": frozenset({"ASSAULT", "PROTEST", "COERCE"}),
    "arrested": frozenset({"COERCE"}),
    "missing": frozenset({"ASSAULT", "COERCE"}),
    "displaced": frozenset({"ASSAULT", "COERCE", "SANCTION"}),
    "participants": frozenset({"PROTEST", "SUPPORT"}),
}
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_WHEN = frozenset({"when", "as", "after", "while"})
_IN = frozenset({"in", "during", "by", "from", "amid", "at", "after", "to"})
_LEADING = frozenset({"leave", "cause", "lead", "result", "bring", "raise", "claim", "see", "force", "take", "cost"})
_PARTICIPLES = frozenset({"advcl", "acl", "conj", "xcomp", "dep", "parataxis", "advcl:relcl", "ccomp"})
_UPWARD = _PARTICIPLES | frozenset({"obj", "obl", "nmod", "nsubj", "nsubj:pass", "appos"})
_DEEPEST = 8


def find_tolls(doc: Doc, trigger: Token) -> tuple[Toll, ...]:
    """Return the tolls caused by the event of ``trigger``, taken as the only event of its sentence."""
    return attach_tolls(doc, [trigger]).get(trigger.i, ())


def attach_tolls(
    doc: Doc, triggers: Sequence[Token], *, types: Mapping[int, str] | None = None
) -> dict[int, tuple[Toll, ...]]:
    """Return the tolls of each trigger that has any, by ``token.i``; each toll belongs to one trigger of its sentence.

    ``types`` gives the PLOVER type by ``token.i``: with it, only events of a type that can cause a toll own it.
    """
    by_sentence: dict[int, list[Token]] = {}
    spans: dict[int, Span] = {}
    for trigger in sorted(triggers, key=lambda token: token.i):
        sent = trigger.sent
        by_sentence.setdefault(sent.start, []).append(trigger)
        spans[sent.start] = sent
    owned: dict[int, list[Mention]] = {}
    for start, inside in by_sentence.items():
        for mention in _mentions(spans[start], inside, types):
            able = {t.i: t for t in inside if types is None or types.get(t.i) in _CAUSES[mention.kind]}
            owner = _owner(mention, able, typed=types is not None)
            if owner is not None:
                owned.setdefault(owner.i, []).append(mention)
    return {i: tuple(_toll(m) for m in _latest(owned[i])) for i in sorted(owned)}


def _mentions(sent: Span, triggers: Sequence[Token], types: Mapping[int, str] | None) -> Iterator[Mention]:
    mentions = toll_mentions(sent)
    yield from mentions
    used = {m.count.span.start for m in mentions}
    for trigger in triggers:
        if types is not None and types.get(trigger.i) == "PROTEST" and trigger.pos_ == "VERB":
            mention = participants(trigger)
            if mention is not None and mention.count.span.start not in used:
                yield mention


def _toll(mention: Mention) -> Toll:
    count, whom = mention.count, mention.whom
    return Toll(
        kind=mention.kind,
        low=count.low,
        high=count.high,
        text=count.span.text,
        span=(count.span.start_char, count.span.end_char),
        whom=None if whom is None else whom.text,
        whom_span=None if whom is None else (whom.start_char, whom.end_char),
    )


def _latest(mentions: Sequence[Mention]) -> list[Mention]:
    """A running total replaces the other counts of its kind."""
    totals = {m.kind: m for m in mentions if m.total}
    return [m for m in mentions if m.kind not in totals or m is totals[m.kind]]


def _owner(mention: Mention, able: Mapping[int, Token], *, typed: bool) -> Token | None:
    cue = mention.cue
    itself = able.get(cue.i)
    if mention.kind == "participants" and not typed:
        able = {i: trigger for i, trigger in able.items() if tells(trigger, "participants")}
    # An arrest is an act of its own, not what a clash brought about; so is a flight that is told as an event, and
    # "the killing of three" names its own act.
    named = itself is not None and (mention.kind == "displaced" or cue.pos_ in {"NOUN", "PROPN"})
    own_act = mention.kind == "arrested" or named
    for cause in () if own_act else chain(_below(cue), _later(mention), _above(cue)):
        if cause.i != cue.i and cause.i in able:
            return able[cause.i]
    if itself is not None:
        return itself
    return _nearest(mention, able) if typed or len(able) == 1 else None


def _above(cue: Token) -> Iterator[Token]:
    """The clauses whose effect the cue tells: "shelled the town, killing four", "the raid in which 20 died"."""
    clause = cue
    for _ in range(_DEEPEST):
        subject = _own_subject(clause)
        if clause.head.i == clause.i:
            return
        if clause.dep_ == "acl:relcl" and (subject is None or subject.lower_ in _RELATIVE or _fronted(clause)):
            yield clause.head  # "the raid in which 20 people died"
        elif not (_effect(clause, subject) if clause is cue else clause.dep_ in _UPWARD):
            return
        clause = clause.head
        beside = clause.i > cue.i and clause.lower_.endswith("ing")  # "killing four and wounding 12": two effects
        if not beside:
            yield clause
        if clause.lemma_ in _LEADING:
            yield from (child for child in clause.children if child.dep_ == "nsubj")


def _below(cue: Token) -> Iterator[Token]:
    """Subjects and phrases of cause under the cue: "the blast killed", "killed in a raid", "died when police fired"."""
    for child in cue.children:
        if child.dep_ in {"nsubj", "obl:agent"} and child.lower_ not in _RELATIVE:
            yield child
        link = next((c.lower_ for c in child.children if c.dep_ in {"case", "mark", "advmod"}), "")
        phrase = child.dep_ in {"obl", "nmod"} and link in _IN
        if child.i > cue.i and (phrase or (child.dep_ == "advcl" and link in _WHEN)):
            yield child
            yield from (c for c in child.children if c.dep_ in {"compound", "obj", "nmod"})


def _later(mention: Mention) -> Iterator[Token]:
    """Read off the words what follows a passive cue: "were wounded when riot police opened fire"."""
    cue, linked = mention.cue, False
    if mention.count.span.start > cue.i:
        return
    for token in cue.doc[cue.i + 1 : cue.sent.end]:
        if token.text in {",", ";", "-", "–", "—"}:
            return
        linked = linked or token.lower_ in _IN | _WHEN
        if linked:
            yield token


def _own_subject(clause: Token) -> Token | None:
    return next((c for c in clause.children if c.dep_ in {"nsubj", "nsubj:pass"}), None)


def _fronted(clause: Token) -> bool:
    """ "in which 20 people died" """
    return any(c.lower_ == "which" and c.i < clause.i for c in clause.children)


def _effect(cue: Token, subject: Token | None) -> bool:
    """Whether the cue tells the effect of the clause it hangs on: ", killing four", "leaving five dead"."""
    if cue.pos_ not in {"VERB", "AUX"}:
        return True
    if cue.lower_.endswith("ing"):
        marks = {c.lower_ for c in cue.children if c.dep_ in {"mark", "case"}}
        return cue.dep_ in _PARTICIPLES and subject is None and not marks - {"by"}
    return cue.dep_ in {"xcomp", "conj"} and (subject is not None) != (cue.dep_ == "conj")


def _nearest(mention: Mention, able: Mapping[int, Token]) -> Token | None:
    """The nearest able trigger before the cue, else after it; none if the cue tells an act of its own."""
    cue = mention.cue
    subject = _own_subject(cue)
    agent = cue.pos_ == "VERB" and subject is not None and subject.dep_ == "nsubj" and subject.lower_ not in _RELATIVE
    acts = agent and subject is not None and mention.count.span.start > cue.i and subject.i < cue.i
    if acts:
        return None
    before = [t for t in able.values() if t.i < cue.i]
    after = [t for t in able.values() if t.i > cue.i]
    if before:
        return max(before, key=lambda t: t.i)
    return min(after, key=lambda t: t.i) if after else None
