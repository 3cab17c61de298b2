"""What holds for every format: the page that describes them, the command, and files that appear whole."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from export_samples import make_store, written
from typer.testing import CliRunner

from gesta.cli import app
from gesta.errors import UsageError
from gesta.exchange import FORMATS, polecat, rows
from gesta.exchange.files import written_whole
from gesta.store import EventFilter

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


def described(heading: str) -> list[tuple[str, str]]:
    """The columns that a section of the page describes, with their meanings."""
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section, f"docs/exports.md has no section {heading}"
    return re.findall(r"^\| `([^`]+)` \| (.+) \|$", section[1], re.MULTILINE)


def test_every_format_has_its_section() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.split("##")[0], re.MULTILINE) == list(FORMATS)
    assert sorted(re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)) == sorted(FORMATS)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/exports.md" in readme
    assert [name for name in FORMATS if name not in readme] == []


@pytest.mark.parametrize(
    ("heading", "names", "words"),
    [("csv", rows.COLUMNS, rows.WORDS), ("polecat", polecat.COLUMNS, polecat.WORDS)],
)
def test_the_page_describes_every_column_in_order(heading: str, names: tuple[str, ...], words: frozenset[str]) -> None:
    found = described(heading)
    assert tuple(name for name, _ in found) == names
    assert {name for name, meaning in found if meaning.startswith("†")} == words


@pytest.mark.parametrize("format", list(FORMATS))
@pytest.mark.parametrize("without_text", [False, True])
def test_the_command_writes_what_the_writer_writes(tmp_path: Path, format: str, without_text: bool) -> None:
    store = make_store(tmp_path / "record")
    out = tmp_path / "out"
    words = ["export", str(store.path), "--format", format, "--out", str(out), "--modality", "all"]
    done = CliRunner().invoke(app, [*words, "--without-text"] if without_text else words)
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == written(store, format, without_text=without_text)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["record", "out", f"record.{format}"])


@pytest.mark.parametrize("format", list(FORMATS))
def test_standard_output_gets_the_same_bytes(
    tmp_path: Path, format: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    store = make_store(tmp_path / "record")
    FORMATS[format](store, EventFilter(), Path("-"), without_text=False)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == written(store, format, modality="counted")


def test_a_file_that_fails_midway_does_not_appear(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"old")
    with pytest.raises(RuntimeError), written_whole(out) as stream:
        stream.write(b"new")
        raise RuntimeError
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_one_clear_message(tmp_path: Path) -> None:
    store = make_store(tmp_path / "record")
    with pytest.raises(UsageError, match="--out"):
        FORMATS["csv"](store, EventFilter(), tmp_path / "no" / "out.csv", without_text=False)
