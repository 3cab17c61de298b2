"""Known groups and organisations: ``groups.tsv``, Gesta's own, with what we are certain of and nothing else.

``country`` is ISO 3166 alpha-3 or one of PLOVER's international codes; ``sectors`` follow conduct, not label, and stay
empty where conduct is disputed or has changed too often. ``later`` holds one change with its date ("2021-08-15 GOV").

A match asks for the name's capitals: "the Lebanese Forces" are a party, "Lebanese forces" are not. Names in capitals of
at most six letters ("ANC") match in capitals only. Transcriptions of one name agree (see ``spelling``) if it has six.
An alias after a question mark ("?SDF") holds only where the report names the group by another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from gesta.ontology.tables import many, read_table
from gesta.resolve.actors.spelling import Lexicon, attach, fold, loosen

# PLOVER's codes for actors of no one country.
INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})

_WEAK = "?"
_ACRONYM_LETTERS = 6
_LOOSE_LETTERS = 6
_WORDS = re.compile(r"[^\W\d_]+")
# In names these are small whatever the source's style, or vary with it.
_SMALL = frozenset(
    {
        "al",
        "el",
        "ul",
        "s",
        "e",
        "i",
        "the",
        "of",
        "and",
        "for",
        "in",
        "to",
        "de",
        "la",
        "du",
        "des",
        "del",
        "sans",
        "et",
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """A known group or organisation. ``kind``: group or organisation; the rest as in ``records.Actor``."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    base: tuple[str, ...]
    later: tuple[date, tuple[str, ...]] | None
    note: str

    def sectors(self, published: date | None) -> tuple[str, ...]:
        """Return the sectors at a date; an undated report gets those from before any change."""
        if self.later and published and published >= self.later[0]:
            return self.later[1]
        return self.base


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a group; ``weak`` if it means the group only in a report that names it otherwise too."""

    group: Group
    text: str
    folded: tuple[str, ...]
    weak: bool = False

    def fits(self, text: str) -> bool:
        """Tell whether ``text``, whose loosened words are this spelling's, may stand for it."""
        if _is_acronym(self.text):
            return text.replace(".", "").isupper() and fold(text) == fold(self.text)
        if tuple(attach(fold(text).split())) != self.folded and sum(map(len, self.folded)) < _LOOSE_LETTERS:
            return False
        return _small_words(text) <= _small_words(self.text)


@cache
def groups() -> Mapping[str, Group]:
    """Return every known group by name, read once per process."""
    return {
        row["name"]: Group(
            name=row["name"],
            aliases=many(row["aliases"]),
            kind=row["kind"],
            country=row["country"] or None,
            base=many(row["sectors"]),
            later=_later(row["later"]),
            note=row["note"],
        )
        for row in read_table(__package__, "groups.tsv")
    }


@cache
def spellings() -> Lexicon[Spelling]:
    """Return every spelling by its loosened words. ``ValueError`` if one spelling stands for two groups."""
    lexicon: Lexicon[Spelling] = Lexicon()
    held: dict[str, Group] = {}
    for group in groups().values():
        for text in (group.name, *group.aliases):
            weak = text.startswith(_WEAK)
            if not weak and held.setdefault(text, group) is not group:
                raise ValueError(f"{text!r} is both {held[text].name!r} and {group.name!r} in groups.tsv")
            plain = text.removeprefix(_WEAK)
            words = tuple(attach(fold(plain).split()))
            lexicon.add([loosen(word) for word in words], Spelling(group, plain, words, weak))
    return lexicon


@lru_cache(maxsize=65536)
def group(text: str) -> Group | None:
    """Return the group that ``text`` names as a whole, whatever the report, or None. Takes one name, not a sentence."""
    words = [loosen(word) for word in attach(fold(text).split())]
    start = 1 if words and words[0] == loosen("the") else 0
    text = text.removeprefix("the ").removeprefix("The ")
    for end, found in spellings().at(words, start):
        if end == len(words):
            spelling = best([one for one in found if not one.weak], text)
            return spelling.group if spelling is not None else None
    return None


def best(found: list[Spelling], text: str) -> Spelling | None:
    """Return the spelling that fits ``text``, an identical one first; None if none fits."""
    fitting = [one for one in found if one.fits(text)]
    if not fitting:
        return None
    return next((one for one in fitting if one.text == text), fitting[0])


def _later(field: str) -> tuple[date, tuple[str, ...]] | None:
    if not field:
        return None
    day, _, sectors = field.partition(" ")
    return date.fromisoformat(day), many(sectors)


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return letters.isalnum() and letters.isupper() and len(letters) <= _ACRONYM_LETTERS


@lru_cache(maxsize=65536)
def _small_words(text: str) -> int:
    return sum(word[0].islower() for word in _WORDS.findall(text) if word.casefold() not in _SMALL)
