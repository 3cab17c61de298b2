"""What a scorer gives: named figures, counts of what was left out, a breakdown, and notes on how to read them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Set
from typing import Any

import msgspec

from gesta.records import Frozen


class Row(Frozen, frozen=True):
    """Correct, predicted and gold items of one part of the data, such as one class or one region."""

    group: str
    name: str
    correct: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right; 0 if nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found; 0 if there are none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.predicted + self.gold
        return 2 * self.correct / both if both else 0.0

    def figures(self, prefix: str = "") -> dict[str, float]:
        """Return precision, recall and F1 under their names, ``prefix`` before each."""
        return {f"{prefix}precision": self.precision, f"{prefix}recall": self.recall, f"{prefix}F1": self.f1}


def compare(gold: Set[Hashable], predicted: Set[Hashable], *, group: str = "", name: str = "all") -> Row:
    """Count two sets of items, right where equal."""
    return Row(group=group, name=name, correct=len(gold & predicted), predicted=len(predicted), gold=len(gold))


def add(rows: Iterable[Row], *, group: str = "", name: str = "all") -> Row:
    """Sum rows (micro-average)."""
    kept = list(rows)
    return Row(
        group=group,
        name=name,
        correct=sum(row.correct for row in kept),
        predicted=sum(row.predicted for row in kept),
        gold=sum(row.gold for row in kept),
    )


def share(part: int, whole: int) -> float:
    """Return ``part / whole``, 0 for an empty whole."""
    return part / whole if whole else 0.0


class Score(Frozen, frozen=True):
    """The result of one scorer. ``figures`` lie between 0 and 1, higher is better; ``counts`` are plain numbers."""

    task: str
    source: str
    figures: dict[str, float]
    counts: dict[str, int]
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()

    def figure(self, name: str) -> float:
        """Return one figure by name; ``KeyError`` if this task has none such."""
        return self.figures[name]

    def plain(self) -> dict[str, Any]:
        """Return the score as plain values for JSON, figures rounded to six digits."""
        rows = [
            {"group": r.group, "name": r.name, **_rounded(r.figures()), "correct": r.correct, "predicted": r.predicted}
            | {"gold": r.gold}
            for r in self.rows
        ]
        return {
            "task": self.task,
            "source": self.source,
            "figures": _rounded(self.figures),
            "counts": self.counts,
            "rows": rows,
            "notes": list(self.notes),
        }

    def json(self) -> str:
        """Return the score as one line of JSON."""
        return msgspec.json.encode(self.plain()).decode()

    def table(self) -> str:
        """Return the score as lines of text for people."""
        width = max(len(name) for name in [*self.figures, *self.counts, ""]) + 2
        lines = [f"{self.task}: {self.source}"]
        lines += [f"  {name:<{width}}{value:8.4f}" for name, value in self.figures.items()]
        lines += [f"  {name:<{width}}{value:8}" for name, value in self.counts.items()]
        lines += self._breakdown()
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    def _breakdown(self) -> list[str]:
        lines: list[str] = []
        for group in dict.fromkeys(row.group for row in self.rows):
            rows = [row for row in self.rows if row.group == group]
            width = max(len(row.name) for row in rows) + 2
            lines.append(f"  by {group}:")
            lines.append(f"    {'':<{width}}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>8}{'found':>8}")
            for row in rows:
                cells = "".join(f"{value:10.4f}" for value in row.figures().values())
                lines.append(f"    {row.name:<{width}}{cells}{row.gold:8}{row.predicted:8}")
        return lines


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in figures.items()}
