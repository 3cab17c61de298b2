"""Tying persons of a report to known ones by their names.

A full name, or a single word that means nobody else, is enough, unless the text gives the person another country, or
the report speaks of countries and of none that the known person acted for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.groups import INTERNATIONAL, groups
from gesta.resolve.actors.leaders import Leader
from gesta.resolve.actors.phrases import FORMER
from gesta.resolve.actors.reading import STATE_SECTORS, Land, Reading, with_land
from gesta.resolve.actors.terms import Role
from gesta.resolve.actors.titles import title_of

if TYPE_CHECKING:
    from gesta.resolve.actors.persons import Person
    from gesta.resolve.actors.reader import Reader

_OUT_OF_OFFICE = frozenset({"LEG", "OPP", "PTY"})


def known_person(reader: Reader, person: Person) -> Leader | None:
    """Return the known person whom a person of the report is, or None if that is not sure."""
    leader = reader.mentions.registry.leaders.named(person.name)
    if leader is None:
        return None
    if len(person.words) == 1 and any(
        one.words[-1:] == person.words for one in reader.persons.by_key.values() if len(one.words) > 1
    ):
        # "Duterte" in a report that names two of the family.
        return None
    title = person.title or Reading()
    lands = _lands(leader)
    if title.state is not None and lands and countries()[title.state].code not in lands:
        return None
    if title.state is not None or leader.unmistakable or _has_role(leader, title.role):
        return leader
    named = {one.match.country.code for one in reader.mentions.countries if one is not None}
    bodies = {one.group.name for one in reader.mentions.groups if one is not None}
    bodies |= {one.group.country for one in reader.mentions.groups if one is not None and one.group.country}
    backed = not named or not lands or not lands.isdisjoint(named | bodies)
    return leader if backed or not bodies.isdisjoint({role.of for role in leader.roles}) else None


def read_known(reader: Reader, leader: Leader, title: Reading, reading: Reading) -> Reading:
    """Return the reading of a person who is ``leader``: country and sectors by the role at the report's date.

    ``title`` is what the text says of the person, which counts where the registry has nothing for that day.
    """
    day = reader.published
    role = leader.role_at(day, title_of(title.role))
    former = title.sectors[:1] == ("ELI",) and (day is None or role is None or not role.holds(day))
    ended = leader.last_before(day) if day is not None and role is None else None
    known = role or ended
    country, land = country_of(leader, known)
    sectors = title.sectors
    if former or (ended is not None and ended.sectors[:1] and ended.sectors[0] in STATE_SECTORS):
        sectors, why = ("ELI",), "sector ELI, who no longer is"
    elif day is None and sectors[:1] and sectors[0] in _OUT_OF_OFFICE:
        # Without a date the text knows better whether he is a deputy yet, or president by now.
        why = f"sector {' '.join(sectors)} from the text, which has no date"
    elif role is not None and role.sectors:
        sectors, why = role.sectors, f"sector {' '.join(role.sectors)} from that role"
    else:
        why = "no role of the registry tells a sector for that day"
    told = f": {known}" if known is not None else ""
    return replace(
        reading,
        country=country or title.country,
        state=land.country.iso3 if land else None if country else title.state,
        sectors=with_land(sectors, land),
        name=leader.name,
        leader=leader,
        kind="person",
        reasons=(f"'{leader.name}' is in the registry of persons ({leader.origin}){told}", why),
    )


def _has_role(leader: Leader, title: str | None) -> bool:
    plain = " ".join(word for word in (title or "").split() if word not in FORMER)
    called = title_of(plain) or plain
    return any(role.title == called for role in leader.roles)


def _lands(leader: Leader) -> set[str]:
    """Codes of the countries and international bodies that a person acted for."""
    table = countries()
    named = {table[role.of].code for role in leader.roles if role.of in table}
    if leader.country:
        named.add(table[leader.country].code if leader.country in table else leader.country)
    return named


def country_of(leader: Leader, role: Role | None) -> tuple[str | None, Land | None]:
    """Return the code of the country or international body that a person acts for in a role, and its land if any."""
    table = countries()
    body = groups().get(role.of) if role is not None else None
    if body is not None and body.country in INTERNATIONAL:
        return body.country, None
    for key in (role.of if role else "", leader.country or ""):
        if key in table:
            return table[key].code, Land(table[key], "")
    return leader.country, None
