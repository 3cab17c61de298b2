"""What an event is compared by across reports, beside its fields: the sense and the rarer words of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc, Token

from gesta.annotate.language import readings
from gesta.annotate.model import Floats, Model
from gesta.annotate.pairs import Pairs
from gesta.link.telling import tell_apart
from gesta.records import Cause, Event, Imprint

_CONTENT = frozenset({"NOUN", "VERB", "NUM", "ADJ"})
#: Kinds of names that tell who and where; numbers and dates have fields of their own.
_NAMED = frozenset({"Person", "Organization", "Location", "Facility", "NORP", "Product", "Misc"})
#: Words kept of one sentence: a list of a hundred names is no sentence about one event.
_MOST = 24


def make_imprints(
    doc: Doc,
    events: Sequence[Event],
    *,
    model: Model,
    pairs: Pairs,
    body_start: int = 0,
    causes: Sequence[Cause] = (),
) -> tuple[Imprint, ...]:
    """Return one imprint for each event, in their order."""
    at = {token.idx: token for token in doc}
    number = {i: n for n, sentence in enumerate(readings(doc).sentences) for i in sentence.tokens.tolist()}
    meanings: dict[int, tuple[int, ...]] = {}
    words: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    happenings = tell_apart(doc, events, model.light["same"], body_start=body_start, causes=causes)
    found = []
    for event in events:
        trigger = at[event.trigger.start]
        n = number[trigger.i]
        if n not in meanings:
            sentence = readings(doc).sentences[n]
            meanings[n] = squeezed(pairs.meaning(sentence.reading.words), model.linking)
            words[n] = _words([doc[i] for i in sentence.tokens.tolist()])
        names, others = words[n]
        found.append(
            Imprint(
                event=event.id,
                report=event.report,
                happening=happenings[event.id],
                meaning=meanings[n],
                lemma=trigger.lemma_.lower(),
                names=names,
                words=others,
            )
        )
    return tuple(found)


def squeezed(meaning: Floats, weights: dict[str, Floats]) -> tuple[int, ...]:
    """Return a sentence embedding [384] in 64 whole numbers: its main axes (``train/linking.py``), -127 to 127."""
    inner = weights["axes"] @ (meaning - weights["mean"])
    scaled = np.rint(inner / max(float(np.abs(inner).max()), 1e-6) * 127)
    return tuple(int(one) for one in scaled)


def _words(tokens: Sequence[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of names and the lemmas of other content words."""
    names = {token.lower_ for token in tokens if token.ent_type_ in _NAMED and token.is_alpha and len(token) > 2}
    others = {
        token.lemma_.lower()
        for token in tokens
        if token.pos_ in _CONTENT and token.ent_type_ not in _NAMED and not token.is_stop and len(token) > 2
    }
    return tuple(sorted(names)[:_MOST]), tuple(sorted(others)[:_MOST])
