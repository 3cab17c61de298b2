"""The label sets of all heads, fixed once from the training data and shipped with the model."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from gesta.find.paths import FAR, paths
from gesta.ontology import plover
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
    modes: tuple[str, ...] = tuple(f"{name}/{mode}" for name, kind in plover().types.items() for mode in kind.modes)
    contexts: tuple[str, ...] = tuple(plover().contexts)
    paths: tuple[str, ...] = (FAR,)

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


def frequent_paths(sentences: list[Sentence], least: int = 12) -> tuple[str, ...]:
    """Ways from a trigger to a word that occur often enough to be learnt; all others are ``FAR``."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for trigger in sentence.triggers or ():
            if sentence.heads is not None and sentence.relations is not None:
                counts.update(paths(sentence.words, sentence.heads, sentence.relations, trigger.word))
    return (FAR, *sorted(path for path, n in counts.items() if n >= least and path != FAR))
