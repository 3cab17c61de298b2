"""Noun phrases over the tree: the whole phrase, up to a comma or relative clause (codebook, section 7)."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

#: What hangs on a noun and is no part of its phrase.
_OUTSIDE = frozenset(
    {"acl", "acl:relcl", "advcl", "advcl:relcl", "appos", "conj", "cc", "cc:preconj", "parataxis", "case", "cop",
     "ccomp", "nsubj", "nsubj:pass", "nsubj:outer", "punct", "mark", "aux", "aux:pass", "advmod", "discourse", "dep",
     "obl", "orphan", "list", "vocative", "csubj", "xcomp", "nmod:unmarked", "obl:unmarked", "expl", "dislocated"}
)  # fmt: skip
_NUMBER_ADVERBS = frozenset({"nearly", "almost", "about", "around", "over", "some", "least", "most"})
_INNER_MARKS = frozenset({"-", "'", '"', "“", "”", "/", ".", "(", ")"})
_GLUE = frozenset({"-", "'s", "’s", "'", "’"})
_LONGEST = 40
_DEEPEST = 12


def noun_phrase(head: Token) -> Span:
    """Return the phrase of ``head``: its words on both sides as far as they hang together without a gap or comma."""
    members = {token.i for token in _members(head, head, 0)}
    doc, sent = head.doc, head.sent
    start = end = head.i
    while start - 1 >= sent.start and head.i - start < _LONGEST:
        if start - 1 in members:
            start -= 1
        elif start - 2 >= sent.start and _is_hyphen(doc[start - 1]):
            start -= 2  # "the longest | - | serving leader"
        else:
            break
    while end + 1 < sent.end and end - head.i < _LONGEST:
        if end + 1 in members:
            end += 1
        elif end + 2 in members and doc[end + 1].text in _GLUE:
            end += 2
        else:
            break
    return _whole_names(doc, start, end, head.i)


def _is_hyphen(token: Token) -> bool:
    """Whether a hyphen joins the words on both sides."""
    return token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_


def _members(token: Token, head: Token, depth: int) -> list[Token]:
    found = [token]
    if depth > _DEEPEST:
        return found
    for child in token.children:
        if child.is_space or (child.dep_ in _OUTSIDE and not _belongs(child, token, head)):
            continue
        if child.dep_ == "nmod" and child.ent_type_ == "Date":
            continue
        found += _members(child, head, depth + 1)
    return found


def _belongs(child: Token, parent: Token, head: Token) -> bool:
    """Whether a word that usually stands outside a phrase is inside this one."""
    if child.dep_ == "advmod":
        return child.i < parent.i and child.lemma_ in _NUMBER_ADVERBS
    if parent is head:
        return child.dep_ == "punct" and child.text == "-"
    if parent.dep_ == "amod" and child.i < parent.i:
        return True  # "Iran-backed militias", "heavily armed men"
    if child.dep_ == "punct":
        return child.text in _INNER_MARKS
    if child.dep_ in {"conj", "cc"}:
        return parent.dep_ in {"amod", "compound", "nmod", "nummod", "flat"}
    return child.dep_ == "case"


def _name_around(doc: Doc, at: int) -> tuple[int, int]:
    """Return the first and last word of the name that holds a word; the word itself if none does.

    Read off the words: all names of a ``Doc`` at every phrase would make long reports slow.
    """
    first = last = at
    if doc[at].ent_iob_ in ("B", "I"):
        while doc[first].ent_iob_ == "I":
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
            last += 1
    return first, last


def _whole_names(doc: Doc, start: int, end: int, head: int) -> Span:
    """Never cut a name in two, and leave no dangling mark or preposition at the end."""
    first, last = _name_around(doc, start)
    if first < start and last <= end:
        start = first
    first, last = _name_around(doc, end)
    if first >= start:
        end = max(end, last)
    while end > head and (
        doc[end].is_space
        or doc[end].pos_ in {"ADP", "CCONJ"}
        or (doc[end].is_punct and doc[end].text not in {".", ")", "”", '"'})
    ):
        end -= 1
    while start < head and (
        doc[start].is_space
        or doc[start].pos_ in {"ADP", "CCONJ", "SCONJ"}
        or (doc[start].is_punct and doc[start].text not in {'"', "“", "("})
    ):
        start += 1
    return doc[start : end + 1]
