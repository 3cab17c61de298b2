"""docs/record-folder.md tells the truth."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from store_samples import RECODED, RUN, make_record, view_names

from gesta.store import Store, queries
from gesta.store.columns import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "record-folder.md"


def section(heading: str) -> str:
    """The page from a heading to the next one of any level."""
    match = re.search(
        rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert match, f"docs/record-folder.md has no section {heading}"
    return match[1]


def test_every_view_and_column_is_described(tmp_path: Path) -> None:
    with Store.create(tmp_path).connect() as con:
        shapes = {name: con.execute(f"DESCRIBE {name}").fetchall() for name in [*view_names(con), "codings"]}
    for name, columns in shapes.items():
        words = section(f"`{name}`")
        for column, kind, *_ in columns:
            assert f"`{column}`" in words, f"{name}.{column} is not described"
            row = re.search(rf"^\| `{column}` \| (\S+) \|", words, re.MULTILINE)
            if row and "STRUCT" not in kind:
                assert row[1] == kind, f"{name}.{column}"
        for column in re.findall(r"^\| `(\w+)` \|", words, re.MULTILINE):
            assert column in [row[0] for row in columns], f"{name}.{column} is described but does not exist"


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_on_disk_is_described(table: Any) -> None:
    (row,) = [line for line in section("Tables on disk").splitlines() if line.startswith(f"| `{table.name}` |")]
    assert f"`{table.record.__name__}`" in row
    assert re.findall(r"`(\w+)`", row)[2:] == list(table.columns)


def test_columns_are_described_as_the_schema_describes_them() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [A-Z()[\]]+ \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 150
    for column, meaning in rows:
        assert f"-- {meaning}\n" in queries.schema(), f"{column} is described otherwise in schema.sql"


def test_the_recipe_reads_what_the_store_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.create(tmp_path / "record")
    records = [make_record(n) for n in range(4)]
    for record in records[:3]:
        store.add([record], run=RUN)
    store.compact()
    store.add([replace(records[0], events=records[0].events[:1])], run=RECODED)
    store.add([records[3]], run=RUN)
    python = re.findall(r"```python\n(.*?)```", section("Reading without Gesta"), re.DOTALL)
    assert len(python) == 4
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in python[:2]:  # the rest needs pandas and Spark
        exec(block, names)
    ids = [row[0] for row in names["con"].execute("SELECT id FROM all_events").fetchall()]
    assert len(ids) == len(store.query("SELECT id FROM all_events")) == 9
    found = sorted(value for row in names["events"] for value in row if value in ids)
    assert found == sorted(row[0] for row in store.query("SELECT id FROM events"))
    assert len(found) == 7
