"""UPOS and the morphology that voice, tense, mood, number and person need: one softmax each."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN


class Tags(nn.Module):
    def __init__(self, upos: int, morph: int, smoothing: float = 0.0) -> None:
        super().__init__()
        self.smoothing = smoothing
        self.upos, self.morph = nn.Linear(HIDDEN, upos), nn.Linear(HIDDEN, morph)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return self.upos(words), self.morph(words)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.upos >= 0
        if not labelled.any():
            return None
        upos, morph = self(words)
        sure = batch.sure[labelled]
        upos_loss = weighted(upos[labelled], batch.upos[labelled], sure, self.smoothing)
        return upos_loss + 0.5 * weighted(morph[labelled], batch.morph[labelled], sure)


def weighted(logits: Tensor, labels: Tensor, weights: Tensor, smoothing: float = 0.0) -> Tensor:
    """Cross-entropy [words, labels] against [words], each word by its weight; a negative label does not count."""
    losses = F.cross_entropy(logits.float(), labels, reduction="none", label_smoothing=smoothing)
    weights = weights * (labels >= 0)
    return (losses * weights).sum() / weights.sum().clamp(min=1e-6)
