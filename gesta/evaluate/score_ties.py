"""Ties against labelled sentences: both ends overlap, relation and direction right, ended right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gesta.errors import UsageError
from gesta.evaluate.coder import Coder, Progress, silent
from gesta.evaluate.halves import Half, half_of_number, wanted
from gesta.evaluate.score import Row, Score, add, share
from gesta.records import TIE_RELATIONS, Record, Report, Span
from gesta.text import settle

_SYMMETRIC = frozenset({"allied-with", "at-war-with"})


@dataclass(frozen=True, slots=True)
class ToldTie:
    """One tie as labelled or as read. ``said``: by another than the author, or the author marks it as hearsay."""

    actor: Span
    relation: str
    other: Span
    ended: bool
    said: bool
    stance: str


@dataclass(frozen=True, slots=True)
class TieCase:
    """One labelled sentence; without ties it is a hard negative."""

    text: str
    ties: tuple[ToldTie, ...]

    @property
    def half(self) -> Literal["even", "odd"]:
        """Half of the set it belongs to, by the MD5 of its text, so that nobody chose it."""
        return half_of_number(int(hashlib.md5(self.text.encode(), usedforsecurity=False).hexdigest(), 16))


def read_ties(path: Path) -> tuple[list[TieCase], list[str]]:
    """Read a file as ``casebook/ties.schema.json`` describes it; the second list says which lines were left out, why.

    ``UsageError`` if no line can be read.
    """
    cases: list[TieCase] = []
    left_out: list[str] = []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            left_out.append(f"{path.name}:{number} left out: {type(error).__name__} {error}")
    if not cases:
        raise UsageError("no labelled ties here", where=str(path), remedy="Give a file as casebook/ties.jsonl is.")
    return cases, left_out


def _case(record: dict[str, Any]) -> TieCase:
    text = record["text"]
    if settle(text) != text:
        raise ValueError("text with control characters or odd spaces, so its offsets would move")
    return TieCase(text, tuple(_tie(tie, len(text)) for tie in record["ties"]))


def _tie(tie: dict[str, Any], length: int) -> ToldTie:
    spans = []
    for name in ("actor", "other"):
        start, end = tie[name]
        if not 0 <= start < end <= length:
            raise ValueError(f"span {tie[name]} lies outside the text")
        spans.append((start, end))
    if tie["relation"] not in TIE_RELATIONS:
        raise ValueError(f"unknown relation {tie['relation']!r}")
    return ToldTie(spans[0], tie["relation"], spans[1], tie["ended"], tie["said"], tie["stance"])


def ties(
    path: Path | str, *, coder: Coder, half: Half = "all", code: Callable[[str], Record] | None = None,
    progress: Progress = silent,
) -> Score:  # fmt: skip
    """Score ties of labelled sentences (``casebook/ties.jsonl``), each sentence read by itself.

    A tie is found if one is read whose ends both overlap its own, with its relation, direction (but for relations
    without one) and ``ended``. Of those found, ``who says so`` is the share that is rightly the author's word or
    another's, and rightly asserted or denied. ``clean negatives`` is the share of sentences without a tie of which
    none is read. ``UsageError`` if nothing can be read.
    """
    cases, left_out = read_ties(Path(path))
    cases = [case for case in cases if wanted(case.half, half)]
    code = code or (lambda text: coder.code(Report(text=text)))
    rows: list[Row] = []
    voices = clean = 0
    for done, case in enumerate(cases, start=1):
        read = told_ties(code(case.text))
        matches = match_ties(case.ties, read)
        voices += sum(gold.said == found.said and gold.stance == found.stance for gold, found in matches)
        clean += not case.ties and not read
        rows += _rows(case.ties, read, [gold for gold, _ in matches])
        progress(done, len(cases))
    whole = add(rows)
    by_relation = [
        add((row for row in rows if row.name == name), group="relation", name=name)
        for name in TIE_RELATIONS
        if any(row.name == name and (row.gold or row.predicted) for row in rows)
    ]
    negatives = sum(not case.ties for case in cases)
    figures = whole.figures() | {
        "who says so": share(voices, whole.correct),
        "clean negatives": share(clean, negatives),
    }
    counts = {"sentences": len(cases), "negatives": negatives, "ties": whole.gold, "found": whole.predicted}
    return Score(
        task="ties", source=f"{path} ({half})", figures=figures, counts=counts | {"lines left out": len(left_out)},
        rows=tuple(by_relation), notes=tuple(left_out),
    )  # fmt: skip


def told_ties(record: Record) -> tuple[ToldTie, ...]:
    """Return the ties of a record in the form of labelled ones."""
    return tuple(
        ToldTie(tie.actor_span, tie.relation, tie.other_span, tie.ended, tie.claim is not None, tie.stance)
        for tie in record.ties
    )


def match_ties(gold: Sequence[ToldTie], found: Sequence[ToldTie]) -> list[tuple[ToldTie, ToldTie]]:
    """Return labelled ties with those read that are the same, one to one."""
    matches, left = [], list(found)
    for tie in gold:
        same = next((one for one in left if _is_same(tie, one)), None)
        if same is not None:
            left.remove(same)
            matches.append((tie, same))
    return matches


def _is_same(gold: ToldTie, found: ToldTie) -> bool:
    if gold.relation != found.relation or gold.ended != found.ended:
        return False
    straight = _overlap(gold.actor, found.actor) and _overlap(gold.other, found.other)
    turned = _overlap(gold.actor, found.other) and _overlap(gold.other, found.actor)
    return straight or (turned and gold.relation in _SYMMETRIC)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _rows(gold: Sequence[ToldTie], found: Sequence[ToldTie], right: Sequence[ToldTie]) -> list[Row]:
    return [
        Row(
            group="relation",
            name=name,
            correct=sum(tie.relation == name for tie in right),
            predicted=sum(tie.relation == name for tie in found),
            gold=sum(tie.relation == name for tie in gold),
        )
        for name in TIE_RELATIONS
    ]
