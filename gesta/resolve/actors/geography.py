"""Spellings of countries, peoples and regions by their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gesta.resolve.actors.countries import countries, peoples
from gesta.resolve.actors.spelling import Lexicon, attach, fold, loosen


@dataclass(frozen=True, slots=True)
class Entry:
    """Marks a spelling of a country or people in the lexicon."""

    of_country: bool


@cache
def geography() -> Lexicon[Entry]:
    """Spellings of countries, peoples and regions; ``lookup`` and ``people`` decide whether a spelling really fits."""
    lexicon: Lexicon[Entry] = Lexicon()
    spelled = [(text, True) for country in countries().values() for _, text in country.spellings()]
    spelled += [(text, False) for one in peoples().values() for text in (one.name, *one.demonyms)]
    for text, of_country in spelled:
        words = [loosen(word) for word in attach(fold(text).split())]
        lexicon.add(words[1:] if len(words) > 1 and words[0] == "the" else words, Entry(of_country))
    return lexicon
