"""Fit the weights by which a country is supplied to an actor whose words tell none (``resolve/actors/context.py``).

    python train/fit_context.py casebook/b01.jsonl ... > gesta/resolve/actors/context.tsv

Each labelled participant without a country in its own words is one choice: among its sentence's countries, or none.
Softmax over their features, ridge 0.5, full-batch Adam, 400 steps. Printed on stderr: five-fold cross-validated share
right among those that got a country, and share that got one, at several thresholds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import gesta
from gesta.evaluate.casebook import read_casebook
from gesta.records import Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.context import none_features

RIDGE, STEPS, RATE, FOLDS = 0.5, 400, 0.05, 5

Choice = tuple[list[dict[str, float]], int, str]
"""Features by option (the last is none), the right option (-1 if it is none of these), and the text."""


def choices(paths: Sequence[Path], coder: gesta.Coder) -> list[Choice]:
    """Return the choices of all batches; those whose country is not among the options are kept for their none."""
    found: list[Choice] = []
    for path in paths:
        for case in read_casebook(path)[0]:
            report = Report(text=case.text)
            record = coder.code(report)
            doc = coder.nlp(case.text)
            resolver = ActorResolver(doc, report=report, places=record.places)
            people = {who for event in case.events for who in (*event.source_actors, *event.target_actors)}
            for who in sorted(people, key=lambda one: (one.span, one.country)):
                span = doc.char_span(*who.span, alignment_mode="expand")
                asked = resolver.unplaced(span, span.root) if span is not None else None
                if asked is None:
                    continue
                context, sectors = asked
                codes = [code for code, _ in context.ranked((span.start, span.end), span.root, sectors)]
                options = [context.features((span.start, span.end), span.root, sectors, code) for code in codes]
                right = [at for at, code in enumerate(codes) if code in who.country]
                found.append(([*options, none_features(sectors)], right[0] if right else len(codes), case.text))
    return found


def fit(rows: Sequence[Choice], names: Sequence[str]) -> np.ndarray:
    """Return one weight a name."""
    place = {name: at for at, name in enumerate(names)}
    tables = [np.array([[option.get(name, 0.0) for name in names] for option in options]) for options, _, _ in rows]
    weights, mean, spread = (np.zeros(len(place)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = RIDGE * weights
        for table, (_, right, _) in zip(tables, rows, strict=True):
            scores = table @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            slope = slope + table.T @ chance - table[right]
        slope = slope / len(rows)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


def main() -> None:
    """Fit, check by cross-validation, print the table."""
    rows = choices([Path(one) for one in sys.argv[1:]], gesta.load())
    names = sorted({name for options, _, _ in rows for option in options for name in option})
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = fit([row for at, row in enumerate(rows) if at % FOLDS != fold], names)
        for options, right, _ in rows[fold::FOLDS]:
            scores = np.array([[option.get(name, 0.0) for name in names] for option in options]) @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            best = int(chance[:-1].argmax()) if len(options) > 1 else 0
            if len(options) > 1:
                judged.append((float(chance[best]), best == right))
    print(f"{len(rows)} choices, {len(judged)} with a country in the sentence", file=sys.stderr)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        taken = [right for chance, right in judged if chance >= least]
        print(f"at {least}: {np.mean(taken):.3f} right of {len(taken)}", file=sys.stderr)
    print("feature\tweight")
    for name, weight in zip(names, fit(rows, names), strict=True):
        print(f"{name}\t{weight:.3f}")


if __name__ == "__main__":
    main()
