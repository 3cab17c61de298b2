"""PLOVER 2.0: event types, modes, contexts, sectors, quad classes and conflict-cooperation scores.

Codes, scores and the recipient rule follow the PLOVER manual, draft 2.0, February 2024 (Open Event Data Alliance);
every definition is Gesta's own. Where the manual contradicts itself, the ``note`` of the type says what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast

from gesta.errors import UsageError
from gesta.ontology.tables import number, read_table

VERSION = "PLOVER 2.0"

RecipientRule = Literal["yes", "no", "one-sided"]


@dataclass(frozen=True, slots=True)
class Mode:
    """One way in which a type of event is done. ``score`` is None where the manual gives none (PROTEST/vandalize).

    ``cameo_root`` is set only where this mode belongs under another CAMEO root than its type.
    """

    type: str
    name: str
    score: float | None
    cameo_root: str | None
    definition: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type. ``score`` runs from -10 (conflict) to 10 (cooperation); ``quad`` is 1 to 4.

    ``recipient`` is "one-sided" where only an event that is not mutual should name its recipient (ASSAULT).
    """

    name: str
    quad: int
    score: float | None
    recipient: RecipientRule
    cameo_root: str
    definition: str
    note: str
    modes: Mapping[str, Mode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What an event is about; an event may have several."""

    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Sector:
    """The part of society an actor belongs to. ``frequent`` follows the manual's two lists."""

    name: str
    frequent: bool
    definition: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The tables of one ontology version, keyed by code.

    Every method that takes a type or mode raises ``UsageError`` for one the ontology does not have.
    """

    version: str
    types: Mapping[str, EventType]
    contexts: Mapping[str, Context]
    sectors: Mapping[str, Sector]
    quads: Mapping[int, str]

    def type(self, event_type: str) -> EventType:
        """Return the type called ``event_type``, such as ``"ASSAULT"``."""
        try:
            return self.types[event_type]
        except KeyError:
            raise UsageError(
                f"{self.version} has no event type {event_type!r}", remedy=f"Its types: {', '.join(self.types)}."
            ) from None

    def modes(self, event_type: str) -> Mapping[str, Mode]:
        """Return the modes of a type, empty for the five types that have none."""
        return self.type(event_type).modes

    def mode(self, event_type: str, mode: str) -> Mode:
        """Return one mode of a type."""
        modes = self.modes(event_type)
        if mode not in modes:
            listed = f"Its modes: {', '.join(modes)}." if modes else "It has no modes."
            raise UsageError(f"{self.version} has no mode {mode!r} of {event_type}", remedy=listed)
        return modes[mode]

    def quad(self, event_type: str) -> int:
        """Return the quad class: 1 verbal or 2 material cooperation, 3 verbal or 4 material conflict."""
        return self.type(event_type).quad

    def intensity(self, event_type: str, modes: str | Iterable[str] | None = None) -> float | None:
        """Return the conflict-cooperation score, -10 to 10, of an event with the given mode or modes.

        The score of the mode, if one of them has a score; the one furthest from zero, if several do, since the
        gravest thing done marks the event; the score of the type otherwise.
        """
        names = (modes,) if isinstance(modes, str) else tuple(modes or ())
        # Looked up first, so that an unknown type is an error without modes too.
        of_type = self.type(event_type).score
        scores = [score for name in names if (score := self.mode(event_type, name).score) is not None]
        return max(scores, key=abs) if scores else of_type

    def cameo_root(self, event_type: str, modes: str | Iterable[str] | None = None) -> str:
        """Return the two-digit CAMEO root of a type, or of its mode where that one belongs under another root.

        PLOVER to CAMEO is one to many, so only the root is given. Of several modes the highest root wins, as CAMEO's
        roots rise with violence.
        """
        names = (modes,) if isinstance(modes, str) else tuple(modes or ())
        of_type = self.type(event_type).cameo_root
        return max((self.mode(event_type, name).cameo_root or of_type for name in names), default=of_type)

    def recipient_required(self, event_type: str) -> bool:
        """Return whether an event of this type without a recipient is no event.

        False for "one-sided" ASSAULT: it should name its victim, but stands without (codebook, section 2).
        """
        return self.type(event_type).recipient == "yes"


def _modes() -> dict[str, dict[str, Mode]]:
    modes: dict[str, dict[str, Mode]] = {}
    for row in read_table(__package__, "modes.tsv"):
        mode = Mode(row["type"], row["mode"], number(row["score"]), row["cameo_root"] or None, row["definition"])
        modes.setdefault(mode.type, {})[mode.name] = mode
    return modes


def _types() -> dict[str, EventType]:
    modes = _modes()
    return {
        row["type"]: EventType(
            name=row["type"],
            quad=int(row["quad"]),
            score=number(row["score"]),
            recipient=cast(RecipientRule, row["recipient_required"]),
            cameo_root=row["cameo_root"],
            definition=row["definition"],
            note=row["note"],
            modes=modes.get(row["type"], {}),
        )
        for row in read_table(__package__, "types.tsv")
    }


@cache
def plover() -> Ontology:
    """Return PLOVER 2.0, read once per process."""
    return Ontology(
        version=VERSION,
        types=_types(),
        contexts={
            row["context"]: Context(row["context"], row["definition"])
            for row in read_table(__package__, "contexts.tsv")
        },
        sectors={
            row["sector"]: Sector(row["sector"], row["frequent"] == "yes", row["definition"])
            for row in read_table(__package__, "sectors.tsv")
        },
        quads={int(row["quad"]): row["name"] for row in read_table(__package__, "quads.tsv")},
    )
