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
        """Score words as arguments of a trigger, from projections [.., 64] and [.., n, 64]."""
        return self.role(F.gelu(trigger[..., None, :] + arguments))  # type: ignore[no-any-return]

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.triggers >= 0
        if not labelled.any():
            return None
        triggers, modalities = self(words)
        total = F.cross_entropy(triggers[labelled], batch.triggers[labelled], label_smoothing=0.05)
        modal = batch.modality >= 0
        if modal.any():
            total = total + 0.3 * F.cross_entropy(modalities[modal], batch.modality[modal])
        if batch.roles:
            as_trigger, as_argument = self.role_trigger(words), self.role_argument(words)
            rows = torch.tensor([row for row, _, _ in batch.roles])
            chosen = torch.tensor([word for _, word, _ in batch.roles])
            scores = self.roles(as_trigger[rows, chosen], as_argument[rows])
            roles = torch.stack([roles for _, _, roles in batch.roles])
            total = total + F.cross_entropy(scores.flatten(0, 1), roles.flatten())
        return total
