"""Events from the casebook: trigger and type of each word, modality, and the roles of its arguments."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN

ROLE = 64
ROLES = ("none", "source", "target", "place", "time")


class Events(nn.Module):
    def __init__(self, types: int, modalities: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(0.2))
        self.trigger, self.modality = nn.Linear(HIDDEN, types + 1), nn.Linear(HIDDEN, modalities)
        self.role_trigger = nn.Linear(HIDDEN, ROLE)
        self.role_argument = nn.Linear(HIDDEN, ROLE)
        self.role = nn.Linear(ROLE, len(ROLES))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return trigger logits [.., types + 1] (0 is no trigger) and modality logits."""
        inner = self.inner(words)
        return self.trigger(inner), self.modality(inner)

    def roles(self, trigger: Tensor, arguments: Tensor) -> Tensor:
        """Score each word [n, hidden] as an argument of one trigger [hidden]."""
        return self.role(F.gelu(self.role_trigger(trigger)[None] + self.role_argument(arguments)))  # type: ignore[no-any-return]

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.triggers >= 0
        if not labelled.any():
            return None
        triggers, modalities = self(words[labelled])
        total = F.cross_entropy(triggers, batch.triggers[labelled], label_smoothing=0.05)
        modal = batch.modality[labelled]
        if (modal >= 0).any():
            total = total + 0.3 * F.cross_entropy(modalities[modal >= 0], modal[modal >= 0])
        role_losses = []
        for row, word, roles in batch.roles:
            inside = roles >= 0
            role_losses.append(F.cross_entropy(self.roles(words[row, word], words[row][inside]), roles[inside]))
        if role_losses:
            total = total + torch.stack(role_losses).mean()
        return total
