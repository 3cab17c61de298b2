"""Reading a noun phrase: which kind of actor it names, tried from the surest to the least sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gesta.resolve.actors.focus import Focus
from gesta.resolve.actors.known import read_country, read_group, read_people, read_place
from gesta.resolve.actors.linking import known_person, read_known
from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.modifiers import read_modifiers
from gesta.resolve.actors.names import read_name
from gesta.resolve.actors.persons import PersonMention, Persons
from gesta.resolve.actors.phrases import OWN, PRONOUNS, Phrase, noun_at, take_apart
from gesta.resolve.actors.reading import Reading, kind_of, of_group, sector_reason, with_land
from gesta.resolve.actors.roles import read_role
from gesta.resolve.actors.wordlists import words

_ENDS = frozenset({",", ".", ")", ";", "\u2014", "\u2013", "--", ":"})
_LONGEST_APPOSITION = 16
# Beside somebody, and not theirs to act by, where no table knows the noun: "his best friend".
_BESIDE = words("beside")


class Reader:
    """Reads the noun phrases of one report."""

    def __init__(
        self, mentions: Mentions, *, focus: Focus | None, published: date | None, persons: Persons | None = None
    ) -> None:
        self.mentions = mentions
        self.focus = focus
        self.published = published
        self.persons = persons if persons is not None else Persons()
        self.owners: Mapping[int, tuple[int, int]] = {}
        """For pronouns that own ("its forces"), the tokens of whom they stand for, where that is known."""
        self.epithets: Mapping[int, Reading] = {}
        """What a side calls a state ("the Great Satan"), by the token that ends the wording."""

    def read(self, start: int, end: int, head: int | None = None, *, struck: bool = False) -> Reading:
        """Return what tokens [start, end) say; ``head`` is the head by the tree, ``struck`` whether it is attacked."""
        phrase = take_apart(self.mentions, start, end, head)
        if phrase.start >= phrase.end:
            return Reading(core=(start, end), apart=True)
        pronoun = next((at for at in range(start, phrase.start) if at in self.owners), None) if phrase.own else None
        if pronoun is not None and self.mentions.folds[phrase.end - 1] not in _BESIDE:
            owned = replace(phrase, owner=self.owners[pronoun], own=False)
            why = f"'{self.mentions.words[pronoun]}' is taken to be '{self.mentions.slice(*self.owners[pronoun])}'"
            return self._read(owned, head, struck).because(why)
        return self._read(phrase, head, struck)

    def _read(self, phrase: Phrase, head: int | None, struck: bool) -> Reading:
        return (
            self.epithets.get(phrase.end - 1)
            or self._pronoun(phrase)
            or self._person(phrase)
            or read_group(self, phrase)
            or read_country(self, phrase, struck=struck)
            or read_people(self, phrase)
            or read_place(self, phrase)
            or read_name(self, phrase)
            or self._role(phrase, head)
            or self._thing(phrase)
        )

    def apposition(self, at: int, *, person: bool = False) -> Reading | None:
        """Return what an apposition says that begins with a comma at token ``at`` (", a Norlander charity,").

        ``person``: of a person, who may go without an article (", foreign minister of Norland,").
        """
        span = self._apposed(at)
        if span is None:
            return None
        phrase = take_apart(self.mentions, *span)
        found = noun_at(self.mentions, phrase.start, phrase.end)
        if found is None or found[1].has("quantity", "relation", "place"):
            return None
        fitting = ("office", "voice", "holder", "state") if person else ("organisation", "group")
        fits = self._is_indefinite(span[0]) or found[1].has(*fitting)
        return self._role(phrase, None) if fits else None

    def _apposed(self, at: int) -> tuple[int, int] | None:
        """Tokens between the comma at ``at`` and what ends the apposition; a verb does only after an article."""
        mentions, start = self.mentions, at + 1
        limit = min(len(mentions.words), at + _LONGEST_APPOSITION)
        if start + 1 >= limit or mentions.words[at] != ",":
            return None
        if mentions.pos[start] not in {"DET", "ADJ", "NOUN", "PROPN"} or start in self.persons.at:
            return None
        for token in range(start, limit):
            closed = mentions.words[token] in _ENDS or mentions.folds[token] == "who"
            verb = mentions.pos[token] in {"VERB", "AUX"} and not mentions.capital(token)
            if closed or verb or mentions.folds[token] in {"which", "and", "whose"}:
                return (start, token) if token > start and (closed or self._is_indefinite(start)) else None
        return None

    def _is_indefinite(self, at: int) -> bool:
        return self.mentions.folds[at] in {"a", "an"}

    def _pronoun(self, phrase: Phrase) -> Reading | None:
        if phrase.end - phrase.start != 1 or phrase.owner or phrase.own:
            return None
        word = self.mentions.folds[phrase.start]
        if word not in PRONOUNS | OWN:
            return None
        # "US" and "IT" are no pronouns.
        if self.mentions.words[phrase.start].isupper() and len(word) > 1:
            return None
        return Reading(core=(phrase.start, phrase.end), apart=True, reasons=("a pronoun, not resolved",))

    def _person(self, phrase: Phrase) -> Reading | None:
        last = phrase.end - 1
        mention = self.persons.at.get(last) or self.persons.titled.get(last) or self._surname(phrase)
        if mention is None:
            return None
        person, core = mention.person, (mention.start, mention.end)
        title = person.title if person.title is not None else self._origin(phrase)
        if title.spoken and (title.group or title.body or title.name or (title.state and title.sectors)):
            return replace(title, core=core, role=mention.role).because(f"'{person.name}' speaks for it")
        reading = Reading(
            kind="person",
            country=title.country,
            state=title.state,
            sectors=title.sectors,
            name=person.name,
            person=person.key,
            role=mention.role,
            core=core,
            reasons=title.reasons,
        )
        leader = known_person(self, person)
        return reading if leader is None else read_known(self, leader, title, reading)

    def _surname(self, phrase: Phrase) -> PersonMention | None:
        """Return the person of a surname in which the model saw no person, if the report has just one who ends so."""
        mentions, last = self.mentions, phrase.end - 1
        name = mentions.names[last]
        if not mentions.capital(last) or (name is not None and (name.label == "Location" or name.end - name.start > 1)):
            return None
        if mentions.groups[last] is not None or mentions.countries[last] is not None or phrase.start < last:
            return None
        found = self.persons.ending(mentions.folds[last])
        return PersonMention(last, phrase.end, found) if found is not None else None

    def _origin(self, phrase: Phrase) -> Reading:
        """Return the country or party in "Ann Lee of Norland", "Ann Lee of the People's Party"."""
        if phrase.preposition == "of" and phrase.tail is not None:
            tail = self.read(*phrase.tail)
            party = tail.sectors if tail.sectors[:1] in {("PTY",), ("OPP",)} else ()
            if party:
                return Reading(country=tail.country, state=tail.state, sectors=party, reasons=tail.reasons[:2])
            if tail.place and tail.state is not None:
                return Reading(country=tail.country, state=tail.state, reasons=tail.reasons[:1])
        return Reading()

    def _role(self, phrase: Phrase, head: int | None) -> Reading | None:
        found = noun_at(self.mentions, phrase.start, phrase.end)
        if found is None and head is not None and phrase.start <= head < phrase.end - 1:
            # What follows the head by the tree may be a word that the tagger got wrong.
            phrase = replace(phrase, end=head + 1)
            found = noun_at(self.mentions, phrase.start, phrase.end)
        return read_role(self, phrase, *found) if found is not None and not found[1].has("short") else None

    def _thing(self, phrase: Phrase) -> Reading:
        """Read an act or thing ("the minister's plan"): its author, or what stands before it, or nothing."""
        mentions = self.mentions
        core = (phrase.start, phrase.end)
        text = mentions.slice(*core)
        if phrase.owner and not phrase.own:
            author = self.read(*phrase.owner)
            return replace(author, place=False).because(f"author of '{text}'")
        modifiers = read_modifiers(mentions, phrase.start, phrase.end)
        land, doubt = modifiers.land(mentions)
        reasons = [land.why if land else doubt]
        if modifiers.groups and not phrase.own:
            group = modifiers.groups[-1].group
            return of_group(group, self.published, (f"'{text}' is of the known {group.what} {group.name}",), core=core)
        noun = modifiers.noun[2] if modifiers.noun else None
        sectors = with_land(noun.sectors, land) if noun else ()
        if not sectors and land is not None and modifiers.lands[-1:] and modifiers.lands[-1].match.how == "metonym":
            sectors = with_land(("GOV",), land)
        if noun is not None and modifiers.noun is not None:
            reasons.append(sector_reason(noun.sectors, mentions.slice(*modifiers.noun[:2])))
        return Reading(
            kind=kind_of(sectors),
            country=land.country.code if land else None,
            state=land.country.iso3 if land else None,
            sectors=sectors,
            noun=text.casefold() if not (land and sectors) else noun.text if noun else None,
            core=core,
            reasons=tuple(reason for reason in reasons if reason),
            apart=phrase.own,
        )
