"""Incidents against labelled happenings: which events of many reports tell of one.

The set is a folder with ``happenings.jsonl`` and ``reports.jsonl`` as the casebook has them: happenings come in worlds
of near neighbours, reports mark the words that tell of each. An item is a report with one happening that it tells.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Literal

from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.evaluate.coder import Progress, silent
from gesta.evaluate.coreference import b_cubed, ceaf_e, conll, f1, muc
from gesta.evaluate.score import Score
from gesta.link.linking import link as take_in
from gesta.records import Event, Record, Report, Span
from gesta.store import Store

Part = Literal["all", "training", "held-out"]


@dataclass(frozen=True, slots=True)
class ToldReport:
    """One report of the set, and the words of it that tell of each happening. ``held_out`` with all its world."""

    name: str
    report: Report
    mentions: tuple[tuple[Span, str], ...]
    held_out: bool


def part_named(words: str) -> Part:
    """Return the part that a user asks for; ``UsageError`` if there is no such."""
    if words not in ("all", "training", "held-out"):
        raise UsageError(f"there is no part {words!r}", where="--part", remedy="One of: all, training, held-out.")
    return words  # type: ignore[return-value]  # just checked


def read_happenings(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the happenings by id; ``UsageError`` if the file is missing or a line is none."""
    return {one["id"]: one for one in _lines(folder / "happenings.jsonl", ("id", "world", "held_out"))}


def read_told(folder: Path) -> list[ToldReport]:
    """Return the reports in the order of the file; ``UsageError`` if a line cannot be read, or a span lies outside."""
    happenings = read_happenings(folder)
    path = folder / "reports.jsonl"
    found = []
    for one in _lines(path, ("id", "body", "title", "publisher", "published", "mentions")):
        report = Report.of(
            one["body"],
            title=one["title"],
            publisher=one["publisher"],
            published=date.fromisoformat(one["published"]),
            origin=one["id"],
        )
        mentions = tuple(((m["span"][0], m["span"][1]), m["happening"]) for m in one["mentions"])
        unknown = [h for (a, b), h in mentions if h not in happenings or not 0 <= a < b <= len(report.text)]
        if unknown:
            raise UsageError(
                f"mentions of {unknown[0]!r} that is no happening, or outside the text",
                where=f"{path}: {one['id']}",
                remedy="Make the set anew with casebook/build_incidents.py.",
            )
        found.append(ToldReport(one["id"], report, mentions, any(happenings[h]["held_out"] for _, h in mentions)))
    return found


