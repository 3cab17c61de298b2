"""Type of a marked pair, and whether the pair really is source and target; no markers, no second pass."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch, LabelledPair
from train.data import Span
from train.encoder import HIDDEN

PAIR = 192


class Relation(nn.Module):
    """Source and target together ask the sentence's words what happened between them (one attention)."""

    def __init__(self, types: int) -> None:
        super().__init__()
        self.query = nn.Linear(2 * HIDDEN, PAIR)
        self.key = nn.Linear(HIDDEN, PAIR)
        self.inner = nn.Linear(3 * HIDDEN, PAIR)
        self.types, self.real = nn.Linear(PAIR, types), nn.Linear(PAIR, 2)
        self.dropout = nn.Dropout(0.3)

    def forward(self, words: Tensor, inside: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """``words`` [pairs, n, hidden] with ``inside`` [pairs, n] marking each pair's sentence; ``source``, ``target``
        [pairs, hidden] -> logits of type and of real."""
        query = self.query(torch.cat([source, target], dim=-1))
        scores = (self.key(words) @ query[:, :, None])[:, :, 0] / PAIR**0.5
        happened = (scores.masked_fill(~inside, -1e4).softmax(-1)[:, None].to(words.dtype) @ words)[:, 0]
        inner = self.dropout(F.gelu(self.inner(self.dropout(torch.cat([source, target, happened], dim=-1)))))
        return self.types(inner), self.real(inner)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        if not batch.pairs:
            return None
        rows, places = words[[pair.row for pair in batch.pairs]], torch.arange(words.shape[1])
        inside = torch.stack([(places >= p.sentence[0]) & (places < p.sentence[1]) for p in batch.pairs])
        source = torch.stack(
            [row[slice(*_within(p, p.source))].mean(0) for row, p in zip(rows, batch.pairs, strict=True)]
        )
        target = torch.stack(
            [row[slice(*_within(p, p.target))].mean(0) for row, p in zip(rows, batch.pairs, strict=True)]
        )
        types, real = self(rows, inside, source, target)
        losses = [
            F.cross_entropy(logits[labels >= 0], labels[labels >= 0], label_smoothing=smoothing)
            for logits, labels, smoothing in (
                (types, torch.tensor([pair.type for pair in batch.pairs]), 0.05),
                (real, torch.tensor([pair.real for pair in batch.pairs]), 0.0),
            )
            if (labels >= 0).any()
        ]
        return torch.stack(losses).sum() if losses else None


def _within(pair: LabelledPair, span: Span) -> Span:
    """A span given in words of the pair's sentence, in words of its window."""
    first = pair.sentence[0]
    return first + span[0], first + span[1]
