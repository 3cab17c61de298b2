"""Spellings: what must not matter when two names are compared, and a lexicon that finds the longest known phrase.

``fold`` removes case, accents, apostrophes, dots and hyphens, which never tell names apart. ``loosen`` goes further, to
what transcribers disagree about (Shabaab and Shabab, Houthi and Huthi, Qaida and Qaeda); it is for names of some length
that are in a table, or within one report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Generic, TypeVar

Value = TypeVar("Value")

# Letters that Unicode does not decompose; the first is the dotless i.
_PLAIN = str.maketrans(
    {"\u0131": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "&": " and "}
)
# The possessive is a token of its own in a Doc, so it is a word of its own here.
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_WITHIN = re.compile("['\u2019\u2018\u02bc\u02bb\u02bf\u02be`\u00b4.]")
_BETWEEN = re.compile(r"[^\w+]+|_")
_ARTICLES = frozenset({"al", "el", "ul"})

_SPELLINGS = (
    (re.compile(r"(.)\1+"), r"\1"),  # Shabaab, Hizbullah; "ee" and "oo" become one letter here too
    (re.compile(r"ou|o"), "u"),
    (re.compile(r"e|y"), "i"),
    (re.compile(r"q"), "k"),
    (re.compile(r"kh"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ah\b"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return ``text`` in plain lower-case words: "Kata'ib" is "kataib", "U.S.-led" is "us led"."""
    lower = unicodedata.normalize("NFKD", _POSSESSIVE.sub(" s", text)).casefold().translate(_PLAIN)
    letters = unicodedata.normalize("NFKD", _WITHIN.sub("", lower))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("saint" if word == "st" else word for word in _BETWEEN.split(plain) if word)


def attach(words: Sequence[str]) -> list[str]:
    """Return ``words`` with the Arabic article put to the word after it: "al qaeda", "el-qaeda" and "alqaeda" agree."""
    joined: list[str] = []
    article = ""
    for word in words:
        if word in _ARTICLES and not article:
            article = "al"
        else:
            joined.append(article + word)
            article = ""
    return [*joined, article] if article else joined


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Return the key under which a name is compared: folded, articles attached, without a leading "the"."""
    words = attach(fold(text).split())
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=65536)
def loosen(word: str) -> str:
    """Return a folded word without what transcriptions differ in: "shabaab" is "shabab", and "q" is "k"."""
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return word


class Lexicon(Generic[Value]):
    """Phrases by their words; finds all phrases that begin at one word, longest first."""

    def __init__(self) -> None:
        self._root: dict[str, _Node[Value]] = {}

    def add(self, words: Sequence[str], value: Value) -> None:
        """Enter one phrase. Several values may share it."""
        level, node = self._root, None
        for word in words:
            node = level.get(word)
            if node is None:
                node = level[word] = _Node()
            level = node.next
        if node is not None:
            node.values.append(value)

    def begins(self, word: str) -> bool:
        """Tell whether any phrase begins with ``word``."""
        return word in self._root

    def at(self, words: Sequence[str], start: int) -> list[tuple[int, list[Value]]]:
        """Return the phrases that begin at ``words[start]`` as (word after the last, values), longest first."""
        found: list[tuple[int, list[Value]]] = []
        level = self._root
        for end in range(start, len(words)):
            node = level.get(words[end])
            if node is None:
                break
            if node.values:
                found.append((end + 1, node.values))
            level = node.next
        return found[::-1]


class _Node(Generic[Value]):
    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = {}
        self.values: list[Value] = []
