"""Read sentences whose events are told: our casebook, and news sentences coded by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from gesta.read import read_paths
from gesta.records import Report
from gesta.settings import ReadSettings
from train.data import Pair, Sentence, Span, Trigger, is_tuning, word_span, words_of

_PROMISES = ("agree", "promis", "pledg", "will", "offer", "commit", "vow")


def casebook(paths: Iterable[Path]) -> list[Sentence]:
    """Read casebook batches; participants, places and times become arguments of their trigger."""
    return [_sentence(record, record["id"]) for path in paths for record in _lines(path)]


def news_events(path: Path, articles: Path, *, tuning: bool = False) -> list[Sentence]:
    """Read news sentences coded by hand, as ``news_records`` finds them."""
    return [_sentence(record, record["id"]) for record in news_records(path, articles, tuning=tuning)]


def news_records(path: Path, articles: Path, *, tuning: bool) -> Iterator[dict[str, Any]]:
    """Yield news sentences coded by hand in the casebook's form: they are kept as offsets into articles.

    Those of the tuning tenth of the articles are left out, or with ``tuning`` are all there is. ``ValueError`` if an
    article does not say what it said when it was coded.
    """
    by_article: dict[str, list[dict[str, Any]]] = {}
    for record in _lines(path):
        if is_tuning(Path(record["article"]).stem) is tuning:
            by_article.setdefault(record["article"], []).append(record)
    for report in read_paths([articles / name for name in sorted(by_article)], ReadSettings()):
        name = Path(report.origin).name
        for record in by_article[name] if isinstance(report, Report) else ():
            text = report.text[record["start"] : record["start"] + record["length"]]
            if hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10] != record["sha1"]:
                raise ValueError(f"{name} does not say at {record['start']} what was coded there")
            sides = ("sources", "targets")
            events = [e | {side: [{"span": span} for span in e[side]] for side in sides} for e in record["events"]]
            yield {"id": f"{name}:{record['start']}", "text": text, "events": events}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _sentence(record: dict[str, Any], name: str) -> Sentence:
    words, offsets = words_of(record["text"])
    triggers = []
    for event in record["events"]:
        trigger = word_span(offsets, *event["trigger"])
        if trigger is None:
            continue
        spans = [("source", p["span"]) for p in event["sources"]] + [("target", p["span"]) for p in event["targets"]]
        spans += [(role, event[role]) for role in ("place", "time") if event[role]]
        arguments = [(role, where) for role, span in spans if (where := word_span(offsets, *span))]
        modes = tuple(f"{event['type']}/{mode}" for mode in event["modes"])
        contexts = tuple(event["contexts"])
        triggers.append(Trigger(trigger[1] - 1, event["type"], event["modality"], arguments, modes, contexts))
    pairs = list(_pairs(record, offsets))
    return Sentence(words=words, document=name, triggers=triggers, pairs=pairs)


def _pairs(record: dict[str, Any], offsets: list[Span]) -> Iterator[Pair]:
    """Each source with each target, once, and the other way round as no such pair.

    Of a speech act and its content between the same two, the speech act.
    """
    found: dict[tuple[Span, Span], Pair] = {}
    for event in sorted(record["events"], key=lambda event: event["within"] is not None):
        trigger = record["text"][slice(*event["trigger"])].lower()
        for one, other in product(event["sources"], event["targets"]):
            source, target = word_span(offsets, *one["span"]), word_span(offsets, *other["span"])
            if source and target and (source, target) not in found:
                pair = Pair(source, target, type=plv_type(event, trigger), coded=event["type"], real=True)
                found[source, target] = pair
    yield from found.values()
    yield from (Pair(t, s, real=False) for s, t in found if (t, s) not in found)


def plv_type(event: dict[str, Any], trigger: str) -> str:
    """The label of PLV's older convention for an event of the casebook."""
    kind, modes = event["type"], event["modes"]
    if kind in {"CONCEDE", "RETREAT"}:
        if trigger.startswith("apolog"):
            return "SUPPORT"
        return "AGREE" if kind == "CONCEDE" and trigger.startswith(_PROMISES) else "YIELD"
    if kind == "SANCTION" and "convict" in modes:
        return "ACCUSE"
    if kind == "SANCTION" and trigger.startswith("sanction"):
        return "COERCE"
    if kind == "COERCE" and ("cyber" in modes or trigger.startswith("blockad")):
        return "ASSAULT"
    return str(kind)
