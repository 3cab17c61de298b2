"""``gesta code``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from gesta.cli import terminal
from gesta.cli.ontology import learnt_folder
from gesta.errors import UsageError
from gesta.records import Quarantined, Record, Report
from gesta.settings import CodeSettings, ReadSettings, RunSettings

if TYPE_CHECKING:  # spaCy and the model load only once there is something to code
    from gesta.run import Tally

Inputs = Iterable[Report | Quarantined]

QUARANTINED = 3


def read_settings(published: str | None, publisher: str | None, columns: list[str]) -> ReadSettings:
    """Settings from the options that say how inputs are read."""
    named = {}
    for pair in columns:
        ours, mark, theirs = pair.partition("=")
        if not mark or not ours or not theirs:
            raise UsageError(
                f"{pair!r} is no pair", where="--map", remedy="Write --map FIELD=COLUMN, as in --map text=Body."
            )
        named[ours] = theirs
    return ReadSettings(
        published=terminal.parse_day(published, option="--published"), publisher=publisher, columns=named
    )


def code(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders of reports; - is standard input.", show_default=False)
    ],
    into: Annotated[Path | None, typer.Option(help="The record folder to write to; made if it is not there.")] = None,
    published: Annotated[str | None, typer.Option(help="Publication date of reports that state none.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of reports that state none.")] = None,
    columns: Annotated[list[str] | None, typer.Option("--map", help="FIELD=COLUMN for tables, e.g. text=Body.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes; never changes the output.")] = 1,
    batch: Annotated[int, typer.Option(min=1, max=10_000, help="Reports per part; never changes the rows.")] = 64,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Leave out events below this confidence.")] = 0.0,
    ontology: Annotated[str | None, typer.Option(help="Code an ontology of your own: its name or folder.")] = None,
    gazetteer: Annotated[
        str | None, typer.Option(help="An index of places for this run: its file, or default.")
    ] = None,
    loaded: Annotated[
        Path | None, typer.Option(help="Your own list of loaded words (TSV), added to Gesta's.", show_default=False)
    ] = None,
    loaded_alone: Annotated[bool, typer.Option("--loaded-alone", help="Your list in place of Gesta's.")] = False,
    registry: Annotated[
        str | None, typer.Option(help="Imported actors for this run: a folder of them, or default for Gesta's alone.")
    ] = None,
    no_link: Annotated[bool, typer.Option("--no-link", help="Leave incidents to gesta link.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON record a line, and the summary as JSON.")] = False,
) -> None:
    """Code reports into a record folder, or, without --into, show rows on the terminal."""
    from gesta.read import read_paths

    inputs = read_paths(paths, read_settings(published, publisher, columns or []))
    places = terminal.prepare_places(gazetteer, quiet=json or not sys.stderr.isatty())
    settings = CodeSettings(
        min_confidence=min_confidence,
        ontology=learnt_folder(ontology),
        gazetteer=str(places.path.absolute()),
        registry=registry,
        loaded=str(loaded.absolute()) if loaded is not None else None,
        loaded_alone=loaded_alone,
    )
    run = RunSettings(workers=workers, batch=batch)
    tally = (
        _show(inputs, settings, run, json=json)
        if into is None
        else record_into(into, inputs, settings, run, link=not no_link, json=json)
    )
    if tally.quarantined:
        raise typer.Exit(QUARANTINED)


def record_into(
    into: Path, inputs: Inputs, settings: CodeSettings, run: RunSettings, *, json: bool, link: bool = True
) -> Tally:
    """Code ``inputs`` into the record folder ``into`` with a progress line, link them, and print the summary."""
    from gesta.annotate.model import load_model
    from gesta.cli.link import link_record
    from gesta.run import code_into
    from gesta.store import Store

    store = Store.open_or_create(into)
    with terminal.progress_of_run(quiet=json or not sys.stderr.isatty()) as progress:
        task = progress.add_task("coding", total=None, done=0, events=0)

        def report(tally: Tally) -> None:
            progress.update(task, done=tally.coded + tally.known, events=tally.events)

        tally = code_into(store, inputs, settings, run, model=load_model().identity, progress=report)
    linked = link_record(store, quiet=json or not sys.stderr.isatty()) if link else None
    if json:
        named = {name: getattr(tally, name) for name in tally.__slots__}
        terminal.print_json(named | ({"incidents": linked.incidents} if linked else {}))
    else:
        terminal.print_summary(terminal.console(), tally, incidents=linked.incidents if linked else None)
        terminal.messages().print(f"The record is in {into}. Next: gesta show {into}")
    return tally


def _show(inputs: Inputs, settings: CodeSettings, run: RunSettings, *, json: bool) -> Tally:
    """Code to the terminal: a table a report, or one JSON record a line."""
    from gesta.run import Tally, code_reports, fresh_reports

    tally, out = Tally(), terminal.console()
    fresh = fresh_reports(inputs, tally, refuse=_print_refused)
    for results in code_reports(fresh, settings, run):
        for result in results:
            tally.add(result)
            if isinstance(result, Quarantined):
                _print_refused(result)
            elif json:
                terminal.print_json(result)
            else:
                _print_record(result, out)
    if not json:
        terminal.print_summary(terminal.messages(), tally)
    return tally


def _print_refused(item: Quarantined) -> None:
    where = item.origin + (f":{item.line}" if item.line else "")
    terminal.messages().print(f"quarantined {where}: {item.reason}", markup=False)


def _print_record(record: Record, out: Console) -> None:
    report: Report = record.report
    title = report.title or report.text[:70].split("\n")[0]
    dated = f"{report.published} ({report.published_basis})" if report.published else "undated"
    out.print(f"\n{title}", style="bold", markup=False)
    out.print(f"{report.publisher or 'publisher unknown'}, {dated}, {report.origin}", style="dim", markup=False)
    if record.skipped:
        out.print(f"not coded: {record.skipped}", markup=False)
    elif not record.events:
        out.print("no event", style="dim")
    else:
        words = ((e, report.text[e.trigger.start : e.trigger.end]) for e in record.events)
        out.print(terminal.event_table(words, last="trigger"))
