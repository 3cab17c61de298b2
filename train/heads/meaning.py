"""Distillation towards the original sentence embedding, so that sentence likeness survives fine-tuning."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN


class Meaning(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(HIDDEN, HIDDEN, bias=False)
        nn.init.eye_(self.project.weight)

    def forward(self, means: Tensor) -> Tensor:
        """Means of sentences' word vectors [n, hidden] -> sentence embeddings [n, hidden], unit length."""
        return F.normalize(self.project(means), dim=-1)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        if not batch.meanings:
            return None
        lengths = torch.tensor([last - first for _, (first, last), _ in batch.meanings])
        places = [row * words.shape[1] + i for row, (first, last), _ in batch.meanings for i in range(first, last)]
        sentences = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
        chosen = words.flatten(0, 1)[torch.tensor(places)].float()
        sums = torch.zeros(len(lengths), words.shape[2]).index_add(0, sentences, chosen)
        likeness = self(sums / lengths[:, None]).float() * torch.stack([meaning for _, _, meaning in batch.meanings])
        return 1 - likeness.sum(-1).mean()
