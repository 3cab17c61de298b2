"""Whether two names name one person: word by word, with what may be missing and what may not differ."""

from __future__ import annotations

from itertools import pairwise

from gesta.resolve.actors.letters import apart, given_name, sounds
from gesta.resolve.actors.personal import PersonalName, person_key, sex, take_name
from gesta.resolve.actors.spelling import fold
from gesta.resolve.actors.syllables import chinese, korean
from gesta.resolve.actors.wordlists import words as listed

_CHILD = frozenset({"bin", "bint", "ould"})
# Up to so many letters words may be so far apart.
_LIMITS = ((5, 0.25), (6, 0.7), (8, 0.85), (1000, 1.1))
# First letters that transcribers exchange.
_HEADS = frozenset(
    map(frozenset, "kg qg kq jy jg zj jd dz vw ei ou ck cs yi ye hg hk ea ao ha tz ts sz sc kh hx xk wu wo ae".split())
)
_LEAST_PART = 2
_TYPO_LETTERS = 6
_LEAST_INITIALS = 3
# Before the name by which a man is known, as often as not: "Mohammad Ashraf Ghani" is Ashraf Ghani.
_BEFORE = frozenset({"mohammed", "muhammad", "mohammad", "muhammed", "mohamed", "mohd", "md"})


def same_person(one: str, two: str, *, within_report: bool) -> tuple[bool, str]:
    """Return whether two names are one person's, and why. Within a report a surname or byname is enough."""
    a, b = take_name(one), take_name(two)
    if not a.words or not b.words:
        return False, "no name is left without titles"
    if a.owner or b.owner:
        return a.owner == b.owner and a.words == b.words, "one is what is a person's, and no person by name"
    if a.rank != b.rank:
        return False, "father and son: one is the younger"
    if _unlike_sex(a, b):
        return False, "a man's name and a woman's"
    if a.words == b.words:
        return True, "the same name"
    if a.asian and b.asian:
        return _syllables(a, b)
    if within_report and (fold(one) in b.bynames or fold(two) in a.bynames):
        return True, "a byname that the other gives"
    if any(" ".join(x.words) == f"{byname} {y.words[-1]}" for x, y in ((a, b), (b, a)) for byname in y.bynames):
        return True, "a byname for the given name"
    if within_report and (_initials(one, b) or _initials(two, a)):
        return True, "the initials of the other"
    if _vietnamese(a.words) and _vietnamese(b.words):
        return False, "other syllables"
    if person_key(one) == person_key(two):
        return True, "spellings of one name"
    short, full = sorted((a, b), key=lambda name: len(name.words))
    if len(short.words) == 1 and len(full.words) > 1:
        return _surname(short.words[0], full, within_report=within_report)
    return _words(short, full, within_report=within_report)


def _initials(text: str, full: PersonalName) -> bool:
    """Tell whether a text is a full name's initials in capitals ("SBY")."""
    return len(text) >= _LEAST_INITIALS and text.isupper() and fold(text) == "".join(word[0] for word in full.words)


def _vietnamese(words: tuple[str, ...]) -> bool:
    """Tell whether words are a name of Vietnam, in which one letter makes another name."""
    return len(words) > _LEAST_PART and words[0] in listed("vietnamese surname") and all(len(w) <= 6 for w in words)


def _unlike_sex(a: PersonalName, b: PersonalName) -> bool:
    if a.title == b.title == "":
        return False
    told = sex(a), sex(b)
    return None not in told and told[0] != told[1]


def _syllables(a: PersonalName, b: PersonalName) -> tuple[bool, str]:
    if a.asian == b.asian == "korean" and korean(a.plain) == korean(b.plain):
        return True, "one Korean name by its syllables"
    if a.asian == b.asian == "chinese":
        # Without apostrophes Wade-Giles may look like pinyin, but is hyphenated.
        hyphens = [any("-" in word for word in name.plain) for name in (a, b)]
        ours = chinese(a.plain, giles=hyphens == [True, False])
        theirs = chinese(b.plain, giles=hyphens == [False, True])
        if len(ours) == len(theirs) and all({*x} & {*y} for x, y in zip(ours, theirs, strict=True)):
            return True, "one Chinese name by its syllables"
    return False, "other syllables"


def _surname(word: str, full: PersonalName, *, within_report: bool) -> tuple[bool, str]:
    if not within_report:
        joined = "".join(full.words)
        if len(word) >= _TYPO_LETTERS and sounds(word) == sounds(joined):
            return True, "the same name, written together"
        return False, "a single name says too little in another report"
    ends = (full.words[-1], full.words[0], *full.words[1:-1])
    if any(alike(word, other) for other in ends) or sounds(word) == sounds("".join(full.words[-2:])):
        return True, "a part of the full name, in one report"
    return False, "no part of the other name"


