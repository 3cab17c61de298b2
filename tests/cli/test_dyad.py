"""``gesta dyad`` and ``gesta panel`` on the samples, in processes of their own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_incidents import SAMPLES, gesta


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dyad") / "record"
    assert gesta("code", SAMPLES, "--into", folder).returncode == 0
    return folder


def test_a_dyad_week_by_week(record: Path) -> None:
    done = gesta("dyad", record, "USA", "IRN")
    assert done.returncode == 0, done.stderr
    assert "USA toward IRN" in done.stdout and "IRN toward USA" in done.stdout and "Ladder" in done.stdout
    whole = json.loads(gesta("dyad", record, "USA", "IRN", "--json", "--answers", "--forecast", "2").stdout)
    assert [d["source"] for d in whole["series"]["directions"]] == ["USA", "IRN"]
    assert whole["reciprocity"]["verdict"] == "too little to say"
    assert "week" in whole["forecast"]["sentence"] and not whole["forecast"]["beats"]


def test_csv_of_a_dyad_and_of_panels(record: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(gesta("dyad", record, "USA", "IRN", "--csv", "-").stdout)))
    assert {row["source"] for row in rows} == {"USA", "IRN"} and "0" in {row["incidents"] for row in rows}
    done = gesta("panel", record, "--of", "dyads", "--csv", tmp_path / "dyads.csv")
    assert done.returncode == 0 and (tmp_path / "dyads.csv").read_text().startswith(
        "source_country,target_country,start"
    )
    countries = list(csv.DictReader(io.StringIO(gesta("panel", record, "--by", "week").stdout)))
    assert {"IRQ", "IRN"} <= {row["country"] for row in countries}


def test_pictures_of_a_dyad(record: Path, tmp_path: Path) -> None:
    path = tmp_path / "dyad.svg"
    done = gesta("dyad", record, "USA", "IRN", "--plot", path)
    assert done.returncode == 0, done.stderr
    assert "<svg" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("USA", "IRN", "--by", "hour"), "cannot count by"),
        (("USA", "IRN", "--level", "planet"), "no level"),
        (("USA", "Nobody At All"), "no actor of the record"),
        (("USA", "IRN", "--with", "soon"), "cannot read"),
        (("USA", "IRN", "--by", "day", "--forecast", "3"), "by week or month"),
    ],
)
def test_what_is_wrong_is_said(record: Path, words: tuple[str, ...], said: str) -> None:
    done = gesta("dyad", record, *words)
    assert done.returncode == 2 and said in done.stderr


def test_a_panel_of_nothing_known(record: Path) -> None:
    assert gesta("panel", record, "--of", "planets").returncode == 2


def test_reports_without_a_day_are_told(tmp_path: Path) -> None:
    told = (
        "Police in Oslo arrested nine men.",
        "Rebels shelled the port of Bissau.",
        "The king of Norway met the queen.",
    )
    lines = [{"text": text} for text in told] + [
        {"text": "Police in Bergen arrested a man.", "published": "2021-03-02"}
    ]
    (tmp_path / "some.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = gesta("code", tmp_path / "some.jsonl", "--into", tmp_path / "record")
    assert done.returncode == 0, done.stdout
    for command in (("dyad", tmp_path / "record", "NOR"), ("panel", tmp_path / "record")):
        shown = gesta(*command)
        said = " ".join((shown.stdout + shown.stderr).split())
        assert "3 of 4 reports have no day of publication" in said
