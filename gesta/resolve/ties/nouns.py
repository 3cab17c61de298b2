"""Nouns that tell ties, where they stand in a sentence: "leader", "armed wing", "secretary-general"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from gesta.resolve.ties.lexicon import Cue, first_words

LONGEST_TITLE = 8


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun cue at tokens [start, end): ``head`` in the tree, ``carrier`` the word that is said of somebody."""

    cue: Cue
    start: int
    end: int
    head: Token
    carrier: Token

    @property
    def span(self) -> Span:
        """The words of the cue."""
        return self.head.doc[self.start : self.end]


def find_nouns(sent: Span) -> Iterator[Noun]:
    """Yield the noun cues of a sentence, the longest at each word."""
    table = first_words("noun")
    at = sent.start
    while at < sent.end:
        token = sent.doc[at]
        for cue in table.get(token.lemma_.lower(), ()) or table.get(token.lower_, ()):
            end = _matches(sent, at, cue.words)
            if end is None:
                continue
            head = _head(sent.doc[at:end])
            if _in_name(sent.doc[at]):
                break
            if head.pos_ in {"NOUN", "PROPN"} or head.dep_ in {"nmod:desc", "compound"}:
                yield Noun(cue, at, end, head, _carrier(head))
                at = end - 1
            break
        at += 1


def _in_name(token: Token) -> bool:
    """Tell whether a cue's first word is within the name of a body ("Arauco Coordinator", "Army Commander School")."""
    return token.ent_type_ == "Organization" and token.ent_iob_ == "I" and token.lower_ != token.text


def _matches(sent: Span, at: int, lemmas: tuple[str, ...]) -> int | None:
    """Return where a cue that begins at ``at`` ends, hyphens aside; None if it does not stand there."""
    for lemma in lemmas:
        while at < sent.end and sent.doc[at].text in {"-", "‑"}:
            at += 1
        if at >= sent.end or lemma not in (sent.doc[at].lemma_.lower(), sent.doc[at].lower_):
            return None
        at += 1
    return at


def _head(span: Span) -> Token:
    inside = {token.i for token in span}
    outer = [token for token in span if token.head.i not in inside or token.head.i == token.i]
    return outer[-1] if outer else span[-1]


def _carrier(head: Token) -> Token:
    """Return "one" in "one of the leaders of the Front": what is said of somebody."""
    if head.dep_ == "nmod" and head.head.lower_ in {"one", "some", "among"}:
        return head.head
    return head


def modifies(token: Token) -> bool:
    return token.pos_ in {"ADJ", "NOUN", "PROPN", "ADV", "PART", "NUM"} or token.text in {"-", "'s", "’s"}
