"""``ActorResolver``: the participants of one report's events, and the actors behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gesta.records import Actor, Participant, Report, make_id
from gesta.resolve.actors.ambiguity import settle
from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.focus import find_focus
from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.persons import find_persons
from gesta.resolve.actors.phrases import plain_start, widened
from gesta.resolve.actors.plain import PlainNames
from gesta.resolve.actors.reader import Reader
from gesta.resolve.actors.reading import Reading
from gesta.resolve.actors.spelling import key
from gesta.resolve.actors.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from gesta.attribute.loaded import Flagged

# Verbs that a place suffers and a government does not: "shelled Norland City" is no act on the cabinet.
_STRIKES = words("strike")
_INDEFINITE = frozenset({"a", "an", "another"})
_STRUCK = frozenset({"obj", "nsubj:pass", "obl", "nmod"})

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


class ActorResolver:
    """Resolves the participants of one report, and keeps its actors.

    ``doc`` is the report's text as ``coder.nlp`` read it. Ids are stable across reports for roles of a state
    ("KEN:COP"), known groups and full names; an unnamed actor without a country, and a single name, are the report's
    own, so that two reports' "gunmen" are never one actor.
    """

    def __init__(self, doc: Doc, *, report: Report, loaded: Iterable[Flagged] = ()) -> None:
        self._report = report
        self._plain = PlainNames(doc, loaded)
        mentions = Mentions(doc)
        settle(mentions)
        focus = find_focus(mentions, report)
        sure = focus if focus is not None and focus.sure else None
        persons = find_persons(Reader(mentions, focus=sure, published=report.published))
        self._reader = Reader(mentions, focus=focus, published=report.published, persons=persons)
        self._reader.epithets = self._plain.epithets()
        self._drafts: dict[str, _Draft] = {}
        self._indefinite: dict[str, set[int]] = {}

    def participant(self, span: Span, head: Token) -> Participant:
        """Return the participant that the noun phrase ``span`` names; ``head`` is its head in the tree.

        Never fails: what cannot be resolved is an actor of kind ``unknown`` under the words of the text.
        """
        mentions = self._reader.mentions
        first = widened(mentions, span.start)
        reading = self._reader.read(first, span.end, head.i, struck=_is_struck(head))
        draft = self._draft(reading, span.start)
        start, end = mentions.trimmed(span.start, span.end)
        text = mentions.slice(start, end)
        offset = mentions.offsets[start] if text else span.start_char
        return Participant(actor=draft.id, text=text, span=(offset, offset + len(text)), role=reading.role)

    def name_of(self, actor: str) -> str:
        """Return the name of an actor seen so far, by its id."""
        return next(draft.name for draft in self._drafts.values() if draft.id == actor)

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors seen so far, in order of first mention."""
        return tuple(
            Actor(
                id=draft.id,
                name=draft.name,
                kind=draft.kind,
                country=draft.country,
                sectors=draft.sectors,
                aliases=tuple(alias for alias in draft.aliases if alias != draft.name),
                reasons=tuple(draft.reasons),
            )
            for draft in self._drafts.values()
        )

    def _draft(self, reading: Reading, at: int) -> _Draft:
        mentions = self._reader.mentions
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
            self._drafts[identity] = draft
        else:
            draft.country = draft.country or reading.country
            draft.sectors = draft.sectors or reading.sectors
        if self._names(reading):
            draft.aliases.setdefault(text)
        draft.reasons.update(dict.fromkeys(reading.reasons))
        return draft

    def _names(self, reading: Reading) -> bool:
        """Tell whether the words are a spelling of the actor, and not those of a spokesman or of "members" of it."""
        if reading.spoken:
            return False
        groups = self._reader.mentions.groups[slice(*reading.core)]
        return reading.group is None or reading.noun is None or any(mention is not None for mention in groups)

    def _identity(self, reading: Reading, text: str, at: int) -> tuple[str, str]:
        """Return what makes the actor one, and its name; both are the same whatever words name it."""
        report = self._report.id
        if reading.person is not None:
            single = " " not in reading.person
            return f"person:{reading.person}" + (f":{report}" if single else ""), reading.name or text
        if reading.group is not None:
            return reading.group.name, reading.group.name
        if reading.apart:
            return f"{report}:{at}:{key(text)}", text
        if reading.name is not None:
            return f"{reading.kind}:{key(reading.name)}", reading.name
        return _shared_identity(reading) or (f"{report}:{self._one_of(reading, text, at)}", text)

    def _one_of(self, reading: Reading, text: str, at: int) -> str:
        """Tell "a man" from another "a man"; "the man" is the last one before."""
        noun, start = reading.noun or key(text), reading.core[0]
        seen = self._indefinite.setdefault(noun, set())
        if not _INDEFINITE.isdisjoint(self._reader.mentions.folds[at : start + 1]):
            seen.add(start)
        before = max((one for one in seen if one <= start), default=None)
        return noun if before is None else f"{noun}:{before}"


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


def _is_struck(head: Token) -> bool:
    return head.dep_ in _STRUCK and head.head.lemma_ in _STRIKES
