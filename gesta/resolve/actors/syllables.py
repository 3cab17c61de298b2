"""Names of East Asia by their syllables: one system of writing for each, so that near syllables stay apart.

Chinese in pinyin or Wade-Giles, Korean in the South's, the North's and the older spellings; Japanese only by the order
of its words. "Hsieh Kuo-chiang" and "Xie Guoqiang" agree; "Kim Sang-hoon" and "Kim Sung-hoon" do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from gesta.resolve.actors.wordlists import words as listed

_PINYIN_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_PINYIN_FINALS = (
    "a o e i u v ai ei ui ao ou iu ie ue ve er an en in un ang eng ing ong ia iao ian iang iong ua uo uai uan uang"
).split()
# Wade-Giles without its apostrophes is ambiguous; the aspirated reading is the second.
_GILES_INITIALS = {
    "hs": ("x",), "ch": ("zh", "j", "ch", "q"), "ch'": ("ch", "q"), "p": ("b", "p"), "p'": ("p",), "t": ("d", "t"),
    "t'": ("t",), "k": ("g", "k"), "k'": ("k",), "ts": ("z", "c"), "ts'": ("c",), "tz": ("z", "c"), "tz'": ("c",),
    "j": ("r",), "sh": ("sh",), "ss": ("s",), "sz": ("s",), "m": ("m",), "f": ("f",), "n": ("n",), "l": ("l",),
    "h": ("h",), "s": ("s",), "y": ("y",), "w": ("w",), "": ("",),
}  # fmt: skip
_GILES_FINALS = {
    "ung": "ong", "ien": "ian", "ieh": "ie", "ueh": "ue", "uo": "uo", "o": "o", "eh": "e", "u": "u", "uei": "ui",
    "ih": "i", "iung": "iong", "iu": "iu", "en": "en", "an": "an", "ang": "ang", "eng": "eng", "ing": "ing",
    "in": "in", "a": "a", "ai": "ai", "ao": "ao", "ou": "ou", "ei": "ei", "i": "i", "ia": "ia", "iao": "iao",
    "iang": "iang", "ua": "ua", "uai": "uai", "uan": "uan", "uang": "uang", "un": "un", "ui": "ui", "ian": "ian",
    "ong": "ong", "e": "e", "erh": "er", "ü": "u",
}  # fmt: skip
_GILES_WHOLE = {"yu": "you", "yung": "yong", "yen": "yan", "yeh": "ye", "tzu": "zi", "ssu": "si", "szu": "si"}
_PALATAL = {"zh": "j", "ch": "q", "sh": "x"}

_KOREAN = (
    ("kim", "gim"), ("lee", "yi", "rhee", "ri", "i", "rhi"), ("park", "pak", "bak"), ("choi", "choe"),
    ("jung", "chung", "jeong", "chong"), ("jang", "chang"), ("jo", "cho"), ("yoon", "yun"), ("lim", "rim", "im"),
    ("roh", "noh", "no", "ro"), ("moon", "mun"), ("shin", "sin"), ("oh", "o"), ("seo", "suh"), ("ahn", "an"),
    ("yoo", "yu", "ryu", "yoo"), ("jeon", "chun", "jun", "joon", "chon"), ("ko", "koh", "go"), ("bae", "pae"),
    ("baek", "paik", "paek"), ("byung", "byeong", "pyong", "byong"), ("wook", "uk", "ook", "wuk"),
    ("hyun", "hyeon", "hyon"), ("young", "yeong"), ("chul", "cheol", "chol"), ("seok", "suk", "sok"),
    ("sung", "seong", "song"), ("kyung", "gyeong", "kyong", "gyong"), ("hee", "hui", "hi"), ("geun", "keun", "kun"),
    ("soo", "su"), ("woo", "u", "wu"), ("goo", "gu", "ku", "koo"), ("hoon", "hun"), ("eun", "un"), ("jae", "chae"),
    ("gil", "kil"), ("guk", "kuk", "kook", "gook"), ("gi", "ki"), ("gyu", "kyu"), ("gwang", "kwang"),
    ("kwon", "gwon"), ("kang", "gang"), ("bok", "pok"), ("bong", "pong"), ("bum", "beom", "pom"), ("deok", "dok"),
    ("won", "weon"), ("yeon", "yon", "youn"), ("sik", "shik"), ("cheon", "chon"), ("jin", "chin"), ("ji", "chi"),
    ("hwan",), ("sang",), ("min",), ("ho",), ("tae",), ("dae",), ("yong", "ryong"), ("in",), ("il",), ("ok",), ("nam",),
    ("hyok", "hyuk", "hyeok"), ("myung", "myeong", "myong"), ("bin",), ("hong",), ("se",), ("sun", "seon", "son"),
    ("ha",), ("ban", "pan"), ("hwang",), ("hyeong", "hyong"), ("chan",), ("jong", "jong"), ("sa",), ("wan",), ("suk",),
    ("hye",), ("moo", "mu"), ("ah", "a"), ("ra",), ("rae",), ("bo",), ("do",), ("woong", "ung"), ("yul", "yeol"),
    ("sam",), ("sup", "seop", "sop"), ("taek", "tack"), ("dong",), ("doo", "du", "tu"), ("hak",), ("hae",),
    ("heon", "hon"),
    ("ik",), ("kyo", "gyo"), ("mok",), ("pil",), ("pyo",), ("ryang",), ("seung",), ("sook",), ("yo", "yeo"), ("su",),
    ("hyo",), ("bon",), ("ju", "joo", "chu"), ("jeong",), ("rok",), ("sol",), ("han",), ("kang",), ("song",), ("jun",),
    ("na",), ("mi",), ("yang",), ("kwan", "gwan"), ("ryol", "ryeol", "yeol", "yol"), ("nyun", "nyeon"),
)  # fmt: skip
_ASPIRATED = re.compile(r"(?:p|t|k|ch|ts|tz)'")
_BREAKS = re.compile(r"[\s\-]+")


@cache
def _pinyin() -> frozenset[str]:
    whole = {initial + final for initial in ("", *_PINYIN_INITIALS) for final in _PINYIN_FINALS}
    return frozenset(whole | {"shi", "zhi", "chi", "ri", "zi", "ci", "si", "yuan", "yue", "yun", "er"})


@cache
def _korean() -> dict[str, str]:
    found: dict[str, str] = {}
    for forms in _KOREAN:
        for form in forms:
            found.setdefault(form, forms[0])
    return found


@lru_cache(maxsize=16384)
def chinese(words: tuple[str, ...], *, giles: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the syllables of a name's lower-case words in pinyin, each as all it may be with the likeliest first.

    Nothing if it is no Chinese name. Wade-Giles is read as such only where asked for (``giles``), or where some
    syllable cannot be pinyin.
    """
    parts = [part.replace("\u2019", "'") for word in words for part in _BREAKS.split(word)]
    giles = giles or any(_ASPIRATED.match(part) or not _split(part.replace("'", "")) for part in parts)
    found: list[tuple[str, ...]] = []
    for part in parts:
        read = _from_giles(part) if giles else ()
        split = _split(part.replace("'", ""))
        if read and len(split) <= 1:
            found.append(tuple(dict.fromkeys((*read, *split))))
        elif split:
            found.extend((one,) for one in split)
        else:
            return ()
    return tuple(found)


