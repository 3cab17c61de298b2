"""Whether two names name one organisation, armed group or organ of a state: by their words, whatever the order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gesta.annotate.lemmas import lemma
from gesta.resolve.actors.countries import lookup
from gesta.resolve.actors.letters import apart, institution, sounds
from gesta.resolve.actors.people_alike import alike
from gesta.resolve.actors.spelling import fold, key
from gesta.resolve.actors.wordlists import words as listed

_BRACKETS = re.compile(r"\(([^()]*)\)")
_OWNED = re.compile(r"['\u2019]s?(?=\s|$)")
_OWNS = re.compile(r"(?<=\w)['\u2019]s\s+(?=[a-z])")
_BREAKS = re.compile(r"[\s\-\u2010\u2011/,;:\"\u201c\u201d]+")
_NUMBERS = {
    word: str(at)
    for at, word in enumerate(
        "zero first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
    )
    if at
} | {"catorce": "14", "uno": "1", "dos": "2", "tres": "3", "quince": "15"}
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|o|a|e|er|eme)$")
_ACRONYM = re.compile(r"^[A-Z][A-Za-z.\-]{1,9}$")
_LEAST_INITIALS = 3
_TYPO_LETTERS = 4
_CLUBS = frozenset({"fc", "club", "sc"})
# What kind of land it is goes without saying after the first time.
_KINDS_OF_LAND = frozenset({"state", "province", "district", "region"})
_COMPOUNDS = (
    (re.compile(r"\bcity hall\b", re.IGNORECASE), "municipality"),
    (re.compile(r"\bprosecutor'?s?'? office\b", re.IGNORECASE), "prosecutor"),
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name in parts: its words, in English where they are common ones, and the keys of the countries in it.

    ``initials`` are those of all its words and of those with a meaning; ``acronym`` is set where it is one itself, and
    ``definite`` where it begins with "the".
    """

    words: tuple[str, ...]
    lands: frozenset[str]
    initials: frozenset[str]
    acronym: str
    definite: bool


@lru_cache(maxsize=16384)
def take_body(text: str) -> BodyName:
    """Take a body's name apart. Never fails; there may be no words left."""
    text = text.strip().removesuffix("'s").removesuffix("\u2019s")
    for pattern, word in _COMPOUNDS:
        text = pattern.sub(word, text)
    text = _BRACKETS.sub(lambda found: " " if _is_initials(found[1], text) else f" {found[1]} ", text)
    tokens = [token for token in _BREAKS.split(_OWNED.sub("", text)) if fold(token)]
    definite = bool(tokens) and fold(tokens[0]) == "the"
    words: list[str] = []
    lands: set[str] = set()
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + 5), at, -1):
            match = lookup(" ".join(tokens[at:end]).strip("."))
            if match is not None and tokens[at][:1].isupper():
                lands.add(match.country.iso3)
                at = end
                break
        else:
            if word := _word(fold(tokens[at])):
                words.append(word)
            at += 1
    return BodyName(tuple(words), frozenset(lands), _initials(text), _acronym(text), definite)


def _is_initials(aside: str, text: str) -> bool:
    """Tell whether what stands in brackets is but the initials of the name before it."""
    return bool(_acronym(aside)) and _acronym(aside) in _initials(text)


def _acronym(text: str) -> str:
    plain = text.removeprefix("the ").removeprefix("The ").replace(".", "").replace("-", "")
    letters = [letter for letter in plain if letter.isupper()]
    return "".join(letters) if _ACRONYM.match(plain) and len(letters) > len(plain) / 2 else ""


def _initials(text: str) -> frozenset[str]:
    tokens = [fold(token) for token in _BREAKS.split(_BRACKETS.sub(" ", _OWNED.sub("", text)))]
    tokens = [token for token in tokens if token]
    small = listed("small in names")
    main = "".join(token[0] for token in tokens if token not in small)
    every = "".join(token[0] for token in tokens)
    return frozenset({main.upper(), every.upper()})


def _word(word: str) -> str:
    if word in listed("small in names"):
        return ""
    if (number := _ORDINAL.match(word)) is not None:
        return number[1]
    singular = lemma(word, "NOUN")
    plain = word[:-1] if singular == word[:-1] and word.endswith("s") else word
    bare = word[:-2] if word.endswith("ul") else word
    return institution(word) or institution(singular) or institution(bare) or _NUMBERS.get(word) or plain


