"""Names: BIO over the newswire's nine classes, for the outer layer and for names nested in it."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN


class Names(nn.Module):
    def __init__(self, labels: int, smoothing: float = 0.0) -> None:
        super().__init__()
        self.smoothing = smoothing
        self.inner = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(0.1))
        self.outer, self.nested = nn.Linear(HIDDEN, labels), nn.Linear(HIDDEN, labels)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        inner = self.inner(words)
        return self.outer(inner), self.nested(inner)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.names >= 0
        if not labelled.any():
            return None
        outer, nested = self(words)
        outer_loss = F.cross_entropy(outer[labelled], batch.names[labelled], label_smoothing=self.smoothing)
        return outer_loss + 0.3 * F.cross_entropy(nested[labelled], batch.nested[labelled])
