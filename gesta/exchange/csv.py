"""CSV for spreadsheets: RFC 4180 with a byte-order mark, so that Excel takes it as UTF-8, and safe to open there."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

from gesta.exchange.files import written_whole
from gesta.exchange.rows import Value, columns, flat_row
from gesta.exchange.tellings import tellings
from gesta.store import EventFilter, Store

SEPARATOR = "; "
LONGEST = 32_767
"""What a cell of Excel holds, in units of UTF-16."""

# Also as full-width forms, which spreadsheets of East Asia take for the same.
_FORMULA = tuple("=+-@＝＋－＠")


class _Line:
    """What ``csv.writer`` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def write_csv(store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int:
    """Write one row an event under a row of names; the same record gives the same bytes. Returns how many events."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    number = 0
    with written_whole(out) as stream:
        stream.write(codecs.BOM_UTF8 + writer.writerow(columns(without_text=without_text)).encode())
        for told in tellings(store, wanted):
            row = flat_row(told, without_text=without_text)
            stream.write(writer.writerow([cell(value) for value in row.values()]).encode())
            number += 1
    return number


def cell(value: Value) -> str:
    """Return a value as a cell: numbers as they are, lists joined, and text that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return repr(value)
    text = joined(value) if isinstance(value, tuple) else value
    return _cut(f"'{text}" if text.lstrip().startswith(_FORMULA) else text)


def joined(parts: tuple[str, ...]) -> str:
    """Join the parts of a list, in which no part may hold the separator; empty if all of them are."""
    return SEPARATOR.join(part.replace(";", ",") for part in parts) if any(parts) else ""


def _cut(text: str) -> str:
    if 2 * len(text) <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    # A character cut in two is dropped.
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
