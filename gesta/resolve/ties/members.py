"""Members told by a bare preposition or owner: "Ann Lee of the Red Cross", "the Alliance's Ben Moe"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from gesta.resolve.ties.drafts import End, TieDraft
from gesta.resolve.ties.ends import Ends

_LINKS = {"of", "from", "with"}


def member_ties(sent: Span, ends: Ends) -> Iterator[TieDraft]:
    """Yield a tie for each person who is told to be of an organisation or group, but for countries and places."""
    for ent in sent.ents:
        if ent.label_ != "Person":
            continue
        person = ends.person(ent.root)
        if person is None:
            continue
        for child in ent.root.children:
            link = _link(child)
            if link is None:
                continue
            body = ends.of(child)
            if body is not None and _is_organised(body) and child.i not in range(ent.start, ent.end):
                yield _tie(person, body, link)


def _link(child: Token) -> Token | None:
    """Return the word that makes one a member: "of", or the mark of a possessive."""
    if child.dep_ == "nmod":
        return next((c for c in child.children if c.dep_ == "case" and c.lower_ in _LINKS), None)
    if child.dep_ == "nmod:poss" and child.pos_ == "PROPN":
        return next((c for c in child.children if c.dep_ == "case"), None)
    return None


def _is_organised(end: End) -> bool:
    reading = end.reading
    if reading is None or reading.person is not None or reading.kind not in {"organisation", "group", "state"}:
        return False
    return (
        reading.group is not None
        or (reading.name is not None and reading.kind != "state")
        or (reading.kind == "state" and reading.sectors[:1] == ("MIL",))
    )


def _tie(person: End, body: End, link: Token) -> TieDraft:
    doc = link.doc
    why = f"member-of: {person.span.text!r} is told to be {link.text!r} {body.span.text!r}"
    return TieDraft(person, "member-of", body, doc[link.i : link.i + 1], link, "noun", why)
