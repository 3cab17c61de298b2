"""From the paths a user gives to the files they stand for, in an order that does not change."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import cast

from gesta.errors import UsageError
from gesta.read.fields import check_columns
from gesta.read.files import kind_of, read_file, read_stream, sniff
from gesta.read.problems import UnreadableError
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

_DEFAULTS = ReadSettings()
_ABOUT = frozenset({"readme", "license", "licence", "copying", "notice", "authors", "changelog", "changes"})
"""Files that say something about a folder and are no reports, if they have no extension that is read."""


def read_paths(paths: Sequence[Path | str], settings: ReadSettings = _DEFAULTS) -> Iterator[Report | Quarantined]:
    """Return the reports of files, folders (with all folders in them) and, for "-", standard input, one after another.

    Each input gives either a report or a Quarantined that says why not. Folders are read in the order of their names;
    hidden files are passed over. Files are opened one by one, as the iterator is consumed.
    Raises UsageError, before anything is read, for a path that does not exist or a setting that makes no sense.
    """
    check_columns(settings.columns)
    if settings.max_characters < 1:
        raise UsageError(f"max_characters is {settings.max_characters}", remedy="Give a number of characters above 0.")
    given = [paths] if isinstance(paths, str | PurePath) else list(paths)
    for path in given:
        _check(path)
    return _read_all(given, settings)


def _check(path: Path | str) -> None:
    """Raise UsageError if there is nothing at ``path``."""
    if str(path) == "-":
        return
    if not str(path):
        raise UsageError("an empty path", remedy="Give a file, a folder, or - for standard input.")
    try:
        # What may not be looked at is there all the same: reading it says so.
        there = Path(path).exists()
    except PermissionError:
        there = True
    except OSError as error:
        raise UsageError(f"{str(path)!r} is no path: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{str(path)!r} is no path") from None
    if not there:
        parents = Path(path).absolute().parents
        nearest = next((parent for parent in parents if parent.is_dir()), parents[-1])
        raise UsageError(f"there is no file or folder {path}", remedy=f"The nearest folder that exists is {nearest}.")


def _read_all(paths: Sequence[Path | str], settings: ReadSettings) -> Iterator[Report | Quarantined]:
    for path in paths:
        if str(path) == "-":
            yield from _read_standard_input(settings)
        elif _is_folder(Path(path)):
            yield from _read_folder(Path(path), settings)
        else:
            yield from read_file(Path(path), origin=_origin(_named(Path(path))), settings=settings)


def _is_folder(path: Path) -> bool:
    """Whether a path is known to be a folder; what may not be looked at is left to be refused as a file."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _named(path: Path) -> str:
    """What a file given by itself is called: as the user wrote it, but never by where it lies on this machine."""
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()


def _origin(name: str) -> str:
    """A name that can be written as UTF-8, whatever bytes the file system has in it."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class _Folder:
    """A folder being walked: the names left in it, and what it is, to know it again."""

    def __init__(self, path: Path, prefix: str) -> None:
        self.path, self.prefix = path, prefix
        state = path.stat()
        self.identity = (state.st_dev, state.st_ino)
        with os.scandir(path) as entries:
            self.names = iter(sorted(entry.name for entry in entries if not entry.name.startswith(".")))


def _read_folder(top: Path, settings: ReadSettings) -> Iterator[Report | Quarantined]:
    """Walk a folder in order; each folder within it is read where its name stands."""
    above: list[_Folder] = []
    entered: tuple[Path, str] | None = (top, "")
    while entered or above:
        if entered:
            path, prefix = entered
            entered = None
            try:
                folder = _Folder(path, prefix)
            except OSError as error:
                yield _refused(_origin(prefix.rstrip("/")) or ".", error)
                continue
            if any(folder.identity == other.identity for other in above):
                reason = "a link back to a folder that it lies in"
                yield Quarantined(origin=_origin(prefix.rstrip("/")), reason=reason)
                continue
            above.append(folder)
        folder = above[-1]
        name = next(folder.names, None)
        if name is None:
            above.pop()
            continue
        path, origin = folder.path / name, folder.prefix + name
        if _is_folder(path):
            entered = (path, origin + "/")
        elif not _is_about(name):
            yield from read_file(path, origin=_origin(origin), settings=settings)


def _is_about(name: str) -> bool:
    """Whether a file of this name only describes its folder."""
    suffix = Path(name).suffix.lower()
    return suffix == ".md" or (kind_of(name) == "sniff" and Path(name).stem.lower() in _ABOUT)


def _refused(origin: str, error: OSError) -> Quarantined:
    return Quarantined(origin=origin, reason=f"the folder cannot be read: {os.strerror(error.errno or 0)}")


def _read_standard_input(settings: ReadSettings) -> Iterator[Report | Quarantined]:
    """Read standard input as JSON if it opens an object or a list of them, else as one text or page."""
    raw = sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", raw))
    blank = 0
    while (start := stream.peek(1)) and not start.strip():
        blank += stream.read(len(start)).count(b"\n")
    try:
        kind = sniff(start)
        kind = kind if kind in ("lines", "json") else "text"
        yield from read_stream(stream, kind=kind, origin="-", settings=settings, file_name=None, blank=blank)
    except UnreadableError as problem:
        yield problem.quarantined("-")
    except OSError as error:
        yield Quarantined(origin="-", reason=f"standard input broke off: {error}")
    finally:
        if stream is not raw:
            stream.detach()
