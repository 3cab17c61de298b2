"""Read casebook batches: JSON Lines, one sentence a line with its labelled events (``casebook/check.py``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesta.errors import UsageError
from gesta.records import Span
from gesta.text import settle


@dataclass(frozen=True, slots=True)
class Who:
    """A labelled participant: its words, and the countries and sectors of its actor, the main ones first."""

    span: Span
    country: tuple[str, ...]
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One act as labelled or as coded: spans in characters of the text."""

    trigger: Span
    type: str
    modality: str
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    confidence: float = 1.0
    place: Span | None = None
    """The words that say where this event happened, None where none do; scored only where a batch labels them."""
    time: Span | None = None
    located: bool = True
    """Whether place and time are labelled at all."""
    source_actors: tuple[Who, ...] = ()
    target_actors: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled text; a hard negative looks like an event and holds none that counts."""

    text: str
    events: tuple[Told, ...]
    negative: bool


def read_casebook(path: Path) -> tuple[list[Case], list[str]]:
    """Read one batch, or all ``.jsonl`` files of a folder; the second list says which lines were left out, and why.

    ``UsageError`` if no line can be read.
    """
    files = [path] if path.is_file() else _batches(path) if path.is_dir() else []
    cases: list[Case] = []
    left_out: list[str] = []
    for file in files:
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                cases.append(case_of(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                left_out.append(f"{file.name}:{number} left out: {type(error).__name__} {error}")
    if not cases:
        raise UsageError(
            "no casebook sentence here", where=str(path), remedy="Give a .jsonl file as in casebook/, or their folder."
        )
    return cases, left_out


def _batches(folder: Path) -> list[Path]:
    # Pairs of names, claims, happenings, and texts with responses or ties lie beside the batches.
    beside = {f"{name}.jsonl" for name in ("claims", "happenings", "names", "reports", "responses", "ties")}
    return [path for path in sorted(folder.glob("*.jsonl")) if path.name not in beside]


def case_of(record: dict[str, Any]) -> Case:
    """A labelled text as ``casebook/schema.json`` describes it; ``ValueError`` if a span lies outside it."""
    text = record["text"]
    if settle(text) != text:
        raise ValueError("text with control characters or odd spaces, so its offsets would move")
    return Case(text, tuple(_told(event, len(text)) for event in record["events"]), bool(record.get("negative")))


def _told(event: dict[str, Any], length: int) -> Told:
    where = [event[name] for name in ("place", "time") if event.get(name)]
    spans = [event["trigger"], *(p["span"] for p in event["sources"]), *(p["span"] for p in event["targets"]), *where]
    wrong = [span for span in spans if not 0 <= span[0] < span[1] <= length]
    if wrong:
        raise ValueError(f"span {wrong[0]} lies outside the text")
    return Told(
        trigger=_span(event["trigger"]),
        type=event["type"],
        modality=event["modality"],
        sources=_spans(event["sources"]),
        targets=_spans(event["targets"]),
        modes=tuple(event.get("modes") or ()),
        contexts=tuple(event.get("contexts") or ()),
        place=_span(event["place"]) if event.get("place") else None,
        time=_span(event["time"]) if event.get("time") else None,
        located="place" in event,
        source_actors=_actors(event["sources"]),
        target_actors=_actors(event["targets"]),
    )


def _span(pair: Iterable[int]) -> Span:
    start, end = pair
    return start, end


def _spans(participants: Iterable[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(_span(participant["span"]) for participant in participants)


def _actors(participants: Iterable[dict[str, Any]]) -> tuple[Who, ...]:
    """Participants whose actor is labelled."""
    return tuple(
        Who(_span(one["span"]), tuple(one["country"]), tuple(one["sectors"]))
        for one in participants
        if "country" in one and "sectors" in one
    )
