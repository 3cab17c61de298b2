"""What a training run can vary; the defaults are the recipe of the packaged model."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Recipe:
    """Rates are AdamW's at their peak; parts of an epoch are shares of a set's documents, others in each epoch."""

    epochs: int = 5
    batch: int = 1024  # padded wordpieces, about
    window: int = 128  # wordpieces at most
    alone: float = 0.3  # share of windows with one sentence
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 1.0  # each layer below learns at this share of the rate of the one above
    freeze_words: bool = False  # leave the wordpiece embeddings as they are
    decay: float = 0.01
    warm_up: float = 0.06
    last: float = 0.01  # the rate at the end, as a share of the peak
    dropout: float = 0.1
    smoothing: float = 0.0  # of tags, tree and names
    word_layers: int = 0  # more transformer layers, over words
    arc: int = 192  # sizes of the tree's two scorers
    label: int = 128
    treebank: float = 1.0
    trees: float = 1.0
    newswire: float = 0.7
    pairs: float = 1.0
    casebook: float = 2.0
    reports: float = 2.0
    attribution: float = 1 / 15

    def varied(self, settings: list[str]) -> Recipe:
        """Return the recipe with settings such as ``batch=1024``; ``ValueError`` names one it does not have."""
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        changed: dict[str, object] = {}
        for setting in settings:
            name, _, value = setting.partition("=")
            if name not in kinds:
                raise ValueError(f"a recipe has no {name!r}; it has {', '.join(kinds)}")
            changed[name] = value == "true" if kinds[name] is bool else kinds[name](value)
        return replace(self, **changed)  # type: ignore[arg-type]
