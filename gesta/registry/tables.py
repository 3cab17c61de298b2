"""Tables of actors that users bring, TSV or CSV: columns by name in any order and case, a name is all that is needed.

``name``, ``aliases`` (separated by |), ``kind``, ``country``, ``sectors`` (by | or comma), ``roles`` as in
``leaders.tsv``, ``later`` as in ``groups.tsv``, ``title``, ``from`` and ``to`` (one role), ``note``. Rows of one name
are one actor.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

import msgspec

from gesta.errors import UsageError
from gesta.ontology.tables import read_table
from gesta.records import Quarantined
from gesta.registry.entries import Entry, EntryKind
from gesta.resolve.actors.countries import by_code, lookup, people
from gesta.resolve.actors.groups import INTERNATIONAL
from gesta.resolve.actors.spelling import fold, key
from gesta.resolve.actors.terms import moment, read_roles

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("actor", "actor name"),
        "aliases": ("alias", "other names", "also known as", "synonyms"),
        "kind": ("type",),
        "country": ("iso3", "country code", "state"),
        "sectors": ("sector",),
        "roles": (),
        "later": (),
        "title": ("office", "position", "role"),
        "from": ("start", "since", "from date", "start date"),
        "to": ("end", "until", "to date", "end date"),
        "note": ("notes", "comment"),
    }
)
_DELIMITERS = "\t,;|"
_KINDS: Mapping[str, EntryKind] = MappingProxyType({kind: kind for kind in get_args(EntryKind)})
_SPLIT_SECTORS = re.compile(r"[|,;\s]+")


class _RowError(ValueError):
    """A row that cannot be read, with the column at fault and what to do about it."""

    def __init__(self, what: str, *, field: str, remedy: str) -> None:
        self.field, self.remedy = field, remedy
        super().__init__(what)


def read_actor_table(text: str, *, origin: str, left_out: Counter[str]) -> tuple[list[Entry], list[Quarantined]]:
    """Return the actors of a table and the rows that were refused. ``UsageError`` if it has no column of names."""
    text = text.removeprefix("\ufeff")
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header.count)
    stream = io.StringIO(text, newline="")
    # Our own tables quote nothing.
    reader = (
        csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        if delimiter == "\t"
        else csv.reader(stream, delimiter=delimiter)
    )
    columns: list[str | None] | None = None
    found: dict[str, Entry] = {}
    refused: list[Quarantined] = []
    try:
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            if columns is None:
                columns = _header(fields, origin, left_out)
                continue
            try:
                entry = _entry(columns, fields)
                held = found.get(key(entry.name))
                found[key(entry.name)] = entry if held is None else _joined(held, entry)
            except _RowError as error:
                refused.append(
                    Quarantined(
                        origin=origin, reason=str(error), line=reader.line_num, field=error.field, remedy=error.remedy
                    )
                )
    except csv.Error as error:
        remedy = "Mend the row; what follows it was not read."
        refused.append(Quarantined(origin=origin, reason=str(error), line=reader.line_num, remedy=remedy))
    return list(found.values()), refused


def _header(fields: list[str], origin: str, left_out: Counter[str]) -> list[str | None]:
    """Return our name of each column, None for those we do not read. ``UsageError`` if none holds names."""
    ours = {fold(name): column for column, names in _COLUMNS.items() for name in (column, *names)}
    columns: list[str | None] = []
    for field in fields:
        column = ours.get(fold(field))
        if column is None or column in columns:
            left_out[f"column not read: {field.strip() or 'without a name'}"] += 1
            column = None
        columns.append(column)
    if "name" not in columns:
        what = f"no column of names; the first line has {', '.join(field.strip() for field in fields)[:200]}"
        remedy = "Begin the file with a line of column names, one of them 'name'."
        raise UsageError(what, where=origin, remedy=remedy)
    return columns


def _entry(columns: list[str | None], fields: list[str]) -> Entry:
    if len(fields) > len(columns) and any(field.strip() for field in fields[len(columns) :]):
        what = f"{len(fields)} fields where the header has {len(columns)}"
        raise _RowError(what, field="row", remedy="Quote fields that hold the delimiter.")
    row = {column: " ".join(field.split()) for column, field in zip(columns, fields, strict=False) if column}
    name = row.get("name", "")
    if not fold(name):
        raise _RowError("no name", field="name", remedy="Give a name with a letter or digit.")
    if lookup(name) or people(name):
        what = f"{name!r} is a country, people or capital"
        raise _RowError(what, field="name", remedy="Those are in Gesta's own tables; leave the row out.")
    country, sectors = _country(row.get("country", "")), _sectors(row.get("sectors", ""))
    roles = _roles(row, country, sectors)
    kind = _kind(row.get("kind", ""), dated=bool(roles) and not row.get("later"))
    aliases = dict.fromkeys(alias.strip() for alias in row.get("aliases", "").split("|"))
    return Entry(
        name=name,
        kind=kind,
        aliases=tuple(
            alias for alias in aliases if fold(alias) and alias != name and not lookup(alias.removeprefix("?"))
        ),
        country=country,
        sectors=() if row.get("from") or row.get("to") or row.get("title") else sectors,
        roles=roles,
        note=row.get("note", ""),
    )


def _country(text: str) -> str | None:
    if not text or text.upper() in INTERNATIONAL:
        return text.upper() or None
    land = by_code(text.upper())
    match = lookup(text) if land is None else None
    if land is None and match is not None and match.how == "name":
        land = match.country
    if land is None:
        remedy = f"Give an ISO 3166 code such as KEN, or one of {', '.join(sorted(INTERNATIONAL))}, or nothing."
        raise _RowError(f"{text!r} is no country", field="country", remedy=remedy)
    return land.iso3


def _sectors(text: str) -> tuple[str, ...]:
    known = [row["sector"] for row in read_table("gesta.ontology", "sectors.tsv")]
    sectors = tuple(dict.fromkeys(part.upper() for part in _SPLIT_SECTORS.split(text) if part))
    for sector in sectors:
        if sector not in known:
            raise _RowError(f"{sector!r} is no sector", field="sectors", remedy=f"One of: {', '.join(known)}.")
    return sectors


def _kind(text: str, *, dated: bool) -> EntryKind:
    if not text:
        return "person" if dated else "unknown"
    if text.casefold() not in _KINDS:
        raise _RowError(f"{text!r} is no kind", field="kind", remedy=f"One of: {', '.join(sorted(_KINDS))}.")
    return _KINDS[text.casefold()]


def _roles(row: Mapping[str, str], country: str | None, sectors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles of a row: those of its column, one from its dates, and a later change of sectors."""
    roles = [part.strip() for part in row.get("roles", "").split("|") if part.strip()]
    title, start, end = row.get("title", ""), row.get("from", ""), row.get("to", "")
    if title or start or end:
        roles.append(f"{start}..{end};{title.casefold()};{country or ''};{','.join(sectors)}")
    if row.get("later"):
        day, _, changed = row["later"].partition(" ")
        roles.append(f"{day}..;;{country or ''};{','.join(_sectors(changed))}")
    for role in roles:
        try:
            found = read_roles(role)[0]
            if row.get("later"):
                moment(role.partition("..")[0])
        except ValueError as error:
            where = "roles" if role in row.get("roles", "") else "later" if row.get("later") else "from, to"
            remedy = "Dates are YYYY, YYYY-MM or YYYY-MM-DD; a role is FROM..TO;TITLE;OF;SECTORS."
            raise _RowError(str(error), field=where, remedy=remedy) from error
        _sectors("|".join(found.sectors))
    return tuple(roles)


def _joined(one: Entry, other: Entry) -> Entry:
    """Return two rows of one name as one actor."""
    return msgspec.structs.replace(
        one,
        kind=other.kind if one.kind == "unknown" else one.kind,
        aliases=tuple(dict.fromkeys((*one.aliases, *other.aliases))),
        country=one.country or other.country,
        sectors=one.sectors or other.sectors,
        roles=tuple(dict.fromkeys((*one.roles, *other.roles))),
        note=one.note or other.note,
    )
