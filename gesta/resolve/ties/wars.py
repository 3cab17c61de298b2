"""Wars between two: "the war between A and B", "A is at war with B", "A's war on B", "declared war on B"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from gesta.resolve.actors.mentions import HYPHENS
from gesta.resolve.ties.drafts import End, TieDraft
from gesta.resolve.ties.ends import Ends, antecedent, coordinated
from gesta.resolve.ties.kinds import is_body
from gesta.resolve.ties.lexicon import words
from gesta.resolve.ties.status import Dates, denies, status_of

_AGAINST = frozenset({"with", "against", "on", "upon"})
_WAGING = frozenset({"declare", "wage", "fight", "launch"})


def find_wars(sent: Span) -> Iterator[Token]:
    """Yield the words "war" of a sentence that may tell who is at war."""
    for token in sent:
        if token.lemma_.lower() == "war" and token.pos_ in {"NOUN", "PROPN"} and _is_plain(token):
            yield token


def _is_plain(war: Token) -> bool:
    """Tell a war from a trade war, a war of words, a war crime."""
    for child in war.children:
        if child.dep_ in {"compound", "amod"} and child.lemma_.lower() in words("war"):
            return False
        if child.dep_ == "nmod" and child.lemma_.lower() == "word":
            return False
    return war.dep_ not in {"compound", "nmod:desc"} or war.head.pos_ not in {"NOUN", "PROPN"}


def war_ties(war: Token, ends: Ends, dates: Dates) -> Iterator[TieDraft]:
    """Yield a tie for each two that are told to be at war."""
    verb = _verb(war)
    predicate = verb if verb is not None else war
    status = status_of(predicate)
    if not status.real:
        return
    anchors = [war, predicate]
    time, over = dates.held(anchors, "begins" if verb is not None and verb.lemma_ == "declare" else "")
    ended = status.ended or over or _is_over(war)
    for one, another in _sides(war, verb, ends):
        if one.head.i == another.head.i or not (_fights(one) and _fights(another)):
            continue
        why = f"at-war-with: {war.text!r} between {one.span.text!r} and {another.span.text!r}"
        yield TieDraft(
            one, "at-war-with", another, war.doc[war.i : war.i + 1], war, "clause" if verb is not None else "noun", why,
            ended=ended, negated=status.negated or denies(predicate), certainty=status.certainty, time=time,
        )  # fmt: skip


def _fights(end: End) -> bool:
    return end.reading is not None and is_body(end)


def _verb(war: Token) -> Token | None:
    """Return the verb or phrase that has somebody be at war: "declared war on", "is at war with"; else None."""
    at = any(child.dep_ == "case" and child.lower_ == "at" for child in war.children)
    if at and _subjects(war):
        return war
    if at and war.dep_ in {"obl", "acl", "advcl", "xcomp", "conj"} and war.head.pos_ in {"VERB", "AUX"}:
        return war.head
    if war.dep_ == "obj" and war.head.lemma_ in _WAGING:
        return war.head
    return None


def _subjects(word: Token) -> list[Token]:
    return [
        one
        for child in word.children
        if child.dep_ in {"nsubj", "nsubj:pass"}
        for one in coordinated(antecedent(child))
    ]


def _sides(war: Token, verb: Token | None, ends: Ends) -> Iterator[tuple[End, End]]:
    if verb is not None:
        subjects = _read(_acting(verb), ends)
        against = _read(_linked(war, _AGAINST) + (_linked(verb, _AGAINST) if verb is not war else []), ends)
        if against:
            yield from ((one, another) for one in subjects for another in against)
        elif len(subjects) > 1:
            yield subjects[0], subjects[1]
        return
    between = _read(_linked(war, frozenset({"between"})), ends)
    if len(between) > 1:
        yield between[0], between[1]
        return
    owners = _read([child for child in war.children if child.dep_ == "nmod:poss"], ends)
    against = _read(_linked(war, _AGAINST), ends)
    if owners and against:
        yield owners[0], against[0]
        return
    yield from _hyphened(war, ends)


def _acting(verb: Token) -> list[Token]:
    for _ in range(3):
        found = _subjects(verb)
        if found or verb.dep_ not in {"conj", "xcomp", "acl", "acl:relcl"}:
            return found
        if verb.dep_ in {"acl", "acl:relcl"}:
            return [verb.head]
        verb = verb.head
    return []


def _linked(word: Token, links: frozenset[str]) -> list[Token]:
    found = []
    for child in word.children:
        if child.dep_ in {"nmod", "obl"} and any(c.dep_ == "case" and c.lower_ in links for c in child.children):
            found += coordinated(child)
    return found


def _read(heads: list[Token], ends: Ends) -> list[End]:
    return [end for head in heads if (end := ends.of(head)) is not None]


def _hyphened(war: Token, ends: Ends) -> Iterator[tuple[End, End]]:
    """ "the Israel-Hamas war" """
    doc, last = war.doc, war.i - 1
    start = max(war.sent.start, war.i - 8)
    marks = [at for at in range(start + 1, last) if doc[at].text in HYPHENS or doc[at].text == "/"]
    for mark in reversed(marks):
        one, another = ends.before(start, mark), ends.before(mark + 1, war.i)
        if one is not None and another is not None and one.span.end == mark and another.span.end == war.i:
            if another.span.start == mark + 1:
                yield one, another
            return


def _is_over(war: Token) -> bool:
    """ "The war between A and B ended in 2000" """
    return war.dep_ in {"nsubj", "nsubj:pass"} and war.head.lemma_ in {"end", "finish", "stop", "cease", "conclude"}
