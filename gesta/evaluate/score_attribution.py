"""Who says what, scored on PolNeAR: words of sources, cues and contents, and attributions with the right speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from gesta.errors import UsageError
from gesta.evaluate.coder import Progress, silent
from gesta.evaluate.polnear import Saying, Spans, read_polnear
from gesta.evaluate.score import Row, Score, add
from gesta.records import Claim, Record, Report

PARTS = ("source", "cue", "content")
_WORD = re.compile(r"\w+|[^\w\s]")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
Words = frozenset[int]


class Coder(Protocol):
    """Has ``code`` and ``nlp``."""

    nlp: Language

    def code(self, report: Report) -> Record:
        """Code one report."""
        ...


@dataclass(frozen=True, slots=True)
class _Marked:
    """One attribution as words of the text, by number; ``head`` is the word that the source hangs on."""

    source: Words
    cue: Words
    content: Words
    head: int | None


def attribution(path: Path | str, *, coder: Coder, progress: Progress = silent) -> Score:
    """Score the claims of a coder on the articles under ``path`` (see ``read_polnear``).

    Token figures count every word that is part of any source, cue or content of its text. An attribution is found if
    its cue shares a word with a gold cue, each taken once; it has the right speaker if the head of the gold source is
    among the words given as its speaker, or if neither tells one.
    """
    texts = list(read_polnear(Path(path)))
    if not any(sayings for _, _, sayings in texts):
        raise UsageError("no attributions to score", where=str(path), remedy="Give articles with their annotations.")
    rows: list[Row] = []
    for done, (_, text, sayings) in enumerate(texts, start=1):
        rows += _rows(text, sayings, coder)
        progress(done, len(texts))
    totals = {name: add((row for row in rows if row.name == name), group="tokens", name=name) for name in PARTS}
    cues, speakers = (_total(rows, name) for name in ("cue found", "with the right speaker"))
    figures = {f"{name} F1": row.f1 for name, row in totals.items()}
    figures |= cues.figures("attributions ") | speakers.figures("right speaker ")
    counts = {"articles": len(texts), "gold": cues.gold, "found": cues.predicted}
    return Score("attribution", str(path), figures, counts, (*totals.values(), cues, speakers))


def _total(rows: Iterable[Row], name: str) -> Row:
    return add((row for row in rows if row.name == name), group="attributions", name=name)


def _rows(text: str, sayings: Sequence[Saying], coder: Coder) -> Iterator[Row]:
    doc = coder.nlp(text)
    words = [match.span() for match in _WORD.finditer(text)]
    gold = [_marked(doc, words, one.source, one.cue, one.content) for one in sayings]
    claims = coder.code(Report(text=text)).claims
    found = [_marked(doc, words, *_spans(claim)) for claim in claims]
    for name in PARTS:
        right, given = (frozenset().union(*(getattr(one, name) for one in side)) for side in (gold, found))
        yield Row("tokens", name, len(right & given), len(given), len(right))
    pairs = list(_paired(gold, [one for one in found if one.cue]))
    sizes = sum(bool(one.cue) for one in found), len(gold)
    spoken = sum(one.head in other.source if one.head is not None else not other.source for one, other in pairs)
    yield Row("attributions", "cue found", len(pairs), *sizes)
    yield Row("attributions", "with the right speaker", spoken, *sizes)


def _spans(claim: Claim) -> tuple[Spans, Spans, Spans]:
    source = (claim.speaker.span,) if claim.speaker is not None else ()
    return source, (claim.cue_span,) if claim.cue_span is not None else (), claim.parts or (claim.content,)


def _marked(doc: Doc, words: Sequence[tuple[int, int]], source: Spans, cue: Spans, content: Spans) -> _Marked:
    return _Marked(_numbers(words, source), _numbers(words, cue), _numbers(words, content), _head(doc, words, source))


def _numbers(words: Sequence[tuple[int, int]], spans: Spans) -> Words:
    return frozenset(
        number for start, end in spans for number, (first, last) in enumerate(words) if first < end and last > start
    )


def _head(doc: Doc, words: Sequence[tuple[int, int]], source: Spans) -> int | None:
    """The number of the word that the source's words hang on, by the coder's own tree."""
    tokens = [
        token
        for token in doc
        if not token.is_space and any(token.idx < end and token.idx + len(token) > start for start, end in source)
    ]
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    head = next((token for token in tops if token.pos_ in _NOMINAL), next(iter(tops), None))
    if head is None:
        return None
    return next((number for number, (first, last) in enumerate(words) if first < head.idx + len(head) <= last), None)


def _paired(gold: Sequence[_Marked], found: Sequence[_Marked]) -> Iterator[tuple[_Marked, _Marked]]:
    """Pair attributions whose cues share words, those that share most first."""
    likeness = [
        (len(one.cue & other.cue), len(one.content & other.content), -a, -b)
        for a, one in enumerate(gold)
        for b, other in enumerate(found)
        if one.cue & other.cue
    ]
    taken: set[tuple[str, int]] = set()
    for *_, a, b in sorted(likeness, reverse=True):
        if ("gold", a) not in taken and ("found", b) not in taken:
            taken |= {("gold", a), ("found", b)}
            yield gold[-a], found[-b]
