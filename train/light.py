"""Fit the light heads: python -m train.light --data DATA --casebook casebook/b0[1-4].jsonl ...

``use``: is a toponym meant as a place? ``time`` and ``place``: does a time or toponym of a sentence belong to an event?
``story`` and ``land``: which time told elsewhere, and which country, is an event set in whose sentence tells none?
Logistic regressions on the packaged model's vectors; the same files give the same weights. They go into ``light.npz``
beside the model, whose hash changes with them. They are fitted on the casebook, on news sentences coded by hand
(``news_events.jsonl``) and on events of news articles whose time and place a reader told (``news_settings.jsonl``).
Never name the held-out batches (b05, b10, b11, b20), nor b17.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

import gesta
from gesta.annotate.language import readings
from gesta.annotate.light import Floats, Light
from gesta.annotate.model import PACKAGED
from gesta.annotate.pairs import Pairs
from gesta.find.drafts import Draft
from gesta.find.events import find_events
from gesta.read import read_paths
from gesta.read.addresses import month_in_url
from gesta.records import Place, Report, Time
from gesta.resolve import governing
from gesta.resolve.layout import Layout
from gesta.resolve.places import find_places
from gesta.resolve.places.land import Lands
from gesta.resolve.places.of_event import candidates as candidate_places
from gesta.resolve.setting import tell_by_sentence
from gesta.resolve.times import find_times
from gesta.resolve.times.of_event import candidates as candidate_times
from gesta.resolve.times.story import Story
from gesta.resolve.uses import vectors_of
from gesta.settings import ReadSettings
from train.data import is_tuning
from train.identity import write_card
from train.told import news_records

#: A named feature seen less often is left out.
LEAST_SEEN = 4
STEPS, RATE = 400, 0.03
DECAY = {"use": 0.02, "time": 0.01, "place": 0.02, "story": 0.1, "land": 0.03}
SETTINGS = Path(__file__).parent / "news_settings.jsonl"
EVENTS = Path(__file__).parent / "news_events.jsonl"


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


@dataclass(frozen=True, slots=True)
class Told:
    """An article as the coder reads it, with what a reader told of its events, by where their triggers begin."""

    doc: Doc
    report: Report
    drafts: list[Draft]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    told: dict[int, dict[str, Any]]


def read_told(coder: gesta.Coder, articles: Path, *, tuning: bool = False) -> Iterator[Told]:
    """Read the articles of ``news_settings.jsonl``, without those of the tuning tenth or with them alone."""
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for row in map(json.loads, SETTINGS.read_text(encoding="utf-8").splitlines()):
        if row["real"] and is_tuning(Path(row["article"]).stem) is tuning:
            rows.setdefault(row["article"], {})[row["trigger"][0]] = row
    pairs = Pairs(coder.model)
    for report in read_paths([articles / name for name in sorted(rows)], ReadSettings()):
        if not isinstance(report, Report):
            continue
        doc = coder.nlp(report.text)
        around = month_in_url(report.url) if report.url else None
        times = find_times(doc, published=report.published, around=around)
        places = find_places(doc, report=report, gazetteer=coder.gazetteer, model=coder.model)
        first = {draft.trigger.i: draft for draft in reversed(find_events(doc, coder.model, pairs))}
        drafts = [first[at] for at in sorted(first)]
        yield Told(doc, report, drafts, times, places, rows[Path(report.origin).name])


def _overlap(told: dict[str, Any] | None, span: tuple[int, int] | None) -> bool:
    return told is not None and span is not None and told["span"][0] < span[1] and span[0] < told["span"][1]


def told_rows(one: Told, field: str) -> Iterator[Row]:
    """Each pair of an event and a time or toponym of its sentence, in an article."""
    read = readings(one.doc)
    triggers = [governing.Trigger(draft.trigger, draft.type, draft.modality) for draft in one.drafts]
    for trigger in triggers:
        told = one.told.get(trigger.token.idx)
        if told is None:
            continue
        sentence = governing.Sentence(trigger.token.sent)
        others = [t.token for t in triggers if sentence.holds(t.token) and t.token.i != trigger.token.i]
        offered = (
            candidate_times(one.times, one.doc, trigger.token)
            if field == "time"
            else candidate_places(one.places, one.doc, trigger.token)
        )
        for item, span, kind in offered:
            vectors = vectors_of(read, [trigger.token, span.root])
            if vectors:
                names = governing.features(trigger, span, kind, others, sentence)
                right = _overlap(told[field], item.span)
                yield Row(tuple(sorted(set(names))), np.concatenate(vectors), right)


def story_rows(coder: gesta.Coder, one: Told) -> Iterator[Row]:
    """Each pair of an event that its own sentence does not date and a time of the report."""
    settings = dict(tell_by_sentence(one.doc, one.drafts, one.places, one.times, coder.model))
    dated = {draft.trigger.i: (draft, time) for draft in one.drafts if (time := settings[draft.trigger.i].time)}
    story = Story(Layout(one.doc), one.times, dated)
    for draft in one.drafts:
        told = one.told.get(draft.trigger.idx)
        if told is None or draft.trigger.i in dated:
            continue
        meant = {time.value for time in story.times if _overlap(told["time"], time.span)}
        for at, names in story.features(draft):
            yield Row(tuple(sorted(set(names))), NO_VECTOR, story.times[at].value in meant)


def land_rows(coder: gesta.Coder, one: Told) -> Iterator[Row]:
    """Each pair of an event and a country that the report names."""
    settings = dict(tell_by_sentence(one.doc, one.drafts, one.places, one.times, coder.model))
    placed = {at: setting.place for at, setting in settings.items() if setting.place is not None}
    lands = Lands(Layout(one.doc), one.places, one.report, placed)
    for draft in one.drafts:
        told = one.told.get(draft.trigger.idx)
        if told is not None and told.get("country"):
            for country in lands.countries:
                names = tuple(sorted(set(lands.features(draft, country))))
                yield Row(names, NO_VECTOR, country == told["country"])


NO_VECTOR: Floats = np.zeros(0, dtype=np.float32)


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
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    options = parser.parse_args()
    cases = [json.loads(line) for path in options.casebook for line in path.read_text(encoding="utf-8").splitlines()]
    articles = options.data / "newswire/articles"
    news = list(news_records(EVENTS, articles, tuning=False))
    coder = gesta.load()

    def learn(name: str, rows: Iterable[Row]) -> None:
        """Fit a head and give it to the coder, for the next ones read what it says."""
        found = list(rows)
        coder.model.light[name] = fit(found, decay=DECAY[name])
        print(f"{name}: {len(found)} rows, {sum(row.right for row in found)} of them yes")

    learn("use", use_rows(coder, cases))
    told = list(read_told(coder, articles))
    for field in ("time", "place"):
        from_news = (row for one in told for row in told_rows(one, field))
        learn(field, chain(governing_rows(coder, [*cases, *news], field), from_news))
    learn("story", (row for one in told for row in story_rows(coder, one)))
    learn("land", (row for one in told for row in land_rows(coder, one)))
    arrays = {key: array for name, head in coder.model.light.items() for key, array in head.arrays(name).items()}
    np.savez_compressed(PACKAGED / "light.npz", **arrays)
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
