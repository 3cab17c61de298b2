"""Are two names one actor? The one place where that is decided, for persons within a report and bodies across reports.

No link is better than a wrong one: what tells apart (another given name, country, number, ministry, wing) outweighs any
number of letters in common, and only what is known to vary is let pass: transcriptions, titles, articles, the order of
words, initials, middle names, and within one report a surname, a byname or an acronym.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gesta.resolve.actors.bodies_alike import body_key, same_body, take_body
from gesta.resolve.actors.countries import lookup
from gesta.resolve.actors.groups import Group, group
from gesta.resolve.actors.leaders import Leader
from gesta.resolve.actors.letters import institution
from gesta.resolve.actors.people_alike import same_person
from gesta.resolve.actors.personal import person_key, take_name, untitled
from gesta.resolve.actors.registry import default_registry
from gesta.resolve.actors.spelling import fold, key

Kind = Literal["person", "body"]

# "Federal Security Service of Russia", "Workers' Party (Norland)", "Norland's Workers' Party", "Norlander police"
_OF_COUNTRY = (
    re.compile(r"(?P<name>.+?),? (?:of|in) (?:the )?(?P<land>[A-Z].+)$"),
    re.compile(r"(?P<name>.+?) \((?P<land>[^()]+)\)$"),
    re.compile(r"(?P<land>[A-Z].+?)['\u2019]s? (?P<name>.+)$"),
)

_MILITARY = (("military",), ("armed", "force"))

__all__ = ["Kind", "Verdict", "actor_key", "same_actor"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are one actor, and why, in words."""

    same: bool
    reason: str


def same_actor(a: str, b: str, *, within_report: bool, kind: Kind | None = None) -> Verdict:
    """Return whether names ``a`` and ``b`` are one actor.

    ``within_report``: both stand in one report, so that a surname after the full name or an acronym after its long form
    is the same actor. ``kind``: what both are known to be; a guess by their words if None. Symmetric in ``a``, ``b``.
    """
    if key(a) and key(a) == key(b):
        return Verdict(True, "the same words")
    known = _registered(a, kind), _registered(b, kind)
    if known[0] is not None and known[1] is not None and not _chambers(known[0], known[1]):
        # In a report on one of the family, a surname is that one's, whomever it means elsewhere.
        surname = isinstance(known[0], Leader) and 1 in (len(take_name(a).words), len(take_name(b).words))
        if known[0] is known[1] or not (within_report and surname):
            return Verdict(known[0] is known[1], f"known as {known[0].name} and {known[1].name}")
    if kind is None:
        kind = "person" if _looks_personal(a) and _looks_personal(b) else "body"
    if kind == "body" and (_is_military(known[0], b) or _is_military(known[1], a)):
        return Verdict(True, "the armed forces of that state")
    alike, why = (same_person if kind == "person" else same_body)(a, b, within_report=within_report)
    return Verdict(alike, why)


def _registered(name: str, kind: Kind | None) -> Group | Leader | None:
    """Return whom or what the registry knows by a name: a person without titles too, a body without its country."""
    if kind != "body":
        people = default_registry().leaders
        leader = people.named(name) or people.named(untitled(name))
        if leader is not None or kind == "person":
            return leader
    found = group(name)
    for pattern in _OF_COUNTRY if found is None else ():
        match = pattern.match(name)
        land = lookup(match["land"]) if match is not None else None
        for text in (match["name"], f"{match['name']} of {match['land']}") if match is not None else ():
            one = group(text)
            if one is not None and land is not None and one.country == land.country.code:
                found = one
    return found


def _chambers(one: Group | Leader, two: Group | Leader) -> bool:
    """Tell whether both are one state's legislature, which the registry has as one whatever its chambers are called."""
    return isinstance(one, Group) and one is two and one.state is not None and one.base[:1] == ("LEG",)


def _is_military(known: Group | Leader | None, text: str) -> bool:
    """Tell whether a body is known as a state's armed forces, and ``text`` calls them that ("Norlander military")."""
    if not isinstance(known, Group) or known.state is None or known.base[:1] != ("MIL",):
        return False
    name = take_body(text)
    return name.lands == {known.state} and name.words in _MILITARY


def actor_key(name: str, *, kind: Kind = "person") -> str:
    """Return the key that spellings of one actor's name share in every report, and no other name."""
    return person_key(name) if kind == "person" else body_key(name)


def _looks_personal(name: str) -> bool:
    words = take_name(name).words
    return 1 <= len(words) <= 5 and group(name) is None and not any(institution(word) for word in fold(name).split())
