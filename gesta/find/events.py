"""From an annotated text to drafts of its events: triggers, roles, modality, nesting, modes."""

from __future__ import annotations

from spacy.tokens import Doc

from gesta.annotate.language import Sentence, readings
from gesta.annotate.model import Model
from gesta.annotate.pairs import Pairs
from gesta.find.confidence import confidence
from gesta.find.counts import find_count
from gesta.find.drafts import Draft
from gesta.find.modality import find_modality
from gesta.find.modes import find_contexts, find_modes
from gesta.find.nesting import nest
from gesta.find.own import OwnModel, find_own_triggers
from gesta.find.roles import find_roles
from gesta.find.triggers import find_triggers
from gesta.ontology import plover

#: Types that are no event without a target (codebook, section 2).
_NEEDS_TARGET = frozenset(name for name, kind in plover().types.items() if kind.recipient == "yes")


def find_events(doc: Doc, model: Model, pairs: Pairs, own: OwnModel | None = None) -> list[Draft]:
    """Return the drafts of all events told in ``doc``, in text order. A text that reports no event gives none.

    With ``own``, events are those of a user's ontology; roles and modality are still read as of their PLOVER parents.
    """
    read = readings(doc)
    if own is None:
        drafts = find_triggers(doc, read, model.labels, model.light["second"])
    else:
        drafts = list(find_own_triggers(doc, read, own, pairs, model.labels))
    if not drafts:
        return []
    sentences = {int(token): sentence for sentence in read.sentences for token in sentence.tokens}
    for draft in drafts:
        fill(draft, doc, sentences[draft.trigger.i], pairs, modes=own is None)
    if own is None:
        drafts = [draft for draft in drafts if draft.targets or draft.type not in _NEEDS_TARGET]
    nest(drafts)
    for draft in drafts:
        draft.confidence = confidence(draft, model.confidence if own is None else ())
    return drafts


def fill(draft: Draft, doc: Doc, sentence: Sentence, pairs: Pairs, *, modes: bool) -> None:
    """Give a draft that has a trigger and a type its roles, modality and count, and modes and contexts if asked."""
    told = pairs.told(sentence.reading, sentence.word_of(draft.trigger.i), draft.type)
    find_roles(draft, doc, sentence, pairs)
    find_modality(draft, told)
    find_count(draft)
    if modes:
        find_modes(draft, told)
        find_contexts(draft, told)
