"""Persons of one report: every mention of a person tied to one entry, with the titles that the text gives.

"Norlander Interior Minister Ann Lee", "Ann Lee, a spokeswoman for the army," and "the minister, Ann Lee," describe the
person everywhere in the report. A surname alone is tied to the full name with which it agrees, if there is just one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gesta.resolve.actors.agreement import agreeing
from gesta.resolve.actors.likeness import actor_key
from gesta.resolve.actors.mentions import HYPHENS, POSSESSIVES, Mentions
from gesta.resolve.actors.modifiers import PORTFOLIOS
from gesta.resolve.actors.nouns import Noun
from gesta.resolve.actors.personal import SEXED
from gesta.resolve.actors.phrases import noun_at
from gesta.resolve.actors.predicates import read_predicate
from gesta.resolve.actors.reading import Reading
from gesta.resolve.actors.spelling import attach
from gesta.resolve.actors.titles import before_honours

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader

SINGLE = "?"
"""Ends the key of a person of whom only one name is known."""
_TITLE_POS = frozenset({"NOUN", "PROPN", "ADJ", "PART"})
_LONGEST_TITLE = 9
_PERSONAL = ("office", "voice", "honorific", "family", "short")
# "the president, His Excellency Ben Moe"
_HONOUR = 2
# "His Norlander counterpart, Ann Lee" tells her country.
_COUNTERPART = "counterpart"


@dataclass(slots=True)
class Person:
    """One person of the report. ``title`` is what the text says of the person, None if nothing."""

    words: tuple[str, ...]
    name: str
    title: Reading | None = None

    @property
    def key(self) -> str:
        """The key of the person; a single name is no key beyond the report."""
        return (actor_key(self.name) or " ".join(self.words)) + (SINGLE if len(self.words) == 1 else "")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person's name at tokens [start, end), without titles; ``role`` is the office the text gives right there."""

    start: int
    end: int
    person: Person
    role: str | None = None


@dataclass(slots=True)
class Persons:
    """All persons of a report by token: of their names, and of nouns that stand beside a name ("the minister, ...")."""

    at: dict[int, PersonMention] = field(default_factory=dict)
    titled: dict[int, PersonMention] = field(default_factory=dict)
    by_key: dict[str, Person] = field(default_factory=dict)

    def ending(self, word: str) -> Person | None:
        """Return the one person whose name ends in ``word``, or None if there is none or there are several."""
        found = [person for person in self.by_key.values() if person.words[-1:] == (word,)]
        return found[0] if len(found) == 1 else None


def find_persons(reader: Reader) -> Persons:
    """Return the persons of the report that ``reader`` reads."""
    mentions = reader.mentions
    spans = _spans(mentions)
    words = {span: tuple(attach(mentions.folded(*span))) for span in spans}
    called = {span: mentions.slice(span[0] - _sexed(mentions, span[0]), span[1]) for span in spans}
    full: list[Person] = []
    names: list[str] = []
    for span in sorted(spans, key=lambda one: (-len(words[one]), one)):
        if len(words[span]) > 1 and not agreeing(called[span], names):
            full.append(Person(words[span], mentions.slice(*span)))
            names.append(called[span])
    found = Persons()
    single: dict[str, Person] = {}
    for span in spans:
        candidates = [full[at] for at in agreeing(called[span], names)]
        if len(candidates) == 1:
            person = candidates[0]
        else:
            person = single.setdefault(called[span], Person(words[span], mentions.slice(*span)))
        found.by_key[person.key] = person
        _enter(reader, found, span, person)
    return found


def _sexed(mentions: Mentions, start: int) -> bool:
    """Tell whether "Mr" or "Mrs" stands before a name."""
    return start > 0 and mentions.folds[start - 1] in SEXED


