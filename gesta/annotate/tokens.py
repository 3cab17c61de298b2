"""Tokens: spaCy's English rules, settled once, so that training and coding see the same words."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer

#: Titles whose full stop is part of the word, beside those that spaCy knows.
_TITLES = tuple(
    "Eng. Brig. Maj. Lt. Col. Sgt. Capt. Cmdr. Cpl. Pvt. Adm. Hon. Prof. Sen. Rep. Gov. Pres. Amb. Insp. Supt. Msgr. "
    "Fr. Sr. Rev. Gen. Dr. Mr. Mrs. Ms. St. Mt. Ft.".split()
)


def blank_language() -> Language:
    """Return a spaCy ``Language`` with our tokenizer and no components."""
    language = spacy.blank("en")
    inner = language.tokenizer
    assert isinstance(inner, Tokenizer)
    for title in _TITLES:
        inner.add_special_case(title, [{ORTH: title}])
    return language


def tokenizer() -> Tokenizer:
    """Return our tokenizer alone; it takes a text and gives a spaCy ``Doc``."""
    made = blank_language().tokenizer
    assert isinstance(made, Tokenizer)
    return made
