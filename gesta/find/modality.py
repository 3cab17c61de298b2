"""Modality: whether an event is told as done, denied, planned, or hangs on an "if" (codebook, section 6).

Rules over the tree speak first, since their cue can be shown; where none does, the model's modality head decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from spacy.tokens import Token

from gesta.annotate.pairs import Told
from gesta.find.drafts import Draft
from gesta.records import Modality

_NEGATION = frozenset({"not", "n't", "n’t", "never", "no", "without", "neither", "nor"})
_NOBODY = frozenset({"nobody", "none"})
_IF = frozenset({"if", "unless", "provided"})
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_WOULD = frozenset({"would", "could", "might", "should", "'d", "’d"})
_MAY = frozenset({"may", "can", "might"})
_INTENT = frozenset(
    "plan intend prepare schedule vow pledge promise agree aim hope want propose decide offer expect set due".split()
)
_FORESEEING = frozenset("expect predict forecast foresee fear".split())
_LIKELY = frozenset({"likely", "unlikely", "certain"})
_DOUBT = frozenset({"allegedly", "alleged", "supposed", "supposedly", "purported", "purportedly", "suspected"})
_ASKING = frozenset(
    "urge ask call demand request order appeal press want insist invite beg tell instruct require".split()
)
_BLAMING = frozenset("accuse allege suspect blame charge".split())
#: The model's modality must be this sure to overrule "happened", by far the most frequent one; to the model, a rule's
#: must be at least this likely.
SURE, BELIEVABLE = 0.6, 0.01
#: The inner event's modality that follows from its speech act's type.
_INSIDE: dict[str, Modality] = {
    "THREATEN": "threatened", "REQUEST": "demanded", "ACCUSE": "alleged",
    "AGREE": "planned", "CONCEDE": "planned", "REJECT": "denied",
}  # fmt: skip


def find_modality(draft: Draft, told: Told) -> None:
    """Set ``draft.modality``, with the cue and the reason."""
    for modality, cue, why in _rules(draft):
        if told.modality[modality] < BELIEVABLE:
            continue
        draft.modality = modality
        draft.cues.append(("modality", cue))
        draft.reasons.append(f"modality {modality}: {why} {cue.text!r}")
        return
    best = max(told.modality, key=lambda name: told.modality[name])
    if best != "happened" and told.modality[best] >= SURE:
        draft.modality = cast(Modality, best)
        draft.reasons.append(f"modality {best}: model {told.modality[best]:.2f}")


def settle_inner(draft: Draft) -> None:
    """An event inside a speech act is never counted: it takes the modality its outer type holds."""
    if draft.within is not None and draft.modality in {"happened", "ongoing"}:
        draft.modality = _INSIDE[draft.within.type]
        draft.reasons.append(f"modality {draft.modality}: content of {draft.within.type} {draft.within.trigger.text!r}")


def carrier(trigger: Token) -> Token:
    """The verb whose negation and auxiliaries govern a nominal trigger ("did not launch an attack"); else itself."""
    if trigger.pos_ in {"NOUN", "PROPN"} and trigger.dep_ in {"obj", "nsubj:pass"} and trigger.head.pos_ == "VERB":
        return trigger.head
    return trigger


def _rules(draft: Draft) -> Iterator[tuple[Modality, Token, str]]:
    trigger = draft.trigger
    verb = carrier(trigger)
    yield from _negated(trigger, verb)
    yield from _conditional(verb)
    yield from _foreseen(verb)
    if draft.type in _INSIDE:
        return  # "will withdraw" is an AGREE that happened; its content is another event
    yield from _future(verb)
    yield from _doubted(trigger, verb)


def _negated(trigger: Token, verb: Token) -> Iterator[tuple[Modality, Token, str]]:
    for word in dict.fromkeys((trigger, verb)):
        for child in word.children:
            if child.lower_ in _NEGATION and child.dep_ in {"advmod", "det", "cc:preconj", "cc", "mark", "case"}:
                yield "denied", child, "negated by"
            if child.lower_ in _NOBODY and child.dep_.startswith("nsubj"):
                yield "denied", child, "negated by"
            if child.dep_ in {"nsubj", "nsubj:pass"}:
                for grandchild in child.children:
                    if grandchild.lower_ == "no" and grandchild.dep_ == "det":
                        yield "denied", grandchild, "negated by"


def _clause(verb: Token) -> Iterator[Token]:
    """The verb and the clauses it hangs in, up to the next that could stand alone."""
    for _ in range(6):
        yield verb
        if verb.dep_ not in {"conj", "xcomp", "advcl", "acl"} or verb.head.i == verb.i:
            return
        verb = verb.head


def _conditional(verb: Token) -> Iterator[tuple[Modality, Token, str]]:
    for clause in _clause(verb):
        for child in clause.children:
            if child.dep_ == "mark" and child.lower_ in _IF:
                yield "conditional", child, "hangs on"
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in _WOULD:
            for other in verb.children:
                if other.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _IF for c in other.children):
                    yield "conditional", child, "hangs on an if-clause, by"


def _foreseen(verb: Token) -> Iterator[tuple[Modality, Token, str]]:
    """ "Analysts expect the junta to free them", "the strike is likely to spread": foreseen, not by the doer."""
    if not any(child.lower_ == "to" and child.dep_ == "mark" for child in verb.children):
        return
    governor = verb.head
    of_others = any(child.dep_ in {"obj", "iobj"} for child in governor.children)
    if governor.lower_ in _LIKELY or (governor.lemma_ in _FORESEEING and of_others):
        yield "predicted", governor, "foreseen by"


def _future(verb: Token) -> Iterator[tuple[Modality, Token, str]]:
    for child in verb.children:
        if child.dep_ in {"aux", "aux:pass"} and child.lower_ in _WILL:
            yield "planned", child, "future by"
    governor = verb.head
    infinitive = any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.children)
    if infinitive and verb.dep_ in {"xcomp", "acl", "csubj"} and governor.lemma_ in _INTENT:
        yield "planned", governor, "intended by"
    if infinitive and governor.lemma_ in _ASKING:
        yield "demanded", governor, "asked for by"


def _doubted(trigger: Token, verb: Token) -> Iterator[tuple[Modality, Token, str]]:
    for word in dict.fromkeys((trigger, verb)):
        for child in word.children:
            if child.lower_ in _DOUBT:
                yield "alleged", child, "doubted by"
    if verb.dep_ in {"advcl", "acl", "ccomp", "obl"} and verb.head.lemma_ in _BLAMING:
        yield "alleged", verb.head, "content of"
