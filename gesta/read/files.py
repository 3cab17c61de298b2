"""One file, whatever its format: found out by its name or its first bytes, then read."""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Literal, cast

from gesta.read.decode import GZIP, decode, glance, open_text, read_bounded, refuse_binary, refuse_signature
from gesta.read.drafts import make_report
from gesta.read.jsonlines import read_json, read_json_lines
from gesta.read.problems import UnreadableError, too_long
from gesta.read.tables import looks_like_header, read_table
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

Kind = Literal["text", "page", "lines", "json", "table", "sniff"]

_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".csv": "table",
    ".tsv": "table",
}
READABLE: tuple[str, ...] = (*_KINDS, *(f"{extension}.gz" for extension in _KINDS))
"""Extensions of files that can be read, in lower case; the case of a file's own does not matter."""

_EXTENSION = re.compile(r"\.[a-z][a-z0-9_+-]{0,9}")
_WIDEST = 4
"""Bytes of one character, at most, in any encoding that is read."""
_MARKUP = 8
"""How many times longer than its text a web page may be."""
_SNIFFED = 4_096
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(name: str) -> Kind | None:
    """Return how a file of this name is read; None if its extension is not one that can be."""
    lower = name.lower().removesuffix(".gz")
    extension = Path(lower).suffix
    if not _EXTENSION.fullmatch(extension):
        return "sniff"
    return _KINDS.get(extension)


def read_file(path: Path, *, origin: str, settings: ReadSettings) -> Iterator[Report | Quarantined]:
    """Yield the reports of one file, and what of it could not be read. Raises nothing for what is in the file."""
    kind = kind_of(path.name)
    if kind is None:
        extension = Path(path.name.lower().removesuffix(".gz")).suffix
        remedy = f"Readable are {', '.join(_KINDS)}, each also with .gz."
        yield Quarantined(origin=origin, reason=f"files of type {extension} are not read", remedy=remedy)
        return
    begun = False
    try:
        refuse_special(path)
        with path.open("rb") as raw:
            name = _stem(path.name)
            stream = read_stream(_unzipped(raw), kind=kind, origin=origin, settings=settings, file_name=name)
            # Closed before the file is, also when the iterator is given up half-way.
            with closing(stream) as items:
                for item in items:
                    begun = True
                    yield item
    except UnreadableError as problem:
        yield problem.quarantined(origin)
    except (OSError, EOFError, zlib.error) as error:
        rest = "; what stands before was read" if begun else ""
        yield Quarantined(origin=origin, reason=f"{_said(error, path)}{rest}")


def read_stream(
    stream: io.BufferedReader,
    *,
    kind: Kind,
    origin: str,
    settings: ReadSettings,
    file_name: str | None,
    blank: int = 0,
) -> Generator[Report | Quarantined, None, None]:
    """Yield the reports of an open stream, of which ``blank`` lines are gone already.

    Raises UnreadableError if it cannot be read at all.
    """
    start = stream.peek(_SNIFFED)[:_SNIFFED]
    refuse_signature(start)
    if kind == "sniff":
        kind = sniff(start)
    if kind in ("text", "page"):
        yield _read_single(stream, kind, origin, settings, file_name)
        return
    if not start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        refuse_binary(start.decode("latin-1"))
    if not start:
        raise UnreadableError("the file is empty")
    text = open_text(stream, newline="" if kind == "table" else None)
    if kind == "table":
        items = read_table(text, origin=origin, settings=settings)
    elif kind == "json":
        items = read_json(text, origin=origin, settings=settings, file_name=file_name or "")
    else:
        items = read_json_lines(text, origin=origin, settings=settings, skipped=blank)
    try:
        first = next(items, None)
        if first is None:
            raise UnreadableError("there is no report in it")
        yield first
        yield from items
    finally:
        # The stream belongs to the caller: without this, standard input would be closed with its wrapper.
        text.detach()


def sniff(start: bytes) -> Kind:
    """Return how bytes without a telling name are to be read, from the first of them."""
    text = glance(start).lstrip()
    if text.startswith("{"):
        return "lines"
    if re.match(r"\[\s*\{", text):
        return "json"
    if _PAGE.match(text):
        return "page"
    return "table" if looks_like_header(text.partition("\n")[0]) else "text"


def refuse_special(path: Path) -> None:
    """Raise UnreadableError for what is no regular file: to open a pipe or a device could wait for ever."""
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return
    kinds = ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISDIR, "a folder"))
    kind = next((name for test, name in kinds if test(mode)), "a device")
    raise UnreadableError(f"it is {kind}, not a file", remedy="To read from a pipe, give - and pipe it in.")


def _unzipped(raw: io.BufferedReader) -> io.BufferedReader:
    """The stream that a file holds; its bytes say whether it is compressed, not its name."""
    if raw.peek(len(GZIP))[: len(GZIP)] != GZIP:
        return raw
    return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw)))


def _stem(name: str) -> str:
    """A file's name without the extensions that say how it is read."""
    lower = name.lower().removesuffix(".gz")
    return lower.removesuffix(Path(lower).suffix) if Path(lower).suffix in _KINDS else lower


def _read_single(stream: BinaryIO, kind: Kind, origin: str, settings: ReadSettings, file_name: str | None) -> Report:
    limit = settings.max_characters * _WIDEST * (_MARKUP if kind == "page" else 1) + _WIDEST
    data = read_bounded(stream, limit)
    if data is None:
        raise too_long(settings.max_characters)
    text = decode(data)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise UnreadableError("the file is empty" if not data else "the file holds nothing but blanks")
    if kind == "page" or _PAGE.match(text[:_SNIFFED]):
        from gesta.read.web import read_page  # trafilatura takes a moment to load

        return read_page(text, origin=origin, settings=settings, file_name=file_name)
    return make_report(text, origin=origin, settings=settings, file_name=file_name)


def _said(error: Exception, path: Path) -> str:
    """What the system says of a file it will not give, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "a link to what is not there" if path.is_symlink() else "it vanished before it could be read"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return "the compressed data are broken or cut short"
    if isinstance(error, OSError) and error.errno is not None:
        return f"the system cannot read it: {os.strerror(error.errno)}"
    return f"the system cannot read it: {error}"