def _lines(path: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Give a folder as casebook/ is.")
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                one = json.loads(line)
                found.append(one | {name: one[name] for name in needed})
            except (ValueError, KeyError, TypeError) as error:
                what = f"no labelled line ({type(error).__name__} {error})"
                remedy = "Make the set anew with casebook/build_incidents.py."
                raise UsageError(what, where=f"{path}:{number}", remedy=remedy) from error
    return found


def incidents(path: Path | str, *, coder: Coder, part: Part = "all", progress: Progress = silent) -> Score:
    """Score incidents over the reports of a labelled set, which are coded and linked by themselves.

    Figures are for the items of which at least one word was coded as an event ("coded"), for all items (one that was
    not coded stands alone), and for single mentions. ``plain rule`` joins coded events of one country within 50 km
    and 7 days. ``UsageError`` if the set cannot be read.
    """
    told = [one for one in read_told(Path(path)) if part == "all" or one.held_out == (part == "held-out")]
    records = []
    for done, one in enumerate(told, start=1):
        records.append(coder.code(one.report))
        progress(done, len(told))
    events = [event for record in records for event in record.events]
    groups = link(records, coder)
    found = {name: items_of(told, records, groups, name) for name in ("coded", "items", "mentions")}
    coded = found["coded"]
    figures = _three("B3 ", b_cubed(coded)) | {
        "MUC F1": f1(muc(coded)),
        "CEAF-e F1": f1(ceaf_e(coded)),
        "CoNLL F1": conll(coded),
        **_three("all items, B3 ", b_cubed(found["items"])),
        **_three("mentions, B3 ", b_cubed(found["mentions"])),
    }
    plain = items_of(told, records, plain_rule(records), "coded")
    figures |= _three("plain rule, B3 ", b_cubed(plain)) | {"plain rule, CoNLL F1": conll(plain)}
    counts = {"reports": len(told), "events": len(events), "coded items": len(coded)} | {
        "items": len(found["items"]),
        "mentions": len(found["mentions"]),
        "happenings": len({gold for gold, _ in found["items"]}),
    }
    return Score(task="incidents", source=f"{path} ({part})", figures=figures, counts=counts)


def _three(prefix: str, found: tuple[float, float]) -> dict[str, float]:
    return {f"{prefix}precision": found[0], f"{prefix}recall": found[1], f"{prefix}F1": f1(found)}


def link(records: Sequence[Record], coder: Coder) -> dict[str, int]:
    """Return for each event that may be part of an incident the number of its incident."""
    with tempfile.TemporaryDirectory(prefix="gesta-") as folder:
        store = Store.create(Path(folder) / "record")
        store.add(records, run=coder.run)
        take_in(store, coder.model)
        with store.connect() as con:
            found = con.execute("SELECT events FROM incidents_nested ORDER BY id").fetchall()
    return {event: number for number, (events,) in enumerate(found) for event in events}


def items_of(
    told: Sequence[ToldReport],
    records: Sequence[Record],
    groups: Mapping[str, int],
    kind: Literal["coded", "items", "mentions"] | str,
) -> list[tuple[Hashable, Hashable]]:
    """Return (happening, incident) of each item: of several incidents the one with most of its coded words.

    An item without a coded word is in an incident of its own, or left out if only coded items are asked for.
    """
    found: list[tuple[Hashable, Hashable]] = []
    for one, record in zip(told, records, strict=True):
        spans: dict[Hashable, list[Span]] = defaultdict(list)
        for span, happening in one.mentions:
            spans[(happening, span) if kind == "mentions" else (happening, None)].append(span)
        for key, places in spans.items():
            assert isinstance(key, tuple)
            votes = Counter(groups[e.id] for e in record.events if e.id in groups and _touches(e, places))
            if votes:
                found.append((key[0], votes.most_common(1)[0][0]))
            elif kind != "coded":
                found.append((key[0], (one.name, key)))
    return found


def _touches(event: Event, spans: Iterable[Span]) -> bool:
    trigger = event.trigger
    return any(trigger.start < end and start < trigger.end for start, end in spans)


def plain_rule(records: Sequence[Record]) -> dict[str, int]:
    """Return the incident of each event by the plain rule: one country, at most 50 km and 7 days apart, and so on.

    An event without a town has no distance and is joined by its country alone; without a day, its report's counts.
    """
    events = [(e, day) for r in records for e in r.events if (day := _day(e, r.report)) is not None]
    events.sort(key=lambda pair: (pair[1], pair[0].id))
    parent = list(range(len(events)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    for n, (event, day) in enumerate(events):
        for m in range(n - 1, -1, -1):
            other, earlier = events[m]
            if day - earlier > timedelta(days=7):
                break
            if _near(event, other):
                parent[root(n)] = root(m)
    return {event.id: root(n) for n, (event, _) in enumerate(events)}


def _day(event: Event, report: Report) -> date | None:
    if event.time is not None and (event.time.start or event.time.end):
        return event.time.start or event.time.end
    return report.published


def _near(a: Event, b: Event) -> bool:
    one, other = a.place, b.place
    if one is None or other is None or one.country is None or one.country != other.country:
        return False
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return True
    assert one.latitude and one.longitude and other.latitude and other.longitude
    north, east = radians(one.latitude - other.latitude), radians(one.longitude - other.longitude)
    inner = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, inner))) <= 50