def body_key(text: str) -> str:
    """Return the key of a body's name: the same for spellings, translations of its common words and orders of words."""
    name = take_body(text)
    words = (word if institution(word) or word.isdigit() else sounds(word) for word in name.words)
    return " ".join((*sorted(words), *sorted(name.lands))) or key(text)


def same_body(one: str, two: str, *, within_report: bool) -> tuple[bool, str]:
    """Return whether two names are one body's, and why."""
    if bool(_OWNS.search(one)) != bool(_OWNS.search(two)) and _person_owned(one, two):
        return False, "one is a person's or a part of it"
    a, b = take_body(one), take_body(two)
    if any(_stands_for(short, full, within_report=within_report) for short, full in ((a, b), (b, a))):
        return True, "the initials of the other"
    if not a.words and not b.words:
        return bool(a.lands) and a.lands == b.lands and not a.acronym and not b.acronym, "only a country is left"
    if a.lands and b.lands and a.lands != b.lands:
        return False, "of two countries"
    left = _left_over(a.words, b.words)
    if left is None:
        return False, "other words"
    extra = [word for word in left if word not in listed("droppable")]
    extra = [word for word in extra if not (within_report and word in _KINDS_OF_LAND)]
    if not extra and min(len(a.words), len(b.words)) == 1 and not {*left}.isdisjoint(_CLUBS):
        return False, "a place and its club"
    if not extra:
        return _same_land(a, b, within_report=within_report)
    short = min((a, b), key=lambda name: len(name.words))
    if within_report and short.definite and short.words and len(left) == abs(len(a.words) - len(b.words)):
        return True, "the short form, in one report"
    return False, f"only one has '{' '.join(extra)}'"


def _person_owned(one: str, two: str) -> bool:
    """Tell a man's deputy from a country's ministry."""
    owner = re.split(r"['\u2019]s\s", one if _OWNS.search(one) else two)[0]
    return lookup(owner) is None and not any(institution(word) for word in fold(owner).split())


def _same_land(a: BodyName, b: BodyName, *, within_report: bool) -> tuple[bool, str]:
    if a.lands == b.lands:
        return True, "the same words"
    if within_report or not all(institution(word) or word in listed("everywhere") for word in a.words):
        return True, "the same words, one with its country"
    return False, "such a body is in every country"


def _stands_for(short: BodyName, full: BodyName, *, within_report: bool) -> bool:
    """Tell whether one name is the initials of the other; in one report, also of the beginning of the other."""
    acronym = short.acronym
    if not acronym or full.acronym or len(acronym) < _LEAST_INITIALS - within_report:
        return False
    return acronym in full.initials or (within_report and any(one.startswith(acronym) for one in full.initials))


def _left_over(a: tuple[str, ...], b: tuple[str, ...]) -> list[str] | None:
    """Return the words that only one has; None if each has some that the other lacks."""
    rest, only = list(b), []
    for word in a:
        found = next((other for other in rest if other == word), None)
        if found is None:
            only.append(word)
        else:
            rest.remove(found)
    for word in list(only):
        found = next((other for other in rest if _spelt_alike(word, other)), None)
        if found is not None:
            only.remove(word)
            rest.remove(found)
    if only and rest and "".join(sounds(word) for word in only) == "".join(sounds(word) for word in rest):
        return []
    droppable = listed("droppable")
    ours, theirs = [w for w in only if w not in droppable], [w for w in rest if w not in droppable]
    return None if ours and theirs else [*only, *rest]


def _spelt_alike(x: str, y: str) -> bool:
    """Tell whether two words are spellings of one; what has a meaning is spelt as it is, but for misspellings."""
    if x.isdigit() or y.isdigit():
        return False
    known = institution(x) is not None, institution(y) is not None
    if all(known):
        return False
    if any(known):
        return (
            len(x) > 4
            and len(y) > 4
            and x[0] == y[0]
            and x[-1] == y[-1]
            and abs(len(x) - len(y)) == 1
            and apart(x, y) <= 1
        )
    return alike(x, y)


def _one_more(x: str, y: str) -> bool:
    return abs(len(x) - len(y)) == 1 and apart(x, y) <= 1
