"""The commands as a user runs them, in processes of their own: output, messages, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


def gesta(*words: str | Path, stdin: str | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gesta.cli import main; main()", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=cwd, timeout=300, check=False)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "record"
    done = gesta("demo", "--into", folder)
    assert done.returncode == 0, done.stderr
    assert "Where to look next" in done.stdout
    return folder


def test_show_filters(record: Path) -> None:
    shown = gesta("show", record, "--type", "ASSAULT", "--since", "2019-12", "--json")
    assert shown.returncode == 0
    events = [json.loads(line) for line in shown.stdout.splitlines()]
    assert events
    assert {e["type"] for e in events} == {"ASSAULT"}
    assert {e["modality"] for e in events} <= {"happened", "ongoing"}
    table = gesta("show", record, "--type", "ASSAULT", "--since", "2019-12")
    assert events[0]["id"][:10] in table.stdout


def test_why_shows_sentence_words_and_reasons(record: Path) -> None:
    event = json.loads(gesta("show", record, "--json", "--limit", "1").stdout)
    shown = gesta("why", record, event["id"][:12])
    assert shown.returncode == 0
    assert event["type"] in shown.stdout
    assert "Because" in shown.stdout
    assert "trigger" in shown.stdout


def test_code_to_the_terminal(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Rebels shelled the town of Kidal on Monday, killing three traders.\n")
    shown = gesta("code", article, "--published", "2021-03-04")
    assert shown.returncode == 0, shown.stderr
    assert "ASSAULT" in shown.stdout
    assert "2021-03-01" in shown.stdout


def test_standard_input_and_json() -> None:
    shown = gesta("code", "-", "--json", stdin="Police arrested two journalists in Dhaka.")
    assert shown.returncode == 0
    assert json.loads(shown.stdout.splitlines()[0])["events"][0]["type"] == "COERCE"


def test_quarantine_shows_in_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Police arrested two journalists in Dhaka.")
    (tmp_path / "in" / "broken.jsonl").write_text('{"text": "Troops left Goma."}\n{"text": \n')
    done = gesta("code", tmp_path / "in", "--into", tmp_path / "record")
    assert done.returncode == 3
    assert "quarantined" in done.stdout
    found = gesta("sql", tmp_path / "record", "select origin, line, reason from quarantine", "--json")
    assert json.loads(found.stdout)["line"] == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["show", "no-such-folder"], 1, "no-such-folder"),
        (["code", "no-such-file.txt"], 2, "no-such-file.txt"),
        (["code", "README.md", "--colour"], 2, "--colour"),
        (["show", "RECORD", "--type", "BOMBING"], 2, "BOMBING"),
        (["show", "RECORD", "--since", "last year"], 2, "last year"),
        (["show", "RECORD", "--modality", "sure"], 2, "sure"),
        (["why", "RECORD", "e0000"], 2, "e0000"),
        (["export", "RECORD", "--format", "xls"], 2, "xls"),
        (["code", "samples", "--map", "text"], 2, "--map"),
        (["sql", "RECORD", "select nonsense from events"], 2, "nonsense"),
    ],
)
def test_misuse_is_one_clear_message(record: Path, words: list[str], status: int, said: str) -> None:
    done = gesta(*[str(record) if word == "RECORD" else word for word in words], cwd=ROOT)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_export_without_text_keeps_spans_only(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    assert gesta("export", record, "--out", out, "--without-text").returncode == 0
    events = [json.loads(line) for line in out.read_text().splitlines()]
    assert events
    assert all("text" not in evidence for event in events for evidence in event["evidence"])


def test_ties_by_actor_and_relation(record: Path) -> None:
    shown = gesta("ties", record, "--json")
    assert shown.returncode == 0, shown.stderr
    ties = [json.loads(line) for line in shown.stdout.splitlines()]
    assert ties
    assert all(tie["reports"] >= 1 and tie["said_by"] for tie in ties)
    name, relation = ties[0]["actor_name"], ties[0]["relation"]
    some = gesta("ties", record, "--actor", name, "--relation", relation)
    assert relation in some.stdout
    assert gesta("ties", record, "--actor", "nobody at all", "--json").stdout == ""
    wrong = gesta("ties", record, "--relation", "adores")
    assert wrong.returncode == 2
    assert "member-of" in wrong.stderr
