"""The tables of the record and their columns, derived once from the record types, so that the two cannot drift.

A table has one row per record struct. Strings become VARCHAR, whole numbers BIGINT, a tuple a LIST, a nested struct a
STRUCT, a free dictionary JSON text. Beside the struct's own fields a row says which report and run it belongs to.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from gesta.records import (
    Act,
    Actor,
    Cause,
    Change,
    Claim,
    Copy,
    Event,
    Imprint,
    Incident,
    Linking,
    Loaded,
    Pair,
    Place,
    Quarantined,
    Report,
    Run,
    Tie,
    Time,
)

_SCALARS: tuple[tuple[type[inspect.Type], str], ...] = (
    (inspect.BoolType, "BOOLEAN"),
    (inspect.IntType, "BIGINT"),
    (inspect.FloatType, "DOUBLE"),
    (inspect.StrType, "VARCHAR"),
    (inspect.LiteralType, "VARCHAR"),
    (inspect.DateType, "DATE"),
    (inspect.DictType, "JSON"),
)


class Table(NamedTuple):
    """One table: a sub-folder of Parquet parts."""

    name: str
    record: type[msgspec.Struct]
    columns: dict[str, str]
    """Column name -> DuckDB type, in the order of the file."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that make up the record itself."""
        return self.record.__struct_fields__

    def build(self, values: tuple[Any, ...]) -> Any:
        """Return the record whose ``fields`` have these values, as DuckDB gives them.

        A part written before a field existed has NULL there, and the field takes its default.
        """
        row = dict(zip(self.fields, values, strict=True))
        for name, value in row.items():
            if self.columns[name] == "JSON" and value is not None:
                row[name] = msgspec.json.decode(value)
        try:
            return msgspec.convert(row, type=self.record)
        except msgspec.ValidationError:
            return msgspec.convert(_with_defaults(row, inspect.type_info(self.record)), type=self.record)


def quoted(name: str) -> str:
    """Return an SQL identifier; several of our field names ("end", "text") are key words."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def column_type(info: inspect.Type) -> str:
    """Return the DuckDB type of a msgspec type; TypeError if a record has a field that Parquet cannot hold."""
    for kind, name in _SCALARS:
        if isinstance(info, kind):
            return name
    if isinstance(info, inspect.UnionType):
        options = [option for option in info.types if not isinstance(option, inspect.NoneType)]
        if len(options) == 1:
            return column_type(options[0])
    elif isinstance(info, inspect.VarTupleType):
        return column_type(info.item_type) + "[]"
    elif isinstance(info, inspect.TupleType):
        kinds = {column_type(item) for item in info.item_types}
        if len(kinds) == 1:
            return kinds.pop() + "[]"
    elif isinstance(info, inspect.StructType):
        return "STRUCT(" + ", ".join(f"{quoted(f.name)} {column_type(f.type)}" for f in info.fields) + ")"
    raise TypeError(f"no column type for {info}")


def _with_defaults(value: Any, info: inspect.Type) -> Any:
    """Drop NULLs from fields that have a default."""
    if isinstance(info, inspect.UnionType):
        structs = [option for option in info.types if not isinstance(option, inspect.NoneType)]
        return value if value is None else _with_defaults(value, structs[0])
    if isinstance(info, inspect.VarTupleType) and isinstance(value, list):
        return [_with_defaults(item, info.item_type) for item in value]
    if isinstance(info, inspect.StructType) and isinstance(value, dict):
        kept = {f.name: value.get(f.name) for f in info.fields if f.required or value.get(f.name) is not None}
        kinds = {f.name: f.type for f in info.fields}
        return {name: _with_defaults(item, kinds[name]) for name, item in kept.items()}
    return value


def _table(name: str, record: type[msgspec.Struct], *extra: tuple[str, str]) -> Table:
    info = inspect.type_info(record)
    assert isinstance(info, inspect.StructType)
    columns = {field.name: column_type(field.type) for field in info.fields}
    return Table(name, record, columns | dict(extra))


_REPORT = ("report", "VARCHAR")
_RUN = ("run", "VARCHAR")
_POSITION = ("position", "BIGINT")  # keeps the order within a report, whatever merges or sorts the rows later

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        # ``digest`` hashes the text, so that versions at one URL are told apart without reading the texts.
        _table(
            "reports",
            Report,
            ("skipped", "VARCHAR"),
            ("digest", "VARCHAR"),
            ("signature", "BIGINT[]"),
            ("credits", "VARCHAR[]"),
            _RUN,
            _POSITION,
        ),
        _table("events", Event, _REPORT, _RUN, _POSITION),
        _table("claims", Claim, _REPORT, _RUN, _POSITION),
        _table("actors", Actor, _REPORT, _RUN, _POSITION),
        _table("places", Place, _REPORT, _RUN, _POSITION),
        _table("times", Time, _REPORT, _RUN, _POSITION),
        _table("ties", Tie, _REPORT, _RUN, _POSITION),
        _table("loaded", Loaded, _REPORT, _RUN, _POSITION),
        _table("causes", Cause, _REPORT, _RUN, _POSITION),
        _table("imprints", Imprint, _REPORT, _RUN, _POSITION),
        # What looks across reports: each row replaces an older one of the same id, whatever linked it.
        _table("pairs", Pair),
        _table("copies", Copy),
        _table("incidents", Incident),
        _table("acts", Act),
        _table("changes", Change, _POSITION),
        _table("linkings", Linking),
        _table("quarantine", Quarantined, _RUN),
        _table("runs", Run),
    )
}

_SPELLED = repr([(table.name, list(table.columns.items())) for table in TABLES.values()])
COLUMNS_DIGEST = hashlib.sha256(_SPELLED.encode()).hexdigest()[:16]
"""Names this version's columns; commits written with others are read by name, with NULL for what they lack."""
