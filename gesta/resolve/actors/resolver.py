"""``ActorResolver``: the participants of one report's events, and the actors behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gesta.annotate.light import Light
from gesta.find.phrases import noun_phrase
from gesta.records import Actor, Participant, Place, Report, make_id
from gesta.resolve.actors.ambiguity import settle
from gesta.resolve.actors.context import Context
from gesta.resolve.actors.coreference import OWNING, Choose, Ranker, SpeakerOf, Walk, find_antecedents
from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.focus import find_focus
from gesta.resolve.actors.likeness import actor_key, same_actor
from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.offices import in_office
from gesta.resolve.actors.persons import SINGLE, find_persons
from gesta.resolve.actors.phrases import plain_start, widened
from gesta.resolve.actors.plain import PlainNames
from gesta.resolve.actors.reader import Reader
from gesta.resolve.actors.reading import Land, Reading, with_land
from gesta.resolve.actors.registry import Registry
from gesta.resolve.actors.spelling import key
from gesta.resolve.actors.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from gesta.attribute.loaded import Flagged

# Verbs that a place suffers and a government does not: "shelled Norland City" is no act on the cabinet.
_STRIKES = words("strike")
# Who they are, and so whose, nobody knows.
_ANYWHERE = (("UAF",), ("UNK",))
_ELSEWHERE = frozenset({"foreign", "international", "multinational", "regional", "both"})
# Persons of whom a sentence tells no more than how many they are, or that it spoke of them.
_COUNTED = frozenset(
    "all both dozens hundreds thousands scores many several most others some him her them he she they".split()
)
_PERSONAL = frozenset({"him", "her", "them", "he", "she", "they"})
_NOWHERE = ("a pronoun", "no country, since the text joins")
_INDEFINITE = frozenset({"a", "an", "another"})
_STRUCK = frozenset({"obj", "nsubj:pass", "obl", "nmod"})

# Sectors that a man may have beside any other.
_ANYBODY = frozenset({"CVL", "UNK", "PRE", "ELI"})

_LABELS = {
    "AGR": "farmers", "BUS": "business", "COP": "police", "CRM": "criminals", "CVL": "people", "EDU": "education",
    "ELI": "former officials and families", "GOV": "government", "JRN": "media", "JUD": "courts", "LAB": "labour",
    "LEG": "parliament", "MED": "health", "MIL": "armed forces", "OPP": "opposition", "PRM": "paramilitaries",
    "PTY": "parties", "REB": "rebels", "REF": "refugees", "REL": "religious bodies", "SOC": "civil society",
    "SPY": "intelligence", "UAF": "unidentified armed", "UNK": "unidentified",
}  # fmt: skip
"""How an unnamed role of a state or organisation is called in an actor's name, by sector."""


