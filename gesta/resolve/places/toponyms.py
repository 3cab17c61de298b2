"""Which words of a report are toponyms: the names of places, and those inside other names.

The model's names are read apart here: "Hawija, Iraq" is two toponyms, "eastern Syria" one whose own words are "Syria",
"the Nigerian Army" holds the adjective of a country. The conventions are those of GeoWebNews (Gritta, Pilehvar and
Collier 2019): a toponym's words are its proper name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Span

from gesta.resolve.actors.countries import lookup, people
from gesta.resolve.places.candidates import STRONG_PRIOR, exact, listed
from gesta.resolve.places.gazetteer import Gazetteer
from gesta.resolve.places.names import fold, generic_words, tidy

How = Literal["place", "people", "inside"]
"""A name of its own, an adjective or people's name, or a part of another name."""

PLACES = frozenset({"Location", "Facility"})
_HOLDERS = frozenset({"Organization", "Misc", "Money", "Product"})
_WORD = re.compile(r"\S+")
_PART = re.compile(r",\s*|['\u2019]s\s+")
_OPENING, _CLOSING = "\"'\u201c\u2018([,", "\"'\u201d\u2019,;:)]!?-\u2013\u2014"
_POSSESSIVES = ("'s", "\u2019s")
_LONGEST_INSIDE = 4
_LINKS = frozenset({"of", "in", "at"})
_LONGEST_CODE = 3
_CAPITAL_WITH = "D.C."
"""Part of its city's name, unlike the state of "Austin, Texas"."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """One toponym: its own words ``text[start:end]``, and ``name``, what is looked up ("eastern Syria")."""

    span: Span
    start: int
    end: int
    name: str
    how: How
    facility: bool = False


def find_toponyms(doc: Doc, text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the toponyms among and inside ``doc.ents``, in reading order and without overlap."""
    found: list[Toponym] = []
    known: set[str] = set()
    for ent in doc.ents:
        if ent.label_ in PLACES:
            parts = list(_parts(ent, text))
            known.update(text[one.start : one.end] for one in parts)
            found += parts
    for ent in doc.ents:
        if ent.label_ == "NORP":
            found += _of_people(ent, text)
        elif ent.label_ in _HOLDERS:
            found += _inside(ent, text, known, gazetteer)
    return sorted(found, key=lambda one: one.start)


def given_toponyms(doc: Doc, text: str, spans: Sequence[tuple[int, int]]) -> list[Toponym]:
    """Return toponyms that others have found, read as what the names of ``doc`` around them are."""
    found = []
    for start, end in sorted(set(spans)):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not text[start:end].strip():
            continue
        ent = next((ent for ent in doc.ents if ent.start < span.end and span.start < ent.end), span)
        how: How = "people" if ent.label_ == "NORP" else "inside" if ent.label_ in _HOLDERS else "place"
        name = _wider(ent, text, start, end) if how == "place" and ent is not span else text[start:end]
        found.append(Toponym(span, start, end, name, how, ent.label_ == "Facility"))
    return found


def _wider(ent: Span, text: str, start: int, end: int) -> str:
    """Return the name as it is looked up: with the "eastern" or "province" that the model has around it."""
    return next((one.name for one in _parts(ent, text) if (one.start, one.end) == (start, end)), text[start:end])


def _parts(ent: Span, text: str) -> Iterator[Toponym]:
    """Read "Hawija, Iraq" and "Melbourne's Fitzroy" as two names, the latter looked up with its owner."""
    start, end, facility = ent.start_char, ent.end_char, ent.label_ == "Facility"
    begin, before = start, ""
    for joint in [*_PART.finditer(text, start, end), None]:
        if joint is not None and text[joint.end() : end].startswith(_CAPITAL_WITH):
            continue
        stop = joint.start() if joint else end
        own = _proper(text, begin, stop)
        if own is not None:
            name = text[begin:stop] if "," in before else text[start:stop]
            yield Toponym(ent, *own, name if begin > start else text[begin:stop], "place", facility)
        if joint is not None:
            begin, before = joint.end(), joint.group()


def _proper(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the proper name within ``text[start:end]`` stands: no "southern", no "airport", no marks."""
    words = _words(text, start, end)
    while words and not _is_capitalised(text[slice(*words[0])]):
        words = words[1:]
    while words and not _is_capitalised(text[slice(*words[-1])]):
        words = words[:-1]
    if not words or not any(letter.isalpha() and not letter.islower() for letter in text[words[0][0] : words[-1][1]]):
        return None
    return words[0][0], words[-1][1]


def _is_capitalised(word: str) -> bool:
    """Whether a word may be of a proper name: it has a capital ("al-Razi"), or no letter that could be one."""
    return any(letter.isupper() for letter in word) or not any(letter.islower() for letter in word)


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words of ``text[start:end]`` without marks around them and without possessives."""
    found = []
    for match in _WORD.finditer(text, start, end):
        low, high = match.span()
        while low < high and text[low] in _OPENING:
            low += 1
        while low < high and text[high - 1] in _CLOSING:
            high -= 1
        if text[low:high].endswith(_POSSESSIVES):
            high -= 2
        if low < high:
            found.append((low, high))
    return found


def _of_people(ent: Span, text: str) -> Iterator[Toponym]:
    start, end = ent.start_char, ent.end_char
    spans = [(start, end)] if _is_land(tidy(text[start:end])) else _words(text, start, end)
    for low, high in spans:
        if _is_land(text[low:high]):
            yield Toponym(ent, low, high, text[low:high], "people")


def _inside(ent: Span, text: str, known: set[str], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Find "Nigerian" in "the Nigerian Army" and "Kano" in "University of Kano"; the longest at each word."""
    words = _words(text, ent.start_char, ent.end_char)
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_INSIDE, len(words) - at), 0, -1):
            low, high = words[at][0], words[at + length - 1][1]
            name = text[low:high]
            placed = at == 0 or text[slice(*words[at - 1])].casefold() in _LINKS
            whole = length == len(words)
            if name[0].isupper() and (_is_land(name) or (not whole and _is_held(name, known, placed, gazetteer))):
                yield Toponym(ent, low, high, name, "inside")
                at += length - 1
                break
        at += 1


@lru_cache(maxsize=50_000)
def _is_land(name: str) -> bool:
    """Whether ``name`` is that of a country, a region we list, or those who live there."""
    match = lookup(name)
    if match is not None and match.how in {"name", "demonym"}:
        return True
    return people(name) is not None or fold(name) in listed()


def _is_held(name: str, known: set[str], placed: bool, gazetteer: Gazetteer) -> bool:
    """Whether ``name`` is a place that the report names by itself or, at the place of one, a large one."""
    if name in known:
        return True
    if not placed or fold(name) in generic_words():
        return False
    if any(entry.kind == "province" and entry.how == "name" for entry in gazetteer.lookup(name)):
        return True
    if any(one.precision == "city" and one.prior >= STRONG_PRIOR for one in exact(name, gazetteer)):
        return True
    code = name.endswith(".") or (name.isupper() and 1 < len(name) <= _LONGEST_CODE)
    return code and bool(gazetteer.short(name))
