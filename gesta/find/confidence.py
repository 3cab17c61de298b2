"""How sure a row is: the chance that an event's type, source and target are all right, from what found them.

A logistic regression of few weights, fitted on casebook sentences that the model was not trained on
(``train/calibrate.py``) and shipped with the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from gesta.find.drafts import Draft, Phrase

FEATURES = (
    "always", "trigger", "type", "source", "source told", "target", "target told", "sides", "words", "own verb",
)  # fmt: skip


def features(draft: Draft) -> list[float]:
    """What the confidence is read from, in the order of ``FEATURES``; log-odds where there is a chance."""
    return [
        1.0,
        _odds(draft.any_chance),
        _odds(draft.chance),
        *_side(draft.sources),
        *_side(draft.targets),
        float(len(draft.sources) + len(draft.targets)),
        log(len(draft.trigger.sent)),
        float(draft.trigger.pos_ == "VERB"),
    ]


def confidence(draft: Draft, weights: Sequence[float]) -> float:
    """Return the chance that the row is right; without ``weights`` that of the type."""
    if not weights:
        return draft.chance
    score = sum(weight * value for weight, value in zip(weights, features(draft), strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _side(phrases: list[Phrase]) -> tuple[float, float]:
    """Log-odds of the least sure phrase of a side, and whether it has one."""
    return (_odds(min(phrase.score for phrase in phrases)), 1.0) if phrases else (0.0, 0.0)


def _odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return log(chance / (1 - chance))
