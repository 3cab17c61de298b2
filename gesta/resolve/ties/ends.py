"""The ends of ties: which words name a person or a body that a tie can hold between."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from gesta.find.phrases import noun_phrase
from gesta.resolve.actors.countries import lookup
from gesta.resolve.actors.linking import known_person, read_known
from gesta.resolve.actors.nouns import nouns
from gesta.resolve.actors.phrases import noun_at, widened
from gesta.resolve.actors.reader import Reader
from gesta.resolve.actors.reading import Land, Reading, with_land
from gesta.resolve.ties.drafts import End
from gesta.resolve.ties.kinds import BODIES
from gesta.resolve.ties.lexicon import any_of, words

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})
_PERSONAL = frozenset("he she it they him her them".split())
# A name of two words may be part of a longer one; a shorter or known longer one is not.
_PART = 2
# "MK" and "PM" before a name are taken for names.
_SHORTEST = 4
_COMPASS = frozenset("south north east west southern northern eastern western central".split())
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_ARTICLES = frozenset({"a", "an", "the"})


class Ends:
    """Reads the ends of one report's ties. Makes no actors: what is not kept must leave no trace."""

    def __init__(self, doc: Doc, reader: Reader) -> None:
        self.doc = doc
        self.reader = reader
        # Of a body beside a person's name: "the parliament" in "the speaker of the parliament, Ann Lee," is no person.
        self._plain = Reader(reader.mentions, focus=reader.focus, published=reader.published)
        self._seen: dict[int, End | None] = {}

    def of(self, head: Token) -> End | None:
        """Return the end that the phrase of ``head`` is; None if it names nobody, or only some one of many."""
        if head.i not in self._seen:
            self._seen[head.i] = self._read(head)
        return self._seen[head.i]

    def _read(self, head: Token) -> End | None:
        if head.pos_ == "PRON":
            return End(self.doc[head.i : head.i + 1], head, None, named=False) if head.lower_ in _PERSONAL else None
        for token in (head, *(child for child in head.children if child.dep_ == "flat")):
            person = self.person(token)
            if person is not None:
                return person
        if head.pos_ not in _NOMINAL and head.ent_iob_ == "O":
            return None
        known = self._known(head.i)
        if known is not None:
            return known
        return self._phrase(head)

    def person(self, head: Token) -> End | None:
        """Return the person named at ``head``, who may speak for a body; None if none is."""
        mention = self.reader.persons.at.get(head.i)
        if mention is None or not {"(", ")", "/"}.isdisjoint(self.doc[mention.start : mention.end].text):
            return None
        if mention.person.name.isupper() and len(mention.person.name) < _SHORTEST:
            return None
        title = mention.person.title or Reading()
        reading = Reading(
            kind="person",
            country=title.country,
            state=title.state,
            sectors=title.sectors,
            name=mention.person.name,
            person=mention.person.key,
            role=mention.role,
            core=(mention.start, mention.end),
            reasons=title.reasons,
        )
        leader = known_person(self.reader, mention.person)
        if leader is not None:
            reading = read_known(self.reader, leader, title, reading)
        return End(self.doc[mention.start : mention.end], head, reading)

    def _known(self, at: int) -> End | None:
        """Return the known group or the country that is named at a token."""
        mentions = self.reader.mentions
        group, land = mentions.groups[at], mentions.countries[at]
        if group is not None and not self._is_inside_name(group.start, group.end):
            known = group.group
            why = f"'{mentions.slice(group.start, group.end)}' is the known {known.kind} {known.name}"
            reading = Reading(
                known.kind, known.country, None, known.sectors(self.reader.published), known,
                core=(group.start, group.end), reasons=(why,),
            )  # fmt: skip
            return End(self.doc[group.start : group.end], self.doc[at], reading)
        if land is None or (land.match.how == "demonym" and self.doc[at].pos_ != "ADJ" and not self._compounds(at)):
            return None
        if land.start and self.doc[land.start - 1].lower_ in _COMPASS and mentions.capital(land.start - 1):
            return None  # "South Australia" is not Australia
        if land.match.how != "demonym" and land.end < len(self.doc) and self._begins_name(land.end, at):
            return None  # nor is "Norland Mahila Parishad" Norland
        return End(self.doc[land.start : land.end], self.doc[at], self._state(land.start, land.end))

    def _is_inside_name(self, start: int, end: int) -> bool:
        """Tell whether words only end a longer name ("the National Security Council")."""
        name, before = self.reader.mentions.names[start], self.doc[start - 1] if start else None
        if end - start < _PART:
            return False
        capital = before is not None and before.is_title and before.pos_ in {"ADJ", "PROPN"}
        if capital and before is not None and not before.is_sent_start:
            return start <= before.head.i < end and not self._is_country(before.i)
        if name is None or name.label != "Organization" or name.start >= start:
            return False
        return any(self.doc[at].pos_ == "PROPN" and not self._is_country(at) for at in range(name.start, start))

    def _is_country(self, at: int) -> bool:
        return self.reader.mentions.countries[at] is not None or lookup(self.doc[at].text) is not None

    def _begins_name(self, at: int, country: int) -> bool:
        """Tell whether the capitalised word at ``at`` goes on with a name that begins with a country."""
        after, head = self.doc[at], self.doc[country]
        hangs = after.head.i == country or head.head.i == at or after.head.i == head.head.i
        person = after.ent_type_ == "Person" or not after.is_title
        return after.pos_ == "PROPN" and hangs and not person and head.ent_type_ == after.ent_type_ != ""

    def _compounds(self, at: int) -> bool:
        return self.doc[at].dep_ in {"compound", "amod"}

    def _state(self, start: int, end: int) -> Reading | None:
        mention = self.reader.mentions.countries[start]
        if mention is None:
            return None
        text = self.reader.mentions.slice(start, end)
        land = Land.of(mention.match, text)
        why = f"sector GOV, since '{text}' stands for the state"
        return Reading(
            "state", land.country.code, land.country.iso3, with_land(("GOV",), land),
            core=(start, end), reasons=(land.why, why),
        )  # fmt: skip

    def _phrase(self, head: Token) -> End | None:
        span = noun_phrase(head)
        first = widened(self.reader.mentions, span.start)
        reading = self._plain.read(first, span.end, head.i)
        if reading.spoken or reading.role or reading.place:
            return None
        start = span.start
        while start < head.i and self.doc[start].lower_ in _ARTICLES:
            start += 1
        stop = head.i + 1
        if reading.name is not None and reading.core[0] <= head.i < reading.core[1]:
            # The whole name, which may go on after its head: "the Centre for Global Development".
            stop = max(stop, reading.core[1])
        words_ = self.doc[start:stop]
        if self._is_body(head, reading):
            if reading.name is not None and any(child.lower_ in {"a", "an"} for child in head.children):
                generic = head.pos_ == "NOUN" or any(child.pos_ == "NOUN" for child in head.children)
                if not generic:
                    return None  # "a Ph.D." is no body's name
            # Beside a name ("the speaker of the parliament, Ann Lee,") the resolver would take the body for the person.
            beside = self.reader.read(first, span.end, head.i).person is not None
            return End(words_, head, reading, named=beside or reading.group is not None or reading.name is not None)
        definite = any(child.lower_ in {"the", "this", "that"} for child in head.children)
        if definite and reading.name is None and head.lemma_.lower() in words("collective") and not reading.apart:
            return End(words_, head, None, named=False)
        return None

    def _is_body(self, head: Token, reading: Reading) -> bool:
        if head.lemma_.lower() in words("thing"):
            return False
        if reading.apart and not any(child.lower_ in {"a", "an"} for child in head.children):
            return False
        if not reading.core[0] <= head.i < reading.core[1]:
            return False  # the reading is of who owns or made it
        if reading.kind == "people" and head.lemma_.lower() in words("collective"):
            return any(child.pos_ == "PROPN" for child in head.children)
        if reading.kind == "people":
            return reading.people is not None
        if reading.name is not None:
            whole = not self._is_generic(reading) and not self._goes_on(reading)
            return whole and (reading.kind in BODIES or head.ent_type_ == "Organization")
        if reading.kind not in BODIES:
            return False
        plural = "Plur" in head.morph.get("Number", [])
        if plural and head.lemma_.lower() in words("collective") - {"force"}:
            # "Governments" are not one; "Nuer militias" are some.
            return any(child.pos_ == "PROPN" for child in head.children)
        return plural or any_of([head.lemma_.lower(), head.lower_], "collective")

    def _is_generic(self, reading: Reading) -> bool:
        """Tell whether a name is one common word with a capital: "the Board", "the Mission"."""
        name = reading.name or ""
        return " " not in name and (name.lower() in words("collective") or name.lower() in nouns())

    def _goes_on(self, reading: Reading) -> bool:
        """Tell whether a name was cut before "of" or "for", so that it is not known whose it is."""
        doc, at = self.doc, reading.core[1]
        if at + 1 >= len(doc) or doc[at].lower_ not in {"of", "for"} or reading.country is not None:
            return False
        after = doc[at + 1] if doc[at + 1].lower_ not in _ARTICLES or at + 2 >= len(doc) else doc[at + 2]
        return after.pos_ == "PROPN"

    def before(self, start: int, stop: int) -> End | None:
        """Return the end that the words [start, stop) before a title or a hyphen name ("Taliban", "Israeli army")."""
        last = stop - 1
        while last >= start and not self.reader.mentions.folds[last]:
            last -= 1
        if last < start:
            return None
        mentions = self.reader.mentions
        group = mentions.groups[last]
        if group is not None and group.end > stop:
            return self._inside(last)
        known = self._known(last)
        if known is not None:
            return known
        people = mentions.peoples[last]
        if people is not None:
            reading = Reading("people", people=people.people.name, core=(people.start, people.end))
            return End(self.doc[people.start : people.end], self.doc[last], reading)
        name = mentions.names[last]
        noun = noun_at(mentions, start, last + 1)
        if self.doc[last].lemma_.lower() in words("thing"):
            return None
        if name is None and (noun is None or self.doc[last].lemma_.lower() not in words("collective")):
            return None
        if name is not None and (name.label in {"Person", "Date", "Money"} or (name.label == "Location")):
            return None
        first = min(start, name.start) if name is not None else start
        reading = self._plain.read(first, last + 1, last)
        if reading.kind not in BODIES or reading.apart or reading.place or reading.role:
            return None
        if name is not None and name.label == "Organization" and reading.name is None and reading.people is not None:
            return None  # "Jewish Agency" is no agency of the Jews
        named = reading.group is not None or reading.name is not None
        if reading.name is not None and self._is_generic(reading):
            return None
        # "Gang leader Ben Moe" leads some gang; "army chief Ben Moe", the army.
        if not named and reading.kind != "state" and reading.state is None:
            return None
        return End(self.doc[max(first, start) : last + 1], self.doc[last], reading, named=named)

    def _inside(self, at: int) -> End | None:
        """Return the country inside the name of a group: "Saudi" in "the Saudi-led coalition"."""
        match = lookup(self.doc[at].text)
        if match is None:
            return None
        land = Land.of(match, self.doc[at].text)
        why = f"sector GOV, since '{self.doc[at].text}' stands for the state"
        reading = Reading(
            "state", land.country.code, land.country.iso3, with_land(("GOV",), land),
            core=(at, at + 1), reasons=(land.why, why),
        )  # fmt: skip
        return End(self.doc[at : at + 1], self.doc[at], reading)


def antecedent(token: Token) -> Token:
    """Return whom a relative pronoun stands for ("who" in "Ann Lee, who leads the Front"), else the word itself."""
    if token.lower_ not in _RELATIVE:
        return token
    clause = token.head
    for _ in range(4):
        if clause.dep_ in {"acl:relcl", "acl", "advcl:relcl"}:
            return _not_thing(clause)
        if clause.head.i == clause.i:
            break
        clause = clause.head
    return token


def _not_thing(clause: Token) -> Token:
    return clause.head


def coordinated(head: Token) -> list[Token]:
    """Return a noun and what is coordinated with it: "Mali", "Niger" and "Burkina Faso"."""
    return [head, *(child for child in head.conjuncts if child.i > head.i and child.pos_ in _NOMINAL)]
