"""Turn casebook drafts (spans written as words) into casebook batches (spans as offsets).

A draft is easy to write by hand: each mention is the exact words of the text, and ``words#2`` means
their second occurrence. The batch that results carries code-point offsets, end exclusive.

    python casebook/build.py DRAFT.jsonl --batch b01 --out casebook/b01.jsonl
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

_OCCURRENCE = re.compile(r"^(?P<words>.+)#(?P<nth>\d+)$", re.DOTALL)


class DraftError(ValueError):
    """A draft line that cannot be turned into offsets; the message says where and why."""


def locate(text: str, mention: str) -> list[int]:
    """Return ``[start, end]`` of ``mention`` in ``text``; ``words#2`` asks for the second occurrence."""
    match = _OCCURRENCE.match(mention)
    words, nth = (match["words"], int(match["nth"])) if match else (mention, 1)
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not starts:
        raise DraftError(f"{words!r} does not stand in the text as whole words")
    if match is None and len(starts) > 1:
        raise DraftError(f"{words!r} stands {len(starts)} times in the text; write {words}#1, #2, ...")
    if nth > len(starts):
        raise DraftError(f"{words!r} stands only {len(starts)} times in the text")
    return [starts[nth - 1], starts[nth - 1] + len(words)]


def _participant(text: str, draft: dict[str, Any]) -> dict[str, Any]:
    return {
        "span": locate(text, draft["text"]),
        "country": draft.get("country", []),
        "sectors": draft.get("sectors", []),
    }


def _toll(text: str, draft: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": draft["kind"],
        "low": draft["low"],
        "high": draft.get("high"),
        "whom": locate(text, draft["whom"]) if draft.get("whom") else None,
        "span": locate(text, draft["text"]),
    }


def _claim(text: str, draft: dict[str, Any] | None) -> dict[str, Any] | None:
    if draft is None:
        return None
    return {
        "speaker": locate(text, draft["speaker"]) if draft.get("speaker") else None,
        "cue": locate(text, draft["cue"]) if draft.get("cue") else None,
        "stance": draft.get("stance", "asserts"),
    }


def _response(text: str, draft: dict[str, Any]) -> dict[str, Any]:
    return {
        "to": draft.get("to"),
        "cue": locate(text, draft["cue"]) if draft.get("cue") else None,
        "span": locate(text, draft["text"]) if draft.get("text") else None,
    }


def _event(text: str, draft: dict[str, Any]) -> dict[str, Any]:
    event = {
        "id": draft["id"],
        "trigger": locate(text, draft["trigger"]),
        "type": draft["type"],
        "modes": draft.get("modes", []),
        "contexts": draft.get("contexts", []),
        "modality": draft["modality"],
        "within": draft.get("within"),
        "sources": [_participant(text, p) for p in draft.get("sources", [])],
        "targets": [_participant(text, p) for p in draft.get("targets", [])],
        "place": locate(text, draft["place"]) if draft.get("place") else None,
        "time": locate(text, draft["time"]) if draft.get("time") else None,
        "tolls": [_toll(text, t) for t in draft.get("tolls", [])],
        "count": draft.get("count"),
        "claim": _claim(text, draft.get("claim")),
    }
    return event | ({"response": _response(text, draft["response"])} if draft.get("response") else {})


def build(draft: dict[str, Any], *, batch: str, number: int) -> dict[str, Any]:
    """Turn one draft sentence into a casebook record."""
    text = draft["text"]
    record = {
        "id": f"{batch}-{number:04d}",
        "batch": batch,
        "text": text,
        "published": draft.get("published"),
        "negative": draft.get("negative"),
        "events": [_event(text, event) for event in draft.get("events", [])],
    }
    toponyms = [{"span": locate(text, t["text"]), "use": t["use"]} for t in draft.get("toponyms", [])]
    return record | ({"toponyms": toponyms} if "toponyms" in draft else {})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("draft", type=Path)
    parser.add_argument("--batch", required=True)
    parser.add_argument("--out", type=Path, help="where to write the batch; without it, only check")
    options = parser.parse_args()
    from check import faults  # the checker sits beside this file

    built, failed = [], 0
    for number, line in enumerate(options.draft.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = build(json.loads(line), batch=options.batch, number=number)
            problems = faults(record)
        except (DraftError, KeyError, TypeError, ValueError) as error:
            problems = [f"{type(error).__name__}: {error}"]
        for problem in problems:
            print(f"{options.draft}:{number}: {problem}", file=sys.stderr)
        failed += bool(problems)
        if not problems:
            built.append(record)
    print(f"{len(built)} sentences good, {failed} with faults")
    if options.out:
        lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in built)
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
