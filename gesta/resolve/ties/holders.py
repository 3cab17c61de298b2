"""Of whom a noun is said: the name after a title, an apposition, a subject, one who takes or leaves an office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from gesta.resolve.ties.drafts import Basis, End
from gesta.resolve.ties.ends import Ends, antecedent, coordinated
from gesta.resolve.ties.kinds import is_person
from gesta.resolve.ties.lexicon import first_words, words
from gesta.resolve.ties.nouns import Noun

_INNER = frozenset({"appos", "conj", "nmod"})
_OF_THEMSELVES = frozenset({"succeed", "replace", "take", "serve", "act", "become", "resign", "step", "quit", "remain"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a noun is said of, how, and the word whose clause tells it."""

    end: End
    basis: Basis
    predicate: Token | None = None
    named_by: Token | None = None
    phase: str = ""


def holders_of(noun: Noun, ends: Ends) -> Iterator[Holder]:
    """Yield whom the noun is said of, by the surest way that gives somebody."""
    for way in (_after, _apposed, _listed, _predicated, _held):
        found = list(way(noun, ends))
        if found:
            yield from found
            return


def _after(noun: Noun, ends: Ends) -> Iterator[Holder]:
    """ "Front leader Ann Lee", "the Front's armed wing, the Brigades", "the leader of the Front, Ann Lee," """
    doc = noun.head.doc
    if noun.end < noun.head.sent.end and noun.carrier is noun.head:
        following = doc[noun.end]
        named = following.pos_ in {"PROPN", "X"} or following.ent_iob_ == "B"
        if named and (following.ent_iob_ != "I"):
            end = ends.of(_name_head(following, noun))
            if end is not None and (is_person(end) or following.ent_type_ != "Person"):
                yield Holder(end, "title")
                return
    link = next((child for child in noun.head.children if child.dep_ == "nmod" and child.i > noun.end), None)
    if link is not None and link.right_edge.i + 1 < noun.head.sent.end:
        # "the chairman of the Front Ann Lee"
        end = ends.person(noun.head.doc[link.right_edge.i + 1])
        if end is not None and end.span.start == link.right_edge.i + 1:
            yield Holder(end, "title")
            return
    # "Norland's envoy to the League, Ann Lee," may hang on the League in the tree.
    inner = [child for child in noun.carrier.children if child.dep_ == "nmod" and child.i > noun.end]
    for word in (noun.carrier, *inner):
        for child in word.children:
            if child.dep_ != "appos" or child.i < noun.end:
                continue
            found = [end for one in coordinated(child) if (end := ends.of(one)) is not None]
            yield from (Holder(end, "noun") for end in found if word is noun.carrier or is_person(end))


def _name_head(token: Token, noun: Noun) -> Token:
    """Climb from a title or first word to the head of the name: "General" to "Ali" in "General Ali Hassan"."""
    while token.dep_ in {"nmod:desc", "compound", "flat", "amod", "det"} and token.head.i > noun.end - 1:
        if token.head.pos_ not in {"PROPN", "NOUN", "X"} or token.head.i == token.i:
            break
        token = token.head
    return token


def _apposed(noun: Noun, ends: Ends) -> Iterator[Holder]:
    """ "Ann Lee, leader of the Front and a member of the council," """
    carrier = noun.carrier
    while carrier.dep_ == "conj" and carrier.head.pos_ in {"NOUN", "PROPN"} and carrier.head.dep_ in _INNER:
        carrier = carrier.head
    if carrier.dep_ == "nmod" and noun.carrier.dep_ == "conj":
        carrier = carrier.head  # "leader of the Front and president of Norland": the second hangs on the Front
    twin = _twin(carrier)
    if twin is not None and (end := ends.of(twin)) is not None:
        yield Holder(end, "noun")
        return
    if carrier.dep_ in {"appos", "parataxis"} and carrier.head.pos_ in {"PROPN", "NOUN", "X", "ADJ"}:
        target = _nearest(carrier.head, carrier)
        for _ in range(3):
            end = ends.of(target)
            if end is not None and end.span.start <= noun.start < end.span.end:
                end = None
            if end is not None:
                yield Holder(end, "noun")
                return
            if target.dep_ != "appos":
                return
            target = target.head


def _nearest(target: Token, carrier: Token) -> Token:
    """Return the last of several coordinated names: in "Ann Lee and Ben Moe, head of the Front" that is Moe."""
    if "Plur" in carrier.morph.get("Number", []):
        return target
    return max((one for one in (target, *target.conjuncts) if one.i < carrier.i), key=lambda one: one.i, default=target)


