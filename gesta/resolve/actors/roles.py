"""Unnamed roles: "Norland police", "a rebel commander", "the head of the army", "spokesman for the ministry"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gesta.resolve.actors.lands import read_land
from gesta.resolve.actors.modifiers import PORTFOLIOS, read_modifiers, role_of
from gesta.resolve.actors.nouns import Noun
from gesta.resolve.actors.offices import find_office
from gesta.resolve.actors.phrases import Phrase
from gesta.resolve.actors.reading import (
    ARMED_SECTORS,
    STATE_SECTORS,
    Reading,
    kind_of,
    of_group,
    sector_reason,
    with_land,
)
from gesta.resolve.actors.sectors import BELONGING, Role, read_sectors

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader

# Civilians otherwise, but an organisation's own where it stands before them.
_STAFF = frozenset(
    {"expert", "observer", "analyst", "lawyer", "rescuer", "driver", "technician", "engineer", "scientist"}
)
# "Minister of defence" is an office; a longer phrase describes one.
_LONGEST_PORTFOLIO = 3


def read_role(reader: Reader, phrase: Phrase, at: int, noun: Noun) -> Reading | None:
    """Return what a phrase with a known head noun says; None if it says nothing (a bare "group", "others")."""
    tail = reader.read(*phrase.tail) if phrase.tail else None
    if noun.has("quantity"):
        return tail if phrase.preposition == "of" else None
    mentions = reader.mentions
    modifiers = read_modifiers(mentions, phrase.start, at)
    owner = reader.read(*phrase.owner) if phrase.owner else None
    role = Role(phrase, at, noun, mentions.slice(at, phrase.end), modifiers, owner, tail)
    found = _of_group(reader, role) or _of_named(reader, role) or _unnamed(reader, role)
    return _with_office(reader, role, found)


def _unnamed(reader: Reader, role: Role) -> Reading:
    sectors, why = read_sectors(reader.mentions, role)
    land, doubt = read_land(reader, role, sectors)
    country = land.country.code if land else role.noun.country
    # A charity of one country is that country's civil society; only without one is it international.
    reasons = [land.why if land else doubt, why]
    if role.phrase.own:
        reasons.append("no country, since a pronoun stands for the owner")
    peoples = role.modifiers.peoples
    return Reading(
        kind=kind_of(sectors, role.noun.traits),
        country=country,
        state=land.country.iso3 if land else None,
        sectors=with_land(sectors, land),
        people=peoples[0].people.name if peoples and not land else None,
        # "The Eastport police" are not "the Westport police".
        noun=role.noun.text if not role.modifiers.strange else None,
        core=(role.phrase.start, role.phrase.end),
        reasons=tuple(reason for reason in reasons if reason),
        apart=role.phrase.own or not sectors,
        place=role.noun.has("place"),
    )


def _with_office(reader: Reader, role: Role, found: Reading) -> Reading:
    if not role.noun.has("office", "voice"):
        return found
    if role.plural:
        return replace(found, spoken=role.noun.has("voice"))
    mentions, phrase = reader.mentions, role.phrase
    text = role_of(mentions, phrase.start, role.at, phrase.end, spoken=role.noun.has("voice"))
    if phrase.preposition == "of" and phrase.tail and not found.name:
        first, last = phrase.tail
        if first < last and mentions.folds[first] in PORTFOLIOS and last - first <= _LONGEST_PORTFOLIO:
            text = f"{text} of {mentions.slice(*phrase.tail).lower()}"
    return replace(found, role=text, spoken=role.noun.has("voice"), office=find_office(mentions, role, text))


def _of_group(reader: Reader, role: Role) -> Reading | None:
    """Return the reading of somebody who belongs to a known group: the group itself, or an organ of an organisation."""
    noun = role.noun
    mentioned = role.modifiers.groups[-1].group if role.modifiers.groups else None
    group = mentioned
    for reading in (role.tail_by(BELONGING), role.owner):
        if group is None and reading is not None and reading.group is not None:
            group = reading.group
    if group is None or noun.has("relation", "family", "place") or not _acts_for(noun, group, mentioned is not None):
        return None
    text = reader.mentions.slice(role.phrase.start, role.phrase.end)
    sectors, why = group.sectors(reader.published), f"'{text}' belongs to the known {group.what} {group.name}"
    first = noun.sectors[0] if noun.sectors else ""
    core = (role.phrase.start, role.phrase.end)
    if group.kind == "organisation" and first in STATE_SECTORS and not noun.has("holder", "voice"):
        sectors = noun.sectors
        reasons = (why, sector_reason(sectors, role.text))
        return Reading(
            "organisation", group.country, sectors=sectors, body=group, noun=noun.text, core=core, reasons=reasons
        )
    if group.state is not None:
        found = of_group(group, reader.published, (why,), core=core, noun=noun.text)
        if role.modifiers.former and noun.has("office"):
            return replace(found, kind="people", sectors=("ELI",)).because("sector ELI, who no longer is")
        return found
    if role.modifiers.former and noun.has("office"):
        reasons = (why, "sector ELI, who no longer is")
        return Reading(
            "people", group.country, sectors=("ELI",), body=group, noun=noun.text, core=core, reasons=reasons
        )
    doubt = ("the text says 'suspected'",) if "suspected" in role.modifiers.words else ()
    reasons = (why, *doubt)
    return Reading(group.kind, group.country, sectors=sectors, group=group, noun=noun.text, core=core, reasons=reasons)


def _acts_for(noun: Noun, group: object, named_before: bool) -> bool:
    """Tell whether such a noun, said of a group, means the group: "fighters" do, "prisoners" do not."""
    first = noun.sectors[0] if noun.sectors else ""
    if noun.has("voice", "holder", "office") or (named_before and noun.text in _STAFF):
        return True
    if noun.has("crowd"):
        return False
    return first in ARMED_SECTORS | STATE_SECTORS | {"PTY", "SOC", "LAB", "MED", "BUS"} and (
        named_before or first != "LAB"
    )


def _of_named(reader: Reader, role: Role) -> Reading | None:
    """Return the person or the organisation for which the phrase's holder of an office, or spokesman, stands."""
    if not role.noun.has("voice") and not (
        role.noun.has("holder") and (role.noun.has("office") or not role.noun.sectors)
    ):
        return None
    before = reader.read(*role.modifiers.name) if role.modifiers.name and role.modifiers.noun is None else None
    for reading in (before, role.tail_by(BELONGING), role.owner):
        if reading is None or (reading.name is None and reading.person is None) or reading.place:
            continue
        # Of a person only what has no sector of its own: his office is his, his soldiers are soldiers.
        if reading.person is None or role.noun.has("voice") or not role.noun.sectors:
            core = (role.phrase.start, role.phrase.end)
            return replace(reading, core=core).because(f"it is meant by '{role.text}'")
    return None
