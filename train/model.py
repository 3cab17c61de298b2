"""The multi-task model: one encoder, one file per head."""

from __future__ import annotations

from torch import Tensor, nn

from train.batches import Batch
from train.encoder import Encoder
from train.heads.events import Events
from train.heads.meaning import Meaning
from train.heads.names import Names
from train.heads.relation import Relation
from train.heads.tags import Tags
from train.heads.tree import Tree
from train.labels import Labels

#: How much each head's loss counts. The two small sets count less, so that they do not overfit the encoder.
WEIGHTS = {"tags": 1.0, "tree": 1.0, "names": 1.0, "events": 0.7, "relation": 0.5, "meaning": 1.0}


class Model(nn.Module):
    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict(
            {
                "tags": Tags(len(labels.upos), len(labels.morph)),
                "tree": Tree(len(labels.relations)),
                "names": Names(len(labels.names)),
                "events": Events(len(labels.types), len(labels.modalities)),
                "relation": Relation(len(labels.pair_types)),
                "meaning": Meaning(),
            }
        )

    def words(self, batch: Batch) -> Tensor:
        """Return word vectors [windows, words, 384]: means over each word's pieces."""
        return batch.pool @ self.encoder(batch.pieces, batch.shapes, batch.mask)

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        words = self.dropout(self.words(batch))
        found = {name: head.loss(words, batch) for name, head in self.heads.items()}
        return {name: loss for name, loss in found.items() if loss is not None}
