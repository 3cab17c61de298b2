"""Check casebook batches: schema, spans, codes, and the rules that tie fields together.

python casebook/check.py            checks every batch beside this file; exit code 1 on any fault
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

MODES: dict[str, frozenset[str]] = {
    name: frozenset(modes.split())
    for name, modes in {
        "AGREE": "",
        "CONSULT": "visit third-party multilateral phone",
        "SUPPORT": "",
        "CONCEDE": "",
        "COOPERATE": "",
        "AID": "",
        "RETREAT": "withdraw release disarm ceasefire access resign",
        "REQUEST": "assist change yield meet",
        "ACCUSE": "disapprove investigate allege",
        "REJECT": "assist change yield meet",
        "THREATEN": "restrict arrest relations expel territory violence",
        "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
        "SANCTION": "convict expel withdraw discontinue",
        "MOBILIZE": "troops weapons police militia",
        "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
        "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
        "aerial drone heavy-weapons crowd-control unconventional",
    }.items()
}
CONTEXTS = frozenset(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy "
    "economic legal reparations human_rights rights_freedoms repression human_security gender lgbt "
    "religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters "
    "natural_resource environment technology terrorism cbrn cyber misinformation crime corruption "
    "illegal_drugs trafficking".split()
)
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
MODALITIES = frozenset(
    "happened ongoing planned threatened demanded alleged denied conditional predicted general".split()
)
TOLLS = frozenset("killed injured arrested missing displaced participants".split())
STANCES = frozenset("asserts denies questions".split())
USES = frozenset("literal associative name".split())
PAIR = {"id": str, "a": str, "b": str, "same": bool, "scope": str, "kind": str, "why": str, "held_out": bool}
NEEDS_TARGET = frozenset({"COOPERATE", "AID", "SANCTION"})


def _bad_span(text: str, span: list[int] | None) -> str | None:
    if span is None:
        return None
    start, end = span
    if not 0 <= start < end <= len(text):
        return f"span {span} lies outside the text"
    if text[start].isspace() or text[end - 1].isspace():
        return f"span {span} begins or ends with a space"
    return None


def _event_faults(text: str, event: dict[str, Any], ids: set[str]) -> list[str]:
    where = f"event {event['id']}"
    found = []
    if event["type"] not in MODES:
        return [f"{where}: unknown type {event['type']!r}"]
    for field, values, allowed in (
        ("modes", event["modes"], MODES[event["type"]]),
        ("contexts", event["contexts"], CONTEXTS),
        ("modality", [event["modality"]], MODALITIES),
        ("sectors", [s for p in event["sources"] + event["targets"] for s in p["sectors"]], SECTORS),
        ("toll kind", [t["kind"] for t in event["tolls"]], TOLLS),
        ("stance", [event["claim"]["stance"]] if event["claim"] else [], STANCES),
    ):
        found += [
            f"{where}: {field} {value!r} is not one of {sorted(allowed)}" for value in values if value not in allowed
        ]
    if event["within"] is not None and event["within"] not in ids - {event["id"]}:
        found.append(f"{where}: within names {event['within']!r}, which is no other event here")
    if event["type"] in NEEDS_TARGET and not event["targets"] and event["modality"] in {"happened", "ongoing"}:
        found.append(f"{where}: {event['type']} needs a target (codebook, section 2)")
    spans = [event["trigger"], event["place"], event["time"]]
    spans += [p["span"] for p in event["sources"] + event["targets"]]
    spans += [s for t in event["tolls"] for s in (t["span"], t["whom"])]
    found += [f"{where}: {fault}" for span in spans if (fault := _bad_span(text, span))]
    found += [
        f"{where}: toll low {t['low']} is above high {t['high']}"
        for t in event["tolls"]
        if t["high"] is not None and t["low"] > t["high"]
    ]
    found += [
        f"{where}: country {c!r} is no three-letter code"
        for p in event["sources"] + event["targets"]
        for c in p["country"]
        if len(c) != 3 or not c.isupper()
    ]
    if response := event.get("response"):
        if response["to"] is not None and response["to"] not in ids - {event["id"]}:
            found.append(f"{where}: response names {response['to']!r}, which is no other event here")
        if response["to"] is None and response["span"] is None:
            found.append(f"{where}: response names neither an event nor the words for it")
        found += [f"{where}: {fault}" for s in (response["cue"], response["span"]) if (fault := _bad_span(text, s))]
    return found


def faults(record: dict[str, Any]) -> list[str]:
    """Return what is wrong with one casebook record, in words; an empty list if nothing is."""
    text = record["text"]
    if text != text.strip() or "\n" in text:
        return ["text begins or ends with a space or holds a line break"]
    ids = {event["id"] for event in record["events"]}
    found = [] if len(ids) == len(record["events"]) else ["two events share an id"]
    if record["negative"] and any(e["modality"] in {"happened", "ongoing"} for e in record["events"]):
        found.append("a hard negative holds a counted event")
    for event in record["events"]:
        found += _event_faults(text, event, ids)
    for toponym in record.get("toponyms", []):
        if toponym["use"] not in USES:
            found.append(f"toponym use {toponym['use']!r} is not one of {sorted(USES)}")
        if fault := _bad_span(text, toponym["span"]):
            found.append(f"toponym: {fault}")
    return found


def pair_faults(row: dict[str, Any]) -> list[str]:
    """Return what is wrong with one pair of names (``names.schema.json``), in words; an empty list if nothing is."""
    found = [f"field {name!r} is missing" for name in PAIR if name not in row]
    found += [f"unknown field {name!r}" for name in row if name not in PAIR]
    if found:
        return found
    found = [f"{name} must be {kind.__name__}" for name, kind in PAIR.items() if not isinstance(row[name], kind)]
    if found:
        return found
    if row["scope"] not in {"report", "reports"} or row["kind"] not in {"person", "group", "organisation", "state"}:
        found.append(f"scope {row['scope']!r} or kind {row['kind']!r} is none")
    found += [f"{name} is empty or begins or ends with a space" for name in ("a", "b", "why") if _bare(row[name])]
    if row["a"] == row["b"]:
        found.append("both names are the same text")
    if row["held_out"] != (int(hashlib.md5(row["id"].encode(), usedforsecurity=False).hexdigest(), 16) % 3 == 0):
        found.append("held_out is not what the MD5 of the id says")
    return found


def _bare(text: str) -> bool:
    return not text or text != text.strip()


def check_pairs(problems: list[str]) -> int:
    """Add the faults of ``names.jsonl`` to ``problems``; return how many pairs it has."""
    seen: dict[Any, int] = {}
    rows = [json.loads(line) for line in (HERE / "names.jsonl").read_text(encoding="utf-8").splitlines()]
    for number, row in enumerate(rows, start=1):
        problems += [f"names.jsonl:{number}: {fault}" for fault in pair_faults(row)]
        names = (frozenset({row.get("a"), row.get("b")}), row.get("scope"))
        for key in (row.get("id"), names):
            if key in seen:
                problems.append(f"names.jsonl:{number}: same id or same names as line {seen[key]}")
            seen[key] = number
    return len(rows)


def main() -> int:
    problems: list[str] = []
    counts = Counter[str]()
    texts: dict[str, str] = {}
    for path in sorted(HERE.glob("b*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            record = json.loads(line)
            problems += [f"{path.name}:{number}: {fault}" for fault in faults(record)]
            if record["text"] in texts:
                problems.append(f"{path.name}:{number}: same text as {texts[record['text']]}")
            texts[record["text"]] = f"{path.name}:{number}"
            counts["sentences"] += 1
            counts["hard negatives"] += bool(record["negative"])
            counts["events"] += len(record["events"])
    counts["pairs of names"] = check_pairs(problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(", ".join(f"{n} {name}" for name, n in counts.items()) + f", {len(problems)} faults")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
