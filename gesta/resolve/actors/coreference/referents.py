"""Referents: the words of a report that stand for somebody, as names, nominals ("the militia") and pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gesta.resolve.actors.coreference.syntax import Syntax
from gesta.resolve.actors.coreference.wordlists import given_names, pronouns, words
from gesta.resolve.actors.mentions import POSSESSIVES, Mentions
from gesta.resolve.actors.nouns import Noun
from gesta.resolve.actors.persons import Persons
from gesta.resolve.actors.phrases import noun_at
from gesta.resolve.actors.spelling import key

Kind = Literal["name", "nominal", "pronoun"]
Sort = Literal["person", "one", "many", "body", "land", "people", "place", "other"]

_LEFT = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "advmod", "case", "punct", "flat", "det:predet",
     "goeswith"}
)  # fmt: skip
_INNER = frozenset({"compound", "flat", "amod", "fixed", "goeswith", "nmod:desc", "det"})
_NAMED = frozenset({"Person", "Organization", "NORP", "Location", "Facility", "Misc"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those", "such"})
_LONGEST = 12
# "Every person", "no rebel": nobody whom a later word takes up.
_NOBODY = frozenset({"every", "each", "no", "any"})
# "The dead", "the accused": adjectives that stand for somebody.
_ADJECTIVAL = frozenset({"old", "deceased", "accused", "injured", "wounded", "dead", "latter", "former"})


@dataclass(frozen=True, slots=True)
class Referent:
    """Words that stand for somebody at tokens [start, end), headed by ``head``.

    ``sort``: a person by name, one or many unnamed people, a body (also what is told in the singular but is several), a
    land, a people, or another name. ``key`` tells names of one actor; ``words`` what it is called and what it is.
    ``form``: the set of a pronoun; of a nominal the, this, own, owned, bare or new ("a", "three").
    """

    head: int
    start: int
    end: int
    kind: Kind
    sort: Sort
    number: str = ""
    gender: str = ""
    key: str = ""
    words: frozenset[str] = frozenset()
    form: str = ""
    noun: Noun | None = None
    state: str = ""
    """Key of the one country that the words or a person's title name."""


