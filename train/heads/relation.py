"""Type of a marked pair, and whether the pair really is source and target; no markers, no second pass."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
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

    def forward(self, words: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """``words`` [n, hidden] of one sentence; ``source``, ``target`` [hidden] -> logits of type and of real."""
        query = self.query(torch.cat([source, target]))
        weights = (self.key(words) @ query / PAIR**0.5).softmax(0)
        happened = weights @ words
        inner = self.dropout(F.gelu(self.inner(self.dropout(torch.cat([source, target, happened])))))
        return self.types(inner), self.real(inner)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        losses = []
        for pair in batch.pairs:
            first, last = pair.sentence
            sentence = words[pair.row, first:last]
            types, real = self(
                sentence,
                sentence[pair.source[0] : pair.source[1]].mean(0),
                sentence[pair.target[0] : pair.target[1]].mean(0),
            )
            if pair.type >= 0:
                losses.append(F.cross_entropy(types, torch.tensor(pair.type), label_smoothing=0.05))
            if pair.real >= 0:
                losses.append(F.cross_entropy(real, torch.tensor(pair.real)))
        return torch.stack(losses).mean() if losses else None
