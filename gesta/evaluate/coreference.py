"""How alike two groupings of the same items are: B-cubed, MUC, CEAF-e, and their mean, the CoNLL score.

Bagga & Baldwin (1998); Vilain et al. (1995); Luo (2005), with the similarity phi-4 of entities. Each takes pairs of
labels (gold group, found group), one for each item, and gives precision and recall between 0 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Items = Sequence[tuple[Hashable, Hashable]]
PR = tuple[float, float]


def f1(found: PR) -> float:
    """Return the harmonic mean of precision and recall; 0 if both are 0."""
    precision, recall = found
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def b_cubed(items: Items) -> PR:
    """Mean over the items of the share of its found group that is of its gold group, and the other way round."""
    if not items:
        return 0.0, 0.0
    both = Counter(items)
    gold, found = Counter(g for g, _ in items), Counter(f for _, f in items)
    precision = sum(n * n / found[f] for (_, f), n in both.items())
    recall = sum(n * n / gold[g] for (g, _), n in both.items())
    return precision / len(items), recall / len(items)


def muc(items: Items) -> PR:
    """Links of a smallest tree within each group that the other grouping holds; 0 where there are no links."""

    def kept(one: int, other: int) -> float:
        groups: dict[Hashable, set[Hashable]] = {}
        for item in items:
            groups.setdefault(item[one], set()).add(item[other])
        links = len(items) - len(groups)
        broken = sum(len(parts) - 1 for parts in groups.values())
        return (links - broken) / links if links else 0.0

    return kept(1, 0), kept(0, 1)


def ceaf_e(items: Items) -> PR:
    """Groups of both sides matched one to one, so that the sum of 2 |G and F| / (|G| + |F|) is highest."""
    if not items:
        return 0.0, 0.0
    both = Counter(items)
    gold, found = Counter(g for g, _ in items), Counter(f for _, f in items)
    rows = {group: n for n, group in enumerate(gold)}
    columns = {group: n for n, group in enumerate(found)}
    alike = np.zeros((len(rows), len(columns)))
    for (g, f), n in both.items():
        alike[rows[g], columns[f]] = 2 * n / (gold[g] + found[f])
    total = best_match(alike)
    return total / len(found), total / len(gold)


def conll(items: Items) -> float:
    """Return the mean F1 of MUC, B-cubed and CEAF-e."""
    scores: tuple[Callable[[Items], PR], ...] = (muc, b_cubed, ceaf_e)
    return sum(f1(score(items)) for score in scores) / len(scores)


def best_match(alike: NDArray[np.float64]) -> float:
    """Return the highest sum that matching rows and columns one to one gives: the Hungarian method, O(n^3).

    Kuhn (1955), in the form of shortest augmenting paths with potentials (Jonker & Volgenant 1987).
    """
    cost = -(alike if alike.shape[0] <= alike.shape[1] else alike.T)
    rows, columns = cost.shape
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of = np.zeros(columns + 1, dtype=np.int64)  # 0: not matched; rows and columns count from 1
    for row in range(1, rows + 1):
        row_of[0] = row
        column = 0
        shortest = np.full(columns + 1, np.inf)
        before = np.zeros(columns + 1, dtype=np.int64)
        done = np.zeros(columns + 1, dtype=bool)
        while row_of[column]:
            done[column] = True
            here = row_of[column]
            length = cost[here - 1] - u[here] - v[1:]
            nearer = ~done[1:] & (length < shortest[1:])
            shortest[1:][nearer] = length[nearer]
            before[1:][nearer] = column
            nearest = 1 + int(np.argmin(np.where(done[1:], np.inf, shortest[1:])))
            step = shortest[nearest]
            u[row_of[done]] += step
            v[done] -= step
            shortest[~done] -= step
            column = nearest
        while column:
            row_of[column] = row_of[before[column]]
            column = int(before[column])
    return float(sum(-cost[row_of[n] - 1, n - 1] for n in range(1, columns + 1) if row_of[n]))
