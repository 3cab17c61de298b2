"""``gesta ontology``: types of one's own, learnt from a few examples each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from gesta.cli import terminal
from gesta.errors import UsageError

app = typer.Typer(no_args_is_help=True, help="Types of your own, learnt from ten to fifty examples each.")


@app.callback()
def ontology() -> None:
    """Keep ``train`` a command of its own."""


@app.command()
def train(
    path: Annotated[Path, typer.Argument(help="The YAML file with types and examples.", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="Where to keep what was learnt; else with Gesta's own data.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> None:
    """Learn an ontology of your own. Then: gesta code --ontology NAME PATH"""
    from gesta.coder import Coder
    from gesta.ontology.own import read_ontology

    found = read_ontology(path)
    learnt = Coder().learn(found)
    folder = out or home() / found.name
    learnt.model.save(folder)
    if json:
        terminal.print_json({"folder": str(folder), "examples": learnt.examples, "right": learnt.right})
        return
    table = Table("type", "examples", "right when left out", title=f"{found.name}: {learnt.examples} examples")
    for name, (right, examples) in learnt.by_type.items():
        table.add_row(name, str(examples), str(right))
    terminal.console().print(table)
    terminal.messages().print(f"Kept in {folder}. Next: gesta code --ontology {out or found.name} PATH", markup=False)


def home() -> Path:
    """Where learnt ontologies are kept."""
    from platformdirs import user_data_path

    return user_data_path("gesta") / "ontologies"


def learnt_folder(name: str | None) -> str | None:
    """Return the folder of a learnt ontology, given its name or the folder itself."""
    if name is None:
        return None
    for folder in (Path(name), home() / name):
        if (folder / "ontology.json").is_file():
            return str(folder.resolve())
    raise UsageError(
        f"no learnt ontology {name!r}", where="--ontology", remedy="Learn it first: gesta ontology train FILE.yaml"
    )
