"""Known groups and organisations: ``groups.tsv``, Gesta's own, with what we are certain of and nothing else.

``country`` is ISO 3166 alpha-3 or one of PLOVER's international codes; ``sectors`` follow conduct, not label, and stay
empty where conduct is disputed or has changed too often. ``later`` holds one change with its date ("2021-08-15 GOV").

A match asks for the name's capitals: "the Lebanese Forces" are a party, "Lebanese forces" are not. Names in capitals of
at most six letters ("ANC") match in capitals only. Transcriptions of one name agree (see ``spelling``) if it has six.
An alias after a question mark ("?SDF") holds only where the report names the group by another.

``organs.tsv`` has the proper names of organs of a state ("Knesset", "IDF"): the actor is the state's for that sector,
so that "the IDF" and "the Israeli army" are one. There a question mark asks that the report names the state, and no
other whose organ is called so ("?Shura Council").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from gesta.ontology.tables import many, read_table
from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.spelling import Lexicon, attach, fold, loosen
from gesta.resolve.actors.terms import Role, role_at

# PLOVER's codes for actors of no one country.
INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})

WEAK = "?"
"""Stands before a spelling that needs the report's support."""
_ORGAN_SECTORS = {
    "gov": "GOV", "mfa": "GOV", "mil": "MIL", "cop": "COP", "spy": "SPY", "leg": "LEG", "jud": "JUD"
}  # fmt: skip
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
    """A known group or organisation. ``kind``: group or organisation; the rest as in ``records.Actor``.

    ``state`` is the key of ``countries()`` where it is an organ of a state, and then ``kind`` is state. ``roles`` are
    the dated codes of a user's entry, whose ``kind`` may be unknown; ``origin`` says which registry it is from.
    """

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    base: tuple[str, ...]
    later: tuple[date, tuple[str, ...]] | None
    note: str
    state: str | None = None
    roles: tuple[Role, ...] = ()
    origin: str = "Gesta"

    @property
    def what(self) -> str:
        """What it is, in words for people."""
        return {"state": "organ of a state", "unknown": "actor"}.get(self.kind, self.kind)

    def sectors(self, published: date | None) -> tuple[str, ...]:
        """Return the sectors at a date; an undated report is taken for a recent one."""
        role = role_at(self.roles, published)
        if role is not None:
            return role.sectors
        if self.later and (published is None or published >= self.later[0]):
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
        return fits(text, self.text, self.folded)


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
def organs() -> tuple[Group, ...]:
    """Return the organs of states that have a proper name, read once per process."""
    return tuple(
        Group(
            name=row["name"].removeprefix(WEAK),
            aliases=(row["name"], *many(row["aliases"])) if row["name"].startswith(WEAK) else many(row["aliases"]),
            kind="state",
            country=countries()[row["state"]].code,
            base=(_ORGAN_SECTORS[row["organ"]],),
            later=None,
            note="",
            state=row["state"],
        )
        for row in read_table(__package__, "organs.tsv")
    )


@cache
def spellings() -> Lexicon[Spelling]:
    """Return every spelling by its loosened words. ``ValueError`` if one spelling stands for two groups."""
    return lexicon_of((*groups().values(), *organs()))


def lexicon_of(known: Iterable[Group]) -> Lexicon[Spelling]:
    """Return every spelling of the groups by its loosened words. ``ValueError`` if one stands for two of them."""
    lexicon: Lexicon[Spelling] = Lexicon()
    held: dict[str, Group] = {}
    for group in known:
        # The name of an organ may itself be weak; it stands among its aliases then.
        names = () if WEAK + group.name in group.aliases else (group.name,)
        for text in (*names, *group.aliases):
            weak = text.startswith(WEAK)
            if not weak and held.setdefault(text, group) is not group:
                raise ValueError(f"{text!r} is both {held[text].name!r} and {group.name!r}")
            plain = text.removeprefix(WEAK)
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


def fits(text: str, spelled: str, folded: tuple[str, ...]) -> bool:
    """Tell whether ``text`` may be ``spelled`` otherwise; both have the same loosened words, ``folded`` are its own."""
    if _is_acronym(spelled):
        return text.replace(".", "").isupper() and fold(text) == fold(spelled)
    if tuple(attach(fold(text).split())) != folded and sum(map(len, folded)) < _LOOSE_LETTERS:
        return False
    return _small_words(text) <= _small_words(spelled)


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
