"""Putting together what is one: agglomerative clustering that never chains unlike things through a middleman.

The two groups that agree best are joined first, and only as long as their members on the whole speak for it: the mean
log odds over *all* pairs of the two groups must be positive (average linkage; Ward 1963 for the scheme, Bansal et al.
2004 for the aim). A pair never compared counts as unlike. The result depends on the chances alone, not on their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from math import log

#: Log odds of a pair never compared, and what is added to those of every pair compared: reports that meet by rare words
#: or a town are likelier of one happening than each pair by itself tells. Set on the casebook's worlds in folds.
UNLIKE, LEAN = -1.5, 1.25
_MOST, _NEVER = 6.0, -1e4


def odds(chance: float) -> float:
    """Return the log odds of a chance, cut at 6 either way, so that no pair can outvote all others.

    A chance of 0 is no guess but knowledge that two are not one, which nothing outvotes.
    """
    if chance <= 0:
        return _NEVER
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return max(min(log(chance / (1 - chance)), _MOST), -_MOST)


def cluster(
    size: int, chances: Mapping[tuple[int, int], float], *, unlike: float = UNLIKE, lean: float = LEAN
) -> list[list[int]]:
    """Return the groups of ``range(size)``, each sorted; ``chances`` are those of pairs (lower, higher).

    ``unlike`` is the log odds of a pair without a chance; ``lean`` is added to those of the others. Ties are broken by
    the members' numbers. Takes O(pairs log pairs).
    """
    sums: list[dict[int, float]] = [{} for _ in range(size)]
    compared: list[dict[int, int]] = [{} for _ in range(size)]
    for (a, b), chance in chances.items():
        sums[a][b] = sums[b][a] = odds(chance) + lean
        compared[a][b] = compared[b][a] = 1
    members: list[list[int]] = [[n] for n in range(size)]
    age = [0] * size

    def mean(a: int, b: int) -> float:
        pairs = len(members[a]) * len(members[b])
        return (sums[a][b] + unlike * (pairs - compared[a][b])) / pairs

    heap = [(-total, a, b, 0, 0) for a in range(size) for b, total in sums[a].items() if a < b and total > 0]
    heapq.heapify(heap)
    while heap:
        _, a, b, age_a, age_b = heapq.heappop(heap)
        if age[a] != age_a or age[b] != age_b:
            continue  # one of them has been joined with something since
        _join(a, b, sums, compared, members)
        age[a] += 1
        age[b] = -1
        for other in sums[a]:
            likeness = mean(a, other)
            if likeness > 0:
                low, high = sorted((a, other))
                heapq.heappush(heap, (-round(likeness, 9), low, high, age[low], age[high]))
    return [sorted(group) for group in members if group]


def _join(
    a: int,
    b: int,
    sums: list[dict[int, float]],
    compared: list[dict[int, int]],
    members: list[list[int]],
) -> None:
    """Put group ``b`` into ``a``, which stands for both from now on."""
    members[a] += members[b]
    members[b] = []
    for other, total in sums[b].items():
        pairs = compared[b][other]
        del sums[other][b], compared[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
            compared[a][other] = compared[other][a] = compared[a].get(other, 0) + pairs
    sums[b], compared[b] = {}, {}
