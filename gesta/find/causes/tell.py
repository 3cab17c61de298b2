"""What a sentence tells of cause and effect: whether it states one, and each relation's spans."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from gesta.annotate.language import readings
from gesta.find.causes.decode import arguments, signal
from gesta.find.causes.networks import CauseNetworks, Reading
from gesta.find.causes.page import Line, line_of
from gesta.records import CausalRelation, Span

#: Chances from which a sentence states cause and effect, and a word anchors a relation beside the likeliest. Over five
#: folds F1 hardly moves between 0.25 and 0.45; a relation is a claim, so the higher end, where fewer are invented.
CAUSAL, ANCHOR = 0.45, 0.4
#: How many of the likeliest words are asked about, and how much of its arguments a relation may share with a likelier.
_ASKED, _SHARED = 6, 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence tells: the chance that it states cause and effect, and relations, the likeliest first.

    The first ``likely`` of the relations are those to believe where the sentence is ``causal``; one at least.
    """

    chance: float
    relations: tuple[CausalRelation, ...]
    likely: int

    @property
    def causal(self) -> bool:
        """Whether it states cause and effect."""
        return self.chance >= CAUSAL


def find_relations(doc: Doc, networks: CauseNetworks) -> tuple[CausalRelation, ...]:
    """Return the relations that the sentences of a text state, in text order; ``doc`` comes from ``coder.nlp``."""
    found: list[CausalRelation] = []
    for sentence in readings(doc).sentences:
        if len(sentence.tokens) < 2:
            continue
        line = line_of(doc, [sentence])
        reading = networks.read(line)
        if reading.chance >= CAUSAL:
            ranked = enumerate(_relations(line, reading, networks))
            found += [one for _, one in itertools.takewhile(lambda at: _believed(*at), ranked)]
    return tuple(sorted(found, key=lambda one: (one.sentence, min(one.cause, one.effect), one.cause, one.effect)))


def _believed(number: int, one: CausalRelation) -> bool:
    """Whether a relation of a causal sentence is to be believed: the likeliest, and all that are likely enough."""
    return not number or one.confidence >= ANCHOR


def tell_causes(doc: Doc, networks: CauseNetworks) -> Told:
    """Return what a text tells that is taken for one sentence, wherever ours end; nothing at all for an empty one."""
    sentences = [sentence for sentence in readings(doc).sentences if len(sentence.tokens)]
    return tell_line(line_of(doc, sentences), networks) if sentences else Told(0.0, (), 0)


def tell_line(line: Line, networks: CauseNetworks) -> Told:
    """Return what one sentence of a word or more tells."""
    reading = networks.read(line)
    relations = tuple(_relations(line, reading, networks))
    return Told(reading.chance, relations, sum(itertools.starmap(_believed, enumerate(relations))))


def _relations(line: Line, reading: Reading, networks: CauseNetworks) -> Iterator[CausalRelation]:
    """Yield relations that differ, the likeliest anchor's first; each costs the second stack of the networks."""
    found: list[tuple[Span, Span]] = []
    for row in np.argsort(-reading.anchors, kind="stable")[:_ASKED].tolist():
        logs, signals = networks.parts(line, row)
        rows = arguments(logs)
        if rows is None:
            return
        cause, effect = (_located(line, span) for span in rows)
        if any(_alike((cause, effect), other) > _SHARED for other in found):
            continue
        found.append((cause, effect))
        told = signal(signals, row)
        yield CausalRelation(
            cause=cause,
            effect=effect,
            sentence=(line.starts[0], line.ends[-1]),
            signal=_located(line, told) if told is not None else None,
            confidence=round(float(reading.anchors[row]), 4),
        )


def _located(line: Line, rows: Span) -> Span:
    """Rows as code points of the text."""
    return line.starts[rows[0]], line.ends[rows[1] - 1]


def _alike(one: Sequence[Span], two: Sequence[Span]) -> float:
    """What the causes share of both together, and the effects likewise; the mean."""
    return sum(_overlap(*pair) for pair in zip(one, two, strict=True)) / len(one)


def _overlap(one: Span, two: Span) -> float:
    shared = max(0, min(one[1], two[1]) - max(one[0], two[0]))
    return shared / (one[1] - one[0] + two[1] - two[0] - shared)
