"""Fit the attribution networks: python -m train.saying --data DATA [--claims casebook/claims.jsonl]

Who says what, from PolNeAR's training articles (Newell et al., LREC 2018) and labelled casebook sentences, on the
packaged model's frozen vectors. A tenth of the articles (``is_tuning``) is left out for choosing thresholds. Writes
``attribution.npz`` beside the model. PyTorch only; about ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

import gesta
from gesta.annotate.model import PACKAGED
from gesta.attribute.page import GAPS, NAMES, OFFSETS, OWN, ROLES, TAGS, Page, Vocabulary
from gesta.evaluate.polnear import Saying, read_polnear
from train.data import is_tuning
from train.identity import write_card

LABELS, LEMMAS, WAYS = 60, 4000, 300
CUE_WIDTH, PART_WIDTH = 96, 64
CUE_EPOCHS, PART_EPOCHS, RATE, DECAY = 8, 4, 1.2e-3, 0.05
#: Rows of a piece of a report that is read for cues at once, and how many pieces, or cues, make a batch.
PIECE, PIECES, CUES = 200, 16, 32
#: How often a sentence of the casebook is shown for each time that one of PolNeAR is.
REPEATED = 2
#: Share of lemmas hidden in training, so that the vectors are read as well.
HIDDEN_LEMMAS = 0.2


@dataclass(slots=True)
class Article:
    """One text with its page and the rows of every attribution (cue, source, content)."""

    name: str
    page: Page
    sayings: list[tuple[list[int], list[int], list[int]]]


def read_articles(
    texts: Iterator[tuple[str, str, Sequence[Saying]]], coder: gesta.Coder, known: Vocabulary
) -> list[Article]:
    """Read labelled texts: name, text and sayings in code points."""
    found = []
    for name, text, sayings in texts:
        doc = coder.nlp(text)
        page = Page(doc, known)
        starts = np.array([doc[token].idx for token in page.tokens.tolist()])
        ends = starts + np.array([len(word) for word in page.words])
        rows = [tuple(_rows(spans, starts, ends) for spans in (s.cue, s.source, s.content)) for s in sayings]
        found.append(Article(name, page, [(c, s, k) for c, s, k in rows if c]))
    return found


def _rows(spans: Sequence[tuple[int, int]], starts: np.ndarray, ends: np.ndarray) -> list[int]:
    inside = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        inside |= (starts < end) & (ends > start)
    return np.flatnonzero(inside).tolist()


def vocabulary(articles: Sequence[Article]) -> Vocabulary:
    """Return the commonest tree labels, lemmas, and ways from a cue."""
    labels = Counter(dep for article in articles for dep in article.page.deps)
    lemmas = Counter(article.page.doc[i].lemma_.lower() for article in articles for i in article.page.tokens.tolist())
    ways: Counter[str] = Counter()
    for article in articles:
        for cue, _, _ in article.sayings:
            head = article.page.head_of(cue)
            ways.update(article.page.ways(head)[1])
    return Vocabulary(_numbered(labels, LABELS, 1), _numbered(lemmas, LEMMAS, 1), _numbered(ways, WAYS, 2))


def _numbered(counted: Counter[str], most: int, first: int) -> dict[str, int]:
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]
    return {name: number for number, (name, _) in enumerate(ranked, first)}


class Convolved(nn.Module):
    """Two convolutions, each added to what it reads."""

    def __init__(self, width: int, apart: tuple[int, int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Conv1d(width, width, 5, padding=2 * d, dilation=d) for d in apart)

    def forward(self, inner: Tensor, real: Tensor) -> Tensor:
        inner = F.relu(inner) * real
        for layer in self.layers:
            inner = (inner + F.relu(layer(inner.transpose(1, 2)).transpose(1, 2))) * real
        return inner


class Cue(nn.Module):
    """Which words are cues."""

    def __init__(self, width: int = CUE_WIDTH) -> None:
        super().__init__()
        self.vector, self.logit = nn.Linear(384, width), nn.Linear(3, width, bias=False)
        self.tag, self.label = nn.Embedding(len(TAGS), width), nn.Embedding(LABELS + 1, width)
        self.name, self.quote = nn.Embedding(len(NAMES), width), nn.Embedding(OWN + 1, width)
        self.lemma = nn.Embedding(LEMMAS + 1, width)
        nn.init.normal_(self.lemma.weight, 0, 0.05)
        self.convolved, self.out = Convolved(width, (1, 1)), nn.Linear(width, 3)

    def forward(self, b: dict[str, Tensor]) -> Tensor:
        lemma = self.lemma(b["lemmas"])
        if self.training:
            lemma = lemma * (torch.rand(lemma.shape[:2]) > HIDDEN_LEMMAS)[..., None]
        inner = (
            self.vector(F.dropout(b["vectors"], 0.3, self.training)) + lemma + self.logit(b["cues"].clamp(-10, 10) / 5)
        )
        inner = inner + self.tag(b["tags"]) + self.label(b["labels"]) + self.name(b["names"]) + self.quote(b["quotes"])
        inner = self.convolved(inner, b["real"][..., None])
        return self.out(F.dropout(inner, 0.3, self.training))


class Part(nn.Module):
    """What each word is to a cue."""

    def __init__(self, width: int = PART_WIDTH) -> None:
        super().__init__()
        self.vector, self.cue = nn.Linear(384, width), nn.Linear(384, width, bias=False)
        self.tag, self.label = nn.Embedding(len(TAGS), width), nn.Embedding(LABELS + 1, width)
        self.name, self.quote = nn.Embedding(len(NAMES), width), nn.Embedding(OWN + 1, width)
        self.way, self.gap = nn.Embedding(WAYS + 2, width), nn.Embedding(GAPS, width)
        self.offset, self.role = nn.Embedding(OFFSETS, width), nn.Embedding(ROLES, width)
        self.convolved, self.out = Convolved(width, (1, 3)), nn.Linear(width, 3)

    def forward(self, b: dict[str, Tensor]) -> Tensor:
        inner = self.vector(F.dropout(b["vectors"], 0.2, self.training))
        inner = inner + self.cue(F.dropout(b["cue"], 0.2, self.training))[:, None]
        inner = inner + self.tag(b["tags"]) + self.label(b["labels"]) + self.name(b["names"]) + self.quote(b["quotes"])
        inner = inner + self.way(b["ways"]) + self.gap(b["gaps"]) + self.offset(b["offsets"]) + self.role(b["roles"])
        inner = self.convolved(inner, b["real"][..., None])
        return self.out(F.dropout(inner, 0.2, self.training))


def batch(rows: Sequence[dict[str, np.ndarray]]) -> dict[str, Tensor]:
    """Pad examples of any length to the longest; ``real`` is 0 in the padding."""
    longest = max(len(row["tags"]) for row in rows)
    out: dict[str, Tensor] = {}
    for name, first in rows[0].items():
        if name == "cue":
            out[name] = torch.tensor(np.stack([row[name] for row in rows]))
            continue
        padded = np.zeros((len(rows), longest, *first.shape[1:]), dtype=first.dtype)
        if name == "answer":
            padded -= 100
        for n, row in enumerate(rows):
            padded[n, : len(row[name])] = row[name]
        out[name] = torch.tensor(padded)
    real = np.zeros((len(rows), longest), dtype=np.float32)
    for n, row in enumerate(rows):
        real[n, : len(row["tags"])] = 1
    return out | {"real": torch.tensor(real)}


def cue_examples(article: Article) -> Iterator[dict[str, np.ndarray]]:
    """Pieces of whole sentences with each row's answer: no cue, first word, further word."""
    page = article.page
    answer = np.zeros(len(page), dtype=np.int64)
    for cue, _, _ in article.sayings:
        for n, row in enumerate(cue):
            answer[row] = 2 if n and cue[n - 1] == row - 1 else 1
    first = 0
    for start, end in itertools.pairwise(page.starts.tolist()):
        if end - first > PIECE and start > first:
            yield _piece(page, first, start, answer)
            first = start
    if len(page) > first:
        yield _piece(page, first, len(page), answer)


