"""Certainty: how sure a claim puts its content, by the less sure of its cue and the head of what it carries."""

from __future__ import annotations

from typing import cast

from gesta.attribute.attitudes import CERTAINTIES
from gesta.attribute.signs import Signs
from gesta.records import Certainty


def by_rule(signs: Signs) -> tuple[Certainty, str]:
    """Return the certainty by table and rules, and why."""
    by_cue: Certainty = signs.entry.certainty if signs.entry is not None else "certain"
    if "unproved" in signs.beside:
        return "doubted", "it is said to be unproved"
    by_head = cast(Certainty, signs.hedge) if signs.hedge is not None else "certain"
    if CERTAINTIES.index(by_head) > CERTAINTIES.index(by_cue):
        return by_head, "a hedge at the head of the content"
    if by_cue == "certain":
        return by_cue, ""
    assert signs.entry is not None
    return by_cue, f"'{' '.join(signs.entry.words)}'"