@dataclass(slots=True)
class _Draft:
    """An actor while the report is being read; ``aliases`` and ``reasons`` are dicts for their order."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    aliases: dict[str, None] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)

    def take(self, reading: Reading) -> None:
        """Take over what is not yet known from words that stand for the same actor."""
        if self.country is None and reading.country is not None:
            self.country = reading.country
            self.reasons.update(dict.fromkeys(why for why in reading.reasons if why.startswith("country")))
        if not self.sectors and reading.sectors:
            self.sectors = reading.sectors
            self.reasons.update(dict.fromkeys(why for why in reading.reasons if why.startswith("sector")))


class ActorResolver:
    """Resolves the participants of one report, and keeps its actors.

    ``doc`` is the report's text as ``coder.nlp`` read it; ``registry`` has the known actors, by default Gesta's own.
    Ids are stable across reports for known persons and groups, roles of a state ("KEN:COP") and full names; an unnamed
    actor without a country, and a single name, are the report's own, so that two reports' "gunmen" are never one actor.
    With ``heads``, the light heads of the model, pronouns and nominals are tied to the actor they take up; without,
    each pronoun is an actor of its own. ``speaker_of`` tells who says "I" and "we", by default the nearest verb of
    saying.
    """

    def __init__(
        self,
        doc: Doc,
        *,
        report: Report,
        registry: Registry | None = None,
        places: Iterable[Place] = (),
        heads: Mapping[str, Light] | None = None,
        speaker_of: SpeakerOf | None = None,
        loaded: Iterable[Flagged] = (),
    ) -> None:
        self._report, self._doc = report, doc
        self._plain = PlainNames(doc, loaded)
        mentions = Mentions(doc, registry=registry)
        settle(mentions)
        places = tuple(places)
        focus = find_focus(mentions, report, places)
        sure = focus if focus is not None and focus.sure else None
        persons = find_persons(Reader(mentions, focus=sure, published=report.published))
        self._reader = Reader(mentions, focus=focus, published=report.published, persons=persons)
        self._context = Context(doc, mentions, places, focus)
        self._persons = persons
        self._reader.epithets = self._plain.epithets(mentions.registry.leaders, report.published)
        self._drafts: dict[str, _Draft] = {}
        self._by_id: dict[str, _Draft] = {}
        self._bodies: dict[str, str] = {}
        self._indefinite: dict[str, set[int]] = {}
        self._taken = self.walk(doc, Ranker(heads), speaker_of).taken if heads else {}
        self._reader.owners = {
            at: (meant.start, meant.end) for at, meant in self._taken.items() if doc[at].lower_ in OWNING
        }

    def participant(self, span: Span, head: Token) -> Participant:
        """Return the participant that the noun phrase ``span`` names; ``head`` is its head in the tree.

        Never fails: what cannot be resolved is an actor of kind ``unknown`` under the words of the text.
        """
        mentions = self._reader.mentions
        reading = self._read(span, head)
        meant = self._meant(head, reading)
        start, end = mentions.trimmed(span.start, span.end)
        text = mentions.slice(start, end)
        offset = mentions.offsets[start] if text else span.start_char
        where = (offset, offset + len(text))
        if meant is None:
            reading = self._settled(reading, span, head)
            return Participant(actor=self._draft(reading, span.start).id, text=text, span=where, role=reading.role)
        phrase, known = meant
        draft = self._draft(known.because(f"'{text}' is taken to be '{phrase.text}'"), phrase.start)
        draft.take(reading)
        words = (phrase.start_char, phrase.end_char)
        return Participant(actor=draft.id, text=text, span=where, role=reading.role or known.role, antecedent=words)

    def _read(self, span: Span, head: Token) -> Reading:
        """What the words say, and who holds the office that they name."""
        first = widened(self._reader.mentions, span.start)
        return in_office(self._reader, self._reader.read(first, span.end, head.i, struck=_is_struck(head)))

    def _settled(self, reading: Reading, span: Span, head: Token) -> Reading:
        """What the words say, with the country that the context tells where they do not."""
        first = widened(self._reader.mentions, span.start)
        return _ruling(self._placed(reading, (first, span.end), head), head)

    def _meant(self, head: Token, own: Reading) -> tuple[Span, Reading] | None:
        """Return the words that the pronoun or nominal with this head takes up, and what they say; None if it takes up
        none, or says itself that it is another."""
        referent = self._taken.get(head.i)
        if referent is None or own.group is not None or own.person is not None or own.name is not None:
            return None
        named = referent.kind == "name" and self._doc[referent.head].dep_ in {"nmod:poss", "compound"}
        phrase = self._doc[referent.start : referent.end] if named else noun_phrase(self._doc[referent.head])
        known = self._settled(self._read(phrase, self._doc[referent.head]), phrase, self._doc[referent.head])
        return None if _conflict(own, known) else (phrase, known)

    def walk(self, doc: Doc, choose: Choose, speaker_of: SpeakerOf | None = None) -> Walk:
        """Return what each pronoun and nominal of the report takes up as ``choose`` decides."""
        return find_antecedents(doc, self._reader.mentions, self._persons, choose, speaker_of)

    def unplaced(self, span: Span, head: Token) -> tuple[Context, tuple[str, ...]] | None:
        """Return the context and the actor's sectors if its words tell no country; for fitting the weights."""
        reading = self._reader.read(
            widened(self._reader.mentions, span.start), span.end, head.i, struck=_is_struck(head)
        )
        apart = not _may_be_placed(reading) or self._is_elsewhere((span.start, span.end))
        return None if apart else (self._context, reading.sectors)

    def _placed(self, reading: Reading, span: tuple[int, int], head: Token) -> Reading:
        """Supply the country that the context tells, if the words tell none and may belong to one."""
        if self._is_elsewhere(span):
            return reading
        if not _may_be_placed(reading):
            return self._among(reading, span, head)
        land = self._context.land(span, head, reading.sectors, named=reading.person is not None and not reading.sectors)
        if land is None or self._is_strange_to(span, land):
            return reading
        sectors = with_land(reading.sectors, land) if reading.sectors else ()
        placed = replace(reading, country=land.country.code, state=land.country.iso3, sectors=sectors)
        return placed.because(land.why)

    def _among(self, reading: Reading, span: tuple[int, int], head: Token) -> Reading:
        """Supply the one country that the sentence names to those only counted ("dozens"); gunmen may be anybody's."""
        counted = any(why.startswith("a pronoun") for why in reading.reasons) and head.lower_ in _COUNTED
        if reading.country is not None or not counted:
            return reading
        land = self._context.only(head, personal=head.lower_ in _PERSONAL)
        if land is None or self._is_strange_to(span, land):
            return reading
        return replace(reading, country=land.country.code).because(land.why)

    def _is_elsewhere(self, span: tuple[int, int]) -> bool:
        """Tell whether the words set the actor apart from the countries around it, or name a region of several."""
        mentions = self._reader.mentions
        regions = (mentions.peoples[at] for at in range(*span))
        if any(one is not None and one.people.kind == "region" and len(one.people.countries) != 1 for one in regions):
            return True
        folds = mentions.folded(*span)
        return not _ELSEWHERE.isdisjoint(folds) or folds[:2] == ["the", "two"]

    def _is_strange_to(self, span: tuple[int, int], land: Land) -> bool:
        """Tell whether the words name a people that does not live in a country."""
        found = (self._reader.mentions.peoples[at] for at in range(*span))
        lived = [one.people.countries for one in found if one is not None]
        return any(homes and land.country.iso3 not in homes for homes in lived)

    @property
    def reader(self) -> Reader:
        """Return what reads the report's phrases, for stages that must know what words say before an actor is made."""
        return self._reader

    def taken(self, reading: Reading, span: Span) -> Participant:
        """Return the participant of ``span`` whose words were read before."""
        draft = self._draft(reading, span.start)
        return Participant(actor=draft.id, text=span.text, span=(span.start_char, span.end_char), role=reading.role)

    def name_of(self, actor: str) -> str:
        """Return the name of an actor seen so far, by its id."""
        return next(draft.name for draft in self._drafts.values() if draft.id == actor)

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors seen so far, in order of first mention."""
        return tuple(_actor(draft) for draft in self._drafts.values())

    def actor(self, identity: str) -> Actor:
        """Return the actor behind a participant, as far as it is known by now."""
        return _actor(self._by_id[identity])

    def _draft(self, reading: Reading, at: int) -> _Draft:
        mentions, reading = self._reader.mentions, self._plain.unlabelled(reading)
        start = plain_start(mentions, *reading.core)
        text = mentions.slice(start, reading.core[1]) or mentions.slice(at, at + 1)
        identity, name = self._identity(reading, text, at)
        plain = self._plain.of(start, reading.core[1]) if name == text or name == reading.name else None
        if plain is not None:
            name, reading = plain, reading.because(f"'{text}' is the source's word, and no name")
        draft = self._drafts.get(identity)
        if draft is None:
            actor = make_id("a", identity)
            draft = _Draft(actor, name, reading.kind, reading.country, reading.sectors)
            self._drafts[identity] = self._by_id[actor] = draft
        else:
            draft.country = draft.country or reading.country
            draft.sectors = draft.sectors or reading.sectors
        if self._names(reading):
            draft.aliases.setdefault(text)
        draft.reasons.update(dict.fromkeys(reading.reasons))
        draft.roles.update(dict.fromkeys(_roles(reading)))
        return draft

    def _names(self, reading: Reading) -> bool:
        """Tell whether the words are a spelling of the actor, and not those of a spokesman or of "members" of it."""
        if reading.spoken or (reading.leader is not None and reading.office is not None):
            return False
        groups = self._reader.mentions.groups[slice(*reading.core)]
        return reading.group is None or reading.noun is None or any(mention is not None for mention in groups)

    def _identity(self, reading: Reading, text: str, at: int) -> tuple[str, str]:
        """Return what makes the actor one, and its name; both are the same whatever words name it."""
        report = self._report.id
        if reading.leader is not None:
            return f"known person:{reading.leader.name}", reading.leader.name
        if reading.person is not None:
            single = reading.person.endswith(SINGLE)
            return f"person:{reading.person}" + (f":{report}" if single else ""), reading.name or text
        if reading.group is not None:
            return reading.group.name, reading.group.name
        if reading.apart:
            return f"{report}:{at}:{key(text)}", text
        if reading.name is not None:
            return self._named(reading.name), reading.name
        return _shared_identity(reading) or (f"{report}:{self._one_of(reading, text, at)}", text)

    def _named(self, name: str) -> str:
        """Return the identity of a named body that no table knows: that of the one body of the report so called.

        Its key is stable across reports; within the report a short form or an acronym follows the longer name.
        """
        identity = f"named:{actor_key(name, kind='body')}"
        if identity in self._bodies:
            return identity
        found = {
            known
            for known, other in self._bodies.items()
            if same_actor(name, other, within_report=True, kind="body").same
        }
        if len(found) == 1:
            return found.pop()
        self._bodies[identity] = name
        return identity

    def _one_of(self, reading: Reading, text: str, at: int) -> str:
        """Tell "a man" from another "a man"; "the man" is the last one before."""
        noun, start = reading.noun or key(text), reading.core[0]
        seen = self._indefinite.setdefault(noun, set())
        if not _INDEFINITE.isdisjoint(self._reader.mentions.folds[at : start + 1]):
            seen.add(start)
        before = max((one for one in seen if one <= start), default=None)
        return noun if before is None else f"{noun}:{before}"


def _actor(draft: _Draft) -> Actor:
    return Actor(
        id=draft.id,
        name=draft.name,
        kind=draft.kind,
        country=draft.country,
        sectors=draft.sectors,
        aliases=tuple(alias for alias in draft.aliases if alias != draft.name),
        roles=tuple(draft.roles),
        reasons=tuple(draft.reasons),
    )


def _ruling(reading: Reading, head: Token) -> Reading:
    """Return a part of a country that acts as those who rule it ("Queensland banned the march")."""
    if not reading.place or reading.sectors[:1] != ("CVL",) or reading.kind != "people" or head.dep_ != "nsubj":
        return reading
    sectors = ("GOV", *reading.sectors[1:])
    reasons = tuple(reason for reason in reading.reasons if not reason.startswith("sector"))
    return replace(reading, kind="state", sectors=sectors, reasons=reasons).because("sector GOV, since a place acts")


def _may_be_placed(reading: Reading) -> bool:
    """Tell whether a country may be supplied: no assailants, regions, pronouns, or phrases that join countries."""
    if reading.country is not None or reading.kind == "region" or reading.sectors[:1] in _ANYWHERE:
        return False
    return not any(reason.startswith(_NOWHERE) for reason in reading.reasons)


def _shared_identity(reading: Reading) -> tuple[str, str] | None:
    """Return identity and name of an unnamed part of an organisation, a people or a state, known in every report."""
    told = [sector for sector in reading.sectors if sector != "PRE"]
    sectors, called = "+".join(told), ", ".join(_LABELS[sector] for sector in told)
    if reading.body is not None:
        part = countries()[reading.state].name if reading.state else called
        return f"{reading.body.name}:{reading.state or sectors}", f"{reading.body.name} ({part})"
    if reading.state is not None and sectors:
        return f"{reading.state}:{sectors}", f"{countries()[reading.state].name} ({called})"
    if reading.people is not None:
        return f"{reading.people}:{sectors}", f"{reading.people} ({called})" if reading.noun else reading.people
    return None


def _roles(reading: Reading) -> tuple[str, ...]:
    """Return the roles of a person: of a known one those of the registry, else the one that the text gives."""
    if reading.leader is not None:
        return tuple(map(str, reading.leader.roles))
    return (reading.role,) if reading.role and reading.person is not None else ()


def _conflict(own: Reading, known: Reading) -> bool:
    """Whether two readings cannot be of one actor: of two states, or in two roles."""
    for mine, theirs in ((own.state, known.state), (own.country, known.country)):
        if mine is not None and theirs is not None and mine != theirs:
            return True
    sectors = frozenset(own.sectors) - _ANYBODY, frozenset(known.sectors) - _ANYBODY
    return all(sectors) and sectors[0].isdisjoint(sectors[1])


def _is_struck(head: Token) -> bool:
    return head.dep_ in _STRUCK and head.head.lemma_ in _STRIKES
