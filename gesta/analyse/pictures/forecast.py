"""Forecasts as fans, each beside what was recorded and how well such forecasts did."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gesta.analyse.counts import Counts
from gesta.analyse.pictures.sheet import PLAIN, SMALL, Sheet, folded, mixed, number, place, sheet, time_axis
from gesta.errors import UsageError
from gesta.records.forecasts import Forecast, Prospect

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Periods of the past that are shown.
_PAST = 26
#: Inches: the sheet's width and margins, and each panel with its heading and axis.
_WIDTH, _LEFT, _RIGHT, _TOP, _GAP = 8.0, 0.55, 0.15, 0.95, 0.55
_PANEL, _HEADING, _AXIS = 1.45, 0.62, 0.38
#: Bold letters in an inch.
_LETTERS = 12.0
#: The intervals, the widest first, and how deep their colour is.
_FAN = ((95, 0.16), (80, 0.32), (50, 0.54))


def draw_forecast(
    counts: Counts, forecast: Forecast, path: Path, *, title: str | None = None, dark: bool = False
) -> None:
    """Draw the last periods and the forecast of each series that has one; the others are named at the foot.

    ``UsageError`` for a series that is not in ``counts``, and as for ``draw_series``.
    """
    drawn = [prospect for prospect in forecast.prospects if prospect.steps]
    if missing := [prospect.series for prospect in drawn if prospect.series not in counts.names]:
        raise UsageError(
            f"no counts of {', '.join(missing)}", where="counts", remedy="Give the counts that were forecast."
        )
    columns = 1 if len(drawn) == 1 else 2
    rows = max(1, ceil(len(drawn) / columns))
    lines = _foot(counts, forecast)
    foot = 0.145 * sum(len(folded(line, _WIDTH * 16.5)) for line in lines) + 0.12
    wide = (_WIDTH - _LEFT - _RIGHT - _GAP * (columns - 1)) / columns
    names = [folded(prospect.series, wide * _LETTERS) for prospect in drawn]
    heading = _HEADING + 0.145 * (max(map(len, names), default=1) - 1)
    each = _PANEL + heading + _AXIS
    height = _TOP + rows * each + foot
    with sheet(path, _WIDTH, height, dark=dark) as paper:
        paper.title(title or f"The next {number(forecast.ahead, forecast.period)}", _below(counts))
        if drawn:
            paper.legend(_keys(paper), 0.52, 5)
        for at, prospect in enumerate(drawn):
            row, column = divmod(at, columns)
            axes = paper.axes(_LEFT + column * (wide + _GAP), height - _TOP - (row + 1) * each + _AXIS, wide, _PANEL)
            _panel(paper, axes, counts, prospect)
            _heading(paper, axes, names[at], _said(prospect, counts.period))
            if not column:
                axes.set_ylabel(f"incidents a {counts.period}", color=paper.colours.ink, fontsize=SMALL)
        if not drawn:
            middle = (foot + each / 2) / height
            said = "\n".join(folded(forecast.sentence or "Nothing to forecast.", 80))
            paper.figure.text(0.5, middle, said, color=paper.colours.faint, fontsize=PLAIN, ha="center", va="center")
        paper.foot(lines)


def _below(counts: Counts) -> str:
    last = counts.day(counts.length) - timedelta(days=1)
    return f"Known: {number(counts.length, counts.period)}, {counts.first} to {last}"


def _keys(paper: Sheet) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colours = paper.colours
    fan: list[Any] = [
        Patch(facecolor=mixed(colours.hue, colours.ground, deep), linewidth=0, label=f"{share}% interval")
        for share, deep in reversed(_FAN)
    ]
    recorded = Line2D([], [], color=colours.ink, marker="o", markersize=3, linewidth=0.9, label="recorded")
    return [recorded, Line2D([], [], color=colours.hue, linewidth=2.2, label="forecast (median)"), *fan]


def _panel(paper: Sheet, axes: Axes, counts: Counts, prospect: Prospect) -> None:
    from matplotlib.ticker import MaxNLocator

    colours = paper.colours
    begin = max(0, counts.length - _PAST)
    past = counts.values[counts.names.index(prospect.series), begin:]
    edges = [place(counts.day(at)) for at in range(begin, counts.length + len(prospect.steps) + 1)]
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    ahead = edges[len(past) :]
    outlooks = [step.outlook for step in prospect.steps]
    for (_, deep), ends in zip(
        _FAN, ([getattr(o, name) for o in outlooks] for name in ("within95", "within80", "within50")), strict=True
    ):
        # Counts are whole: an interval from 2 to 4 covers 1.5 to 4.5, and one of a single count is still seen.
        low = np.asarray([end[0] for end in ends]) - 0.5
        high = np.asarray([end[1] for end in ends]) + 0.5
        colour = mixed(colours.hue, colours.ground, deep)
        axes.stairs(high, ahead, baseline=low, fill=True, color=colour, linewidth=0)
    axes.hlines([o.median for o in outlooks], ahead[:-1], ahead[1:], color=colours.hue, linewidth=2.2)
    axes.plot(middles[: len(past)], past, color=colours.ink, marker="o", markersize=2.6, linewidth=0.9)
    axes.axvline(ahead[0], color=colours.faint, linewidth=0.8, linestyle=(0, (2, 2)))
    time_axis(axes, counts.day(begin), counts.day(counts.length + len(prospect.steps)))
    top = max([int(past.max(initial=0)), *(o.within95[1] for o in outlooks)]) + 0.5
    axes.set_ylim(-0.5, max(top, 1.5) * 1.06)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))


def _heading(paper: Sheet, axes: Axes, name: list[str], said: tuple[str, str]) -> None:
    """Write the series' name, who forecasts and how well, upwards from the panel."""
    lines = [*((line, True) for line in name), *((line, False) for line in said)]
    for i, (line, bold) in enumerate(reversed(lines)):
        axes.text(
            0,
            1 + (0.19 + 0.145 * i) / _PANEL,
            line,
            transform=axes.transAxes,
            fontsize=PLAIN if bold else SMALL,
            fontweight="bold" if bold else "normal",
            color=paper.colours.ink if i else paper.colours.faint,
            va="center",
        )


