"""How a text uses a toponym: for the place itself ("in Kirkuk") or for those who act in its name ("Baghdad said")."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from spacy.tokens import Token

from gesta.annotate.language import Readings, Sentence
from gesta.annotate.light import Floats, Light

Use = Literal["literal", "associative"]
HEAD = "use"


def vectors_of(read: Readings, tokens: list[Token]) -> list[Floats] | None:
    """Return the encoder's vectors of words of one sentence, or None if it read one of them as white space."""
    if not tokens:
        return []
    at = bisect_right(read.sentences, tokens[0].i, key=_first) - 1
    if at < 0:
        return None
    sentence = read.sentences[at]
    rows = [sentence.word_of(token.i) for token in tokens]
    known = sentence.tokens.tolist()
    inside = all(row < len(known) and known[row] == token.i for row, token in zip(rows, tokens, strict=True))
    return [sentence.reading.words[row] for row in rows] if inside else None


def _first(sentence: Sentence) -> int:
    return int(sentence.tokens[0])


def literal_chance(head: Light, read: Readings, token: Token) -> float | None:
    """Return the chance that the toponym whose head word is ``token`` means the place; None if it was not read."""
    vectors = vectors_of(read, [token])
    return head.chance((), vectors) if vectors else None
