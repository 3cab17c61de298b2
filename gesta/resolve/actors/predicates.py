"""What the text says a person is in a clause about him: "is the mayor of Eastport", "being named prime minister"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.reading import Reading

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader

_BE = frozenset({"is", "was", "being", "been", "be"})
_NOW = frozenset({"is", "became", "becomes"})
_CHOSEN = frozenset({"named", "appointed", "elected", "reelected", "sworn", "confirmed", "installed"})
_LEADS = frozenset({"chairs", "heads", "leads"})
_BETWEEN = frozenset({"as", "in", "the", "by"})
_ENDS = frozenset({".", ";", "!", "?", "\n", ":", "\u2014"})
_CLOSES = frozenset({"who", "which", "when", "after", "since", "but", "while", "and", "by"})
_REACH = 16
"""Tokens after the name in which it may be told to what somebody was named."""
_LONGEST = 12


def read_predicate(reader: Reader, end: int) -> Reading | None:
    """Return the office that the text gives right after a person whose name ends before token ``end``, or None."""
    mentions = reader.mentions
    at = end + (end < len(mentions.words) and mentions.words[end] == ",")
    at += at < len(mentions.words) and mentions.folds[at] == "who"
    if at >= len(mentions.words):
        return None
    if mentions.folds[at] in _LEADS:
        return _led(reader, at + 1)
    start = at + 1 if mentions.folds[at] in _NOW else _chosen(mentions, end)
    if start is None:
        return None
    found = _read(reader, start)
    told = found is not None and found.role is not None and found.person is None and found.name is None
    return found if told else None


def _led(reader: Reader, start: int) -> Reading | None:
    """Return the one who leads the body named at ``start``."""
    body = _read(reader, start)
    if body is None or not body.sectors or body.place or body.person is not None:
        return None
    return replace(body, kind="person", group=None, body=None, name=None, noun=None, role="leader", spoken=False)


def _chosen(mentions: Mentions, end: int) -> int | None:
    """Return where the office begins to which the nearest person before was "named"; None if to none."""
    for at in range(end, min(end + _REACH, len(mentions.words) - 1)):
        name = mentions.names[at]
        if mentions.words[at] in _ENDS or (name is not None and name.label == "Person"):
            return None
        if mentions.folds[at] in _CHOSEN and mentions.folds[at - 1] in _BE:
            start = at + 1
            while start < len(mentions.words) and mentions.folds[start] in _BETWEEN:
                start += 1
            return start
    return None


def _read(reader: Reader, start: int) -> Reading | None:
    mentions, end = reader.mentions, start
    limit = min(start + _LONGEST, len(mentions.words))
    while end < limit and mentions.words[end] not in _ENDS and mentions.words[end] != ",":
        if mentions.folds[end] in _CLOSES or (mentions.pos[end] in {"VERB", "AUX"} and not mentions.capital(end)):
            break
        end += 1
    # "Is president" tells an office, "is not" and "is in Eastport" do not.
    if end == start or mentions.pos[start] not in {"DET", "ADJ", "NOUN", "PROPN"}:
        return None
    return reader.read(start, end)
