"""The sector of an unnamed role: from its head noun, from what it belongs to, and from the words that turn it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.modifiers import Modifiers
from gesta.resolve.actors.nouns import Noun
from gesta.resolve.actors.phrases import Phrase
from gesta.resolve.actors.reading import ARMED_SECTORS, STATE_SECTORS, Reading, kind_of, sector_reason

BELONGING = frozenset({"of", "for", "from", "with", "in", "at", "within"})
"""Prepositions after which stands what a holder belongs to."""

_CROWDS = frozenset({"EDU", "LAB", "AGR", "MED", "REF", "REL", "JRN", "BUS"})
_OPPOSING = frozenset({"CVL", "LAB", "EDU", "LEG", "PTY", "AGR"})
_OFFICIALS = STATE_SECTORS | {"ELI"}
_UNKNOWN = frozenset({"unidentified", "unknown"})


@dataclass(frozen=True, slots=True)
class Role:
    """The parts of a phrase whose head is a known noun, which stands in tokens [at, phrase.end)."""

    phrase: Phrase
    at: int
    noun: Noun
    text: str
    modifiers: Modifiers
    owner: Reading | None
    tail: Reading | None

    @property
    def plural(self) -> bool:
        """Whether the head noun is in the plural, as far as its form tells."""
        return self.text.casefold().endswith(("s", "men", "women")) and not self.noun.text.endswith(
            ("s", "men", "women")
        )

    def tail_by(self, prepositions: frozenset[str]) -> Reading | None:
        """Return what follows the preposition, if it is one of those given."""
        return self.tail if self.phrase.preposition in prepositions else None


def read_sectors(mentions: Mentions, role: Role) -> tuple[tuple[str, ...], str]:
    """Return the sectors of a role with the reason, none if nothing tells them."""
    sectors, text = role.noun.sectors, role.text
    body = _body(role) if role.noun.has("holder", "voice", "crowd") else None
    before = role.modifiers.noun[2].sectors[0] if role.modifiers.noun else ""
    if body is not None and _takes(role.noun, body):
        sectors, text = body.sectors, _body_text(mentions, role)
    elif before in {"REB", "PRM", "CRM"} and sectors[:1] in {("MIL",), ("UAF",)}:
        sectors, text = (before,), f"{_body_text(mentions, role)} {role.text}"
    sectors, turn = _turned(role, sectors)
    reason = sector_reason(sectors, text) + turn if sectors else f"no sector, since '{role.text}' tells none"
    return sectors, reason


def _body(role: Role) -> Reading | None:
    """Return what a holder belongs to: the noun before it, what follows a preposition, or its owner."""
    if role.modifiers.noun is not None:
        noun = role.modifiers.noun[2]
        return Reading(sectors=noun.sectors, noun=noun.text, kind=kind_of(noun.sectors, noun.traits))
    for reading in (role.tail_by(BELONGING), role.owner):
        if (
            reading is not None
            and not reading.place
            and (reading.sectors or reading.name)
            and reading.noun != "country"
        ):
            return reading
    return None


def _takes(noun: Noun, body: Reading) -> bool:
    """Tell whether a holder takes its body's sectors: soldiers stay so under a government, not under rebels."""
    own = noun.sectors[0] if noun.sectors else ""
    if noun.has("crowd"):
        return bool(body.sectors) and body.sectors[0] in _CROWDS
    if own == "MIL":
        return bool(body.sectors) and body.sectors[0] in {*ARMED_SECTORS, "COP", "SPY"}
    return bool(body.sectors) or (own == "GOV" and noun.has("office"))


def _body_text(mentions: Mentions, role: Role) -> str:
    if role.modifiers.noun is not None:
        return mentions.slice(*role.modifiers.noun[:2])
    where = role.phrase.tail if role.tail_by(BELONGING) is not None else role.phrase.owner
    return mentions.slice(*where) if where else role.text


def _turned(role: Role, sectors: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the sectors after the words that turn them, with the reason."""
    for turns, turned, why in _turns(role, sectors):
        if turns:
            return turned, why
    return sectors, ""


def _turns(role: Role, sectors: tuple[str, ...]) -> Iterator[tuple[bool, tuple[str, ...], str]]:
    """Yield what may turn the sectors, in order: whether it does, to what, and the reason."""
    modifiers, noun = role.modifiers, role.noun
    first = sectors[0] if sectors else ""
    civilian = first == "CVL" and not noun.has("place")
    kin = noun.has("family") and role.owner is not None and not {*role.owner.sectors}.isdisjoint(_OFFICIALS)
    tribal = any(mention.people.kind == "people" for mention in modifiers.peoples) and not modifiers.lands
    yield modifiers.former and first in STATE_SECTORS, ("ELI",), ", who no longer is"
    yield kin, ("ELI",), ", kin of an official"
    yield modifiers.loyal and first in {"REB", "UAF", "PRM"}, ("PRM",), " on the government's side"
    yield modifiers.opposition and first in {"MIL", "UAF"}, ("REB",), " against the government"
    peaceful = first in _OPPOSING and "OPP" not in sectors
    yield modifiers.opposition and peaceful, (*sectors, "OPP"), " against the government"
    yield first == "MIL" and tribal, ("UAF",), ", of a people and not of a state"
    yield civilian and "armed" in modifiers.words, ("UAF",), ", armed"
    yield civilian and not modifiers.words.isdisjoint(_UNKNOWN), ("UNK",), ", unidentified"
