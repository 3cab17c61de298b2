"""Aggregates: "11 attacks within two months" is one event that stands for eleven acts (codebook, section 8)."""

from __future__ import annotations

from spacy.tokens import Span, Token

from gesta.find.drafts import Draft
from gesta.find.numbers import number_word, quantity

_TIMES = frozenset({"time", "occasion"})
_ADVERBS = {"twice": 2, "thrice": 3}
#: Nouns that count acts told by the noun after "of": "1,170 cases of rape".
_CASES = frozenset("case incident act instance round wave series count episode spate".split())


def find_count(draft: Draft) -> None:
    """Set ``draft.count`` where the text tells a number of such acts, with its words as evidence."""
    found = _of_noun(draft.trigger) if draft.trigger.pos_ in {"NOUN", "PROPN"} else _of_verb(draft.trigger)
    if found is None:
        return
    draft.count, words = found
    draft.cues.append(("count", words))
    draft.reasons.append(f"count {draft.count}: {words.text!r}")


def _of_noun(trigger: Token) -> tuple[int, Span] | None:
    """A number before a plural noun, or before what counts it."""
    noun = trigger
    of = any(child.dep_ == "case" and child.lower_ == "of" for child in trigger.children)
    if trigger.dep_ == "nmod" and of and trigger.head.lemma_.lower() in _CASES:
        noun = trigger.head
    if "Number=Plur" not in str(noun.morph):
        return None
    return _told(noun)


def _of_verb(trigger: Token) -> tuple[int, Span] | None:
    """ "Twice", "three times", "on eleven occasions"."""
    for child in trigger.children:
        if child.lower_ in _ADVERBS:
            return _ADVERBS[child.lower_], trigger.doc[child.i : child.i + 1]
        if child.lemma_.lower() in _TIMES and child.dep_.startswith("obl"):
            for number in child.children:
                told = number_word(number.lower_) if number.dep_ == "nummod" else None
                if told is not None and told >= 2:
                    return told, trigger.doc[number.i : child.i + 1]
    return None


def _told(noun: Token) -> tuple[int, Span] | None:
    """The number before a noun; vague ones ("dozens", "several") and a bare plural tell none."""
    found = quantity(noun.doc, noun)
    if found is None or found.low < 2 or found.span.end > noun.i or found.high not in {None, found.low}:
        return None
    return found.low, found.span
