"""How far two words of names are apart: by letters that transcribers exchange, and by tables of known variants.

``sounds`` is exact, so it can be part of an id; ``apart`` counts what is left: half a letter between Khaled and Khalid,
a whole one between Gilani and Golani.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from gesta.ontology.tables import many, read_table

_SOUNDS = (
    (re.compile(r"ff$"), "v"),
    (re.compile(r"iyy?(?:eh?|ah?)$"), "ia"),
    (re.compile(r"(?:t?sch|tch)"), "ch"),
    (re.compile(r"^tj"), "ch"),
    (re.compile(r"oe"), "u"),
    (re.compile(r"dzh|dj|zh|jh"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|cq"), "k"),
    (re.compile(r"tz|^ts"), "z"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q|kh"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"th"), "t"),
    (re.compile(r"bh"), "b"),
    (re.compile(r"^hs"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"(?<=[aeiou])h(?=[^aeiouy]|$)"), ""),
    (re.compile(r"(?:iy|ij|ii|yi|ei|ey)$|y$"), "i"),
    (re.compile(r"^[yj](?=[ei])"), ""),
    (re.compile(r"[yj](?=[ei])(?<![aeiou])"), ""),
    (re.compile(r"(?<=[aeou])y"), "i"),
    (re.compile(r"(?<=[aeou])v(?=[^aeiou])"), "u"),
    (re.compile(r"aou|aoo"), "au"),
    (re.compile(r"ou|oo|o"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"ei|ae"), "ai"),
    (re.compile(r"y|e"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
# What one letter in place of another counts; 1 where a pair is not here.
_EXCHANGED = {
    frozenset(pair): cost
    for pair, cost in (
        ("ai", 0.3), ("au", 0.5), ("kg", 0.5), ("gh", 0.5), ("kh", 0.4), ("sz", 0.5), ("td", 0.6),
        ("vf", 0.5), ("vb", 0.7), ("vu", 0.2), ("yi", 0.1), ("ji", 0.4), ("jy", 0.4), ("jg", 0.5), ("jz", 0.6),
        ("bp", 0.7),
    )
}  # fmt: skip
_LEFT_OUT = {"a": 0.4, "i": 0.4, "u": 0.5, "h": 0.4, "y": 0.3, "'": 0.0}


@cache
def _variants(table: str, column: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table(__package__, table):
        for text in (row[column], *many(row["variants"])):
            if found.setdefault(text, row[column]) != row[column]:
                raise ValueError(f"{text!r} stands for two words in {table}")
    return found


def given_name(word: str) -> str | None:
    """Return the given name of which a folded word is a variant ("muhammad" is "mohammed"), or None."""
    return _variants("given_names.tsv", "name").get(word)


@cache
def _genders() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in read_table(__package__, "given_names.tsv")}


def gender(word: str) -> str:
    """Return ``m`` or ``f`` for a given name that is one or the other, else nothing."""
    name = given_name(word)
    return _genders()[name] if name is not None else ""


def institution(word: str) -> str | None:
    """Return the English word of which a folded word is a form ("frente" is "front"), or None."""
    return _variants("institutions.tsv", "word").get(word)


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """Return a folded word as it sounds, roughly: "sergey" and "sergei" agree, and so do "shoigu" and "shoygu"."""
    for pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word)
    return word


@cache
def _sounding_alike() -> frozenset[str]:
    """Given names that sound as another does, roughly, and are none of its variants (Henry and Henri)."""
    names = _genders()
    heard = Counter(map(sounds, names))
    return frozenset(name for name in names if heard[sounds(name)] > 1)


@lru_cache(maxsize=65536)
def heard(word: str) -> str:
    """Return what stands for a word in a key: how it sounds, or how the given name sounds that it is a variant of."""
    name = given_name(word)
    return sounds(word) if name is None else name if name in _sounding_alike() else sounds(name)


@lru_cache(maxsize=65536)
def apart(one: str, two: str) -> float:
    """Return how many letters two folded words are apart, those that transcribers exchange counting less than one.

    Two variants of one given name are 0 apart; two given names that are none of each other are far apart.
    """
    if one == two:
        return 0.0
    known = given_name(one), given_name(two)
    if known[0] is not None and known[1] is not None:
        return 0.0 if known[0] == known[1] else float(max(len(one), len(two)))
    a, b = sounds(one), sounds(two)
    row = [0.0]
    for letter in b:
        row.append(row[-1] + _LEFT_OUT.get(letter, 1.0))
    for letter in a:
        before, row = row, [row[0] + _LEFT_OUT.get(letter, 1.0)]
        for at, other in enumerate(b):
            same = 0.0 if letter == other else _EXCHANGED.get(frozenset((letter, other)), 1.0)
            row.append(
                min(before[at] + same, before[at + 1] + _LEFT_OUT.get(letter, 1.0), row[at] + _LEFT_OUT.get(other, 1.0))
            )
    return row[-1]
