"""Fit the head of responses: python -m train.responses --data DATA --casebook casebook/b0[1-4].jsonl ...

Which two words beside a cue are answer and cause (``gesta/find/responses``): pairs are weighed against each other and
against none of them. Fitted on ``casebook/responses.jsonl`` but for the texts held out, on the responses labelled in
casebook batches, on those that ``judged_responses.jsonl`` tells of the same batches, whose writers labelled only some
(null there leaves a sentence out), and on cues of news articles that a reader judged (``news_responses.jsonl``: offsets
alone; null is undecided). What is labelled nowhere counts for less. Only the head ``response`` of
``light.npz`` is written anew. With ``--folds`` nothing is: it prints how well each part of the texts is read by heads
fitted on the others. Never name the held-out batches (b05, b10, b11, b20), nor b17.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import gesta
from gesta.annotate.language import readings
from gesta.annotate.light import Light
from gesta.annotate.model import PACKAGED
from gesta.annotate.pairs import Pairs
from gesta.evaluate.responses_casebook import Labelled, ResponseCase, read_responses
from gesta.find.events import find_events
from gesta.find.responses.candidates import Site, find_sites, renamed
from gesta.find.responses.cues import OPEN
from gesta.find.responses.find import HEAD, THRESHOLD, weigh
from gesta.find.responses.words import read_parts
from gesta.read import read_paths
from gesta.records import Report, Span
from gesta.settings import ReadSettings
from train.data import is_tuning
from train.identity import write_card

CASEBOOK = Path(__file__).parent.parent / "casebook" / "responses.jsonl"
JUDGED = Path(__file__).parent / "judged_responses.jsonl"
NEWS = Path(__file__).parent / "news_responses.jsonl"
#: A named feature seen in fewer texts is left out.
LEAST_SEEN = 2
STEPS, RATE = 150, 0.1
#: How strongly the weights of named features and of vectors are held near nothing; chosen by cross-validation.
DECAY = (1.0, 40.0)
#: What a cue in a batch's text counts for where no response is labelled beside it: its writers did not label them all.
UNLABELLED = 0.2
#: What a cue counts for once more, without its name.
RENAMED = 0.5
#: A weight this small decides nothing.
SMALLEST = 0.02
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a text beside its responses: whether they are all labelled, cues without one, and undecided."""

    whole: bool = False
    none: frozenset[Span] = frozenset()
    undecided: frozenset[Span] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """One cue with its pairs: marked 1 where both ends are labelled, 0 where not, -1 where another cue tells them."""

    site: Site
    marks: tuple[int, ...]
    common: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    causes: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[int, int, tuple[str, ...]], ...]
    weight: float
    copy: bool
    """Whether it is another place without the name of its cue, so that cues never seen are read too."""

    def vectors(self) -> list[NDArray[np.float32]]:
        """The vectors of the cue, its answers and its causes, in the order of the table's rows."""
        place, site = self.site.place, self.site
        return [place.part.vector(place.cue.anchor), *(end.vector for end in (*site.answers, *site.causes))]

    def names(self) -> set[str]:
        """Every feature of the cue and its pairs."""
        found = {*self.common, *(name for end in (*self.answers, *self.causes) for name in end)}
        return found | {name for *_, both in self.pairs for name in both}


def read_places(coder: gesta.Coder, case: ResponseCase, judged: Judged) -> list[Place]:
    """Return the cues of a text that are not left undecided."""
    doc = coder.nlp(case.text)
    read = readings(doc)
    drafts = find_events(doc, coder.model, Pairs(coder.model))
    sites = list(find_sites(read_parts(doc, read, drafts, coder.model.labels.types)))
    sites = [site for site in sites if _span(site) not in judged.undecided]
    pairs = [list(site.pairs()) for site in sites]
    told = [
        [_told(case, site, one, other) for one, other, _ in found] for site, found in zip(sites, pairs, strict=True)
    ]
    own = {one for site, found in zip(sites, told, strict=True) for all_ in found for one in all_ if _at(site, one)}
    places = []
    for site, found, labelled in zip(sites, pairs, told, strict=True):
        marks = tuple(_mark(site, all_, own) for all_ in labelled)
        weight = 1.0 if judged.whole or 1 in marks or _span(site) in judged.none else UNLABELLED
        if found:
            places.append(_place(site, marks, weight))
            if site.place.cue.name != OPEN:
                places.append(_place(renamed(site), marks, RENAMED * weight, copy=True))
    return places


def _place(site: Site, marks: tuple[int, ...], weight: float, *, copy: bool = False) -> Place:
    return Place(
        site=site,
        marks=marks,
        common=tuple(sorted(set(site.place.words))),
        answers=tuple(tuple(sorted(set(end.features))) for end in site.answers),
        causes=tuple(tuple(sorted(set(end.features))) for end in site.causes),
        pairs=tuple((one, other, tuple(sorted(set(both)))) for one, other, both in site.pairs()),
        weight=weight,
        copy=copy,
    )


