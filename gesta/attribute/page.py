"""A report as the attribution networks read it: one row for each word, white space left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from gesta.annotate.language import readings
from gesta.annotate.model import Floats
from gesta.attribute.quotes import Quotes
from gesta.attribute.words import QUOTE_MARKS
from gesta.find.paths import paths

Ints = NDArray[np.int64]
TAGS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip
NAMES = (
    "", "Person", "Organization", "Location", "NORP", "Date", "Facility", "Money", "Product", "Misc",
)  # fmt: skip
#: Where a word stands to quotation marks: outside, in speech, in a short quote, a mark, in the cue's own quote.
OUTSIDE, SPEECH, SHORT, MARK, OWN = range(5)
_MARKS = QUOTE_MARKS | {"‘", "’"}
#: The words around a cue that may be its source or content: sentences before and after its own, and words at most.
BEFORE, AFTER, MOST = 1, 3, 180
#: Steps of ``gaps``; what a sentence is to the cue's: before, the same, 1 to 3 after, next across a paragraph.
GAPS, OFFSETS = 23, 6
_FAR = 600
#: What a word is beside the cue asked about: nothing, another cue, this one.
ROLES = 3


def _step(gap: int) -> int:
    size = min(10, int(log2(abs(gap) + 1) * 1.6)) if gap else 0
    return 11 + (size if gap > 0 else -size)


_STEPS = np.array([_step(gap) for gap in range(-_FAR, _FAR + 1)])


def gaps(rows: Ints, start: int) -> Ints:
    """Return how far rows stand from row ``start``, in 23 steps that widen with distance; 11 is the row itself."""
    steps: Ints = _STEPS[np.clip(rows - start, -_FAR, _FAR) + _FAR]
    return steps


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the networks know by number, from 1 (ways from 2): tree labels, lemmas, and ways through the tree."""

    labels: Mapping[str, int]
    lemmas: Mapping[str, int]
    ways: Mapping[str, int]


