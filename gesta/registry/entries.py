"""``Entry``: one actor as a user's file tells it, and what the resolver makes of it."""

from __future__ import annotations

from typing import Literal

from gesta.records import Frozen
from gesta.resolve.actors.groups import Group
from gesta.resolve.actors.leaders import Leader
from gesta.resolve.actors.terms import read_roles

EntryKind = Literal["person", "group", "organisation", "unknown"]


class Entry(Frozen, frozen=True):
    """One actor. ``roles`` are as in ``terms``; ``sectors`` and ``country`` hold where no role does.

    ``kind`` unknown: the file does not tell; in a text it is a person where the model takes its name for one.
    """

    name: str
    kind: EntryKind = "unknown"
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    note: str = ""


def to_leader(entry: Entry, origin: str) -> Leader | None:
    """Return the known person that an entry is or may be; None if it is none."""
    if entry.kind not in ("person", "unknown"):
        return None
    # Sectors without a date are a role whose beginning and end nobody stated.
    timeless = f"..;;{entry.country or ''};{','.join(entry.sectors)}" if entry.sectors else ""
    roles = read_roles("|".join([*((timeless,) if timeless else ()), *entry.roles]))
    return Leader(entry.name, entry.aliases, entry.country, roles, entry.note, origin, entry.kind)


def to_group(entry: Entry, origin: str) -> Group | None:
    """Return the known group that an entry is or may be; None if it is a person."""
    if entry.kind == "person":
        return None
    return Group(
        entry.name, entry.aliases, entry.kind, entry.country, entry.sectors, None, entry.note,
        roles=read_roles("|".join(entry.roles)), origin=origin,
    )  # fmt: skip
