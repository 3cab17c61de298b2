"""What made a row, and what was not read."""

from __future__ import annotations

from typing import Any

import msgspec

from gesta.records.base import Frozen


class Run(Frozen, frozen=True):
    """What made a row: model, ontology and the settings that shape the output. ``id`` is their hash."""

    id: str
    gesta: str
    model: str
    ontology: str
    settings: dict[str, Any] = msgspec.field(default_factory=dict)


class Quarantined(Frozen, frozen=True):
    """An input that was not read, and why. Never silently lost, always counted."""

    origin: str
    reason: str
    line: int | None = None
    field: str | None = None
    remedy: str | None = None
