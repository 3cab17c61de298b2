"""The way through the tree from one word to every other: what a role depends on beside the words themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Steps of the longest way told in full; a longer one is only "far".
LONGEST = 4
FAR = "far"
#: Prepositions that tell roles apart; the step over any other is named without it.
_CASES = frozenset(
    "against among at between by for from in into of on over to toward towards with without after before as".split()
)
_WITH_CASE = frozenset({"obl", "nmod", "obl:agent", "obl:unmarked", "nmod:poss"})


def paths(words: Sequence[str], heads: Sequence[int], relations: Sequence[str], start: int) -> list[str]:
    """Return the way from word ``start`` to each word, such as ``"<conj>nsubj"``: up a coordination, down to a subject.

    ``heads`` holds each word's head, itself or -1 for a root. Oblique nominals carry their preposition: ``">obl by"``.
    """
    steps = _steps(words, heads, relations)
    found: dict[int, tuple[str, ...]] = {start: ()}
    word, way = start, tuple[str, ...]()
    while 0 <= heads[word] != word and heads[word] not in found:
        way = (*way, f"<{steps[word]}")
        word = heads[word]
        found[word] = way
    for begin in range(len(words)):
        down: list[int] = []
        word = begin
        while word not in found and 0 <= heads[word] != word and len(down) <= len(words):
            down.append(word)
            word = heads[word]
        way = found.get(word, (FAR,) * (LONGEST + 1))
        for inner in reversed(down):
            way = (*way, f">{steps[inner]}")
            found[inner] = way
        found.setdefault(begin, way)
    return ["".join(way) if len(way) <= LONGEST else FAR for way in (found[i] for i in range(len(words)))]


_STEP = re.compile(r"[<>][^<>]*")


def turned(way: str) -> str:
    """Return the way back: from the end of ``way`` to its start."""
    if way == FAR:
        return FAR
    steps = _STEP.findall(way)
    return "".join((">" if step[0] == "<" else "<") + step[1:] for step in reversed(steps))


def _steps(words: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> list[str]:
    steps = list(relations)
    for i, (head, relation) in enumerate(zip(heads, relations, strict=True)):
        if relation == "case" and head >= 0 and relations[head] in _WITH_CASE and words[i].lower() in _CASES:
            steps[head] = f"{relations[head]} {words[i].lower()}"
    return steps


def distance(start: int, word: int) -> int:
    """Return how far a word stands from ``start``, in eleven steps: 0 to 4 before, 5 the word itself, 6 to 10 after."""
    gap = word - start
    size = min(5, abs(gap).bit_length())
    return 5 + (size if gap > 0 else -size)


DISTANCES = 11
FRAMES = 16
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PASSIVE = frozenset({"nsubj:pass", "aux:pass", "obl:agent", "csubj:pass"})


def frame(words: Sequence[str], heads: Sequence[int], relations: Sequence[str], start: int) -> int:
    """Return what a word has below it, in four bits: a subject, a relative pronoun as one, an object, a passive mark.

    A clause without a subject of its own takes over another's; one whose subject is told has its antecedent as object.
    """
    bits = 0
    for word, (head, relation) in enumerate(zip(heads, relations, strict=True)):
        if head != start or word == start:
            continue
        relative = words[word].lower() in _RELATIVE
        if relation in {"nsubj", "nsubj:pass", "csubj"}:
            bits |= 2 if relative else 1
        if relation == "obj" and not relative:
            bits |= 4
        if relation in _PASSIVE:
            bits |= 8
    return bits
