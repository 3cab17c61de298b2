"""The folder itself: the marker that makes it a record, and the search for what is wrong inside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gesta.errors import GestaError, StoreError
from gesta.store import disk
from gesta.store.columns import TABLES
from gesta.store.manifest import FOLDER, Commit, Manifest, Part, is_part, standing

MARKER = "gesta.json"
FORMAT = 1
_ABOUT = "A record of events kept by Gesta. Parts count only if a commit in manifest/ lists them."


def create(path: Path) -> None:
    """Make a folder a record; StoreError if it holds anything already."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        found = sorted(p.name for p in path.iterdir() if not p.name.startswith("." + MARKER))
    except OSError as error:
        raise StoreError(f"the folder cannot be made: {error.strerror}", where=str(path)) from error
    if MARKER in found:
        raise StoreError("there is a record here already", where=str(path), remedy="Open it, or name another folder.")
    if found:
        names = ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")
        what = f"the folder is not empty and is no record (it holds {names})"
        raise StoreError(what, where=str(path), remedy="Name a new or an empty folder.")
    with disk.writing(path):
        # Not in tmp/: a second writer that finds only this file must not take the folder for somebody else's.
        temporary = path / f".{MARKER}.{disk.token()}"
        try:
            disk.write_flushed(temporary, msgspec.json.encode({"format": FORMAT, "about": _ABOUT}) + b"\n")
            temporary.replace(path / MARKER)
            disk.flush(path)
        finally:
            disk.discard([temporary])


def recognise(path: Path) -> None:
    """Return if the folder is a record of a format we know; else StoreError."""
    marker = path / MARKER
    if not path.is_dir():
        remedy = "Check the name, or make a record with gesta code."
        raise StoreError("there is no such folder", where=str(path), remedy=remedy)
    try:
        content = marker.read_bytes()
    except FileNotFoundError:
        remedy = f"Name a folder that Gesta has written; it holds a file {MARKER}."
        raise StoreError("this folder is no record", where=str(path), remedy=remedy) from None
    except OSError as error:
        raise StoreError(f"the marker cannot be read: {error.strerror}", where=str(marker)) from error
    try:
        number = msgspec.json.decode(content, type=dict[str, object])["format"]
    except (msgspec.MsgspecError, KeyError):
        number = None
    if type(number) is not int or number < 1:
        remedy = f'If this is a record, write {{"format": {FORMAT}}} into that file.'
        raise StoreError("the marker of the record is damaged", where=str(marker), remedy=remedy)
    if number > FORMAT:
        what = f"the record was written by a newer Gesta (format {number}, this one knows {FORMAT})"
        raise StoreError(what, where=str(path), remedy="Upgrade Gesta: pip install --upgrade gesta-record.")


def missing(path: Path, commits: dict[str, Commit]) -> Iterator[tuple[str, Part]]:
    """Yield parts that commits list but that are not there, each with its commit.

    One listing per table instead of one look per part, which matters on network file systems.
    """
    folders = [path / table for table in TABLES if (path / table).is_dir()]
    names = {table.name: {file.name for file in table.iterdir()} for table in folders}
    for name, commit in commits.items():
        for part in commit.parts:
            # A listing may be older than the commit on a network file system: ask again before complaining.
            if part.name not in names.get(part.table, ()) and not (path / part.file).exists():
                yield name, part


def missing_part(path: Path, commit: str, part: Part) -> StoreError:
    """Return the error for a part that is not there."""
    remedy = f"Put back a copy; or move away {FOLDER}/{commit}.json, and the next run codes its reports again."
    return StoreError("a part of the record is missing", where=str(path / part.file), remedy=remedy)


def problems(path: Path) -> list[str]:
    """Return all that is wrong in the folder, in words; reads every part to compare its hash."""
    try:
        recognise(path)
    except StoreError as error:
        return [str(error)]
    manifest = Manifest(path)
    found: list[str] = [str(error) for error in manifest.damaged()]
    found += [f"{path / FOLDER / name}: not a commit, ignored." for name in manifest.foreign()]
    try:
        commits = manifest.all()
    except GestaError:
        return found  # without all commits nothing can be said about the parts
    live = {name: commits[name] for name in standing(commits).live}
    found += [str(missing_part(path, name, part)) for name, part in missing(path, live)]
    for part in {part.file: part for commit in live.values() for part in commit.parts}.values():
        found += damage(path / part.file, part)
    listed = {part.file for commit in commits.values() for part in commit.parts}
    for table in TABLES:
        if (path / table).is_dir():
            names = sorted(p.name for p in (path / table).iterdir())
            found += [f"{path / table / name}: not a part, ignored." for name in names if not is_part(name)]
            unlisted = [name for name in names if is_part(name) and f"{table}/{name}" not in listed]
            found += [f"{path / table / name}: no commit lists this part; compact removes it." for name in unlisted]
    return found


def damage(file: Path, part: Part) -> list[str]:
    """Return what is wrong with the file of a part: nothing, or one problem."""
    try:
        with file.open("rb") as handle:
            digest, size = hashlib.file_digest(handle, "sha256").hexdigest(), file.stat().st_size
    except FileNotFoundError:
        return []  # told already
    except OSError as error:
        return [f"{file}: cannot be read: {error.strerror}."]
    if size != part.bytes:
        return [f"{file}: has {size} bytes, but the manifest says {part.bytes}."]
    return [] if digest == part.sha256 else [f"{file}: its content was changed (SHA-256 differs from the manifest)."]