def _spans(mentions: Mentions) -> list[tuple[int, int]]:
    """Names of persons without titles: as the model found them, and capitalised words right after a title."""
    spans: list[tuple[int, int]] = []
    at, count = 0, len(mentions.words)
    while at < count:
        name = mentions.names[at]
        start, end = (name.start, name.end) if name is not None else (at, at + 1)
        unit = mentions.groups[start] or mentions.countries[start]
        if unit is not None and unit.end >= end:
            # The tables know better than the model.
            at = max(end, unit.end)
            continue
        if name is not None and name.label == "Person":
            start = _without_titles(mentions, start, end)
        elif not _after_title(mentions, at):
            at = end
            continue
        elif name is None:
            while (
                end < count and mentions.capital(end) and mentions.names[end] is None and mentions.pos[end] == "PROPN"
            ):
                end += 1
            if noun_at(mentions, at, end) is not None:
                at = end
                continue
        while end > start and (mentions.words[end - 1] in POSSESSIVES or not mentions.folds[end - 1]):
            end -= 1
        if end > start and any(mentions.capital(token) for token in range(start, end)):
            spans.append((start, end))
        at = max(end, at + 1)
    return spans


def _without_titles(mentions: Mentions, start: int, end: int) -> int:
    """Skip titles that the model took into the name ("President Ann Lee")."""
    for last in range(end - 1, start, -1):
        found = noun_at(mentions, start, last)
        if found is not None and found[0] == start and found[1].has(*_PERSONAL):
            return _without_titles(mentions, last, end)
    if end - start > 1 and (not mentions.folds[start] or mentions.countries[start] is not None):
        return _without_titles(mentions, start + 1, end)
    return start


def _after_title(mentions: Mentions, at: int) -> bool:
    """Tell whether a capitalised word follows a title of one person ("Foreign Minister X")."""
    if not at or not mentions.capital(at) or mentions.pos[at] != "PROPN":
        return False
    found = noun_at(mentions, max(0, at - 4), at)
    return found is not None and _personal(mentions, found, at) and noun_at(mentions, at, at + 1) is None


def _personal(mentions: Mentions, found: tuple[int, Noun], end: int) -> bool:
    """Tell whether the noun ending at ``end`` is a title of one person, in the singular."""
    noun = found[1]
    if not noun.has("office", "voice"):
        return noun.has("honorific")
    return _singular(mentions, noun, end)


def _singular(mentions: Mentions, noun: Noun, end: int) -> bool:
    last = mentions.folds[end - 1].split()[-1:]
    return bool(last) and noun.text.split()[-1] == last[0]


def _enter(reader: Reader, found: Persons, span: tuple[int, int], person: Person) -> None:
    mentions = reader.mentions
    before = _title_before(mentions, span[0])
    title = before[:2] if before is not None else None
    readings = [reader.read(*title)] if title is not None else []
    after = reader.apposition(span[1], person=True)
    apposed = _apposed_to(mentions, title[0] if title is not None else span[0], span[1])
    if after is not None:
        readings.append(after)
    if apposed is not None:
        readings.append(reader.read(*apposed[:2]))
    predicate = read_predicate(reader, span[1]) if after is None else None
    if predicate is not None:
        readings.append(predicate)
        if person.title is not None and person.title.sectors == ("ELI",):
            # What somebody becomes outdoes what he was.
            person.title = None
            readings.insert(0, readings.pop())
    role = next((reading.role for reading in readings if reading.role), None)
    for reading in readings:
        person.title = _merge(person.title, reading)
    mention = PersonMention(span[0], span[1], person, role)
    found.at.update(dict.fromkeys(range(*span), mention))
    for where in (before, apposed):
        if where is not None:
            found.titled[where[1] - 1] = found.titled[where[2]] = mention


def _merge(held: Reading | None, new: Reading) -> Reading:
    if held is None or (not held.sectors and not held.country):
        return new
    if held.country is None and new.country is not None:
        held = replace(held, country=new.country, state=new.state).because(*new.reasons)
    if new.sectors and (not held.sectors or (held.sectors == ("CVL",) and new.role is not None)):
        held = replace(held, sectors=new.sectors).because(*new.reasons)
    return held


