"""How well copies are found: pairs of reports of one origin, on labelled reports (``casebook/reports.jsonl``)."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gesta.coder import Coder
from gesta.evaluate.score import Row, compare
from gesta.link.linking import link
from gesta.records import Report
from gesta.store import Store

Pair = tuple[str, str]


def count_copies(rows: Sequence[dict[str, Any]], coder: Coder) -> Row:
    """Code and link reports as ``gesta code`` does; count the pairs of reports of one origin.

    Who passes on a copy passes on its source too: pairs are those of the groups that copies make.
    """
    named: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "record")
        records = []
        for row in rows:
            day = date.fromisoformat(row["published"])
            report = Report.of(row["body"], title=row["title"], publisher=row["publisher"], published=day)
            named[report.id] = row["id"]
            records.append(coder.code(report))
        store.add(records, run=coder.run)
        link(store, coder.model)
        found = [(named[a], named[b]) for a, b in store.query("SELECT report, of FROM copies ORDER BY ALL")]
    wanted = [(row["id"], row["copy_of"]) for row in rows if row["copy_of"]]
    return compare(set(pairs(wanted)), set(pairs(found)), name="copies")


def pairs(copies: Iterable[Pair]) -> Iterator[Pair]:
    """Yield each pair of reports that one origin joins, once."""
    groups: dict[str, set[str]] = {}
    for a, b in copies:
        joint = groups.get(a, {a}) | groups.get(b, {b})
        groups.update(dict.fromkeys(joint, joint))
    for group in {frozenset(group) for group in groups.values()}:
        yield from itertools.combinations(sorted(group), 2)


def read_reports(path: Path) -> list[dict[str, Any]]:
    """Return the lines of ``reports.jsonl``."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
