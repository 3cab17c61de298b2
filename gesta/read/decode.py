"""Bytes to text: which encoding, whether it is text at all, and never more in memory than one report may fill."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from gesta.read.problems import UnreadableError

#: Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
GZIP = b"\x1f\x8b"
"""The first bytes of whatever was compressed with gzip."""

_CONTROLS = dict.fromkeys([*range(9), *range(14, 27), *range(28, 32), 127])
#: Text that was damaged on its way may hold a few control characters; more than this share is no text.
_CONTROLS_ALLOWED, _CONTROLS_SHARE = 8, 0.05
#: Share of NULs among every other byte of Western text in UTF-16; and how few bytes say nothing yet.
_NULS_OF_UTF16, _LEAST_OF_UTF16 = 0.5, 16
_SAMPLE = 65_536
#: Detection on fewer bytes than this is a guess; English text that is not UTF-8 is then taken for Windows-1252.
_TOO_SHORT_TO_TELL = 64
#: Encodings whose letters are not ASCII's: they fit any bytes a little and no news file really.
_NEVER = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_7", "cp037", "cp1026", "cp1140", "cp273", "cp424", "cp500"]
_BAD_BYTES = re.compile("[\udc80-\udcff]")
_WELL_FORMED = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")


def read_bounded(stream: BinaryIO, limit: int) -> bytes | None:
    """Return all of a stream, or None if it has more than ``limit`` bytes; no more than that is read."""
    parts, left = [], limit + 1
    while left > 0 and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts) if left > 0 else None


def decode(data: bytes) -> str:
    """Return bytes as text: by their byte-order mark, as UTF-8, or else in the encoding they most likely have.

    A UTF-8 text with a few broken bytes stays UTF-8, with U+FFFD for those. Raises UnreadableError if this is no text.
    """
    refuse_signature(data)
    codec = next((codec for mark, codec in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    text = data.decode(codec, "replace") if codec else mend(data.decode("utf-8", "surrogateescape"))
    refuse_binary(text)
    return text


def glance(start: bytes) -> str:
    """Return the first bytes of a file as text good enough to tell its format; nothing is raised."""
    codec = next((codec for mark, codec in _MARKS if start.startswith(mark)), None) or _unmarked_utf16(start) or "utf-8"
    return start.decode(codec, "replace").lstrip("\ufeff")


def refuse_signature(data: bytes) -> None:
    """Raise UnreadableError if ``data`` begins as a kind of file that holds no plain text."""
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
    if kind:
        raise UnreadableError(
            f"it is {kind}, not text", remedy="Save or convert it as plain text, HTML, CSV or JSON Lines."
        )


def refuse_binary(text: str) -> None:
    """Raise UnreadableError if too much of ``text`` is control characters."""
    controls = len(text) - len(text.translate(_CONTROLS))
    if controls > max(_CONTROLS_ALLOWED, _CONTROLS_SHARE * len(text)):
        raise UnreadableError("it is binary data, not text", remedy="Save or convert it as plain text.")


def open_text(stream: io.BufferedReader, *, newline: str | None) -> io.TextIOWrapper:
    """Return a stream of text whose undecodable bytes, if any, are left for ``mend`` to settle line by line."""
    start = stream.peek(4)[:4]
    codec = next((codec for mark, codec in _MARKS if start.startswith(mark)), "utf-8")
    errors = "surrogateescape" if codec.startswith("utf-8") else "replace"
    return io.TextIOWrapper(stream, encoding=codec, errors=errors, newline=newline)


def bounded_lines(stream: TextIO, limit: int) -> Iterator[str | None]:
    """Yield line after line as it stands; None in place of one of more than ``limit`` characters, which is skipped."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(("\n", "\r")):
            yield line
            continue
        while (rest := stream.readline(1 << 20)) and not rest.endswith(("\n", "\r")):
            pass
        yield None


def mend(text: str) -> str:
    """Return text read with ``surrogateescape`` with its undecodable bytes settled.

    Raises UnreadableError if no encoding fits them.
    """
    bad = len(_BAD_BYTES.findall(text))
    if not bad:
        return text
    # Other encodings hardly ever form whole UTF-8 sequences by chance: where most are whole, a few bytes are damaged.
    if len(_WELL_FORMED.findall(text)) >= bad:
        return _BAD_BYTES.sub("\ufffd", text)
    data = text.encode("utf-8", "surrogateescape")
    return data.decode(_detected(data), "replace")


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    windows = _fits(telling, "cp1252")
    if windows and len(telling) < _TOO_SHORT_TO_TELL:
        return "cp1252"
    matches = from_bytes(telling, cp_exclusion=_NEVER)
    best = matches.best()
    if best is None:
        raise UnreadableError(
            "it is not UTF-8, and no other encoding fits it", remedy="Save it as UTF-8, if it is text at all."
        )
    # Several Western encodings often fit alike; English news is in Windows-1252 far more often than in the others.
    for match in matches:
        if windows and "cp1252" in match.could_be_from_charset and match.chaos <= best.chaos:
            return "cp1252"
    return best.encoding


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Western text is then NUL."""
    even, odd = data[0:_SAMPLE:2], data[1:_SAMPLE:2]
    if len(odd) < _LEAST_OF_UTF16 // 2:
        return None
    low, high = even.count(0) / len(even), odd.count(0) / len(odd)
    if high > _NULS_OF_UTF16 and low < high / 10:
        return "utf-16-le"
    if low > _NULS_OF_UTF16 and high < low / 10:
        return "utf-16-be"
    return None
