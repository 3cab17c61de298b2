"""Fit the networks for cause and effect: python -m train.causes --data DATA

From the sentences of the Causal News Corpus (Tan et al., LREC 2022; version 2) on the packaged model's frozen vectors.
Writes ``causes.npz`` beside the model. PyTorch only; about four minutes on one core. ``benchmarks/causes.py`` measures
the same recipe in five folds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

import gesta
from gesta.annotate.language import readings
from gesta.annotate.model import PACKAGED
from gesta.attribute.page import GAPS, TAGS, Vocabulary
from gesta.evaluate.causal_news import Case, read_causal_news
from gesta.find.causes.networks import CAUSE, EFFECT, PARTS, SIGNAL, TRUNK
from gesta.find.causes.page import Line, line_of
from gesta.records import Span
from train.identity import write_card

TABLE = "causal/train_subtask2_grouped.csv"
LABELS, LEMMAS, WAYS = 60, 1500, 300
#: Networks whose answers are averaged; their width, and that of a lemma.
MEMBERS, WIDTH, LEMMA_WIDTH = 3, 72, 16
EPOCHS, BATCH, RATE, DECAY = 12, 32, 1.5e-3, 0.05
#: How much of the mean of the weights stays with each step; the mean is what is kept.
KEPT = 0.99
HIDDEN_LEMMAS = 0.2
#: Weights of the losses: anchors, the sort of each word, spans, signals.
ANCHORS, SORTS, SPANS, SIGNALS = 8.0, 0.5, 3.0, 0.5
_NEVER = -1e4


@dataclass(slots=True)
class Relation:
    """One relation as rows: its anchor, its arguments and signals, end exclusive."""

    anchor: int
    cause: Span
    effect: Span
    signals: Sequence[Span]


@dataclass(slots=True)
class Example:
    """One sentence as arrays, with its relations."""

    case: Case
    line: Line
    relations: list[Relation]
    arrays: dict[str, np.ndarray]
    asked: list[dict[str, np.ndarray]]


def read_examples(cases: Iterable[Case], coder: gesta.Coder) -> list[Example]:
    """Read sentences; their arrays are numbered by ``number``."""
    found = []
    for case in cases:
        doc = coder.nlp(case.text)
        line = line_of(doc, [sentence for sentence in readings(doc).sentences if len(sentence.tokens)])
        relations = []
        for one in case.relations or ():
            cause, effect, *signals = (_rows(line, span) for span in (one.cause, one.effect, *one.signals))
            anchor = signals[0][0] if signals else max(cause, effect)[0]
            relations.append(Relation(anchor, cause, effect, signals))
        found.append(Example(case, line, relations, {}, []))
    return found


def _rows(line: Line, span: Span) -> Span:
    inside = [n for n, (a, b) in enumerate(zip(line.starts, line.ends, strict=True)) if a < span[1] and b > span[0]]
    return inside[0], inside[-1] + 1


def vocabulary(examples: Sequence[Example]) -> Vocabulary:
    """Return the commonest tree labels, lemmas, and ways from an anchor."""
    labels = Counter(dep for one in examples for dep in one.line.deps)
    lemmas = Counter(lemma for one in examples for lemma in one.line.lemmas)
    ways = Counter(way for one in examples for relation in one.relations for way in one.line.ways(relation.anchor))
    return Vocabulary(_numbered(labels, LABELS, 1), _numbered(lemmas, LEMMAS, 1), _numbered(ways, WAYS, 2))


def _numbered(counted: Counter[str], most: int, first: int) -> dict[str, int]:
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]
    return {name: number for number, (name, _) in enumerate(ranked, first)}


def number(examples: Sequence[Example], known: Vocabulary) -> None:
    """Set the arrays of every example: what the networks read, and ``sorts`` [n, 4] (anchor, cause, effect, signal)."""
    for one in examples:
        line, sorts = one.line, np.zeros((len(one.line.words), 4), dtype=np.float32)
        for relation in one.relations:
            sorts[relation.anchor, 0] = 1
            for column, spans in enumerate(((relation.cause,), (relation.effect,), relation.signals), start=1):
                for start, end in spans:
                    sorts[start:end, column] = 1
        one.arrays = {
            "vectors": line.vectors,
            "events": line.events,
            "tags": line.tags,
            "labels": np.array([known.labels.get(dep, 0) for dep in line.deps]),
            "lemmas": np.array([known.lemmas.get(lemma, 0) for lemma in line.lemmas]),
            "sorts": sorts,
        }
        one.asked = [asked(line, relation, known) for relation in one.relations]


def asked(line: Line, relation: Relation, known: Vocabulary) -> dict[str, np.ndarray]:
    """What the words of a sentence are to a relation's anchor, and the answers."""
    answer = np.zeros(len(line.words), dtype=np.int64)
    for sort, (start, end) in ((CAUSE, relation.cause), (EFFECT, relation.effect)):
        answer[start:end] = sort + 1
        answer[start] = sort
    signals = np.zeros(len(answer), dtype=np.float32)
    for start, end in relation.signals:
        signals[start:end] = 1
    ways = np.array([known.ways.get(way, 1) for way in line.ways(relation.anchor)])
    return {"ways": ways, "gaps": line.gaps(relation.anchor), "answer": answer, "signals": signals}


