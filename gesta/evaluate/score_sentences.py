"""Sentence boundaries: raw text against the annotated sentences of the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

from spacy.language import Language

from gesta.evaluate.align import align
from gesta.evaluate.coder import Progress, Reader, silent
from gesta.evaluate.newswire import Article
from gesta.evaluate.score import Row, Score, add, compare
from gesta.evaluate.sentence_sources import Labelled, read_sentences
from gesta.records import Frozen, Span

#: Where fewer than one annotated boundary in so many lies within a line, the set marks paragraphs, not sentences.
_FEW = 10

Where = Literal["at a line end", "within a line"]
#: A boundary: the annotated token it follows, whether it really lies within that token, and where in the text.
Boundary = tuple[int, bool]


class Boundaries(Frozen, frozen=True):
    """Gold and predicted boundaries between the sentences of one article, and the place in ``text`` of each."""

    stem: str
    text: str
    gold: frozenset[Boundary]
    predicted: frozenset[Boundary]
    ends: dict[int, int]
    """The offset after each annotated token that was found in the text."""
    lost: int
    """How many annotated tokens were not."""

    def where(self, boundary: Boundary) -> Where:
        """Tell a boundary at the end of a line of the text from one within a line."""
        rest = self.text[self.ends[boundary[0]] :]
        gap = rest[: len(rest) - len(rest.lstrip())]
        return "at a line end" if "\n" in gap and not boundary[1] else "within a line"


def sentences(path: Path | str, *, coder: Reader, held_out: bool | None = None, progress: Progress = silent) -> Score:
    """Score sentence boundaries on raw text (see ``read_sentences`` for ``path`` and ``held_out``).

    A boundary is the place after the last annotated token of a sentence; the one at the end of the text is not
    counted, nor what lies in a leading address line, which is metadata. ``whole sentences`` have both ends right and
    none between. ``UsageError`` if there is nothing to read.
    """
    source = read_sentences(Path(path), held_out=held_out)
    found: list[Boundaries] = []
    for labelled in source.texts:
        found.append(boundaries(labelled, coder.nlp))
        progress(len(found), len(source.texts))
    every = add(compare(one.gold, one.predicted) for one in found)
    whole = add(compare(_spans(one, one.gold), _spans(one, one.predicted)) for one in found)
    at_line_ends, within = _at(found, "at a line end"), _at(found, "within a line")
    figures = {**every.figures(), "whole sentences F1": whole.f1, "F1 at line ends": at_line_ends.f1}
    notes = list(source.notes)
    if within.gold * _FEW < every.gold:
        notes.append(
            f"only {within.gold} of {every.gold} annotated boundaries lie within a line: the annotation takes"
            " paragraphs for sentences, so precision says little here"
        )
    return Score(
        task="sentences",
        source=str(path),
        figures=figures,
        counts={
            "texts": len(found),
            "articles without raw text": source.without_text,
            "tokens not found in the raw text": sum(one.lost for one in found),
            "gold boundaries": every.gold,
            "predicted boundaries": every.predicted,
            "right": every.correct,
        },
        rows=(at_line_ends, within),
        notes=tuple(notes),
    )


def boundaries(labelled: Labelled, nlp: Language) -> Boundaries:
    """Compare one text, read from its body on, with its annotated sentences."""
    article, text, body = labelled.article, labelled.text, labelled.body
    places = align(article.words, text)
    found = [(number, place) for number, place in enumerate(places) if place and place[0] >= body]
    last = found[-1][0] if found else -1
    gold = {(number, False) for number in _sentence_ends(article, dict(found)) if number != last}
    predicted = set(_predicted(text, body, nlp, found))
    return Boundaries(
        stem=article.stem,
        text=text,
        gold=frozenset(gold),
        predicted=frozenset(boundary for boundary in predicted if boundary != (last, False)),
        ends={number: place[1] for number, place in found},
        lost=places.count(None),
    )


def _sentence_ends(article: Article, found: dict[int, Span]) -> Iterator[int]:
    """Yield the last token of each sentence that was found in the text."""
    first = 0
    for words, _ in article.sentences:
        here = [number for number in range(first, first + len(words)) if number in found]
        if here:
            yield here[-1]
        first += len(words)


def _predicted(text: str, body: int, nlp: Language, found: list[tuple[int, Span]]) -> Iterator[Boundary]:
    """Yield where predicted sentences end: after which annotated token, or within it."""
    at = -1
    for sentence in nlp(text[body:]).sents:
        words = [token for token in sentence if not token.is_space]
        if not words:
            continue
        end = body + words[-1].idx + len(words[-1])
        while at + 1 < len(found) and found[at + 1][1][0] < end:
            at += 1
        if at >= 0:
            number, (_, last) = found[at]
            yield number, end < last


def _spans(article: Boundaries, ends: frozenset[Boundary]) -> frozenset[tuple[Boundary, Boundary]]:
    final = max(article.ends, default=-1)
    edges = [(-1, False), *sorted(ends), (final, False)]
    return frozenset(pairwise(edges))


def _at(found: Iterable[Boundaries], where: Where) -> Row:
    rows = []
    for one in found:
        gold, predicted = ({b for b in ends if one.where(b) == where} for ends in (one.gold, one.predicted))
        rows.append(compare(gold, predicted))
    return add(rows, group="place", name=where)
