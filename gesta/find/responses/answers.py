"""The events of a response: the one a word tells, or one that it is taken to tell because it plainly answers."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from gesta.annotate.language import Readings
from gesta.annotate.model import Model
from gesta.annotate.pairs import Pairs
from gesta.find.confidence import confidence
from gesta.find.drafts import Draft
from gesta.find.events import fill
from gesta.find.nesting import nest
from gesta.find.responses.words import Word

#: The chance of a response from which its answer is an event, and what the word must have by itself.
SURE, ALMOST = 0.6, 0.1
#: How a word hangs on another that tells the same act: "imposed sanctions", "staged a protest".
_BESIDE = frozenset({"obj", "xcomp", "nsubj:pass", "compound", "amod", "compound:prt"})


def event_at(word: Word, drafts: Sequence[Draft]) -> Draft | None:
    """Return the event that a word tells, or that the word beside it tells for both."""
    token, beside = word.token, None
    for draft in drafts:
        trigger = draft.trigger
        if trigger.i == token.i:
            return draft
        under = trigger.i == token.head.i and token.dep_ in _BESIDE
        over = trigger.head.i == token.i and trigger.dep_ in _BESIDE
        if beside is None and (under or over) and draft.type == word.type:
            beside = draft
    return beside


def answer_of(
    word: Word, doc: Doc, read: Readings, model: Model, pairs: Pairs, *, among: Sequence[Draft]
) -> Draft:  # fmt: skip
    """Return the event of a word that by itself would be too unsure to be one. It may lack a target."""
    sentence = next(one for one in read.sentences if word.token.i in one.tokens)
    why = f"trigger and type: model {word.chance:.2f}, told as an answer"
    draft = Draft(word.token, word.type, word.chance, any_chance=word.chance, reasons=[why])
    fill(draft, doc, sentence, pairs, modes=True)
    nest([draft], among=[*among, draft])
    draft.confidence = confidence(draft, model.confidence)
    return draft
