"""What the casebook's happenings teach: which events of a report are one, on what day they were, which pairs are one.

Only worlds that are not held out are read. Labels come from the words that tell of each happening: an event belongs to
the happening of the mention its trigger touches; one beside a mention, but not in it, is left out of fitting.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

import gesta
from gesta.annotate.light import Light
from gesta.evaluate.score_incidents import ToldReport, read_happenings, read_told
from gesta.link import when
from gesta.link.candidates import compare, lay_beside
from gesta.link.score import FEATURES
from gesta.link.telling import TOLD, features
from gesta.records import Event, Record
from gesta.store import Store

Doubles = NDArray[np.float64]
FOLDS = 10
#: Strength of the ridge: of the head "same", of the days, and of the pairs (standardised columns).
SAME, DAYS, PAIRS = 2.0, 1.0, 30.0
#: Characters beside a mention within which an event is neither of it nor of none.
_BESIDE = 16
_EPOCH = date(1970, 1, 1)


def logistic(x: Doubles, y: Doubles, ridge: float) -> Doubles:
    """Return bias and weights by Newton's method; the bias is not shrunk."""
    x = np.hstack([np.ones((len(x), 1)), x])
    weights = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], ridge)
    shrink[0] = 1e-6
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (chance - y) + shrink * weights
        curve = (x * (chance * (1 - chance) + 1e-9)[:, None]).T @ x + np.diag(shrink)
        step = np.linalg.solve(curve, slope)
        weights -= step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-9))
        if np.abs(step).max() < 1e-8:
            break
    return weights


def label(event: Event, told: ToldReport) -> str:
    """Return the happening that an event tells; "" for none of those labelled, "?" if it stands beside a mention."""
    trigger = event.trigger
    for (start, end), happening in told.mentions:
        if trigger.start < end and start < trigger.end:
            return happening
    beside = any(
        abs(trigger.start - end) < _BESIDE or abs(trigger.end - start) < _BESIDE for (start, end), _ in told.mentions
    )
    return "?" if beside else ""


def training(casebook: Path) -> list[ToldReport]:
    """Return the reports of the worlds that are not held out."""
    return [one for one in read_told(casebook) if not one.held_out]


def fit_same(casebook: Path) -> Light:
    """Fit the head "same" (``gesta.link.telling``)."""
    coder = gesta.load()
    rows: list[tuple[list[str], int]] = []
    for told in training(casebook):
        record = coder.code(told.report)
        at = {token.idx: token for token in coder.nlp(told.report.text)}
        events = [event for event in record.events if event.modality in TOLD]
        labels = [label(event, told) for event in events]
        for n, one in enumerate(events):
            for m in range(n + 1, len(events)):
                names = list(features(one, events[m], at, body_start=told.report.body_start))
                pair = {labels[n], labels[m]}
                if names and "?" not in pair and pair != {""}:
                    rows.append((names, int(labels[n] == labels[m])))
    known = sorted({name for names, _ in rows for name in names})
    x = np.array([[name in names for name in known] for names, _ in rows], dtype=np.float64)
    y = np.array([answer for _, answer in rows], dtype=np.float64)
    weights = logistic(x, y, SAME)
    print(f"same: {len(rows)} pairs, {int(y.sum())} are one")
    named = dict(zip(known, weights[1:].tolist(), strict=True))
    return Light(named, np.zeros(0, np.float32), float(weights[0]))


