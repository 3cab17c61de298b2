"""``gesta doctor``: is everything in order?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gesta.cli import terminal
from gesta.errors import GestaError
from gesta.version import __version__


def doctor(
    record: Annotated[Path | None, typer.Argument(help="A record folder to check as well.", show_default=False)] = None,
) -> None:
    """Check the installation, and a record if one is given."""
    from gesta.annotate.model import load_model

    out = terminal.console()
    out.print(f"gesta {__version__}")
    out.print(f"model {load_model().identity}: loads")
    gazetteer = terminal.prepare_places(quiet=not sys.stderr.isatty())
    out.print(f"gazetteer: {len(gazetteer):,} places ({gazetteer.about.version})")
    if record is None:
        return
    from gesta.store import Store

    faults = Store.open(record).check()
    for fault in faults:
        out.print(f"fault: {fault}", markup=False)
    if faults:
        raise GestaError(f"the record has {len(faults)} faults", where=str(record))
    out.print(f"record {record}: whole")
