"""The command line: one file per command, wired together here."""

from __future__ import annotations

import os
import sys

import typer

from gesta.cli import (
    actors,
    chain,
    claims,
    code,
    demo,
    doctor,
    dyad,
    evaluate,
    export,
    gazetteer,
    incidents,
    link,
    log,
    ontology,
    panel,
    registry,
    show,
    sql,
    ties,
    why,
)
from gesta.errors import GestaError, UsageError
from gesta.version import __version__

#: Exit codes: 0 all went well, 1 a fault, 2 misuse, 3 some input went to quarantine, 130 stopped by the user.
FAULT, MISUSE, QUARANTINED, STOPPED = 1, 2, 3, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads news reports and keeps a sourced record of who did what to whom, when, where, and who says so.",
)
for command in (
    demo.demo,
    code.code,
    show.show,
    why.why,
    claims.claims,
    actors.actors,
    ties.ties,
    incidents.incidents,
    chain.chain,
    log.log,
    dyad.dyad,
    panel.panel,
    link.link,
    export.export,
    sql.sql,
    doctor.doctor,
):
    app.command()(command)
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(ontology.app, name="ontology")
app.add_typer(registry.app, name="registry")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"gesta {__version__}")
        raise typer.Exit


@app.callback()
def gesta(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and stop."
    ),
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """Run the command line; every error is one message, never a traceback."""
    try:
        app()
    except UsageError as error:
        _fail(str(error), MISUSE)
    except GestaError as error:
        _fail(str(error), FAULT)
    except KeyboardInterrupt:
        _fail("stopped; what was committed is kept, and the same command goes on from there", STOPPED)
    except BrokenPipeError:
        # The reader went away ("| head"): not our fault, but Python must not complain about it while shutting down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _fail(message: str, status: int) -> None:
    print(f"gesta: {message}", file=sys.stderr)
    sys.exit(status)
