"""Triggers: the words that tell of an event, with type and modality as the model sees them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Token

from gesta.annotate.language import Readings, Sentence
from gesta.annotate.light import Light
from gesta.annotate.model import Labels
from gesta.annotate.pairs import softmax
from gesta.find.drafts import OUTER, Draft
from gesta.find.second_look import CONTENT, NAMES, look_again

#: Probability of being a trigger of any type, and of the best type. On the casebook's tuning batch F1 hardly moves from
#: 0.45 to 0.7; a row is a claim, so the higher end, where fewer look-alikes count as events.
THRESHOLD, TYPE_THRESHOLD = 0.65, 0.5
#: Probability that a trigger tells a second event, of one type.
SECOND_THRESHOLD = 0.5
_SAME_EVENT = frozenset({"compound", "flat", "fixed", "compound:prt", "amod", "goeswith"})
_RESULT = frozenset("kill wound injure maim leave claim".split())
#: Types whose verb and object tell one act: "signed an agreement", "discussed in talks", "provided aid".
_JOINED = frozenset({"SUPPORT", "AGREE", "CONSULT", "COOPERATE", "AID"})
_LIGHT = frozenset("carry conduct launch stage hold make take give mount commit perform undertake begin start".split())


def find_triggers(doc: Doc, readings: Readings, labels: Labels, second: Light) -> list[Draft]:
    """Return one draft per trigger, in text order; ``second`` is the head of the second look."""
    drafts = first_look(doc, readings, labels)
    kept = list(_without_doubles(drafts))
    rows = {int(token): (sentence, row) for sentence in readings.sentences for row, token in enumerate(sentence.tokens)}
    told = [told for draft in kept for told in (draft, *_second(draft, *rows[draft.trigger.i], labels))]
    told += look_again(doc, readings, drafts, second, labels)
    return sorted(told, key=lambda draft: draft.trigger.i)


def first_look(doc: Doc, readings: Readings, labels: Labels) -> list[Draft]:
    """Return a draft for each word that the model alone is sure of, in text order."""
    drafts = []
    for sentence in readings.sentences:
        logits = sentence.reading.triggers
        if not (logits[:, 1:].max(1) > logits[:, 0] - 3).any():
            continue  # most sentences tell of no event; this spares them the softmax
        probabilities = softmax(logits)
        for row in np.flatnonzero(1 - probabilities[:, 0] >= THRESHOLD).tolist():
            token = doc[int(sentence.tokens[row])]
            best = int(probabilities[row, 1:].argmax())
            confidence = float(probabilities[row, 1 + best])
            if token.pos_ not in CONTENT or token.ent_type_ in NAMES or confidence < TYPE_THRESHOLD:
                continue
            drafts.append(
                Draft(
                    token,
                    labels.types[best],
                    confidence,
                    any_chance=float(1 - probabilities[row, 0]),
                    reasons=[f"trigger and type: model {confidence:.2f}"],
                )
            )
    return drafts


def _second(draft: Draft, sentence: Sentence, row: int, labels: Labels) -> Iterator[Draft]:
    """What else the same word tells: "will withdraw" promises, and withdraws (section 6); "jailed" by a court is both
    a verdict and the arrest that follows from it."""
    chances = softmax(sentence.reading.seconds[row])
    best = int(chances[1:].argmax())
    kind, confidence = labels.types[best], float(chances[1 + best])
    if confidence >= SECOND_THRESHOLD and kind != draft.type:
        outer = draft if draft.type in OUTER else None
        why = f"type of a second event told by {draft.trigger.text!r}: model {confidence:.2f}"
        yield Draft(draft.trigger, kind, confidence, any_chance=draft.any_chance, within=outer, reasons=[why])


def _without_doubles(drafts: list[Draft]) -> Iterator[Draft]:
    """One act is one event, however many words tell it: "air strike", "carried out a raid"."""
    by_token = {draft.trigger.i: draft for draft in drafts}
    for draft in drafts:
        token = draft.trigger
        other = by_token.get(token.head.i)
        if other is not None and other is not draft and token.dep_ in _SAME_EVENT and other.type == draft.type:
            continue
        if token.lemma_ in _LIGHT and _carries(token, by_token, draft.type):
            continue
        if draft.type in _JOINED and _told_by_its_verb(token, by_token, draft.type):
            continue
        if token.lemma_ in _RESULT and _results_from(token, by_token, draft.type):
            continue
        yield draft


def _told_by_its_verb(noun: Token, by_token: dict[int, Draft], kind: str) -> bool:
    """Whether a noun is the object of a verb that tells the same act and says more than that it took place."""
    verb = by_token.get(noun.head.i)
    told = noun.dep_ in {"obj", "nsubj:pass"} and verb is not None and verb.type == kind
    return told and noun.head.pos_ == "VERB" and noun.head.lemma_ not in _LIGHT


def _results_from(verb: Token, by_token: dict[int, Draft], kind: str) -> bool:
    """Whether a verb only tells the outcome of an act beside it: "the strike killed five", "killed in a strike"."""
    return any(
        child.dep_ in {"nsubj", "obl", "obl:agent"} and child.i in by_token and by_token[child.i].type == kind
        for child in verb.children
    )


def _carries(verb: Token, by_token: dict[int, Draft], kind: str) -> bool:
    """Whether a light verb's object (or passive subject) is itself a trigger of the same type."""
    return any(
        child.dep_ in {"obj", "nsubj:pass", "xcomp"} and child.i in by_token and by_token[child.i].type == kind
        for child in verb.children
    )
