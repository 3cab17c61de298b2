"""The words that may be an end of a response: triggers of events, words that are nearly one, and what a cue governs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Span, Token

from gesta.annotate.language import Readings
from gesta.annotate.model import Floats
from gesta.annotate.pairs import softmax
from gesta.find.drafts import Draft
from gesta.find.paths import paths

#: A word that tells an event with at least this chance may be an end even where no event was found.
NEARLY = 0.04
_CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_ENDS = frozenset({"VERB", "NOUN"})


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word that may be an end: the event it tells, if any, and the chance that it tells one at all."""

    token: Token
    draft: Draft | None
    chance: float
    type: str


class Part:
    """One sentence: its words that tell events or nearly do, and the ways through its tree."""

    def __init__(
        self, span: Span, number: int, words: dict[int, Word], roots: Sequence[Token], vectors: Floats
    ) -> None:
        self.span = span
        self.vectors = vectors
        self.number = number
        self.words = words
        """Every content word, by its index in the text."""
        self.told = [word for word in words.values() if word.draft is not None or word.chance >= NEARLY]
        self.roots = roots
        self._tokens = [token for token in span if not token.is_space]
        self._rows = {token.i: row for row, token in enumerate(self._tokens)}
        self._ways: dict[int, list[str]] = {}

    @property
    def begin(self) -> int:
        """Index of its first token."""
        return int(self._tokens[0].i)

    def holds(self, token: Token) -> bool:
        """Whether a word is one of the sentence's."""
        return token.i in self._rows

    def vector(self, token: Token) -> Floats:
        """Return the vector of a word."""
        return np.asarray(self.vectors[self._rows[token.i]])

    def way(self, start: Token, end: Token) -> str:
        """Return the way through the tree from one word to another."""
        row = self._rows[start.i]
        if row not in self._ways:
            heads = [self._rows.get(token.head.i, at) for at, token in enumerate(self._tokens)]
            words, relations = [token.text for token in self._tokens], [token.dep_ for token in self._tokens]
            self._ways[row] = paths(words, heads, relations, row)
        return self._ways[row][self._rows[end.i]]

    def near(self, anchor: Token, steps: int) -> list[Word]:
        """Return the verbs and nouns at most so many steps from a word that are no more than that by themselves."""
        told = {word.token.i for word in self.told}
        return [
            word
            for at, word in self.words.items()
            if at not in told and word.token.pos_ in _ENDS and _steps(self.way(anchor, word.token)) <= steps
        ]


def _steps(way: str) -> int:
    return way.count("<") + way.count(">") if way != "far" else 9


def read_parts(doc: Doc, read: Readings, drafts: Sequence[Draft], types: Sequence[str]) -> list[Part]:
    """Return the sentences of a text with their words."""
    by_token: dict[int, Draft] = {}
    for draft in drafts:
        by_token.setdefault(draft.trigger.i, draft)
    parts = []
    for number, sentence in enumerate(read.sentences):
        chances = softmax(sentence.reading.triggers)
        any_event, best = 1 - chances[:, 0], chances[:, 1:].argmax(1)
        words = {}
        for row, at in enumerate(sentence.tokens.tolist()):
            token = doc[at]
            if token.pos_ in _CONTENT or at in by_token:
                told = by_token.get(at)
                kind = told.type if told is not None else types[int(best[row])]
                words[at] = Word(token, told, float(any_event[row]), kind)
        first, last = int(sentence.tokens[0]), int(sentence.tokens[-1])
        span = doc[first : last + 1]
        parts.append(
            Part(span, number, words, [token for token in span if token.dep_ == "root"], sentence.reading.words)
        )
    return parts
