"""Merging small parts into large ones, and removing what nobody needs any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gesta.errors import StoreError
from gesta.records import Frozen
from gesta.store import disk
from gesta.store.columns import COLUMNS_DIGEST, TABLES
from gesta.store.folder import MARKER, damage
from gesta.store.manifest import FOLDER, Commit, Manifest, is_part, standing
from gesta.store.parts import Staging, connection
from gesta.store.views import attach

SMALL = 256 << 20
"""Commits with more bytes than this are left as they are: merging them gains nothing."""

GROUP = 1 << 30
"""About how many bytes of parts are merged into one commit, so that a merge needs little memory and disk."""


class Compaction(Frozen, frozen=True):
    """What ``compact`` did."""

    merged: int
    """Commits merged."""
    into: int
    """Commits they became."""
    removed: int
    """Files removed that nothing needed any more."""


def merge(folder: Path, manifest: Manifest) -> tuple[int, int]:
    """Merge small commits; return how many, and into how many. Readers see the same rows before and after."""
    merged = into = 0
    for group in _groups(manifest.live()):
        _refuse_damage(folder, group)
        with connection(threads=1) as con, Staging(folder, con) as staging:
            attach(con, folder, group)
            for table in TABLES:
                staging.copy(table, f"FROM all_{table}")
            commit = Commit(
                sequence=manifest.next_sequence(),
                runs=tuple(dict.fromkeys(run for old in group.values() for run in old.runs)),
                reports=sum(part.rows for part in staging.parts.values() if part.table == "reports"),
                parts=tuple(staging.parts.values()),
                replaces=tuple(sorted({*group, *(name for old in group.values() for name in old.replaces)})),
            )
            if not group.keys() <= manifest.live().keys():
                continue  # somebody else has merged some of them meanwhile
            manifest.write(commit, staging.parts)
        merged, into = merged + len(group), into + 1
    return merged, into


def _groups(commits: dict[str, Commit]) -> Iterator[dict[str, Commit]]:
    group: dict[str, Commit] = {}
    for name, commit in commits.items():
        # Parts of another version may have columns that we do not know and would lose.
        if commit.size > SMALL or commit.columns != COLUMNS_DIGEST:
            continue
        group[name] = commit
        if sum(other.size for other in group.values()) > GROUP:
            yield group
            group = {}
    if len(group) > 1:
        yield group


def _refuse_damage(folder: Path, commits: dict[str, Commit]) -> None:
    """Raise StoreError if a part is not what its commit says: merged, it would pass for sound."""
    for part in {part.file: part for commit in commits.values() for part in commit.parts}.values():
        for problem in damage(folder / part.file, part):
            remedy = "Nothing was merged. gesta doctor names everything that is wrong."
            raise StoreError(problem.rstrip("."), remedy=remedy)


def clean(folder: Path, manifest: Manifest) -> int:
    """Remove left-overs and replaced parts older than the grace period; return how many files."""
    limit = disk.now(folder) - disk.GRACE
    commits = manifest.all()
    state = standing(commits)
    old = {name for name in commits if _is_old(folder / FOLDER / f"{name}.json", limit)}
    long_replaced = {name for by in old.difference(state.void) for name in commits[by].replaces}
    gone = [name for name in commits if name in long_replaced or (name in state.void and name in old)]
    for name in gone:
        (folder / FOLDER / f"{name}.json").unlink(missing_ok=True)
    disk.flush(folder / FOLDER)
    listed = {part.file for name, commit in commits.items() if name not in gone for part in commit.parts}
    removed = len(gone)
    for table in TABLES:
        if (folder / table).is_dir():
            paths = sorted(path for path in (folder / table).iterdir() if is_part(path.name))
            unlisted = [path for path in paths if f"{table}/{path.name}" not in listed]
            removed += sum(_remove_part(folder, path, limit) for path in unlisted)
    leftovers = [*sorted((folder / disk.TEMPORARY).iterdir()), *sorted(folder.glob(f".{MARKER}.*"))]
    dropped = [path for path in leftovers if _is_old(path, limit)]
    disk.discard(dropped)
    return removed + len(dropped)


def _remove_part(folder: Path, path: Path, limit: float) -> bool:
    """Remove a part unless it is young. Taken out of the way first: a writer may be putting the same part there now."""
    if not _is_old(path, limit):
        return False
    aside = disk.temporary(folder, ".gone")
    try:
        path.replace(aside)
    except FileNotFoundError:  # somebody else is cleaning too
        return False
    if _is_old(aside, limit):
        aside.unlink(missing_ok=True)
        return True
    aside.replace(path)
    return False


def _is_old(path: Path, limit: float) -> bool:
    """Whether the file is there and was last written before the limit."""
    try:
        return path.stat().st_mtime < limit
    except FileNotFoundError:  # others write and clean meanwhile
        return False
