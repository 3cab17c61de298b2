"""Which incidents to show: a filter, and the SQL conditions it means."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from gesta.errors import UsageError
from gesta.records import Frozen

_CODE = re.compile(r"[A-Z]{3}")
_PLAIN = (
    ("type", "upper(i.type) = upper($type)"),
    ("mode", "list_contains(i.modes, $mode)"),
    ("country", "i.country = upper($country)"),
    ("since", "coalesce(i.time_end, i.time_start) >= $since"),
    ("until", "coalesce(i.time_start, i.time_end) <= $until"),
    ("event", "list_contains(i.events, $event)"),
)


class IncidentFilter(Frozen, frozen=True):
    """Which incidents are wanted; every field given narrows the choice. Fields as in ``EventFilter``."""

    type: str | None = None
    mode: str | None = None
    source: str | None = None
    """Three capitals: a country or PLOVER code. Else part of a name, in any case."""
    target: str | None = None
    country: str | None = None
    since: date | None = None
    until: date | None = None
    modality: Literal["counted", "all"] = "counted"
    """``counted``: told as having happened by some report; ``all``: also what is only alleged or denied."""
    min_reports: int = 1
    min_sources: int = 1
    contested: bool = False
    """Only those in which reports differ."""
    event: str | None = None
    """The one that this event tells of."""
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since {self.since} lies after until {self.until}", remedy="Swap the two.")

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """Return SQL over the view ``incidents`` as ``i``, and its parameters."""
        found = ["i.reports >= $min_reports", "i.independent_sources >= $min_sources"]
        values: dict[str, Any] = {
            "limit": self.limit, "min_reports": self.min_reports, "min_sources": self.min_sources
        }  # fmt: skip
        for name, condition in _PLAIN:
            if (value := getattr(self, name)) is not None:
                found.append(condition)
                values[name] = value
        for side in ("source", "target"):
            if (name := getattr(self, side)) is not None:
                found.append(_party(side, name))
                values[side] = name
        if self.modality == "counted":
            found.append("i.counted")
        if self.contested:
            found.append("len(i.contested) > 0")
        return " AND ".join(found), values


def _party(side: str, name: str) -> str:
    if _CODE.fullmatch(name):
        return f"list_contains(i.{side}_countries, ${side})"
    return f"len(list_filter(i.{side}s, lambda n: contains(lower(n), lower(${side})))) > 0"
