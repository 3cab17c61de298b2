"""How each side answers the other: what comes after one act, day by day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gesta.analyse.hawkes import LONGEST
from gesta.analyse.pictures.sheet import PLAIN, SMALL, Sheet, folded, number, sheet
from gesta.records.reciprocity import Estimate, Influence, Reciprocity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Inches: the sheet, its margins and the gap between the panels.
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _GAP = 8.0, 4.6, 0.65, 0.2, 1.1, 0.5
#: Days shown at least and at most; else four half-lives, when nearly all has come.
_SHORTEST, _LONGEST = 7.0, 90.0
_POINTS = 241
#: Bold letters in an inch.
_LETTERS = 12.0


def draw_reciprocity(found: Reciprocity, path: Path, *, dark: bool = False) -> None:
    """Draw how many further incidents of each side come within so many days of one by the other.

    The band spans the 95% intervals of strength and half-life together. Where no answer can be told from nothing, a
    grey band reaches up to what agrees with the record. ``UsageError`` as for ``draw_series``.
    """
    with sheet(path, _WIDTH, _HEIGHT, dark=dark) as paper:
        one, other = found.sides
        below = (
            f"{number(one.incidents, 'incident')} by {one.side}, {other.incidents:,} by {other.side}, "
            f"{found.first} to {found.last}"
        )
        paper.title(f"Do {one.side} and {other.side} answer each other?", below)
        across = [influence for influence in found.influences if influence.verdict is not None]
        foot = paper.foot_lines(_foot(found, bool(across)))
        bottom = 0.6 + 0.145 * len(foot)
        height = _HEIGHT - _TOP - bottom
        if across:
            days = _days(across)
            most = max(influence.strength.high for influence in across)
            wide = (_WIDTH - _LEFT - _RIGHT - _GAP * (len(across) - 1)) / len(across)
            letters = wide * _LETTERS
            heads = [folded(f"{one.by} after {one.after}: {_verdict(one)}", letters) for one in across]
            after = [folded(f"days after an incident by {one.after}", letters) for one in across]
            height -= 0.16 * (max(map(len, heads)) - 1)
            lift = 0.16 * (max(map(len, after)) - 1)
            for at, influence in enumerate(across):
                axes = paper.axes(_LEFT + at * (wide + _GAP), bottom + lift, wide, height - lift)
                _curve(paper, axes, influence, days)
                _heading(paper, axes, heads[at], influence)
                axes.set_xlim(0, days)
                axes.set_ylim(0, max(most * 1.08, 0.01))
                axes.set_xlabel("\n".join(after[at]), color=paper.colours.ink, fontsize=PLAIN)
                if not at:
                    axes.set_ylabel("further incidents expected", color=paper.colours.ink, fontsize=PLAIN)
        else:
            said = "\n".join(folded("Nothing is drawn: " + (found.sentence or "too little to say."), 80))
            middle = (bottom + height / 2) / _HEIGHT
            paper.figure.text(0.5, middle, said, color=paper.colours.faint, fontsize=PLAIN, ha="center", va="center")
        paper.foot(foot)


def _days(across: list[Influence]) -> float:
    """Until when curves are drawn, whole weeks, the same in both panels."""
    longest = max((4 * one.half_life.best for one in across if one.half_life is not None), default=0.0)
    return float(np.ceil(min(max(longest, _SHORTEST), _LONGEST) / 7) * 7)


def _curve(paper: Sheet, axes: Axes, influence: Influence, days: float) -> None:
    strength, half = influence.strength, influence.half_life
    answers = influence.verdict == "answers"
    colour = paper.colours.hue if answers else paper.colours.faint
    at = np.linspace(0, days, _POINTS)
    if answers and half is not None:
        low, high = come(at, strength.low, half.high), come(at, strength.high, half.low)
        axes.fill_between(at, low, high, color=colour, alpha=0.25, linewidth=0)
        axes.plot(at, come(at, strength.best, half.best), color=colour, linewidth=2)
        axes.axvline(half.best, color=paper.colours.faint, linewidth=0.8, linestyle=(0, (2, 2)))
    else:
        axes.fill_between(at, strength.low, np.full_like(at, strength.high), color=colour, alpha=0.22, linewidth=0)


def _heading(paper: Sheet, axes: Axes, head: list[str], influence: Influence) -> None:
    """Write who answers whom, and the numbers, upwards from the panel."""
    answers = influence.verdict == "answers"
    lines = [
        *((line, True) for line in head),
        *((line, False) for line in _numbers(influence.strength, influence.half_life, answers)),
    ]
    for i, (line, bold) in enumerate(reversed(lines)):
        axes.text(
            0,
            1 + (0.09 + 0.15 * i) / (axes.get_position().height * _HEIGHT),
            line,
            transform=axes.transAxes,
            fontsize=PLAIN if bold else SMALL,
            fontweight="bold" if bold else "normal",
            color=paper.colours.ink if bold and answers else paper.colours.faint,
            va="center",
        )


def come(days: NDArray[np.float64], strength: float, half_life: float) -> NDArray[np.float64]:
    """Return how many of the incidents that one brings have come within so many days."""
    return strength * (1 - np.exp2(-days / half_life))


def _verdict(influence: Influence) -> str:
    if influence.verdict == "answers":
        return "answers"
    return influence.verdict or "too little to say"


def _numbers(strength: Estimate, half: Estimate | None, answers: bool) -> list[str]:
    if not answers:
        return [
            "no answer told apart from nothing",
            f"grey: up to {strength.high:.2f} for each would agree with the record",
        ]
    said = [f"{strength.best:.2f} more for each (95%: {strength.low:.2f} to {strength.high:.2f})"]
    if half is not None:
        more = " or more" if half.high > 0.98 * LONGEST else ""
        low, best, high = map(_days_of, (half.low, half.best, half.high))
        said.append(f"half of them within {best} days (95%: {low} to {high}{more})")
    return said


def _days_of(value: float) -> str:
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def _foot(found: Reciprocity, drawn: bool) -> list[str]:
    lines = []
    if drawn:
        lines.append(
            "Line: incidents that one brings directly, by the model; dotted: when half of them have come. Band: the "
            "95% intervals of strength and half-life taken together, so wider than 95%. Same scales in both panels."
        )
        poor = [side.side for side in found.sides if side.fitness is not None and side.fitness.word == "fits badly"]
        if poor:
            lines.append(f"The model fits the record of {' and '.join(poor)} badly: take the numbers with care.")
        if found.unsettled:
            lines.append("Slow rises and falls of both sides may be part of the numbers.")
        lines.append("What follows an act need not be caused by it.")
    total = sum(side.incidents for side in found.sides)
    lines.append(f"Source: Gesta record, {number(total, 'incident')}, {found.first} to {found.last}.")
    return lines