def _told(case: ResponseCase, site: Site, one: int, other: int) -> list[Labelled]:
    answer, cause = site.answers[one].word.token, site.causes[other].word.token
    spans = (answer.idx, answer.idx + len(answer)), (cause.idx, cause.idx + len(cause))
    return [told for told in case.responses if told.same(*spans)]


def _span(site: Site) -> Span:
    return site.place.cue.span.start_char, site.place.cue.span.end_char


def _at(site: Site, told: Labelled) -> bool:
    """Whether a cue is the one that a response is labelled with."""
    span = _span(site)
    return told.cue is not None and told.cue[0] < span[1] and span[0] < told.cue[1]


def _mark(site: Site, told: Sequence[Labelled], own: set[Labelled]) -> int:
    if not told:
        return 0
    return 1 if any(_at(site, one) or one not in own for one in told) else -1


class _Table:
    """Places as flat arrays: which rows (cues, answers, causes, pairs) have which features, and each pair's rows."""

    def __init__(self, places: Sequence[Place], known: dict[str, int]) -> None:
        entries: list[tuple[int, int]] = []
        self.height = 0

        def add(names: Sequence[str]) -> int:
            entries.extend((self.height, known[name]) for name in names if name in known)
            self.height += 1
            return self.height - 1

        pairs: list[tuple[int, int, int, int, int, bool]] = []
        ends: list[list[int]] = [[], [], []]
        for number, place in enumerate(places):
            common, answers, causes = add(place.common), [*map(add, place.answers)], [*map(add, place.causes)]
            for side, rows in zip(ends, ([common], answers, causes), strict=True):
                side.extend(rows)
            for (one, other, both), mark in zip(place.pairs, place.marks, strict=True):
                if mark >= 0:
                    pairs.append((number, common, answers[one], causes[other], add(both), mark == 1))
        self.rows, self.columns = np.array(entries, dtype=np.int64).T
        table: Whole = np.array(pairs, dtype=np.int64)
        self.place, self.parts, self.right = table[:, 0], table[:, 1:5], table[:, 5].astype(bool)
        self.weights: Floats = np.array([place.weight for place in places])
        self.sides = [np.array(side, dtype=np.int64) for side in ends]
        split = [place.vectors() for place in places]
        counts = [(1, len(place.answers), len(place.causes)) for place in places]
        cut = [np.split(np.stack(all_), np.cumsum(count)[:2]) for all_, count in zip(split, counts, strict=True)]
        self.vectors = [np.concatenate([one[side] for one in cut]) for side in range(3)]

    def scores(self, weights: Floats, sides: Floats, bias: float) -> Floats:
        """The score of each pair: of its cue, its two ends and both together."""
        of_rows = np.bincount(self.rows, weights=weights[self.columns], minlength=self.height)
        for rows, vectors, side in zip(self.sides, self.vectors, sides, strict=True):
            of_rows[rows] += vectors @ side.astype(np.float32)
        return np.asarray(np.clip(bias + of_rows[self.parts].sum(1), -30, 30))

    def slope(self, scores: Floats) -> Floats:
        """The slope of the loss at each pair's score: the chance of any labelled pair, or else of none."""
        odds, count = np.exp(scores), len(self.weights)
        whole = 1 + np.bincount(self.place, weights=odds, minlength=count)
        right = np.bincount(self.place, weights=odds * self.right, minlength=count)[self.place]
        wanted = np.where(right > 0, odds * self.right / np.maximum(right, 1e-12), 0)
        return np.asarray((odds / whole[self.place] - wanted) * self.weights[self.place])

    def gather(self, slope: Floats, width: int) -> tuple[Floats, Floats]:
        """The slope of the loss at each weight, and at each number of the three vectors."""
        of_rows = np.zeros(self.height)
        for part in range(self.parts.shape[1]):
            of_rows += np.bincount(self.parts[:, part], weights=slope, minlength=self.height)
        by_name = np.bincount(self.columns, weights=of_rows[self.rows], minlength=width)
        by_side = [
            vectors.T @ of_rows[rows].astype(np.float32) for rows, vectors in zip(self.sides, self.vectors, strict=True)
        ]
        return by_name, np.stack(by_side).astype(np.float64)


