"""Fit the second look: python -m train.second_look --data DATA --casebook casebook/b0[1-4].jsonl ... [--folds 4]

``second`` weighs words that the first look left out, each with a type that it may tell. It learns from casebook
batches, from news sentences coded by hand (``news_events.jsonl``, read within their articles) and from the casebook's
reports of happenings that are not held out, in which every word that tells of a happening is marked. Name neither the
held-out batches nor b17; articles of the tuning tenth are left out.

Writes ``second_look.tsv`` (how often lemmas tell of which type) and the head into ``light.npz``; the other heads stay.
With ``--folds`` nothing is written: each part of the texts is read by heads that were fitted on the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

import gesta
from gesta.annotate.language import _READINGS, Readings, readings
from gesta.annotate.light import Floats, Light
from gesta.annotate.model import PACKAGED, Reading
from gesta.find import second_look
from gesta.find.second_look import CONTENT, known_words, threshold, weigh
from gesta.find.triggers import first_look
from gesta.read import read_paths
from gesta.records import Report
from gesta.settings import ReadSettings
from train.data import is_tuning
from train.identity import write_card

EVENTS = Path(__file__).parent / "news_events.jsonl"
TABLE = Path(second_look.__file__).parent / "second_look.tsv"
#: A lemma's type is kept when it was told so often, and in such a share of its uses.
LEAST_TOLD, LEAST_KEPT = 3, 0.03
#: A named feature seen less often is left out, and one that weighs less.
LEAST_SEEN, LEAST_WEIGHT = 8, 0.02
STEPS, RATE = 250, 0.05
#: How strongly the weights of names and of vectors are held near zero.
NAMES_DECAY, VECTOR_DECAY = 3e-4, 1e-2


@dataclass(frozen=True, slots=True)
class Source:
    """A text with what is labelled in it: parts read in full, and triggers with their types, in characters."""

    name: str
    text: str
    parts: tuple[tuple[int, int], ...]
    told: tuple[tuple[int, int, str], ...]
    group: str
    """What stays in one fold: an article, a text, or all reports of a world."""
    marked: frozenset[str] = frozenset()
    """Of a report whose happenings alone are marked, their types; of others nothing."""

    def of(self, token: Token) -> list[tuple[int, int, str]]:
        """What is told by a word."""
        return [one for one in self.told if one[0] < token.idx + len(token) and token.idx < one[1]]

    def has(self, token: Token) -> bool:
        """Whether a word stands where events are labelled."""
        return any(first <= token.idx < last for first, last in self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """One example: a word with a type, and whether it tells it."""

    names: tuple[str, ...]
    vector: Floats
    right: bool
    source: Source
    type: str
    threshold: float


def batches(paths: Iterable[Path]) -> Iterator[Source]:
    """Casebook batches, each text by itself."""
    for path in paths:
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            text = record["text"]
            told = tuple((*event["trigger"], event["type"]) for event in record["events"])
            yield Source(record["id"], text, ((0, len(text)),), told, record["id"])


def news(articles: Path) -> Iterator[Source]:
    """News articles of which some sentences are coded, without those of the tuning tenth.

    ``ValueError`` if one no longer says what was coded.
    """
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in map(json.loads, EVENTS.read_text(encoding="utf-8").splitlines()):
        if not is_tuning(Path(record["article"]).stem):
            by_article[record["article"]].append(record)
    for report in read_paths([articles / name for name in sorted(by_article)], ReadSettings()):
        if not isinstance(report, Report):
            continue
        name = Path(report.origin).name
        told: list[tuple[int, int, str]] = []
        parts: list[tuple[int, int]] = []
        for record in by_article[name]:
            first, last = record["start"], record["start"] + record["length"]
            said = hashlib.sha1(report.text[first:last].encode(), usedforsecurity=False).hexdigest()[:10]
            if said != record["sha1"]:
                raise ValueError(f"{name} does not say at {first} what was coded there")
            parts.append((first, last))
            for event in record["events"]:
                told.append((event["trigger"][0] + first, event["trigger"][1] + first, event["type"]))
        yield Source(name, report.text, tuple(parts), tuple(told), name)


def reports(folder: Path) -> Iterator[Source]:
    """Reports of happenings that are not held out."""
    lines = (folder / "happenings.jsonl").read_text(encoding="utf-8").splitlines()
    known = {one["id"]: one for one in map(json.loads, lines)}
    for one in map(json.loads, (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()):
        happenings = [known[mention["happening"]] for mention in one["mentions"]]
        if any(happening["held_out"] for happening in happenings):
            continue
        text = Report.of(one["body"], title=one["title"]).text
        told = tuple((*m["span"], known[m["happening"]]["type"]) for m in one["mentions"])
        types = frozenset(happening["type"] for happening in happenings)
        yield Source(one["id"], text, ((0, len(text)),), told, happenings[0]["world"], types)


def tabulate(read: Iterable[tuple[Source, Doc]]) -> str:
    """Return the table of lemmas by the types that they tell, with the share of their uses."""
    uses: Counter[tuple[str, str]] = Counter()
    told: Counter[tuple[str, str, str]] = Counter()
    for source, doc in read:
        for token in doc:
            if token.pos_ in CONTENT and not source.marked and source.has(token):
                key = (token.lemma_.lower(), "verb" if token.pos_ == "VERB" else "other")
                uses[key] += 1
                told.update({(*key, kind) for _, _, kind in source.of(token)})
    lines = [
        (lemma, word, -count / uses[lemma, word], kind)
        for (lemma, word, kind), count in told.items()
        if count >= LEAST_TOLD and count / uses[lemma, word] >= LEAST_KEPT and lemma.isascii()
    ]
    rows = "".join(f"{lemma}\t{word}\t{kind}\t{-share:.2f}\n" for lemma, word, share, kind in sorted(lines))
    return "lemma\tword\ttype\tshare\n" + rows


def slim(doc: Doc) -> Doc:
    """Drop what the second look does not read, so that all texts fit in memory."""
    none = np.zeros((0, 0), dtype=np.float32)
    others = {name: none for name in Reading.__slots__ if name not in {"words", "triggers"}}
    kept = tuple(replace(one, reading=replace(one.reading, **others)) for one in readings(doc).sentences)
    doc.user_data[_READINGS] = Readings(kept)
    return doc


def rows_of(source: Source, doc: Doc, coder: gesta.Coder) -> Iterator[Row]:
    """The examples of a text."""
    read, labels = readings(doc), coder.model.labels
    sure = {draft.trigger.i: draft.type for draft in first_look(doc, read, labels)}
    spans = {one for at in sure for one in source.of(doc[at])}
    for one in weigh(doc, read, sure, labels):
        told = source.of(one.token)
        if not source.has(one.token) or spans.intersection(told):
            continue  # another word of what is told was found
        right = any(kind == one.type for _, _, kind in told)
        if source.marked and not told and one.type not in source.marked:
            continue  # it may tell an event that nobody marked
        vector = one.vector.astype(np.float32)
        yield Row(one.features, vector, right, source, one.type, threshold(one))


class Fitted:
    """The named features and vectors of examples as arrays, from which heads are fitted."""

    def __init__(self, rows: Sequence[Row]) -> None:
        seen = Counter(name for row in rows for name in row.names)
        self.names = sorted(name for name, count in seen.items() if count >= LEAST_SEEN)
        place = {name: at for at, name in enumerate(self.names)}
        self._known = [np.array([place[name] for name in row.names if name in place]) for row in rows]
        vectors = np.stack([row.vector for row in rows])
        self._centre, self._spread = vectors.mean(0), vectors.std(0) + 0.05
        self._vectors = (vectors - self._centre) / self._spread
        self._right = np.array([row.right for row in rows], dtype=np.float64)

    def fit(self, chosen: np.ndarray) -> Light:
        """Logistic regression by Adam over all chosen rows at once; no chance in it."""
        known = [self._known[at] for at in chosen]
        columns, sizes = np.concatenate(known), np.array([len(one) for one in known])
        rows, starts = np.repeat(np.arange(len(chosen)), sizes), np.concatenate([[0], np.cumsum(sizes)[:-1]])
        vectors, right, n = self._vectors[chosen], self._right[chosen], len(self.names)
        weights = np.zeros(n + vectors.shape[1] + 1)
        weights[-1] = -3
        held = np.full(len(weights), VECTOR_DECAY)
        held[:n], held[-1] = NAMES_DECAY, 0
        first, second = np.zeros_like(weights), np.zeros_like(weights)
        for step in range(1, STEPS + 1):
            scores = np.add.reduceat(weights[columns], starts) + weights[-1]
            scores += vectors @ weights[n:-1].astype(np.float32)
            wrong = (1 / (1 + np.exp(-scores)) - right) / len(chosen)
            slope = held * weights
            slope[:n] += np.bincount(columns, wrong[rows], n)
            slope[n:-1] += vectors.T @ wrong.astype(np.float32)
            slope[-1] += wrong.sum()
            first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
            rate = RATE * (1 - step / (STEPS + 1))
            weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        scaled = weights[n:-1] / self._spread
        bias = float(weights[-1] - scaled @ self._centre)
        kept = {name: round(float(w), 4) for name, w in zip(self.names, weights, strict=False) if abs(w) > LEAST_WEIGHT}
        return Light(kept, scaled.astype(np.float32), bias)


def in_folds(rows: list[Row], fitted: Fitted, folds: int) -> None:
    """Print how many words that heads fitted on other texts take for events are labelled as such."""
    groups = {group: at % folds for at, group in enumerate(sorted({row.source.group for row in rows}))}
    fold = np.array([groups[row.source.group] for row in rows])
    taken: dict[str, list[bool]] = defaultdict(list)
    for at in range(folds):
        head = fitted.fit(np.flatnonzero(fold != at))
        for number in np.flatnonzero(fold == at).tolist():
            row = rows[number]
            if head.weighed(row.names, row.vector.astype(np.float64)) >= row.threshold:
                taken[f"{'reports' if row.source.marked else 'others'} {row.type}"].append(row.right)
    for name, right in sorted(taken.items()):
        print(f"{name}: {sum(right)} of {len(right)} are labelled")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casebook", type=Path, nargs="+", required=True, help="batches; reports lie beside them")
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    parser.add_argument("--folds", type=int, help="measure only")
    options = parser.parse_args()
    coder = gesta.load()
    sources = chain(
        batches(options.casebook), news(options.data / "newswire/articles"), reports(options.casebook[0].parent)
    )
    read = [(source, slim(coder.nlp(source.text))) for source in sources]
    if not options.folds:
        TABLE.write_text(tabulate(read), encoding="utf-8")
        known_words.cache_clear()
    rows = [row for source, doc in read for row in rows_of(source, doc, coder)]
    fitted = Fitted(rows)
    print(f"{len(rows)} rows, {sum(row.right for row in rows)} of them yes; {len(fitted.names)} names")
    if options.folds:
        in_folds(rows, fitted, options.folds)
        return
    coder.model.light["second"] = fitted.fit(np.arange(len(rows)))
    arrays = {key: array for name, head in coder.model.light.items() for key, array in head.arrays(name).items()}
    np.savez_compressed(PACKAGED / "light.npz", **arrays)
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
