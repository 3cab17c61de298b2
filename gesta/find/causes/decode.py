"""From what each word is to an anchor to one cause and one effect that do not overlap, and the signal."""

from __future__ import annotations

import numpy as np

from gesta.annotate.model import Floats
from gesta.find.causes.networks import CAUSE, EFFECT, OUTSIDE
from gesta.records import Span

#: Chance from which a word is part of the signal.
_SIGNAL = 0.5
_NEVER = -1e9


def arguments(logs: Floats) -> tuple[Span, Span] | None:
    """Return the likeliest cause and effect as rows, end exclusive; None for fewer than two words.

    ``logs`` [n, 5] from ``CauseNetworks.parts``. Of all pairs of runs that lie apart, that with the greatest chance.
    """
    if len(logs) < 2:
        return None
    causes, effects = _runs(logs, CAUSE), _runs(logs, EFFECT)
    total, (cause, effect) = _apart(causes, effects)
    other, (first, second) = _apart(effects, causes)
    return (cause, effect) if total >= other else (second, first)


def signal(chances: Floats, anchor: int) -> Span | None:
    """Return the rows of the signal: that at the anchor before any other, else the likeliest; None if there is none."""
    marked = np.flatnonzero(chances > _SIGNAL)
    if not len(marked):
        return None
    runs = np.split(marked, np.flatnonzero(np.diff(marked) > 1) + 1)
    best = max(runs, key=lambda run: (anchor in run, float(chances[run].sum())))
    return int(best[0]), int(best[-1]) + 1


def _runs(logs: Floats, sort: int) -> Floats:
    """Log-odds [n, n + 1] of a run of one sort from each row to before each other, against being outside."""
    n, outside = len(logs), logs[:, OUTSIDE]
    inner = np.concatenate([[0], np.cumsum(logs[:, sort + 1] - outside)])
    found = (logs[:, sort] - outside - inner[1:])[:, None] + inner[None, :]
    found[np.arange(n + 1)[None, :] <= np.arange(n)[:, None]] = _NEVER
    return np.asarray(found, dtype=np.float64)


def _apart(left: Floats, right: Floats) -> tuple[float, tuple[Span, Span]]:
    """The best run of ``left`` that ends before, or where, one of ``right`` begins: its sum, and both."""
    ends = left.max(0)
    best = np.maximum.accumulate(ends)
    total = best[:-1] + right.max(1)
    start = int(total.argmax())
    end = int(np.flatnonzero(ends[: start + 1] == best[start])[0])
    return float(total[start]), ((int(left[:, end].argmax()), end), (start, int(right[start].argmax())))
