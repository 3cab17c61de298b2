"""Choosing what a pronoun or nominal takes up: a light head weighs every candidate against the others and none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from gesta.annotate.light import Light
from gesta.resolve.actors.coreference.entities import Entity
from gesta.resolve.actors.coreference.referents import Referent
from gesta.resolve.actors.coreference.walk import Candidate

#: Chances from which a candidate is taken, by the head's name; chosen by folds over the marked articles.
THRESHOLDS = {"pronoun": 0.5, "nominal": 0.5}


class Ranker:
    """Takes the likeliest candidate if it is likely enough."""

    def __init__(self, heads: Mapping[str, Light], thresholds: Mapping[str, float] = THRESHOLDS) -> None:
        self._heads, self._thresholds = heads, thresholds

    def __call__(self, referent: Referent, candidates: Sequence[Candidate]) -> Entity | None:
        head = self._heads.get(referent.kind)
        if head is None:
            return None
        weights = head.weights
        odds = [exp(head.bias + sum([weights.get(name, 0.0) for name in one.features])) for one in candidates]
        best = max(range(len(odds)), key=lambda at: odds[at])
        chance = odds[best] / (1 + sum(odds))
        return candidates[best].entity if chance >= self._thresholds[referent.kind] else None
