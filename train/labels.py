"""The label sets of all heads, fixed once from the training data and shipped with the model."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from train.data import Sentence

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
MODALITIES = (
    "happened", "ongoing", "planned", "threatened", "demanded",
    "alleged", "denied", "conditional", "predicted", "general",
)  # fmt: skip


@dataclass(frozen=True)
class Labels:
    upos: tuple[str, ...]
    morph: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    pair_types: tuple[str, ...]
    types: tuple[str, ...] = TYPES
    modalities: tuple[str, ...] = MODALITIES

    def to_json(self) -> dict[str, list[str]]:
        return {name: list(values) for name, values in asdict(self).items()}


def collect(sentences: list[Sentence]) -> Labels:
    """Every label that occurs at least five times, sorted; rarer ones are learnt as their base or as none."""

    def frequent(values: Counter[str], least: int = 5) -> tuple[str, ...]:
        return tuple(sorted(value for value, n in values.items() if n >= least))

    return Labels(
        upos=frequent(Counter(v for s in sentences for v in s.upos or ())),
        morph=frequent(Counter(v for s in sentences for v in s.morph or ())),
        relations=frequent(Counter(v for s in sentences for v in s.relations or ())),
        names=("O", *(n for n in frequent(Counter(v for s in sentences for v in s.names or ())) if n != "O")),
        pair_types=frequent(Counter(p.type for s in sentences for p in s.pairs if p.type)),
    )