def _piece(page: Page, first: int, last: int, answer: np.ndarray) -> dict[str, np.ndarray]:
    names = ("vectors", "cues", "tags", "labels", "names", "quotes", "lemmas")
    return {name: getattr(page, name)[first:last] for name in names} | {"answer": answer[first:last]}


def part_examples(article: Article) -> Iterator[dict[str, np.ndarray]]:
    """The words around each cue with their answers: neither, source, content."""
    page = article.page
    marked = np.zeros(len(page), dtype=np.int64)
    for cue, _, _ in article.sayings:
        marked[cue] = 1
    for cue, source, content in article.sayings:
        asked = page.asked(cue, marked)
        answer = np.zeros(len(page), dtype=np.int64)
        answer[source] = 1
        answer[content] = 2
        here = slice(asked.first, asked.last)
        own = {name: getattr(page, name)[here] for name in ("vectors", "tags", "labels", "names")}
        own |= {name: getattr(asked, name) for name in ("quotes", "offsets", "ways", "gaps", "roles")}
        yield own | {"cue": page.vectors[cue].mean(0), "answer": answer[here]}


def fit(model: nn.Module, examples: list[dict[str, np.ndarray]], size: int, epochs: int) -> None:
    """Train with AdamW and a rate that falls to nothing."""
    examples.sort(key=lambda one: len(one["tags"]))
    batches = [examples[n : n + size] for n in range(0, len(examples), size)]
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, len(batches) * epochs, pct_start=0.05, anneal_strategy="linear"
    )
    for epoch in range(epochs):
        begun, total = time.monotonic(), 0.0
        random.shuffle(batches)
        model.train()
        for rows in batches:
            b = batch(rows)
            loss = F.cross_entropy(model(b).flatten(0, 1), b["answer"].flatten(), ignore_index=-100)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            rates.step()
            total += loss.item()
        seconds = time.monotonic() - begun
        sys.stdout.write(f"{type(model).__name__} epoch {epoch + 1}: {total / len(batches):.4f}, {seconds:.0f} s\n")
        sys.stdout.flush()


