"""Write docs/records.md from gesta/records/, so that the page cannot drift: python docs/make_records.py"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "records.md"


def _fields(node: ast.ClassDef) -> list[tuple[str, str, str, str]]:
    """(name, type, default, description) of each field; the description is the string that follows it."""
    found = []
    for at, statement in enumerate(node.body):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            after = node.body[at + 1] if at + 1 < len(node.body) else None
            said = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                said = " ".join(str(after.value.value).split())
            default = ast.unparse(statement.value) if statement.value else "required"
            found.append((statement.target.id, ast.unparse(statement.annotation), default, said))
    return found


_MODULES = ("coding", "linking", "dyads", "reciprocity", "forecasts", "runs")


def page() -> str:
    """The page's text."""
    folder = ROOT / "gesta" / "records"
    about = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    trees = [ast.parse((folder / f"{name}.py").read_text(encoding="utf-8")) for name in _MODULES]
    lines = ["# Records", "", "Made by `python docs/make_records.py` from `gesta/records/`; do not edit by hand.", ""]
    lines += [" ".join(about.split("\n\n", 1)[1].split()), ""]
    for node in (node for tree in trees for node in tree.body):
        if not isinstance(node, ast.ClassDef) or node.name == "Frozen":
            continue
        lines += [f"## {node.name}", "", *(ast.get_docstring(node) or "").splitlines(), ""]
        lines += ["| field | type | default | |", "|---|---|---|---|"]
        for name, kind, default, said in _fields(node):
            bar = kind.replace("|", "\\|")
            lines.append(f"| `{name}` | `{bar}` | `{default}` | {said} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
