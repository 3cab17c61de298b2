"""Fit the heads of attitude and loaded words: python -m train.attitude --casebook casebook/claims.jsonl [--data DATA]

One head for each stance, certainty and framing (``gesta/attribute/attitude.py``), and one that tells a loaded word from
its neutral use (``gesta/attribute/loaded.py``); fitted on the casebook's labelled claims but for the held-out ones, and
with ``--data`` on claims of news articles that a reader judged (``news_claims.jsonl``: offsets and labels, no text).
Only these heads of ``light.npz`` are written anew; the same files give the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import gesta
from gesta.annotate.light import Floats, Light
from gesta.annotate.model import PACKAGED
from gesta.attribute.attitude import DECISIONS, features, head_name, unnamed_claim, vectors_of
from gesta.attribute.loaded import HEAD, listed_words, unnamed_words
from gesta.attribute.loaded import features as word_features
from gesta.attribute.signs import read_signs
from gesta.attribute.unnamed import Unnaming
from gesta.evaluate.claims_casebook import ClaimCase, read_claims
from gesta.ontology.loaded import gesta_list
from gesta.read import read_paths
from gesta.records import Report
from gesta.settings import ReadSettings
from train.data import is_tuning
from train.identity import write_card

LEAST_SEEN = 3
STEPS, RATE = 300, 0.05
#: How strongly the weights of named features and of vectors are held near nothing; chosen by cross-validation.
DECAY = (0.1, 0.1)
NEWS = Path(__file__).parent / "news_claims.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    """One example: its named features, its vectors in a row, and its label."""

    names: tuple[str, ...]
    vectors: Floats
    label: str


def attitude_rows(coder: gesta.Coder, cases: Sequence[ClaimCase]) -> dict[str, list[Row]]:
    """Return the examples of each decision."""
    rows: dict[str, list[Row]] = {field: [] for field in DECISIONS}
    for case in cases:
        if not case.claims:
            continue
        doc = coder.nlp(case.text)
        unnaming = Unnaming(doc)
        for one in case.claims:
            told = one.told(doc)
            without, blind = unnamed_claim(told, unnaming)
            signs = read_signs(without, blind)
            names, vectors = features(without.doc, blind, signs), vectors_of(doc, told, without, signs)
            for field, label in one.labels.items():
                rows[field].append(Row(names, np.concatenate(vectors[field]), label))
    return rows


def word_rows(coder: gesta.Coder, cases: Sequence[ClaimCase]) -> Iterator[Row]:
    """Each word of the list that has a neutral sense, and whether it is labelled loaded."""
    read = coder.nlp.get_pipe("gesta_reader")
    for case in cases:
        doc = coder.nlp(case.text)
        unnaming = Unnaming(doc, read)
        for one in listed_words(doc, gesta_list()):
            if not one.entry.sure:
                hit = any(start < one.end and one.start < end for start, end in case.loaded)
                yield Row(word_features(unnamed_words(one, unnaming), coder.model), NO_VECTOR, "yes" if hit else "no")


NO_VECTOR: Floats = np.zeros(0, dtype=np.float32)


def fit(rows: Sequence[Row], labels: Sequence[str]) -> list[Light]:
    """Return a logistic regression for each label against the rest, all at once by Adam; no chance in it."""
    seen = Counter(name for row in rows for name in row.names)
    known = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= LEAST_SEEN))}
    named = np.zeros((len(rows), len(known)), dtype=np.float32)
    for at, row in enumerate(rows):
        named[at, [known[name] for name in row.names if name in known]] = 1
    x = np.concatenate([named, np.stack([row.vectors for row in rows])], axis=1)
    y = np.array([[row.label == label for label in labels] for row in rows], dtype=np.float32)
    centre, spread = x.mean(0), x.std(0) + 0.05
    x = np.concatenate([(x - centre) / spread, np.ones((len(x), 1), dtype=np.float32)], axis=1).astype(np.float32)
    held = np.full((x.shape[1], 1), DECAY[1], dtype=np.float32)
    held[: len(known)] = DECAY[0]
    held[-1] = 0
    weights = np.zeros((x.shape[1], len(labels)), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = x.T @ (1 / (1 + np.exp(-x @ weights)) - y) / len(y) + held * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = RATE * (1 - step / (STEPS + 1))
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    scaled = weights[:-1] / spread[:, None]
    heads = []
    for column in range(len(labels)):
        bias = float(weights[-1, column] - scaled[:, column] @ centre)
        names = {name: round(float(scaled[at, column]), 5) for name, at in known.items()}
        heads.append(Light(names, scaled[len(known) :, column].astype(np.float32), bias))
    return heads


def news_cases(articles: Path) -> list[ClaimCase]:
    """Read the judged claims of news articles but for those of the tuning tenth."""
    rows: dict[str, list[dict[str, object]]] = {}
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not is_tuning(Path(row["article"]).stem):
            rows.setdefault(row["article"], []).append(row)
    cases = []
    for report in read_paths([articles / name for name in sorted(rows)], ReadSettings()):
        if isinstance(report, Report):
            cases.append(ClaimCase.of_news(report.text, rows[Path(report.origin).name]))
    return cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casebook", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="folder with newswire/")
    options = parser.parse_args()
    cases = [case for case in read_claims(options.casebook)[0] if not case.held_out]
    coder = gesta.load()
    judged = news_cases(options.data / "newswire/articles") if options.data else []
    light = dict(coder.model.light)
    for field, rows in attitude_rows(coder, [*cases, *judged]).items():
        labels = DECISIONS[field]
        light |= zip((head_name(field, label) for label in labels), fit(rows, labels), strict=True)
        print(f"{field}: {len(rows)} claims, {dict(Counter(row.label for row in rows))}")
    words = list(word_rows(coder, cases))
    light[HEAD] = fit(words, ["yes"])[0]
    print(f"{HEAD}: {len(words)} words, {sum(row.label == 'yes' for row in words)} of them loaded")
    arrays = {key: array for name, head in sorted(light.items()) for key, array in head.arrays(name).items()}
    np.savez_compressed(PACKAGED / "light.npz", **arrays)
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
