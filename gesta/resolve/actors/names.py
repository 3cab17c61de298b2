"""Proper names that no table knows: what kind of actor they are, and what the words in and around them tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.mentions import Name
from gesta.resolve.actors.modifiers import read_modifiers
from gesta.resolve.actors.nouns import Noun
from gesta.resolve.actors.phrases import Phrase, noun_at
from gesta.resolve.actors.reading import STATE_SECTORS, Land, Reading, sector_reason, with_land
from gesta.resolve.actors.wordlists import words

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader

# Words in a name that leave it a role: "the National Police", "the Royal Norland Navy".
_GENERIC = words("generic")
# Whatever these are called, they are organs of a state.
_ROLES = frozenset({"GOV", "LEG", "JUD", "COP"})
_ARMED_NAMES = frozenset({"MIL", "REB", "PRM", "UAF"})
_CROWDS = (("LAB",), ("EDU",), ("AGR",), ("MED",), ("JRN",), ("BUS",), ("REF",))
_UNRELIABLE = frozenset({"Person", "Date", "Money", "Location"})


def read_name(reader: Reader, phrase: Phrase) -> Reading | None:
    """Return what a phrase says that ends in a proper name which is no person, place or known group; None otherwise."""
    where = _name(reader, phrase)
    if where is None:
        return None
    mentions = reader.mentions
    whole = noun_at(mentions, phrase.start, phrase.end)
    if whole is not None and whole[0] < where[0] and whole[1].has("state"):
        # "The Ministry of Foreign Affairs", of which only the last words look like a name.
        return None
    head = _before_of(reader, where)
    found = noun_at(mentions, where[0], head)
    noun = found[1] if found else None
    if (
        noun is not None
        and found is not None
        and _is_role(reader, (where[0], head), found[0], noun)
        and (head == where[1] or not noun.has("label", "organisation", "holder", "group"))
    ):
        return None
    if (
        noun is None
        and mentions.names[where[1] - 1] is None
        and where[1] - where[0] == 1
        and not _is_name(reader, where)
    ):
        return None
    long = mentions.expansions.get(mentions.slice(*where).replace(".", ""))
    if long is not None and long[0] != where[0]:
        return reader.read(*long)
    return _described(reader, phrase, where, noun)


def _name(reader: Reader, phrase: Phrase) -> tuple[int, int] | None:
    """Tokens of the name that ends the core: as the model found it, or a run of capitals."""
    mentions, last = reader.mentions, phrase.end - 1
    name = mentions.names[last]
    if name is not None and name.end >= phrase.end and name.label not in _UNRELIABLE:
        return max(name.start, phrase.start), phrase.end
    if not mentions.capital(last):
        return None
    start = last
    while start > phrase.start and (
        mentions.capital(start - 1) or not mentions.folds[start - 1] or mentions.names[start - 1] is not None
    ):
        start -= 1
    while not mentions.folds[start]:
        start += 1
    return start, phrase.end


def _before_of(reader: Reader, where: tuple[int, int]) -> int:
    """Return where the head of a name ends: "Bank of Norland" is a bank."""
    folds = reader.mentions.folds
    return next((at for at in range(where[0] + 1, where[1]) if folds[at] in {"of", "for", "in", "on"}), where[1])


def _is_name(reader: Reader, where: tuple[int, int]) -> bool:
    """Tell a lone capitalised word that is a name from one that begins a sentence."""
    mentions = reader.mentions
    return mentions.pos[where[0]] == "PROPN" or mentions.words[where[0]].isupper()


def _is_role(reader: Reader, where: tuple[int, int], at: int, noun: Noun) -> bool:
    """Tell whether a capitalised noun is a role after all ("Norland Police", "Interior Minister")."""
    mentions = reader.mentions
    first = noun.sectors[0] if noun.sectors else ""
    if noun.has("office", "voice", "crowd", "family") or (first in _ROLES and not noun.has("label")):
        return True
    rest = set()
    for token in range(where[0], at):
        if mentions.countries[token] is None and mentions.peoples[token] is None:
            rest.update(mentions.folds[token].split())
    if first == "MIL" or (first in _ROLES and noun.has("label")):
        return not rest - _GENERIC
    return at == where[0] or not noun.has("label", "organisation", "holder", "group")


def _described(reader: Reader, phrase: Phrase, where: tuple[int, int], noun: Noun | None) -> Reading:
    mentions = reader.mentions
    text = mentions.slice(*where)
    sectors, why = _sectors(reader, phrase, where, noun)
    reasons = [why] if why else []
    land = _land(reader, phrase, where)
    apposed = reader.apposition(where[1]) if land is None or not sectors else None
    if apposed is not None:
        land = land or (Land(countries()[apposed.state], "") if apposed.state else None)
        sectors = sectors or tuple(sector for sector in apposed.sectors if sector != "PRE")
        reasons.extend(apposed.reasons)
    if land is not None and land.why:
        reasons.append(land.why)
    return Reading(
        kind=_kind(mentions.names[phrase.end - 1], noun),
        country=land.country.code if land else (noun.country if noun else None),
        state=land.country.iso3 if land else None,
        sectors=with_land(sectors, land),
        name=text,
        core=where,
        reasons=(*reasons, f"'{text}' is in no table, so kept as it stands"),
    )


def _sectors(
    reader: Reader, phrase: Phrase, where: tuple[int, int], noun: Noun | None
) -> tuple[tuple[str, ...], str | None]:
    """Return the sectors that a name, what describes it, or what it is part of tells, with the reason."""
    mentions, text = reader.mentions, reader.mentions.slice(*where)
    label = noun is not None and noun.has("label") and noun.sectors != ("PTY",)
    if noun is not None and noun.sectors and not label and noun.sectors[0] not in _ARMED_NAMES:
        return noun.sectors, sector_reason(noun.sectors, text)
    crowd = _crowd(reader, where) if label else None
    if crowd is not None:
        return crowd.sectors, sector_reason(crowd.sectors, text)
    before = noun_at(mentions, phrase.start, where[0])
    if before is not None and before[1].sectors:
        return before[1].sectors, sector_reason(before[1].sectors, mentions.slice(before[0], where[0]))
    whole = reader.read(*phrase.tail) if phrase.tail and phrase.preposition == "of" else None
    if whole is not None and whole.state and not whole.place and phrase.tail:
        sectors = tuple(sector for sector in whole.sectors if sector in STATE_SECTORS)
        return sectors, sector_reason(sectors, mentions.slice(*phrase.tail)) if sectors else None
    return (), None


def _crowd(reader: Reader, where: tuple[int, int]) -> Noun | None:
    """Return who is joined in a name, if it says so ("Union of Norland Teachers", "the Farmers' Front")."""
    for end in range(where[1], where[0], -1):
        found = noun_at(reader.mentions, where[0], end)
        if found is not None and found[1].sectors[:1] in _CROWDS and not found[1].has("label"):
            return found[1]
    return None


def _kind(name: Name | None, noun: Noun | None) -> str:
    if noun is not None and noun.sectors and noun.sectors[0] in _ARMED_NAMES:
        return "group"
    if name is not None and name.label == "NORP":
        return "people"
    return "organisation" if noun is not None or (name is not None and name.label == "Organization") else "unknown"


def _land(reader: Reader, phrase: Phrase, where: tuple[int, int]) -> Land | None:
    """Return the country in the name, before it, owning it, or after "of"."""
    mentions = reader.mentions
    land, _ = read_modifiers(mentions, phrase.start, where[1]).land(mentions)
    if land is not None:
        return land
    for place, how in (
        (phrase.owner, "the owner"),
        (phrase.tail if phrase.preposition == "of" else None, "what it is of"),
    ):
        reading = reader.read(*place) if place else None
        if place and reading is not None and reading.state is not None:
            country = countries()[reading.state]
            return Land(country, f"country {country.code} from {how} '{mentions.slice(*place)}'")
    return None
