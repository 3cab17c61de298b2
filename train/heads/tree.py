"""Biaffine dependency tree (Dozat and Manning 2017) with a light additive scorer for the relation labels."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN
from train.heads.tags import weighted


class Tree(nn.Module):
    """Arc scores [.., word, head + 1]; column 0 is the root. Labels are scored only for chosen heads."""

    def __init__(self, relations: int, smoothing: float = 0.0, arc: int = 192, label: int = 128) -> None:
        super().__init__()
        self.smoothing, self.arc_size, self.label_size = smoothing, arc, label
        self.dependent = nn.Sequential(nn.Linear(HIDDEN, arc), nn.GELU(), nn.Dropout(0.2))
        self.head = nn.Sequential(nn.Linear(HIDDEN, arc), nn.GELU(), nn.Dropout(0.2))
        self.root = nn.Parameter(torch.zeros(arc))
        self.arc = nn.Linear(arc, arc)
        self.label_dependent, self.label_head = nn.Linear(HIDDEN, label), nn.Linear(HIDDEN, label)
        self.label_root = nn.Parameter(torch.zeros(label))
        self.label = nn.Linear(label, relations)

    def arcs(self, words: Tensor) -> Tensor:
        heads = self.head(words)
        root = self.root.expand(*heads.shape[:-2], 1, self.arc_size)
        return self.arc(self.dependent(words)) @ torch.cat([root, heads], dim=-2).transpose(-1, -2) / self.arc_size**0.5

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.arcs(words), self.label_dependent(words), self.label_head(words)

    @staticmethod
    def within(batch: Batch) -> Tensor:
        """Whether a word [windows, words] could hang on the root or on a word of its sentence [.., words + 1]."""
        same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
        return torch.cat([torch.ones_like(same[:, :, :1]), same], dim=2)

    def rooted(self, governors: Tensor) -> Tensor:
        """Projected heads [windows, words, size] with the root's before them."""
        root = self.label_root.to(governors.dtype).expand(len(governors), 1, self.label_size)
        return torch.cat([root, governors], dim=1)

    def relations(self, dependents: Tensor, governors: Tensor, heads: Tensor) -> Tensor:
        """Logits of each word's relation to its head [windows, words]; 0 is the root, n the (n-1)th word."""
        chosen = self.rooted(governors).gather(1, heads[:, :, None].expand(-1, -1, self.label_size))
        return self.relation(dependents, chosen)

    def relation(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Logits of the relation between projected words and their projected heads."""
        return self.label(F.gelu(dependents + governors))  # type: ignore[no-any-return]

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.heads >= 0  # 0 is the root, n the (n-1)th word
        if not labelled.any():
            return None
        scores = self.arcs(words).float().masked_fill(~self.within(batch), -1e4)
        arc_loss = weighted(scores[labelled], batch.heads[labelled], batch.sure[labelled])
        labels = self.relations(self.label_dependent(words), self.label_head(words), batch.heads.clamp(min=0))
        return arc_loss + weighted(labels[labelled], batch.relations[labelled], batch.sure[labelled], self.smoothing)
