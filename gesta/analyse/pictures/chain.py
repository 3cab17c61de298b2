"""Incidents and what answers what: a lane for each side, time running down, a row for each incident.

Rows follow the days in order but not to scale: a chain often has several acts on one day and then weeks without any,
and labels must not hide one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gesta.analyse.pictures.chain_rows import LETTERS, LINE, NODE, Row, in_order, lanes_of, rows_of, tall, words_of
from gesta.analyse.pictures.sheet import PLAIN, SMALL, Sheet, folded, number, sheet
from gesta.records import Incident, Response

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Inches: margins, the width of the sheet and the least of a lane; where there are many lanes the sheet is wider.
_LEFT, _RIGHT, _TOP, _BOTTOM = 1.35, 0.15, 0.95, 0.2
_WIDTH, _LEAST = 8.0, 1.75


def draw_chain(
    incidents: Sequence[Incident],
    responses: Sequence[Response],
    path: Path,
    *,
    title: str = "Who answered what",
    dark: bool = False,
) -> None:
    """Draw incidents in the lanes of those who acted, and arrows from each cause to its answer.

    Arrows are solid where a text states it and dashed where the dyad's history alone suggests it. Responses to or by an
    incident that is not given are left out, and so are incidents that are no more. ``UsageError`` as for
    ``draw_series``.
    """
    known = in_order([one for one in incidents if not one.gone], responses)
    numbers = {one.id: at + 1 for at, one in enumerate(known)}
    held = sorted(
        (one for one in responses if one.cause in numbers and one.answer in numbers),
        key=lambda one: (numbers[one.answer], numbers[one.cause], one.basis),
    )
    lanes = lanes_of(known)
    names = list(dict.fromkeys(lanes))
    width = max(_WIDTH, _LEFT + _RIGHT + _LEAST * len(names))
    lane = (width - _LEFT - _RIGHT) / max(1, len(names))
    rows = rows_of(known, [names.index(one) for one in lanes], words_of(known, lanes, held), lane)
    deep = rows[-1].down + tall(rows[-1]) if rows else 0.8
    lines = _foot(known, held)
    foot = 0.145 * sum(len(folded(line, width * 16.5)) for line in lines)
    heads = _heads(names, lane)
    height = _TOP + 0.16 * max(map(len, heads), default=0) + deep + _BOTTOM + foot
    with sheet(path, width, height, dark=dark) as paper:
        paper.title(title, _below(known))
        paper.legend(_keys(paper, held), 0.5, 4)
        axes = _ground(paper, deep, foot)
        for at, head in enumerate(heads):
            _lane(paper, axes, head, at * lane, deep)
        places = {row.incident.id: row for row in rows}
        for one in held:
            _arrow(paper, axes, (places[one.cause], places[one.answer]), one, lane)
        for row in rows:
            _node(paper, axes, row, lane)
        if not rows:
            axes.text(0.1, 0.4, "no incidents", color=paper.colours.faint, fontsize=PLAIN)
        paper.foot(lines)


def _day(incident: Incident) -> str:
    agreed = incident.agreed
    if agreed.start is None:
        return f"by {agreed.end}" if agreed.end else "day not known"
    if agreed.end is None:
        return f"from {agreed.start}"
    if agreed.end == agreed.start:
        return str(agreed.start)
    return f"{agreed.start} to\n{agreed.end}"


def _below(incidents: Sequence[Incident]) -> str:
    days = [day for one in incidents for day in (one.agreed.start, one.agreed.end) if day]
    return number(len(incidents), "incident") + (f", {min(days)} to {max(days)}" if days else "")


def _keys(paper: Sheet, held: Sequence[Response]) -> list[Any]:
    from matplotlib.lines import Line2D

    colours = paper.colours
    keys = [
        Line2D([], [], color=colours.hue, marker="o", linestyle="none", markersize=7, label="incident, by who acted")
    ]
    lines: tuple[tuple[str, Any, str], ...] = (
        ("stated", "-", "answer, as a report states"),
        ("inferred", (0, (3, 2)), "answer, inferred from the past of both"),
    )
    for basis, line, label in lines:
        if any(one.basis == basis for one in held):
            keys.append(Line2D([], [], color=colours.ink, linestyle=line, linewidth=1.2, label=label))
    return keys


def _ground(paper: Sheet, deep: float, foot: float) -> Axes:
    """Return axes in inches from the upper left, over the whole sheet's width."""
    axes = paper.axes(0, foot + _BOTTOM, paper.width, deep)
    axes.set_axis_off()
    axes.set_xlim(-_LEFT, paper.width - _LEFT)
    axes.set_ylim(deep, 0)
    return axes


