"""Turn drafts of labelled responses (spans written as words) into casebook/responses.jsonl (spans as offsets).

A draft line is {"text", "responses": [{"answer", "cause", "cue", "event"}], "kind"}: ``answer`` and ``cause`` list the
words either of which may be taken for the act, as in ``build.py``; ``cue`` is null where no words state the link, and
``event`` is false where the cause is no act. Lines that came from a file given with --held-out are marked so, and
nobody trains on them or looks at them; faults name their number alone.

    python casebook/build_responses.py DRAFT.jsonl ... --held-out DRAFT.jsonl --out casebook/responses.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from build import DraftError, locate


def _response(text: str, draft: dict[str, Any]) -> dict[str, Any]:
    if not draft["answer"] or not draft["cause"]:
        raise DraftError("a response without an answer or without a cause")
    return {
        "answer": [locate(text, words) for words in draft["answer"]],
        "cause": [locate(text, words) for words in draft["cause"]],
        "cue": locate(text, draft["cue"]) if draft["cue"] else None,
        "event": draft.get("event", True),
    }


def build_responses(draft: dict[str, Any], *, number: int, held_out: bool) -> dict[str, Any]:
    """Turn one line of a draft into a record; ``DraftError`` says what is wrong with it."""
    text = draft["text"]
    return {
        "id": f"responses-{number:04d}",
        "text": text,
        "responses": [_response(text, one) for one in draft["responses"]],
        "kind": draft["kind"],
        "held_out": held_out,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", type=Path, nargs="*")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    built: list[dict[str, Any]] = []
    faults = []
    for path, held_out in [(path, False) for path in options.drafts] + [(path, True) for path in options.held_out]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                built.append(build_responses(json.loads(line), number=len(built) + 1, held_out=held_out))
            except DraftError as error:
                faults.append(f"{path}:{number}" + ("" if held_out else f": {error}"))
    print("\n".join([*faults, f"{len(built)} texts good, {len(faults)} with faults"]))
    rows = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in built)
    options.out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
