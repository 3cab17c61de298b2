"""What stands before the head noun of a phrase: countries, groups, other nouns, words that turn the sector."""

from __future__ import annotations

from dataclasses import dataclass

from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.mentions import HYPHENS, CountryMention, GroupMention, Mentions, PeopleMention
from gesta.resolve.actors.nouns import Noun
from gesta.resolve.actors.phrases import FORMER, noun_at
from gesta.resolve.actors.reading import Land
from gesta.resolve.actors.wordlists import words

_AGAINST = frozenset({"anti"})
_STATE = words("government")
_BACKED = words("backed")
# Words after a hyphen that make the noun before it no part of the actor: "rebel-held", "government-backed".
_NO_MODIFIER = frozenset({"quantity", "honorific", "short", "bare", "relation", "place", "family"})
_FOREIGN = words("elsewhere")
_RANKS = words("rank")
PORTFOLIOS = words("portfolio")


@dataclass(frozen=True, slots=True)
class Modifiers:
    """What stands in tokens before the head noun.

    ``noun`` is the nearest one that has a sector, with its tokens; ``name`` the tokens of an organisation not known;
    ``strange`` whether any other name stands there, so that the actor may be anybody's ("the Eastport police").
    """

    lands: tuple[CountryMention, ...]
    groups: tuple[GroupMention, ...]
    peoples: tuple[PeopleMention, ...]
    noun: tuple[int, int, Noun] | None
    name: tuple[int, int] | None
    strange: bool
    words: frozenset[str]

    @property
    def former(self) -> bool:
        """Whether the actor no longer is what the noun says."""
        return not self.words.isdisjoint(FORMER)

    @property
    def foreign(self) -> bool:
        """Whether the words set the actor apart from the country that the report is about."""
        return not self.words.isdisjoint(_FOREIGN)

    @property
    def opposition(self) -> bool:
        """Whether the words set the actor against its government."""
        if "opposition" in self.words or not self.words.isdisjoint({"antigovernment", "dissident"}):
            return True
        return not self.words.isdisjoint(_AGAINST) and not self.words.isdisjoint(_STATE)

    @property
    def loyal(self) -> bool:
        """Whether the words put the actor on the government's side ("pro-government", "state-backed")."""
        sided = "pro" in self.words or not self.words.isdisjoint(_BACKED)
        return (sided and not self.words.isdisjoint(_STATE)) or "progovernment" in self.words

    def land(self, mentions: Mentions) -> tuple[Land | None, str | None]:
        """Return the one country named, or else why there is none."""
        found = {mention.match.country.iso3: mention for mention in self.lands}
        if len(found) > 1:
            return None, f"no country, since the text joins {' and '.join(found)}"
        for mention in found.values():
            return Land.of(mention.match, mentions.slice(mention.start, mention.end)), None
        for region in self.peoples:
            land = Land.inside(region.people, mentions.slice(region.start, region.end))
            if land is not None:
                return land, None
        organs = {mention.group.state: mention for mention in self.groups if mention.group.state is not None}
        for state, organ in organs.items():
            text = mentions.slice(organ.start, organ.end)
            return Land(countries()[state], f"country {countries()[state].code} from '{text}'"), None
        return None, None


def read_modifiers(mentions: Mentions, start: int, end: int) -> Modifiers:
    """Return what tokens [start, end) say about the noun that follows them."""
    lands, groups, peoples, name, strange = [], [], [], None, False
    at = start
    while at < end:
        unit = mentions.groups[at] or mentions.countries[at] or mentions.peoples[at]
        if unit is None or unit.start < start or unit.end > end:
            if _is_strange(mentions, at):
                strange = True
                found = mentions.names[at]
                if found is not None and found.label == "Organization" and start <= found.start and found.end <= end:
                    name = (found.start, found.end)
            at += 1
            continue
        if isinstance(unit, PeopleMention):
            peoples.append(unit)
        elif not unit.aside and isinstance(unit, CountryMention):
            lands.append(unit)
        elif not unit.aside and isinstance(unit, GroupMention):
            groups.append(unit)
        at = unit.end
    words = frozenset(word for folded in mentions.folds[start:end] for word in folded.split())
    noun = _nearest_noun(mentions, start, end)
    return Modifiers(tuple(lands), tuple(groups), tuple(peoples), noun, name, strange, words)


def _is_strange(mentions: Mentions, at: int) -> bool:
    """Tell whether a word is part of a name that says nothing to us, and no office or field of government."""
    fold = mentions.folds[at]
    if not fold or not mentions.capital(at) or fold in PORTFOLIOS | _RANKS | _FOREIGN | FORMER:
        return False
    begins = not at or not mentions.folds[at - 1]
    if mentions.names[at] is None and mentions.pos[at] != "PROPN" and begins:
        return False
    return noun_at(mentions, at, at + 1) is None


def role_of(mentions: Mentions, start: int, at: int, end: int, *, spoken: bool) -> str:
    """Return the office in tokens [at, end) with its rank or portfolio before it: "deputy foreign minister".

    ``spoken``: a spokesman's body is another field's business, so only ranks are taken.
    """
    first = at
    while first > start:
        before = first - 1
        named = mentions.countries[before] or mentions.groups[before] or mentions.peoples[before]
        fold = mentions.folds[before]
        if mentions.words[before] in HYPHENS and before > start and mentions.folds[before - 1] not in _RANKS:
            # "Left-wing union leader": half a compound is no part of the office.
            first += first < at
            break
        name = mentions.names[before]
        strange = name is not None and _is_strange(mentions, before)
        noun = not spoken and (mentions.pos[before] in {"NOUN", "PROPN"} or fold in PORTFOLIOS)
        if named or strange or not (fold in _RANKS or noun or mentions.words[before] in HYPHENS):
            break
        first = before
    while first < at and not mentions.folds[first]:
        first += 1
    return " ".join(mentions.slice(first, end).lower().split())


def _nearest_noun(mentions: Mentions, start: int, end: int) -> tuple[int, int, Noun] | None:
    for last in range(end, start, -1):
        found = noun_at(mentions, start, last)
        if found is None or _is_aside(mentions, found[0], last, end):
            continue
        at, noun = found
        held = mentions.groups[at] or mentions.countries[at]
        # "a general strike", "major parties": ranks are adjectives as often.
        rank = noun.has("holder") and noun.has("office")
        if noun.sectors and noun.sectors[0] != "CVL" and not noun.has(*_NO_MODIFIER) and not rank and held is None:
            return at, last, noun
    return None


def _is_aside(mentions: Mentions, start: int, end: int, limit: int) -> bool:
    if start > 1 and mentions.words[start - 1] in HYPHENS and mentions.folds[start - 2] in {"anti", "pro", "non"}:
        return True
    return end + 1 < limit and mentions.words[end] in HYPHENS and mentions.words[end + 1].endswith(("ed", "ld", "un"))
