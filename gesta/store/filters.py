"""Which events to show: a filter, and the SQL conditions it means."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from gesta.errors import UsageError
from gesta.records import MODALITIES, Frozen, Modality

_CODE = re.compile(r"[A-Z]{3}")


class EventFilter(Frozen, frozen=True):
    """Which events are wanted; every field given narrows the choice.

    With ``since`` or ``until`` an event must have a date: its interval must share a day with the one asked for, and an
    interval open at one side is taken to lie at the other.
    """

    type: str | None = None
    mode: str | None = None
    """Any of the event's modes."""
    source: str | None = None
    """Three capitals: a country or PLOVER code, or part of a name written so. Else part of a name, in any case."""
    target: str | None = None
    country: str | None = None
    """Where it happened: the code of the place."""
    since: date | None = None
    until: date | None = None
    modality: Modality | Literal["counted", "all"] = "counted"
    """``counted`` means happened or ongoing (codebook, section 6)."""
    min_confidence: float = 0.0
    report: str | None = None
    """The id of one report, or how it begins."""
    undated: bool = False
    """Only events without any date."""
    superseded: bool = False
    """Also events of older versions of a report."""
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.modality not in ("counted", "all", *MODALITIES):
            known = ", ".join(("counted", "all", *MODALITIES))
            raise UsageError(f"there is no modality {self.modality!r}", remedy=f"Use one of {known}.")
        if self.undated and (self.since or self.until):
            raise UsageError("undated events have no date", remedy="Leave out either undated or since and until.")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since {self.since} lies after until {self.until}", remedy="Swap the two.")
        if self.limit is not None and self.limit < 0:
            raise UsageError(f"a limit of {self.limit} makes no sense", remedy="Give a number from 0 up.")

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """Return SQL over the view ``events_nested``, and its parameters."""
        found: list[str] = []
        values: dict[str, Any] = {"limit": self.limit}
        plain = (
            ("type", "upper(type) = upper($type)"),
            ("mode", "list_contains(modes, $mode)"),
            ("country", "place.country = upper($country)"),
            ("since", 'coalesce("time"."end", "time".start) >= $since'),
            ("until", 'coalesce("time".start, "time"."end") <= $until'),
            ("report", "starts_with(report, $report)"),
        )
        for name, condition in plain:
            if (value := getattr(self, name)) is not None:
                found.append(condition)
                values[name] = value
        for side in ("source", "target"):
            if (name := getattr(self, side)) is not None:
                found.append(_party(side, name))
                values[side] = name
        if self.min_confidence > 0:
            found.append("confidence >= $min_confidence")
            values["min_confidence"] = self.min_confidence
        if self.modality == "counted":
            found.append("counted")
        elif self.modality != "all":
            found.append("modality = $modality")
            values["modality"] = self.modality
        if self.undated:
            found.append('"time".start IS NULL AND "time"."end" IS NULL')
        if not self.superseded:
            found.append("NOT superseded")
        return " AND ".join(found) or "true", values


def _party(side: str, name: str) -> str:
    """Match an actor by code or name. "USA" must not find Jerusalem, so capitals are only found as capitals."""
    if _CODE.fullmatch(name):
        test = "country = ${0} OR contains(name, ${0}) OR contains(text, ${0})"
        test += " OR len(list_filter(aliases, lambda a: contains(a, ${0}))) > 0"
    else:
        test = "contains(lower(name), lower(${0})) OR contains(lower(text), lower(${0}))"
        test += " OR len(list_filter(aliases, lambda a: contains(lower(a), lower(${0})))) > 0"
    return f"id IN (SELECT event FROM participants WHERE side = '{side}' AND ({test.format(side)}))"
