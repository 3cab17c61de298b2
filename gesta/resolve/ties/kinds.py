"""What kind of actor an end is: a person, a body, fighters, a part of a state's forces."""

from __future__ import annotations

from gesta.resolve.ties.drafts import End

BODIES = frozenset({"state", "group", "organisation"})
_FIGHTERS = frozenset({"REB", "PRM", "UAF", "CRM", "MIL"})


def is_person(end: End) -> bool:
    """Tell whether a person is named, or may be meant by a pronoun."""
    return end.reading is None or end.reading.person is not None


def is_body(end: End) -> bool:
    """Tell whether the end is a state, group or organisation, or may be by a pronoun."""
    return end.reading is None or (end.reading.person is None and end.reading.kind in BODIES)


def is_armed(end: End) -> bool:
    """Tell whether the end is a body of fighters that is no state's army."""
    reading = end.reading
    if reading is None or reading.person is not None:
        return False
    if reading.state is not None and "MIL" in reading.sectors and "PRE" not in reading.sectors:
        return False
    if not _FIGHTERS.isdisjoint(reading.sectors):
        return True
    return not reading.sectors and reading.kind == "group"


def is_state_force(end: End) -> bool:
    """Tell whether the end is the army, or a part of it, of a state."""
    reading = end.reading
    return reading is not None and reading.kind == "state" and "MIL" in reading.sectors
