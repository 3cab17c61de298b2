"""A dyad's series: what each side did to the other, one above and one below the same days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gesta.analyse.pictures.sheet import PLAIN, QUAD_NAMES, QUADS, SMALL, Sheet, number, place, sheet, time_axis
from gesta.records import Direction, Escalation, Series, Shift

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Inches: the sheet, its margins, and the height of a row of labels.
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP = 8.0, 5.6, 0.75, 0.2, 0.85
_ROW = 0.15
#: From the axis outwards. The gravest begin at the axis, where heights are compared best.
_ORDER = (3, 2, 1, 0)
#: Rows of labels; those that find no place in them are left out, and the foot says so.
_ROWS = 3
#: Bars narrower than this many inches are not hatched: it would be no pattern.
_NARROW = 0.025


def draw_series(
    series: Series, path: Path, *, escalation: Escalation | None = None, title: str | None = None, dark: bool = False
) -> None:
    """Draw incidents by quad class as stacked bars, the second side's downwards, and shifts as dashed lines.

    A country's series has one panel. ``UsageError`` for an ending other than .svg and .png, or without matplotlib.
    """
    with sheet(path, _WIDTH, _HEIGHT, dark=dark) as paper:
        labels = [_label(direction) for direction in series.directions]
        sides = [direction.source for direction in series.directions]
        paper.title(title or _title(series), f"By {series.by}, {series.first} to {series.last}")
        paper.legend(_keys(paper, series, escalation), 0.5, 6)
        room = _WIDTH - _LEFT - _RIGHT
        shifts = escalation.shifts if escalation else ()
        rows = [
            _rows(paper, series, shifts[at] if at < len(shifts) else (), room) for at in range(len(series.directions))
        ]
        unlabelled = sum(row is None for placed in rows for _, row in placed)
        foot = paper.foot_lines(_foot(series, labels, unlabelled, any(rows)))
        bottom = 0.4 + 0.145 * len(foot)
        panels = max(1, len(sides))
        height = (_HEIGHT - _TOP - bottom) / panels
        most = max((p.incidents for d in series.directions for p in d.periods), default=0)
        for at, direction in enumerate(series.directions):
            axes = paper.axes(_LEFT, bottom + (panels - 1 - at) * height, room, height)
            _panel(paper, axes, series, direction)
            _scale(axes, most, max(_used(placed) for placed in rows) * _ROW / height, downwards=at == 1)
            axes.tick_params(labelbottom=at == panels - 1, bottom=at == panels - 1)
            _shifts(paper, axes, rows[at], height, downwards=at == 1)
            _named(paper, axes, labels[at], height, downwards=at == 1)
        _unit(paper, series, bottom + panels * height / 2)
        paper.foot(foot)


def _title(series: Series) -> str:
    names = [direction.source for direction in series.directions]
    if len(names) == 1:
        return f"Incidents in {names[0]}"
    return "What " + " and ".join(names) + " did to each other" if names else "No series"


def _label(direction: Direction) -> str:
    return f"{direction.source} → {direction.target}" if direction.target else f"in {direction.source}"


def _keys(paper: Sheet, series: Series, escalation: Escalation | None) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys: list[Any] = [
        Patch(facecolor=QUADS[quad], edgecolor=paper.colours.ground, hatch=_hatch(quad) * 2, label=QUAD_NAMES[quad])
        for quad in range(4)
    ]
    if any(_other(direction).any() for direction in series.directions):
        keys.append(Patch(facecolor=paper.colours.faint, label="other"))
    if escalation and any(escalation.shifts):
        keys.append(Line2D([], [], color=paper.colours.ink, linestyle=(0, (4, 2)), linewidth=1, label="lasting shift"))
    return keys


def _hatch(quad: int) -> str:
    """Words are hatched, deeds are solid."""
    return "///" if quad in (0, 2) else ""


def _other(direction: Direction) -> NDArray[np.int64]:
    """Incidents of types that belong to no quad class."""
    return np.asarray([max(0, p.incidents - sum(p.quads)) for p in direction.periods], dtype=np.int64)


def _panel(paper: Sheet, axes: Axes, series: Series, direction: Direction) -> None:
    after = series.last + timedelta(days=1)
    time_axis(axes, series.first, after)
    if not direction.incidents:
        axes.text(
            0.5, 0.5, "nothing recorded", transform=axes.transAxes, color=paper.colours.faint, ha="center", va="center"
        )
    if not direction.periods:
        return
    starts = [period.start for period in direction.periods]
    edges = np.asarray([place(start) for start in [*starts, after]])
    counts = np.asarray([period.quads for period in direction.periods], dtype=np.int64).T
    base = np.zeros(len(starts), dtype=np.int64)
    wide = (_WIDTH - _LEFT - _RIGHT) / len(starts) > _NARROW
    layers = [(counts[quad], QUADS[quad], _hatch(quad) if wide else "") for quad in _ORDER]
    for values, colour, hatch in [*layers, (_other(direction), paper.colours.faint, "")]:
        if values.any():
            axes.stairs(
                base + values,
                edges,
                baseline=base.astype(np.float64),
                fill=True,
                facecolor=colour,
                edgecolor=paper.colours.ground,
                linewidth=0,
                hatch=hatch,
            )
        base = base + values
    axes.axhline(0, color=paper.colours.ink, linewidth=0.9)


def _scale(axes: Axes, most: int, headroom: float, *, downwards: bool) -> None:
    """Give both panels the same scale, with room outside the bars for labels; ``headroom`` is a share of the panel."""
    from matplotlib.ticker import MaxNLocator

    top = max(most, 1) / max(0.4, 0.9 - headroom)
    axes.set_ylim((top, 0) if downwards else (0, top))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    if downwards:
        # The nought of the upper panel stands for both.
        axes.set_yticks([tick for tick in axes.get_yticks() if 0 < tick <= top])


def _words(shift: Shift) -> str:
    return f"conflict {_rate(shift.before)} → {_rate(shift.after)} a week"


def _rate(value: float) -> str:
    return f"{value:.1f}" if value >= 0.095 or value < 0.005 else f"{value:.2f}"


def _rows(paper: Sheet, series: Series, shifts: tuple[Shift, ...], room: float) -> list[tuple[Shift, int | None]]:
    """Return each shift with the row of its label, the outermost being 0, or None if it finds no place."""
    days = max(1, (series.last - series.first).days + 1)
    ends = [0.0] * _ROWS
    placed: list[tuple[Shift, int | None]] = []
    for shift in sorted(shifts, key=lambda one: one.start):
        wide = paper.across(_words(shift), SMALL) + 0.12
        at = (shift.start - series.first).days / days * room
        begin = at if at + wide <= room else at - wide
        row = next((i for i in range(_ROWS) if ends[i] <= begin), None)
        if row is not None:
            ends[row] = begin + wide
        placed.append((shift, row))
    return placed


def _used(placed: list[tuple[Shift, int | None]]) -> int:
    """Rows beside the one that names the side."""
    return 1 + max((row + 1 for _, row in placed if row is not None), default=0)


def _shifts(
    paper: Sheet, axes: Axes, placed: list[tuple[Shift, int | None]], height: float, *, downwards: bool
) -> None:
    left, right = axes.get_xlim()
    room = _WIDTH - _LEFT - _RIGHT
    for shift, row in placed:
        day = place(shift.start)
        axes.axvline(day, color=paper.colours.ink, linestyle=(0, (4, 2)), linewidth=1)
        if row is None:
            continue
        wide = paper.across(_words(shift), SMALL) + 0.12
        begin = (day - left) / (right - left) * room
        begin = begin if begin + wide <= room else begin - wide
        away = 0.1 + (row + 1) * _ROW
        axes.text(
            (begin + 0.05) / room,
            away / height if downwards else 1 - away / height,
            _words(shift),
            transform=axes.transAxes,
            fontsize=SMALL,
            color=paper.colours.ink,
            ha="left",
            va="center",
            bbox={"facecolor": paper.colours.ground, "edgecolor": "none", "pad": 0.8, "alpha": 0.9},
        )


def _named(paper: Sheet, axes: Axes, label: str, height: float, *, downwards: bool) -> None:
    away = 0.09 / height
    axes.text(
        0.006,
        away if downwards else 1 - away,
        label,
        transform=axes.transAxes,
        fontsize=PLAIN,
        fontweight="bold",
        color=paper.colours.ink,
        ha="left",
        va="center",
        bbox={"facecolor": paper.colours.ground, "edgecolor": "none", "pad": 0.8, "alpha": 0.9},
    )


def _unit(paper: Sheet, series: Series, middle: float) -> None:
    paper.figure.text(
        0.14 / _WIDTH,
        middle / _HEIGHT,
        f"incidents a {series.by}",
        rotation=90,
        fontsize=PLAIN,
        color=paper.colours.ink,
        ha="left",
        va="center",
    )


def _foot(series: Series, labels: list[str], unlabelled: int, shifted: bool) -> list[str]:
    told = ", ".join(
        f"{direction.incidents:,} {label}" for direction, label in zip(series.directions, labels, strict=True)
    )
    parts = [f"Source: Gesta record, incidents: {told or 'none'}, {series.first} to {series.last}"]
    if series.undated:
        parts.append(f"{number(series.undated, 'incident')} left out for want of a day or month")
    if series.outside:
        parts.append(f"{number(series.outside, 'incident')} outside these days left out")
    loose = sum(period.loose for direction in series.directions for period in direction.periods)
    if loose:
        parts.append(f"{loose:,} only known to have been by a day of their {series.by}")
    lines = ["; ".join(parts) + "."]
    if shifted:
        bare = f" {number(unlabelled, 'shift')} drawn without rates for want of room." if unlabelled else ""
        lines.append("Dashed: a lasting shift, with incidents of conflict a week before and after it." + bare)
    return lines
