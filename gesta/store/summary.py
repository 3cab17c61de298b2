"""What a record holds, in numbers: also what was not coded, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from gesta.records import Frozen
from gesta.store.queries import named


class RecordSummary(Frozen, frozen=True):
    """Counts over a record. Events of superseded reports are in none of the counts of events."""

    reports: int
    """All reports, also skipped and superseded ones."""
    dated: int
    undated: int
    """Reports with and without a publication date."""
    superseded: int
    """Reports of which there is a newer version."""
    eventless: int
    """Reports that were coded and told no event."""
    skipped: dict[str, int]
    """Reports that were not coded, by reason; the most frequent first."""
    types: dict[str, int]
    """Counted events by type; the most frequent first."""
    counted: int
    """Events that happened or are ongoing."""
    uncounted: int
    """Events that are planned, alleged, denied and so on."""
    undated_events: int
    """Counted events without any date."""
    quarantined: dict[str, int]
    """Inputs that could not be read, by reason; the most frequent first."""


def summarise(rows: Callable[[str], list[tuple[Any, ...]]]) -> RecordSummary:
    """Return the summary of a record, given how to run a query on it."""
    reports, dated, superseded, eventless = rows(named("summary_reports"))[0]
    types: Counter[str] = Counter()
    uncounted = undated_events = 0
    for kind, counted, undated, events in rows(named("summary_events")):
        if counted:
            types[kind] += events
            undated_events += events if undated else 0
        else:
            uncounted += events
    return RecordSummary(
        reports=reports,
        dated=dated,
        undated=reports - dated,
        superseded=superseded,
        eventless=eventless,
        skipped=dict(rows(named("summary_skipped"))),
        types=dict(types.most_common()),
        counted=types.total(),
        uncounted=uncounted,
        undated_events=undated_events,
        quarantined=dict(rows(named("summary_quarantined"))),
    )
