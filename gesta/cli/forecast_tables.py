"""Forecasts and suppositions as tables in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gesta.records import Forecast, Prospect, Supposition


def print_forecast(forecast: Forecast, out: Console) -> None:
    """Print each series that could be forecast with its backtest, then what it all comes to."""
    told = [prospect for prospect in forecast.prospects if prospect.steps]
    for prospect in told:
        out.print()
        out.print(_steps(prospect, forecast.period))
        out.print(_backtest(prospect))
        out.print(Text(prospect.sentence))
    for prospect in forecast.prospects:
        if not prospect.steps and told:
            out.print(Text(f"{prospect.series}: {prospect.sentence}", style="dim"))
    out.print()
    out.print(Text(forecast.sentence, style="bold"))


def _steps(prospect: Prospect, period: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, title_justify="left", title_style="bold")
    table.title = f"Forecast: {prospect.series}"
    for name in (period, "mean", "median", "50%", "80%", "95%", "at least one", "by"):
        table.add_column(name, justify="left" if name in (period, "by") else "right")
    for step in prospect.steps:
        one = step.outlook
        ranges = (f"{low} to {high}" for low, high in (one.within50, one.within80, one.within95))
        table.add_row(str(step.start), f"{one.mean:.1f}", str(one.median), *ranges, f"{one.any:.0%}", step.shown)
    return table


def _backtest(prospect: Prospect) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    tested = prospect.backtest
    for name in ("backtest", "CRPS, next", "CRPS, all", "inside 50%", "inside 80%", "inside 95%"):
        table.add_column(name, justify="left" if name == "backtest" else "right")
    if tested is None:
        return table
    calibration = {one.forecaster: one for one in tested.calibration}
    for errors in tested.errors:
        held = calibration.get(errors.forecaster)
        shares = (
            ("", "", "") if held is None else tuple(f"{x:.0%}" for x in (held.inside50, held.inside80, held.inside95))
        )
        table.add_row(errors.forecaster, f"{errors.by_ahead[0]:.3f}", f"{errors.overall:.3f}", *shares, style="dim")
    return table


def print_supposition(made: Supposition, out: Console) -> None:
    """Print what one incident more or less would change by the model."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    what = "without one incident" if made.change < 0 else "with one incident more"
    title = f"What if, {what} of {made.series} from {made.start} on (a model's conditional expectation)"
    for name in ("series", "difference", "95% interval"):
        table.add_column(name, justify="left" if name == "series" else "right")
    for one in made.sums:
        table.add_row(one.series, f"{one.difference:+.2f}", f"{one.low:+.2f} to {one.high:+.2f}")
    out.print()
    if made.sums:
        out.print(Text(title, style="bold"))
        out.print(table)
    out.print(Text(made.sentence))
