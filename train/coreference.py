"""Fit what pronouns and nominals take up: python -m train.coreference --data DATA [--folds 8]

Two light heads, ``pronoun`` and ``nominal``, on articles whose chains of mentions readers marked
(``news_coreference.jsonl``, offsets made by ``train.mark_coreference``). All candidates of a pronoun or nominal are
weighed against each other and against none of them. Only these two heads of ``light.npz`` are replaced; the hash of the
model changes with them. With ``--folds`` nothing is written, and each part of the articles is scored by heads that were
fitted on the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

import gesta
from gesta.annotate.light import Light
from gesta.annotate.model import PACKAGED
from gesta.read import read_paths
from gesta.records import Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.coreference import THRESHOLDS, Candidate, Entity, Ranker, Referent, Referents
from gesta.settings import ReadSettings
from train.identity import write_card

MARKED = Path(__file__).parent / "news_coreference.jsonl"
KINDS = ("pronoun", "nominal")
LEAST_SEEN = 3
STEPS, RATE = 300, 0.05
DECAY = {"pronoun": 4.0, "nominal": 2.0}


@dataclass(frozen=True, slots=True)
class Article:
    """A marked article as the coder reads it: kind and chain of each referent by its head, None for one left open."""

    name: str
    doc: Doc
    report: Report
    kinds: Mapping[int, str]
    chains: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """One example: the named features of each candidate, and which of them are right; none may be."""

    kind: str
    candidates: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def read_articles(coder: gesta.Coder, articles: Path, marked: Path) -> Iterator[Article]:
    """Read marked articles. ``ValueError`` if one does not say what it said when it was marked."""
    rows = {row["article"]: row for row in map(json.loads, marked.read_text(encoding="utf-8").splitlines())}
    for report in read_paths([articles / name for name in sorted(rows)], ReadSettings()):
        if not isinstance(report, Report):
            continue
        row = rows[Path(report.origin).name]
        if hashlib.sha1(report.text.encode(), usedforsecurity=False).hexdigest()[:10] != row["sha1"]:
            raise ValueError(f"{row['article']} does not say what was marked there")
        doc = coder.nlp(report.text)
        referents = ActorResolver(doc, report=report).walk(doc, Ranker({})).referents
        yield Article(row["article"], doc, report, *_by_head(row, doc, referents))


def _by_head(row: dict[str, Any], doc: Doc, referents: Referents) -> tuple[dict[int, str], dict[int, int | None]]:
    """The kinds and chains of marked mentions, by the head of the referent that each is."""
    kinds: dict[int, str] = {}
    chains: dict[int, int | None] = {}
    marks = [(number, mention) for number, chain in enumerate(row["chains"]) for mention in chain["mentions"]]
    for chain, (start, end, kind) in [*marks, *((None, mention) for mention in row["open"])]:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or any(token.dep_ == "conj" and token.head.i == span.root.i for token in span):
            continue  # those whom "and" joins are no one referent
        head = span.root.i
        last = [one.head for one in referents.all if span.start <= one.start and one.end == span.end]
        if kind != "pronoun" and last and referents.by_head[last[0]].sort == "person":
            head = last[0]  # "Railways chief Ann Lee"
        elif head not in referents.by_head:
            inside = [one.head for one in referents.all if span.start <= one.start and one.end <= span.end]
            named = [at for at in inside if referents.by_head[at].kind == "name"]
            head = named[-1] if named else head
        kinds.setdefault(head, kind)
        chains.setdefault(head, chain)
    return kinds, chains


def chain_of(entity: Entity, chains: Mapping[int, int | None]) -> int | None:
    """Return the chain of an entity: that of its latest marked referent."""
    return next((chains[one.head] for one in reversed(entity.mentions) if one.head in chains), None)


def choices(article: Article) -> list[Choice]:
    """The examples of one article, with every pronoun and nominal before each of them resolved as marked."""
    found: list[Choice] = []

    def choose(referent: Referent, candidates: Sequence[Candidate]) -> Entity | None:
        chain = article.chains.get(referent.head)
        right = tuple(chain is not None and chain_of(one.entity, article.chains) == chain for one in candidates)
        names = tuple(tuple(sorted(set(one.features))) for one in candidates)
        found.append(Choice(referent.kind, names, right))
        return next((one.entity for one, yes in zip(candidates, right, strict=True) if yes), None)

    ActorResolver(article.doc, report=article.report).walk(article.doc, choose)
    return found


def fit(rows: Sequence[Choice], *, decay: float) -> Light:
    """Fit a head by Adam over all choices at once: the chance of the right candidates against the others and none."""
    seen = Counter(name for row in rows for names in row.candidates for name in names)
    known = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= LEAST_SEEN))}
    flat = [[known[name] for name in names if name in known] for row in rows for names in row.candidates]
    widest = max(map(len, flat))
    # Each candidate's features by number, filled up with one that weighs nothing, and the bias last.
    at = np.full((len(flat), widest + 1), len(known) + 1)
    for row, numbers in enumerate(flat):
        at[row, : len(numbers)] = numbers
    at[:, -1] = len(known)
    right = np.array([yes for row in rows for yes in row.right], dtype=bool)
    of = np.repeat(np.arange(len(rows)), [len(row.candidates) for row in rows])
    none = np.ones(len(rows), dtype=bool)
    none[of[right]] = False
    weights = np.zeros(len(known) + 2)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    held = np.full_like(weights, decay / len(rows))
    held[-2] = 0
    for step in range(1, STEPS + 1):
        odds = np.exp(np.clip(weights[at].sum(1), -30, 30))
        total = 1 + np.bincount(of, odds, len(rows))
        among = np.where(none, 1, np.bincount(of, odds * right, len(rows)))
        wrong = (odds / total[of] - np.where(right, odds / among[of], 0)) / len(rows)
        slope = np.bincount(at.ravel(), np.repeat(wrong, widest + 1), len(weights)) + held * weights
        slope[-1] = 0
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = RATE * (1 - step / (STEPS + 1))
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    names = {name: round(float(weights[number]), 5) for name, number in known.items()}
    return Light(names, np.zeros(0, dtype=np.float32), float(weights[-2]))


def fitted(rows: Sequence[Choice]) -> dict[str, Light]:
    """Return both heads."""
    return {kind: fit([row for row in rows if row.kind == kind], decay=DECAY[kind]) for kind in KINDS}


# --- scores, for folds -----------------------------------------------------------------------------------------------


def score(article: Article, heads: Mapping[str, Light], thresholds: Mapping[str, float]) -> Counter[tuple[str, str]]:
    """Links made, links right, and marked pronouns and nominals whose chain tells before who is meant."""
    counts: Counter[tuple[str, str]] = Counter()
    resolver = ActorResolver(article.doc, report=article.report)
    walk = resolver.walk(article.doc, Ranker(heads, thresholds))
    for at, antecedent in walk.taken.items():
        kind = walk.referents.by_head[at].kind
        chain = article.chains.get(at)
        counts[kind, "linked"] += 1
        counts[kind, "right"] += chain is not None and article.chains.get(antecedent.head) == chain
    told: set[int] = set()
    for at in sorted(article.chains):
        chain, kind = article.chains[at], article.kinds[at]
        if chain is None:
            continue
        if kind in KINDS and chain in told and article.doc[at].dep_ != "appos":
            counts[kind, "marked"] += 1
        if kind != "pronoun":
            told.add(chain)
    return counts


def report_scores(counts: Counter[tuple[str, str]]) -> None:
    """Print precision and recall by kind."""
    for kind in KINDS:
        linked, right, marked = (counts[kind, name] for name in ("linked", "right", "marked"))
        print(
            f"{kind:8} precision {right}/{linked} {right / max(1, linked):.3f}   "
            f"recall {right}/{marked} {right / max(1, marked):.3f}"
        )


def folds(articles: Sequence[Article], parts: int) -> None:
    """Print how well each part of the articles is read by heads fitted on the others."""
    rows = {article.name: choices(article) for article in articles}
    total: Counter[tuple[str, str]] = Counter()
    for part in range(parts):
        held = [article for at, article in enumerate(articles) if at % parts == part]
        names = {article.name for article in held}
        heads = fitted([row for name in sorted(rows) if name not in names for row in rows[name]])
        for article in held:
            total += score(article, heads, THRESHOLDS)
    report_scores(total)


def write(heads: Mapping[str, Light]) -> None:
    """Replace these heads in the packaged ``light.npz``, and the model's hash with them."""
    path = PACKAGED / "light.npz"
    with np.load(path) as held:
        arrays = {key: held[key] for key in held.files if key.split(".")[0] not in heads}
    for name, head in heads.items():
        arrays |= head.arrays(name)
    np.savez_compressed(path, **arrays)
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    parser.add_argument("--marked", type=Path, default=MARKED)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args(None if arguments is None else list(arguments))
    articles = list(read_articles(gesta.load(), options.data / "newswire/articles", options.marked))
    if options.folds:
        folds(articles, options.folds)
        return
    rows = [row for article in articles for row in choices(article)]
    print(f"{len(rows)} choices of {len(articles)} articles, {sum(any(row.right) for row in rows)} of them take one")
    write(fitted(rows))


if __name__ == "__main__":
    main()
