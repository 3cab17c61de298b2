"""Biaffine dependency tree (Dozat and Manning 2017) with a light additive scorer for the relation labels."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN

ARC, LABEL = 192, 128


class Tree(nn.Module):
    """Arc scores [.., word, head + 1]; column 0 is the root. Labels are scored only for chosen heads."""

    def __init__(self, relations: int) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(HIDDEN, ARC), nn.GELU(), nn.Dropout(0.2))
        self.head = nn.Sequential(nn.Linear(HIDDEN, ARC), nn.GELU(), nn.Dropout(0.2))
        self.root = nn.Parameter(torch.zeros(ARC))
        self.arc = nn.Linear(ARC, ARC)
        self.label_dependent, self.label_head = nn.Linear(HIDDEN, LABEL), nn.Linear(HIDDEN, LABEL)
        self.label_root = nn.Parameter(torch.zeros(LABEL))
        self.label = nn.Linear(LABEL, relations)

    def arcs(self, words: Tensor) -> Tensor:
        heads = self.head(words)
        root = self.root.expand(*heads.shape[:-2], 1, ARC)
        return self.arc(self.dependent(words)) @ torch.cat([root, heads], dim=-2).transpose(-1, -2) / ARC**0.5

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.arcs(words), self.label_dependent(words), self.label_head(words)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.heads >= 0  # 0 is the root, n the (n-1)th word
        if not labelled.any():
            return None
        same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
        same = torch.cat([torch.ones_like(same[:, :, :1]), same], dim=2)
        scores = self.arcs(words).float().masked_fill(~same, -1e4)
        arc_loss = F.cross_entropy(scores[labelled], batch.heads[labelled])
        heads = self.label_head(words)
        heads = torch.cat([self.label_root.to(heads.dtype).expand(heads.shape[0], 1, LABEL), heads], dim=1)
        chosen = heads.gather(1, batch.heads.clamp(min=0)[:, :, None].expand(-1, -1, LABEL))
        labels = self.label(F.gelu(self.label_dependent(words) + chosen)[labelled])
        return arc_loss + F.cross_entropy(labels, batch.relations[labelled])
