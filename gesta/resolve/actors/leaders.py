"""Persons by name and by office: ``leaders.tsv``, Gesta's own, and what a user adds.

Roles are dated (see ``terms``); an end left open in our table is known to ``KNOWN_UNTIL`` and no longer. An alias after
a question mark ("?Assad") may mean others and links nobody by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from gesta.ontology.tables import many, read_table
from gesta.resolve.actors.groups import WEAK, fits
from gesta.resolve.actors.spelling import Lexicon, attach, fold, loosen
from gesta.resolve.actors.terms import Role, read_roles, role_at

KNOWN_UNTIL = date(2025, 6, 30)
"""The day to which the table is known to be right about who still holds an office."""
# Shorter single words are too often something else.
_UNMISTAKABLE = 4


@dataclass(frozen=True, slots=True)
class Leader:
    """A known person. ``country`` as in ``records.Actor``; ``origin`` says which registry the entry is from."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    roles: tuple[Role, ...]
    note: str = ""
    origin: str = "Gesta"
    kind: str = "person"

    @property
    def unmistakable(self) -> bool:
        """Whether a single word means this person and nobody else ("Erdogan")."""
        return any(" " not in alias and "-" not in alias and not alias.startswith(WEAK) for alias in self.aliases)

    def role_at(self, day: date | None, title: str | None = None) -> Role | None:
        """Return the role on ``day``, see ``terms.role_at``."""
        return role_at(self.roles, day, title)

    def last_before(self, day: date) -> Role | None:
        """Return the latest role that had ended by ``day``, or None."""
        ended = [role for role in self.roles if role.end[1] < day]
        return max(ended, key=lambda role: role.end[1], default=None)


@dataclass(frozen=True, slots=True)
class PersonSpelling:
    """One spelling of a person's name; ``weak`` if it may mean others too."""

    leader: Leader
    text: str
    folded: tuple[str, ...]
    weak: bool


class Leaders:
    """Known persons, to be found by name and by office. The first entry of those given wins where two share a name."""

    def __init__(self, persons: Iterable[Leader]) -> None:
        self.persons = tuple(persons)
        self.spellings: Lexicon[PersonSpelling] = Lexicon()
        self._offices: dict[tuple[str, str], list[tuple[Leader, Role]]] = {}
        for person in self.persons:
            for text in (person.name, *person.aliases):
                plain = text.removeprefix(WEAK)
                words = tuple(attach(fold(plain).split()))
                spelling = PersonSpelling(person, plain, words, text.startswith(WEAK))
                self.spellings.add([loosen(word) for word in words], spelling)
            for role in person.roles:
                self._offices.setdefault((role.of, role.title), []).append((person, role))

    def named(self, text: str) -> Leader | None:
        """Return the person whom ``text`` names as a whole by a spelling that means nobody else, or None."""
        words = [loosen(word) for word in attach(fold(text).split())]
        for end, found in self.spellings.at(words, 0):
            if end == len(words):
                strong = [one for one in found if not one.weak and fits(text, one.text, one.folded)]
                if len(words) == 1:
                    strong = [one for one in strong if len(one.folded[0]) >= _UNMISTAKABLE]
                same = [one for one in strong if one.text == text] or strong
                return same[0].leader if same else None
        return None

    def holder(self, of: str, title: str, day: date) -> tuple[Leader, Role] | None:
        """Return who held an office on a day, with the role; None if nobody, or if another may have held it too."""
        held = [(person, role) for person, role in self._offices.get((of, title), []) if role.may_hold(day)]
        if len({person.name for person, _ in held}) != 1:
            return None
        return next(((person, role) for person, role in held if role.holds(day)), None)


@cache
def leaders() -> Mapping[str, Leader]:
    """Return every person of ``leaders.tsv`` by name, read once per process. ``ValueError`` if a row is not sound."""
    found: dict[str, Leader] = {}
    for row in read_table(__package__, "leaders.tsv"):
        person = Leader(
            name=row["name"],
            aliases=many(row["aliases"]),
            country=row["country"] or None,
            roles=read_roles(row["roles"], open_until=KNOWN_UNTIL),
            note=row["note"],
        )
        if found.setdefault(person.name, person) is not person:
            raise ValueError(f"{person.name!r} is twice in leaders.tsv")
    return found
