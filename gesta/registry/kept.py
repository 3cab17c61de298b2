"""Imported actors, kept as JSON with Gesta's own data, one file an import; every later run uses them all."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec
import platformdirs

from gesta.errors import UsageError
from gesta.records import Frozen
from gesta.registry.entries import Entry, to_group, to_leader
from gesta.registry.read import Imported
from gesta.resolve.actors.registry import DEFAULT, Registry, default_registry, joined

_SUFFIX = ".json"
_HASH = 16


class Kept(Frozen, frozen=True):
    """An import as it is kept: the file it was read from, and its actors."""

    source: str
    form: str
    entries: tuple[Entry, ...]


def home() -> Path:
    """Return the folder in which imported actors are kept."""
    return platformdirs.user_data_path("gesta") / "registries"


def kept_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of all imports, sorted."""
    return tuple(sorted(path.stem for path in (folder or home()).glob(f"*{_SUFFIX}")))


def keep(imported: Imported, name: str) -> Path:
    """Keep an import under ``name``, in place of one of that name, and return its file.

    ``UsageError`` if the name is none for a file, or the folder cannot be written.
    """
    path = _path(name)
    data = msgspec.json.encode(Kept(source=imported.source, form=imported.form, entries=imported.entries))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", where=str(path), remedy="Make room there.") from error
    return path


def read_kept(name: str, folder: Path | None = None) -> Kept:
    """Return an import; ``UsageError`` if there is none of that name, or its file is damaged."""
    return _load(_path(name, folder))[0]


def remove(name: str) -> None:
    """Forget an import; ``UsageError`` if there is none of that name."""
    path = _path(name)
    try:
        path.unlink()
    except OSError as error:
        raise _unknown(name) from error


def open_registry(setting: str | None = None) -> Registry:
    """Return the registry of a run: Gesta's own actors with all imports before them.

    ``setting`` names a folder of imports instead of the user's, or is ``"default"`` for Gesta's own actors alone. The
    version is ``"default"`` or a hash of the imports. ``UsageError`` if the folder is not there or one is damaged.
    """
    if setting == DEFAULT:
        return default_registry()
    folder = Path(setting) if setting is not None else home()
    if setting is not None and not folder.is_dir():
        raise UsageError(
            "there is no such folder of imported actors", where=setting, remedy="Give another, or default."
        )
    digest, groups, persons = hashlib.sha256(), [], []
    for name in kept_names(folder):
        kept, data = _load(_path(name, folder))
        digest.update(f"{name} {len(data)} ".encode() + data)
        groups += [group for entry in kept.entries if (group := to_group(entry, name)) is not None]
        persons += [person for entry in kept.entries if (person := to_leader(entry, name)) is not None]
    if not groups and not persons:
        return default_registry()
    return joined(groups, persons, version=digest.hexdigest()[:_HASH])


def _load(path: Path) -> tuple[Kept, bytes]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unknown(path.stem) from error
    try:
        return msgspec.json.decode(data, type=Kept), data
    except msgspec.MsgspecError as error:
        remedy = f"Import it again, or remove it: gesta registry remove {path.stem}"
        raise UsageError(f"is damaged ({error})", where=str(path), remedy=remedy) from error


def _path(name: str, folder: Path | None = None) -> Path:
    if not re.fullmatch(r"[\w][\w.-]*", name):
        raise UsageError(f"{name!r} is no name", where="--name", remedy="Use letters, digits, dots and hyphens.")
    return (folder or home()) / f"{name}{_SUFFIX}"


def _unknown(name: str) -> UsageError:
    have = ", ".join(kept_names()) or "none"
    return UsageError(f"no imported actors of the name {name!r}", remedy=f"Imported are: {have}.")
