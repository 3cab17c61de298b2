"""Toponyms as text: the key a name is looked up by, and the words around the proper part of a name.

``fold`` decides which spellings are the same name. ``dissect`` takes a toponym apart: "the Kirkuk province" is a
province named Kirkuk, "eastern Syria" a part of Syria, "Lake Chad" a water named Chad. The words it knows lie in
``words.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from gesta.ontology.tables import many, read_table

Kind = Literal["province", "district", "city", "water", "land", "facility", "part"]

# Letters that Unicode does not decompose; hyphens and slashes part words; apostrophes and their kin vanish.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ŧ": "t",
        "ŋ": "ng", "&": " and ", "-": " ", "\u2010": " ", "\u2011": " ", "\u2013": " ", "\u2014": " ", "/": " ",
        ",": " ", "(": " ", ")": " ", "_": " ",
        "'": None, "`": None, "\u2018": None, "\u2019": None, "\u02bb": None, "\u02bc": None, "\u02be": None,
        "\u02bf": None, "\u02b9": None, "\u00b4": None, "\u2032": None, '"': None, "\u201c": None, "\u201d": None,
    }
)  # fmt: skip
_INITIAL = re.compile(r"\b(\w)\.")
_INITIAL_LAST = re.compile(r"\b\w\.$")
_SHORT_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mtn": "mountain", "pt": "point"}
_POSSESSIVE = re.compile("['\u2019]s?$")
_EDGES = " \n\"'\u2018\u2019\u201c\u201d.,;:!?()[]-\u2013\u2014"
_DIRECTION = re.compile(
    r"(?:(?:north|south)[ -](?:east|west)(?:ern)?|(?:east|west|north|south)[ -]central"
    r"|(?:north|south|east|west|mid)(?:ern|east|west|eastern|western)?|central|centre|upper|lower|inner|outer|greater"
    r"|downtown|midtown|uptown|mainland|rural|coastal|southernmost|northernmost|occupied|suburban|metropolitan)\b",
    re.IGNORECASE,
)
_LONG_FORMS = re.compile("local government (?:area|council)", re.IGNORECASE)
_ARTICLES = frozenset({
    "al", "el", "ul", "ol", "ar", "er", "as", "es", "ash", "esh", "at", "et", "ad", "ed", "an", "en", "az", "ez",
})  # fmt: skip
_LOOSE = (
    ("aw", "u"), ("au", "u"), ("iy", "i"), ("ei", "i"), ("ey", "i"), ("ay", "i"), ("ai", "i"), ("ee", "i"),
    ("ou", "u"), ("oo", "u"), ("y", "i"), ("e", "i"), ("o", "u"), ("w", "u"), ("q", "k"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("dj", "j"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|ad|an|az) (?=\w{3})")


@dataclass(frozen=True, slots=True)
class Dissected:
    """The parts of a toponym: ``core`` is the proper name, ``kind`` what the generic ``word`` says it is.

    ``direction`` is the word that makes it a part of ``core`` ("eastern", "downtown"), its ``kind`` then "part".
    """

    core: str
    kind: Kind
    word: str
    linked: bool = False
    """Whether "of" joins word and core ("University of Mosul")."""


def fold(name: str) -> str:
    """Return the key of ``name``: no case, accents, apostrophes or hyphens; initials joined; "St." as "Saint"."""
    if not name.isascii():
        # Case and compatibility forms may each bring out what the other must still treat.
        name = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        name = "".join(letter for letter in name if not unicodedata.combining(letter))
    if "." in name:
        name = _INITIAL.sub(r"\1", name).replace(".", " ")
    name = name.translate(_LETTERS)
    words = name.casefold().split()
    last = len(words) - 1
    return " ".join(_SHORT_WORDS.get(word, word) if at < last else word for at, word in enumerate(words))


def without_article(key: str) -> str | None:
    """Return the folded ``key`` without a leading Arabic article ("al hawija"), or None if it has none."""
    found = _ARTICLE.match(key)
    return key[found.end() :] if found else None


def loosen(key: str) -> str:
    """Return the folded ``key`` without what differs between transliterations, marked so that it is no other key.

    Articles, doubled letters, spaces and a final "h" go; three vowels stay; "q" is "k", "gh" "g", "dh" "d".
    """
    words = [word for word in key.split() if word not in _ARTICLES] or key.split()
    plain = "".join(words)
    for ours, theirs in _LOOSE:
        plain = plain.replace(ours, theirs)
    return "~" + _DOUBLED.sub(r"\1", plain.removesuffix("h"))


def tidy(text: str) -> str:
    """Return ``text`` as a bare name: one line, no quotes or stops at its ends, no possessive, no leading "the"."""
    initials = text.rstrip(" \n\"'\u2019\u201d,;:")
    text = " ".join(text.split()).strip(_EDGES)
    if _INITIAL_LAST.search(initials):
        text += "."
    text = _POSSESSIVE.sub("", text) if len(text) > 3 else text
    return text[4:] if text[:4].casefold() == "the " and len(text) > 4 else text


def dissect(name: str) -> Dissected | None:
    """Return the parts of a tidied ``name``, or None if it has no generic word or direction in it."""
    name = _LONG_FORMS.sub("LGA", name)
    words = name.split()
    if len(words) < 2:
        return None
    return _by_direction(name) or _with_of(words) or _by_end(words)


def _by_direction(name: str) -> Dissected | None:
    found = _DIRECTION.match(name)
    if not found or name[found.end() : found.end() + 1] not in {" ", "-"}:
        return None
    core = name[found.end() + 1 :]
    core = re.sub(r"^(?:parts? of |of )?(?:the )?", "", core)
    return Dissected(core, "part", found.group().casefold()) if core else None


def _with_of(words: list[str]) -> Dissected | None:
    """Read "Province of Kirkuk", "University of Mosul"."""
    lowered = [word.casefold() for word in words]
    if "of" not in lowered[1:-1]:
        return None
    at = lowered.index("of", 1)
    kind = generic_words().get(lowered[at - 1])
    core = words[at + 1 :]
    core = core[1:] if core[0].casefold() == "the" and len(core) > 1 else core
    return Dissected(" ".join(core), kind, lowered[at - 1], linked=True) if kind else None


def _by_end(words: list[str]) -> Dissected | None:
    """Read "Kirkuk province", "Lake Chad": the last word decides, else the first."""
    table = generic_words()
    last, first = words[-1].casefold().rstrip("."), words[0].casefold().rstrip(".")
    if last in table:
        return Dissected(" ".join(words[:-1]), table[last], last)
    if first in table and table[first] != "facility":
        return Dissected(" ".join(words[1:]), table[first], first)
    return None


def is_direction(name: str) -> bool:
    """Whether ``name`` is no more than a direction: "the Northwest"."""
    return _DIRECTION.fullmatch(name) is not None


def is_facility(name: str) -> bool:
    """Whether the generic words of ``name`` say that it is a building or site."""
    words = {word.casefold().rstrip(".") for word in name.split()}
    return any(generic_words().get(word) == "facility" for word in words)


@cache
def generic_words() -> dict[str, Kind]:
    """Return the generic words of place names ("province", "lake", "airport") and what each says of the place."""
    return {row["word"]: cast(Kind, row["kind"]) for row in read_table(__package__, "words.tsv")}


@cache
def words_of_countries() -> dict[str, frozenset[str]]:
    """Return the generic words that only some countries use ("oblast"), with the codes of these."""
    rows = read_table(__package__, "words.tsv")
    return {row["word"]: frozenset(many(row["countries"])) for row in rows if row["countries"]}