def _title_before(mentions: Mentions, start: int) -> tuple[int, int, int] | None:
    """Tokens of the title right before a name, with the country or body that goes with it, and its head; or None."""
    plain = before_honours(mentions, start)
    if plain < start:
        found = noun_at(mentions, max(0, plain - 4), plain)
        if found is not None and found[1].has("office", "voice") and _personal(mentions, found, plain):
            return _title_before(mentions, plain)
    found = noun_at(mentions, max(0, start - 4), start)
    titled = (
        found is not None
        and mentions.pos[start - 1] in _TITLE_POS | {"PUNCT"}
        and _singular(mentions, found[1], start)
        and not found[1].has("organisation", "quantity")
    )
    land = mentions.countries[start - 1] if start else None
    head = start - 1
    if found is None or not titled:
        found = _before_portfolio(mentions, start)
        if found is not None:
            head = _portfolio(mentions, start) - 1
        elif not (land is not None and land.match.how == "demonym"):
            return None
    first = found[0] if found is not None else start - 1
    while first > 0 and start - first < _LONGEST_TITLE and _belongs(mentions, first - 1, first):
        first -= 1
    while first < start and (not mentions.folds[first] or mentions.folds[first] == "of"):
        first += 1
    return (first, start, head) if first < start else None


def _portfolio(mentions: Mentions, start: int) -> int:
    """Return where "of Foreign Affairs" begins if that ends before token ``start``; 0 if it does not."""
    at = start - 1
    while at > 0 and start - at < _LONGEST_TITLE and (mentions.folds[at] in PORTFOLIOS or mentions.folds[at] == "and"):
        at -= 1
    return at if at < start - 1 and mentions.folds[at] in {"of", "for"} else 0


def _before_portfolio(mentions: Mentions, start: int) -> tuple[int, Noun] | None:
    """Return the office in "Minister of Foreign Affairs" that ends before token ``start``."""
    at = _portfolio(mentions, start)
    found = noun_at(mentions, max(0, at - 4), at) if at else None
    return found if found is not None and _personal(mentions, found, at) else None


def _belongs(mentions: Mentions, at: int, first: int) -> bool:
    """Tell whether token ``at`` is part of the title that begins at ``first``."""
    if mentions.words[at] in POSSESSIVES or mentions.words[at] in HYPHENS:
        return mentions.words[at] in POSSESSIVES or mentions.offsets[at + 1] == mentions.offsets[at] + 1
    if mentions.folds[at] == "of":
        before = noun_at(mentions, max(0, at - 4), at)
        return before is not None and before[1].has("office", "holder", "voice")
    name = mentions.names[at]
    if name is not None and name.label in {"Person", "Date"} and name.end <= first:
        return mentions.words[first] in POSSESSIVES
    return bool(mentions.folds[at]) and mentions.pos[at] in _TITLE_POS


def _apposed_to(mentions: Mentions, start: int, end: int) -> tuple[int, int, int] | None:
    """Tokens of a phrase, and its head, that the name in [start, end) explains ("the minister, Ann Lee,"), or None."""
    if start > _HONOUR and mentions.folds[start - _HONOUR] in {"his", "her"}:
        start -= _HONOUR
    if (
        start <= 1
        or mentions.words[start - 1] != ","
        or (end < len(mentions.words) and mentions.folds[end] in {"and", "or"})
    ):
        return None
    if end < len(mentions.words) and mentions.words[end] not in {",", ".", ")", ";"}:
        return None
    limit = start - 1
    while limit > 0 and start - limit < 2 * _LONGEST_TITLE and _in_phrase(mentions, limit - 1):
        limit -= 1
    for last in range(limit + 1, start):
        found = noun_at(mentions, limit, last)
        if found is not None and (_personal(mentions, found, last) or found[1].text == _COUNTERPART):
            first = found[0]
            while first > limit and _belongs(mentions, first - 1, first):
                first -= 1
            return first, start - 1, last - 1
    return None


def _in_phrase(mentions: Mentions, at: int) -> bool:
    return mentions.pos[at] in _TITLE_POS | {"DET", "ADP"} or mentions.words[at] in HYPHENS
