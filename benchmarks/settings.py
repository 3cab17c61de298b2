"""When and where, on news: how often an event's time and place are those that a reader of the whole article tells.

    python benchmarks/settings.py told --data DATA            against what a reader told first
    python benchmarks/settings.py rows --data DATA --out F    a seeded sample of counted rows, for two readers to judge
    python benchmarks/settings.py audit                       what two readers said of such rows, with a Wilson interval

``told`` reads the articles of ``train/news_settings.jsonl`` that nobody trains on (the newswire's tuning tenth), codes
them, and compares each event that the reader took for real with what the reader says. A time is right if it rests on
the same words, or if both say that none is told. A place is right if it rests on the same words; ``country`` asks only
for the country, as the reader inferred it where no words tell it. ``news/settings_audit.jsonl`` holds the verdicts.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gesta
from gesta.read import read_paths
from gesta.records import Event, Report
from gesta.settings import ReadSettings

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from news import held_out, is_tuning, reports, shares  # noqa: E402 - benchmarks are no installed package

TOLD = HERE.parent / "train/news_settings.jsonl"
AUDIT = HERE / "news/settings_audit.jsonl"
SEED, ROWS = 20261126, 100


def told(articles: Path) -> Iterator[tuple[Report, Event, dict[str, Any]]]:
    """Yield each event that is still coded, with its report and what the reader told of it."""
    rows: dict[str, dict[tuple[int, str], dict[str, Any]]] = {}
    for row in map(json.loads, TOLD.read_text(encoding="utf-8").splitlines()):
        if row["real"] and is_tuning(Path(row["article"]).stem):
            rows.setdefault(row["article"], {})[row["trigger"][0], row["type"]] = row
    coder = gesta.load()
    for report in read_paths([articles / name for name in sorted(rows)], ReadSettings()):
        if isinstance(report, Report):
            for event in coder.code(report).events:
                row = rows[Path(report.origin).name].get((event.trigger.start, event.type))
                if row is not None:
                    yield report, event, row


def same_words(report: Report, span: tuple[int, int] | None, told: list[int]) -> bool:
    """Whether two places in a text overlap, or hold the same words elsewhere in it."""
    if span is None:
        return False
    ours, theirs = report.text[slice(*span)].casefold(), report.text[slice(*told)].casefold()
    return (span[0] < told[1] and told[0] < span[1]) or ours in theirs or theirs in ours


def compare(data: Path) -> None:
    """Print how often what is coded is what a reader told."""
    counts: Counter[str] = Counter()
    for report, event, row in told(data / "newswire/articles"):
        counts["events"] += 1
        time = event.time if event.time is not None and event.time.span is not None else None
        if row["time"] is None:
            counts["time right"] += time is None
        else:
            counts["time told"] += 1
            right = time is not None and same_words(report, time.span, row["time"]["span"])
            counts["time right"] += right
            counts["time told, right"] += right
        counts["time given"] += time is not None
        place = event.place if event.place is not None and event.place.basis == "stated" else None
        if row["place"] is not None:
            counts["place told"] += 1
            counts["place told, right"] += place is not None and same_words(report, place.span, row["place"]["span"])
        counts["place given"] += place is not None
        counts["country given"] += event.place is not None and event.place.country is not None
        if row.get("country"):
            counts["country told"] += 1
            counts["country right"] += event.place is not None and event.place.country == row["country"]
    for part, whole in (
        ("time right", "events"), ("time told, right", "time told"), ("time told, right", "time given"),
        ("place told, right", "place told"), ("place told, right", "place given"),
        ("country right", "country told"), ("country right", "country given"),
    ):  # fmt: skip
        print(
            f"{part:20} of {whole:14} {counts[part]:4} / {counts[whole]:4}  {counts[part] / max(1, counts[whole]):.3f}"
        )


def rows(data: Path) -> list[dict[str, Any]]:
    """A seeded sample of counted rows of held-out articles that no reader judged before, with when and where."""
    coder, found = gesta.load(), []
    judged = {(one["article"], one["start"]) for one in verdicts()}
    for report in reports(data, held_out(data)):
        for event in coder.code(report).events:
            if event.counted and (Path(report.origin).name, event.trigger.start) not in judged:
                found.append(_row(report, event))
    random.Random(SEED).shuffle(found)
    return found[:ROWS]


def _row(report: Report, event: Event) -> dict[str, Any]:
    begin, end = max(0, event.trigger.start - 160), event.trigger.end + 160
    trigger = report.text[event.trigger.start : event.trigger.end]
    time, place = event.time, event.place
    return {
        "article": Path(report.origin).name, "published": str(report.published), "start": event.trigger.start,
        "context": f"{report.text[begin : event.trigger.start]}[[{trigger}]]{report.text[event.trigger.end : end]}",
        "type": event.type,
        "time": None if time is None else {
            "words": time.text, "value": time.value, "from": str(time.start), "to": str(time.end), "basis": time.basis,
        },
        "place": None if place is None else {
            "words": place.text, "name": place.name, "country": place.country, "precision": place.precision,
            "basis": place.basis, "latitude": place.latitude, "longitude": place.longitude,
        },
    }  # fmt: skip


def audit() -> None:
    """Print the shares of rows whose time, and whose place, both readers' settled verdict calls right."""
    for number in sorted({one["round"] for one in verdicts()}):
        rows = [one for one in verdicts() if one["round"] == number]
        for field in ("time", "place"):
            same = sum(one["first"][field] == one["second"][field] for one in rows)
            print(f"round {number}, {field}: both readers say the same of {same} of {len(rows)} rows")
            settled = [one["verdict"][field] for one in rows]
            shares("  right", [verdict == "right" for verdict in settled])
            shares("  right or left open", [verdict in ("right", "missing") for verdict in settled])


def verdicts() -> list[dict[str, Any]]:
    """What two readers said of rows, round by round; a row is judged once."""
    return [json.loads(line) for line in AUDIT.read_text(encoding="utf-8").splitlines()] if AUDIT.exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["told", "rows", "audit"])
    parser.add_argument("--data", type=Path, help="folder with newswire/")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.task == "told":
        compare(options.data)
    elif options.task == "audit":
        audit()
    else:
        options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(options.data)))


if __name__ == "__main__":
    main()
