"""Entities: what the referents read so far stand for, and which of them a pronoun or nominal may agree with at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from gesta.resolve.actors.coreference.referents import Referent, Sort
from gesta.resolve.actors.coreference.syntax import Syntax
from gesta.resolve.actors.coreference.wordlists import words

#: Sorts that a pronoun may stand for, by its set.
_FITS: dict[str, frozenset[Sort]] = {
    "he": frozenset({"person", "one"}),
    "she": frozenset({"person", "one"}),
    "it": frozenset({"body", "land", "place", "other"}),
    "they": frozenset({"many", "people", "body", "one", "other"}),
    "we": frozenset({"many", "people", "body", "land", "other"}),
    "i": frozenset(),
}
#: Sorts that a nominal may stand for, by its own.
_ALIKE: dict[Sort, frozenset[Sort]] = {
    "one": frozenset({"person", "one", "other"}),
    "many": frozenset({"many", "people", "body", "other"}),
    "body": frozenset({"body", "land", "place", "people", "other", "many"}),
}
ANAPHORIC = frozenset({"the", "this", "bare", "own", "owned"})
"""Forms of nominals that may take somebody up again."""


@dataclass(slots=True)
class Entity:
    """Somebody the report tells of: every referent so far, and what they tell together."""

    mentions: list[Referent] = field(default_factory=list)
    sort: Sort = "other"
    number: str = ""
    gender: str = ""
    named: bool = False
    state: str = ""
    words: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)

    last: Referent = field(init=False)
    """The latest referent."""

    def add(self, referent: Referent, lemma: str) -> None:
        """Take in another referent; ``lemma`` is that of its head."""
        first = not self.mentions
        if not first and self.last.head >= referent.head:
            return  # entered ahead of its place
        self.mentions.append(referent)
        self.last = referent
        self.words |= referent.words
        self.gender = self.gender or referent.gender
        self.state = self.state or referent.state
        if referent.kind == "name":
            self.sort, self.named = referent.sort, True
        elif first:
            self.sort, self.number = referent.sort, referent.number
        if referent.kind == "nominal":
            self.nouns.add(lemma)

    def known_by(self) -> Referent:
        """The referent that tells best who it is: the latest name, else the first nominal."""
        names = [one for one in self.mentions if one.kind == "name"]
        return names[-1] if names else next((one for one in self.mentions if one.kind == "nominal"), self.mentions[0])


def agrees(referent: Referent, entity: Entity) -> bool:
    """Whether sort, number and gender allow a pronoun or nominal to stand for an entity."""
    for told, known in ((referent.gender, entity.gender), (referent.state, entity.state)):
        if told and known and told != known:
            return False
    if referent.kind == "pronoun":
        return entity.sort in _FITS[referent.form]
    return entity.sort in _ALIKE.get(referent.sort, frozenset())


def bound(referent: Referent, other: Referent, syntax: Syntax) -> bool:
    """Whether the tree rules out that two referents of one sentence are one.

    It does if one is part of the other, if both fill a place of the same verb, or if "and" joins them.
    """
    if syntax.sentence[referent.head] != syntax.sentence[other.head]:
        return False
    if other.start <= referent.head < other.end or referent.start <= other.head < referent.end:
        return True
    at, to = referent.head, other.head
    if syntax.role(at) in {"obj", "obl"} and syntax.lemma[at] not in words("reflexive"):
        verb = syntax.head[at]
        if syntax.subject(verb) == to and syntax.dep[verb] in {"xcomp", "conj"}:
            return True  # "they promised to provide them"
    if syntax.role(at) != "poss" and syntax.above(to, at):
        return syntax.dep[to] != "appos"
    if syntax.above(at, to) and syntax.dep[at] not in {"appos", "acl:relcl"} and not _through_clause(at, to, syntax):
        return True
    if _joined(at, to, syntax):
        return True
    if syntax.head[at] != syntax.head[to] or syntax.role(at) == "poss" or syntax.role(to) == "poss":
        return False
    return syntax.lemma[at] not in words("reflexive")


def _through_clause(at: int, to: int, syntax: Syntax) -> bool:
    """Whether a clause or "and" stands between a word and the noun above it: "a man who said he", "he and his wife"."""
    start = at
    while at != to and syntax.head[at] != at:
        if syntax.dep[at].split(":")[0] in {"acl", "ccomp", "advcl", "parataxis"} or (
            at != start and syntax.dep[at] == "conj"
        ):
            return True
        at = syntax.head[at]
    return False


def _joined(one: int, other: int, syntax: Syntax) -> bool:
    return _first(one, syntax) == _first(other, syntax)


def _first(at: int, syntax: Syntax) -> int:
    """Return the first of those that "and" joins a word to."""
    for _ in range(20):
        if syntax.dep[at] != "conj" or syntax.head[at] == at:
            return at
        at = syntax.head[at]
    return at