class Happenings:
    """The training reports, coded, in a connection with the views of a record; and what is known of them."""

    def __init__(self, casebook: Path, con: duckdb.DuckDBPyConnection, records: Sequence[Record]) -> None:
        self.con = con
        told = training(casebook)
        known = read_happenings(casebook)
        pairs = [(one, event) for one, record in zip(told, records, strict=True) for event in record.events]
        self.label = {event.id: label(event, one) for one, event in pairs}
        self.world = {event.id: known[one.mentions[0][1]]["world"] for one, event in pairs}
        self.days = {
            name: ((date.fromisoformat(one["start"]) - _EPOCH).days, (date.fromisoformat(one["end"]) - _EPOCH).days)
            for name, one in known.items()
        }
        worlds = sorted(set(self.world.values()))
        np.random.RandomState(0).shuffle(worlds)
        self.fold = {world: n % FOLDS for n, world in enumerate(worlds)}

    def compare(self, days: Doubles) -> None:
        """Lay the pairs beside each other, with these weights of days."""
        compare(self.con, {"days": days, "pairs": np.zeros(len(FEATURES) + 1)})
        lay_beside(self.con)

    def fit_days(self, without: int | None = None) -> Doubles:
        """Return the weights of ``gesta.link.when``; a fold may be left out. Needs ``compare`` to have run once."""
        columns = ", ".join(f"g{n}" for n in range(len(when.FEATURES)))
        rows = self.con.execute(f"SELECT id, day, {columns} FROM day_candidates ORDER BY ALL").fetchall()
        groups: dict[str, list[Any]] = {}
        for row in rows:
            happening = self.label[row[0]]
            if happening not in ("", "?") and self.fold[self.world[row[0]]] != without:
                groups.setdefault(row[0], []).append(row)
        right, marks, group = [], [], []
        for n, (event, listed) in enumerate(groups.items()):
            first, last = self.days[self.label[event]]
            answers = [row[1] is not None and first <= row[1] <= last for row in listed]
            # Where no day named is the right one, that none is named is.
            right += answers if any(answers) else [row[1] is None for row in listed]
            marks += [row[2:] for row in listed]
            group += [n] * len(listed)
        return _choice(np.array(marks, dtype=np.float64), np.array(right), np.array(group))

    def pairs(self) -> tuple[Doubles, Doubles, NDArray[np.int64]]:
        """Return columns, answers (1, 0, or -1: not known) and the fold of each row of ``compared``."""
        events: Mapping[int, list[str]] = dict(self.con.execute("SELECT n, events FROM traces").fetchall())
        label = {n: self._of(ids) for n, ids in events.items()}
        columns = ", ".join(f"f{n}" for n in range(len(FEATURES)))
        rows = self.con.execute(f"SELECT a, b, {columns} FROM compared ORDER BY a, b").fetchall()
        answers = []
        for a, b, *_ in rows:
            pair = (label[a], label[b])
            answers.append(-1 if "?" in pair or pair == ("", "") else int(pair[0] == pair[1]))
        folds = [self.fold[self.world[events[row[0]][0]]] for row in rows]
        return np.array([row[2:] for row in rows], dtype=np.float64), np.array(answers, dtype=float), np.array(folds)

    def _of(self, events: Sequence[str]) -> str:
        labels = [self.label[event] for event in events]
        named = Counter(one for one in labels if one not in ("", "?"))
        return named.most_common(1)[0][0] if named else "?" if "?" in labels else ""


def _choice(marks: Doubles, right: NDArray[np.bool_], group: NDArray[np.int64]) -> Doubles:
    """Weights under which the right ones of each group weigh most: a conditional logit, by gradient steps (Adam)."""
    weights, first, second = (np.zeros(marks.shape[1]) for _ in range(3))
    groups = int(group.max()) + 1
    for step in range(1, 1501):
        weight = np.exp(np.clip(marks @ weights, -30, 30))
        whole = np.bincount(group, weight, groups)
        good = np.bincount(group, weight * right, groups) + 1e-12
        slope = marks.T @ (weight / whole[group] - weight * right / good[group]) + DAYS * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - 0.02 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_scorer(casebook: Path) -> dict[str, NDArray[np.float32]]:
    """Return the arrays ``days`` and ``pairs`` for ``linking.npz``.

    The pairs of each fold are described by days fitted on the others, as they will be in reports never seen.
    """
    coder = gesta.load()
    records = [coder.code(one.report) for one in training(casebook)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "record")
        store.add(records, run=coder.run)
        with store.connect() as con:
            set_ = Happenings(casebook, con, records)
            set_.compare(np.zeros(len(when.FEATURES)))
            days = set_.fit_days()
            parts = []
            for fold in range(FOLDS):
                set_.compare(set_.fit_days(without=fold))
                parts.append((fold, *set_.pairs()))
    x = np.concatenate([columns[folds == fold] for fold, columns, _, folds in parts])
    y = np.concatenate([answers[folds == fold] for fold, _, answers, folds in parts])
    of = np.concatenate([folds[folds == fold] for fold, _, _, folds in parts])
    report_folds(x, y, of)
    return {"days": days.astype(np.float32), "pairs": fit_pairs(x[y >= 0], y[y >= 0]).astype(np.float32)}


def fit_pairs(x: Doubles, y: Doubles) -> Doubles:
    """Return bias and weights for columns as they are; the ridge works on standardised ones."""
    spread = x.std(0)
    spread[spread < 1e-6] = np.inf  # never seen: no weight
    weights = logistic((x - x.mean(0)) / spread, y, PAIRS)
    inner = weights[1:] / spread
    return np.concatenate([[weights[0] - inner @ x.mean(0)], inner])


def report_folds(x: Doubles, y: Doubles, folds: NDArray[np.int64]) -> None:
    """Print precision and recall over pairs of worlds that were not fitted on."""
    chance = np.zeros(len(y))
    for fold in range(FOLDS):
        others = (folds != fold) & (y >= 0)
        weights = fit_pairs(x[others], y[others])
        chance[folds == fold] = 1 / (1 + np.exp(-(weights[0] + x[folds == fold] @ weights[1:])))
    found, one = chance[y >= 0] > 0.5, y[y >= 0] == 1
    right = int((found & one).sum())
    print(f"{int((y >= 0).sum())} pairs, {int(one.sum())} one; in {FOLDS} folds", end=": ")
    print(f"precision {right / max(int(found.sum()), 1):.3f}, recall {right / max(int(one.sum()), 1):.3f}")
