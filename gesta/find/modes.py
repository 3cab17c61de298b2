"""Modes: how the act was done, by cue words of the trigger and of the words that hang on it (codebook, section 3).

First version: a table of cues. The first cue found wins, the trigger's own before its neighbours'; a type without a
cue has no mode.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from gesta.annotate.pairs import Told
from gesta.find.drafts import Draft
from gesta.ontology.tables import read_table

_NEAREST_CLAUSE = frozenset({"conj", "parataxis", "acl:relcl", "appos"})
_DEEPEST = 3
#: Chance from which the model's word is taken.
SURE = 0.5


@cache
def _cues() -> dict[tuple[str, str, str], str]:
    """(type, where, lemma) -> mode; a lemma listed twice keeps its first mode."""
    table: dict[tuple[str, str, str], str] = {}
    for row in read_table("gesta.find", "mode_cues.tsv"):
        table.setdefault((row["type"], row["where"], row["lemma"]), row["mode"])
    return table


def find_modes(draft: Draft, told: Told) -> None:
    """Set ``draft.modes``: those the model is sure of, else the one a cue word speaks for, if any."""
    for mode, chance in told.modes.items():
        if chance >= SURE:
            draft.modes = (*draft.modes, mode)
            draft.reasons.append(f"mode {mode}: model {chance:.2f}")
    if not draft.modes:
        _by_cue(draft)


def find_contexts(draft: Draft, told: Told) -> None:
    """Set ``draft.contexts``: what the event is about, in the order of the codebook."""
    for context, chance in told.contexts.items():
        if chance >= SURE:
            draft.contexts = (*draft.contexts, context)
            draft.reasons.append(f"context {context}: model {chance:.2f}")


def _by_cue(draft: Draft) -> None:
    cues = _cues()
    trigger = draft.trigger
    own = cues.get((draft.type, "trigger", trigger.lemma_.lower()))
    if own is not None and draft.type not in {"RETREAT", "PROTEST"}:
        _decide(draft, own, trigger)
        return
    for word in _near(trigger):
        mode = cues.get((draft.type, "near", word.lemma_.lower()))
        if mode is not None:
            _decide(draft, mode, word)
            return
    if own is not None:
        _decide(draft, own, trigger)


def _decide(draft: Draft, mode: str, cue: Token) -> None:
    draft.modes = (mode,)
    draft.cues.append(("mode", cue))
    draft.reasons.append(f"mode {mode}: cue {cue.text!r}")


def _near(trigger: Token) -> list[Token]:
    """Words below the trigger in its own clause, nearest first; of a noun also the verb that carries it."""
    level = [trigger]
    found: list[Token] = []
    for _ in range(_DEEPEST):
        level = [child for word in level for child in word.children if child.dep_ not in _NEAREST_CLAUSE]
        found += level
    if trigger.pos_ in {"NOUN", "PROPN"} and trigger.dep_ in {"obj", "nsubj", "nsubj:pass"}:
        found += [
            trigger.head,
            *(c for c in trigger.head.children if c.i != trigger.i and c.dep_ in {"nsubj", "obl", "obj"}),
        ]
    return found