class Convolved(nn.Module):
    """Convolutions, each added to what it reads."""

    def __init__(self, width: int, apart: Sequence[int], dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.layers = nn.ModuleList(nn.Conv1d(width, width, 5, padding=2 * d, dilation=d) for d in apart)

    def forward(self, inner: Tensor, real: Tensor) -> Tensor:
        inner = F.relu(inner) * real
        for layer in self.layers:
            reach, apart = layer.padding[0], layer.dilation[0]
            padded = F.pad(inner, (0, 0, reach, reach))
            taps = [padded[:, n : n + inner.shape[1]] for n in range(0, 2 * reach + 1, apart)]
            more = F.relu(F.linear(torch.cat(taps, 2), layer.weight.transpose(1, 2).flatten(1), layer.bias))
            inner = (inner + F.dropout(more, self.dropout, self.training)) * real
        return inner


class Network(nn.Module):
    """The trunk with its heads, and what words are to an anchor."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.vector, self.event = nn.Linear(384, width), nn.Linear(16, width, bias=False)
        self.tag, self.label = nn.Embedding(len(TAGS), width), nn.Embedding(LABELS + 1, width)
        self.lemma, self.spread = nn.Embedding(LEMMAS + 1, LEMMA_WIDTH), nn.Linear(LEMMA_WIDTH, width, bias=False)
        nn.init.normal_(self.lemma.weight, 0, 0.05)
        self.trunk, self.anchor = Convolved(width, TRUNK, 0.1), nn.Linear(width, 4)
        self.heed, self.whole = nn.Linear(width, 1, bias=False), nn.Linear(2 * width + 1, 1)
        self.word, self.asked = nn.Linear(384, width), nn.Linear(384, width, bias=False)
        self.word_spread = nn.Linear(LEMMA_WIDTH, width, bias=False)
        self.word_tag, self.word_label = nn.Embedding(len(TAGS), width), nn.Embedding(LABELS + 1, width)
        self.way, self.gap = nn.Embedding(WAYS + 2, width), nn.Embedding(GAPS, width)
        self.part, self.out = Convolved(width, PARTS, 0.0), nn.Linear(width, SIGNAL + 1)

    def lemmas(self, b: dict[str, Tensor]) -> Tensor:
        """Return the lemmas' vectors; some are hidden in training, so that the encoder's are read as well."""
        lemma = self.lemma(b["lemmas"])
        return lemma * (torch.rand(lemma.shape[:2]) > HIDDEN_LEMMAS)[..., None] if self.training else lemma

    def read(self, b: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Return the logits of anchors and sorts [batch, n, 4], and of whole sentences [batch]."""
        inner = self.vector(F.dropout(b["vectors"], 0.3, self.training)) + self.event(b["events"])
        inner = inner + self.spread(self.lemmas(b)) + self.tag(b["tags"]) + self.label(b["labels"])
        inner = self.trunk(inner, b["real"][..., None])
        inner = F.dropout(inner, 0.4, self.training)
        sorts, no = self.anchor(inner), b["real"] == 0
        heed = self.heed(inner)[..., 0].masked_fill(no, -1e9).softmax(1)
        most = inner.masked_fill(no[..., None], -1e9).amax(1)
        summed = sorts[..., 0].masked_fill(no, -30).logsumexp(1, keepdim=True)
        return sorts, self.whole(torch.cat([(heed[..., None] * inner).sum(1), most, summed], 1))[:, 0]

    def parts(self, b: dict[str, Tensor], anchors: Tensor) -> Tensor:
        """Return the logits of what each word is to an anchor [batch, n, 6]."""
        words = F.dropout(b["vectors"], 0.25, self.training)
        asked = F.dropout(b["vectors"][torch.arange(len(anchors)), anchors], 0.25, self.training)
        inner = self.word(words) + self.asked(asked)[:, None] + self.way(b["ways"]) + self.gap(b["gaps"])
        inner = inner + self.word_spread(self.lemmas(b))
        inner = self.part(inner + self.word_tag(b["tags"]) + self.word_label(b["labels"]), b["real"][..., None])
        return self.out(F.dropout(inner, 0.25, self.training))


def batch(rows: Sequence[dict[str, np.ndarray]]) -> dict[str, Tensor]:
    """Pad sentences to the longest; ``real`` is 0 in the padding."""
    longest = max(len(row["tags"]) for row in rows)
    out: dict[str, Tensor] = {}
    for name in [*rows[0], "real"]:
        values = [row.get(name, np.ones(len(row["tags"]), dtype=np.float32)) for row in rows]
        padded = np.zeros((len(rows), longest, *values[0].shape[1:]), dtype=values[0].dtype)
        for n, value in enumerate(values):
            padded[n, : len(value)] = value
        out[name] = torch.tensor(padded)
    return out


def structured(scores: Tensor, answer: Tensor, real: Tensor) -> Tensor:
    """Negative log-likelihood, by word, of the right pair of runs among all pairs that lie apart.

    ``scores`` [batch, n, 5]; padding stands at the end of a sentence. A run's score is that of its first word and of
    its further ones, all against being outside; summed over where the first run starts and ends, then the second.
    """
    here = real[..., None]
    above = (scores[..., 1:] - scores[..., :1]) * here + (1 - here) * _NEVER
    right = (F.pad(above, (1, 0)).gather(2, answer[..., None])[..., 0] * real).sum(1)
    runs = [_runs(above[..., first], above[..., first + 1]) for first in (0, 2)]
    pairs = [
        (torch.logcumsumexp(runs[one][0], 1)[:, :-1] + runs[other][1][:, 1:]).logsumexp(1)
        for one, other in ((0, 1), (1, 0))
    ]
    return (torch.logaddexp(*pairs) - right).sum() / real.sum()


def _runs(first: Tensor, further: Tensor) -> tuple[Tensor, Tensor]:
    """The summed scores [batch, n] of all runs that end with each word, and of all that start with it."""
    inner = further.cumsum(1)
    opened = first - inner
    ended = inner + torch.logcumsumexp(opened, 1)
    started = opened + torch.logcumsumexp(inner.flip(1), 1).flip(1)
    return ended, started


def loss(network: Network, examples: Sequence[Example]) -> Tensor:
    """The weighted sum of all losses on some sentences."""
    b = batch([one.arrays for one in examples])
    sorts, whole = network.read(b)
    words = b["real"].sum()
    wrong = F.binary_cross_entropy_with_logits(sorts, b["sorts"], reduction="none") * b["real"][..., None]
    total = wrong[..., 0].sum() / words * ANCHORS + wrong[..., 1:].sum() / words * SORTS
    total = total + F.binary_cross_entropy_with_logits(whole, torch.tensor([float(x.case.causal) for x in examples]))
    rows = [one.arrays | more for one in examples for more in one.asked]
    if not rows:
        return total
    b = batch(rows)
    out = network.parts(b, torch.tensor([relation.anchor for one in examples for relation in one.relations]))
    signals = F.binary_cross_entropy_with_logits(out[..., SIGNAL], b["signals"], reduction="none") * b["real"]
    spans = structured(out[..., :SIGNAL], b["answer"], b["real"])
    return total + spans * SPANS + signals.sum() / b["real"].sum() * SIGNALS


def fit(examples: Sequence[Example], seed: int) -> Network:
    """Train one network with AdamW and a rate that falls to nothing; keep a running mean of its weights."""
    torch.manual_seed(seed)
    order, network = random.Random(seed), Network()
    ranked = sorted(examples, key=lambda one: len(one.line.words))
    batches = [ranked[n : n + BATCH] for n in range(0, len(ranked), BATCH)]
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, len(batches) * EPOCHS, pct_start=0.1, anneal_strategy="linear"
    )
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    begun, steps, total = time.monotonic(), 0, 0.0
    for _ in range(EPOCHS):
        order.shuffle(batches)
        network.train()
        for some in batches:
            wrong = loss(network, some)
            optimiser.zero_grad()
            wrong.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            rates.step()
            steps, total = steps + 1, total + wrong.item()
            kept = min(KEPT, (1 + steps) / (10 + steps))
            for name, value in network.state_dict().items():
                mean[name].mul_(kept).add_(value, alpha=1 - kept)
    network.load_state_dict(mean)
    sys.stdout.write(f"seed {seed}: mean loss {total / steps:.3f}, {time.monotonic() - begun:.0f} s\n")
    sys.stdout.flush()
    return network.eval()