class Page:
    """The words of one report with their tags, tree, names, quotes, sentences and vectors, as arrays by row.

    ``doc`` comes from ``coder.nlp``. ``tokens`` holds each row's index into it.
    """

    def __init__(self, doc: Doc, known: Vocabulary) -> None:
        self.doc = doc
        read = [sentence for sentence in readings(doc).sentences if len(sentence.tokens)]
        self.tokens: Ints = _joined([sentence.tokens for sentence in read])
        sizes = [len(sentence.tokens) for sentence in read]
        self.sentence: Ints = np.repeat(np.arange(len(read)), sizes)
        self.starts: Ints = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        vectors = [sentence.reading.words for sentence in read]
        self.vectors: Floats = np.concatenate(vectors) if vectors else np.zeros((0, 384), dtype=np.float32)
        cues = [sentence.reading.cues for sentence in read]
        self.cues: Floats = np.concatenate(cues) if cues else np.zeros((0, 3), dtype=np.float32)
        rows = self.tokens.tolist()
        words = [doc[i] for i in rows]
        self.words = [token.text for token in words]
        self.deps = [token.dep_ for token in words]
        self.tags: Ints = np.array([_number(TAGS, token.pos_) for token in words], dtype=np.int64)
        self.names: Ints = np.array([_number(NAMES, token.ent_type_) for token in words], dtype=np.int64)
        place = {token: row for row, token in enumerate(rows)}
        self.heads = [place.get(token.head.i, row) for row, token in enumerate(words)]
        self._trees: dict[int, tuple[list[str], list[int], list[str]]] = {}
        self.renumber(known)
        self._quoted()
        self.paragraph: Ints = self._paragraphs()

    def _quoted(self) -> None:
        """Set ``quotes`` (where a row stands to quotation marks) and ``quote`` (the number of its quote, or -1)."""
        states = np.zeros(len(self.doc), dtype=np.int64)
        numbers = np.full(len(self.doc), -1, dtype=np.int64)
        for number, quote in enumerate(Quotes(self.doc).all):
            states[quote.start : quote.end] = SPEECH if quote.spoken else SHORT
            numbers[quote.start : quote.end] = number
        self.quotes: Ints = states[self.tokens]
        self.quotes[[row for row, word in enumerate(self.words) if word in _MARKS]] = MARK
        self.quote: Ints = numbers[self.tokens]

    def _paragraphs(self) -> Ints:
        """Number the lines: what stands between two rows and holds a line end begins the next."""
        breaks = np.zeros(len(self.doc) + 1, dtype=np.int64)
        for token in self.doc:
            if token.is_space and "\n" in token.text:
                breaks[token.i] = 1
        numbers: Ints = np.cumsum(breaks)[self.tokens]
        return numbers

    def __len__(self) -> int:
        return len(self.words)

    def renumber(self, known: Vocabulary) -> None:
        """Number tree labels, lemmas and ways by another vocabulary."""
        self._known = known
        lemmas = [self.doc[token].lemma_.lower() for token in self.tokens.tolist()]
        self.labels: Ints = np.array([known.labels.get(dep, 0) for dep in self.deps], dtype=np.int64)
        self.lemmas: Ints = np.array([known.lemmas.get(lemma, 0) for lemma in lemmas], dtype=np.int64)

    def ways(self, row: int) -> tuple[int, list[str]]:
        """Return where the sentence of a row begins, and the way from the row to each of its words."""
        number = int(self.sentence[row])
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        tree = self._trees.get(number)
        if tree is None:
            heads = [head - first for head in self.heads[first:last]]
            tree = self._trees[number] = (self.words[first:last], heads, self.deps[first:last])
        return first, paths(*tree, row - first)

    def window(self, row: int) -> tuple[int, int]:
        """Return the rows that may be source or content of a cue at ``row``."""
        number = int(self.sentence[row])
        first = int(self.starts[max(0, number - BEFORE)])
        last = int(self.starts[min(len(self.starts) - 1, number + AFTER + 1)])
        if last - first > MOST:
            first = max(first, min(int(self.starts[number]), row - MOST // 2))
            last = min(last, first + MOST)
        return first, last

    def asked(self, cue: Sequence[int], others: Ints) -> Asked:
        """Return what the words around a cue (rows) are to it; ``others`` marks the rows of every cue."""
        head = self.head_of(cue)
        first, last = self.window(head)
        rows = np.arange(first, last)
        quotes = self.quotes[first:last].copy()
        if self.quote[head] >= 0:
            quotes[(self.quote[first:last] == self.quote[head]) & (quotes != MARK)] = OWN
        offsets = np.clip(self.sentence[first:last] - self.sentence[head], -BEFORE, AFTER) + BEFORE
        offsets[(offsets == BEFORE + 1) & (self.paragraph[first:last] != self.paragraph[head])] = BEFORE + AFTER + 1
        ways = np.zeros(last - first, dtype=np.int64)
        begin, told = self.ways(head)
        inner = np.array([self._known.ways.get(way, 1) for way in told], dtype=np.int64)
        low, high = max(begin, first), min(begin + len(inner), last)
        ways[low - first : high - first] = inner[low - begin : high - begin]
        roles = others[first:last].copy()
        own = [row - first for row in cue if first <= row < last]
        roles[own] = 2
        return Asked(first, last, quotes, offsets, ways, gaps(rows, head), roles)

    def head_of(self, rows: Sequence[int]) -> int:
        """Return the row that the others hang on: a verb or noun before others."""
        inside = set(rows)
        tops = [row for row in rows if self.heads[row] not in inside or self.heads[row] == row] or list(rows)
        return next((row for row in tops if TAGS[self.tags[row]] in {"VERB", "NOUN"}), tops[0])


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows ``first`` to ``last`` are to one cue, by number."""

    first: int
    last: int
    quotes: Ints
    offsets: Ints
    ways: Ints
    gaps: Ints
    roles: Ints


def _number(known: Sequence[str], name: str) -> int:
    return known.index(name) if name in known else 0


def _joined(parts: list[NDArray[np.int64]]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
