"""The commands on incidents, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def gesta(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gesta.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "record"
    done = gesta("code", SAMPLES, "--into", folder)
    assert done.returncode == 0, done.stderr
    assert "incidents" in done.stdout
    return folder


def rows(*words: str | Path) -> list[dict[str, object]]:
    done = gesta(*words, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_incidents_of_several_reports_are_shown(record: Path) -> None:
    found = rows("incidents", record, "--min-reports", "2")
    assert found and all(row["reports"] >= 2 for row in found)  # type: ignore[operator]
    assert all(row["independent_sources"] <= row["reports"] for row in found)  # type: ignore[operator]
    table = gesta("incidents", record, "--min-reports", "2").stdout
    assert "independent" in table and str(found[0]["id"])[:10] in table


def test_filters_narrow_the_choice(record: Path) -> None:
    found = rows("incidents", record, "--type", "assault", "--since", "2019-12", "--all")
    assert found and {row["agreed"]["type"] for row in found} == {"ASSAULT"}  # type: ignore[index]
    assert len(rows("incidents", record, "--contested")) < len(rows("incidents", record))
    wrong = gesta("incidents", record, "--type", "WAR")
    assert wrong.returncode == 2 and "ASSAULT" in wrong.stderr


def test_one_incident_is_told_in_full_also_by_its_event(record: Path) -> None:
    incident = rows("incidents", record, "--min-reports", "2")[0]
    told = gesta("incidents", record, str(incident["id"])[:12]).stdout
    assert "Told by" in told and all(event[:10] in told for event in incident["events"])  # type: ignore[attr-defined]
    assert gesta("incidents", record, incident["events"][0]).stdout == told  # type: ignore[index]


def test_chain_prints_both_sides(record: Path) -> None:
    incident = str(rows("incidents", record, "--min-reports", "2")[0]["id"])
    shown = gesta("chain", record, incident)
    assert shown.returncode == 0, shown.stderr
    assert "answers" in shown.stdout and "is answered by" in shown.stdout
    (told,) = rows("chain", record, incident)
    assert told["incident"] == incident


def test_log_tells_all_and_of_one(record: Path) -> None:
    every = rows("log", record)
    assert {row["kind"] for row in every} == {"new"}
    one = rows("log", record, str(every[0]["incident"]))
    assert one == [every[0]]
    assert "told for the first time" in gesta("log", record).stdout


def test_linking_may_wait(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Rebels shelled the town of Kidal on Monday, killing three traders.\n")
    folder = tmp_path / "record"
    assert gesta("code", article, "--into", folder, "--no-link").returncode == 0
    waiting = gesta("incidents", folder)
    assert "gesta link" in waiting.stderr and "No incident fits" in waiting.stdout
    done = gesta("link", folder)
    assert done.returncode == 0 and "1 reports taken in" in done.stdout
    assert len(rows("incidents", folder)) == 1


def test_an_unknown_incident_is_misuse(record: Path) -> None:
    done = gesta("chain", record, "i0nobody")
    assert done.returncode == 2 and "no incident" in done.stderr


def test_a_chain_can_be_drawn(record: Path, tmp_path: Path) -> None:
    (start,) = rows("sql", record, "SELECT cause FROM responses ORDER BY confidence DESC LIMIT 1")
    done = gesta("chain", record, str(start["cause"]), "--plot", tmp_path / "chain.svg")
    assert done.returncode == 0, done.stderr
    assert "<svg" in (tmp_path / "chain.svg").read_text(encoding="utf-8")
