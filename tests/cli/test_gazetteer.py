"""The index of places as a user builds, chooses and shows it, in a cache folder of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Gesta = Callable[..., subprocess.CompletedProcess[str]]

ROWS = [
    (f"{9_000_000 + at}\tTell Rmeh {at}\tTell Rmeh {at}\t\t35.1\t36.7\tP\tPPL\tSY\t\t10\t\t\t\t0\t\t300\tAsia/Damascus")
    + "\t2023-04-05"
    for at in range(5)
]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", "\n".join([*ROWS, "a bad row", ROWS[0].replace("35.1", "135.1")]))
    return path


@pytest.fixture(scope="module")
def gesta(tmp_path_factory: pytest.TempPathFactory) -> Gesta:
    cache = tmp_path_factory.mktemp("cache")

    def run(*words: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from gesta.cli import main; main()", *map(str, words)],
            env=os.environ | {"XDG_CACHE_HOME": str(cache), "COLUMNS": "200"},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


def test_a_dump_is_built_used_and_left_again(gesta: Gesta, dump: Path) -> None:
    built = gesta("gazetteer", "build", "--from", dump)
    assert built.returncode == 0, built.stderr
    assert "not 19 columns: line 6" in built.stderr and "coordinates out of range: line 7" in built.stderr
    assert "use default" in built.stderr
    shown = gesta("gazetteer", "show").stdout
    assert "dump SY.txt" in shown and "2023-04-05" in shown and "gazetteer-SY.sqlite" in shown
    assert gesta("gazetteer", "use", "default").returncode == 0
    assert "dump" not in gesta("gazetteer", "show").stdout


def test_an_index_elsewhere_is_used_only_where_asked_for(gesta: Gesta, dump: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "syria.sqlite", tmp_path / "report.txt"
    report.write_text("Syrian troops shelled Tell Rmeh 3 in Syria on Monday, killing three farmers.\n")
    assert gesta("gazetteer", "build", "--from", dump, "--out", out).returncode == 0
    assert "syria.sqlite" not in gesta("gazetteer", "show").stdout
    runs = set()
    for at, options in enumerate([[], ["--gazetteer", out], ["--gazetteer", out, "--workers", "2"]]):
        record = tmp_path / f"record{at}"
        assert gesta("code", report, "--into", record, *options).returncode == 0
        runs.add(gesta("sql", record, "select id, settings from runs", "--json").stdout)
    assert len(runs) == 2, "another index is another run, the number of workers is not"
    assert any("dump SY.txt" in run for run in runs)
    assert gesta("gazetteer", "use", out).returncode == 0
    assert "syria.sqlite" in gesta("gazetteer", "show").stdout
    out.unlink()
    lost = gesta("gazetteer", "show")
    assert lost.returncode == 1 and "syria.sqlite" in lost.stderr and "use default" in lost.stderr
    assert gesta("gazetteer", "use", "default").returncode == 0


def test_misuse_is_one_clear_message(gesta: Gesta, dump: Path, tmp_path: Path) -> None:
    precious = tmp_path / "notes.txt"
    precious.write_text("years of work")
    for words, status, said in [
        (["gazetteer", "build", "--from", tmp_path / "absent.zip"], 2, "absent.zip"),
        (["gazetteer", "build", "--from", tmp_path], 2, "is a folder"),
        (["gazetteer", "build", "--from", precious, "--out", tmp_path / "x"], 1, "not 19 columns"),
        (["gazetteer", "build", "--from", dump, "--out", precious], 2, "is no index of places"),
        (["gazetteer", "build", "--from", dump, "--out", precious / "under"], 1, "under"),
        (["gazetteer", "use", precious], 1, "not a gazetteer index"),
        (["gazetteer", "use", "absent"], 2, "absent"),
        (["code", precious, "--gazetteer", "absent"], 2, "absent"),
    ]:
        done = gesta(*words)
        assert done.returncode == status, (words, done.stderr)
        assert said in done.stderr and "Traceback" not in done.stderr
    assert precious.read_text() == "years of work"
