"""Files that appear whole or not at all: temporary names, flushing, renaming, and errors in plain words."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from gesta.errors import StoreError

TEMPORARY = "tmp"
"""Sub-folder for files that are being written; nothing in it is ever read."""

GRACE = 24 * 60 * 60
"""Seconds before a file that nothing lists is taken for the left-over of a killed writer, and before a part that
``compact`` has replaced is removed: no writer and no open reader needs it longer."""


def token() -> str:
    """Return a name that no other writer, on whatever machine, will use."""
    return secrets.token_hex(12)


def temporary(folder: Path, suffix: str) -> Path:
    """Return a new name in the record's temporary folder."""
    return folder / TEMPORARY / (token() + suffix)


def flush(path: Path) -> None:
    """Have the file, or the names in the folder, written to the disk itself."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot flush a folder, and keeps names safe without
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:  # some network file systems cannot flush a folder, and keep names safe without
        if not (path.is_dir() and error.errno in (errno.EINVAL, errno.ENOTSUP)):
            raise
    finally:
        os.close(handle)


def write_flushed(path: Path, content: bytes) -> None:
    """Write a whole new file and flush it."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle_as(source: Path, target: Path) -> None:
    """Give a finished temporary file its lasting name, which is a hash of its content.

    A file of that name therefore has this very content, and replacing it is harmless.
    """
    try:
        source.replace(target)
    except PermissionError:  # on Windows, while a reader holds the file open
        if not target.exists():
            raise
        source.unlink()


def now(folder: Path) -> float:
    """Return the file system's own time in seconds: machines that share a folder need not agree on theirs."""
    probe = temporary(folder, ".clock")
    probe.touch(exist_ok=False)
    try:
        return probe.stat().st_mtime
    finally:
        probe.unlink()


def discard(paths: Iterable[Path]) -> None:
    """Remove temporary files; those already renamed are gone, which is fine."""
    for path in paths:
        with contextlib.suppress(OSError):  # what cannot be removed now, ``compact`` removes later
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turn what the disk says about a failed look into the folder into a StoreError."""
    try:
        yield
    except OSError as error:
        remedy = "Make sure that you may read the folder and all in it."
        raise StoreError(f"the record cannot be read: {_plain(error)}", where=str(folder), remedy=remedy) from error


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the disk and DuckDB say about a failed write into a StoreError."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        remedy = "Make room, or make the folder writable, and run again: what was committed before is safe."
        raise StoreError(f"cannot write to the record: {_plain(error)}", where=str(folder), remedy=remedy) from error
    except duckdb.Error as error:
        raise StoreError(f"these rows cannot be stored: {_plain(error)}", where=str(folder)) from error


def _plain(error: Exception) -> str:
    """Return the reason without DuckDB's nested JSON."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    words = str(error)
    for code in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
        if os.strerror(code) in words:
            return os.strerror(code)
    return words.splitlines()[0] if words else type(error).__name__
