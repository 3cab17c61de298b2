"""What a registry knows of an actor, for people to read."""

from __future__ import annotations

from typing import Any

from gesta.resolve.actors.countries import Country, lookup, people
from gesta.resolve.actors.groups import WEAK, Group
from gesta.resolve.actors.leaders import Leader
from gesta.resolve.actors.registry import Registry
from gesta.resolve.actors.spelling import Lexicon, attach, fold, loosen


def facts_of(registry: Registry, text: str) -> list[dict[str, Any]]:
    """Return all that is known of the actors called ``text``, persons first, by weak spellings too; none if unknown."""
    found: list[dict[str, Any]] = []
    seen: list[object] = []
    for person in (one.leader for one in _whole(registry.leaders.spellings, text)):
        if person not in seen:
            seen.append(person)
            found.append(_person(person))
    for group in (one.group for one in _whole(registry.groups, text)):
        # An entry of which nobody said what it is stands in both tables.
        if group not in seen and not any(one["name"] == group.name for one in found):
            seen.append(group)
            found.append(_group(group))
    match, one = lookup(text), people(text)
    if match is not None:
        found.append(_country(match.country))
    elif one is not None:
        found.append({"name": one.name, "kind": one.kind, "aliases": one.demonyms, "country": one.countries})
    return found


def _whole(lexicon: Lexicon[Any], text: str) -> list[Any]:
    """Return the spellings that are the whole of ``text``, whatever its capitals."""
    words = [loosen(word) for word in attach(fold(text).split())]
    start = 1 if len(words) > 1 and words[0] == loosen("the") else 0
    return next((found for end, found in lexicon.at(words, start) if end == len(words)), [])


def _aliases(aliases: tuple[str, ...]) -> list[str]:
    return [f"{a.removeprefix(WEAK)} (if the report supports it)" if a.startswith(WEAK) else a for a in aliases]


def _person(one: Leader) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "aliases": _aliases(one.aliases),
        "country": one.country,
        "roles": [_role(role) for role in one.roles],
        "note": one.note,
        "origin": one.origin,
    }


def _role(role: Any) -> str:
    sectors = f" ({' '.join(role.sectors)})" if role.title and role.sectors else ""
    return f"{role}{sectors}"


def _group(one: Group) -> dict[str, Any]:
    later = f"{' '.join(one.later[1])} from {one.later[0]}" if one.later else None
    return {
        "name": one.name,
        "kind": one.kind if one.state is None else "organ of a state",
        "aliases": _aliases(one.aliases),
        "country": one.country,
        "sectors": one.base,
        "later": later,
        "roles": [_role(role) for role in one.roles],
        "note": one.note,
        "origin": one.origin,
    }


def _country(one: Country) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": "country",
        "aliases": [*one.names, *one.demonyms],
        "country": one.code,
        "sectors": one.sectors,
        "capitals": one.capitals,
        "seats of government": one.metonyms,
        "COW": one.cow,
        "Gleditsch-Ward": one.gw,
        "origin": "Gesta",
    }
