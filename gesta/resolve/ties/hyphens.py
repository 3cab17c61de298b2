"""Ties told on a hyphen: "the Iran-backed militia", "the Saudi-led coalition"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from gesta.resolve.actors.mentions import HYPHENS
from gesta.resolve.ties.drafts import End, TieDraft
from gesta.resolve.ties.ends import Ends, coordinated
from gesta.resolve.ties.kinds import is_armed, is_body, is_person
from gesta.resolve.ties.lexicon import Cue, any_of, first_words

_LONGEST = 6


def find_hyphens(sent: Span) -> Iterator[tuple[Cue, Token]]:
    """Yield the hyphen cues of a sentence with their words."""
    for token in sent:
        cue = next(iter(first_words("hyphen").get(token.lower_, ())), None)
        if cue is not None and token.i > sent.start + 1 and token.nbor(-1).text in HYPHENS:
            yield cue, token


def hyphen_ties(cue: Cue, token: Token, ends: Ends) -> Iterator[TieDraft]:
    """Yield the tie between what stands before the hyphen and what the participle describes."""
    before = ends.before(max(token.sent.start, token.i - _LONGEST), token.i - 1)
    if before is None or not is_body(before):
        return
    described = _described(token)
    if described is None:
        return
    for head in coordinated(described):
        end = ends.of(head)
        if end is None or end.head.i == before.head.i:
            continue
        actor, other = (before, end) if not cue.back else (end, before)
        if cue.relation == "allied-with":
            actor, other = end, before
        if cue.relation is None or not _fits(cue, actor, other, head):
            continue
        span = token.doc[token.i : token.i + 1]
        why = f"{cue.relation}: {before.span.text}-{token.text} {end.span.text!r}, in the words of who says so"
        doubted = token.nbor(-2).i > 0 and any_of([t.lower_ for t in head.children], "doubtful")
        yield TieDraft(
            actor, cue.relation, other, span, token, "modifier", why, certainty="doubted" if doubted else "certain"
        )


def _described(token: Token) -> Token | None:
    word = token
    for _ in range(3):
        if word.dep_ in {"amod", "compound", "acl", "nmod", "conj"} and word.head.i != word.i:
            word = word.head
            if word.i > token.i and word.pos_ in {"NOUN", "PROPN", "X"}:
                return word
        else:
            break
    return None


def _fits(cue: Cue, actor: End, other: End, head: Token) -> bool:
    if cue.relation == "leads":
        return is_body(other) and not is_person(other) and any_of([head.lemma_.lower(), head.lower_], "collective")
    if cue.relation == "proxy-of":
        return is_armed(actor)
    return is_body(actor) and is_body(other) and (cue.relation != "part-of" or is_armed(actor))
