"""Read labelled claims: JSON Lines as ``casebook/claims-schema.json`` describes them, spans in characters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from gesta.attribute.told import Told
from gesta.errors import UsageError
from gesta.records import Span
from gesta.text import settle

LABELS = {
    "stance": frozenset("asserts denies accuses demands threatens promises predicts doubts praises".split()),
    "certainty": frozenset("certain probable possible doubted".split()),
    "framing": frozenset("neutral endorses distances".split()),
}
_MARKS = frozenset('"“«„')


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """One claim as labelled; ``labels`` by the names of ``LABELS``."""

    cue: tuple[Span, ...]
    speaker: Span | None
    content: tuple[Span, ...]
    labels: dict[str, str]

    def told(self, doc: Doc) -> Told:
        """Return the claim in tokens of its text."""
        first = self.content[0][0]
        return Told(
            cue=_tokens(doc, self.cue),
            source=_tokens(doc, (self.speaker,) if self.speaker else ()),
            content=_tokens(doc, self.content),
            quoted=doc.text[first] in _MARKS and _whole(doc.text, self.content),
        )


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """One labelled text: its claims, and all its loaded words, whosoever's they are."""

    text: str
    claims: tuple[LabelledClaim, ...]
    loaded: tuple[Span, ...]
    held_out: bool

    @classmethod
    def of_news(cls, text: str, rows: Iterable[dict[str, Any]]) -> ClaimCase:
        """Return judged claims of a news article as a case; its loaded words are not labelled."""
        return cls(text, tuple(_claim(row, text) for row in rows), (), False)


def read_claims(path: Path) -> tuple[list[ClaimCase], list[str]]:
    """Read one file; the second list says which lines were left out, and why. ``UsageError`` if none can be read."""
    cases: list[ClaimCase] = []
    left_out: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"cannot read it ({error.strerror})", where=str(path), remedy="Give a .jsonl file.") from error
    for number, line in enumerate(lines, start=1):
        try:
            cases.append(_case(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            left_out.append(f"{path.name}:{number} left out: {type(error).__name__} {error}")
    if not cases:
        raise UsageError(
            "no labelled claim here", where=str(path), remedy="Give a .jsonl file like casebook/claims.jsonl."
        )
    return cases, left_out


def _case(record: dict[str, Any]) -> ClaimCase:
    text = record["text"]
    if settle(text) != text:
        raise ValueError("text with control characters or odd spaces, so its offsets would move")
    claims = tuple(_claim(one, text) for one in record["claims"])
    inside = (words for one in record["claims"] for words in one.get("loaded", ()))
    loaded = sorted(set(_spans([*record.get("loaded", ()), *inside], text)))
    return ClaimCase(text, claims, tuple(loaded), bool(record.get("held_out")))


def _claim(record: dict[str, Any], text: str) -> LabelledClaim:
    labels = {name: record[name] for name in LABELS}
    wrong = [f"{name} {value!r}" for name, value in labels.items() if value not in LABELS[name]]
    if wrong:
        raise ValueError(f"{wrong[0]} is no label")
    speaker = _spans([record["speaker"]], text)[0] if record["speaker"] else None
    content = _spans(record["content"], text)
    if not content:
        raise ValueError("a claim without content")
    return LabelledClaim(_spans(record["cue"] or (), text), speaker, content, labels)


def _spans(pairs: Iterable[Sequence[int]], text: str) -> tuple[Span, ...]:
    spans = tuple((int(start), int(end)) for start, end in pairs)
    wrong = [span for span in spans if not 0 <= span[0] < span[1] <= len(text)]
    if wrong:
        raise ValueError(f"span {wrong[0]} lies outside the text")
    return spans


def _tokens(doc: Doc, spans: Iterable[Span]) -> tuple[int, ...]:
    found = {
        token.i
        for start, end in spans
        for token in doc
        if not token.is_space and token.idx < end and token.idx + len(token) > start
    }
    return tuple(sorted(found))


def _whole(text: str, content: Sequence[Span]) -> bool:
    """Whether the marks stand around all of it, and not around its first words."""
    inside = text[content[0][0] + 1 : content[-1][1] - 1]
    return len(inside.split()) > 1 and inside.count("”") <= len(content) and inside.count('"') <= 2 * len(content)
