"""``gesta link``: incidents from what has been coded."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gesta.cli import terminal
from gesta.store import Store

if TYPE_CHECKING:  # the model loads only when there is something to link
    from gesta.link.linking import Linked


def link(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    json: Annotated[bool, typer.Option("--json", help="What was done as JSON.")] = False,
) -> None:
    """Link the reports coded since the last time into incidents; gesta code does so at its end."""
    linked = link_record(Store.open(record), quiet=json or not sys.stderr.isatty())
    if json:
        terminal.print_json(linked)
    else:
        done = f"{linked.reports:,} reports taken in, {linked.incidents:,} incidents, {linked.changes:,} changes logged"
        terminal.console().print(done)


def link_record(store: Store, *, quiet: bool) -> Linked:
    """Link with a progress line on standard error."""
    from gesta.annotate.model import load_model
    from gesta.link.linking import link as link_store

    with nullcontext() if quiet else terminal.messages().status("linking"):
        return link_store(store, load_model())
