"""Offices without a name: "the Philippine president" is whoever held the office when the report was published.

Only an office that one person holds, of a country or body that the phrase itself names, and only if by the registry
just one person can have held it on that day, and the report names nobody else in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gesta.resolve.actors.leaders import Leader
from gesta.resolve.actors.linking import country_of, known_person
from gesta.resolve.actors.mentions import HYPHENS, CountryMention, GroupMention, Mentions
from gesta.resolve.actors.reading import Reading, with_land
from gesta.resolve.actors.spelling import fold
from gesta.resolve.actors.titles import title_of
from gesta.resolve.actors.wordlists import words

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader
    from gesta.resolve.actors.sectors import Role

_ENDS = frozenset({".", "!", "?", ";"})
_YEARS = range(1800, 2101)
_YEAR_DIGITS = 4
_REACH = 40
"""Tokens on either side in which a sentence's other years are looked for."""
_NOT_THE_ONE = words("no holder")
_NOT_YET = words("not yet")
_INCUMBENT = words("incumbent")
_POPE, _CHURCH = "pope", "Roman Catholic Church"
_NAMED = frozenset({"name", "demonym"})


def find_office(mentions: Mentions, role: Role, title: str) -> tuple[str, str] | None:
    """Return the body and the registry's title if a phrase names who now holds an office; None if it does not.

    ``title`` is the office in the words of the text. "A president", "the then president", "the president-elect" and
    "the first president" do not.
    """
    phrase = role.phrase
    of = _body(mentions, role, phrase.preposition)
    if of is None and title_of(title) == _POPE and phrase.owner is None:
        of = _CHURCH
    called = title_of(title, of) if of is not None else None
    if of is None or called is None or role.plural or phrase.own or role.noun.has("voice"):
        return None
    first = phrase.owner[0] if phrase.owner else phrase.start
    if not _NOT_THE_ONE.isdisjoint(mentions.folds[max(0, first - 2) : first]):
        return None
    if first and mentions.words[first - 1] in HYPHENS:
        return None
    end = phrase.tail[1] if phrase.tail and phrase.preposition == "of" else phrase.end
    return (of, called) if _is_plain(mentions, phrase.start, role.at, title) and _is_over(mentions, end) else None


def in_office(reader: Reader, reading: Reading) -> Reading:
    """Return the person who holds the office that ``reading`` names on the day of the report, else ``reading``."""
    office, day = reading.office, reader.published
    if office is None or day is None or _of_another_year(reader.mentions, reading.core, day):
        return reading
    found = reader.mentions.registry.leaders.holder(*office, day)
    if found is None or _another_named(reader, office, found[0]):
        return reading
    leader, role = found
    country, land = country_of(leader, role)
    why = f"'{leader.name}' held the office when the report was published, {day}, by the registry: {role}"
    return replace(
        reading,
        kind="person",
        country=country or reading.country,
        state=land.country.iso3 if land else None,
        sectors=with_land(role.sectors, land) or reading.sectors,
        group=None,
        body=None,
        name=leader.name,
        leader=leader,
        reasons=(why, *(reason for reason in reading.reasons if reason.startswith("country"))),
    )


def _body(mentions: Mentions, role: Role, preposition: str) -> str | None:
    """Return the one country or body that a phrase says an office is of: before it, owning it, or after "of"."""
    named: list[CountryMention | GroupMention] = [*role.modifiers.lands, *role.modifiers.groups]
    for place in (role.phrase.owner, role.phrase.tail if preposition == "of" else None):
        if place is not None:
            held = mentions.countries[place[1] - 1] or mentions.groups[place[1] - 1]
            if held is None or held.end != place[1] or mentions.folded(place[0], held.start) not in ([], ["the"]):
                return None
            named.append(held)
    if len(named) != 1:
        return None
    only = named[0]
    if isinstance(only, CountryMention):
        return only.match.country.iso3 if only.match.how in _NAMED else None
    return only.group.name if only.group.state is None and only.group.kind == "organisation" else None


def _is_plain(mentions: Mentions, start: int, at: int, title: str) -> bool:
    """Tell whether nothing stands before the office but its country, parts of its title, and "current" and the like."""
    own = {*fold(title).split(), *_INCUMBENT}
    return all(
        mentions.countries[token] is not None
        or mentions.groups[token] is not None
        or own.issuperset(mentions.folds[token].split())
        for token in range(start, at)
    )


def _is_over(mentions: Mentions, end: int) -> bool:
    """Tell whether nothing follows that makes it another ("-elect", "at the time", a name nobody took for one)."""
    if not _NOT_YET.isdisjoint(mentions.folds[end : end + 2]) or mentions.folds[end : end + 3] == ["at", "the", "time"]:
        return False
    return end >= len(mentions.words) or not (mentions.capital(end) and mentions.pos[end] == "PROPN")


def _another_named(reader: Reader, office: tuple[str, str], leader: Leader) -> bool:
    """Tell whether the report names somebody else in the office."""
    for person in reader.persons.by_key.values():
        title = person.title
        if title is None or title.sectors[:1] == ("ELI",) or title.state != office[0]:
            continue
        if title_of(title.role, office[0]) == office[1] and known_person(reader, person) is not leader:
            return True
    return False


def _of_another_year(mentions: Mentions, core: tuple[int, int], day: date) -> bool:
    """Tell whether the sentence speaks of another year than that of publication ("in 1986 the president fled")."""
    for step, start in ((-1, core[0] - 1), (1, core[1])):
        at = start
        while 0 <= at < len(mentions.words) and abs(at - start) < _REACH and mentions.words[at] not in _ENDS:
            word = mentions.words[at]
            if word.isdecimal() and len(word) == _YEAR_DIGITS and int(word) in _YEARS and int(word) != day.year:
                return True
            at += step
    return False
