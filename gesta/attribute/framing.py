"""Framing: what the author makes of a claim by the choice of words: vouches for it, or keeps it at arm's length."""

from __future__ import annotations

from gesta.attribute.signs import Signs
from gesta.records import Framing


def by_rule(signs: Signs) -> tuple[Framing, str]:
    """Return the framing by table and rules, and why."""
    if "unproved" in signs.beside:
        return "distances", "the author says that it is unproved"
    if "vouching" in signs.beside:
        return "endorses", "an adverb beside the cue vouches for it"
    if "distant" in signs.beside:
        return "distances", "an adverb beside the cue"
    if signs.entry is not None and signs.entry.framing != "neutral":
        return signs.entry.framing, f"'{' '.join(signs.entry.words)}'"
    if signs.scare:
        return "distances", "a few words in quotation marks"
    return "neutral", ""
