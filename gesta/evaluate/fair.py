"""Labelled spans compared so that a near miss counts as one error, not as two.

FairEval (Ortmann, LREC 2022): beside right, invented and missed spans there are errors of label (same words, other
label), of boundary (same label, words shared) and of both. Exact scoring counts each of these three as one false
positive and one false negative; fair scoring as half of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

#: Label, first word, and the word after the last.
Labelled = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many spans are right, wrong by label, by boundary or by both, invented, and missed."""

    right: int = 0
    label: int = 0
    boundary: int = 0
    both: int = 0
    invented: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def near(self) -> int:
        """Spans that are wrong but meet one of the others."""
        return self.label + self.boundary + self.both

    @property
    def given(self) -> int:
        """Spans predicted."""
        return self.right + self.near + self.invented

    @property
    def gold(self) -> int:
        """Spans labelled."""
        return self.right + self.near + self.missed

    def figures(self, prefix: str = "") -> dict[str, float]:
        """Return fair precision, recall and F1, and exact F1, under their names; 0 where there is nothing to divide."""
        precision = _share(self.right, self.right + self.invented + self.near / 2)
        recall = _share(self.right, self.right + self.missed + self.near / 2)
        fair = _share(2 * precision * recall, precision + recall)
        exact = _share(2 * self.right, self.given + self.gold)
        names = ("fair precision", "fair recall", "fair F1", "exact F1")
        return {f"{prefix}{name}": value for name, value in zip(names, (precision, recall, fair, exact), strict=True)}


def compare_fairly(gold: Sequence[Labelled], given: Sequence[Labelled]) -> Counts:
    """Compare the spans of one text; each span is used once, the likest pairs first: right, label, boundary, both.

    Of several spans that share words with one, that with most of them is taken, the first of equals.
    """
    left, free = sorted(gold), sorted(given)
    right = _taken(left, free, lambda one, two: one == two)
    label = _taken(left, free, lambda one, two: one[1:] == two[1:])
    boundary = _taken(left, free, lambda one, two: one[0] == two[0])
    both = _taken(left, free, lambda one, two: True)
    return Counts(right, label, boundary, both, invented=len(free), missed=len(left))


def _taken(left: list[Labelled], free: list[Labelled], alike: Callable[[Labelled, Labelled], bool]) -> int:
    """Take out pairs that share words and are alike; return how many."""
    found = 0
    for one in list(left):
        candidates = [two for two in free if alike(one, two) and _shared(one, two)]
        if candidates:
            left.remove(one)
            free.remove(max(candidates, key=lambda two: _shared(one, two)))
            found += 1
    return found


def _shared(one: Labelled, two: Labelled) -> int:
    return max(0, min(one[2], two[2]) - max(one[1], two[1]))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
