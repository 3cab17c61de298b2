"""Cause and effect, scored on the Causal News Corpus: which sentences state one, and the spans of each relation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec import structs

from gesta.annotate.model import Model
from gesta.errors import UsageError
from gesta.evaluate.causal_news import Case, Marked, read_causal_news
from gesta.evaluate.coder import Progress, Reader, silent
from gesta.evaluate.fair import Counts, Labelled, compare_fairly
from gesta.evaluate.score import Row, Score
from gesta.evaluate.seen import fingerprint, seen
from gesta.find.causes import CauseNetworks, Told, tell_causes
from gesta.records import Span

Tell = Callable[[str], Told]
"""Takes a sentence, gives what it tells of cause and effect."""


class Coder(Reader, Protocol):
    """Has ``nlp`` and the model that it reads with."""

    @property
    def model(self) -> Model:
        """The packaged model."""
        ...


PARTS = ("cause", "effect", "signal")
_WORD = re.compile(r"\S+")
#: More relations than this in one sentence are not compared: the pairings grow with their factorial.
_MOST = 6


@dataclass(slots=True)
class Tally:
    """Sums over sentences: those told causal, and the spans of causal ones and of all."""

    sentences: list[tuple[bool, bool]] = field(default_factory=list)
    causal: Counts = field(default_factory=Counts)
    known: Counts = field(default_factory=Counts)
    every: Counts = field(default_factory=Counts)
    parts: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in PARTS})
    relations: int = 0
    given: int = 0

    def add(self, case: Case, told: Told) -> None:
        """Add one sentence."""
        self.sentences.append((case.causal, told.causal))
        if case.relations is None:
            return
        words = [match.span() for match in _WORD.finditer(case.text)]
        gold = [_labelled(words, one) for one in case.relations]
        ranked = [_labelled(words, Marked(one.cause, one.effect, _signals(one.signal))) for one in told.relations]
        kept = ranked[: told.likely]
        best, _ = pair(gold, kept if told.causal else [])
        self.every += best
        if not gold:
            return
        self.relations += len(gold)
        self.given += len(kept)
        best, pairs = pair(gold, kept)
        self.causal += best
        self.known += pair(gold, ranked[: len(gold)])[0]
        self._exact(gold, kept, pairs)

    def _exact(self, gold: Sequence[list[Labelled]], kept: Sequence[list[Labelled]], pairs: Iterable[Span]) -> None:
        for name, counts in self.parts.items():
            for one, two in pairs:
                counts[0] += len({s for s in gold[one] if s[0] == name} & {s for s in kept[two] if s[0] == name})
            counts[1] += sum(span[0] == name for one in kept for span in one)
            counts[2] += sum(span[0] == name for one in gold for span in one)

    def score(self, source: str) -> Score:
        """Return the figures."""
        right = sum(gold and found for gold, found in self.sentences)
        causal = Row("", "", right, sum(found for _, found in self.sentences), sum(gold for gold, _ in self.sentences))
        figures = causal.figures("sentences ")
        if self.relations:
            figures |= self.causal.figures("spans, causal sentences: ")
            figures |= self.known.figures("spans, number given: ")
            figures |= self.every.figures("spans, all sentences: ")
        counts = {"sentences": len(self.sentences), "causal": causal.gold}
        if not self.relations:
            return Score("causes", source, figures, counts)
        counts |= {"relations": self.relations, "relations given": self.given}
        rows = tuple(Row("part, exact", name, *self.parts[name]) for name in PARTS)
        return Score("causes", source, figures, counts, rows)


def causes(
    path: Path | str, *, coder: Coder | None = None, tell: Tell | None = None, progress: Progress = silent
) -> Score:
    """Score what a coder tells of cause and effect on a table of the Causal News Corpus (see ``read_causal_news``).

    ``tell`` defaults to the coder's own. Sentences are judged by label. Spans are judged in words between white space,
    each relation against the one that the best pairing of the sentence gives it, by FairEval (``gesta.evaluate.fair``);
    a signal may lie within an argument, so signals and arguments are compared apart. Three ways: on sentences that have
    a relation, as the shared task does, with as many as were found likely (one at least); the same with as many as are
    labelled; on all sentences, none where the sentence was not told causal. Relations left over on either side count
    as invented or missed. ``UsageError`` if the file is no such table, or empty.
    """
    cases = read_causal_news(Path(path))
    if not cases:
        raise UsageError("no sentences to score", where=str(path), remedy="Give a table with at least one row.")
    if tell is None:
        assert coder is not None, "give a coder, or what tells"
        tell = teller(coder)
    tally = Tally()
    for done, case in enumerate(cases, start=1):
        tally.add(case, tell(case.text))
        progress(done, len(cases))
    known = sum(fingerprint([case.text]) in seen("causes") for case in cases)
    score = tally.score(str(path))
    if not known:
        return score
    note = f"the packaged networks were trained on {known} of these {len(cases)} sentences: benchmarks/causes.py"
    return structs.replace(score, counts=score.counts | {"trained on": known}, notes=(note,))


def teller(coder: Coder) -> Tell:
    """Return what the coder's own networks tell of a sentence, as a plain function."""
    networks = CauseNetworks(coder.model.causes)
    return lambda text: tell_causes(coder.nlp(text), networks)


def pair(gold: Sequence[list[Labelled]], given: Sequence[list[Labelled]]) -> tuple[Counts, tuple[Span, ...]]:
    """Pair the relations of one sentence for the best fair F1; return the counts and the pairs (gold, given)."""
    gold, given = gold[:_MOST], given[:_MOST]
    likeness = [[_compared(one, two) for two in given] for one in gold]
    best: tuple[float, Counts, tuple[Span, ...]] | None = None
    for pairs in _pairings(len(gold), len(given)):
        counts = sum((likeness[one][two] for one, two in pairs), Counts())
        missed = sum(len(gold[n]) for n in range(len(gold)) if n not in {one for one, _ in pairs})
        invented = sum(len(given[n]) for n in range(len(given)) if n not in {two for _, two in pairs})
        counts += Counts(missed=missed, invented=invented)
        f1 = counts.figures()["fair F1"]
        if best is None or f1 > best[0]:
            best = f1, counts, pairs
    assert best is not None
    return best[1], best[2]


def _pairings(gold: int, given: int) -> Iterable[tuple[Span, ...]]:
    if gold <= given:
        for chosen in itertools.permutations(range(given), gold):
            yield tuple(enumerate(chosen))
    else:
        for chosen in itertools.permutations(range(gold), given):
            yield tuple((one, two) for two, one in enumerate(chosen))


def _compared(one: Sequence[Labelled], two: Sequence[Labelled]) -> Counts:
    """Arguments and signals apart."""
    return sum(
        (
            compare_fairly(*([span for span in side if (span[0] == "signal") is signals] for side in (one, two)))
            for signals in (False, True)
        ),
        Counts(),
    )


def _labelled(words: Sequence[Span], one: Marked) -> list[Labelled]:
    spans = [("cause", one.cause), ("effect", one.effect), *(("signal", span) for span in one.signals)]
    return [(name, *_in_words(words, span)) for name, span in spans]


def _in_words(words: Sequence[Span], span: Span) -> Span:
    """The first word that a span touches, and the one after its last; an empty span at the end if it touches none."""
    touched = [n for n, (start, end) in enumerate(words) if start < span[1] and end > span[0]]
    return (touched[0], touched[-1] + 1) if touched else (len(words), len(words))


def _signals(signal: Span | None) -> tuple[Span, ...]:
    return (signal,) if signal is not None else ()
