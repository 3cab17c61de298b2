"""Events of real news, on articles that nothing was trained on.

    python benchmarks/news.py recall --data DATA           150 sentences read and coded by hand before any machine did
    python benchmarks/news.py rows --data DATA --out F     a seeded sample of counted rows, for two readers to judge
    python benchmarks/news.py audit [VERDICTS]             what two readers said of such rows, with a Wilson interval

``news/recall.jsonl`` says which sentences and what they tell, as offsets, and ``news/audit.jsonl`` what two readers
said of rows of the packaged model, with the settled verdict: the articles themselves are in DATA.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import gesta
from gesta.evaluate.casebook import Told
from gesta.evaluate.newswire import is_held_out
from gesta.evaluate.score_events import calibration_error, match_events, told
from gesta.read import read_paths
from gesta.records import COUNTED, Event, Report
from gesta.settings import CodeSettings, ReadSettings

HERE = Path(__file__).parent
SENTENCES = HERE / "news" / "recall.jsonl"
AUDIT = HERE / "news" / "audit.jsonl"
SEED, ROWS = 20261122, 150


def reports(data: Path, names: list[str]) -> Iterator[Report]:
    """The raw articles of these names."""
    paths = [data / "newswire" / "articles" / name for name in names]
    yield from (found for found in read_paths(paths, ReadSettings()) if isinstance(found, Report))


def held_out(data: Path) -> list[str]:
    """The names of the articles of the held-out tenth."""
    return [path.name for path in sorted((data / "newswire" / "articles").iterdir()) if is_held_out(path.stem)]


def is_tuning(stem: str) -> bool:
    """Whether settings are chosen on an article: the tenth after the held-out one."""
    return int(hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 2


@dataclass(frozen=True)
class Sentence:
    """One sentence of an article with the events that a person found in it; spans in characters of the report."""

    start: int
    end: int
    sha1: str
    events: tuple[Told, ...]


def read_sentences(path: Path, *, tuning: bool) -> dict[str, list[Sentence]]:
    """The sentences read by hand, by article; with ``tuning`` only those of articles that settings are chosen on."""
    found: dict[str, list[Sentence]] = {}
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if tuning and not is_tuning(Path(line["article"]).stem):
            continue
        first = line["start"]
        events = tuple(_moved(event, first) for event in line["events"])
        found.setdefault(line["article"], []).append(Sentence(first, first + line["length"], line["sha1"], events))
    return found


def _moved(event: dict[str, Any], by: int) -> Told:
    sides = {side: tuple((a + by, b + by) for a, b in event[side]) for side in ("sources", "targets")}
    trigger = (event["trigger"][0] + by, event["trigger"][1] + by)
    return Told(trigger=trigger, type=event["type"], modality=event["modality"], **sides)


def recall(coder: gesta.Coder, data: Path, wanted: dict[str, list[Sentence]]) -> dict[str, float]:
    """Counted events of the sentences read by hand: how many are found, and how many of those coded are right."""
    gold = coded = typed = whole = moved = empty = silent = 0
    for report in reports(data, sorted(wanted)):
        sentences = wanted[Path(report.origin).name]
        doc, events = coder.nlp(report.text), [told(e) for e in coder.code(report).events]
        for sentence in sentences:
            text = report.text[sentence.start : sentence.end]
            if hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10] != sentence.sha1:
                moved += 1
                continue
            mine = [e for e in events if sentence.start <= e.trigger[0] < sentence.end and e.modality in COUNTED]
            theirs = [e for e in sentence.events if e.modality in COUNTED]
            matches = list(match_events(theirs, mine, doc))
            gold, coded = gold + len(theirs), coded + len(mine)
            typed, whole = typed + sum(m.type for m in matches), whole + sum(m.lenient for m in matches)
            empty, silent = empty + (not theirs), silent + (not theirs and not mine)
    return {
        "sentences whose text has moved": moved, "labelled": gold, "coded": coded,
        "recall, trigger and type": typed / gold, "precision, trigger and type": typed / max(coded, 1),
        "recall, source and target too": whole / gold, "precision, source and target too": whole / max(coded, 1),
        "eventless sentences without a row": silent / max(empty, 1),
    }  # fmt: skip


def rows(coder: gesta.Coder, data: Path) -> list[dict[str, Any]]:
    """A seeded sample of counted rows, each with its sentence and what it claims."""
    found = []
    for report in reports(data, held_out(data)):
        for event in coder.code(report).events:
            if event.modality in COUNTED:
                found.append(_row(report, event))
    random.Random(SEED).shuffle(found)
    return found[:ROWS]


def _row(report: Report, event: Event) -> dict[str, Any]:
    start = max(report.text.rfind(end, 0, event.trigger.start) for end in ("\n", ". ")) + 1
    ends = (report.text.find(end, event.trigger.end) for end in ("\n", ". "))
    end = min((at for at in ends if at >= 0), default=len(report.text))
    return {
        "article": Path(report.origin).name, "start": event.trigger.start,
        "before": report.text[max(0, start - 200) : start].strip(), "sentence": report.text[start : end + 1].strip(),
        "trigger": report.text[event.trigger.start : event.trigger.end], "type": event.type, "modes": event.modes,
        "sources": [p.text for p in event.sources], "targets": [p.text for p in event.targets],
        "confidence": event.confidence,
    }  # fmt: skip


def wilson(right: int, n: int) -> tuple[float, float]:
    """95% Wilson interval of a share."""
    z, p = 1.96, right / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def audit(path: Path, coder: gesta.Coder, data: Path | None) -> None:
    """Print the share of rows whose type, source and target are all right, and of each alone.

    With ``data`` also by confidence: the rows are coded again, and those that no longer come out are left out.
    """
    verdicts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    same = sum(all(v["first"]) == all(v["second"]) for v in verdicts)
    print(f"both readers say the same of {same} of {len(verdicts)} rows")
    for name in ("event", "type", "source", "target", "all"):
        shares(name, [_right(one, name) for one in verdicts])
    if data is None:
        return
    wanted = {(v["article"], v["start"], v["type"]): _right(v, "all") for v in verdicts}
    sure = [
        (event.confidence, wanted[key])
        for report in reports(data, sorted({v["article"] for v in verdicts}))
        for event in coder.code(report).events
        if (key := (Path(report.origin).name, event.trigger.start, event.type)) in wanted
    ]
    print(f"calibration error: {calibration_error(sure):.3f} on {len(sure)} rows")
    for least in (0.5, 0.6, 0.7):
        shares(f"all, at a confidence of {least} or more", [right for chance, right in sure if chance >= least])


def _right(verdict: dict[str, Any], name: str) -> bool:
    return all(verdict["verdict"].values()) if name == "all" else bool(verdict["verdict"][name])


def shares(name: str, right: list[bool]) -> None:
    """Print a share with its interval."""
    low, high = wilson(sum(right), len(right))
    print(f"{name}: {sum(right)} of {len(right)}, {sum(right) / len(right):.3f} ({low:.3f} to {high:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["recall", "rows", "audit"])
    parser.add_argument("verdicts", type=Path, nargs="?", default=AUDIT)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--sentences", type=Path, default=SENTENCES, help="those read by hand")
    parser.add_argument("--tuning", action="store_true", help="only of articles that settings are chosen on")
    parser.add_argument("--min-confidence", type=float, default=CodeSettings().min_confidence)
    options = parser.parse_args()
    coder = gesta.load(CodeSettings(min_confidence=options.min_confidence), model=options.model)
    if options.task == "audit":
        audit(options.verdicts, coder, options.data)
        return
    if options.task == "recall":
        wanted = read_sentences(options.sentences, tuning=options.tuning)
        for name, value in recall(coder, options.data, wanted).items():
            print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
        return
    options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(coder, options.data)))


if __name__ == "__main__":
    main()
