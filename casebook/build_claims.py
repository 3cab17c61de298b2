"""Turn drafts of labelled claims (spans written as words) into casebook/claims.jsonl (spans as offsets).

A draft line is {"text", "claims": [{"cue", "speaker", "content", "stance", "certainty", "framing", "loaded"}],
"loaded"}; each span is the exact words of the text, or [words, n] for their n-th occurrence; content may be
{"pieces": [...]}. Lines that came from a file given with --held-out are marked so, and nobody trains on them.

    python casebook/build_claims.py DRAFT.jsonl ... --held-out DRAFT.jsonl --out casebook/claims.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

STANCES = frozenset("asserts denies accuses demands threatens promises predicts doubts praises".split())
CERTAINTIES = frozenset("certain probable possible doubted".split())
FRAMINGS = frozenset("neutral endorses distances".split())

Mention = str | list[Any]


class DraftError(ValueError):
    """A draft that cannot be turned into offsets; the message says where and why."""


def locate(text: str, mention: Mention) -> list[int]:
    """Return ``[start, end]`` of the words of a mention, whole words first."""
    words, nth = (mention, 1) if isinstance(mention, str) else (mention[0], int(mention[1]))
    at, starts = text.find(words), []
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    if isinstance(mention, str):
        whole = [one for one in starts if _is_whole(text, one, one + len(words))]
        starts = whole or starts
    if len(starts) < nth or not words:
        raise DraftError(f"{words!r} stands {len(starts)} times in {text!r}, not {nth}")
    return [starts[nth - 1], starts[nth - 1] + len(words)]


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def pieces(text: str, mention: Any) -> list[list[int]]:
    """Return the spans of a content or a cue, in text order."""
    if mention is None:
        return []
    if isinstance(mention, dict):
        mention = mention["pieces"]
    several = isinstance(mention, list) and not (len(mention) == 2 and isinstance(mention[1], int))
    return sorted(locate(text, one) for one in (mention if several else [mention]))


def build(draft: dict[str, Any], *, identity: str, held_out: bool) -> dict[str, Any]:
    """Turn one draft into a record as ``claims-schema.json`` describes it."""
    text = draft["text"]
    claims = []
    for one in draft["claims"]:
        if one["stance"] not in STANCES or one["certainty"] not in CERTAINTIES or one["framing"] not in FRAMINGS:
            raise DraftError(f"a value of {one} is none of the labels")
        claims.append(
            {
                "cue": pieces(text, one["cue"]),
                "speaker": locate(text, one["speaker"]) if one["speaker"] else None,
                "content": pieces(text, one["content"]),
                "stance": one["stance"],
                "certainty": one["certainty"],
                "framing": one["framing"],
                "loaded": [locate(text, words) for words in one.get("loaded", [])],
            }
        )
    loaded = [locate(text, words) for words in draft.get("loaded", [])]
    return {"id": identity, "text": text, "held_out": held_out, "claims": claims, "loaded": loaded}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", type=Path, nargs="*")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    built: list[dict[str, Any]] = []
    failed = 0
    for path, held in [(p, False) for p in options.drafts] + [(p, True) for p in options.held_out]:
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                built.append(build(json.loads(line), identity=f"claims-{len(built) + 1:04d}", held_out=held))
            except (DraftError, KeyError, TypeError) as error:
                failed += 1
                print(f"{path.name}: {error}")
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in built]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(built)} texts, {sum(len(r['claims']) for r in built)} claims, {failed} left out")


if __name__ == "__main__":
    main()
