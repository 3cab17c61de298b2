"""Reading a user's file of actors: a table, or a PETRARCH dictionary. What cannot be read is refused, with the line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from gesta.errors import ReadError, UsageError
from gesta.read.decode import decode
from gesta.records import Frozen, Quarantined
from gesta.registry.entries import Entry
from gesta.registry.petrarch import is_petrarch, read_petrarch
from gesta.registry.tables import read_actor_table

LARGEST = 256 * 1024 * 1024
"""Bytes; the largest dictionaries in use have a hundredth of that."""


class Imported(Frozen, frozen=True):
    """What a file gave. ``left_out`` counts what was read and not kept, or kept in part, by the reason."""

    source: str
    form: str
    entries: tuple[Entry, ...]
    refused: tuple[Quarantined, ...] = ()
    left_out: dict[str, int] = msgspec.field(default_factory=dict)


def read_actors(path: Path) -> Imported:
    """Read actors from a TSV or CSV file with a header, or from a PETRARCH dictionary; the content tells which.

    ``UsageError`` if there is no such file, or nothing in it can be read as actors.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"the file is larger than {LARGEST >> 20} MiB", where=str(path), remedy="Split it.")
        text = decode(path.read_bytes())
    except OSError as error:
        remedy = "Give a TSV or CSV file, or a PETRARCH dictionary."
        raise UsageError(f"cannot be read ({error.strerror})", where=str(path), remedy=remedy) from error
    except ReadError as error:
        raise UsageError(error.what, where=str(path), remedy=error.remedy) from error
    left_out: Counter[str] = Counter()
    if is_petrarch(text):
        form = "PETRARCH dictionary"
        entries, refused = read_petrarch(text, origin=path.name, left_out=left_out)
    else:
        form = "table"
        entries, refused = read_actor_table(text, origin=path.name, left_out=left_out)
    if not entries:
        first = f"; line {refused[0].line}: {refused[0].reason}" if refused else ""
        remedy = "See docs/registry.md for the forms that are read."
        raise UsageError(f"no actor could be read from it{first}", where=str(path), remedy=remedy)
    return Imported(
        source=path.name,
        form=form,
        entries=tuple(entries),
        refused=tuple(refused),
        left_out=dict(sorted(left_out.items())),
    )
