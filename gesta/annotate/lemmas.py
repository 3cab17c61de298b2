"""Lemmas: LemmInflect's dictionary and rules, given our tags, remembered word by word."""

from __future__ import annotations

from functools import lru_cache

from lemminflect import getLemma

_INFLECTED = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV", "PROPN"})


@lru_cache(maxsize=100_000)
def lemma(word: str, upos: str) -> str:
    """Return the lemma of ``word`` read as ``upos``, in lower case but for proper nouns."""
    if upos not in _INFLECTED:
        return word.lower()
    found = getLemma(word if upos == "PROPN" else word.lower(), upos=upos)
    return found[0] if found else word.lower()
