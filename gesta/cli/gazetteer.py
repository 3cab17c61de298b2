"""``gesta gazetteer``: the local index of places."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.errors import UsageError

if TYPE_CHECKING:
    from gesta.resolve.places import Gazetteer
    from gesta.resolve.places.build import Source
    from gesta.resolve.places.dump import Tally

app = typer.Typer(help="The local index of places.", no_args_is_help=True)


@app.callback()
def gazetteer() -> None:
    """The local index of places."""


@app.command()
def build(
    dump: Annotated[
        Path | None,
        typer.Option(
            "--from", help="A GeoNames dump to add: allCountries.zip, a country's, or its .txt.", metavar="PATH"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The index to write, instead of one that later runs use.")] = None,
) -> None:
    """Build the index of places: the default one, or one that has all of a GeoNames dump as well."""
    from gesta.resolve.places import Gazetteer
    from gesta.resolve.places.build import packaged_source
    from gesta.resolve.places.chosen import choose_index, index_of_dump
    from gesta.resolve.places.dump import Dump

    quiet = not sys.stderr.isatty()
    if dump is None and out is None:
        _print_index(terminal.prepare_places("default", quiet=quiet))
        return
    source = packaged_source(Dump(dump) if dump else None)
    path = _writable(out) if out else index_of_dump(source.dump.name if source.dump else "")
    tally = _build(path, source, quiet=quiet)
    if dump:
        _print_tally(tally)
    _print_index(Gazetteer(path))
    if out:
        terminal.messages().print(
            f"To use it: gesta gazetteer use {path}, or gesta code --gazetteer {path}", markup=False
        )
    else:
        choose_index(path)
        terminal.messages().print("Later runs use it. To go back: gesta gazetteer use default")


@app.command()
def use(index: Annotated[str, typer.Argument(help="An index that was built, or default.", show_default=False)]) -> None:
    """Choose the index of places that later runs use."""
    from gesta.resolve.places import open_gazetteer
    from gesta.resolve.places.chosen import DEFAULT, choose_index

    if index == DEFAULT:
        choose_index(None)
        terminal.console().print("Later runs use the default index.")
        return
    opened = open_gazetteer(index)
    choose_index(opened.path)
    _print_index(opened)


@app.command()
def show() -> None:
    """Show which index of places is in use, how large it is, and what it was built from."""
    _print_index(terminal.prepare_places(quiet=not sys.stderr.isatty()))


def _writable(out: Path) -> Path:
    """Return ``out`` if an index may be put there: nothing but another index is ever replaced."""
    from gesta.resolve.places.build import is_index

    if out.exists() and not is_index(out):
        what = f"{out} is there already and is no index of places"
        raise UsageError(what, where="--out", remedy="Give another name.")
    return out


def _build(path: Path, source: Source, *, quiet: bool) -> Tally:
    from gesta.resolve.places import GazetteerError
    from gesta.resolve.places.build import build

    try:
        with terminal.progress_of_build(f"building {path.name}", quiet=quiet) as show:
            return build(path, source, progress=show)
    except OSError as error:
        raise GazetteerError(
            str(error),
            where=str(path),
            remedy="Make room there and in the temporary folder (TMPDIR), or give another place with --out.",
        ) from error


def _print_tally(tally: Tally) -> None:
    """What became of the rows of a dump, on standard error: nothing is left out silently."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("rows", f"{tally.lines:,}", "in the dump")
    table.add_row("kept", f"{tally.kept:,}", "")
    table.add_row(
        "left out", f"{tally.left_out:,}", "features that news seldom means (wells, farms, hotels ...), countries"
    )
    for reason, number in sorted(tally.bad.items()):
        lines = ", ".join(str(line) for line in tally.first[reason])
        more = " ..." if number > len(tally.first[reason]) else ""
        table.add_row("bad", f"{number:,}", Text(f"{reason}: line {lines}{more}"))
    terminal.messages().print(table)


def _print_index(opened: Gazetteer) -> None:
    from gesta.resolve.places.build import tables_version

    about = opened.about
    table = Table(box=None, show_header=False, pad_edge=False)
    rows = [
        ("index", str(opened.path)),
        ("version", about.version),
        ("places", f"{len(opened):,} places"),
        ("built from", about.source),
        ("last change", about.newest or "not stated"),
        ("size", f"{opened.path.stat().st_size / 1e6:,.1f} MB"),
    ]
    if tables_version() not in about.version:
        rows.append(("note", "built with the tables of another version of Gesta; build it again to have this one's"))
    for name, value in rows:
        table.add_row(name, Text(value, overflow="fold"))
    terminal.console().print(table)
