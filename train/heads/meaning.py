"""Distillation towards the original sentence embedding, so that sentence likeness survives fine-tuning."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN


class Meaning(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(HIDDEN, HIDDEN, bias=False)
        nn.init.eye_(self.project.weight)

    def forward(self, words: Tensor) -> Tensor:
        """Mean of word vectors [n, hidden] -> sentence embedding [hidden], unit length."""
        return F.normalize(self.project(words.mean(0)), dim=-1)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        if not batch.meanings:
            return None
        sums = [self(words[row, first:last]).float() @ teacher for row, (first, last), teacher in batch.meanings]
        return 1 - sum(sums) / len(sums)  # type: ignore[return-value]
