"""Which time and which place of a sentence belong to an event: what hangs where in the tree, and the words themselves.

One light head for times and one for places reads each pair of a trigger and a time or toponym of its sentence
(``train/light.py`` fits them on the casebook and on news); the likeliest above a threshold governs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from gesta.annotate.language import Readings
from gesta.annotate.light import Light
from gesta.find.paths import FAR, distance, frame, paths
from gesta.resolve.uses import vectors_of

#: Chances from which a time or place is the event's own; chosen on the casebook's b17 and on news.
THRESHOLDS = {"time": 0.5, "place": 0.4}
REPORTING = frozenset("say tell announce report add warn claim declare state confirm quote deny accuse note".split())
_MANY = 4


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event's trigger with what is known of the event."""

    token: Token
    type: str
    modality: str


class Sentence:
    """The words of one sentence with their tree, for the ways between them."""

    def __init__(self, span: Span) -> None:
        self._tokens = [token for token in span if not token.is_space]
        self._rows = {token.i: row for row, token in enumerate(self._tokens)}
        heads = [self._rows.get(token.head.i, row) for row, token in enumerate(self._tokens)]
        self._tree = [token.text for token in self._tokens], heads, [token.dep_ for token in self._tokens]
        self._ways: dict[int, list[str]] = {}

    def holds(self, token: Token) -> bool:
        """Whether the word is one of the sentence's."""
        return token.i in self._rows

    def way(self, start: Token, end: Token) -> str:
        """Return the way through the tree from one word to another."""
        row = self._rows[start.i]
        if row not in self._ways:
            self._ways[row] = paths(*self._tree, row)
        return self._ways[row][self._rows[end.i]]

    def gap(self, start: Token, end: Token) -> int:
        """Return how far one word stands from another, in the steps of ``distance``."""
        return distance(self._rows[start.i], self._rows[end.i])

    def frame(self, start: Token) -> int:
        """Return what the word has below it, in the bits of ``frame``."""
        return frame(*self._tree, self._rows[start.i])


def features(trigger: Trigger, candidate: Span, kind: str, others: Sequence[Token], sentence: Sentence) -> list[str]:
    """What tells whether ``candidate`` governs the trigger; ``others`` are the sentence's other triggers.

    ``kind`` is the TIMEX3 type of a time, the use of a toponym.
    """
    root = candidate.root
    way = sentence.way(trigger.token, root)
    length = _length(way)
    steps = _steps(way)
    ways = sorted({sentence.way(other, root) for other in others})
    nearest = min(map(_length, ways), default=FAR_AWAY)
    case = _case(candidate)
    found = [
        f"way={way}",
        f"gap={sentence.gap(trigger.token, root)}",
        f"length={length}",
        f"up={sum(step[0] == '<' for step in steps)}",
        f"first={steps[0] if steps else ''}",
        f"frame={sentence.frame(trigger.token)}",
        f"case={case}",
        f"case and tag={case} {trigger.token.pos_}",
        f"tag={trigger.token.pos_}",
        f"head tag={root.head.pos_}",
        f"reporting={root.head.lemma_.lower() in REPORTING}",
        f"type={trigger.type}",
        f"modality={trigger.modality}",
        f"kind={kind}",
        f"name={root.ent_type_}",
        f"closer={nearest < length}",
        f"tied={nearest == length}",
        f"others={min(len(ways), _MANY)}",
        f"on another={any(root.head.i == other.i for other in others)}",
    ]
    found += [f"step={step}" for step in steps]
    return found + [f"other way={one}" for one in ways[:_MANY]]


FAR_AWAY = 99


def _steps(way: str) -> list[str]:
    return way.replace("<", " <").replace(">", " >").split() if way != FAR else [FAR]


def _length(way: str) -> int:
    return way.count("<") + way.count(">") if way != FAR else 5


def _case(candidate: Span) -> str:
    """Return the preposition before a time or place, or none."""
    case = next((child.lower_ for child in candidate.root.children if child.dep_ == "case"), "")
    before = candidate.doc[candidate.start - 1] if candidate.start else None
    return case or (before.lower_ if before is not None and before.pos_ == "ADP" else "")


def chance(
    head: Light,
    read: Readings,
    trigger: Trigger,
    candidate: Span,
    kind: str,
    others: Sequence[Token],
    sentence: Sentence,
) -> float:
    """Return the chance that the candidate governs the event; 0 for words that the model did not read."""
    vectors = vectors_of(read, [trigger.token, candidate.root])
    if vectors is None:
        return 0.0
    return head.chance(features(trigger, candidate, kind, others, sentence), vectors)