class Referents:
    """The referents of one report, in the order of their heads."""

    def __init__(self, mentions: Mentions, syntax: Syntax, persons: Persons) -> None:
        self._mentions, self._syntax, self._persons = mentions, syntax, persons
        self._body, self._thing = words("body"), words("thing")
        self._male, self._female = words("male"), words("female")
        self._people = words("human") | words("male") | words("female") | _ADJECTIVAL
        self._new = words("indefinite")
        found = sorted(self._found(), key=lambda one: (one.head, one.start))
        self.all: tuple[Referent, ...] = tuple(found)
        self.by_head: dict[int, Referent] = {one.head: one for one in found}

    def _found(self) -> Iterator[Referent]:
        mentions, kinds, at = self._mentions, pronouns(), 0
        while at < len(mentions.words):
            name = self._name(at)
            if name is not None:
                yield name
                at = max(name.end, at + 1)
                continue
            pos = mentions.pos[at]
            if pos == "PRON" or (pos == "DET" and mentions.folds[at] in words("owning")):
                found = kinds.get(mentions.words[at].lower())
                if found is not None and not (mentions.words[at].isupper() and len(mentions.words[at]) > 1):
                    yield self._pronoun(at, found)
            elif pos in {"NOUN", "PROPN"} or self._adjectival(at):
                nominal = self._nominal(at)
                if nominal is not None:
                    yield nominal
            at += 1

    def _adjectival(self, at: int) -> bool:
        """Whether an adjective stands for somebody: "the deceased", "the 34-year-old"."""
        mentions, syntax = self._mentions, self._syntax
        if mentions.pos[at] not in {"ADJ", "VERB"} or syntax.role(at) not in {"subj", "obj", "poss", "obl", "agent"}:
            return False
        if mentions.folds[at] == "old":
            return at > 1 and mentions.folds[at - 2] == "year"
        return mentions.folds[at] in _ADJECTIVAL

    def _pronoun(self, at: int, form: str) -> Referent:
        gender = {"he": "male", "she": "female"}.get(form, "")
        number = "plural" if form in {"they", "we"} else "singular"
        return Referent(at, at, at + 1, "pronoun", "other", number, gender, form=form)

    # --- names -----------------------------------------------------------------------------------------------------

    def _name(self, at: int) -> Referent | None:
        """Return the name that begins at a token."""
        mentions = self._mentions
        person = self._persons.at.get(at)
        if person is not None and person.start == at:
            return self._person(at, person.end, person.person.key)
        group, land, people, name = (
            mentions.groups[at],
            mentions.countries[at],
            mentions.peoples[at],
            mentions.names[at],
        )
        if group is not None and group.start == at:
            return self._named(at, group.end, "body", f"group:{group.group.name}") if not group.aside else None
        if name is not None and name.start == at and name.label in _NAMED and self._wider(at, name.end):
            group = land = people = None
        if land is not None and land.start == at:
            if land.match.how == "demonym" and self._several(at, land.end):
                return self._named(at, land.end, "people", f"people of:{land.match.country.iso3}")
            if land.aside or land.match.how == "demonym":
                return None
            return self._named(at, land.end, "land", f"land:{land.match.country.iso3}")
        if people is not None and people.start == at:
            return self._named(at, people.end, "people", f"people:{people.people.name}")
        if name is None or name.start != at or name.label not in _NAMED:
            return None
        sort: Sort = "body" if name.label == "Organization" else "people" if name.label == "NORP" else "other"
        if name.label == "Location":
            sort = "place"
        text = mentions.slice(name.start, name.end)
        long = mentions.expansions.get(text.replace(".", ""))
        return self._named(at, name.end, sort, f"name:{key(mentions.slice(*long) if long else text)}")

    def _wider(self, start: int, end: int) -> bool:
        """Whether a name goes on after the group or country it begins with ("Norland Railways")."""
        mentions = self._mentions
        units = (mentions.groups[start], mentions.countries[start], mentions.peoples[start])
        return all(unit is None or unit.end < end for unit in units)

    def _several(self, start: int, end: int) -> bool:
        """Whether a demonym stands for people itself: "the Norlanders"."""
        at = end - 1
        return self._syntax.number[at] == "plural" and self._syntax.dep[at] not in _INNER

    def _named(self, start: int, end: int, sort: Sort, identity: str) -> Referent | None:
        head = self._top(start, end)
        number = self._syntax.number[head]
        plural = "plural" if sort == "people" and number == "plural" else ""
        found = frozenset(self._words(start, end))
        return Referent(head, start, end, "name", sort, plural, "", identity, found)

    def _person(self, start: int, end: int, identity: str) -> Referent:
        mentions = self._mentions
        first = self._title(start)
        titles = self._words(first, start)
        given = given_names().get(mentions.folds[start], "") if end - start > 1 else ""
        gender = self._gender(titles) or given
        found = frozenset(titles)
        found |= self._apposed(start, end)
        title = self._persons.at[start].person.title
        state = title.state if title is not None and title.state is not None else ""
        key_of = f"person:{identity}"
        return Referent(
            self._top(start, end), start, end, "name", "person", "singular", gender, key_of, found, state=state
        )

    def _title(self, start: int) -> int:
        """Return where the words before a name begin that may be its title."""
        mentions, at = self._mentions, start
        while (
            at > 0
            and start - at < _LONGEST
            and (
                mentions.pos[at - 1] in {"NOUN", "PROPN", "ADJ"}
                or mentions.words[at - 1] in POSSESSIVES | {"-", "of", "for"}
            )
        ):
            if at - 1 in self._persons.at:
                break
            at -= 1
        return at

    def _apposed(self, start: int, end: int) -> frozenset[str]:
        """Return the heads of what stands beside a name in apposition, on either side."""
        syntax, top = self._syntax, self._top(start, end)
        heads = [child for child in syntax.children(top) if syntax.dep[child] == "appos"]
        if syntax.dep[top] in {"appos", "flat"}:
            heads.append(syntax.head[top])
        return frozenset(word for at in heads for word in self._words(at, at + 1))

    def _top(self, start: int, end: int) -> int:
        """Return the head of tokens [start, end) by the tree: the first that hangs on none of the others."""
        return next(
            (at for at in range(start, end) if not start <= self._syntax.head[at] < end or self._syntax.head[at] == at),
            end - 1,
        )

    # --- nominals --------------------------------------------------------------------------------------------------

    def _nominal(self, at: int) -> Referent | None:
        mentions, syntax = self._mentions, self._syntax
        if syntax.dep[at] in _INNER and syntax.head[at] > at:
            return None
        name = mentions.names[at]
        if at in self._persons.at or (name is not None and mentions.pos[at] == "PROPN" and name.start < at):
            return None
        if at in self._persons.titled and self._persons.at.get(at + 1) is not None:
            return None  # a title is part of the name
        lemma = syntax.lemma[at]
        start = self._start(at)
        if mentions.folds[start] in _NOBODY:
            return None
        found = noun_at(mentions, start, at + 1)
        noun = found[1] if found is not None else None
        sort = self._sort(at, lemma, noun)
        if sort is None:
            return None
        number = syntax.number[at]
        if sort == "one" and number == "plural":
            sort = "many"
        form = self._form(start, at)
        gender = self._gender((mentions.folds[at], lemma)) if sort in {"one", "many"} else ""
        called = frozenset(self._words(start, at + 1))
        state = self._state(start, at) if sort in {"one", "many"} else ""
        return Referent(at, start, at + 1, "nominal", sort, number, gender, "", called, form, noun, state)

    def _state(self, start: int, at: int) -> str:
        """Return the one country before a noun or after "of" behind it: "the Norlander army", "army of Norland"."""
        mentions = self._mentions
        lands = [land for land in mentions.countries[start:at] if land is not None and not land.aside]
        after = at + 1
        if after < len(mentions.words) and mentions.folds[after] in {"of", "to"}:
            after += 1 + (mentions.words[after + 1 : after + 2] == ["the"])
            lands += [land for land in mentions.countries[after : after + 1] if land is not None]
        states = {land.match.country.iso3 for land in lands}
        return states.pop() if len(states) == 1 else ""

    def _sort(self, at: int, lemma: str, noun: Noun | None) -> Sort | None:
        """Return what sort of somebody a noun stands for in the singular, None if for nobody."""
        called = {lemma, self._mentions.folds[at]}
        body = not called.isdisjoint(self._body)
        if not called.isdisjoint(self._thing) or (noun is not None and noun.has("place") and not body):
            return None
        if noun is not None and noun.has("quantity") and not body and self._syntax.number[at] != "plural":
            return None  # "the rest of it"
        if body or (noun is not None and noun.has("organisation", "group")):
            return "many" if self._syntax.number[at] == "plural" else "body"
        return "one" if noun is not None or not called.isdisjoint(self._people) else None

    def _start(self, at: int) -> int:
        syntax, start = self._syntax, at
        while start > 0 and at - start < _LONGEST and syntax.sentence[start - 1] == syntax.sentence[at]:
            before = start - 1
            head = syntax.head[before]
            if not (before < head <= at and syntax.dep[before] in _LEFT and syntax.above(head, at)):
                break
            if syntax.dep[before] == "case" and self._mentions.words[before] not in POSSESSIVES:
                break
            start = before
        return start

    def _form(self, start: int, at: int) -> str:
        mentions = self._mentions
        first = mentions.words[start].lower()
        if first in words("owning"):
            return "own"
        if first == "the":
            return "other" if mentions.folds[min(start + 1, at)] in {"other", "others", "rest"} else "the"
        if first in _DEMONSTRATIVE:
            return "this"
        if any(mentions.words[token] in POSSESSIVES for token in range(start, at)):
            return "owned"
        if first in self._new or mentions.pos[start] == "NUM":
            return "new"
        return "bare"

    def _gender(self, folds: tuple[str, ...] | list[str]) -> str:
        male, female = any(word in self._male for word in folds), any(word in self._female for word in folds)
        return "" if male == female else "male" if male else "female"

    def _words(self, start: int, end: int) -> list[str]:
        """Return what tokens [start, end) call somebody: nouns, names and adjectives, folded, and their lemmas."""
        mentions, found = self._mentions, []
        for at in range(max(start, end - _LONGEST), end):
            if mentions.pos[at] in {"NOUN", "PROPN", "ADJ", "NUM"} or mentions.folds[at] in _ADJECTIVAL:
                found.append(mentions.folds[at])
                lemma = self._syntax.lemma[at]
                if lemma != mentions.folds[at]:
                    found.append(lemma)
        return [word for word in found if word]
