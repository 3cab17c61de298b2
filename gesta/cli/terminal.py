"""What several commands print: rows of events, summaries, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from gesta.errors import UsageError
from gesta.records import MODALITIES, Event, Modality, Participant, Time

if TYPE_CHECKING:  # spaCy and the model load only for the commands that read text
    from pathlib import Path

    from gesta.resolve.places import Gazetteer
    from gesta.run import Tally
    from gesta.store import Store

_SHORT = 10
"""Characters of an id shown in tables; any unique beginning is understood."""


def console() -> Console:
    """A console for results, on standard output; wide when piped, so that rows are not folded."""
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False, soft_wrap=False)


def messages() -> Console:
    """A console for progress and remarks, on standard error."""
    return Console(stderr=True, highlight=False)


def print_json(value: object) -> None:
    """Print one JSON line."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")


def parse_day(text: str | None, *, option: str, end: bool = False) -> date | None:
    """Read ``2010``, ``2010-03`` or ``2010-03-15``; ``end`` takes the last day of a year or month."""
    if text is None:
        return None
    parts = text.split("-")
    try:
        year, month, day = (int(p) for p in [*parts, *["0"] * (3 - len(parts))])
        if end and not month:
            return date(year, 12, 31)
        if end and not day:
            return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return date(year, month or 1, day or 1)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no date", where=option, remedy="Write a year, a month or a day: 2010, 2010-03 or 2010-03-15."
        ) from error


def modality_of(text: str) -> Modality | Literal["counted", "all"]:
    """Read the value of ``--modality``."""
    if text == "counted":
        return "counted"
    if text == "all":
        return "all"
    for modality in MODALITIES:
        if text == modality:
            return modality
    known = ", ".join(("counted", "all", *MODALITIES))
    raise UsageError(f"there is no modality {text!r}", where="--modality", remedy=f"One of: {known}.")


def people(participants: tuple[Participant, ...]) -> str:
    """The words of the participants, "-" for none."""
    return "; ".join(p.text for p in participants) or "-"


def when(time: Time | None) -> str:
    """An interval as people write it, with a mark for how it is known; the report's words where none is."""
    if time is None:
        return "undated"
    if time.basis == "bounded":
        return f"by {time.end}"
    if time.start is None and time.end is None:
        return f'"{time.text}"' if "X" in time.value and time.text else time.value
    if time.start == time.end:
        return str(time.start)
    return f"{time.start or '...'} to {time.end or '...'}"


def event_table(events: Iterator[tuple[Event, str]], *, last: str, title: str | None = None) -> Table:
    """A table of events, each with words of the caller's choice in the column ``last``."""
    table = Table(title=title, box=None, header_style="bold", pad_edge=False)
    columns: tuple[tuple[str, dict[str, Any]], ...] = (
        ("id", {"no_wrap": True, "style": "dim"}),
        ("when", {"no_wrap": True, "max_width": 24, "overflow": "ellipsis"}),
        ("type", {"no_wrap": True, "style": "cyan"}),
        ("modality", {"no_wrap": True}),
        ("source", {"max_width": 32}),
        ("target", {"max_width": 32}),
        ("place", {"max_width": 16}),
        (last, {"max_width": 36, "no_wrap": True, "overflow": "ellipsis"}),
    )
    for name, options in columns:
        table.add_column(name, **options)
    for event, words in events:
        kind = event.type + (f"/{event.mode}" if event.mode else "")
        place = "-" if event.place is None else event.place.name
        if event.place is not None and event.place.basis == "inferred":
            place = f"({place})"
        row = (
            event.id[:_SHORT],
            when(event.time),
            kind,
            event.modality,
            people(event.sources),
            people(event.targets),
            place,
            words,
        )
        table.add_row(*(Text(cell) for cell in row), style="" if event.counted else "dim")
    return table


def print_summary(out: Console, tally: Tally, *, incidents: int | None = None) -> None:
    """What the run did, and what it did not code and why; ``incidents`` are those of the whole record."""
    table = Table(box=None, show_header=False, pad_edge=False)
    rows: list[tuple[str, int, str]] = [
        ("read", tally.read, "reports found in the input"),
        ("coded", tally.coded, f"{tally.eventless} of them tell of no event"),
        ("already there", tally.known, "coded before by the same model and settings"),
        ("read twice", tally.doubles, "same text, publisher and url as another in this input"),
        ("events", tally.events, f"{tally.counted} counted (happened or ongoing)"),
        ("undated reports", tally.undated, "no publication date; give one with --published"),
        (
            "undated events",
            tally.undated_events,
            "neither the text nor a publication date bounds them; see show --undated",
        ),
    ]
    if incidents is not None:
        rows.append(("incidents", incidents, "in the record: each happening once, however many reports tell of it"))
    rows += [("not coded", n, reason) for reason, n in sorted(tally.skipped.items())]
    rows += [("quarantined", n, reason) for reason, n in sorted(tally.quarantined.items())]
    for name, number, remark in rows:
        if number or name in {"read", "coded", "events"}:
            table.add_row(name, f"{number:,}", Text(remark, style="dim"))
    out.print(table)


def remark_unlinked(store: Store, record: Path) -> None:
    """Say on standard error that some reports are not in the incidents yet."""
    if number := store.unlinked():
        messages().print(f"{number:,} reports are not linked yet: gesta link {record}", style="dim", markup=False)


@contextmanager
def progress_of_run(*, quiet: bool) -> Iterator[Progress]:
    """A progress line on standard error: reports and events so far, with the rate."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[done]} coded, {task.fields[events]} events"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=messages(), transient=True, disable=quiet) as progress:
        yield progress


def prepare_places(name: str | None = None, *, quiet: bool) -> Gazetteer:
    """Open the index of places in use, or the one that ``name`` says.

    The first time the default one has to be built, which takes some seconds, so show how far it is.
    """
    from gesta.resolve.places import open_gazetteer

    with progress_of_build("building the index of places (once)", quiet=quiet) as show:
        return open_gazetteer(name, progress=show)


@contextmanager
def progress_of_build(title: str, *, quiet: bool) -> Iterator[Callable[[float], None]]:
    """A bar on standard error that appears with the first share done, and goes when all is."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=messages(), transient=True, disable=quiet) as progress:
        task = progress.add_task(title, total=1.0, visible=False)

        def show(share: float) -> None:
            progress.update(task, completed=share, visible=True)

        yield show
