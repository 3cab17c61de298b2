"""What a noun phrase says about an actor, before it is known which actor of the report it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gesta.resolve.actors.countries import Country, Match, People, countries
from gesta.resolve.actors.groups import Group
from gesta.resolve.actors.leaders import Leader

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
"""Sectors of state organs: their unnamed members act for the state."""
ARMED_SECTORS = frozenset({"MIL", "UAF", "REB", "PRM", "CRM"})
DOMESTIC_SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "CVL", "LAB", "EDU", "AGR", "MED", "OPP", "PTY", "REL"})
"""Those found in a country are mostly of it ("police in Norland"); soldiers, rebels and refugees need not be."""

_KINDS = {
    **dict.fromkeys(STATE_SECTORS, "state"),
    **dict.fromkeys(("REB", "UAF", "PRM", "CRM", "PTY", "OPP"), "group"),
    **dict.fromkeys(("CVL", "REF", "LAB", "EDU", "AGR", "MED", "REL", "ELI", "BUS", "JRN", "SOC"), "people"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase says. ``kind``, ``country``, ``sectors`` and ``reasons`` as in ``records.Actor``.

    ``state`` is the key of ``countries()`` behind ``country``. At most one of ``group`` (a known group is the actor),
    ``body`` (an unnamed part of a known group), ``people`` and ``name`` (a proper name) is set; with none of them the
    actor is unnamed and ``noun`` says what it is. ``person`` is the key of a person in the report. ``apart``: not to be
    merged with any other mention, since nothing tells who it is. ``place``: the phrase names a place and nothing more;
    ``spoken``: it names who speaks for the actor. ``leader`` is the known person meant; ``office`` the body and
    title of an office whose holder is meant.
    """

    kind: str = "unknown"
    country: str | None = None
    state: str | None = None
    sectors: tuple[str, ...] = ()
    group: Group | None = None
    body: Group | None = None
    people: str | None = None
    name: str | None = None
    person: str | None = None
    noun: str | None = None
    role: str | None = None
    core: tuple[int, int] = (0, 0)
    reasons: tuple[str, ...] = ()
    apart: bool = False
    place: bool = False
    spoken: bool = False
    leader: Leader | None = None
    office: tuple[str, str] | None = None

    def because(self, *reasons: str) -> Reading:
        """Return the reading with more reasons."""
        return replace(self, reasons=self.reasons + tuple(reason for reason in reasons if reason not in self.reasons))


@dataclass(frozen=True, slots=True)
class Land:
    """A country with the reason for it."""

    country: Country
    why: str

    @classmethod
    def of(cls, match: Match, text: str, how: str = "") -> Land:
        """Return the country of a match; ``how`` says what the words were to the actor ("in", "owner")."""
        kind = {"demonym": "the demonym ", "capital": "the capital ", "metonym": "the seat of government "}.get(
            match.how, ""
        )
        ruling = f" ({match.why})" if match.others and match.why else ""
        place = f"{how} " if how else ""
        return cls(match.country, f"country {match.country.code} from {place}{kind}'{text}'{ruling}")

    @classmethod
    def inside(cls, region: People, text: str) -> Land | None:
        """Return the country that a region wholly lies in, or None if it is no such region."""
        if region.kind != "region" or len(region.countries) != 1:
            return None
        country = countries()[region.countries[0]]
        return cls(country, f"country {country.code} from '{text}', which lies in it")


def of_group(
    group: Group, published: date | None, reasons: tuple[str, ...], *, core: tuple[int, int], noun: str | None = None
) -> Reading:
    """Return the reading of a known group; of a state's organ, that of the state in its sector."""
    sectors = group.sectors(published)
    if group.state is None:
        return Reading(group.kind, group.country, None, sectors, group, noun=noun, core=core, reasons=reasons)
    land = Land(countries()[group.state], "")
    told = (*reasons, f"country {land.country.code} and sector {' '.join(sectors)} from '{group.name}'")
    sectors = with_land(sectors, land)
    return Reading("state", land.country.code, group.state, sectors, noun=noun, core=core, reasons=told)


def kind_of(sectors: tuple[str, ...], traits: frozenset[str] = frozenset()) -> str:
    """Return the kind of an unnamed actor by what is known of it."""
    for kind in ("organisation", "group"):
        if kind in traits:
            return kind
    return _KINDS.get(sectors[0], "unknown") if sectors else "unknown"


def with_land(sectors: tuple[str, ...], land: Land | None) -> tuple[str, ...]:
    """Return ``sectors`` with PRE where the country is only partially recognised."""
    return (*sectors, *(s for s in land.country.sectors if s not in sectors)) if land else sectors


def sector_reason(sectors: tuple[str, ...], text: str) -> str:
    """Return the reason for ``sectors`` in words."""
    return f"sector {' '.join(sectors)} from '{text}'"
