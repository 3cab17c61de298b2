"""Fit the confidence of events: python -m train.calibrate --casebook casebook/b17.jsonl --data DATA

Codes texts that the packaged model was not trained on, and fits a logistic regression from ``features`` to whether
type, source and target are right: as a casebook batch labels them, and as a reader judged rows of the newswire's tuning
tenth (``judged_rows.jsonl``). The weights go into ``model.json``, whose hash changes with them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import gesta
from gesta.annotate.model import PACKAGED, load_model
from gesta.annotate.pairs import Pairs
from gesta.evaluate.casebook import Case, read_casebook
from gesta.evaluate.score_events import calibration_error, judge
from gesta.find.confidence import FEATURES, features
from gesta.find.events import find_events
from gesta.read import read_paths
from gesta.records import Report
from gesta.settings import ReadSettings
from train.identity import write_card

DECAY, STEPS = 1.0, 60
JUDGED = Path(__file__).parent / "judged_rows.jsonl"

Row = tuple[list[float], bool]


def of_cases(coder: gesta.Coder, cases: list[Case]) -> Iterator[Row]:
    """Each event coded of some labelled texts."""
    model = load_model()
    pairs = Pairs(model)
    for case in cases:
        drafts = find_events(coder.nlp(case.text), model, pairs)
        judged = judge(case, coder.code(Report(text=case.text)).events, coder.nlp)
        good = {match.coded for match in judged.matches if match.lenient}
        for draft, coded in zip(drafts, judged.coded, strict=True):
            yield features(draft), coded in good


def of_news(coder: gesta.Coder, path: Path, articles: Path) -> Iterator[Row]:
    """Each judged row that is still coded."""
    model = load_model()
    pairs = Pairs(model)
    right: dict[str, dict[tuple[int, str], bool]] = {}
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        right.setdefault(line["article"], {})[line["start"], line["type"]] = line["right"]
    for report in read_paths([articles / name for name in sorted(right)], ReadSettings()):
        if not isinstance(report, Report):
            continue
        verdicts = right[Path(report.origin).name]
        for draft in find_events(coder.nlp(report.text), model, pairs):
            verdict = verdicts.get((draft.trigger.idx, draft.type))
            if verdict is not None:
                yield features(draft), verdict


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
    coder = gesta.load()
    cases = [case for path in options.casebook for case in read_casebook(path)[0]]
    found = [*of_cases(coder, cases), *of_news(coder, JUDGED, options.data / "newswire/articles")]
    x, y = np.array([row for row, _ in found]), np.array([good for _, good in found], dtype=float)
    weights = [round(float(w), 4) for w in fit(x, y)]
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:14} {weight:8.4f}")
    said = 1 / (1 + np.exp(-x @ np.array(weights)))
    off = calibration_error(list(zip(said.tolist(), (y > 0).tolist(), strict=True)))
    print(f"{len(y)} events, {y.mean():.3f} right; calibration error on them {off:.3f}")
    card = json.loads((PACKAGED / "model.json").read_text(encoding="utf-8"))
    write_card(PACKAGED, card | {"confidence": weights})


if __name__ == "__main__":
    main()
