"""Happenings and the pairs between them, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import exp

import duckdb
import numpy as np
from numpy.typing import NDArray

from gesta.annotate.model import Floats
from gesta.link.cluster import LEAN, cluster

Ints = NDArray[np.int64]
#: Pairs that speak for being one hang together: only within what hangs together can groups form.
_SPEAKS = 1 / (1 + exp(LEAN)) - 1e-6
_KNOWN = """
-- What was scored before and still holds: both happenings are told as they were then.
SELECT a.n AS a, b.n AS b, arg_max(p.chance, p.commit) AS chance
FROM all_pairs p
JOIN traces a ON a.events[1] = p.a
JOIN traces b ON b.events[1] = p.b
WHERE p.commit IN (SELECT commit FROM all_linkings WHERE linker = $linker)
    AND p.commit > a.commit AND p.commit > b.commit
    AND a.report NOT IN (SELECT report FROM new) AND b.report NOT IN (SELECT report FROM new)
GROUP BY a.n, b.n
"""
_ANSWERS = """
-- What a report tells as the answer to an act is another act: these two are never one.
SELECT DISTINCT least(e.n, c.n) AS a, greatest(e.n, c.n) AS b, 0.0 AS chance
FROM all_causes q
JOIN codings k ON k.report = q.report AND k.commit = q.commit
JOIN (SELECT n, unnest(events) AS event FROM traces) e ON e.event = q.effect
JOIN (SELECT n, unnest(events) AS event FROM traces) c ON c.event = q.cause
WHERE e.n <> c.n
"""


class Graph:
    """The happenings of a record by number, with the chances of their pairs."""

    def __init__(self, con: duckdb.DuckDBPyConnection, linker: str) -> None:
        every = f"SELECT a, b, chance FROM scored UNION ALL {_KNOWN} UNION ALL {_ANSWERS}"
        con.execute(
            "CREATE OR REPLACE TABLE edges AS SELECT least(a, b) AS a, greatest(a, b) AS b, max(chance) AS chance"
            f" FROM ({every}) GROUP BY ALL ORDER BY a, b",
            {"linker": linker},
        )
        found = con.execute("SELECT a, b, chance FROM edges ORDER BY a, b").fetchnumpy()
        self.a: Ints = np.asarray(found["a"], dtype=np.int64)
        self.b: Ints = np.asarray(found["b"], dtype=np.int64)
        self.chance: Floats = np.asarray(found["chance"], dtype=np.float32)
        rows = con.execute("SELECT n, events, report FROM traces ORDER BY n").fetchall()
        self.events: dict[int, tuple[str, ...]] = {n: tuple(events) for n, events, _ in rows}
        self.report: dict[int, str] = {n: report for n, _, report in rows}
        self._label = self._components()

    def _components(self) -> dict[int, int]:
        """The lowest number that each hangs together with."""
        parent = {n: n for n in self.events}

        def top(n: int) -> int:
            while parent[n] != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        likely = self.chance > _SPEAKS
        for a, b in zip(self.a[likely].tolist(), self.b[likely].tolist(), strict=True):
            low, high = sorted((top(a), top(b)))
            parent[high] = low
        return {n: top(n) for n in parent}

    def touched(self, numbers: Collection[int]) -> set[int]:
        """Return all numbers that hang together with any of these."""
        labels = {self._label[n] for n in numbers}
        return {n for n, label in self._label.items() if label in labels}

    def groups(self, numbers: Collection[int]) -> Iterator[tuple[tuple[int, ...], float]]:
        """Yield the groups that these numbers fall into, each with its confidence; ``numbers`` come from ``touched``.

        The confidence is the lowest mean chance, over the members, of being one with the others.
        """
        members: dict[int, list[int]] = {}
        for n in sorted(numbers):
            members.setdefault(self._label[n], []).append(n)
        pairs: dict[int, list[int]] = {}
        for row, (a, b) in enumerate(zip(self.a.tolist(), self.b.tolist(), strict=True)):
            label = self._label[a]
            if label in members and label == self._label[b]:
                pairs.setdefault(label, []).append(row)
        for label, inside in members.items():
            if len(inside) == 1:
                yield (inside[0],), 1.0
                continue
            place = {n: i for i, n in enumerate(inside)}
            chances = {
                (place[int(self.a[row])], place[int(self.b[row])]): float(self.chance[row])
                for row in pairs.get(label, ())
            }
            for group in cluster(len(inside), chances):
                yield tuple(inside[i] for i in group), _confidence(group, chances)

    def why(self, fresh: Collection[str]) -> dict[str, str]:
        """Return for each event of a new report, in words, which other event it is likeliest one with."""
        best: dict[int, tuple[float, int]] = {}
        likely = self.chance > _SPEAKS
        columns = (self.a[likely].tolist(), self.b[likely].tolist(), self.chance[likely].tolist())
        for a, b, chance in zip(*columns, strict=True):
            for one, other in ((a, b), (b, a)):
                if self.report[one] in fresh and (-chance, other) < best.get(one, (0.0, 0)):
                    best[one] = (-chance, other)
        found = {}
        for n, (negative, other) in best.items():
            said = f"{-negative:.2f} likely one with event {self.events[other][0]} of report {self.report[other]}"
            found.update(dict.fromkeys(self.events[n], said))
        return found


def _confidence(group: list[int], chances: dict[tuple[int, int], float]) -> float:
    if len(group) == 1:
        return 1.0
    means = []
    for one in group:
        with_others = [chances.get((min(one, other), max(one, other)), 0.0) for other in group if other != one]
        means.append(sum(with_others) / len(with_others))
    return round(min(means), 3)
