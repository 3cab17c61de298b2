"""JSON Lines: one event a line with everything we know of it, beside what identifies its report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from gesta.errors import UsageError
from gesta.records import Event, Report
from gesta.store import EventFilter, Store

#: Fields of a report that identify it without repeating its words.
_IDENTITY = ("id", "title", "publisher", "url", "published", "published_basis", "language", "origin", "revises")


def write_jsonl(store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int:
    """Write events in a fixed order; the same record gives the same bytes. Returns how many."""
    reports: dict[str, Report] = {}
    number = 0
    with written_whole(out) as stream:
        for event in store.events(wanted):
            report = reports.get(event.report)
            if report is None:
                report = reports[event.report] = store.report(event.report)
            stream.write(
                msgspec.json.encode(row(event, report, without_text=without_text), order="deterministic") + b"\n"
            )
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


@contextmanager
def written_whole(out: Path) -> Iterator[BinaryIO]:
    """A stream to ``out`` that appears under its name only once it is whole; ``-`` is standard output."""
    if str(out) == "-":
        yield sys.stdout.buffer
        return
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(out)
    except OSError as error:
        raise UsageError(
            f"cannot be written ({error.strerror})", where=str(out), remedy="Choose another --out."
        ) from error
    finally:
        part.unlink(missing_ok=True)
