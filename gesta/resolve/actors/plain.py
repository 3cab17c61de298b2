"""Plain names: what an actor is called where the text has only loaded words for it (codebook, section 7).

A label is never a name: "the terrorist regime" is a government, "the terrorists" are unidentified armed people. The
wording stays among the aliases. An epithet that always means one state ("the Great Satan") is read as that state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.leaders import KNOWN_UNTIL, Leaders
from gesta.resolve.actors.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gesta.attribute.loaded import Flagged
    from gesta.ontology.loaded import LoadedWord

NOBODY = "unidentified people"
_HYPHENS = frozenset({"-", "‐", "‑"})
_MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
#: Nouns that say too little alone once the label is gone: "terrorist group" is an armed group.
_ARMED = frozenset(
    "group groups organisation organisations organization organizations cell cells network networks outfit outfits "
    "faction factions element elements gang gangs leader leaders commander commanders fighter fighters".split()
)
_BODIES = frozenset({"government", "state", "authorities", "governments"})
_HEADS = frozenset({"president", "prime minister", "supreme leader", "king", "emir", "chancellor", "head of state"})
#: Sectors that conduct or office gives, and not a label.
_BY_CONDUCT = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "UAF", "REB", "CVL", "OPP", "PRM"})


@dataclass(frozen=True, slots=True)
class _Part:
    entry: LoadedWord
    first: int
    last: int


class PlainNames:
    """The loaded words of one report by token, and what to say in their stead."""

    def __init__(self, doc: Doc, flagged: Iterable[Flagged]) -> None:
        self._words = [token.text for token in doc]
        self._at: dict[int, _Part] = {}
        for one in flagged:
            part = _Part(one.entry, one.words.start, one.words.end - 1)
            self._at |= dict.fromkeys(range(one.words.start, one.words.end), part)

    def of(self, start: int, end: int) -> str | None:
        """Return the plain name of a phrase of tokens [start, end); None if no word of it is loaded."""
        parts = [self._at[i] for i in range(start, end) if i in self._at]
        if not parts:
            return None
        words: list[str] = []
        for i in range(start, end):
            part = self._at.get(i)
            if part is None:
                words += [self._words[i]] if self._words[i] not in _HYPHENS | _MARKS or words else []
            elif i == part.last or i == end - 1:
                words += self._instead(part, end)
        return _joined(words) or NOBODY

    def _instead(self, part: _Part, end: int) -> list[str]:
        entry = part.entry
        if part.last >= end - 1:
            plural = self._words[part.last].lower() != entry.words[-1] or entry.words[-1].endswith("s")
            return [in_number(entry.plain or "", plural=plural)]
        if entry.plain in _BODIES:
            return [entry.plain]
        after = self._words[part.last + 1].lower()
        return ["armed"] if entry.judges == "violence" and after in _ARMED else []

    def unlabelled(self, reading: Reading) -> Reading:
        """Return a reading without the sector that a label brings: a "butcher" is no tradesman, a "gang" no crime."""
        part = self._at.get(reading.core[1] - 1)
        if part is None or not reading.sectors or set(reading.sectors) & _BY_CONDUCT:
            return reading
        reasons = tuple(reason for reason in reading.reasons if not reason.startswith("sector"))
        return replace(reading, kind="unknown", sectors=(), body=None, reasons=reasons)

    def epithets(self, leaders: Leaders, published: date | None) -> Mapping[int, Reading]:
        """Return what epithets of a state, and "Kim's regime", say, by the token that ends them."""
        found = {}
        for part in self._at.values():
            if part.entry.actor in countries():
                found[part.last] = _state(part, str(part.entry.actor), "is what a side calls")
            elif part.entry.plain in _BODIES and (owner := self._owner(part)) is not None:
                state = ruled_by(owner, leaders, published)
                if state is not None:
                    found[part.last] = _state(part, state, f"of {owner} is taken for")
        return found

    def _owner(self, part: _Part) -> str | None:
        """The one word with a capital that owns a body: "Kim | 's | regime", "the Putin | regime"."""
        at = part.first - 1
        if at > 0 and self._words[at] in {"'s", "’s", "'", "’"}:
            at -= 1
        named = at >= 0 and self._words[at][:1].isupper() and self._words[at].lower() not in {"the", "a", "this"}
        return self._words[at] if named else None


def ruled_by(surname: str, leaders: Leaders, day: date | None) -> str | None:
    """Return the one state at whose head somebody so called stood on a day, or ever; None if none or several."""
    called = [
        (person, role)
        for person in leaders.persons
        if surname in {person.name.split()[0], person.name.split()[-1].removeprefix("al-")}
        for role in person.roles
        if role.title in _HEADS and role.of in countries()
    ]
    now = {role.of for _, role in called if role.may_hold(day or KNOWN_UNTIL)}
    ever = {role.of for _, role in called}
    return next(iter(now or ever)) if len(now or ever) == 1 else None


def in_number(plain: str, *, plural: bool) -> str:
    """Return a plain name in the number of the word it stands for: "people" for "thugs", "person" for "thug"."""
    for one, several in (("person who was", "people who were"), ("person", "people"), ("leader", "leaders")):
        if several in plain:
            return plain if plural else plain.replace(several, one)
        if one in plain:
            return plain.replace(one, several) if plural else plain
    return plain


def _state(part: _Part, code: str, how: str) -> Reading:
    country = countries()[code]
    return Reading(
        kind="state",
        country=country.code,
        state=country.iso3,
        sectors=("GOV",),
        core=(part.first, part.last + 1),
        reasons=(f"'{' '.join(part.entry.words)}' {how} the government of {country.name}",),
    )


def _joined(words: Iterable[str]) -> str:
    kept: list[str] = []
    for word in words:
        if kept and (word in {"'s", "’s", "'", "’", ",", "."} or word in _HYPHENS or kept[-1][-1:] in _HYPHENS):
            kept[-1] += word
        elif word:
            kept.append(word)
    return " ".join(kept).strip("-‐‑ ")
