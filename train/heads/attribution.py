"""Who says it, from PolNeAR: cue words, and for each cue which words of the window are its source and its content."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import Batch
from train.encoder import HIDDEN

PART = 64
#: Labels of a word for one cue.
PARTS = ("none", "source", "content")
#: Labels of a word as (part of) a cue.
CUES = ("O", "B", "I")


class Attribution(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.cue = nn.Linear(HIDDEN, len(CUES))
        self.part_cue, self.part_word = nn.Linear(HIDDEN, PART), nn.Linear(HIDDEN, PART)
        self.part = nn.Linear(PART, len(PARTS))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return cue logits [.., 3] and the two projections [.., 64] that ``parts`` compares."""
        return self.cue(words), self.part_cue(words), self.part_word(words)

    def parts(self, cue: Tensor, words: Tensor) -> Tensor:
        """Score words [.., n, 64] as source or content of a cue [.., 64], the mean over its words; both projected."""
        return self.part(F.gelu(cue[..., None, :] + words))  # type: ignore[no-any-return]

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.cues >= 0
        if not labelled.any():
            return None
        cues, as_cue, as_word = self(words)
        total = F.cross_entropy(cues[labelled], batch.cues[labelled])
        if not batch.attributions:
            return total
        rows = torch.tensor([row for row, _, _ in batch.attributions])
        cue_words = torch.zeros(len(rows), words.shape[1], dtype=as_cue.dtype)  # each row averages a cue's words
        for n, (_, cue, _) in enumerate(batch.attributions):
            cue_words[n, cue] = 1 / len(cue)
        cue_vectors = (cue_words[:, None] @ as_cue[rows])[:, 0]
        parts = torch.stack([parts for _, _, parts in batch.attributions])
        return total + 0.5 * F.cross_entropy(self.parts(cue_vectors, as_word[rows]).flatten(0, 1), parts.flatten())
