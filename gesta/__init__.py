"""Gesta: who did what to whom, when, where, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gesta.errors import GestaError
from gesta.records import (
    Actor,
    Claim,
    Event,
    Evidence,
    Incident,
    Participant,
    Place,
    Record,
    Report,
    Response,
    Tie,
    Time,
    Toll,
)
from gesta.version import __version__

if TYPE_CHECKING:
    from gesta.coder import Coder
    from gesta.settings import CodeSettings

__all__ = [
    "Actor", "Claim", "Coder", "Event", "Evidence", "GestaError", "Incident", "Participant", "Place", "Record",
    "Report", "Response", "Tie", "Time", "Toll", "__version__", "load",
]  # fmt: skip


def load(settings: CodeSettings | None = None, *, model: str | None = None) -> Coder:
    """Load the packaged model (or the one in the folder ``model``) and return a ``Coder``."""
    from gesta import coder  # spaCy and the model load only when something is coded

    return coder.load(settings, model=model)


def __getattr__(name: str) -> Any:
    if name == "Coder":
        from gesta.coder import Coder

        return Coder
    raise AttributeError(f"module 'gesta' has no attribute {name!r}")
