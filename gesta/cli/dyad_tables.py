"""What ``gesta dyad`` found, as tables and sentences in a terminal, or drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gesta.analyse.series import undated_reports
from gesta.cli.forecast_tables import print_forecast, print_supposition
from gesta.records import By, Direction, Escalation, Forecast, Reciprocity, Series, Standing, Supposition
from gesta.store import Store

#: Periods shown in a terminal; files have all.
_SHOWN = 26
_HEADINGS = (
    "incidents", "verbal coop.", "material coop.", "verbal conflict", "material conflict", "intensity", "killed",
    "injured",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """All that one call asks for."""

    series: Series
    escalation: Escalation | None = None
    reciprocity: Reciprocity | None = None
    forecast: Forecast | None = None
    supposition: Supposition | None = None


def draw(told: Told, path: Path, *, dark: bool) -> None:
    """Draw what was asked for last: the forecast, else who answers whom, else the series."""
    from gesta.analyse.dyads import counts_of
    from gesta.analyse.pictures import draw_forecast, draw_reciprocity, draw_series  # matplotlib is an extra

    if told.forecast is not None:
        draw_forecast(counts_of(told.series), told.forecast, path, dark=dark)
    elif told.reciprocity is not None:
        draw_reciprocity(told.reciprocity, path, dark=dark)
    else:
        draw_series(told.series, path, escalation=told.escalation, dark=dark)


def left_out(store: Store, undated: int, outside: int) -> str:
    """Say how many incidents stand in no period, and what to do about it; empty if there is nothing to say."""
    parts = []
    if undated:
        parts.append(f"{undated} incidents have no day that lies in one period")
    if outside:
        parts.append(f"{outside} lie before or after the days watched (see --since, --until)")
    said = f"Left out: {'; '.join(parts)}." if parts else ""
    without, every = undated_reports(store)
    if without:
        said += f" {without} of {every} reports have no day of publication: the days watched are those of the others,"
        said += " and weekdays cannot be reckoned. Give gesta code a --published."
    return said.strip()


def print_told(told: Told, store: Store, out: Console) -> None:
    """Print series, ladder, sentences, forecasts: what was asked for."""
    for direction in told.series.directions:
        out.print(_table(direction, told.series.by))
        out.print()
    if said := left_out(store, told.series.undated, told.series.outside):
        out.print(Text(said, style="dim"))
    if told.escalation:
        for standing in told.escalation.standings:
            if standing.rungs:
                now = f"the last {standing.weeks} weeks against the past"
                out.print(Text(f"Ladder, {standing.source} toward {standing.target}: {now}", style="bold"))
                out.print(_ladder(standing))
                out.print()
        out.print(Text(told.escalation.sentence))
    if told.reciprocity:
        out.print()
        out.print(Text(told.reciprocity.sentence))
    if told.forecast:
        print_forecast(told.forecast, out)
    if told.supposition:
        print_supposition(told.supposition, out)


def _table(direction: Direction, by: By) -> Table:
    toward = f" toward {direction.target}" if direction.target else ", by place"
    table = Table(box=None, header_style="bold", pad_edge=False, title_justify="left", title_style="bold")
    table.title = f"{direction.source}{toward}: {direction.incidents} incidents by {by}"
    for name in (
        by,
        "incidents",
        "verbal coop.",
        "material coop.",
        "verbal conflict",
        "material conflict",
        "intensity",
        "killed",
        "injured",
    ):
        table.add_column(name, justify="left" if name == by else "right")
    periods = direction.periods[-_SHOWN:]
    if len(periods) < len(direction.periods):
        table.caption = f"the last {_SHOWN} of {len(direction.periods)}; all with --csv or --json"
        table.caption_justify = "left"
    for p in periods:
        mean = "-" if p.intensity is None else f"{p.intensity:+.1f}"
        cells = (p.start, p.incidents, *p.quads, mean, p.killed, p.injured)
        table.add_row(*(str(cell) if cell else "." for cell in cells), style="" if p.incidents else "dim")
    return table


def _ladder(standing: Standing) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("kind of conflict, gravest first", "score", "now", "usual", "ever"):
        table.add_column(name, justify="left" if name.startswith("kind") else "right")
    for rung in reversed(standing.rungs):
        style = "bold" if rung.type == standing.highest else "" if rung.now else "dim"
        table.add_row(
            rung.type, f"{rung.intensity:+.1f}", str(rung.now), f"{rung.usual:.1f}", str(rung.ever), style=style
        )
    return table
