"""UPOS and the morphology that voice, tense, mood, number and person need: one softmax each."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN


class Tags(nn.Module):
    def __init__(self, upos: int, morph: int) -> None:
        super().__init__()
        self.upos, self.morph = nn.Linear(HIDDEN, upos), nn.Linear(HIDDEN, morph)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return self.upos(words), self.morph(words)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.upos >= 0
        if not labelled.any():
            return None
        upos, morph = self(words[labelled])
        return F.cross_entropy(upos, batch.upos[labelled]) + 0.5 * F.cross_entropy(morph, batch.morph[labelled])
