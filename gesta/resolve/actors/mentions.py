"""What a report mentions: countries, peoples, known groups, and names the model found, token by token.

Read once per report. Everything later asks by token index, so that no spaCy object is touched in the inner loops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import Match, People, lookup, people
from gesta.resolve.actors.geography import geography
from gesta.resolve.actors.groups import Group, Spelling, best
from gesta.resolve.actors.registry import Registry, default_registry
from gesta.resolve.actors.spelling import fold, key, loosen

if TYPE_CHECKING:
    from spacy.tokens import Doc

POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})
HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013"})
# Names in which a preposition, an "and" or a comma is part of the name.
CLOSED = frozenset({"Person", "Organization", "Facility", "Product", "Misc"})

# "Niger Delta", "Jordan Valley", "Lake Chad", "Gulf of Guinea": no country.
_LAND_AFTER = frozenset(
    {"delta", "river", "valley", "sea", "basin", "peninsula", "strait", "channel", "ocean", "street"}
)
_LAND_BEFORE = frozenset({"lake", "river", "mount", "gulf", "sea", "bay", "strait", "new", "san", "santa"})
# "anti-Norland", "pro-Norland": not Norland itself. "US-Iraqi" is.
_SIDES = frozenset({"anti", "pro", "non", "ex", "post"})
_ARTICLES = frozenset({"al", "el", "ul"})
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z.]{1,9}$")
_SKIPPED_IN_ACRONYMS = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "de", "del", "la", "s", ""})
_LONGEST_EXPANSION = 14


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named at tokens [start, end). ``aside`` if only to qualify: "U.S.-backed", "anti-Norland"."""

    start: int
    end: int
    match: Match
    aside: bool = False


@dataclass(frozen=True, slots=True)
class PeopleMention:
    """A people or region named at tokens [start, end)."""

    start: int
    end: int
    people: People


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A known group named at tokens [start, end). ``aside`` as in ``CountryMention``."""

    start: int
    end: int
    group: Group
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name the model found at tokens [start, end)."""

    start: int
    end: int
    label: str


