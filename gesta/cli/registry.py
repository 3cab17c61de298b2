"""``gesta registry``: the actors that Gesta knows, and those that users bring."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.errors import UsageError

if TYPE_CHECKING:  # spaCy loads only once there is something to look up
    from gesta.registry import Imported

app = typer.Typer(help="The actors that Gesta knows, and those you bring.", no_args_is_help=True)

_REFUSED = 3
_SHOWN = 20
"""Refused lines that are told one by one; all are counted."""


@app.callback()
def registry() -> None:
    """The actors that Gesta knows, and those you bring."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A TSV or CSV file, or a PETRARCH dictionary.", show_default=False)],
    name: Annotated[str | None, typer.Option(help="What to keep it as; else the name of the file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> None:
    """Import actors of your own, which later runs use before Gesta's."""
    from gesta.registry import keep, read_actors

    imported = read_actors(file)
    called = name or re.sub(r"[^\w.-]+", "-", file.name.removesuffix(file.suffix)).strip("-.") or "actors"
    path = keep(imported, called)
    if json:
        terminal.print_json({"name": called, "file": str(path), "actors": len(imported.entries), **_told(imported)})
    else:
        _print_imported(imported, called)
    if imported.refused:
        raise typer.Exit(_REFUSED)


@app.command()
def show(
    text: Annotated[str | None, typer.Argument(help="A name or alias; else what is imported.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what is imported, or all that is known of an actor: names, country, sectors, dated roles, and its origin."""
    from gesta.registry import kept_names, open_registry, read_kept
    from gesta.registry.facts import facts_of

    if text is not None:
        facts = facts_of(open_registry(), text)
        if not facts:
            raise UsageError(f"no actor of the name {text!r}", remedy="Import it: gesta registry import FILE")
        for one in facts:
            terminal.print_json(one) if json else _print_facts(one)
        return
    rows = [(name, read_kept(name)) for name in kept_names()]
    if json:
        for name, kept in rows:
            terminal.print_json({"name": name, "source": kept.source, "form": kept.form, "actors": len(kept.entries)})
        return
    if not rows:
        terminal.console().print("Nothing is imported: runs use Gesta's own actors.")
        return
    table = Table("name", "actors", "read from", "form", box=None, header_style="bold", pad_edge=False)
    for name, kept in rows:
        table.add_row(Text(name), f"{len(kept.entries):,}", Text(kept.source), kept.form)
    terminal.console().print(table)


@app.command()
def remove(name: Annotated[str, typer.Argument(help="The name of an import.", show_default=False)]) -> None:
    """Forget an import."""
    from gesta.registry import remove as forget

    forget(name)
    terminal.console().print(f"Forgotten: {name}. What was coded with it stays as it is.", markup=False)


def _told(imported: Imported) -> dict[str, object]:
    return {"refused": imported.refused, "left_out": imported.left_out}


def _print_imported(imported: Imported, name: str) -> None:
    out, messages = terminal.console(), terminal.messages()
    out.print(f"{len(imported.entries):,} actors from {imported.source} ({imported.form})", markup=False)
    for reason, count in imported.left_out.items():
        out.print(f"{count:,} left out: {reason}", markup=False)
    for one in imported.refused[:_SHOWN]:
        field = f" ({one.field})" if one.field else ""
        remedy = f" {one.remedy}" if one.remedy else ""
        messages.print(f"refused {one.origin}:{one.line}{field}: {one.reason}.{remedy}", markup=False)
    if imported.refused:
        messages.print(f"{len(imported.refused):,} refused in all", markup=False)
    messages.print(f"Kept as {name}; later runs use it. To forget it: gesta registry remove {name}", markup=False)


def _print_facts(facts: dict[str, object]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for field, value in facts.items():
        lines = value if isinstance(value, (list, tuple)) else [value]
        shown = "\n".join(map(str, lines)) if field == "roles" else ", ".join(map(str, lines))
        if value not in (None, "", (), []):
            table.add_row(field, Text(shown, overflow="fold"))
    terminal.console().print(table)
    terminal.console().print()
