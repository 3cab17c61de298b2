"""Fit the light heads: python -m train.light --casebook casebook/b0[1-4].jsonl ...

``use``: is a toponym meant as a place? ``time`` and ``place``: does a time or toponym of a sentence belong to an event?
Logistic regressions on the packaged model's vectors; the same files give the same weights. They go into ``light.npz``
beside the model, whose hash changes with them. Never name the held-out batches (b05, b10, b11, b20), nor b17.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import gesta
from gesta.annotate.language import readings
from gesta.annotate.light import Floats, Light
from gesta.annotate.model import PACKAGED
from gesta.records import Place, Report, Time
from gesta.resolve import governing
from gesta.resolve.places import find_places
from gesta.resolve.places.of_event import candidates as candidate_places
from gesta.resolve.times import find_times
from gesta.resolve.times.governing import candidates as candidate_times
from gesta.resolve.uses import vectors_of
from train.identity import write_card

#: A named feature seen less often is left out.
LEAST_SEEN = 4
STEPS, RATE = 400, 0.03
DECAY = {"use": 0.02, "time": 0.01, "place": 0.03}


@dataclass(frozen=True, slots=True)
class Row:
    """One example: its named features, its vectors in a row, and the answer."""

    names: tuple[str, ...]
    vectors: Floats
    right: bool


def use_rows(coder: gesta.Coder, cases: list[dict[str, Any]]) -> Iterator[Row]:
    """Each labelled toponym that means a place or those who act in its name."""
    for case in cases:
        if not case.get("toponyms"):
            continue
        doc = coder.nlp(case["text"])
        for one in case["toponyms"]:
            span = doc.char_span(*one["span"], alignment_mode="expand")
            vectors = vectors_of(readings(doc), [span.root]) if span is not None and one["use"] != "name" else None
            if vectors:
                yield Row((), vectors[0], one["use"] == "literal")


def governing_rows(coder: gesta.Coder, cases: list[dict[str, Any]], field: str) -> Iterator[Row]:
    """Each pair of a labelled event and a time or toponym of its sentence."""
    for case in cases:
        events = [event for event in case["events"] if field in event]
        if not events:
            continue
        doc = coder.nlp(case["text"])
        read = readings(doc)
        found: Sequence[Time | Place]
        if field == "time":
            found = find_times(doc, published=None)
        else:
            found = find_places(doc, report=Report(text=case["text"]), model=coder.model)
        triggers = []
        for event in events:
            span = doc.char_span(*event["trigger"], alignment_mode="expand")
            if span is not None:
                triggers.append((governing.Trigger(span.root, event["type"], event["modality"]), event[field]))
        for trigger, own in triggers:
            sentence = governing.Sentence(trigger.token.sent)
            others = [one.token for one, _ in triggers if sentence.holds(one.token) and one.token.i != trigger.token.i]
            offered = (
                candidate_times(found, doc, trigger.token)
                if field == "time"
                else candidate_places(found, doc, trigger.token)
            )
            for one, span, kind in offered:
                vectors = vectors_of(read, [trigger.token, span.root])
                if vectors:
                    names = governing.features(trigger, span, kind, others, sentence)
                    right = own is not None and own[0] < one.span[1] and one.span[0] < own[1]
                    yield Row(tuple(sorted(set(names))), np.concatenate(vectors), right)


def fit(rows: list[Row], *, decay: float) -> Light:
    """Logistic regression by Adam over all rows at once; no chance in it. Scaling is folded into the weights."""
    seen = Counter(name for row in rows for name in row.names)
    known = sorted(name for name, count in seen.items() if count >= LEAST_SEEN)
    place = {name: at for at, name in enumerate(known)}
    named = np.zeros((len(rows), len(known)), dtype=np.float32)
    for at, row in enumerate(rows):
        named[at, [place[name] for name in row.names if name in place]] = 1
    x = np.concatenate([named, np.stack([row.vectors for row in rows])], axis=1)
    y = np.array([row.right for row in rows], dtype=np.float32)
    centre, spread = x.mean(0), x.std(0) + 0.05
    x = np.concatenate([(x - centre) / spread, np.ones((len(x), 1), dtype=np.float32)], axis=1).astype(np.float32)
    weights = np.zeros(x.shape[1], dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    held = np.full_like(weights, decay)
    held[-1] = 0
    for step in range(1, STEPS + 1):
        slope = x.T @ (1 / (1 + np.exp(-x @ weights)) - y) / len(y) + held * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = RATE * (1 - step / (STEPS + 1))
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    scaled = weights[:-1] / spread
    bias = float(weights[-1] - scaled @ centre)
    names = {name: round(float(scaled[at]), 5) for name, at in place.items()}
    return Light(names, scaled[len(known) :].astype(np.float32), bias)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casebook", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    cases = [json.loads(line) for path in options.casebook for line in path.read_text(encoding="utf-8").splitlines()]
    heads: dict[str, Light] = {}
    coder = gesta.load()
    for name in ("use", "time", "place"):
        rows = list(use_rows(coder, cases) if name == "use" else governing_rows(coder, cases, name))
        heads[name] = fit(rows, decay=DECAY[name])
        coder.model.light[name] = heads[name]  # the use of a toponym is a feature of the next
        print(f"{name}: {len(rows)} rows, {sum(row.right for row in rows)} of them yes")
    arrays = {key: array for name, head in heads.items() for key, array in head.arrays(name).items()}
    np.savez_compressed(PACKAGED / "light.npz", **arrays)
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
