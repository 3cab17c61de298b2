"""Which index of places is in use: the default one, or one that the user has built and chosen.

The choice is a small file in the user's cache folder that holds the path of an index. Where there is none, the default
index is used.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import platformdirs

from gesta.errors import UsageError

DEFAULT = "default"
"""The name of the default index, where a path could stand."""
_CHOICE = "gazetteer-in-use"
_REMEDY = "Give --out, and then name that file with --gazetteer when you code."


def _folder() -> Path:
    return Path(platformdirs.user_cache_dir("gesta"))


def chosen_index() -> Path | None:
    """Return the path of the index that the user has chosen, or None if that is the default one."""
    try:
        chosen = (_folder() / _CHOICE).read_text(encoding="utf-8", errors="surrogateescape").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        remedy = "Make it readable, or delete it to use the default index."
        raise UsageError(f"cannot be read ({error.strerror})", where=str(_folder() / _CHOICE), remedy=remedy) from error
    return Path(chosen) if chosen else None


def choose_index(path: Path | None) -> None:
    """Let later runs use the index at ``path``, None for the default one; ``UsageError`` if that cannot be kept."""
    choice = _folder() / _CHOICE
    try:
        if path is None:
            choice.unlink(missing_ok=True)
            return
        choice.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=_CHOICE, dir=choice.parent)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as stream:
            stream.write(f"{path.absolute()}\n")
        Path(part).replace(choice)
    except OSError as error:
        raise UsageError(f"the choice cannot be kept ({error.strerror})", where=str(choice), remedy=_REMEDY) from error


def index_of_dump(name: str) -> Path:
    """Return where the index of the dump ``name`` ("allCountries.txt") lies unless the user says otherwise."""
    stem = re.sub(r"[^\w-]+", "-", Path(name).stem).strip("-") or "dump"
    return _folder() / f"gazetteer-{stem}.sqlite"
