"""How far two blind readings of the casebook's held-out batches agree: python benchmarks/agreement.py

``casebook/agreement/`` holds what two readers made of the same sentences before their differences were settled.
Events are matched one to one where their triggers overlap, like types first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

READINGS = Path(__file__).resolve().parents[1] / "casebook" / "agreement"

Event = dict[str, Any]


def overlap(a: list[int], b: list[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def matched(first: list[Event], second: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Pairs of one event of each reading, best first: overlapping triggers, then type, then modality."""
    pairs = [
        (-(a["type"] == b["type"]), -(a["modality"] == b["modality"]), n, m)
        for n, a in enumerate(first)
        for m, b in enumerate(second)
        if overlap(a["trigger"], b["trigger"])
    ]
    taken: set[tuple[str, int]] = set()
    for _, _, n, m in sorted(pairs):
        if not taken & {("first", n), ("second", m)}:
            taken |= {("first", n), ("second", m)}
            yield first[n], second[m]


def same_side(a: list[list[int]], b: list[list[int]]) -> bool:
    """Whether two readings give a side the same participants: each overlaps one of the other's."""
    return all(any(overlap(x, y) for y in b) for x in a) and all(any(overlap(x, y) for x in a) for y in b)


def figures(batch: str) -> dict[str, float]:
    """F1 of one reading against the other, and agreement on what matched."""
    readings = []
    for name in ("first", "second"):
        lines = (READINGS / f"{batch}.{name}.jsonl").read_text(encoding="utf-8").splitlines()
        readings.append({record["id"]: record for record in map(json.loads, lines)})
    first, second = readings
    ids = sorted(first.keys() & second.keys())
    pairs = [pair for i in ids for pair in matched(first[i]["events"], second[i]["events"])]
    total = sum(len(reading[i]["events"]) for i in ids for reading in readings)
    typed = [(a, b) for a, b in pairs if a["type"] == b["type"]]
    whole = [p for p in typed if all(same_side(p[0][side], p[1][side]) for side in ("sources", "targets"))]
    return {
        "sentences": len(ids),
        "event or none": sum(bool(first[i]["events"]) == bool(second[i]["events"]) for i in ids) / len(ids),
        "trigger F1": 2 * len(pairs) / total,
        "trigger and type F1": 2 * len(typed) / total,
        "with all sources and targets F1": 2 * len(whole) / total,
        "modality": sum(a["modality"] == b["modality"] for a, b in pairs) / len(pairs),
        "modes": sum(a["modes"] == b["modes"] for a, b in typed) / len(typed),
    }


def main() -> None:
    for path in sorted(READINGS.glob("*.first.jsonl")):
        batch = path.name.split(".")[0]
        print(batch, *(f"{name} {value:.3g}" for name, value in figures(batch).items()), sep=" · ")


if __name__ == "__main__":
    main()
