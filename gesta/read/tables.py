"""CSV and TSV: one report a row, columns by name."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from typing import TextIO

from gesta.read.decode import bounded_lines, mend
from gesta.read.fields import choose, plain_name, recognised, report_of
from gesta.read.problems import UnreadableError
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

_DELIMITERS = ",;\t|"
_BESIDES = 65_536
"""Characters that a row may have besides its text."""
_SAMPLE = 50
"""Lines that show whether a tab-separated file uses quotation marks."""
_UNIT = "\x1f"

_Line = tuple[int, str | None]


def read_table(stream: TextIO, *, origin: str, settings: ReadSettings) -> Iterator[Report | Quarantined]:
    """Yield one report, or what is wrong with it, for each row below the header.

    The delimiter is the one that makes sense of the header. Raises UnreadableError, for the whole file, if no column
    holds the text.
    """
    limit = 2 * settings.max_characters + _BESIDES
    lines: Iterator[_Line] = enumerate(bounded_lines(stream, limit), start=1)
    delimiter, names, lines = _header(lines, settings)
    chosen = choose(names, settings.columns)
    at = {field: names.index(name) for field, name in chosen.items()}
    quoted, lines = (True, lines) if delimiter != "\t" else _is_quoted(lines, len(names))
    rows = _Rows(lines, limit=limit, delimiter=delimiter, quoted=quoted)
    for row in rows:
        try:
            if isinstance(row, UnreadableError):
                raise row
            if len(row) != len(names):
                raise UnreadableError(f"a row of {len(row)} columns where the header has {len(names)}{rows.span}")
            values = {field: row[index] for field, index in at.items()}
            yield report_of(values, origin=f"{origin}#{rows.first}", settings=settings)
        except UnreadableError as problem:
            yield problem.quarantined(origin, line=rows.first)


def looks_like_header(line: str) -> bool:
    """Whether a line is the header of a table of reports, as far as the names of its columns tell."""
    return any(recognised(_split(line, delimiter)) > 1 for delimiter in _DELIMITERS)


class _Quoted(csv.excel):
    """Fields may be wrapped in quotation marks, doubled inside."""


class _Unquoted(csv.excel):
    """A quotation mark is a character like others."""

    quoting = csv.QUOTE_NONE


class _Rows:
    """The rows of a table; ``first`` and ``last`` are the lines of the current one."""

    def __init__(self, lines: Iterator[_Line], *, limit: int, delimiter: str, quoted: bool) -> None:
        self._lines, self._limit, self._delimiter, self._quoted = lines, limit, delimiter, quoted
        self.first = self.last = self._length = 0
        self._open = False

    @property
    def span(self) -> str:
        """The lines of a row that has several, for a message."""
        return f" (lines {self.first} to {self.last})" if self.last > self.first else ""

    def __iter__(self) -> Iterator[list[str] | UnreadableError]:
        # The limit is the process's own and may only be raised: rows are bounded here, line by line.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * self._limit))
        dialect = _Quoted if self._quoted else _Unquoted
        while True:
            self._start()
            try:
                for row in csv.reader(self._pull(), dialect=dialect, delimiter=self._delimiter):
                    if any(cell.strip() for cell in row):
                        yield self._settled(row)
                    self._start()
                return
            except UnreadableError as error:
                problem = error
            except csv.Error as error:
                problem = UnreadableError(f"broken row: {error}")
            yield problem

    def _start(self) -> None:
        self.first = self._length = 0
        self._open = False

    def _pull(self) -> Iterator[str]:
        """The lines of the table, as long as the row they make is not too long."""
        for number, line in self._lines:
            self.first, self.last = self.first or number, number
            self._length += self._limit if line is None else len(line)
            if line is None or self._length > self._limit:
                advice = "If no text is that long, a quotation mark is not closed. Else raise max_characters."
                raise UnreadableError(f"a row longer than {self._limit:,} characters{self.span}", remedy=advice)
            self._open ^= line.count('"') % 2 == 1
            yield line

    def _settled(self, row: list[str]) -> list[str] | UnreadableError:
        if self._quoted and self._open and self.last > self.first:
            return UnreadableError(
                f"a quotation mark is not closed{self.span}", remedy="Close it, or double it inside a field."
            )
        try:
            cells = mend(_UNIT.join(row)).split(_UNIT)
            row = cells if len(cells) == len(row) else [mend(cell) for cell in row]
        except UnreadableError as problem:
            return problem
        return row if self._quoted else [_unwrapped(cell) for cell in row]


def _header(lines: Iterator[_Line], settings: ReadSettings) -> tuple[str, list[str], Iterator[_Line]]:
    """The delimiter, the names of the columns, and the lines that are left."""
    wanted = {plain_name(name) for name in settings.columns.values()}
    only = _DELIMITERS
    for _, line in lines:
        if line is None:
            raise UnreadableError("the first line is too long to name columns")
        header = mend(line).strip("\ufeff\r\n")
        if header.lower().startswith("sep=") and len(header) == len("sep=;"):
            only = header[-1]
        elif header.strip():
            splits = {delimiter: _split(header, delimiter) for delimiter in only}
            best = max(
                splits,
                key=lambda sign: (
                    sum(plain_name(name) in wanted for name in splits[sign]) + recognised(splits[sign]),
                    len(splits[sign]),
                ),
            )
            return best, [" ".join(name.split()) for name in splits[best]], lines
    raise UnreadableError("the file is empty")


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _is_quoted(lines: Iterator[_Line], columns: int) -> tuple[bool, Iterator[_Line]]:
    """Whether a tab-separated file quotes its fields; many do not, and begin texts with a quotation mark."""
    sample = list(itertools.islice(lines, _SAMPLE))
    rows = [line.rstrip("\r\n").split("\t") for _, line in sample if line is not None and line.strip()]
    broken = any(len(row) != columns for row in rows)
    opened = any(cell.startswith('"') and cell.count('"') % 2 == 1 for row in rows for cell in row)
    return broken or opened, itertools.chain(sample, lines)


def _unwrapped(cell: str) -> str:
    """A cell without the quotation marks that wrap it as a field, if that is what they do."""
    inner = cell[1:-1].replace('""', "")
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner:
        return cell[1:-1].replace('""', '"')
    return cell
