"""Countries, peoples, places and known groups that are the whole of a phrase: what the tables say of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.groups import Group, groups
from gesta.resolve.actors.mentions import CLOSED, HYPHENS, CountryMention, Mentions
from gesta.resolve.actors.modifiers import read_modifiers
from gesta.resolve.actors.nouns import lemmas
from gesta.resolve.actors.phrases import Phrase, noun_at
from gesta.resolve.actors.reading import Land, Reading, of_group, with_land
from gesta.resolve.actors.roles import read_role
from gesta.resolve.actors.wordlists import words

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader

_COMPASS = words("compass")
# What armed forces do or have.
_MARTIAL = frozenset(
    "strike airstrike shelling bombing bombardment raid missile rocket drone artillery warplane shell fire bomb".split()
)
_JOINS = frozenset({",", "and", "or", "-"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_WORLDWIDE = frozenset({"NGO", "ISM", "IMG", "MNC"})


def read_group(reader: Reader, phrase: Phrase) -> Reading | None:
    """Return the known group that ends the phrase; of a worldwide one with a country before it, that country's part."""
    mentions = reader.mentions
    mention = mentions.groups[phrase.end - 1]
    if mention is None or mention.aside or mention.end != phrase.end or _is_part(mentions, phrase, mention.start):
        return None
    group, text = mention.group, mentions.slice(mention.start, mention.end)
    land = _land_before(mentions, phrase, mention.start)
    if land is None and mention.group.state is not None:
        land = _land_after(mentions, phrase)
    why = f"'{text}' is the known {group.what} {group.name}"
    found = of_group(group, reader.published, (why,), core=(phrase.start, phrase.end))
    if land is None or land.country.code == group.country:
        return found
    if group.state is not None:
        # "The Kuwaiti Majlis": another state's organ of the same name.
        sectors = with_land(group.base, land)
        why = f"'{text}' is such an organ of another state than {group.country}"
        return replace(
            found, country=land.country.code, state=land.country.iso3, sectors=sectors, reasons=(why, land.why)
        )
    found = replace(found, country=land.country.code, state=land.country.iso3, group=None)
    if group.country in _WORLDWIDE:
        return replace(found, body=group).because(land.why)
    # Another state's party or army of the same name.
    why = f"'{text}' is not {group.name}, which is of another country"
    return replace(found, name=text, sectors=(), reasons=(why, land.why))


def _is_part(mentions: Mentions, phrase: Phrase, start: int) -> bool:
    """Tell whether what is mentioned at ``start`` only ends a longer name ("the Bank of Norland")."""
    name = mentions.names[start]
    if name is None or name.label not in CLOSED:
        return False
    return any(mentions.folds[at] in {"of", "for", "in", "to"} for at in range(max(name.start, phrase.start), start))


def _land_before(mentions: Mentions, phrase: Phrase, end: int) -> Land | None:
    land, _ = read_modifiers(mentions, phrase.start, end).land(mentions)
    owner = mentions.countries[phrase.owner[1] - 1] if phrase.owner else None
    if land is None and owner is not None:
        return Land.of(owner.match, mentions.slice(owner.start, owner.end), "the owner")
    return land


def _land_after(mentions: Mentions, phrase: Phrase) -> Land | None:
    """Return the country in "the Royal Air Force of Norland"."""
    if phrase.preposition != "of" or phrase.tail is None:
        return None
    start, end = phrase.tail
    start += mentions.folds[start] == "the"
    land = mentions.countries[start] if start < end else None
    if land is None or land.start != start or land.match.how != "name":
        return None
    return Land.of(land.match, mentions.slice(land.start, land.end), "what it is of,")


def read_country(reader: Reader, phrase: Phrase, *, struck: bool) -> Reading | None:
    """Return the state, or its people or land, whose name ends the phrase.

    A country, a capital or a seat of government stands for the state; a demonym, for its people; a part of a country or
    a capital that is ``struck``, for those who live there.
    """
    mentions = reader.mentions
    mention = mentions.countries[phrase.end - 1]
    if mention is None or mention.aside or mention.end != phrase.end or _is_part(mentions, phrase, mention.start):
        return None
    shared = _shared(reader, mention)
    if shared is not None:
        return shared
    match, core = mention.match, (phrase.start, phrase.end)
    text = mentions.slice(mention.start, mention.end)
    union = _union(mentions) if match.how == "capital" and "EUR" in match.others else None
    if union is not None:
        why = f"'{text}' stands for the European Union, which the report names"
        return Reading(union.kind, union.country, group=union, core=core, reasons=(why,))
    part = any(mentions.folds[at] in _COMPASS for at in range(phrase.start, mention.start))
    doer = _doer(mentions, mention) if match.how == "demonym" else None
    if doer is not None:
        sector, why = doer
    elif match.how == "demonym":
        sector, why = "CVL", f"sector CVL, since '{text}' are people"
    elif part or (struck and match.how == "capital"):
        sector, why = "CVL", f"sector CVL, since '{text}' is a place that is acted on"
    else:
        sector, why = "GOV", f"sector GOV, since '{text}' stands for the state"
    land = Land.of(match, text)
    return Reading(
        kind="people" if sector == "CVL" else "state",
        country=land.country.code,
        state=land.country.iso3,
        sectors=with_land((sector,), land),
        core=core,
        reasons=(land.why, why),
        place=match.how in {"name", "capital"},
    )