def _split(word: str) -> list[str]:
    """Split pinyin written as one word, longest syllables first and a consonant with the vowel after it."""
    if not word:
        return []
    for end in range(min(6, len(word)), 0, -1):
        rest = word[end:]
        if word[:end] in _pinyin() and (not rest or (rest[0] not in "aeiou" and _split(rest))):
            return [word[:end], *_split(rest)]
    return []


@lru_cache(maxsize=4096)
def _from_giles(part: str) -> tuple[str, ...]:
    if part in _GILES_WHOLE:
        return (_GILES_WHOLE[part],)
    for end in (3, 2, 1, 0):
        initials = _GILES_INITIALS.get(part[:end])
        final = _GILES_FINALS.get(part[end:])
        if initials and final and (end == 0 or part[:end][-1:] not in "aeiou"):
            return tuple(filter(_pinyin().__contains__, (_written(initial, final) for initial in initials)))
    return ()


def _written(initial: str, final: str) -> str:
    if final == "o" and initial not in {"", "b", "p", "m", "f", "w", "y"}:
        return initial + ("e" if initial in {"g", "k", "h", "zh", "ch", "sh", "r"} else "uo")
    if initial in {"j", "q", "x"} and final[0] not in "iu":
        return "-"
    if initial in {"zh", "ch"} and final[0] == "i" and final != "i":
        return "-"
    return initial + final


def east_asian(words: Sequence[str]) -> str:
    """Return whose names these lower-case words are: chinese, korean, or nothing if neither or unsure.

    The family name comes first; a given name of two syllables may be written as one word, as two or with a hyphen.
    """
    if not 2 <= len(words) <= 4:
        return ""
    first = words[0]
    rest = [part for word in words[1:] for part in _BREAKS.split(word)]
    if first in listed("korean surname") and 1 <= len(rest) <= 2 and all(part in _korean() for part in rest):
        return "korean"
    family = first.replace("-", "") in listed("chinese surname")
    return "chinese" if family and len(rest) <= 2 and 2 <= len(chinese((first, *rest))) <= 4 else ""


def korean(words: Sequence[str]) -> tuple[str, ...]:
    """Return the syllables of a Korean name, each in its first spelling."""
    return tuple(_korean().get(part, part) for word in words for part in _BREAKS.split(word))