class Mentions:
    """All mentions of one report. Lists are indexed by token; an entry is None where nothing is mentioned."""

    def __init__(self, doc: Doc, *, registry: Registry | None = None) -> None:
        self.registry = registry or default_registry()
        # Columns at once: a Token object for each word would cost more than all the rest.
        columns = doc.to_array(["ORTH", "POS", "SPACY"]).tolist()
        strings = doc.vocab.strings
        self.words: list[str] = [strings[orth] for orth, _, _ in columns]
        self.pos: list[str] = [strings[pos] for _, pos, _ in columns]
        parts = [word + " " if row[2] else word for word, row in zip(self.words, columns, strict=True)]
        self.offsets = [0, *accumulate(map(len, parts))][: len(parts)]
        self.text = "".join(parts)
        self.folds = [fold(word) for word in self.words]
        count = len(self.words)
        self.names: list[Name | None] = [None] * count
        self.countries: list[CountryMention | None] = [None] * count
        self.peoples: list[PeopleMention | None] = [None] * count
        self.groups: list[GroupMention | None] = [None] * count
        for ent in doc.ents:
            name = Name(ent.start, ent.end, ent.label_)
            self.names[ent.start : ent.end] = [name] * (ent.end - ent.start)
        self._keys, self._starts, self._ends = self._lexical()
        self._weak: list[tuple[int, int, Spelling]] = []
        self._find()
        self._confirm()
        self.expansions = self._expansions()

    def slice(self, start: int, end: int) -> str:
        """Return the words of tokens [start, end) as the text has them."""
        if start >= end:
            return ""
        return self.text[self.offsets[start] : self.offsets[end - 1] + len(self.words[end - 1])]

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return [start, end) without spaces at its ends."""
        while start < end and not self.words[start].strip():
            start += 1
        while end > start and not self.words[end - 1].strip():
            end -= 1
        return start, end

    def folded(self, start: int, end: int) -> list[str]:
        """Return the folded words of tokens [start, end), without hyphens and the like."""
        return [word for word in self.folds[start:end] if word]

    def capital(self, at: int) -> bool:
        """Tell whether the token begins with a capital."""
        return self.words[at][:1].isupper()

    def inside(self, at: int) -> bool:
        """Tell whether token ``at`` and the one before it lie within one name."""
        for unit in (self.groups[at], self.countries[at], self.peoples[at], self.names[at]):
            if unit is not None and unit.start < at and (not isinstance(unit, Name) or unit.label in CLOSED):
                return True
        return False

    def _lexical(self) -> tuple[list[str], list[int], list[int]]:
        """Words as lexicons have them (loosened, articles attached), with the first and last token of each."""
        keys: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        article = -1
        for at, folded in enumerate(self.folds):
            for word in folded.split():
                if word in _ARTICLES and article < 0:
                    article = at
                    continue
                keys.append(loosen(word if article < 0 else "al" + word))
                starts.append(at if article < 0 else article)
                ends.append(at + 1)
                article = -1
        return keys, starts, ends

    def _find(self) -> None:
        reached, known, land = -1, self.registry.groups, geography()
        for at, start in enumerate(self._starts):
            if start < reached or (at and self._ends[at - 1] > start):
                continue
            if known.begins(self._keys[at]):
                reached = max(reached, self._group_at(at, start))
            if land.begins(self._keys[at]):
                reached = max(reached, self._country_at(at, start))

    def _confirm(self) -> None:
        """Take weak spellings of groups that the report names otherwise, and of organs of states that it names."""
        named = {mention.group.name for mention in self.groups if mention is not None}
        states = {mention.match.country.iso3 for mention in self.countries if mention is not None}
        meant: dict[tuple[int, int], dict[str, Group]] = {}
        for start, end, spelling in self._weak:
            group = spelling.group
            backed = group.name in named if group.state is None else group.state in states
            if backed and spelling.fits(self.slice(start, end)) and not any(self.groups[start:end]):
                meant.setdefault((start, end), {})[group.state or group.name] = group
        for (start, end), groups in meant.items():
            if len(groups) == 1:
                mention = GroupMention(start, end, next(iter(groups.values())), self._is_aside(start, end))
                self.groups[start:end] = [mention] * (end - start)

    def _group_at(self, at: int, start: int) -> int:
        for last, found in self.registry.groups.at(self._keys, at):
            end = self._ends[last - 1]
            if last < len(self._starts) and self._starts[last] < end:
                continue
            strong = best([one for one in found if not one.weak], self.slice(start, end))
            if strong is None:
                self._weak += [(start, end, one) for one in found if one.weak]
            elif not self._in_person(start, end) and not self._is_person(start, end, strong.group):
                mention = GroupMention(start, end, strong.group, self._is_aside(start, end))
                self.groups[start:end] = [mention] * (end - start)
                return end
        return -1

    def _country_at(self, at: int, start: int) -> int:
        for last, found in geography().at(self._keys, at):
            end = self._ends[last - 1]
            if (last < len(self._starts) and self._starts[last] < end) or self.groups[start] is not None:
                continue
            text = self.slice(start, end)
            match = lookup(text) if any(entry.of_country for entry in found) else None
            if match is not None and self.capital(start) and self._is_land(start, end, match):
                country = CountryMention(start, end, match, self._is_aside(start, end))
                self.countries[start:end] = [country] * (end - start)
                return end
            one = None if match else people(text)
            if one is not None and self.capital(start) and not self._in_person(start, end):
                self.peoples[start:end] = [PeopleMention(start, end, one)] * (end - start)
                return end
        return -1

    def _is_land(self, start: int, end: int, match: Match) -> bool:
        # The model may take "Norlander President Ann Lee" for one name; "Chad Smith" is one.
        if self._in_person(start, end) and match.how != "demonym":
            return False
        after = self.folds[end] if end < len(self.folds) else ""
        before = self.folds[start - 1] if start else ""
        if before == "of" and start > 1:
            before = self.folds[start - 2]
        return after not in _LAND_AFTER and before not in _LAND_BEFORE

    def _in_person(self, start: int, end: int) -> bool:
        name = self.names[start]
        return name is not None and name.label == "Person" and name.end - name.start > end - start

    def _is_person(self, start: int, end: int, group: Group) -> bool:
        """Tell whether an entry of which nobody said what it is names a person here, as the model sees it."""
        name = self.names[start]
        return group.kind == "unknown" and name is not None and name.label == "Person" and name.end >= end

    def _is_aside(self, start: int, end: int) -> bool:
        if start > 1 and self.words[start - 1] in HYPHENS and self.folds[start - 2] in _SIDES:
            return True
        if end + 1 < len(self.words) and self.words[end] in HYPHENS:
            return self.words[end + 1][:1].islower()
        return False

    def _expansions(self) -> dict[str, tuple[int, int]]:
        """Acronyms the text itself defines, with the tokens of the long form; known groups follow the text."""
        defined: dict[str, tuple[int, int]] = {}
        for at in range(1, len(self.words) - 2):
            if self.words[at] != "(" or self.words[at + 2] != ")" or not _ACRONYM.match(self.words[at + 1]):
                continue
            acronym = self.words[at + 1].replace(".", "")
            start = self._expansion(acronym, at)
            if start is not None and self.countries[at - 1] is None:
                defined.setdefault(acronym, (start, at))
        for at, word in enumerate(self.words):
            long = defined.get(word.replace(".", "")) if word.isupper() else None
            if long is not None:
                self._follow(at, long)
        return defined

    def _follow(self, at: int, long: tuple[int, int]) -> None:
        meant = self.groups[long[1] - 1]
        if meant is not None and meant.end == long[1]:
            self.groups[at] = GroupMention(at, at + 1, meant.group)
        elif (held := self.groups[at]) is not None and key(self.slice(*long)) not in map(key, held.group.aliases):
            self.groups[held.start : held.end] = [None] * (held.end - held.start)

    def _expansion(self, acronym: str, before: int) -> int | None:
        """First token of the long form that ends at ``before``, by its initials or else by what the model named."""
        left = list(acronym.lower())
        for at in range(before - 1, max(-1, before - 1 - _LONGEST_EXPANSION), -1):
            word = self.folds[at]
            if word and left and word[0] == left[-1] and (self.capital(at) or len(left) > 1):
                left.pop()
                if not left:
                    return at if self.capital(at) else None
            elif word not in _SKIPPED_IN_ACRONYMS:
                break
        for unit in (self.groups[before - 1], self.names[before - 1]):
            if (
                unit is not None
                and unit.end == before
                and not (isinstance(unit, Name) and unit.label != "Organization")
            ):
                return self._whole(unit.start)
        return None

    def _whole(self, start: int) -> int:
        """Return where a long name begins of which the model took only the last part ("Bureau of Water Affairs")."""
        while start > 0 and (self.capital(start - 1) or (start > 1 and self._joins(start - 1))):
            start -= 1
        return start

    def _joins(self, at: int) -> bool:
        return self.folds[at] in _SKIPPED_IN_ACRONYMS - {"", "s"} and self.capital(at - 1)
