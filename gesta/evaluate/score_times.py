"""Time expressions, scored as TempEval-3 does: relaxed and strict extent, and value among those found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from gesta.errors import UsageError
from gesta.evaluate.coder import Progress, silent
from gesta.evaluate.halves import Half
from gesta.evaluate.score import Row, Score, share
from gesta.evaluate.timeml import TimeText, Timex, read_timeml
from gesta.records import Time

Tagger = Callable[[str, date | None], Iterable[Timex]]
"""Finds the time expressions of a text written on a day."""


class Coder(Protocol):
    """Has ``times``."""

    def times(self, text: str, *, published: date | None = None) -> tuple[Time, ...]:
        """Return the time expressions of a text."""
        ...


def times(
    path: Path | str,
    *,
    coder: Coder,
    half: Half = "all",
    peers: bool = False,
    progress: Progress = silent,
) -> Score:
    """Score TIMEX3 of TimeML documents (see ``read_timeml`` for ``path`` and ``half``).

    ``relaxed`` counts an expression that overlaps a gold one, ``strict`` one with the same extent; ``value F1`` is
    relaxed F1 times the share of the overlapping pairs whose values agree (TempEval-3). ``peers`` scores the other
    taggers that are installed on the same documents.
    """
    documents = list(read_timeml(Path(path), half=half))
    if not any(document.times for document in documents):
        raise UsageError("no TIMEX3 to score", where=str(path), remedy="Give labelled TimeML.")

    def ours(text: str, written: date | None) -> Iterable[Timex]:
        found = coder.times(text, published=written)
        return [Timex(*t.span, t.value, t.kind) for t in found if t.span is not None]

    marks = _run(documents, ours, progress)
    relaxed, strict, value, kind = _rows(documents, marks, "this coder")
    figures = {
        **relaxed.figures("relaxed "),
        **strict.figures("strict "),
        "value F1": value.f1,
        "type of those found": share(kind.correct, relaxed.correct),
        "value of those found": share(value.correct, relaxed.correct),
    }
    rows = [relaxed, strict, value, *_by_kind(documents, marks)]
    if peers:
        from gesta.evaluate.peers import time_taggers

        for name, tagger in time_taggers().items():
            rows += _rows(documents, _run(documents, tagger, silent), name)[:3]
    counts = {"documents": len(documents), "gold": relaxed.gold, "found": relaxed.predicted}
    return Score("times", str(path), figures, counts, tuple(rows), _notes(documents, half))


def _notes(documents: Sequence[TimeText], half: Half) -> tuple[str, ...]:
    undated = sum(document.written is None for document in documents)
    notes = [f"the {half} half"] if half != "all" else []
    return (*notes, f"{undated} documents without a creation day") if undated else tuple(notes)


def _run(documents: Sequence[TimeText], tagger: Tagger, progress: Progress) -> list[list[Timex]]:
    found = []
    for done, document in enumerate(documents, start=1):
        found.append(list(tagger(document.text, document.written)))
        progress(done, len(documents))
    return found


def pair_up(gold: Sequence[Timex], found: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Return gold and found expressions that overlap, each once, those with the same extent first."""
    pairs: list[tuple[Timex, Timex]] = []
    free = list(found)
    for same in (True, False):
        for one in gold:
            if any(one is held for held, _ in pairs):
                continue
            match = next((f for f in free if _fits(one, f, same)), None)
            if match is not None:
                free.remove(match)
                pairs.append((one, match))
    return pairs


def _fits(gold: Timex, found: Timex, same: bool) -> bool:
    if same:
        return (gold.start, gold.end) == (found.start, found.end)
    return gold.start < found.end and found.start < gold.end


def _rows(documents: Sequence[TimeText], marks: Sequence[Sequence[Timex]], group: str) -> tuple[Row, Row, Row, Row]:
    """Return the rows of relaxed and strict extent, of value and of type."""
    pairs = [pair for document, found in zip(documents, marks, strict=True) for pair in pair_up(document.times, found)]
    sizes = sum(len(found) for found in marks), sum(len(document.times) for document in documents)
    right = {
        "relaxed": len(pairs),
        "strict": sum(_fits(gold, found, True) for gold, found in pairs),
        "value": sum(gold.value == found.value for gold, found in pairs),
        "type": sum(gold.kind == found.kind for gold, found in pairs),
    }
    relaxed, strict, value, kind = (Row(group, name, count, *sizes) for name, count in right.items())
    return relaxed, strict, value, kind


def _by_kind(documents: Sequence[TimeText], marks: Sequence[Sequence[Timex]]) -> list[Row]:
    """Return a row for each TIMEX3 type: how many of it were found (relaxed), and with the right type."""
    rows = []
    for kind in sorted({time.kind for document in documents for time in document.times}):
        gold = sum(time.kind == kind for document in documents for time in document.times)
        found = sum(time.kind == kind for of_text in marks for time in of_text)
        right = sum(
            g.kind == f.kind == kind
            for document, of_text in zip(documents, marks, strict=True)
            for g, f in pair_up(document.times, of_text)
        )
        rows.append(Row("type", kind, right, found, gold))
    return rows
