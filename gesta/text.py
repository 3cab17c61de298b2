"""Text: settled once, before any offset exists, and cut into passages for people to read."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
#: Control characters, tabs and odd spaces become one plain space each.
_SPACES = re.compile("[\x00-\x09\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
#: Invisible marks that split or reorder words on screen: soft hyphen, zero-width space, byte-order mark, bidi controls.
_INVISIBLE = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = ".!?\n"


def settle(text: str) -> str:
    """Return ``text`` with one kind of line end, no control or invisible characters, and no lone surrogates.

    Settling twice changes nothing. Nothing else is touched: quotes, dashes and accents stay as the source wrote them.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    return _SURROGATES.sub("\ufffd", text)


def passage(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to what looks like whole sentences; this is for showing only."""
    while start > 0 and not (
        text[start - 1] == "\n" or (text[start - 1] == " " and start > 1 and text[start - 2] in _MARKS)
    ):
        start -= 1
    while end < len(text) and text[end] != "\n" and not (text[end - 1] in _MARKS and text[end] == " "):
        end += 1
    return start, end