def fit_all(examples: Sequence[Example], seed: int = 1) -> dict[str, np.ndarray]:
    """Fit the vocabulary and all networks; return them as ``gesta.find.causes`` reads them."""
    known = vocabulary(examples)
    number(examples, known)
    networks = [fit(examples, seed + n) for n in range(MEMBERS)]
    return arrays(networks, known)


def arrays(networks: Sequence[Network], known: Vocabulary) -> dict[str, np.ndarray]:
    """Return weights with the networks as first axis, in half precision; a convolution is [taps, in, out]."""
    out: dict[str, np.ndarray] = {name: np.array(list(getattr(known, name))) for name in ("labels", "lemmas", "ways")}
    tables = {
        "event", "tag", "label", "lemma", "spread", "asked", "word_spread", "word_tag", "word_label", "way", "gap",
        "heed",
    }  # fmt: skip
    for name in networks[0].state_dict():
        weight = np.stack([network.state_dict()[name].numpy() for network in networks]).astype(np.float16)
        first, *rest = name.split(".")
        if first in {"trunk", "part"}:
            kind = rest[-1]
            out[f"{first}.{rest[1]}.{kind}"] = weight.transpose(0, 3, 2, 1) if kind == "weight" else weight
        elif first == "anchor":
            out[name] = weight[:, :1]  # the sorts only teach
        else:
            out[first if first in tables else name] = weight
    return out


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=PACKAGED / "causes.npz")
    args = parser.parse_args()
    torch.set_num_threads(1)
    examples = read_examples(read_causal_news(args.data / TABLE), gesta.load())
    np.savez_compressed(args.out, **fit_all(examples))
    if args.out.parent == PACKAGED:
        card = json.loads((PACKAGED / "model.json").read_text(encoding="utf-8"))
        write_card(PACKAGED, card)


if __name__ == "__main__":
    main()
