"""``gesta registry`` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gesta.cli import app
from gesta.errors import UsageError


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return CliRunner()


def test_import_show_and_remove(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,country,sectors\nNorland Front,KEN,REB\nAnn Lee,XX,GOV\n", encoding="utf-8")
    done = runner.invoke(app, ["registry", "import", str(path)])
    assert done.exit_code == 3 and "1 actors from mine.csv" in done.output and "mine.csv:3 (country)" in done.output
    assert "mine" in runner.invoke(app, ["registry", "show"]).output
    told = json.loads(runner.invoke(app, ["registry", "show", "Norland Front", "--json"]).output)
    assert (told["country"], told["origin"]) == ("KEN", "mine")
    assert runner.invoke(app, ["registry", "remove", "mine"]).exit_code == 0
    assert "Nothing is imported" in runner.invoke(app, ["registry", "show"]).output


def test_import_as_json_without_refusals(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "x.actors.txt"
    path.write_text("NORLAND_FRONT_ [PAKREBTAL]\n", encoding="utf-8")
    done = runner.invoke(app, ["registry", "import", str(path), "--name", "two", "--json"])
    told = json.loads(done.output)
    assert done.exit_code == 0 and told["name"] == "two" and told["actors"] == 1
    assert told["left_out"] == {"part of a code without a counterpart: TAL": 1}


def test_show_a_known_person_and_nobody(runner: CliRunner) -> None:
    told = json.loads(runner.invoke(app, ["registry", "show", "Duterte", "--json"]).output.splitlines()[0])
    assert told["name"] == "Rodrigo Duterte" and any("2016-06-30 to 2022-06-30" in role for role in told["roles"])
    done = runner.invoke(app, ["registry", "show", "nobody of that name"])
    assert isinstance(done.exception, UsageError)
