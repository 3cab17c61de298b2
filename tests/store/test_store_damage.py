"""What goes wrong with folders and disks, and what is said about it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_samples import RUN, add_unprivileged, add_with_little_room, fill_up, make_record, shown

from gesta.errors import StoreError
from gesta.store import Store
from gesta.store.manifest import Commit, Manifest, Part

START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def run_alone(function: Callable[..., None], *args: object) -> None:
    process: Any = multiprocessing.get_context(START).Process(target=function, args=args, daemon=True)
    process.start()
    process.join(120)
    assert process.exitcode == 0


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record"
    store = Store.create(path)
    for number in range(2):
        store.add([make_record(number)], run=RUN)
    return path


def only(folder: Path) -> Path:
    return min(folder.iterdir())


def test_missing_folder_and_foreign_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder") as caught:
        Store.open(tmp_path / "none")
    assert caught.value.remedy and "none" in str(caught.value)
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(StoreError, match="no record"):
        Store.open(tmp_path)
    for make in (Store.create, Store.open_or_create):
        with pytest.raises(StoreError, match=r"not empty.*letters\.txt"):
            make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(StoreError):
        Store.create(tmp_path / "letters.txt")


def test_making_a_record_twice(tmp_path: Path) -> None:
    Store.create(tmp_path / "a" / "b")
    with pytest.raises(StoreError, match="already"):
        Store.create(tmp_path / "a" / "b")
    assert Store.open_or_create(tmp_path / "a" / "b").summary().reports == 0


def test_half_made_record_is_made(tmp_path: Path) -> None:
    (tmp_path / ".gesta.json.0123").write_text('{"form')
    assert Store.open_or_create(tmp_path).summary().reports == 0


@pytest.mark.parametrize("content", ["", "{", '{"format": "1"}', '{"format": true}', "[]", '{"format": 0}'])
def test_damaged_marker(record: Path, content: str) -> None:
    (record / "gesta.json").write_text(content)
    with pytest.raises(StoreError, match="marker of the record is damaged"):
        Store.open(record)
    with pytest.raises(StoreError, match="marker of the record is damaged"):
        Store.open_or_create(record)


def test_record_of_a_newer_gesta(record: Path) -> None:
    (record / "gesta.json").write_text('{"format": 2, "new": {}}')
    with pytest.raises(StoreError, match="newer Gesta") as caught:
        Store.open(record)
    assert caught.value.remedy and "pgrade" in caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"{", b'{"sequence": 1}', b"\x00" * 900])
def test_torn_commit(record: Path, content: bytes) -> None:
    torn = only(record / "manifest")
    whole = torn.read_bytes()
    torn.write_bytes(content)
    with pytest.raises(StoreError, match="torn or was changed") as caught:
        Store.open(record)
    assert torn.name in str(caught.value) and caught.value.remedy
    assert any(torn.name in problem for problem in Store(record).check())
    torn.write_bytes(whole)
    assert Store.open(record).check() == []


@pytest.mark.parametrize("part", [("links", "0" * 20 + ".parquet"), ("events", "../../../secret.parquet")])
def test_commit_that_lists_what_we_do_not_know(record: Path, part: tuple[str, str]) -> None:
    listed = Part(table=part[0], name=part[1], rows=1, bytes=1, sha256="0")
    Manifest(record).write(Commit(sequence=9, runs=(), reports=0, parts=(listed,)), {})
    with pytest.raises(StoreError, match="does not know") as caught:
        Store.open(record)
    assert caught.value.remedy == "Upgrade Gesta."


def test_a_commit_taken_away_takes_its_reports_with_it_and_they_can_be_coded_again(record: Path) -> None:
    before = shown(Store.open(record))
    only(record / "manifest").unlink()
    store = Store.open(record)
    assert store.summary().reports == 1
    for number in range(2):
        store.add([make_record(number)], run=RUN)
    assert shown(store) == before


def test_missing_part(record: Path) -> None:
    store = Store.open(record)
    part = only(record / "events")
    part.unlink()
    with pytest.raises(StoreError, match="part of the record is missing") as caught:
        Store.open(record)
    assert part.name in str(caught.value) and caught.value.remedy
    assert [problem for problem in Store(record).check() if part.name in problem]
    with pytest.raises(StoreError, match="cannot be read"):
        list(store.events())
    with pytest.raises(StoreError, match="cannot be read"):
        store.query("SELECT * FROM events")
    shutil.rmtree(record / "events")
    with pytest.raises(StoreError, match="missing"):
        Store.open(record)


@pytest.mark.parametrize("how", ["shortened", "changed", "emptied"])
def test_damaged_part(record: Path, how: str) -> None:
    part = only(record / "events")
    content = part.read_bytes()
    middle = len(content) // 2
    other = bytes([content[middle] ^ 0xFF])
    damaged = {"shortened": content[:-9], "changed": content[:middle] + other + content[middle + 1 :], "emptied": b""}
    part.write_bytes(damaged[how])
    store = Store.open(record)
    (problem,) = store.check()
    assert part.name in problem
    before = sorted(record.rglob("*"))
    with pytest.raises(StoreError, match=part.name):
        store.compact()
    assert sorted(file for file in record.rglob("*")) == before
    if how != "changed":
        with pytest.raises(StoreError, match="cannot be read"):
            list(store.events())
        with pytest.raises(StoreError, match="cannot be read"):
            store.query("SELECT * FROM events")


def test_foreign_files_are_ignored_and_reported(record: Path) -> None:
    before = shown(Store.open(record))
    part = only(record / "events")
    (record / "events" / "copy.parquet").write_bytes(part.read_bytes())
    (record / "events" / ("a" * 20 + ".parquet")).write_bytes(part.read_bytes())
    (record / "manifest" / "00000003.json").write_text("{}")
    (record / "manifest" / ".DS_Store").write_text("")
    (record / "mine").mkdir()
    store = Store.open(record)
    assert shown(store) == before
    problems = "\n".join(store.check())
    for name in ("copy.parquet", "a" * 20, "00000003.json", ".DS_Store"):
        assert problems.count(name) == 1


def test_check_finds_nothing_in_a_sound_record(record: Path) -> None:
    store = Store.open(record)
    assert store.check() == []
    store.compact()
    assert store.check() == []
    assert Store(record.parent / "none").check() != []


# Disks


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work differently")
def test_read_only_folder_can_be_read(public: Path) -> None:
    record, answer = public / "record", public / "answer"
    store = Store.create(record)
    store.add([make_record(1)], run=RUN)
    before = sorted(record.rglob("*"))
    for folder in (record, *(path for path in before if path.is_dir())):
        folder.chmod(0o555)
    run_alone(add_unprivileged, record, answer)
    for folder in (record, *(path for path in before if path.is_dir())):
        folder.chmod(0o755)
    events, error = answer.read_text().splitlines()
    assert events == "2 events"
    assert "cannot be" not in error and "cannot write to the record: Permission denied" in error
    assert "run again" in error
    assert sorted(record.rglob("*")) == before
    store.add([make_record(99)], run=RUN)
    assert store.summary().reports == 2 and store.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file size")
@pytest.mark.parametrize("limit", [0, 100, 3_000, 60_000, 150_000])
def test_write_that_fails_half_way_changes_nothing(record: Path, tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stops the writer at different steps, as a full disk would."""
    before, answer = shown(Store.open(record)), tmp_path / "answer"
    run_alone(add_with_little_room, record, limit, answer)
    assert "cannot write to the record" in answer.read_text() and "Make room" in answer.read_text()
    store = Store.open(record)
    assert shown(store) == before
    assert not list((record / "tmp").iterdir())
    assert store.check() == []
    store.add([make_record(50)], run=RUN)
    assert store.summary().reports == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
def test_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        kept = fill_up(disk / "record")
        store = Store.open(disk / "record")
        assert store.coded(RUN.id) == kept and kept
        assert not list((disk / "record" / "tmp").iterdir())
        assert store.check() == []
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        store.add([make_record(99)], run=RUN)
        assert store.summary().reports == len(kept) + 1
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
