"""Make the set of happenings from drafts: python casebook/build_incidents.py DRAFTS --out casebook

A draft folder holds ``*-happenings.jsonl`` and ``*-reports.jsonl``; a report's mentions are words and their number,
here they become spans into its text. A third of the worlds (the MD5 of the name) is held out with all its happenings.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from gesta.records import Report


def held_out(world: str) -> bool:
    """Whether a world of neighbouring happenings is left out of all fitting."""
    return int(hashlib.md5(world.encode()).hexdigest(), 16) % 3 == 0


def _span(text: str, words: str, nth: int) -> tuple[int, int]:
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(found) < nth:
        raise ValueError(f"{words!r} does not stand {nth} times in {text[:60]!r}")
    return found[nth - 1]


def _lines(folder: Path, kind: str) -> list[dict[str, Any]]:
    files = sorted(folder.glob(f"*-{kind}.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


def build(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return happenings and reports, in the order of their ids."""
    happenings = _lines(folder, "happenings")
    worlds = {one["id"]: one["world"] for one in happenings}
    reports = []
    for draft in _lines(folder, "reports"):
        text = Report.of(draft["body"], title=draft["title"]).text
        mentions = [
            {"span": list(_span(text, m["words"], m.get("nth", 1))), "happening": m["happening"]}
            for m in draft["mentions"]
        ]
        mentions = [m for n, m in enumerate(mentions) if m not in mentions[:n]]
        reports.append(
            {name: draft[name] for name in ("id", "publisher", "published", "title", "body", "copy_of", "copy_kind")}
            | {"mentions": sorted(mentions, key=lambda m: m["span"])}
        )
    told = [one | {"held_out": held_out(one["world"])} for one in happenings]
    assert all(m["happening"] in worlds for report in reports for m in report["mentions"])
    return told, reports


def main() -> None:
    """Read, check, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", type=Path)
    parser.add_argument("--out", type=Path, default=Path("casebook"))
    args = parser.parse_args()
    for name, rows in zip(("happenings", "reports"), build(args.drafts), strict=True):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (args.out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