def _words(short: PersonalName, full: PersonalName, *, within_report: bool) -> tuple[bool, str]:
    if within_report and short.words[0] == "ben" and full.words[-len(short.words) :] == ("bin", *short.words[1:]):
        return True, "a part of the full name, in one report"
    a, b = [_bare(name.words) for name in (short, full)]
    if len(a) > len(b):
        a, b = b, a
    if len(a) == len(b):
        return _paired(a, b) or _reversed(short, full) or _joined(a, b)
    if len(a) < _LEAST_PART:
        return _surname(a[0], full, within_report=within_report) if a else (False, "no name is left")
    if _unlike_initials(a, b):
        return False, "other initials"
    joined = _joined(a, b)
    if joined[0]:
        return joined
    if _alike_all(a, b[: len(a)]):
        return True, "the beginning of the full name"
    if _alike_all(a, b[-len(a) :]):
        # "Idris Tali" and "Mahamat Idris Tali" may be father and son.
        fathers = given_name(b[0]) is not None and given_name(b[len(b) - len(a)]) is not None
        return b[0] in _BEFORE or (within_report and not fathers), "the end of the full name"
    if _stands_for(a[0], b[0]) and alike(a[-1], b[-1]) and _within(a[1:-1], b[1:-1]):
        return True, "a middle name left out"
    if _stands_for(a[0], b[0]) and len(b) > _LEAST_PART and _within(a[1:], b[1:]):
        return True, "names left out"
    return False, "other names"


def _bare(words: tuple[str, ...]) -> list[str]:
    """Leave out "bin" and the like, which the same man's name has in one source and not in another."""
    return [word for word in words if word not in _CHILD] or list(words)


def _unlike_initials(a: list[str], b: list[str]) -> bool:
    """Tell whether both names have initials, and not the same ones ("George W." and "George H. W.")."""
    ours, theirs = ([word for word in words if len(word) == 1] for words in (a, b))
    return bool(ours) and bool(theirs) and ours != theirs


def _paired(a: list[str], b: list[str]) -> tuple[bool, str] | None:
    unlike = [(x, y) for x, y in zip(a, b, strict=True) if not _stands_for(x, y)]
    if not unlike:
        return True, "spellings of one name"
    if len(unlike) == 1 and len(a) > 1 and _is_typo(*unlike[0]):
        return True, "a misspelling"
    return None


def _reversed(a: PersonalName, b: PersonalName) -> tuple[bool, str] | None:
    """Family name first or last, where a name has it first in its own land."""
    if len(a.words) != len(b.words) or len(a.words) != _LEAST_PART:
        return None
    eastern = a.asian or b.asian or _japanese(a.words) or _japanese(b.words)
    if eastern and _alike_all(list(a.words[::-1]), list(b.words)):
        return True, "the same name, family name first"
    return None


def _japanese(words: tuple[str, ...]) -> bool:
    return not {*words}.isdisjoint(listed("japanese surname"))


def _joined(a: list[str], b: list[str]) -> tuple[bool, str]:
    """Compare names that part their words differently ("Mir-Hosseini", "Mirhosseini")."""
    if len(a) != len(b) and len(b) - len(a) <= _LEAST_PART:
        for at in range(len(b) - 1):
            merged = [*b[:at], b[at] + b[at + 1], *b[at + 2 :]]
            if len(merged) == len(a) and _alike_all(a, merged):
                return True, "the same name, written together"
        if sounds("".join(a)) == sounds("".join(b)):
            return True, "the same name, written together"
    return False, "other names"


def _alike_all(a: list[str], b: list[str]) -> bool:
    return len(a) == len(b) and all(_stands_for(x, y) for x, y in zip(a, b, strict=True))


def _within(part: list[str], whole: list[str]) -> bool:
    """Tell whether the words of ``part`` come in ``whole`` in their order."""
    at = 0
    for word in part:
        at = next((place + 1 for place in range(at, len(whole)) if _stands_for(word, whole[place])), -1)
        if at < 0:
            return False
    return True


def _stands_for(x: str, y: str) -> bool:
    """Tell whether one is the other or its initial."""
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0]
    return alike(x, y)


def alike(x: str, y: str) -> bool:
    """Tell whether two folded words are spellings of one; the shorter, the less they may differ."""
    if x.startswith("abd ") and y.startswith("abd "):
        x, y = x[4:], y[4:]
    distance = apart(x, y)
    if distance == 0.0 or sounds(x) == sounds(y):
        return distance == 0.0
    if _is_feminine(x, y) or _is_feminine(y, x):
        return False
    if x[0] != y[0] and frozenset(x[0] + y[0]) not in _HEADS:
        return False
    return distance <= next(limit for letters, limit in _LIMITS if min(len(x), len(y)) <= letters)


def _is_feminine(x: str, y: str) -> bool:
    """Tell whether the first is the second with an "a", as a woman's name is a man's ("Karima")."""
    return sounds(x) == sounds(y) + "a"


def _is_typo(x: str, y: str) -> bool:
    """Tell whether two long words differ by one letter left out, doubled or put in the wrong place."""
    if min(len(x), len(y)) < _TYPO_LETTERS or x[0] != y[0] or x[-1] != y[-1]:
        return False
    if given_name(x) is not None and given_name(y) is not None:
        return False
    short, long = sorted((x, y), key=len)
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    swaps = (x[:at] + later + first + x[at + 2 :] for at, (first, later) in enumerate(pairwise(x)))
    return len(x) == len(y) and y in swaps
