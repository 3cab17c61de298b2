"""Type of a marked pair, and whether the pair really is source and target; no markers, no second pass."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train.batches import ROLES, Batch, LabelledPair
from train.data import Span
from train.encoder import HIDDEN
from train.heads.events import Events

PAIR = 192
SOURCE, TARGET = ROLES.index("source"), ROLES.index("target")


class Relation(nn.Module):
    """Source and target together ask the sentence's words what happened between them (one attention).

    The events head says beforehand how likely each word tells an event of each type with this source and this target;
    the attention starts from that, and the types it speaks for are read beside the words.
    """

    def __init__(self, types: int, events: Events) -> None:
        super().__init__()
        self._events = [events]  # a list, so that its weights are not counted twice
        told = events.trigger.out_features - 1
        self.query = nn.Linear(2 * HIDDEN, PAIR)
        self.key = nn.Linear(HIDDEN, PAIR)
        self.trust = nn.Parameter(torch.tensor(1.0))
        self.inner = nn.Linear(3 * HIDDEN + told + 1, PAIR)
        self.types, self.coded, self.real = nn.Linear(PAIR, types), nn.Linear(PAIR, told), nn.Linear(PAIR, 2)
        self.dropout = nn.Dropout(0.3)

    def forward(
        self, words: Tensor, inside: Tensor, source: Tensor, target: Tensor, likely: Tensor, told: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits of the type in PLV's convention, of the type by our codebook, and of real.

        ``words`` [pairs, n, hidden], ``inside`` [pairs, n] marks each pair's sentence; ``source``, ``target`` [pairs,
        hidden]; ``likely`` [pairs, n] and ``told`` [pairs, types + 1] are the events head's say.
        """
        query = self.query(torch.cat([source, target], dim=-1))
        scores = (self.key(words) @ query[:, :, None])[:, :, 0].float() / PAIR**0.5 + self.trust * likely
        happened = (scores.masked_fill(~inside, -1e4).softmax(-1)[:, None].to(words.dtype) @ words)[:, 0]
        found = torch.cat([self.dropout(torch.cat([source, target, happened], dim=-1)), told.to(words.dtype)], dim=-1)
        inner = self.dropout(F.gelu(self.inner(found)))
        return self.types(inner), self.coded(inner), self.real(inner)

    def events_say(
        self, words: Tensor, inside: Tensor, heads: tuple[Tensor, Tensor], ways: Tensor, gaps: Tensor
    ) -> tuple[Tensor, Tensor]:
        """How likely each word tells an event between the two [pairs, n], and which types that speaks for.

        The second is [pairs, types + 1]: log of the likeliest event of each type, and of any. ``heads`` are the word
        vectors of source and target; ``ways`` and ``gaps`` [pairs, 2, n] lead from each word to them.
        """
        events = self._events[0]
        triggers = events(words)[0].float().log_softmax(-1)
        kinds = triggers[..., 1:].softmax(-1).to(words.dtype) @ events.role_type.weight.to(words.dtype)
        asked = events.role_trigger(words) + kinds
        likely = torch.log1p(-triggers[..., 0].exp().clamp(max=1 - 1e-4))
        for side, (head, role) in enumerate(zip(heads, (SOURCE, TARGET), strict=True)):
            around = events.role_path(ways[:, side]) + events.role_gap(gaps[:, side])
            inner = F.gelu(asked + events.role_argument(head)[:, None] + around)
            likely = likely + events.role(inner).float().log_softmax(-1)[..., role].clamp(min=-8)
        likely = likely.masked_fill(~inside, -20.0)
        by_type = (likely[..., None] + triggers[..., 1:] - likely_of_any(triggers)).amax(1)
        return likely, torch.cat([by_type, likely.amax(1, keepdim=True)], dim=-1).clamp(min=-20) / 4

    def loss(self, words: Tensor, batch: Batch) -> Tensor | None:
        if not batch.pairs:
            return None
        types, coded, real = self.read(words, batch.pairs)
        losses = [
            F.cross_entropy(logits[labels >= 0], labels[labels >= 0], label_smoothing=smoothing)
            for logits, labels, smoothing in (
                (types, torch.tensor([pair.type for pair in batch.pairs]), 0.05),
                (coded, torch.tensor([pair.coded for pair in batch.pairs]), 0.05),
                (real, torch.tensor([pair.real for pair in batch.pairs]), 0.0),
            )
            if (labels >= 0).any()
        ]
        return torch.stack(losses).sum() if losses else None

    def read(self, words: Tensor, pairs: list[LabelledPair]) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of types, of coded types and of real for some pairs of a batch."""
        rows, places = words[[pair.row for pair in pairs]], torch.arange(words.shape[1])
        inside = torch.stack([(places >= p.sentence[0]) & (places < p.sentence[1]) for p in pairs])
        sides = [p.source for p in pairs], [p.target for p in pairs]
        source, target = (
            torch.stack([row[slice(*_within(p, s))].mean(0) for row, p, s in zip(rows, pairs, spans, strict=True)])
            for spans in sides
        )
        numbers = torch.arange(len(pairs))
        heads = rows[numbers, [p.heads[0] for p in pairs]], rows[numbers, [p.heads[1] for p in pairs]]
        ways, gaps = torch.stack([p.ways for p in pairs]), torch.stack([p.gaps for p in pairs])
        likely, told = self.events_say(rows, inside, heads, ways, gaps)
        return self(rows, inside, source, target, likely, told)


def likely_of_any(triggers: Tensor) -> Tensor:
    """Log of the chance that a word tells an event at all, from log chances [.., types + 1]; keeps the last axis."""
    return torch.log1p(-triggers[..., :1].exp().clamp(max=1 - 1e-4))


def _within(pair: LabelledPair, span: Span) -> Span:
    """A span given in words of the pair's sentence, in words of its window."""
    first = pair.sentence[0]
    return first + span[0], first + span[1]
