"""How well copies are found: pairs of reports of one origin, on labelled reports (``casebook/reports.jsonl``)."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from gesta.coder import Coder
from gesta.evaluate.coder import Progress, silent
from gesta.evaluate.score import Score, compare
from gesta.evaluate.score_incidents import Part, read_told
from gesta.link.linking import link
from gesta.store import Store

Pair = tuple[str, str]


def copies(folder: Path | str, *, coder: Coder, part: Part = "all", progress: Progress = silent) -> Score:
    """Code and link the reports of a labelled set as ``gesta code`` does, and score the pairs of one origin.

    Who passes on a copy passes on its source too: pairs are those of the groups that copies make. ``UsageError`` if the
    set cannot be read.
    """
    told = [one for one in read_told(Path(folder)) if part == "all" or one.held_out == (part == "held-out")]
    named = {one.report.id: one.name for one in told}
    with tempfile.TemporaryDirectory() as place:
        store = Store.create(Path(place) / "record")
        records = []
        for done, one in enumerate(told, start=1):
            records.append(coder.code(one.report))
            progress(done, len(told))
        store.add(records, run=coder.run)
        link(store, coder.model)
        found = [(named[a], named[b]) for a, b in store.query("SELECT report, of FROM copies ORDER BY ALL")]
    lines = (Path(folder) / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    kept = set(named.values())
    labelled = [(row["id"], row["copy_of"]) for row in map(json.loads, lines) if row["copy_of"] and row["id"] in kept]
    row = compare(set(pairs(labelled)), set(pairs(found)), name="pairs of one origin")
    counts = {"reports": len(told), "pairs of one origin": row.gold}
    return Score(task="copies", source=f"{folder} ({part})", figures=row.figures(), counts=counts)


def pairs(copies: Iterable[Pair]) -> Iterator[Pair]:
    """Yield each pair of reports that one origin joins, once."""
    groups: dict[str, set[str]] = {}
    for a, b in copies:
        joint = groups.get(a, {a}) | groups.get(b, {b})
        groups.update(dict.fromkeys(joint, joint))
    for group in {frozenset(group) for group in groups.values()}:
        yield from itertools.combinations(sorted(group), 2)