def _twin(carrier: Token) -> Token | None:
    """Return the subject before a comma where the tree took name and apposition for two subjects of one verb."""
    if carrier.dep_ not in {"nsubj", "nsubj:pass"}:
        return None
    edge = carrier.left_edge
    if edge.text != ",":
        edge = edge.nbor(-1) if edge.i else edge
    before = [child for child in carrier.head.children if child.dep_ == carrier.dep_ and child.i < edge.i]
    return before[-1] if before and edge.text == "," else None


def _listed(noun: Noun, ends: Ends) -> Iterator[Holder]:
    """ "Norland's proxies, such as the Front and the League" """
    for child in noun.head.children:
        cases = {case.lower_ for case in child.children if case.dep_ in {"case", "fixed"}}
        if child.dep_ in {"nmod", "obl"} and child.i > noun.end and cases & {"such", "like", "including"}:
            yield from (Holder(end, "noun") for one in coordinated(child) if (end := ends.of(one)) is not None)


def _predicated(noun: Noun, ends: Ends) -> Iterator[Holder]:
    """ "Ann Lee is the leader of the Front", "Norland calls it a proxy of Sudria" """
    carrier = noun.carrier
    while carrier.dep_ == "conj" and carrier.head.pos_ in {"NOUN", "PROPN"} and not _subjects(carrier):
        carrier = carrier.head
    if carrier.dep_ == "nsubj" and any(child.dep_ == "cop" for child in carrier.head.children):
        # "whose leader is Ann Lee"
        end = ends.person(carrier.head)
        if end is not None:
            yield Holder(end, "clause", predicate=carrier.head)
        return
    copula = any(child.dep_ == "cop" for child in carrier.children)
    subjects = _subjects(carrier)
    if copula and subjects:
        for one in [token for subject in subjects for token in coordinated(antecedent(subject))]:
            end = ends.of(one)
            if end is not None:
                yield Holder(end, "clause", predicate=carrier)
        return
    if copula and carrier.dep_ in {"xcomp", "advcl", "ccomp", "acl"} and carrier.head.pos_ == "VERB":
        # "denied being a member", "is believed to be a member"
        yield from _of_subject(carrier.head, ends, carrier)
        return
    if carrier.dep_ in {"xcomp", "obl", "obj", "ccomp", "nmod"} and carrier.head.lemma_ in words("naming"):
        for child in carrier.head.children:
            if child.dep_ == "obj" and child.i != carrier.i and (end := ends.of(antecedent(child))) is not None:
                yield Holder(end, "clause", predicate=carrier.head, named_by=carrier.head)


def _of_subject(verb: Token, ends: Ends, predicate: Token) -> Iterator[Holder]:
    for subject in _subjects(verb):
        end = ends.of(antecedent(subject))
        if end is not None:
            yield Holder(end, "clause", predicate=predicate)


def _subjects(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ in {"nsubj", "nsubj:pass", "nsubj:outer"}]


def _held(noun: Noun, ends: Ends) -> Iterator[Holder]:
    """ "elected president of Norland", "served as head of the Front", "resigned as minister" """
    carrier = noun.carrier
    verb = carrier.head
    if carrier.dep_ not in {"xcomp", "obl", "obj", "advcl", "nmod", "ccomp"} or verb.pos_ not in {"VERB", "AUX"}:
        return
    lemmas = {child.lemma_.lower() for child in verb.children}
    office = next((c for c in first_words("office").get(verb.lemma_, ()) if set(c.words[1:]) <= lemmas), None)
    as_ = any(child.dep_ in {"case", "mark"} and child.lower_ == "as" for child in carrier.children)
    if office is None or (carrier.dep_ in {"obl", "nmod", "obj", "advcl"} and not as_ and verb.lemma_ != "name"):
        return
    passive = [child for child in verb.children if child.dep_ == "nsubj:pass"]
    objects = [child for child in verb.children if child.dep_ == "obj" and child.i != carrier.i]
    active = verb.lemma_ in _OF_THEMSELVES
    subjects = passive or ([] if (objects and not active) else _subjects(_with_subject(verb)))
    if not subjects and verb.dep_ in {"acl", "acl:relcl"} and not objects:
        subjects = [verb.head]
    for one in subjects or objects:
        end = ends.of(antecedent(one))
        if end is not None and is_person(end):
            yield Holder(end, "clause", predicate=verb, phase=office.phase or "holds")


def _with_subject(verb: Token) -> Token:
    while verb.dep_ == "conj" and not _subjects(verb) and verb.head.pos_ == "VERB":
        verb = verb.head
    return verb
