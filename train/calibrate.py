"""Fit the confidence of events: python -m train.calibrate --casebook casebook/b17.jsonl --data DATA

Codes sentences that the packaged model was not trained on, of the casebook and of the tuning tenth of the newswire, and
fits a logistic regression from ``features`` to whether type, source and target are right. The weights go into
``model.json``, whose hash changes with them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

import gesta
from gesta.annotate.model import PACKAGED, load_model
from gesta.annotate.pairs import Pairs
from gesta.evaluate.casebook import Case, case_of, read_casebook
from gesta.evaluate.score_events import calibration_error, judge
from gesta.find.confidence import FEATURES, features
from gesta.find.events import find_events
from gesta.records import Report
from gesta.text import settle
from train.prepare import NEWS_CODED
from train.told import news_records

DECAY, STEPS = 1.0, 60


def rows(coder: gesta.Coder, cases: list[Case]) -> tuple[np.ndarray, np.ndarray]:
    """Features of each coded event, and whether it is right."""
    model = load_model()
    pairs, found, right = Pairs(model), [], []
    for case in cases:
        drafts = find_events(coder.nlp(Report(text=case.text).text), model, pairs)
        events = coder.code(Report(text=case.text)).events
        judged = judge(case, events, coder.nlp)
        good = {match.coded for match in judged.matches if match.lenient}
        for draft, coded in zip(drafts, judged.coded, strict=True):
            found.append(features(draft))
            right.append(coded in good)
    return np.array(found), np.array(right, dtype=float)


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method; all weights but the first are held near zero."""
    weights = np.zeros(x.shape[1])
    hold = DECAY * np.eye(len(weights))
    hold[0, 0] = 1e-6
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + hold @ weights
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + hold, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casebook", type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    options = parser.parse_args()
    cases = [case for path in options.casebook for case in read_casebook(path)[0]]
    news = news_records(NEWS_CODED, options.data / "newswire/articles", tuning=True)
    cases += [case_of(record) for record in news if settle(record["text"]) == record["text"]]
    x, y = rows(gesta.load(), cases)
    weights = [round(float(w), 4) for w in fit(x, y)]
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:14} {weight:8.4f}")
    said = 1 / (1 + np.exp(-x @ np.array(weights)))
    off = calibration_error(list(zip(said.tolist(), (y > 0).tolist(), strict=True)))
    print(f"{len(y)} events, {y.mean():.3f} right; calibration error on them {off:.3f}")
    card = json.loads((PACKAGED / "model.json").read_text(encoding="utf-8"))
    graph = (PACKAGED / "model.onnx").read_bytes() + (PACKAGED / "pairs.npz").read_bytes()
    card["confidence"] = weights
    card["sha256"] = hashlib.sha256(graph + json.dumps(weights).encode()).hexdigest()
    (PACKAGED / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
