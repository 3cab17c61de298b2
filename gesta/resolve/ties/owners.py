"""Whose a noun is: "leader of the Front", "the Front's leader", "Front leader Ann Lee", "Norland and its ally"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from gesta.resolve.actors.mentions import POSSESSIVES
from gesta.resolve.ties.drafts import End
from gesta.resolve.ties.ends import Ends, antecedent, coordinated
from gesta.resolve.ties.fitting import is_land
from gesta.resolve.ties.lexicon import words
from gesta.resolve.ties.nouns import LONGEST_TITLE, Noun, modifies

_PORTFOLIOS = frozenset({"minister", "secretary"})


def owners_of(noun: Noun, ends: Ends) -> Iterator[End]:
    """Yield those the noun belongs to: before it with "'s", after "of", or as the words of the title before it."""
    start = _title_start(noun)
    beside = noun.head.doc[noun.start - 1] if start < noun.start else None
    if beside is None or not _hangs_on(noun, beside):
        yield from _possessors(noun, ends) or _after_link(noun, ends)
        return
    # "Norland's army chief" is the chief of the army, and "Norland's Labour Party leader" of the party.
    close = beside.pos_ in {"NOUN", "PROPN"} and beside.text not in POSSESSIVES
    titled = ends.before(start, noun.start)
    if titled is not None and close and _owns(noun, titled):
        yield titled
        return
    found = _possessors(noun, ends) or _after_link(noun, ends)
    if not found and titled is not None and not close:
        found = [titled]
    yield from found


def _owns(noun: Noun, titled: End) -> bool:
    """Tell whose title it is from what it is about: "the charity's Norland director", "Local Government Minister"."""
    possessed = any(child.dep_ == "nmod:poss" for child in noun.head.children)
    if possessed and is_land(titled):
        return False
    about = noun.cue.words[-1] in _PORTFOLIOS and noun.cue.relation != "leads"
    return not (about and titled.named and not _is_known(titled))


def _hangs_on(noun: Noun, beside: Token) -> bool:
    """Tell whether the word before a title belongs to it, and not to what stands before both."""
    return beside.head.i >= noun.start or beside.dep_ in {"flat", "compound"}


def _is_known(end: End) -> bool:
    return end.reading is not None and (end.reading.group is not None or end.reading.state is not None)


def _possessors(noun: Noun, ends: Ends) -> list[End]:
    for child in noun.head.children:
        marked = any(c.dep_ == "case" and c.text in POSSESSIVES for c in child.children)
        if not (child.dep_ == "nmod:poss" or marked) or child.i > noun.start:
            continue
        if child.lower_ == "whose":
            owner = _whose(child)
            end = ends.of(owner) if owner is not None else None
        elif child.pos_ == "PRON":
            beside = _beside(noun, child) or _subject_above(noun, child)
            end = ends.of(beside) if beside is not None else ends.of(child)
        else:
            end = ends.of(child)
            if end is None:
                end = ends.before(child.left_edge.i, child.i + 1)
        return [end] if end is not None else []
    return []


def _subject_above(noun: Noun, possessive: Token) -> Token | None:
    """Return Norland in "Norland thanked its ally Sudria" and "Norland denies that they are its proxies"."""
    if possessive.lower_ != "its":
        return None
    word = noun.carrier
    for _ in range(4):
        subjects = [child for child in word.children if child.dep_ in {"nsubj", "nsubj:pass"}]
        single = [one for one in subjects if "Plur" not in one.morph.get("Number", []) and one.i < possessive.i]
        if single and word.i != noun.carrier.i:
            return antecedent(single[0])
        if word.head.i == word.i:
            break
        word = word.head
    return None


def _whose(token: Token) -> Token | None:
    clause = token.head
    for _ in range(4):
        if clause.dep_ == "acl:relcl":
            return clause.head
        clause = clause.head
    return None


def _beside(noun: Noun, possessive: Token) -> Token | None:
    """Return Norland in "Norland and its ally Sudria"."""
    before = possessive.nbor(-1) if possessive.i else possessive
    if before.lower_ not in {"and", "or"} or before.i < 1:
        return None
    heads = [noun.carrier, *noun.carrier.ancestors]
    conj = next((token.head for token in heads if token.dep_ == "conj"), None)
    return conj if conj is not None and conj.i < possessive.i else None


def _after_link(noun: Noun, ends: Ends) -> list[End]:
    found = []
    for child in noun.head.children:
        if child.dep_ not in {"nmod", "obl"} or child.i < noun.end:
            continue
        cases = {case.lower_ for case in child.children if case.dep_ == "case"}
        if cases.isdisjoint(noun.cue.links):
            continue
        found += [end for one in coordinated(child) if (end := ends.of(antecedent(one))) is not None]
    return found


def _title_start(noun: Noun) -> int:
    """Return where the words before the noun begin that may say whose it is."""
    doc, start = noun.head.doc, noun.start
    while start - 1 >= noun.head.sent.start and noun.start - start < LONGEST_TITLE:
        before = doc[start - 1]
        if not modifies(before) and before.text not in {"al", "el"}:
            break
        if before.dep_ in {"nsubj", "nsubj:pass", "obj", "root", "conj"} and before.head.i != noun.head.i:
            break
        start -= 1
    for at in range(start, noun.start):
        if doc[at].lower_ in words("junior") or (doc[at].text in {"-", "'s", "’s"} and at == start):
            start = at + 1
    return start
