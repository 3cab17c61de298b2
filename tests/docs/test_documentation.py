"""Documentation is checked: an undocumented command, record field or folder fails."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import typer

from gesta.cli import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["records", "codebook"])
def test_a_page_made_by_a_command_is_up_to_date(name: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / f"make_{name}.py"))["page"]()
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") == made


def test_every_command_is_in_the_readme() -> None:
    command = typer.main.get_command(app)
    missing = [name for name in command.commands if f"gesta {name}" not in README]  # type: ignore[attr-defined]
    assert missing == []


def test_every_folder_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = [p.name for p in (ROOT / "gesta").iterdir() if (p / "__init__.py").exists()]
    assert [name for name in folders if f"`{name}/`" not in text] == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_links_between_pages_hold(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_page_of_readings_shows_every_sentence_it_is_made_of() -> None:
    """What the model says may differ in a digit from machine to machine; what was asked of it may not."""
    source = (ROOT / "docs" / "reading" / "sentences.conllu").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    texts = re.findall(r"^# text = (.*)$", source, re.MULTILINE)
    assert re.findall(r"^## \d+\. (.*)$", page, re.MULTILINE) == texts
    drawings = [
        (ROOT / "docs" / name).read_text(encoding="utf-8") for name in re.findall(r"\((reading/\d+\.svg)\)", page)
    ]
    assert len(set(drawings)) == len(texts)
    for text, drawing in zip(texts, drawings, strict=True):
        words = {word for word in re.findall(r"\w+", text) if len(word) > 3}
        assert [word for word in sorted(words) if word not in drawing] == []
