"""One walk over a report's referents: names begin or go on with entities, pronouns and nominals take up one or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gesta.resolve.actors.coreference.entities import ANAPHORIC, Entity, agrees, bound
from gesta.resolve.actors.coreference.features import Match, Scene, match_of, of_nominal, of_pronoun, scene_of
from gesta.resolve.actors.coreference.quoted import QuoteSpeakers, SpeakerOf
from gesta.resolve.actors.coreference.referents import Referent, Referents
from gesta.resolve.actors.coreference.syntax import NEVER, Syntax
from gesta.resolve.actors.coreference.wordlists import words
from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.persons import Persons

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: How many sentences back a pronoun may reach; a nominal without a word of the entity's.
REACH = {"pronoun": 5, "nominal": 8}
_MOST = 10
#: How many entities without its noun a nominal is weighed against.
_STRANGERS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a referent may take up, with what speaks for it."""

    entity: Entity
    features: list[str]


Choose = Callable[[Referent, Sequence[Candidate]], Entity | None]
"""Takes a referent and its candidates; gives the entity it takes up, or None."""


class Walk:
    """Reads the referents of one report in text order; ``choose`` decides what pronouns and nominals take up."""

    def __init__(
        self, mentions: Mentions, syntax: Syntax, referents: Referents, speaker_of: SpeakerOf, choose: Choose
    ) -> None:
        self._mentions, self._syntax, self.referents = mentions, syntax, referents
        self._words = mentions.words
        self._speaker_of, self._choose = speaker_of, choose
        self._recent: dict[int, Entity] = {}  # by identity, the latest told of last
        self._named: dict[str, Entity] = {}
        self.of: dict[int, Entity] = {}
        """The entity of each referent by the token that heads it."""
        self.taken: dict[int, Referent] = {}
        """For each pronoun and nominal that takes up an entity, the latest name or first nominal of it."""
        self._said = NEVER
        for referent in referents.all:
            self._read(referent)

    def _read(self, referent: Referent) -> None:
        if referent.kind == "name":
            self._enter(self._of_name(referent), referent)
            return
        beside = self._beside(referent)
        if beside is not None:
            self._enter(beside, referent)
            return
        titled = (
            referent.sort == "one" and referent.form == "bare"
        )  # "Interior Minister Ann Lee", "chairman of the board"
        if referent.kind == "nominal" and (titled or referent.form not in ANAPHORIC):
            self._enter(self._new(), referent)
            return
        found = self._taken_up(referent)
        if found is not None:
            self.taken[referent.head] = found.known_by()
            self._enter(found, referent)
        elif referent.kind == "nominal":
            self._enter(self._new(), referent)

    def _of_name(self, referent: Referent) -> Entity:
        known = self._named.get(referent.key)
        if known is None:
            known = self._beside(referent) or self._new()
            self._named[referent.key] = known
        return known

    def _beside(self, referent: Referent) -> Entity | None:
        """Return the entity of the noun that a referent stands beside in apposition, if they agree."""
        syntax = self._syntax
        if referent.kind == "pronoun" or syntax.dep[referent.head] != "appos":
            return None
        found = self.of.get(syntax.head[referent.head])
        if found is None or (referent.kind == "name" and found.named):
            return None
        alike = referent.sort == found.sort or {referent.sort, found.sort} <= {"person", "one"}
        return found if alike or (referent.kind == "nominal" and agrees(referent, found)) else None

    def _new(self) -> Entity:
        return Entity()

    def _enter(self, entity: Entity, referent: Referent) -> None:
        syntax, at = self._syntax, referent.head
        entity.add(referent, syntax.lemma[at])
        self.of[at] = entity
        self._recent.pop(id(entity), None)
        self._recent[id(entity)] = entity
        if (
            syntax.role(at) == "subj"
            and syntax.quote[at] == NEVER
            and syntax.lemma[syntax.clause(at)] in words("saying")
        ):
            self._said = at

    def _taken_up(self, referent: Referent) -> Entity | None:
        speaker = self._speaker(referent)
        if referent.form == "i":
            return self._speaking(speaker)
        ahead = self._look_ahead(referent)
        if ahead is not None and self._words[referent.head + 1].lower() == "part":
            return ahead  # "for his part"
        candidates = self._candidates(referent, speaker)
        return self._choose(referent, candidates) if candidates else None

    def _speaker(self, referent: Referent) -> int:
        if referent.form not in {"i", "we"} and self._syntax.quote[referent.head] == NEVER:
            return NEVER
        found = self._speaker_of(referent.head)
        return NEVER if found is None else found

    def _speaking(self, speaker: int) -> Entity | None:
        """Return the entity of a speaker, who may be named only after the quote."""
        if speaker in self.of:
            return self.of[speaker]
        ahead = self.referents.by_head.get(speaker)
        return self._ahead(ahead) if ahead is not None and ahead.kind == "name" and ahead.sort == "person" else None

    def _ahead(self, name: Referent) -> Entity:
        """Return the entity of a name that the text has only later."""
        entity = self._named.get(name.key)
        if entity is None:
            entity = self._new()
            entity.add(name, self._syntax.lemma[name.head])
            self._named[name.key] = self._recent[id(entity)] = entity
        return entity

    def _look_ahead(self, referent: Referent) -> Entity | None:
        """Enter the subject that an owner before it may stand for ("For his part, Ann Lee ..."), and return it."""
        syntax = self._syntax
        if referent.kind != "pronoun" or syntax.role(referent.head) != "poss":
            return None
        for at in syntax.subjects_above(referent.head):
            name = self.referents.by_head.get(at)
            if at > referent.end and name is not None and name.kind == "name":
                entity = self._ahead(name)
                return entity if agrees(referent, entity) else None
        return None

    def _candidates(self, referent: Referent, speaker: int) -> list[Candidate]:
        syntax, sentence = self._syntax, self._syntax.sentence[referent.head]
        nominal, first = referent.kind == "nominal", sentence - REACH[referent.kind]
        lemma = syntax.lemma[referent.head]
        near: list[Entity] = []
        strangers, most = 0, (_STRANGERS if referent.form in {"the", "this"} else 0) if nominal else _MOST
        for entity in reversed(self._recent.values()):
            alike = nominal and lemma in entity.words
            if not alike and (strangers >= most or syntax.sentence[entity.last.head] < first):
                if not nominal:
                    break
                continue
            if agrees(referent, entity) and not bound(referent, entity.last, syntax):
                near.append(entity)
                strangers += not alike
                if len(near) == _MOST:
                    break
        if referent.state and any(entity.state == referent.state for entity in near):
            # "The Norlander minister" is not somebody of no known country while one of Norland is there.
            near = [entity for entity in near if entity.state or entity.sort != "person"]
        close = sum(sentence - syntax.sentence[entity.last.head] <= 1 for entity in near)
        scene = scene_of(referent, syntax, close, speaker, self._said)
        if nominal:
            return list(self._for_nominal(scene, near))
        return [Candidate(entity, of_pronoun(scene, entity, rank, syntax)) for rank, entity in enumerate(near)]

    def _for_nominal(self, scene: Scene, near: Sequence[Entity]) -> Iterator[Candidate]:
        lemma = self._syntax.lemma[scene.referent.head]
        places: Counter[str] = Counter()
        most: Counter[str] = Counter()
        for entity in near:
            most[entity.sort] = max(most[entity.sort], len(entity.mentions))
        for entity in near:
            how = match_of(scene.referent, entity, lemma)
            match = Match(how, places[how], len(entity.mentions) == most[entity.sort])
            places[how] += 1
            yield Candidate(entity, of_nominal(scene, entity, match, self._syntax, self._mentions))


def find_antecedents(
    doc: Doc, mentions: Mentions, persons: Persons, choose: Choose, speaker_of: SpeakerOf | None = None
) -> Walk:
    """Walk over a report's referents; ``speaker_of`` tells who says "I", by default by the nearest verb of saying."""
    syntax = Syntax(doc, mentions.words)
    referents = Referents(mentions, syntax, persons)
    return Walk(mentions, syntax, referents, speaker_of or QuoteSpeakers(syntax), choose)
