"""Several processes at one record, and processes that are killed."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from store_samples import (
    RUN,
    compact_often,
    make_record,
    read_often,
    shown,
    write_batches,
)

from gesta.store import EventFilter, Store, compact, disk
from gesta.store.disk import GRACE
from gesta.store.manifest import Commit, Manifest, standing
from gesta.store.parts import Staging

START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
CONTEXT: Any = multiprocessing.get_context(START)
if START == "forkserver":
    CONTEXT.set_forkserver_preload(["store_samples"])

KILLS, KILL_SECONDS = 25, 10.0


def start(function: Callable[..., None], *args: object) -> Any:
    process = CONTEXT.Process(target=function, args=args, daemon=True)
    process.start()
    return process


def run_all(*processes: Any) -> list[int]:
    for process in processes:
        process.join(120)
    return [process.exitcode for process in processes]


def age(path: Path, seconds: float = GRACE + 60) -> None:
    """Make all files of a record look old."""
    for file in path.rglob("*"):
        old = file.stat().st_mtime - seconds
        os.utime(file, (old, old))


class Dead(BaseException):
    """Stands for a kill: nothing catches it, and nothing is cleaned up after it."""


def die_before(step: int, patch: pytest.MonkeyPatch) -> None:
    """Let the process that writes fall dead before the given step on the disk."""
    left = step

    def mortal(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                patch.setattr(disk, "discard", lambda paths: None)
                raise Dead
            left -= 1
            return function(*args, **options)

        return call

    for owner, name in ((disk, "flush"), (disk, "settle_as"), (disk, "write_flushed"), (Staging, "copy")):
        patch.setattr(owner, name, mortal(getattr(owner, name)))


def until_alive(job: Callable[[int], None], check: Callable[[int], None]) -> int:
    """Do the job again and again, dying one step later each time; return how many steps it has."""
    for step in range(200):
        with pytest.MonkeyPatch.context() as patch:
            die_before(step, patch)
            try:
                job(step)
            except Dead:
                patch.undo()
                check(step)
            else:
                return step
    raise AssertionError("the job has no end")


# Reports and events alone: fewer tables, fewer steps.
FEW = [replace(make_record(n), claims=(), actors=(), places=(), times=(), ties=()) for n in (1, 2)]


def test_writer_killed_before_any_step_leaves_a_readable_record(tmp_path: Path) -> None:
    alone = Store.create(tmp_path / "alone")
    alone.add(FEW, run=RUN)
    expected = shown(alone)

    def check(step: int) -> None:
        store = Store.open_or_create(tmp_path / str(step))
        assert store.summary().reports in (0, 2)
        assert len(list(store.events())) == 2 * store.summary().reports
        store.add(FEW, run=RUN)
        assert shown(store) == expected
        if step % 5 == 0:  # the others would say the same
            age(store.path)
            store.compact()
            assert shown(store) == expected
            assert store.check() == [] and not list((store.path / "tmp").iterdir())

    steps = until_alive(lambda step: Store.open_or_create(tmp_path / str(step)).add(FEW, run=RUN), check)
    assert steps > 15


def test_compaction_killed_before_any_step_changes_nothing(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    for record in FEW:
        store.add([record], run=RUN)
    events = list(store.events())
    checks = itertools.count()

    def check(step: int) -> None:
        next(checks)
        assert list(Store.open(tmp_path).events()) == events

    def compact_once(step: int) -> None:
        Store.open(tmp_path).compact()

    steps = until_alive(compact_once, check)
    assert steps > 15 and next(checks) == steps
    assert list(Store.open(tmp_path).events()) == events


def test_writer_killed_at_any_moment_leaves_a_readable_record(tmp_path: Path) -> None:
    moments, deadline = random.Random(7), time.monotonic() + KILL_SECONDS
    for _ in range(KILLS):
        if time.monotonic() > deadline:
            break
        ours, theirs = CONTEXT.Pipe()
        process = start(write_batches, tmp_path, 0, 40, 2, theirs)
        assert ours.recv() == "ready"
        time.sleep(moments.uniform(0.0, 0.3))
        process.kill()
        process.join()
        if (tmp_path / "gesta.json").exists():
            found = Store.open(tmp_path)
            assert found.summary().reports % 2 == 0
            assert all(len(found.record(event.report).events) == 2 for event in found.events(EventFilter(limit=2)))
    write_batches(tmp_path, 0, 40, 2)
    untouched = tmp_path.with_name("untouched")
    write_batches(untouched, 0, 40, 2)
    assert shown(Store.open(tmp_path)) == shown(Store.open(untouched))


def test_many_writers_readers_and_compaction_at_once(tmp_path: Path) -> None:
    """Writers overlap, so that the same reports are committed twice at once."""
    path, answer = tmp_path / "record", tmp_path / "answer"
    Store.create(path)
    writers = [start(write_batches, path, first, first + 12, 2) for first in (0, 6, 12)]
    others = [start(compact_often, path, 3), start(compact_often, path, 3), start(read_often, path, 6, answer)]
    assert set(run_all(*writers, *others)) == {0}
    assert answer.read_text() == ""
    alone = tmp_path / "alone"
    write_batches(alone, 0, 24, 2)
    found, expected = shown(Store.open(path)), shown(Store.open(alone))
    assert found == expected
    assert Store.open(path).check() == []


def test_one_store_may_be_used_by_several_threads(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: (store.add([make_record(n)], run=RUN), list(store.events())), range(8)))
    assert store.summary().reports == 8


def test_the_same_commit_twice_collides_harmlessly(tmp_path: Path) -> None:
    Store.create(tmp_path)
    stores = [Store.open(tmp_path), Store.open(tmp_path)]
    late = Store.open(tmp_path)
    late._known_of(RUN.id)  # has looked before the others wrote, as a racing writer would
    for store in stores:
        store._known_of(RUN.id)
    for store in (*stores, late):
        store.add([make_record(1)], run=RUN)
    assert Store.open(tmp_path).summary().reports == 1
    assert len(list(Store.open(tmp_path).events())) == 2
    assert len(list((tmp_path / "events").iterdir())) == 1


# Merging


def test_compacting_keeps_every_row_and_leaves_open_readers_alone(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    for number in range(6):
        store.add([make_record(number)], run=RUN)
    before = shown(store)
    with store.connect() as con:
        rows = con.execute("SELECT * FROM events ORDER BY id").fetchall()
        done = store.compact()
        assert (done.merged, done.into, done.removed) == (6, 1, 0)
        assert con.execute("SELECT * FROM events ORDER BY id").fetchall() == rows
    assert store.query("SELECT * FROM events ORDER BY id") == rows
    assert shown(Store.open(tmp_path)) == before
    again = store.compact()
    assert (again.merged, again.into, again.removed) == (0, 0, 0)
    age(tmp_path)
    assert store.compact().removed == 6 + 10 * 6 + 1  # commits, their parts, and the part of runs they share
    assert [len(list((tmp_path / name).iterdir())) for name in ("manifest", "events", "runs")] == [1, 1, 1]
    assert shown(store) == before and store.check() == []
    store.add([make_record(1), make_record(7)], run=RUN)
    assert store.summary().reports == 7


@pytest.mark.parametrize("more", ["here", "there"])
def test_two_compactions_at_once_count_rows_once(tmp_path: Path, more: str) -> None:
    """Neither of them sees the other; no row may be doubled or lost, neither at once nor later."""
    here, there = tmp_path / "here", tmp_path / "there"
    store = Store.create(here)
    for number in range(4):
        store.add([make_record(number)], run=RUN)
    before = shown(store)
    shutil.copytree(here, there)
    late = max((here / "manifest").iterdir())
    for path in (here, there):
        lacking = path / "manifest" / late.name
        content = lacking.read_bytes()
        if path.name != more:
            lacking.unlink()  # this one has not seen the last commit yet
        Store.open(path).compact()
        lacking.write_bytes(content)
    shutil.copytree(there, here, dirs_exist_ok=True)
    (loser,) = standing(Manifest(here).all()).void
    assert shown(Store.open(here)) == before
    # The winner is merged itself, and in the end gone; the loser, though younger, must not come back to life.
    store = Store.open(here)
    store.add([make_record(4)], run=RUN)
    before = shown(store)
    store.compact()
    age(here)
    os.utime(here / "manifest" / f"{loser}.json")
    store.compact()
    assert len(list((here / "manifest").iterdir())) == 2
    assert standing(Manifest(here).all()).void == (loser,)
    assert shown(Store.open(here)) == before
    age(here)
    store.compact()
    assert len(list((here / "manifest").iterdir())) == 1
    assert shown(Store.open(here)) == before and store.check() == []


def test_compaction_that_comes_too_late_gives_way(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    for number in range(3):
        store.add([make_record(number)], run=RUN)
    slow = Stale(tmp_path)
    slow.live()
    store.compact()
    before = sorted(tmp_path.rglob("*"))
    assert compact.merge(tmp_path, slow) == (0, 0)
    assert sorted(tmp_path.rglob("*")) == before


class Stale(Manifest):
    """A manifest whose owner looked once, and then only much later again."""

    looks = 0

    def live(self) -> dict[str, Commit]:
        self.looks += 1
        if self.looks == 1:
            self.first = super().live()
        return self.first if self.looks <= 2 else super().live()


def test_commits_of_one_number_are_ordered_by_their_hash(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.add([make_record(1)], run=RUN)
    Manifest(tmp_path).write(Commit(sequence=1, runs=(), reports=0, parts=()), {})
    names = sorted(Manifest(tmp_path).all())
    assert [name[:8] for name in names] == ["00000001", "00000001"]
    store.add([make_record(2)], run=RUN)
    assert sorted(Manifest(tmp_path).all())[-1].startswith("00000002")
    assert store.summary().reports == 2


def test_cleaning_bears_with_others_that_write_and_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files may go between being listed and being looked at."""
    store = Store.create(tmp_path)
    store.add([make_record(1)], run=RUN)
    for name in ("events/" + "0" * 20 + ".parquet", "tmp/left.ndjson"):
        (tmp_path / name).write_text("left")
    age(tmp_path)
    stat = Path.stat

    def vanish(path: Path, **options: Any) -> os.stat_result:
        if path.name in ("0" * 20 + ".parquet", "left.ndjson"):
            path.unlink(missing_ok=True)
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", vanish)
    assert store.compact().removed == 0
    monkeypatch.undo()
    assert store.check() == []


def test_a_young_part_that_nobody_lists_yet_is_left_alone(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.add([make_record(1)], run=RUN)
    (part,) = (tmp_path / "events").iterdir()
    at_work = part.with_name("0" * 20 + ".parquet")
    at_work.write_bytes(part.read_bytes())
    foreign = part.with_name("notes.txt")
    foreign.write_text("mine")
    store.compact()
    assert at_work.exists() and store.summary().counted == 2
    age(tmp_path)
    assert store.compact().removed == 1
    assert not at_work.exists() and foreign.exists() and part.exists()
