"""Words that say a thing is hearsay without saying whose: "reportedly", "the supposed raid"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from gesta.attribute.cues import cue_sort
from gesta.attribute.told import Told
from gesta.find.phrases import noun_phrase


def evidentials(doc: Doc, told: Sequence[Told]) -> Iterator[Told]:
    """Yield what adverbs and adjectives of hearsay carry, where no attribution has the word as its cue already."""
    cues = {token for one in told for token in one.cue}
    for token in doc:
        if token.i in cues or not (token.pos_ in {"ADV", "ADJ"} or token.dep_ == "amod"):
            continue
        sort = cue_sort(token)
        if sort is None or sort.sort not in {"adverb", "adjective"}:
            continue
        content = _clause(token) if sort.sort == "adverb" else _noun(token)
        if content:
            yield Told((token.i,), (), content)


def _clause(adverb: Token) -> tuple[int, ...]:
    """The clause, or the phrase, of the word that the adverb modifies."""
    head = adverb.head
    if head.i == adverb.i:
        return ()
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.dep_ in {"acl", "acl:relcl", "amod"} and head.head.i < head.i:
        start = max(start, min(adverb.i, head.i))
    return _words(adverb, start, end)


def _noun(adjective: Token) -> tuple[int, ...]:
    """ "the supposed raid" """
    head = adjective.head
    if head.i <= adjective.i or head.pos_ not in {"NOUN", "PROPN"}:
        return ()
    return _words(adjective, adjective.i + 1, max(noun_phrase(head).end, head.i + 1))


def _words(cue: Token, start: int, end: int) -> tuple[int, ...]:
    words = [token.i for token in cue.doc[start:end] if token.i != cue.i and not token.is_space]
    while words and cue.doc[words[-1]].is_punct:
        words.pop()
    return tuple(words)
