"""Happenings and the pairs between them, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from math import exp

import duckdb
import numpy as np
from numpy.typing import NDArray

from gesta.link.cluster import LEAN, cluster

Ints = NDArray[np.int32]
#: Pairs that speak for being one hang together: only within what hangs together can groups form.
_SPEAKS = 1 / (1 + exp(LEAN)) - 1e-6
_FETCH = 10_000
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
    """The happenings of a record by number, from 1 on, with the chances of their pairs.

    A record may have millions of pairs: they are held in arrays, sorted by what hangs together.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, linker: str) -> None:
        every = f"SELECT a, b, chance FROM scored UNION ALL {_KNOWN} UNION ALL {_ANSWERS}"
        con.execute(
            "CREATE OR REPLACE TABLE edges AS SELECT least(a, b) AS a, greatest(a, b) AS b,"
            f" max(chance)::FLOAT AS chance FROM ({every}) GROUP BY ALL ORDER BY a, b",
            {"linker": linker},
        )
        found = con.execute("SELECT a, b, chance FROM edges ORDER BY a, b").fetchnumpy()
        a, b = (np.asarray(found[side], dtype=np.int32) for side in "ab")
        chance = np.asarray(found["chance"], dtype=np.float32)
        self.events: list[tuple[str, ...]] = [()]
        self.report: list[str] = [""]
        self.published: list[date | None] = [None]
        cursor = con.cursor()
        cursor.execute("SELECT events, report, published FROM traces ORDER BY n")
        while rows := cursor.fetchmany(_FETCH):
            self.events += [tuple(events) for events, _, _ in rows]
            self.report += [report for _, report, _ in rows]
            self.published += [day for _, _, day in rows]
        self._label = _components(len(self.events), a, b, chance > _SPEAKS)
        # Pairs that hang together, those of one component in one stretch.
        inside = self._label[a] == self._label[b]
        a, b, chance = a[inside], b[inside], chance[inside]
        order = np.argsort(self._label[a], kind="stable")
        self._a, self._b, self._chance = a[order], b[order], chance[order]
        labels, starts, counts = np.unique(self._label[self._a], return_index=True, return_counts=True)
        self._rows = {
            label: slice(start, start + count)
            for label, start, count in zip(labels.tolist(), starts.tolist(), counts.tolist(), strict=True)
        }

    def touched(self, numbers: Collection[int]) -> set[int]:
        """Return all numbers that hang together with any of these."""
        labels = np.unique(self._label[np.asarray(sorted(numbers), dtype=np.int64)])
        return set((np.flatnonzero(np.isin(self._label[1:], labels)) + 1).tolist())

    def groups(self, numbers: Collection[int]) -> Iterator[tuple[tuple[int, ...], float]]:
        """Yield the groups that these numbers fall into, each with its confidence; ``numbers`` come from ``touched``.

        The confidence is the lowest mean chance, over the members, of being one with the others.
        """
        members: dict[int, list[int]] = {}
        for n in sorted(numbers):
            members.setdefault(int(self._label[n]), []).append(n)
        for label, inside in members.items():
            if len(inside) == 1:
                yield (inside[0],), 1.0
                continue
            place = {n: i for i, n in enumerate(inside)}
            rows = self._rows[label]
            columns = (self._a[rows].tolist(), self._b[rows].tolist(), self._chance[rows].tolist())
            chances = {(place[a], place[b]): chance for a, b, chance in zip(*columns, strict=True)}
            for group in cluster(len(inside), chances):
                yield tuple(inside[i] for i in group), _confidence(group, chances)

    def why(self, fresh: Collection[str]) -> dict[str, str]:
        """Return for each event of a new report, in words, which other event it is likeliest one with."""
        best: dict[int, tuple[float, int]] = {}
        likely = self._chance > _SPEAKS
        columns = (self._a[likely].tolist(), self._b[likely].tolist(), self._chance[likely].tolist())
        for a, b, chance in zip(*columns, strict=True):
            for one, other in ((a, b), (b, a)):
                if self.report[one] in fresh and (-chance, other) < best.get(one, (0.0, 0)):
                    best[one] = (-chance, other)
        found = {}
        for n, (negative, other) in best.items():
            said = f"{-negative:.2f} likely one with event {self.events[other][0]} of report {self.report[other]}"
            found.update(dict.fromkeys(self.events[n], said))
        return found


def _components(size: int, a: Ints, b: Ints, likely: NDArray[np.bool_]) -> Ints:
    """The lowest number that each hangs together with."""
    parent = list(range(size))

    def top(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for one, other in zip(a[likely].tolist(), b[likely].tolist(), strict=True):
        low, high = sorted((top(one), top(other)))
        parent[high] = low
    return np.fromiter((top(n) for n in range(size)), dtype=np.int32, count=size)


def _confidence(group: list[int], chances: dict[tuple[int, int], float]) -> float:
    if len(group) == 1:
        return 1.0
    means = []
    for one in group:
        with_others = [chances.get((min(one, other), max(one, other)), 0.0) for other in group if other != one]
        means.append(sum(with_others) / len(with_others))
    return round(min(means), 3)
