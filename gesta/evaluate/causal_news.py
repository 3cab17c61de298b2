"""The Causal News Corpus (Tan et al., LREC 2022; version 2): sentences that state cause and effect, and their spans.

Three tables (CSV): sentences with a label; sentences with all their relations (``causal_text_w_pairs``); one relation a
row (``text_w_pairs``). A relation is the sentence with marks: ARG0 the cause, ARG1 the effect, SIG0, SIG1 ... signals.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gesta.errors import UsageError
from gesta.records import Span

_MARK = re.compile(r"(</?(?:ARG0|ARG1|SIG\d+)>)")
_GROUPED, _PAIR, _LABEL = "causal_text_w_pairs", "text_w_pairs", "label"


@dataclass(frozen=True, slots=True)
class Marked:
    """One relation: spans in code points, end exclusive."""

    cause: Span
    effect: Span
    signals: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence: its article, whether it states cause and effect, and its relations (None: the table has none)."""

    article: str
    text: str
    causal: bool
    relations: tuple[Marked, ...] | None


def read_causal_news(path: Path) -> list[Case]:
    """Read one of the three tables. ``UsageError`` if it is none, or a row's marks do not fit its text."""
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Give a table (CSV) of the Causal News Corpus.")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        names = tuple(table.fieldnames or ())
        rows = list(table)
    kind = next((name for name in (_GROUPED, _PAIR, _LABEL) if name in names), None)
    if kind is None or "text" not in names:
        raise UsageError(
            f"no columns 'text' and one of {_GROUPED!r}, {_PAIR!r} or {_LABEL!r}",
            where=str(path),
            remedy="Give a table of the Causal News Corpus with its line of column names.",
        )
    cases: list[Case] = []
    for number, row in enumerate(rows, start=1):
        try:
            cases.append(_case(row, kind))
        except (ValueError, SyntaxError, KeyError) as error:
            raise UsageError(f"row {number} cannot be read ({error})", where=str(path)) from error
    return _joined(cases) if kind == _PAIR else cases


def _case(row: Mapping[str, str | None], kind: str) -> Case:
    text = row["text"] or ""
    article = row.get("doc_id") or (row.get("index") or text).rpartition("_")[0] or text
    if kind == _LABEL:
        label = (row[_LABEL] or "").strip()
        if label not in ("0", "1"):
            raise ValueError(f"label {label!r} is neither 0 nor 1")
        return Case(article, text, label == "1", None)
    marked = ast.literal_eval(row[_GROUPED] or "[]") if kind == _GROUPED else [row[_PAIR] or ""]
    if not isinstance(marked, list):
        raise ValueError("the relations are no list")
    relations = tuple(read_marks(str(one), text) for one in marked if _MARK.search(str(one)))
    return Case(article, text, bool(relations), relations)


def read_marks(marked: str, text: str) -> Marked:
    """Return the spans of a marked sentence. ``ValueError`` if the marks do not pair or leave another text."""
    at, opened, spans = 0, dict[str, int](), dict[str, Span]()
    parts = _MARK.split(marked)
    if "".join(parts[::2]) != text:
        raise ValueError("without its marks a relation is not the text of its row")
    for number, part in enumerate(parts):
        if not number % 2:
            at += len(part)
        elif part.startswith("</"):
            spans[part[2:-1]] = (opened.pop(part[2:-1]), at)
        else:
            opened[part[1:-1]] = at
    if opened or not {"ARG0", "ARG1"} <= set(spans):
        raise ValueError("a relation has one ARG0 and one ARG1, each with its end")
    signals = sorted(span for name, span in spans.items() if name.startswith("SIG"))
    return Marked(spans["ARG0"], spans["ARG1"], tuple(signals))


def _joined(cases: Iterable[Case]) -> list[Case]:
    """One case for each text, with the relations of all its rows."""
    found: dict[str, Case] = {}
    for case in cases:
        before = found.get(case.text)
        more: Sequence[Marked] = case.relations or ()
        if before is None:
            found[case.text] = case
        else:
            both = (*(before.relations or ()), *more)
            found[case.text] = replace(before, causal=bool(both), relations=both)
    return list(found.values())
