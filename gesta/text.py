"""Text settled once, before any offset exists."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
#: Control characters, tabs and odd spaces become one plain space each.
_SPACES = re.compile("[\x00-\x09\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
#: Invisible marks that split or reorder words on screen: soft hyphen, zero-width space, byte-order mark, bidi controls.
_INVISIBLE = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def settle(text: str) -> str:
    """Return ``text`` with one kind of line end, no control or invisible characters, and no lone surrogates.

    Settling twice changes nothing. Nothing else is touched: quotes, dashes and accents stay as the source wrote them.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    return _SURROGATES.sub("\ufffd", text)
