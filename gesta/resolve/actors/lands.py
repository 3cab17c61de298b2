"""The country of an unnamed role: named in the phrase, of its owner, around it, or that of the whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.reading import DOMESTIC_SECTORS, STATE_SECTORS, Land
from gesta.resolve.actors.sectors import BELONGING, Role

if TYPE_CHECKING:
    from gesta.resolve.actors.reader import Reader

_ORIGIN = frozenset({"of", "from"})
_LOCATION = frozenset({"in", "at", "near", "inside", "outside", "across", "around"})
# "the country's army": the owner is whatever country the report is about.
_HOME = frozenset({"country", "nation", "state"})
# Of other organs each state has one, so several belong to several states.
_MANY = frozenset({"authority", "armed force", "public authority", "joint chiefs", "military personnel"})
# "This regime" is one that the text spoke of before.
_POINTING = (["this"], ["that"], ["these"], ["those"])


def read_land(reader: Reader, role: Role, sectors: tuple[str, ...]) -> tuple[Land | None, str | None]:
    """Return the country of a role, or else why there is none, if there is more to say than that none is named."""
    land, doubt = role.modifiers.land(reader.mentions)
    if land is not None or doubt is not None or role.phrase.own or role.noun.has("relation"):
        return land, doubt
    first = sectors[0] if sectors else ""
    for at in range(role.phrase.start, role.at):
        person = reader.persons.at.get(at)
        if person is not None and person.person.title is not None and person.person.title.state:
            country = countries()[person.person.title.state]
            return Land(country, f"country {country.code} from '{person.person.name}'"), None
    belongs = role.tail if _belongs(role, first) else None
    located = role.tail if role.phrase.preposition in _LOCATION and first in DOMESTIC_SECTORS else None
    for where, reading, how in (
        (role.phrase.owner, role.owner, "from the owner"),
        (role.phrase.tail, role.tail_by(_ORIGIN), "from what it is of,"),
        (role.phrase.tail, belongs, "from what it belongs to,"),
        (role.phrase.tail, located if located is not None and located.place else None, "weakly, from where it is,"),
    ):
        if where is not None and reading is not None and reading.state is not None:
            country = countries()[reading.state]
            return Land(country, f"country {country.code} {how} '{reader.mentions.slice(*where)}'"), None
    return _focus(reader, role, first), None


def _belongs(role: Role, sector: str) -> bool:
    """Tell whether what follows the preposition is what a spokesman or holder belongs to, and no mere place."""
    close = role.phrase.preposition in {"for", "with", "within"} or role.noun.has("voice", "holder")
    placed = role.tail is not None and role.tail.place and sector not in DOMESTIC_SECTORS
    return close and role.phrase.preposition in BELONGING and not placed


def _focus(reader: Reader, role: Role, sector: str) -> Land | None:
    """Return the country the report is about, where the role is that country's if nothing is said."""
    focus = reader.focus
    before = role.modifiers.noun[2] if role.modifiers.noun else None
    if focus is None or sector not in STATE_SECTORS | {"PTY"} or (role.noun.has("office") and not focus.at_home):
        return None
    organ = role.noun.has("state") or (before is not None and before.has("state") and role.noun.has("holder", "voice"))
    at_home = role.owner is not None and role.owner.noun in _HOME
    if not (organ or at_home) or (role.owner is not None and not at_home) or _elsewhere(reader, role, sector):
        return None
    return Land(focus.country, f"country {focus.country.code} from {focus.why}, the text naming none here")


def _elsewhere(reader: Reader, role: Role, sector: str) -> bool:
    """Tell whether the phrase may mean an organ of another state, of several, or of something other than a state."""
    modifiers = role.modifiers
    if modifiers.foreign or modifiers.peoples or modifiers.groups or modifiers.strange:
        return True
    if reader.mentions.folds[role.phrase.start - 1 : role.phrase.start][:1] in _POINTING:
        return True
    tail = role.tail_by(BELONGING)
    if tail is not None and (tail.group or tail.name or tail.person) and not tail.place:
        return True
    return (
        role.plural
        and sector in {"GOV", "MIL"}
        and role.noun.text not in _MANY
        and not role.noun.has("voice", "holder")
    )