class _Adam:
    """Steps down a slope, each weight at its own rate."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._first, self._second = np.zeros(shape), np.zeros(shape)

    def step(self, slope: Floats, number: int, rate: float) -> Floats:
        """Return what to take from the weights in the step of this number, from 1 on."""
        self._first = 0.9 * self._first + 0.1 * slope
        self._second = 0.99 * self._second + 0.01 * slope**2
        spread = np.sqrt(self._second / (1 - 0.99**number)) + 1e-3
        return np.asarray(rate * (self._first / (1 - 0.9**number)) / spread)


def fit(places: Sequence[Place]) -> Light:
    """Return the head, fitted over all places at once; no chance in it."""
    seen = Counter(name for place in places for name in place.names())
    known = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= LEAST_SEEN))}
    table = _Table(places, known)
    weights, sides, bias = np.zeros(len(known)), np.zeros((3, table.vectors[0].shape[1])), -2.0
    of_weights, of_sides = _Adam(weights.shape), _Adam(sides.shape)
    for number in range(1, STEPS + 1):
        slope = table.slope(table.scores(weights, sides, bias))
        by_name, by_side = table.gather(slope, len(known))
        rate = RATE * (1 - number / (STEPS + 1))
        weights = weights - of_weights.step(by_name + DECAY[0] * weights, number, rate)
        sides = sides - of_sides.step(by_side + DECAY[1] * sides, number, rate / 10)
        bias -= rate * float(np.clip(slope.sum() / 20, -1, 1))
    named = {name: round(float(weights[at]), 4) for name, at in known.items() if abs(weights[at]) >= SMALLEST}
    return Light(named, sides.astype(np.float32).ravel(), bias)


def read_cases(batches: Sequence[Path], articles: Path) -> Iterator[tuple[ResponseCase, Judged]]:
    """Yield the texts to fit on, and what else is known of them."""
    for case in read_responses(CASEBOOK)[0]:
        if not case.held_out:
            yield case, Judged(whole=True)
    judged = {row["id"]: row["responses"] for row in _rows(JUDGED)}
    for path in batches:
        for case in read_responses(path)[0]:
            told = judged.get(case.id, ())
            if told is not None:
                own = tuple(Labelled.of(one) for one in told)
                others = tuple(one for one in case.responses if not any(one.shares_answer(other) for other in own))
                yield ResponseCase(case.id, case.text, (*own, *others), held_out=False), Judged()
    yield from _of_news(articles)


def _of_news(articles: Path) -> Iterator[tuple[ResponseCase, Judged]]:
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(NEWS):
        by_article.setdefault(row["article"], []).append(row)
    for report in read_paths([articles / name for name in sorted(by_article)], ReadSettings()):
        if isinstance(report, Report) and not is_tuning(Path(report.origin).stem):
            name = Path(report.origin).name
            told = [row | {"answer": [row["answer"]], "cause": [row["cause"]]} for row in by_article[name]]
            none, undecided = (
                frozenset((row["cue"][0], row["cue"][1]) for row in told if row["right"] is verdict)
                for verdict in (False, None)
            )
            right = tuple(Labelled.of(row) for row in told if row["right"])
            yield ResponseCase(name, report.text, right, held_out=False), Judged(none=none, undecided=undecided)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tell_folds(told: Sequence[tuple[ResponseCase, list[Place], Judged]], folds: int) -> None:
    """Print how well the wholly labelled texts of each fold are read by a head fitted on the other folds."""
    right = found = gold = 0
    for fold in range(folds):
        head = fit([place for case, places, _ in told if _fold(case, folds) != fold for place in places])
        for case, places, judged in told:
            if judged.whole and _fold(case, folds) == fold:
                pairs = {pair for place in places if not place.copy and (pair := _best(place, head)) is not None}
                hits = {one for one in case.responses if any(one.same(*pair) for pair in pairs)}
                right, found, gold = right + len(hits), found + len(pairs), gold + len(case.responses)
    print(
        f"{folds} folds: precision {right / found:.3f}, recall {right / gold:.3f}, F1 {2 * right / (found + gold):.3f}"
    )


def _fold(case: ResponseCase, folds: int) -> int:
    return int(hashlib.md5(case.id.encode(), usedforsecurity=False).hexdigest(), 16) % folds


def _best(place: Place, head: Light) -> tuple[Span, Span] | None:
    chances = weigh(place.site, head)
    if sum(chance for *_, chance in chances) < THRESHOLD:
        return None
    one, other, _ = max(chances, key=lambda pair: pair[2])
    answer, cause = place.site.answers[one].word.token, place.site.causes[other].word.token
    return (answer.idx, answer.idx + len(answer)), (cause.idx, cause.idx + len(cause))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casebook", type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    coder = gesta.load()
    cases = read_cases(options.casebook, options.data / "newswire/articles")
    told = [(case, read_places(coder, case, judged), judged) for case, judged in cases]
    if options.folds:
        tell_folds(told, options.folds)
        return
    places = [place for _, found, _ in told for place in found]
    light = dict(coder.model.light)
    light[HEAD] = fit(places)
    print(f"{HEAD}: {len(places)} cues, {sum(1 in place.marks for place in places)} of them stating a response")
    arrays = {key: array for name, head in sorted(light.items()) for key, array in head.arrays(name).items()}
    np.savez_compressed(PACKAGED / "light.npz", **arrays)
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
