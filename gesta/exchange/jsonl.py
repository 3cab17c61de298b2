"""JSON Lines: one event a line with everything we know of it, beside what identifies its report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from gesta.exchange.files import written_whole
from gesta.exchange.tellings import tellings
from gesta.records import Event, Report
from gesta.store import EventFilter, Store

#: Fields of a report that identify it without repeating its words.
_IDENTITY = ("id", "title", "publisher", "url", "published", "published_basis", "language", "origin", "revises")


def write_jsonl(store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int:
    """Write events in a fixed order; the same record gives the same bytes. Returns how many."""
    number = 0
    with written_whole(out) as stream:
        for told in tellings(store, wanted):
            line = row(told.event, told.report, without_text=without_text)
            stream.write(msgspec.json.encode(line, order="deterministic") + b"\n")
            number += 1
    return number


def row(event: Event, report: Report, *, without_text: bool) -> dict[str, Any]:
    """One event as plain values, with its report's identity and, unless left out, the sentence around the trigger."""
    built: dict[str, Any] = msgspec.to_builtins(event)
    built["mode"] = event.mode
    built["counted"] = event.counted
    built["source_report"] = {name: getattr(report, name) for name in _IDENTITY}
    if not without_text:
        for evidence in built["evidence"]:
            evidence["text"] = report.text[evidence["start"] : evidence["end"]]
    return built
