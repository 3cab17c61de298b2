"""Records to the rows of the tables, one JSON line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from gesta.errors import StoreError
from gesta.records import Quarantined, Record, Run, make_id
from gesta.store.columns import TABLES, Table

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODERS = {name: msgspec.json.Decoder(table.record) for name, table in TABLES.items()}
_PER_REPORT = ("events", "claims", "actors", "places", "times", "ties", "loaded", "causes", "imprints")


def lines_of(records: Sequence[Record], quarantined: Sequence[Quarantined], run: Run) -> dict[str, list[bytes]]:
    """Return for each table its rows as JSON lines, in the order of the records.

    Every line is read back as its record type before it counts: a row that could not be read again is a StoreError now
    and not a surprise later.
    """
    lines: dict[str, list[bytes]] = {name: [] for name in TABLES}
    for position, record in enumerate(records):
        report = record.report
        extra = {
            "skipped": record.skipped, "digest": make_id("t", report.text), "signature": record.signature,
            "credits": record.credits, "run": run.id, "position": position,
        }  # fmt: skip
        lines["reports"].append(_line(TABLES["reports"], report, extra, where=report.id))
        for name in _PER_REPORT:
            lines[name].extend(_report_lines(TABLES[name], getattr(record, name), report.id, run.id))
    for entry in quarantined:
        lines["quarantine"].append(_line(TABLES["quarantine"], entry, {"run": run.id}, where=entry.origin))
    lines["runs"].append(_line(TABLES["runs"], run, {}, where=run.id))
    return lines


def table_lines(name: str, records: Iterable[msgspec.Struct]) -> Iterator[bytes]:
    """Yield the rows of a table that belongs to no report, as JSON lines."""
    table = TABLES[name]
    numbered = "position" in table.columns
    for n, record in enumerate(records):
        yield _line(table, record, {"position": n} if numbered else {}, where=str(getattr(record, "id", name)))


def _report_lines(table: Table, records: Iterable[msgspec.Struct], report: str, run: str) -> Iterable[bytes]:
    for position, record in enumerate(records):
        owner = getattr(record, "report", report)
        if owner != report:
            raise StoreError(f"a row of {table.name} belongs to report {owner} but came with this one", where=report)
        yield _line(table, record, {"report": report, "run": run, "position": position}, where=report)


def _line(table: Table, record: msgspec.Struct, extra: dict[str, Any], *, where: str) -> bytes:
    row = msgspec.structs.asdict(record) | extra
    try:
        line = _encode(row)
        _DECODERS[table.name].decode(line)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError) as error:
        what = f"a row of {table.name} cannot be stored: {error}"
        remedy = "This is a fault of the coder that made it; please report it."
        raise StoreError(what, where=where, remedy=remedy) from error
    return line


def _encode(row: dict[str, Any]) -> bytes:
    try:
        return _ENCODER.encode(row)
    except UnicodeEncodeError:
        return _ENCODER.encode(_spelled(msgspec.to_builtins(row)))


def _spelled(value: Any) -> Any:
    r"""Spell out the bytes of file names that are not UTF-8 (``\udce9``): JSON and Parquet hold only valid text."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_spelled(key): _spelled(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_spelled(item) for item in value]
    return value