def _doer(mentions: Mentions, mention: CountryMention) -> tuple[str, str] | None:
    """Return whom a demonym before the noun of an act stands for: its state, or its forces ("Norlander strikes")."""
    at, text = mention.end, mentions.slice(mention.start, mention.end)
    if at >= len(mentions.words) or text.endswith("s") or mentions.pos[mention.end - 1] == "NOUN":
        return None
    while at < len(mentions.words) and (mentions.pos[at] in _NOMINAL or mentions.words[at] in HYPHENS):
        at += 1
    if at == mention.end:
        return None
    if not _MARTIAL.isdisjoint(lemmas(mentions.folds[mention.end : at]).split()):
        return "MIL", f"sector MIL, since '{text}' stands for its forces"
    return "GOV", f"sector GOV, since '{text}' stands for the state"


def _shared(reader: Reader, mention: CountryMention) -> Reading | None:
    """Read a country that shares the noun of what it is joined to: "Norlander" in "Norlander and Sudrian troops"."""
    mentions = reader.mentions
    text = mentions.slice(mention.start, mention.end)
    if not (mention.match.how == "demonym" and not text.endswith("s")) and not text.isupper():
        return None
    at = mention.end
    while at < len(mentions.words) and (mentions.words[at] in _JOINS or _is_unit(mentions, at)):
        at += 1
    end = at
    while end < len(mentions.words) and mentions.pos[end] in _NOMINAL and not _is_unit(mentions, end):
        end += 1
    found = noun_at(mentions, at, end) if at - mention.end > 1 and _is_unit(mentions, at - 1) else None
    reading = read_role(reader, Phrase(at, end), *found) if found is not None else None
    if reading is None or not reading.sectors:
        return None
    land = Land.of(mention.match, text)
    return replace(
        reading,
        country=land.country.code,
        state=land.country.iso3,
        sectors=with_land(reading.sectors, land),
        core=(mention.start, mention.end),
        apart=False,
        reasons=(land.why, *(reason for reason in reading.reasons if reason.startswith("sector"))),
    )


def _is_unit(mentions: Mentions, at: int) -> bool:
    return any(layer[at] is not None for layer in (mentions.countries, mentions.groups, mentions.peoples))


def _union(mentions: Mentions) -> Group | None:
    """Return the European Union if the report names it or a part of it."""
    named = any(one is not None and one.group.country == "EUR" for one in mentions.groups)
    return groups()["European Union"] if named else None


def read_people(reader: Reader, phrase: Phrase) -> Reading | None:
    """Return the people or region that ends the phrase; a region of several countries has no code."""
    mentions = reader.mentions
    mention = mentions.peoples[phrase.end - 1]
    if mention is None or mention.end != phrase.end or _is_part(mentions, phrase, mention.start):
        return None
    one, core = mention.people, (phrase.start, phrase.end)
    text = mentions.slice(mention.start, mention.end)
    land = Land.inside(one, text)
    if one.kind == "region" and land is None:
        why = f"'{text}' is a region, which has no code"
        return Reading("region", people=one.name, core=core, reasons=(why,), place=True)
    if land is None:
        land, _ = read_modifiers(mentions, phrase.start, mention.start).land(mentions)
    why = f"'{text}' are people" if one.kind == "people" else f"'{text}' is a place"
    return replace(_inhabitants(land, core, why), people=one.name, place=one.kind == "region")


def read_place(reader: Reader, phrase: Phrase) -> Reading | None:
    """Return who lives in a place that is no country and no capital ("Eastport", "the Hotel Bristol")."""
    mentions = reader.mentions
    name = mentions.names[phrase.end - 1]
    if name is None or name.label not in {"Location", "Facility"}:
        return None
    found = noun_at(mentions, phrase.start, phrase.end)
    if found is not None and not found[1].has("place") and found[1].text != "state":
        return None
    text = mentions.slice(max(name.start, phrase.start), phrase.end)
    land, _ = read_modifiers(mentions, phrase.start, phrase.end).land(mentions)
    if land is None and phrase.tail is not None:
        around = reader.read(*phrase.tail)
        if around.place and around.state is not None:
            where = mentions.slice(*phrase.tail)
            land = Land(countries()[around.state], f"country {around.country} from '{where}' around it")
    return replace(_inhabitants(land, (phrase.start, phrase.end), f"'{text}' is a place"), name=text, place=True)


def _inhabitants(land: Land | None, core: tuple[int, int], why: str) -> Reading:
    return Reading(
        kind="people",
        country=land.country.code if land else None,
        state=land.country.iso3 if land else None,
        sectors=with_land(("CVL",), land),
        core=core,
        reasons=(*((land.why,) if land else ()), f"sector CVL, since {why}"),
    )
