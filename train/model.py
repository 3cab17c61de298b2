"""The multi-task model: one encoder, one file per head."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from train.batches import Batch
from train.dropout import Dropout
from train.encoder import Encoder, Layer, added_mask
from train.heads.attribution import Attribution
from train.heads.events import Events
from train.heads.meaning import Meaning
from train.heads.names import Names
from train.heads.relation import Relation
from train.heads.tags import Tags
from train.heads.tree import Tree
from train.labels import Labels
from train.recipe import Recipe

#: How much each head's loss counts. The two small sets count less, so that they do not overfit the encoder.
WEIGHTS = {"tags": 1.0, "tree": 1.0, "names": 1.0, "events": 0.7, "relation": 0.5, "attribution": 0.5, "meaning": 0.5}


class Model(nn.Module):
    def __init__(
        self,
        labels: Labels,
        *,
        dropout: float = 0.1,
        smoothing: float = 0.0,
        word_layers: int = 0,
        arc: int = 192,
        label: int = 128,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.word_layers = nn.ModuleList(Layer(self.encoder.dropout) for _ in range(word_layers))
        self.dropout = Dropout(dropout)
        events = Events(labels)
        self.heads = nn.ModuleDict(
            {
                "tags": Tags(len(labels.upos), len(labels.morph), smoothing),
                "tree": Tree(len(labels.relations), smoothing, arc, label),
                "names": Names(len(labels.names), smoothing),
                "events": events,
                "relation": Relation(len(labels.pair_types), events),
                "attribution": Attribution(),
                "meaning": Meaning(),
            }
        )

    def words(self, batch: Batch) -> Tensor:
        """Return word vectors [windows, words, 384]: means over each word's pieces."""
        words: Tensor = batch.pool @ self.encoder(batch.pieces, batch.shapes, batch.mask)
        mask = added_mask(batch.sentence >= 0) if len(self.word_layers) else None
        for layer in self.word_layers:
            words = layer(words, mask)
        return words

    def losses(self, batch: Batch, words: Tensor) -> dict[str, Tensor]:
        words = self.dropout(words)
        found = {name: head.loss(words, batch) for name, head in self.heads.items()}
        return {name: loss for name, loss in found.items() if loss is not None}


def build(labels: Labels, recipe: Recipe) -> Model:
    """A fresh model as the recipe wants it."""
    return Model(
        labels, dropout=recipe.dropout, smoothing=recipe.smoothing, word_layers=recipe.word_layers,
        arc=recipe.arc, label=recipe.label,
    )  # fmt: skip


def fresh(labels: Labels, recipe: Recipe, encoder: Path, start: Path | None = None) -> Model:
    """A model whose encoder is the published one, or the adapted one that ``start`` holds."""
    model = build(labels, recipe)
    model.encoder.load_original(encoder)
    if start:
        model.encoder.load_state_dict(torch.load(start, weights_only=True))
    return model


def read_model(path: Path, labels: Labels, recipe: Recipe) -> Model:
    """Load a checkpoint that was trained by this recipe."""
    model = build(labels, recipe)
    model.load_state_dict(torch.load(path, weights_only=True)["model"])
    return model
