"""Names: exact span and class, on gold tokens or on raw text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from gesta.evaluate.align import align
from gesta.evaluate.coder import Progress, Reader, silent
from gesta.evaluate.newswire import Article, Name, Newswire, read_newswire
from gesta.evaluate.score import Row, Score, add, compare

Names = frozenset[Name]


@dataclass(frozen=True, slots=True)
class Judged:
    """Gold and predicted names of one article, both as (start, end, class) in tokens or in characters."""

    stem: str
    gold: Names
    predicted: Names


def names(
    path: Path | str,
    *,
    coder: Reader,
    held_out: bool | None = None,
    raw: bool = False,
    progress: Progress = silent,
) -> Score:
    """Score ``doc.ents`` against annotated newswire (see ``read_newswire`` for ``path`` and ``held_out``).

    Each article is read whole, with its gold tokens and gold sentences; with ``raw``, as raw text with the coder's own
    tokens and sentences, and a name is right if its characters and its class are. Only the outer layer counts.
    """
    news = read_newswire(Path(path), held_out=held_out)
    left_out: Counter[str] = Counter({"articles": len(news.articles)})
    left_out["broken rows left out"] = sum(article.broken_rows for article in news.articles)
    judged: list[Judged] = []
    articles = _raw(news, coder.nlp, left_out) if raw else _given(news, coder.nlp)
    for article in articles:
        judged.append(article)
        progress(len(judged), len(news.articles))
    notes = (*news.notes(), "raw text, own tokens and sentences" if raw else "gold tokens and sentences, outer layer")
    every = add(compare(article.gold, article.predicted) for article in judged)
    spans = add(compare({n[:2] for n in article.gold}, {n[:2] for n in article.predicted}) for article in judged)
    left_out.update({"gold names": every.gold, "predicted names": every.predicted, "right": every.correct})
    return Score(
        task="names, raw text" if raw else "names",
        source=str(path),
        figures={**every.figures(), "F1 without class": spans.f1},
        counts=dict(left_out),
        rows=(*_by_class(judged), *_by_region(judged, news)),
        notes=notes,
    )


def _given(news: Newswire, nlp: Language) -> Iterator[Judged]:
    for article in news.articles:
        doc = nlp(Doc(nlp.vocab, words=article.words, sent_starts=article.starts))
        predicted = frozenset((ent.start, ent.end, ent.label_) for ent in doc.ents)
        yield Judged(article.stem, frozenset(article.names()), predicted)


def _raw(news: Newswire, nlp: Language, counts: Counter[str]) -> Iterator[Judged]:
    for key in ("articles without raw text", "tokens", "tokens not found in the raw text"):
        counts[key] = 0
    for key in ("gold names not found in the raw text", "predicted names where nothing is annotated"):
        counts[key] = 0
    for article in news.articles:
        found = news.raw(article)
        if found is None:
            counts["articles without raw text"] += 1
            counts["articles"] -= 1
        else:
            yield _judge_raw(article, *found, nlp, counts)


def _judge_raw(article: Article, text: str, body: int, nlp: Language, counts: Counter[str]) -> Judged:
    places = align(article.words, text)
    counts["tokens"] += len(places)
    counts["tokens not found in the raw text"] += places.count(None)
    gold = set()
    for first, last, label in article.names():
        start, end = places[first], places[last - 1]
        if start is None or end is None:
            counts["gold names not found in the raw text"] += 1
        elif start[0] >= body:
            gold.add((start[0], end[1], label))
    annotated = {at for place in places if place for at in range(*place)}
    predicted = set()
    for ent in nlp(text[body:]).ents:
        start_char, end_char = ent.start_char + body, ent.end_char + body
        if annotated.isdisjoint(range(start_char, end_char)):
            counts["predicted names where nothing is annotated"] += 1
        else:
            predicted.add((start_char, end_char, ent.label_))
    return Judged(article.stem, frozenset(gold), frozenset(predicted))


def _of_class(names: Names, label: str) -> Names:
    return frozenset(name for name in names if name[2] == label)


def _by_class(judged: Iterable[Judged]) -> Iterator[Row]:
    judged = list(judged)
    for label in sorted({name[2] for article in judged for name in article.gold | article.predicted}):
        rows = (compare(_of_class(article.gold, label), _of_class(article.predicted, label)) for article in judged)
        yield add(rows, group="class", name=label)


def _by_region(judged: Iterable[Judged], news: Newswire) -> Iterator[Row]:
    judged = list(judged)
    for region in sorted({news.region(article.stem) for article in judged} if news.regions else ()):
        here = (article for article in judged if news.region(article.stem) == region)
        yield add((compare(a.gold, a.predicted) for a in here), group="region", name=region)
