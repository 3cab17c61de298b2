"""Events: trigger words with their types, and what each event is: modality, modes, contexts, roles."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gesta.find.paths import DISTANCES, FRAMES
from train.batches import ROLES, Batch, LabelledEvent
from train.encoder import HIDDEN
from train.labels import Labels

ROLE = 128
#: Most words play no role; those that do count more.
ROLE_WEIGHTS = (1.0, 2.0, 2.0, 1.5, 1.5)
#: The losses are means over words, nearly all of which tell nothing; unweighted, the few that do hardly taught a thing.
TRIGGERS, SECONDS, ASKED_ROLES, MODALITY, CONTEXTS = 6.0, 0.3, 6.0, 0.6, 10.0
SMOOTHING = 0.03


class Events(nn.Module):
    """``trigger`` and ``second`` read words alone; the rest is asked of chosen words, once their type is known."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        types = len(labels.types)
        self.inner = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(0.2))
        self.trigger = nn.Linear(HIDDEN, types + 1)
        self.second = nn.Linear(HIDDEN, types + 1)
        self.told, self.told_type = nn.Linear(HIDDEN, HIDDEN), nn.Embedding(types, HIDDEN)
        self.modality = nn.Linear(HIDDEN, len(labels.modalities))
        self.modes = nn.Linear(HIDDEN, len(labels.modes))
        self.contexts = nn.Linear(2 * HIDDEN, len(labels.contexts))
        self.dropout = nn.Dropout(0.2)
        self.role_trigger = nn.Linear(HIDDEN, ROLE)
        self.role_argument = nn.Linear(HIDDEN, ROLE)
        self.role_path = nn.Embedding(len(labels.paths), ROLE)
        self.role_gap = nn.Embedding(DISTANCES, ROLE)
        self.role_type = nn.Embedding(types, ROLE)
        self.role_frame = nn.Embedding(FRAMES, ROLE)
        self.role = nn.Linear(ROLE, len(ROLES))
        own = [[mode.split("/")[0] == kind for mode in labels.modes] for kind in labels.types]
        self.register_buffer("own_modes", torch.tensor(own), persistent=False)
        for small in (self.told_type, self.role_path, self.role_gap, self.role_type, self.role_frame):
            nn.init.normal_(small.weight, std=0.02)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits [.., types + 1] of each word's event (0 is none) and of a second one told by the same word."""
        inner = self.inner(words)
        return self.trigger(inner), self.second(inner)

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        labelled = batch.triggers >= 0
        if not labelled.any():
            return None
        triggers, seconds = self(words)
        total = TRIGGERS * F.cross_entropy(triggers[labelled], batch.triggers[labelled], label_smoothing=SMOOTHING)
        if batch.events:
            told = batch.triggers > 0
            total = total + SECONDS * F.cross_entropy(seconds[told], batch.seconds[told])
            total = total + self._told_loss(words, batch) + self._role_loss(words, batch.events)
        return total

    def _told_loss(self, words: Tensor, batch: Batch) -> Tensor:
        events = batch.events
        rows, chosen = torch.tensor([e.row for e in events]), torch.tensor([e.word for e in events])
        types = torch.tensor([e.type for e in events])
        told = self.dropout(F.gelu(self.told(words[rows, chosen]) + self.told_type(types)))
        same = (batch.sentence[rows] == batch.sentence[rows, chosen][:, None]).to(words.dtype)
        mean = (same[:, None] @ words[rows])[:, 0] / same.sum(1, keepdim=True)
        modality = F.cross_entropy(self.modality(told), torch.tensor([e.modality for e in events]))
        wanted = torch.stack([e.modes for e in events])
        own = self.own_modes[types]
        modes = F.binary_cross_entropy_with_logits(self.modes(told).float(), wanted, reduction="none")[own]
        contexts = F.binary_cross_entropy_with_logits(
            self.contexts(torch.cat([told, mean], dim=-1)).float(), torch.stack([e.contexts for e in events])
        )
        return MODALITY * modality + (modes.mean() if own.any() else 0.0) + CONTEXTS * contexts

    def _role_loss(self, words: Tensor, events: list[LabelledEvent]) -> Tensor:
        rows, chosen = torch.tensor([e.row for e in events]), torch.tensor([e.word for e in events])
        asked = self.role_trigger(words)[rows, chosen] + self.role_type(torch.tensor([e.type for e in events]))
        asked = asked + self.role_frame(torch.tensor([e.frame for e in events]))
        around = self.role_path(torch.stack([e.paths for e in events])) + self.role_gap(
            torch.stack([e.gaps for e in events])
        )
        scores = self.role(F.gelu(asked[:, None] + self.role_argument(words)[rows] + around))
        wanted = torch.stack([e.roles for e in events]).flatten()
        weight = torch.tensor(ROLE_WEIGHTS, dtype=scores.dtype)
        return ASKED_ROLES * F.cross_entropy(scores.flatten(0, 1), wanted, weight=weight)
