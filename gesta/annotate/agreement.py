"""One article, one class for a name: its mentions vote, and a surname follows the full name.

A single mention may say little ("Vozy aims to ..."); the others say more. On the newswire the vote is worth about a
point of F1. Where a name begins and ends is left as it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gesta.annotate.names import Name

Floats = NDArray[np.float32]

#: Dates and amounts are no names of one thing: "May" is what its own sentence says.
_ALONE = frozenset({"Date", "Money"})
_PERSON = "Person"
#: No mention is ever surer than this that a class is wrong, so one cannot outvote many.
_LEAST = 1e-4
#: How much the mentions of a full name say of its last word standing alone.
_SURNAME = 0.5

Surface = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in its sentence, its words, and the logarithms of how likely each class is."""

    name: Name
    surface: Surface
    chances: Floats


@lru_cache(maxsize=8)
def _columns(labels: tuple[str, ...], classes: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """The columns of each class's first and later words."""
    index = {label: n for n, label in enumerate(labels)}
    begins = [index[f"B-{c}"] for c in classes]
    return begins, [index.get(f"I-{c}", begin) for c, begin in zip(classes, begins, strict=True)]


def chances(logits: Floats, labels: tuple[str, ...], classes: tuple[str, ...], name: Name) -> Floats:
    """Return log probabilities over ``classes`` for the words of ``name``, from BIO ``logits`` [words, labels]."""
    first, last, _ = name
    begins, goes_on = _columns(labels, classes)
    scores = logits[first:last] - logits[first:last].max(1, keepdims=True)
    scores = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    whole = scores[0, begins] + scores[1:, goes_on].sum(0)
    share = np.exp(whole - whole.max())
    return np.asarray(np.log(share / share.sum() + _LEAST), dtype=np.float32)


def agree(mentions: Sequence[Mention], classes: Sequence[str]) -> list[str]:
    """Return the class of each mention of one article after the vote."""
    votes: dict[Surface, Floats] = defaultdict(lambda: np.zeros(len(classes), dtype=np.float32))
    for mention in mentions:
        votes[mention.surface] = votes[mention.surface] + mention.chances
    surnames: dict[str, Floats] = {}
    for surface, vote in votes.items():
        if len(surface) > 1 and classes[int(vote.argmax())] == _PERSON:
            surnames[surface[-1]] = surnames.get(surface[-1], 0) + _SURNAME * vote
    decided = {
        surface: classes[int((vote + surnames.get(surface[-1], 0) if len(surface) == 1 else vote).argmax())]
        for surface, vote in votes.items()
    }
    return [m.name[2] if m.name[2] in _ALONE else decided[m.surface] for m in mentions]