def arrays(cue: Cue, part: Part, known: Vocabulary) -> dict[str, np.ndarray]:
    """Return the weights as ``gesta.attribute.networks`` reads them; a convolution is [taps, in, out]."""
    out: dict[str, np.ndarray] = {name: np.array(list(getattr(known, name))) for name in ("labels", "lemmas", "ways")}
    tables = {"tag", "label", "name", "quote", "lemma", "way", "gap", "offset", "role", "logit"}
    for prefix, model in (("cue", cue), ("part", part)):
        for name, value in model.state_dict().items():
            weight = value.numpy()
            first, *_ = name.split(".")
            if first == "convolved":
                layer = ("first", "second")[int(name.split(".")[2])]
                kind = name.split(".")[-1]
                out[f"{prefix}.{layer}.{kind}"] = weight.transpose(2, 1, 0) if kind == "weight" else weight
            elif first in tables or (prefix == "part" and first == "cue"):
                out[f"{prefix}.{first}"] = weight
            else:
                out[f"{prefix}.{name}"] = weight
    return {name: value.astype(np.float16) if value.dtype.kind == "f" else value for name, value in out.items()}


def casebook(path: Path) -> Iterator[tuple[str, str, list[Saying]]]:
    """Read labelled sentences of the casebook that are not held out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case.get("held_out"):
            continue
        sayings = [
            Saying(
                cue=[tuple(span) for span in claim["cue"]],
                source=[tuple(claim["speaker"])] if claim["speaker"] else [],
                content=[tuple(span) for span in claim["content"]],
            )
            for claim in case["claims"]
        ]
        yield from [(case["id"], case["text"], sayings)] * REPEATED


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--out", type=Path, default=PACKAGED / "attribution.npz")
    args = parser.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    coder = gesta.load()
    texts = [one for one in read_polnear(args.data / "attribution/train") if not is_tuning(one[0])]
    own = list(casebook(args.claims)) if args.claims else []
    empty = Vocabulary({}, {}, {})
    articles = read_articles(iter(texts + own), coder, empty)
    known = vocabulary(articles)
    for article in articles:
        article.page.renumber(known)
    cue, part = Cue(), Part()
    fit(cue, [one for article in articles for one in cue_examples(article)], PIECES, CUE_EPOCHS)
    fit(part, [one for article in articles for one in part_examples(article)], CUES, PART_EPOCHS)
    np.savez_compressed(args.out, **arrays(cue, part, known))
    if args.out.parent == PACKAGED:
        card = json.loads((PACKAGED / "model.json").read_text(encoding="utf-8"))
        write_card(PACKAGED, card)


if __name__ == "__main__":
    main()
