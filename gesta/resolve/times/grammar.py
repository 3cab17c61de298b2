"""The pattern language of the time grammar: regular expressions over word categories instead of letters.

A pattern such as ``wd=WD COMMA? month=MONTHX day=DOM`` names categories and macros in capitals, groups in small
letters; ``( ) | ? {n,m}`` mean what they mean in a regular expression. No pattern has an unbounded repetition, so that
matching at one word takes bounded time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gesta.records import Time
from gesta.resolve.times.lexicon import SYMBOL
from gesta.resolve.times.scene import Scene
from gesta.resolve.times.words import Value, Words

MACROS: Final = {
    "MONTHX": "(MONTH|MONTHV)",
    "WDX": "(WD|WDABBR)",
    "ORDX": "(ORD|ORDW|SECOND)",
    "ORDS": "(ORD|ORDW|SECOND|NW HYPHEN? ORDW)",
    "DOM": "(D|ORD|ORDW|SECOND|NW HYPHEN? ORDW)",
    "SPOKEN": "(NW NW AND NW (HYPHEN? NW)?|NW NW (HYPHEN? NW)?|NW HYPHEN NW)",
    "YEARX": "(Y4|YAPOS|SPOKEN)",
    "INT": "(D|N|Y4|DEC|NW|DOZEN|DRANGE)",
    "COUNT": "(A (COUPLE OF?|FEW|DOZEN|NW|HALF HYPHEN? DOZEN)|SEVERAL|FEW|COUPLE OF?|THE? COUPLE OF|A|HALF (A|HYPHEN)"
    "|INT (HYPHEN? NW|AND NW|FRAC){0,5} (AND A HALF)?|HALF DOZEN|FRAC)",
    "UONE": "(UNIT|QUARTER|CENTURY|WEEKEND)",
    "UMANY": "(UNITS|QUARTERS|CENTURIES|WEEKENDS)",
    "UX": "(UONE|UMANY)",
    "SEASONX": "(SEASON|FALL)",
    "BACK": "(LAST|PAST|PREV|RECENT)",
    "AHEAD": "(NEXT|COMING|FOLLOWING)",
}
_PART = re.compile(r"(?:([a-z]\w*)=)?(\(|[A-Z][A-Z0-9]*)|\s+|(.)", re.DOTALL)


def expand(pattern: str) -> str:
    """Return the regular expression over symbols that ``pattern`` stands for."""
    made: list[str] = []
    for match in _PART.finditer(pattern):
        name, what, other = match.groups()
        if what is None:
            made.append(other or "")
            continue
        opening = f"(?P<{name}>" if name else "(?:"
        if what == "(":
            made.append(opening)
        elif what in MACROS:
            made.append(opening + expand(MACROS[what]) + ")")
        else:
            made.append(f"{opening}{SYMBOL[what]})" if name else SYMBOL[what])
    return "".join(made)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule matched: words ``first`` to ``last`` (exclusive), with the named groups."""

    words: Words
    match: re.Match[str]
    scene: Scene

    @property
    def first(self) -> int:
        """Index of the first word."""
        return self.match.start()

    @property
    def last(self) -> int:
        """Index after the last word."""
        return self.match.end()

    def has(self, name: str) -> bool:
        """Whether the group took part."""
        return name in self.match.re.groupindex and self.match.group(name) is not None

    def at(self, name: str) -> int:
        """Index of the first word of a group."""
        return self.match.start(name)

    def span(self, name: str) -> tuple[int, int]:
        """Word indices of a group, end exclusive."""
        return self.match.span(name)

    def value(self, name: str) -> Value:
        """Value of the first word of a group."""
        return self.words.values[self.match.start(name)]

    def number(self, name: str) -> int:
        """Value of the first word of a group, as a whole number."""
        value = self.value(name)
        assert isinstance(value, int)
        return value

    def word(self, name: str) -> str:
        """Return the first word of a group, in lower case without a closing dot."""
        return self.words.low[self.match.start(name)]

    def a(self, name: str, *categories: str) -> bool:
        """Whether the group took part and begins with a word of one of the categories."""
        return self.has(name) and self.words.is_a(self.match.start(name), *categories)


class NoTime(Exception):  # noqa: N818 - a verdict, not an error: caught by the scanner, never seen by a caller
    """The words look like a time but tell none ("February 31", "37 years old"); they are passed over whole."""


Builder = Callable[[Hit], Time | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what to make of it. ``build`` returns None where the words mean something else."""

    name: str
    pattern: re.Pattern[str]
    build: Builder


def rule(name: str, pattern: str, build: Builder) -> Rule:
    """Return a rule with its pattern compiled."""
    return Rule(name, re.compile(expand(pattern)), build)