def _lane(paper: Sheet, axes: Axes, head: Sequence[str], left: float, deep: float) -> None:
    axes.plot([left + NODE, left + NODE], [-0.08, deep], color=paper.colours.grid, linewidth=3, clip_on=False, zorder=0)
    for i, line in enumerate(reversed(head)):
        axes.text(
            left + 0.05, -0.14 - i * 0.16, line, color=paper.colours.ink, fontsize=PLAIN, fontweight="bold", va="bottom"
        )


def _heads(names: Sequence[str], lane: float) -> list[list[str]]:
    """Return the lines of each lane's name, three at most."""
    folds = [folded(name, lane * LETTERS * 0.8) for name in names]
    return [lines if len(lines) <= 3 else [*lines[:2], f"{lines[2]} …"] for lines in folds]


def _middle(row: Row, lane: float) -> tuple[float, float]:
    return row.lane * lane + NODE, row.down + LINE / 2


def _arrow(paper: Sheet, axes: Axes, ends: tuple[Row, Row], response: Response, lane: float) -> None:
    """From cause to answer, behind the labels."""
    from matplotlib.patches import FancyArrowPatch

    axes.add_patch(
        FancyArrowPatch(
            _middle(ends[0], lane),
            _middle(ends[1], lane),
            connectionstyle=_way(*ends),
            arrowstyle="-|>",
            mutation_scale=9,
            shrinkA=7,
            shrinkB=7,
            linewidth=1.2,
            linestyle="-" if response.basis == "stated" else (0, (3, 2)),
            color=paper.colours.ink,
            zorder=1,
        )
    )


def _way(cause: Row, answer: Row) -> str:
    """Return how an arrow runs: by the left of nodes, where its own two rows have no label."""
    if cause.lane == answer.lane:
        deep = abs(answer.down - cause.down)
        aside = min(0.4, 0.16 + 0.05 * abs(answer.number - cause.number))
        return f"arc3,rad={2 * aside / max(deep, 0.1) * (1 if answer.down > cause.down else -1):.3f}"
    if (cause.lane < answer.lane) == (cause.down < answer.down):
        return "angle3,angleA=90,angleB=0"
    return "angle3,angleA=0,angleB=90"


def _node(paper: Sheet, axes: Axes, row: Row, lane: float) -> None:
    colours = paper.colours
    x, y = _middle(row, lane)
    axes.plot([x], [y], marker="o", markersize=13, color=colours.hue, markeredgecolor=colours.ground, zorder=3)
    axes.text(
        x, y, str(row.number), fontsize=SMALL, color=colours.ground, fontweight="bold", ha="center",
        va="center_baseline", zorder=4,
    )  # fmt: skip
    axes.text(-_LEFT + 0.12, y, _day(row.incident), fontsize=SMALL, color=colours.ink, va="center")
    for i, (line, later) in enumerate(row.lines):
        axes.text(
            x + 0.85 * NODE,
            y + i * LINE,
            line,
            fontsize=SMALL,
            color=colours.faint if later else colours.ink,
            va="center",
            zorder=2,
            bbox={"facecolor": colours.ground, "edgecolor": "none", "pad": 0.8},
        )


def _foot(incidents: Sequence[Incident], held: Sequence[Response]) -> list[str]:
    lines = ["Time runs downwards, not to scale."]
    if any(one.basis == "inferred" for one in held):
        lines[0] += " An inferred answer came as fast as answers between the two do; no report says that it was one."
    stated = sum(one.basis == "stated" for one in held)
    answers = f"answers stated: {stated}, inferred: {len(held) - stated}"
    lines.append(f"Source: Gesta record, {number(len(incidents), 'incident')}; {answers}.")
    return lines
