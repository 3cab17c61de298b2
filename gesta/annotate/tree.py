"""Decode arc scores into a well-formed tree: greedy where that is one already, else Chu-Liu/Edmonds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

#: Taken off every root arc so that exactly one is used; far above any difference between trees, far below the mask.
_ROOT_PENALTY = np.float64(1e4)


def _is_tree(heads: NDArray[np.int64]) -> bool:
    """Whether heads (0 is the root, n the word n-1) reach the root from everywhere, through one root word."""
    if int((heads == 0).sum()) != 1:
        return False
    state = [2] + [0] * len(heads)
    for begin in range(1, len(heads) + 1):
        word, path = begin, []
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = int(heads[word - 1])
        if state[word] == 1:
            return False
        for seen in path:
            state[seen] = 2
    return True


def decode(scores: Scores) -> NDArray[np.int64]:
    """Return each word's head, 0 for the root and n for word n-1, from ``scores`` [words, words + 1]."""
    scores = scores.astype(np.float64)
    n = len(scores)
    scores[np.arange(n), np.arange(1, n + 1)] = -np.inf
    heads = scores.argmax(1)
    if _is_tree(heads):
        return np.asarray(heads)
    scores[:, 0] -= _ROOT_PENALTY
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    return np.asarray(_edmonds(full)[1:])


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    colour = [0] * len(heads)
    colour[0] = 2
    for begin in range(1, len(heads)):
        path, node = [], begin
        while colour[node] == 0:
            colour[node] = 1
            path.append(node)
            node = int(heads[node])
        if colour[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            colour[seen] = 2
    return []


def _edmonds(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Maximum spanning arborescence from node 0 over ``scores`` [dependent, head]; contracts one cycle at a time."""
    contractions: list[tuple[list[int], list[int], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []
    while True:
        heads = scores.argmax(1)
        heads[0] = 0
        cycle = _cycle(heads)
        if not cycle:
            break
        rest = [i for i in range(len(scores)) if i not in set(cycle)]
        inside = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
        enters = inside.argmax(0)  # which cycle node is entered from each outside head
        leaves = scores[np.ix_(rest, cycle)].argmax(1)  # which cycle node heads each outside dependent
        smaller = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
        smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
        smaller[-1, :-1] = inside.max(0)
        smaller[:-1, -1] = scores[np.ix_(rest, cycle)].max(1)
        smaller[0, -1] = -np.inf
        contractions.append((cycle, rest, heads, enters, leaves))
        scores = smaller
    for cycle, rest, inner, enters, leaves in reversed(contractions):
        grown = np.zeros(len(cycle) + len(rest), dtype=np.int64)
        for i, node in enumerate(rest):
            head = int(heads[i])
            grown[node] = cycle[int(leaves[i])] if head == len(rest) else rest[head]
        for node in cycle:
            grown[node] = inner[node]
        outside = int(heads[len(rest)])
        grown[cycle[int(enters[outside])]] = rest[outside]
        heads = grown
    return np.asarray(heads)
