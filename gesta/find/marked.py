"""A marked pair: which event type links this source to this target, in one pass and without markers in the text."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from gesta.annotate.language import readings
from gesta.annotate.model import Reading
from gesta.annotate.pairs import Chances, Pairs, Side
from gesta.errors import UsageError
from gesta.find.paths import distance, paths, turned
from gesta.records import Span


def relate(nlp: Language, pairs: Pairs, sentence: str, *, source: Span, target: Span) -> Chances:
    """Return what the model says of two phrases, given as offsets into ``sentence``.

    ``UsageError`` if a phrase holds no word.
    """
    given = [token for token in nlp.make_doc(sentence) if not token.is_space]
    doc = nlp(Doc(nlp.vocab, words=[t.text for t in given], spaces=[bool(t.whitespace_) for t in given]))
    sides = []
    for name, (start, end) in (("source", source), ("target", target)):
        words = [n for n, token in enumerate(given) if token.idx < end and token.idx + len(token) > start]
        if not words:
            wrong = f"{name} {(start, end)} holds no word of the sentence"
            raise UsageError(wrong, remedy="Give code-point offsets, end exclusive.")
        sides.append(_side(doc, words))
    return pairs.relation(_whole(doc), *sides)


def _side(doc: Doc, words: list[int]) -> Side:
    inside = set(words)
    head = next((n for n in words if doc[n].head.i == n or doc[n].head.i not in inside), words[-1])
    back = paths([t.text for t in doc], [t.head.i for t in doc], [t.dep_ for t in doc], head)
    gaps = [distance(n, head) for n in range(len(doc))]
    return Side(words, head, [turned(way) for way in back], gaps)


def _whole(doc: Doc) -> Reading:
    """The reading of all words; a text longer than a window was read as several sentences."""
    read = [sentence.reading for sentence in readings(doc).sentences]
    if len(read) == 1:
        return read[0]
    size = max(one.arcs.shape[1] for one in read)
    columns = {}
    for field in fields(Reading):
        arrays = [getattr(one, field.name) for one in read]
        if field.name == "arcs":  # not read here; padded so that the rows stand together
            arrays = [np.pad(a, ((0, 0), (0, size - a.shape[1]))) for a in arrays]
        columns[field.name] = np.concatenate(arrays)
    return Reading(**columns)
