"""``gesta dyad``: how two sides deal with each other over time."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from gesta.analyse.series import BY, read_country, read_series
from gesta.analyse.sides import find_side
from gesta.cli import terminal
from gesta.cli.dyad_tables import Told, draw, print_told
from gesta.errors import UsageError
from gesta.records import By, Level, Series
from gesta.store import Store

_NAMES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_LEVELS = ("country", "sector", "actor")


def dyad(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    first: Annotated[
        str, typer.Argument(metavar="A", help="A country (USA), a sector (USA/MIL) or an actor.", show_default=False)
    ],
    second: Annotated[
        str | None, typer.Argument(metavar="[B]", help="The other; without it, all that was in country A.")
    ] = None,
    by: Annotated[str, typer.Option(help=f"One of: {', '.join(BY)}.")] = "week",
    level: Annotated[str | None, typer.Option(help="How A and B are meant: country, sector or actor.")] = None,
    since: Annotated[str | None, typer.Option(help="First day; else that of the first report.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; else that of the last report.")] = None,
    answers: Annotated[bool, typer.Option("--answers", help="Who answers whom, how strongly, how fast.")] = False,
    forecast: Annotated[int, typer.Option(metavar="N", min=0, max=12, help="Forecast N weeks or months.")] = 0,
    without: Annotated[str | None, typer.Option(metavar="INCIDENT", help="What if it had not been.")] = None,
    adding: Annotated[
        str | None,
        typer.Option("--with", metavar="DAY:1|2:QUAD", help="What if there were one more, of A (1) or B (2)."),
    ] = None,
    plot: Annotated[list[Path] | None, typer.Option(help="Draw it: FILE.svg or FILE.png (extra plot).")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw on a dark ground.")] = False,
    to: Annotated[Path | None, typer.Option("--csv", help="Write all periods as CSV; - for standard output.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Show what two sides did to each other, period by period; whether they answer; where it is heading."""
    store = Store.open(record)
    terminal.remark_unlinked(store, record)
    told = _read(store, first, second, _by(by), _level(level), since, until, answers, forecast, without, adding)
    for path in plot or ():
        draw(told, path, dark=dark)
    if to is not None:
        write_periods(told.series, to)
    if json:
        terminal.print_json(told)
    elif to is None or str(to) != "-":
        print_told(told, store, terminal.console())


def _by(text: str) -> By:
    for one in BY:
        if text == one:
            return one
    raise UsageError(f"cannot count by {text!r}", where="--by", remedy=f"One of: {', '.join(BY)}.")


def _level(text: str | None) -> Level | None:
    if text is None or text in _LEVELS:
        return text  # type: ignore[return-value]
    raise UsageError(f"there is no level {text!r}", where="--level", remedy=f"One of: {', '.join(_LEVELS)}.")


def _read(
    store: Store, first: str, second: str | None, by: By, level: Level | None, since: str | None, until: str | None,
    answers: bool, ahead: int, without: str | None, adding: str | None,
) -> Told:  # fmt: skip
    # Statistics take long to load, and other commands do without.
    from gesta.analyse.dyads import forecast_series, measure_sides, suppose
    from gesta.analyse.escalation import read_escalation

    begin, end = terminal.parse_day(since, option="--since"), terminal.parse_day(until, option="--until", end=True)
    if second is None:
        series = read_country(store, first, by=by, since=begin, until=end)
        return Told(series=series, forecast=forecast_series(series, ahead) if ahead else None)
    sides = find_side(store, first, level), find_side(store, second, level)
    series = read_series(store, sides, by=by, since=begin, until=end)
    found = forecast_series(series, ahead) if ahead else None
    supposed = suppose(store, sides, series, without=without, adding=adding, ahead=ahead or 12, told=found)
    return Told(
        series=series,
        escalation=read_escalation(store, sides, since=begin, until=end),
        reciprocity=measure_sides(store, sides, series) if answers else None,
        forecast=found,
        supposition=supposed,
    )


def write_periods(series: Series, path: Path) -> None:
    """Write all periods of a series as CSV; ``-`` is standard output."""
    if str(path) == "-":
        _write(series, sys.stdout)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        _write(series, file)


def _write(series: Series, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["source", "target", series.by, "incidents", *_NAMES, "intensity", "killed", "injured", "loose"])
    for direction in series.directions:
        for p in direction.periods:
            mean = "" if p.intensity is None else p.intensity
            counts = (p.start, p.incidents, *p.quads, mean, p.killed, p.injured, p.loose)
            writer.writerow([direction.source, direction.target, *counts])
