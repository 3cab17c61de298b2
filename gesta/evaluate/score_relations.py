"""Relation types of marked pairs: which event type links this source to this target."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesta.errors import UsageError
from gesta.evaluate.coder import Progress, Reader, silent
from gesta.evaluate.score import Row, Score, compare, share
from gesta.evaluate.seen import fingerprint, seen
from gesta.ontology import plover
from gesta.records import Span

Relate = Callable[[str, Span, Span], str]
"""Takes a sentence and the character spans of source and target, gives one of the set's 15 labels."""

_MARK = re.compile(r"(</?[st]>)")
_COLUMNS = ("marked_sentence", "gold_root")


@dataclass(frozen=True, slots=True)
class Pair:
    """One marked pair: the sentence without marks, both spans, its type and its quad class (0 if not given)."""

    marked: str
    text: str
    source: Span
    target: Span
    type: str
    quad: int


def relations(path: Path | str, *, coder: Reader, relate: Relate | None = None, progress: Progress = silent) -> Score:
    """Score the type of marked pairs in a PLV table (Hu et al. 2024): TSV with marked_sentence, gold_root, gold_penta.

    ``relate`` defaults to ``coder.relation``. Rows without exactly one
    mark pair each for source and target are left out; ``accuracy, all rows`` counts them as wrong. Quad classes are
    compared with gold_penta, YIELD standing for RETREAT. ``UsageError`` if the file is no such table.
    """
    pairs, unmarked = read_pairs(Path(path))
    relate = relate or relate_by(coder)
    predicted = []
    for done, pair in enumerate(pairs, start=1):
        predicted.append(relate(pair.text, pair.source, pair.target))
        progress(done, len(pairs))
    known = [fingerprint([pair.marked]) in seen("relations") for pair in pairs]
    right = [pair.type == type_ for pair, type_ in zip(pairs, predicted, strict=True)]
    rows = tuple(_by_type(pairs, predicted))
    quads = [(pair.quad, _quad(type_)) for pair, type_ in zip(pairs, predicted, strict=True) if pair.quad]
    figures = {
        "accuracy": share(sum(right), len(right)),
        "macro F1": share_of_rows([row for row in rows if row.gold]),
        "quad accuracy": share(sum(gold == found for gold, found in quads), len(quads)),
        "accuracy, all rows": share(sum(right), len(right) + unmarked),
    }
    counts = {"pairs": len(pairs), "rows left out": unmarked, "trained on": sum(known)}
    fresh = [good for good, old in zip(right, known, strict=True) if not old]
    if any(known) and fresh:
        figures["accuracy, unseen pairs"] = share(sum(fresh), len(fresh))
    notes = (f"the packaged model was trained on {sum(known)} of these {len(pairs)} pairs",) if any(known) else ()
    return Score(task="relations", source=str(path), figures=figures, counts=counts, rows=rows, notes=notes)


def share_of_rows(rows: list[Row]) -> float:
    """Return the mean F1 of the rows (macro-average)."""
    return sum(row.f1 for row in rows) / len(rows) if rows else 0.0


def read_pairs(path: Path) -> tuple[list[Pair], int]:
    """Read a PLV table; return its pairs and the number of rows left out for their marks or a missing label."""
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Give a PLV table (TSV).")
    pairs, unmarked = [], 0
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t")
        missing = [column for column in _COLUMNS if column not in (table.fieldnames or ())]
        if missing:
            raise UsageError(
                f"no column {missing[0]!r}", where=str(path), remedy="Give a PLV table with a line of column names."
            )
        for row in table:
            pair = _pair(row)
            if pair is None:
                unmarked += 1
            else:
                pairs.append(pair)
    return pairs, unmarked


def _pair(row: dict[str, Any]) -> Pair | None:
    marked = row["marked_sentence"] or ""
    parts = _MARK.split(marked)
    if sorted(parts[1::2]) != ["</s>", "</t>", "<s>", "<t>"] or not row["gold_root"]:
        return None
    at, edges, text = 0, dict[str, int](), "".join(parts[::2])
    for number, part in enumerate(parts):
        if number % 2:
            edges[part] = at
        else:
            at += len(part)
    source, target = (_trimmed(text, edges[f"<{side}>"], edges[f"</{side}>"]) for side in "st")
    if source is None or target is None:
        return None
    penta = row.get("gold_penta") or ""
    return Pair(marked, text, source, target, row["gold_root"], int(penta) if penta.isdigit() else 0)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    inner = text[start:end].strip()
    start = text.find(inner, start) if inner else end
    return (start, start + len(inner)) if start < end else None


def _quad(type_: str) -> int:
    """The data set's YIELD covers CONCEDE and RETREAT; its own quad class for it is RETREAT's."""
    types = plover().types
    name = "RETREAT" if type_ == "YIELD" else type_
    return types[name].quad if name in types else 0


def _by_type(pairs: list[Pair], predicted: list[str]) -> list[Row]:
    gold: Counter[str] = Counter(pair.type for pair in pairs)
    found: Counter[str] = Counter(predicted)
    return [
        compare(
            {at for at, pair in enumerate(pairs) if pair.type == type_},
            {at for at, other in enumerate(predicted) if other == type_},
            group="type",
            name=type_,
        )
        for type_ in sorted(gold | found)
    ]


def relate_by(coder: Reader) -> Relate:
    """Return the coder's ``relation`` as a plain function."""
    relation = coder.relation  # type: ignore[attr-defined]  # asked for only where nothing else is given

    def relate(text: str, source: Span, target: Span) -> str:
        return str(relation(text, source=source, target=target, ontology="PLV").type)

    return relate
