"""The manifest: one small file per commit. A part counts only once a commit lists it.

A commit's file name is ``<sequence>-<hash of the file>``, so the names sort in the order of the commits, a changed or
torn file is noticed, and two writers that say the same collide harmlessly. Two different commits may share a sequence
number; the hash decides which comes first. No clock is involved.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from gesta.errors import StoreError
from gesta.records import Frozen
from gesta.store import disk
from gesta.store.columns import COLUMNS_DIGEST, TABLES

FOLDER = "manifest"
_NAME = re.compile(r"(\d{8})-([0-9a-f]{16})\.json")
_PART = re.compile(r"[0-9a-f]{20}\.parquet")
_TRIES = 5


class Part(Frozen, frozen=True):
    """One immutable Parquet file, ``<table>/<name>``; the name is from the hash of its bytes."""

    table: str
    name: str
    rows: int
    bytes: int
    sha256: str

    @property
    def file(self) -> str:
        """The path below the record's folder."""
        return f"{self.table}/{self.name}"


class Commit(Frozen, frozen=True):
    """The parts that one ``add`` or ``compact`` put in force together."""

    sequence: int
    runs: tuple[str, ...]
    """Ids of the runs whose rows the parts hold."""
    reports: int
    """How many rows of reports."""
    parts: tuple[Part, ...]
    replaces: tuple[str, ...] = ()
    """For ``compact``: names of the commits whose rows these parts hold, each row with its commit's name; also of those
    that earlier ones had replaced."""
    columns: str = COLUMNS_DIGEST

    @property
    def content(self) -> bytes:
        """The bytes of the commit's file."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"

    @property
    def name(self) -> str:
        """The file name without ``.json``; names sort in the order of the commits."""
        return f"{self.sequence:08d}-{hashlib.sha256(self.content).hexdigest()[:16]}"

    @property
    def size(self) -> int:
        """Bytes in all parts."""
        return sum(part.bytes for part in self.parts)


class Manifest:
    """The commits of one record folder; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._known: dict[str, Commit] = {}

    def all(self) -> dict[str, Commit]:
        """Return every commit on disk by name, in order; StoreError if one is torn or was changed."""
        with disk.reading(self._folder):
            for _ in range(_TRIES):
                found = self._listed()
                try:
                    self._known = {name: self._known.get(name) or self._read(name) for name in found}
                except FileNotFoundError:
                    continue  # a ``compact`` just removed a commit it replaced long ago: look again
                return self._known
        raise StoreError("the manifest keeps changing while it is read", where=str(self._folder), remedy="Try again.")

    def live(self) -> dict[str, Commit]:
        """Return the commits in force, in order."""
        commits = self.all()
        return {name: commits[name] for name in standing(commits).live}

    def next_sequence(self) -> int:
        """Return one more than the highest number seen."""
        return max((commit.sequence for commit in self.all().values()), default=0) + 1

    def foreign(self) -> list[str]:
        """Return the names of files that are no commits."""
        if not self._folder.exists():
            return []
        return sorted(path.name for path in self._folder.iterdir() if not _NAME.fullmatch(path.name))

    def damaged(self) -> list[StoreError]:
        """Return what is wrong with the commit files, all of it."""
        problems = []
        for name in self._listed():
            try:
                self._read(name)
            except StoreError as error:
                problems.append(error)
        return problems

    def write(self, commit: Commit, staged: dict[Path, Part]) -> None:
        """Put a commit and its parts, so far under temporary names, in force.

        The parts get their names first, the commit last; before that nothing has changed for any reader.
        """
        folder = self._folder.parent
        temporary, target = disk.temporary(folder, ".json"), self._folder / f"{commit.name}.json"
        try:
            disk.write_flushed(temporary, commit.content)
            for source, part in staged.items():
                disk.settle_as(source, folder / part.file)
            for table in sorted({part.table for part in staged.values()}):
                disk.flush(folder / table)
            disk.settle_as(temporary, target)
            disk.flush(self._folder)
        finally:
            disk.discard([temporary])
        self._known = {**self._known, commit.name: commit}

    def _listed(self) -> list[str]:
        if not self._folder.exists():
            return []
        return sorted(path.stem for path in self._folder.iterdir() if _NAME.fullmatch(path.name))

    def _read(self, name: str) -> Commit:
        path = self._folder / f"{name}.json"
        content = path.read_bytes()
        match = _NAME.fullmatch(path.name)
        if match is None or hashlib.sha256(content).hexdigest()[:16] != match[2]:
            raise StoreError(
                "the commit file is torn or was changed",
                where=str(path),
                remedy="Put back a copy; or move it away, and the next run codes the reports it lists again.",
            )
        try:
            commit = msgspec.json.decode(content, type=Commit)
        except msgspec.MsgspecError as error:
            what = f"the commit cannot be understood: {error}"
            raise StoreError(what, where=str(path), remedy="Upgrade Gesta.") from error
        for part in commit.parts:
            if part.table not in TABLES or not is_part(part.name):
                what = f"the commit lists a part that this Gesta does not know ({part.file})"
                raise StoreError(what, where=str(path), remedy="Upgrade Gesta.")
        return commit


def is_part(name: str) -> bool:
    """Whether a file name is one that we give to parts."""
    return _PART.fullmatch(name) is not None


class Standing(NamedTuple):
    """Which commits count. Names, in order."""

    live: tuple[str, ...]
    replaced: frozenset[str]
    """Commits whose rows live on in a compacted one."""
    void: tuple[str, ...]
    """Compacted commits that lost against another one."""


def standing(commits: dict[str, Commit]) -> Standing:
    """Return which commits are in force.

    Two ``compact`` at the same moment may replace the same commit. Only the one that replaces more counts then, else
    those rows would count twice; what only the other replaced stays in force itself. Since a compacted commit names
    all that went into it, also by way of earlier ones, one that was made of the winner wins too, for good.
    """
    replaced: set[str] = set()
    void: list[str] = []
    for name in sorted(commits, key=lambda name: (-len(commits[name].replaces), name)):
        if name in replaced:
            continue
        if replaced.isdisjoint(commits[name].replaces):
            replaced.update(commits[name].replaces)
        else:
            void.append(name)
    live = tuple(name for name in commits if name not in replaced and name not in void)
    return Standing(live, frozenset(replaced), tuple(sorted(void)))
