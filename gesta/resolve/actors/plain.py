"""Plain names: what an actor is called where the text has only loaded words for it (codebook, section 7).

A label is never a name: "the terrorist regime" is a government, "the terrorists" are unidentified armed people. The
wording stays among the aliases. An epithet that always means one state ("the Great Satan") is read as that state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gesta.resolve.actors.countries import countries
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


@dataclass(frozen=True, slots=True)
class _Part:
    entry: LoadedWord
    first: int
    last: int


class PlainNames:
    """The loaded words of one report by token, and what to say in their stead."""

    def __init__(self, doc: Doc, flagged: Iterable[Flagged]) -> None:
        self._words = [token.text for token in doc]
        self._spaces = [bool(token.whitespace_) for token in doc]
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
            return [entry.plain or ""]
        if entry.plain in _BODIES:
            return [entry.plain]
        after = self._words[part.last + 1].lower()
        return ["armed"] if entry.judges == "violence" and after in _ARMED else []

    def epithets(self) -> Mapping[int, Reading]:
        """Return what epithets of a state say, by the token that ends them."""
        return {part.last: _state(part) for part in self._at.values() if part.entry.actor in countries()}


def _state(part: _Part) -> Reading:
    code = str(part.entry.actor)
    country = countries()[code]
    return Reading(
        kind="state",
        country=country.code,
        state=country.iso3,
        sectors=("GOV",),
        core=(part.first, part.last + 1),
        reasons=(f"'{' '.join(part.entry.words)}' is what a side calls the government of {country.name}",),
    )


def _joined(words: Iterable[str]) -> str:
    kept: list[str] = []
    for word in words:
        if kept and (word in {"'s", "’s", "'", "’", ",", "."} or word in _HYPHENS or kept[-1][-1:] in _HYPHENS):
            kept[-1] += word
        elif word:
            kept.append(word)
    return " ".join(kept).strip("-‐‑ ")
