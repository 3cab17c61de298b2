"""A sentence as the networks for cause and effect read it: one row for each word, white space left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from gesta.annotate.language import Sentence
from gesta.annotate.model import Floats
from gesta.attribute.page import TAGS, Ints, gaps
from gesta.find.paths import paths

#: Logits of event types above that of none are cut at this size before they are read again.
_MOST_LOGIT = 8.0


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one sentence with their tags, tree and vectors, as arrays by row.

    ``starts`` and ``ends`` are code points; ``events`` [n, types] the logits of a trigger, ``vectors`` [n, 384].
    """

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    heads: Sequence[int]
    deps: Sequence[str]
    lemmas: Sequence[str]
    tags: Ints
    vectors: Floats
    events: Floats

    def ways(self, row: int) -> list[str]:
        """Return the way through the tree from a row to every row."""
        return paths(self.words, self.heads, self.deps, row)

    def gaps(self, row: int) -> Ints:
        """Return how far every row stands from one, in 23 steps."""
        return gaps(np.arange(len(self.words)), row)


def line_of(doc: Doc, sentences: Sequence[Sentence]) -> Line:
    """Read sentences of a ``Doc`` that stand together as one; they hold a word at least."""
    rows: list[int] = [int(token) for sentence in sentences for token in sentence.tokens]
    tokens = [doc[row] for row in rows]
    place = {token: row for row, token in enumerate(rows)}
    events = _joined([sentence.reading.triggers for sentence in sentences])
    return Line(
        words=[token.text for token in tokens],
        starts=[token.idx for token in tokens],
        ends=[token.idx + len(token) for token in tokens],
        heads=[place.get(token.head.i, row) for row, token in enumerate(tokens)],
        deps=[token.dep_ for token in tokens],
        lemmas=[token.lemma_.lower() for token in tokens],
        tags=np.array([TAGS.index(token.pos_) if token.pos_ in TAGS else 0 for token in tokens], dtype=np.int64),
        vectors=_joined([sentence.reading.words for sentence in sentences]),
        events=np.clip(events[:, 1:] - events[:, :1], -_MOST_LOGIT, _MOST_LOGIT) / np.float32(_MOST_LOGIT / 2),
    )


def _joined(parts: Sequence[NDArray[np.float32]]) -> Floats:
    return np.concatenate(parts) if len(parts) > 1 else parts[0]
