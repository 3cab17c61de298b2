"""Turn a draft of labelled ties into ``ties.jsonl``: spans written as words become offsets.

A line of a draft is the sentence, ``||``, and its ties, parted by ``;``. Mentions are words of the text as in
``build.py``; what is not told plainly stands in brackets: ``ended``, ``said`` (another than the author says so) and
``denied``. A sentence without ties is a hard negative:

    The leader of the Northern Front, Omar Farid, left. || Omar Farid > leads > Northern Front
    Ann Lee denied ever joining the Reds. || Ann Lee > member-of > Reds [said denied]

    python casebook/build_ties.py DRAFT.txt --out casebook/ties.jsonl
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from build import DraftError, locate

_TIE = re.compile(r"^(?P<actor>.+?) > (?P<relation>[a-z-]+) > (?P<other>.+?)(?: \[(?P<flags>[a-z ]+)\])?$")
FLAGS = frozenset({"ended", "said", "denied"})


def _tie(text: str, draft: str) -> dict[str, Any]:
    found = _TIE.match(draft.strip())
    if found is None:
        raise DraftError(f"{draft.strip()!r} is no tie; write: actor > relation > other [flags]")
    flags = set((found["flags"] or "").split())
    if flags - FLAGS:
        raise DraftError(f"unknown flags {sorted(flags - FLAGS)}")
    return {
        "actor": locate(text, found["actor"]),
        "relation": found["relation"],
        "other": locate(text, found["other"]),
        "ended": "ended" in flags,
        "said": "said" in flags,
        "stance": "denies" if "denied" in flags else "asserts",
    }


def build_ties(line: str, *, number: int) -> dict[str, Any]:
    """Turn one line of a draft into a record; ``DraftError`` says what is wrong with it."""
    text, _, ties = line.partition("||")
    text = text.strip()
    labelled = [_tie(text, draft) for draft in ties.split(";") if draft.strip()]
    return {"id": f"ties-{number:04d}", "text": text, "ties": labelled}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("draft", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    built, faults = [], []
    lines = [line for line in options.draft.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        try:
            built.append(build_ties(line, number=number))
        except DraftError as error:
            faults.append(f"{options.draft}:{number}: {error}")
    print("\n".join([*faults, f"{len(built)} sentences good, {len(faults)} with faults"]))
    rows = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in built)
    options.out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
