"""Typed settings: what a user may choose, with the defaults that suit a laptop."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gesta.records import Frozen


class ReadSettings(Frozen, frozen=True):
    """How inputs become reports."""

    published: date | None = None
    """Publication date for reports that state none."""
    publisher: str | None = None
    """Publisher for reports that state none."""
    columns: dict[str, str] = msgspec.field(default_factory=dict)
    """For CSV, TSV and JSON Lines: our field name -> the source's column name (``--map title=Headline``)."""
    max_characters: int = 2_000_000
    """A single report longer than this is quarantined: it is a dump, not a report."""


class CodeSettings(Frozen, frozen=True):
    """What shapes the coded output; these values name the run, together with model and ontology."""

    min_confidence: float = 0.0
    """Events below this confidence are left out."""
    ontology: str | None = None
    """The folder of a user's learnt ontology, whose types are coded instead of PLOVER's."""
    gazetteer: str | None = None
    """The index of places: its file, "default", or None for the one in use."""

    registry: str | None = None
    """Actors of one's own: a folder of imports, "default" for Gesta's alone, or None for all that were imported."""
    loaded: str | None = None
    """The file of a user's own loaded words, added to Gesta's list."""
    loaded_alone: bool = False
    """Whether the user's words stand in place of Gesta's list."""

    def named(self) -> dict[str, Any]:
        """The settings as plain values, for the run's id and its row; what lies in files is named there by content."""
        return {"min_confidence": self.min_confidence}


class RunSettings(Frozen, frozen=True):
    """How the work is spread; never changes the output."""

    workers: int = 1
    batch: int = 64
    """Reports per batch sent to a worker and per part written."""
