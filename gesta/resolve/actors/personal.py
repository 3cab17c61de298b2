"""A person's name taken apart: titles, bynames, "the younger", and the words that are the name itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gesta.resolve.actors.letters import gender, given_name, heard
from gesta.resolve.actors.spelling import fold
from gesta.resolve.actors.syllables import chinese, east_asian, korean
from gesta.resolve.actors.wordlists import words as listed

_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]([^\"\u201c\u201d\u00ab\u00bb]+)[\"\u201c\u201d\u00ab\u00bb]")
_ALIAS = re.compile(r"\b(?:alias|a\.?k\.?a\.?|nom de guerre|known as)\s+", re.IGNORECASE)
_OWNS = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])\s+(?=\S)")
_OWNED = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])$")
_BREAKS = re.compile(r"[\s\-\u2010\u2011]+")
_ARTICLES = frozenset({"al", "el", "ul", "as", "ad", "ar", "az", "an", "ash", "adh", "at", "l", "ed"})
_SURE_ARTICLES = frozenset({"al", "el", "ul"})
_CHILD = {"bin": "bin", "ibn": "bin", "ben": "bin", "bn": "bin", "bint": "bint", "ould": "ould", "wuld": "ould"}
_PAIR = 2
_SON = frozenset({"oglu", "ogly", "uulu", "kyzy", "qizi", "zade"})
_YOUNGER = {
    "jr": "younger", "junior": "younger", "filho": "younger", "fils": "younger", "neto": "grandson", "hijo": "younger",
    "sr": "elder", "senior": "elder", "pere": "elder", "ii": "second", "iii": "third", "iv": "fourth",
}  # fmt: skip
_FEMALE = frozenset({"mrs", "ms", "miss", "mme", "madame", "mlle", "dona", "senora", "daw", "begum", "lady", "queen"})
_MALE = frozenset({"mr", "monsieur", "senor", "sir", "lord", "king"})
SEXED = _FEMALE | _MALE
"""Titles that tell a man from a woman."""
_SERVANTS = frozenset("abd abdul abdel abdal abdoul abdur abder abdus abed abdu abdou abdi abdol abdil abdor".split())
_WHOLE_SERVANTS = frozenset({"abdullah", "abdallah", "abdalla", "abdulla", "abdollah", "abdou", "abdi", "abdo", "abdu"})


@dataclass(frozen=True, slots=True)
class PersonalName:
    """A name in parts. ``words`` are folded, without titles and articles; ``plain`` are in lower case, with hyphens.

    ``bynames`` are folded too. ``rank`` tells father from son; ``male`` is None where no title tells. ``owner``: the
    words name what is a person's ("Ann Lee's lawyer") and no person by name.
    """

    words: tuple[str, ...]
    plain: tuple[str, ...]
    bynames: tuple[str, ...] = ()
    rank: str = ""
    title: str = ""
    owner: bool = False

    @property
    def asian(self) -> str:
        """Chinese or korean if it is a name of that order and those syllables."""
        return east_asian(self.plain)

    @property
    def female(self) -> bool | None:
        """What titles tell."""
        return True if self.title in _FEMALE else False if self.title in _MALE else None


@lru_cache(maxsize=16384)
def take_name(text: str) -> PersonalName:
    """Take a name apart, in whatever letters and case the source has it. Never fails; there may be no words left."""
    text = _OWNED.sub("", text.strip())
    bynames = tuple(fold(found) for found in _QUOTED.findall(text))
    text = _ALIAS.sub(" ", _QUOTED.sub(" ", text)).strip(" ,;") or " ".join(_QUOTED.findall(text))
    owner = _OWNS.search(text) is not None
    surname, comma, given = text.partition(",")
    if comma and given.strip() and "," not in given and fold(given) not in _YOUNGER:
        # "Lee, Ann"
        text = f"{given.strip()} {surname}"
    parts = [part for part in _spaced(text).split() if fold(part)]
    folded = [fold(part) for part in parts]
    rank = _YOUNGER.get(folded[-1], "") if len(folded) > 1 else ""
    if rank:
        parts, folded = parts[:-1], folded[:-1]
    first, title = _skip_titles(folded)
    words = tuple(_words(parts[first:]))
    plain = tuple(part.lower().strip(".,") for part in parts[first:])
    return PersonalName(words, plain, bynames, rank, title, owner)


def untitled(text: str) -> str:
    """Return a name as it is written, without the titles before it and a possessive after it."""
    parts = _OWNED.sub("", text.strip()).split()
    first, _ = _skip_titles([fold(part) for part in parts])
    return " ".join(parts[first:])


def _spaced(text: str) -> str:
    """Put together what is broken after a hyphen ("Al- Ameri")."""
    return re.sub(r"(?<=\w)-\s+(?=\w)|(?<=\w)\s+-(?=\w)", "-", text).replace(",", " ")


def _skip_titles(folded: list[str]) -> tuple[int, str]:
    """Return where the name begins, and the title that tells the sex if there is one."""
    at, sexed = 0, ""
    titles = listed("title")
    if len(folded) > _PAIR and folded[0] == "u":
        # Burmese for "Mr"; with a dot it would be an initial, but then nobody's alone.
        at = 1
    while at < len(folded) - 1 and all(word in titles for word in folded[at].split()):
        if folded[at] in _FEMALE | _MALE:
            sexed = folded[at]
        at += 1
    return at, sexed


def _words(parts: list[str]) -> list[str]:
    words: list[str] = []
    servant = False
    for part in parts:
        pieces = fold(part).split()
        for at, piece in enumerate(pieces):
            more = at + 1 < len(pieces)
            if piece in _SURE_ARTICLES or (piece in _ARTICLES and more):
                continue
            if servant and words:
                words[-1] = f"abd {piece}"
                servant = False
            elif piece in _SON:
                # "Ilham Heydar oglu Aliyev": the word before is his father's.
                if len(words) > 1:
                    words.pop()
            else:
                servant = piece in _SERVANTS and (more or part is not parts[-1]) and given_name(piece) is None
                words.append(_CHILD.get(piece, piece) if words else piece)
    return [_servant(word) for word in words]


def _servant(word: str) -> str:
    """Return "abdelrahman" and "abdurrahman" as "abd rahman"."""
    if not word.startswith("abd") or " " in word or word in _WHOLE_SERVANTS or given_name(word) == "abdullah":
        return word
    rest = re.sub(r"^abd[aeiou]*", "", word)
    if (len(rest) > 4 and rest[0] == rest[1]) or (len(rest) > 3 and rest[0] == "l"):
        rest = rest[1:]
    return f"abd {rest}" if len(rest) > 2 else word


def person_key(text: str) -> str:
    """Return the key of a person's name: the same for spellings that certainly name one, and for nobody else's.

    Titles, articles, "bin", patronymics, bynames and the spaces between words are left out; names of East Asia go by
    syllables, family name first.
    """
    name = take_name(text)
    rank = f" {name.rank}" if name.rank else ""
    asian = name.asian
    if asian == "korean":
        return "".join(korean(name.plain)) + rank
    if asian == "chinese":
        return "".join(one[0] for one in chinese(name.plain)) + rank
    kept = [word for word in name.words if word not in _CHILD.values()] or list(name.words)
    if len(kept) == _PAIR and kept[1] in listed("japanese surname"):
        kept.reverse()
    return "".join("abd" + heard(word[4:]) if word.startswith("abd ") else heard(word) for word in kept) + rank


def sex(name: PersonalName) -> bool | None:
    """Return whether a name is a woman's, by title or else by its first given name; None if neither tells."""
    if name.female is not None:
        return name.female
    told = gender(name.words[0]) if len(name.words) > 1 else ""
    return None if not told else told == "f"
