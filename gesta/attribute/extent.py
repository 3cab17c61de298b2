"""How far content reaches: its record, and where a clause that a cue opens begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from gesta.attribute.cues import Cue, speaks
from gesta.attribute.words import CLAUSE_ENDS, EDGES, LEADS, QUOTE_MARKS, is_finite, is_preposition, is_time, is_verb

#: How far after a cue, in tokens, the word that opens its content may lie.
NEAR = 12
_FAR_BACK = 8


@dataclass(frozen=True, slots=True)
class Content:
    """Tokens ``start`` to ``end`` (exclusive), but for those in ``gap``, which belong to the cue in their midst."""

    start: int
    end: int
    gap: tuple[int, int] = (0, 0)
    quoted: bool = False
    """Direct speech."""

    def holds(self, token: int) -> bool:
        """Whether the token is content."""
        return self.start <= token < self.end and not self.gap[0] <= token < self.gap[1]


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Leave off spaces and marks at the edges."""
    while start < end and (doc[start].is_space or doc[start].text in EDGES):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in EDGES):
        end -= 1
    return start, end


def verbal(doc: Doc, start: int, end: int) -> Content | None:
    """The content from ``start`` to ``end``, if it has a verb as a clause must."""
    return Content(start, end) if any(is_verb(doc[i]) for i in range(start, end)) else None


def told(doc: Doc, start: int, end: int) -> bool:
    """Whether a finite verb stands among the tokens."""
    return any(is_finite(doc[i]) for i in range(start, end))


def leads_up(doc: Doc, start: int) -> bool:
    """Whether a sentence begins with a clause or phrase that leads up to the main one: "After the raid, …"."""
    first = doc[start]
    while first.i + 1 < len(doc) and (first.is_space or first.text in EDGES or first.pos_ == "CCONJ"):
        first = first.nbor()
    return (
        is_preposition(first) or first.pos_ in {"SCONJ", "ADV"} or first.lower_ in LEADS or first.lower_.endswith("ing")
    )


def opening_that(cue: Cue, after: int) -> int | None:
    """The "that" which opens the content; not a relative one ("a statement that could …", "the blast that …")."""
    doc, sent = cue.token.doc, cue.token.sent
    ahead = range(after, min(sent.end, after + NEAR))
    end = next((i for i in ahead if doc[i].text in CLAUSE_ENDS or is_finite(doc[i])), ahead.stop)
    that = next((i for i in ahead if i < end and doc[i].lower_ == "that"), None)
    if that is None or that + 1 >= sent.end or is_verb(doc[that + 1]):
        return None
    if "hearer" in cue.sort.takes or that == after:
        return that
    adjunct = is_preposition(doc[after]) or is_time(doc[after]) or doc[after].pos_ in {"ADV", "PUNCT"}
    return that if adjunct else None


def right_end(cue: Cue, start: int) -> int:
    """Where content that begins at ``start`` ends: where its speaker says the next thing, else with the sentence."""
    verb, doc, sent = cue.token, cue.token.doc, cue.token.sent
    end = _clause_end(cue, start)
    for at in range(start + 2, end):
        stopped = doc[at].text in QUOTE_MARKS and doc[at - 1].text in {".", "!", "?"} and not doc[at].whitespace_
        if doc[at].text == ";" or stopped or _says_on(doc[at]):
            end = at
            break
    for child in verb.children:
        if child.dep_ in {"conj", "parataxis"} and is_verb(child):
            edge = max(child.left_edge.i, sent.start)
            if start + 2 < edge < end and not any(doc[i].lower_ == "that" for i in range(edge, child.i)):
                end = edge
    while end > start and doc[end - 1].pos_ == "CCONJ":
        end -= 1
    return end


def _clause_end(cue: Cue, start: int) -> int:
    """Where the clause of a cue ends that stands inside another clause, at a comma; else where the sentence does."""
    doc, sent, end = cue.token.doc, cue.token.sent, cue.token.sent.end
    commas = [i for i in range(start, end) if doc[i].text == ","]
    before = doc[max(sent.start, cue.start - _FAR_BACK) : cue.start]
    if any(token.lower_ in {"who", "whom", "which"} for token in before):
        # ", whom police accuse of …, was": up to the comma after which the outer clause has its verb.
        return next((i for i in commas if i + 1 < end and is_verb(doc[i + 1])), end)
    back = range(cue.start - 1, max(sent.start, cue.start - NEAR) - 1, -1)
    opened = doc[next((i + 1 for i in back if doc[i].text in EDGES), sent.start)]
    if opened.i < cue.start and opened.lower_ in LEADS | {"where", "in"} and opened.lower_ != "as":
        return next(iter(commas), end)  # "When X accused Y of …, she said"
    return end


def _says_on(token: Token) -> bool:
    """ "…, adding that", "… and warned": a verb of saying that takes over the speaker."""
    if not speaks(token):
        return False
    before = token.nbor(-1)
    if token.lower_.endswith("ing"):
        return before.text == "," or before.lower_ == "and"
    return before.lower_ in {"and", "but"} and "VerbForm=Inf" not in str(token.morph) and token.lemma_ != token.lower_