def _said(prospect: Prospect, period: str) -> tuple[str, str]:
    return _shown(prospect, period), _past(prospect)


def _shown(prospect: Prospect, period: str) -> str:
    """Who forecasts."""
    last = prospect.steps[-1].shown
    if not prospect.beats:
        return f"{last} (the model is not better beyond chance)" if last != "model" else "model"
    by_model = sum(step.shown == "model" for step in prospect.steps)
    if by_model == len(prospect.steps):
        return "model"
    return f"model for {number(by_model, period)}, then {last}"


def _past(prospect: Prospect) -> str:
    """Skill and calibration, short."""
    tested = prospect.backtest
    if tested is None:
        return "not tested"
    shown = prospect.steps[0].shown
    held = next((c.inside80 for c in tested.calibration if c.forecaster == shown), None)
    side = "below" if tested.skill >= 0 else "above"
    said = f"model's error {abs(tested.skill):.0%} {side} {tested.best}"
    if abs(tested.skill) < 0.005:
        said = f"model's error as {tested.best}'s"
    return said + (f"; 80% interval held {held:.0%}" if held is not None else "")


def _foot(counts: Counts, forecast: Forecast) -> list[str]:
    lines = []
    tested = [p.backtest.origins for p in forecast.prospects if p.steps and p.backtest]
    if tested:
        lines.append(
            f"Error: CRPS for the next {counts.period} over {max(tested)} rolling forecasts of the past, against the "
            "best baseline. Held: share of what came that fell into the 80% intervals (80% or somewhat more is right)."
        )
    for prospect in forecast.prospects:
        if not prospect.steps:
            lines.append(f"Not forecast: {prospect.series}. {prospect.sentence}".strip())
    last = counts.day(counts.length) - timedelta(days=1)
    lines.append(
        f"Source: Gesta record, {len(counts.names)} series with {number(int(counts.values.sum()), 'incident')}, "
        f"{counts.first} to {last}."
    )
    return lines
