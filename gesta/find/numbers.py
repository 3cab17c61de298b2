"""Number words as bounds: "more than two dozen" is 25 or more (codebook, section 8).

The words and what they stand for lie in ``quantities.tsv``. Numbers are read off the words in their order, not off the
tree: number words have a fixed grammar, which no parser error can spoil.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from gesta.ontology.tables import read_table

#: More people than ever lived at once: no count of people.
_ABSURD = 10_000_000_000
#: Words that a number phrase may follow within its noun phrase, and how far back its noun may lie.
_FARTHEST = 12
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCY = frozenset({"$", "£", "€", "¥", "₹", "us$", "a$", "hk$", "nt$", "rs", "rs.", "usd", "#", "no.", "number"})
#: After a number, these make it a share, an age, a length of time or a sum of money.
_UNITS = frozenset(
    "% percent per pc cent percentage point points year years month months week weeks day days hour hours minute "
    "minutes second seconds km kilometre kilometres kilometer kilometers mile miles metre metres meter meters ton tons "
    "tonne tonnes kg kilogram kilograms dollar dollars euro euros pound pounds rupee rupees yuan am pm a.m. p.m. "
    "o'clock times".split()
)
_HYPHENS = frozenset({"-", "–", "—"})
_GENITIVES = frozenset({"'", "’", "'s", "’s"})
_NAMED_TIMES = frozenset({"Date", "DATE", "TIME"})
_YEAR_MARKS = frozenset({"in", "since", "by", "until", "from", "during", "of", "late", "early"})
_SINGULAR = frozenset({"a", "an", "one", "another"})
_NONE = frozenset({"no", "nobody", "none", "neither", "zero", "0"})
_INSIDE = frozenset({"DET", "NUM", "ADJ", "ADV", "NOUN", "PROPN", "ADP", "CCONJ", "PART", "X", "SYM"})
_MODIFIERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "X", "VERB", "ADV"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """Bounds, both included (``high`` None: no upper bound), and the number words with their modifier."""

    low: int
    high: int | None
    span: Span


class _Entry(NamedTuple):
    sort: str
    low: int
    high: int | None


class _Part(NamedTuple):
    """A number read so far: bounds, where it ends, and its last multiplier (which "two or three hundred" shares)."""

    low: int
    high: int | None
    end: int
    times: int = 1


@cache
def _entries() -> dict[tuple[str, ...], _Entry]:
    entries = {}
    for row in read_table("gesta.find", "quantities.tsv"):
        high = int(row["high"]) if row["high"] else None
        entries[tuple(row["words"].split())] = _Entry(row["sort"], int(row["low"] or 0), high)
    return entries


@cache
def _first_words() -> dict[str, int]:
    """The longest entry, in words, that begins with each word."""
    longest: dict[str, int] = {}
    for words in _entries():
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


def _entry(words: Sequence[str], at: int, sorts: frozenset[str]) -> tuple[_Entry, int] | None:
    """Return the longest entry of these sorts that begins at ``at``, and where it ends."""
    for length in range(_first_words().get(words[at], 0) if at < len(words) else 0, 0, -1):
        entry = _entries().get(tuple(words[at : at + length]))
        if entry and entry.sort in sorts:
            return entry, at + length
    return None


_BOUNDS = frozenset({"least", "more", "most", "less", "nearly", "about", "exact"})


def _simple(words: Sequence[str], at: int) -> _Part | None:
    """Read one number without bound words: "1,200", "twenty-five", "two dozen", "2.5 million", "several hundred"."""
    if at >= len(words):
        return None
    part = _digits_or_words(words, at)
    if part is None:
        return None
    low, high, at, _ = part
    last = 1
    while (times := _entry(words, at, frozenset({"times"}))) is not None:
        last = times[0].low
        low, high, at = low * last, None if high is None else high * last, times[1]
        more = _digits_or_words(words, at + 1) if at < len(words) and words[at] == "and" and last >= 100 else None
        more = more or (_digits_or_words(words, at) if at < len(words) and last >= 100 else None)
        if more and more.high is not None and more.high < last and high is not None:
            low, high, at = low + more.low, high + more.high, more.end
    return _Part(low, high, at, last) if last > 1 or float(low).is_integer() else None


def _digits_or_words(words: Sequence[str], at: int) -> _Part | None:
    if at >= len(words):
        return None
    word = words[at]
    if _DIGITS.fullmatch(word):
        return _decimal(words, at)
    if word in {"a", "an"}:
        times = _entry(words, at + 1, frozenset({"times"}))
        if times:
            return _Part(1, 1, at + 1)
    found = _entry(words, at, frozenset({"number", "ten", "vague"}))
    if found is None:
        return None
    entry, end = found
    if entry.sort == "ten":
        dash = end + 1 if end < len(words) and words[end] in _HYPHENS else end
        unit = _entry(words, dash, frozenset({"number"}))
        if unit and 0 < unit[0].low < 10:
            return _Part(entry.low + unit[0].low, entry.low + unit[0].low, unit[1])
    if entry.sort == "vague" and end + 1 < len(words) and words[end] == "of" and words[end + 1] in {"dozen", "hundred"}:
        end += 1
    return _Part(entry.low, entry.high, end)


#: A number of more digits counts no people, and with "trillion" behind it fits no column.
_MOST_DIGITS = 9


def _decimal(words: Sequence[str], at: int) -> _Part | None:
    """Digits; a fraction only counts before a multiplier ("2.5 million"), which it is then multiplied with."""
    plain = words[at].replace(",", "")
    if len(plain.partition(".")[0]) > _MOST_DIGITS:
        return None  # an account or a serial number; nothing that a report counts
    if "." not in plain:
        return _Part(int(plain), int(plain), at + 1)
    times = _entry(words, at + 1, frozenset({"times"}))
    if times is None:
        return None
    exact = round(float(plain) * times[0].low)
    return _Part(exact, exact, times[1], times[0].low)


def _ranged(words: Sequence[str], at: int) -> _Part | None:
    """Read "10 to 15", "10-15", "two or three hundred", "between 10 and 15", or one number."""
    between = at < len(words) and words[at] == "between"
    first = _simple(words, at + between)
    if first is None:
        return None
    joints = {"and"} if between else {"to", "or"} | _HYPHENS
    if first.end < len(words) and words[first.end] in joints:
        second = _simple(words, first.end + 1)
        if second and second.high is not None and first.high is not None:
            low = first.low if first.times > 1 or second.times == 1 else first.low * second.times
            if low < second.high:
                return _Part(low, second.high, second.end, second.times)
    return None if between else first


def _bounded(bound: str, part: _Part) -> tuple[int, int | None]:
    low, high = part.low, part.high
    if bound == "least":
        return low, None
    if bound == "more":
        return low + (low == high), None
    if bound == "most":
        return 0, high
    if bound == "less":
        return 0, None if high is None else max(high - 1, 0)
    if bound == "nearly":
        return math.ceil(low * 9 / 10), high
    if bound == "about":
        # Whole people within 0.9n to 1.1n, by integers so that no float error moves a bound.
        return -(-low * 9 // 10), None if high is None else high * 11 // 10
    return low, high


def _no_count(doc: Doc, start: int, first: int, end: int, words: Sequence[str]) -> bool:
    """Whether the number is a year, a share, an age, a sum of money or a length."""
    before = doc[start - 1].lower_ if start else ""
    after = words[end] if end < len(words) else ""
    if before in _CURRENCY or after in _UNITS:
        return True
    if doc[start + first].ent_type_ in _NAMED_TIMES:
        return True
    if after in _HYPHENS and end + 1 < len(words):
        # "three-day", "20-year-old", a score of "2-1"; but "a 10,000-strong crowd" counts people, and a dash with
        # spaces around it is a mark.
        glued = not doc[start + end - 1].whitespace_
        return glued and words[end + 1] not in {"strong", "plus", "odd"}
    bare_year = end - first == 1 and first == 0 and bool(_YEAR.fullmatch(words[0]))
    return bare_year and before in _YEAR_MARKS


def number_word(word: str) -> int | None:
    """Return the number that one lower-case word or numeral tells exactly, or None."""
    part = _simple([word], 0)
    return part.low if part is not None and part.low == part.high else None


def parse_quantity(doc: Doc, start: int, end: int | None = None) -> Quantity | None:
    """Return the count that begins exactly at token ``start`` and ends before ``end``; None if none does.

    "many" and its like are 2 or more. Years, ages, money, shares and measures are no counts.
    """
    opening = doc[start].lower_
    if not (opening in _first_words() or opening[:1].isdigit() or opening in {"a", "an", "between"}):
        return None
    stop = min(len(doc), start + 14) if end is None else end
    words = [token.lower_ for token in doc[start:stop]]
    bound = _entry(words, 0, _BOUNDS)
    at = bound[1] if bound else 0
    part = _ranged(words, at)
    if part is None and bound and (twice := _entry(words, at, _BOUNDS)):
        at = twice[1]  # "at least some 300": the first bound is the one that was meant
        part = _ranged(words, at)
    if part is None or part.low > _ABSURD or part.high == 0:
        return None
    tail = tuple(words[part.end : part.end + 2])
    name, last = bound[0].sort if bound else "exact", part.end
    if tail == ("or", "more") or tail in {("-", "plus"), ("and", "counting")} or tail[:1] == ("+",):
        name, last = "least", part.end + (1 if tail[:1] == ("+",) else 2)
    elif tail in {("or", "so"), ("-", "odd")}:
        name, last = "about", part.end + 2
    if _no_count(doc, start, at, last, [token.lower_ for token in doc[start : stop + 2]]):
        return None
    low, high = _bounded(name, part)
    return Quantity(low, high, doc[start : start + last])


def quantity(doc: Doc, head: Token) -> Quantity | None:
    """Return the count that the noun phrase of ``head`` states, or None.

    ``head`` is the noun ("people" of "at least 20 people") or the number itself ("dozens", "three" of "three of the
    miners"). "A", "an" or "one" before a singular noun is 1; a bare plural is 2 or more, its span the noun itself; "no
    one" and "no casualties" give None.
    """
    left = _left_edge(doc, head)
    for start in range(left, head.i + 1):
        found = parse_quantity(doc, start)
        if found is None or (start and doc[start - 1].lower_ in _NONE):
            continue
        if found.span.end > head.i or _reaches(doc, found.span.end, head.i):
            return found
    return _without_number(doc, head, left)


def _left_edge(doc: Doc, head: Token) -> int:
    """The first token to the left that can still be of the phrase; the tree is not asked, since it may err."""
    at, first = head.i, max(head.sent.start, head.i - _FARTHEST)
    while at > first:
        token = doc[at - 1]
        # Number words and articles belong whatever their tag, which may be wrong.
        sure = token.text in _HYPHENS | _GENITIVES or token.lower_ in _first_words() or token.lower_ in _SINGULAR
        if not sure and (token.is_space or (token.pos_ not in _INSIDE and token.dep_ != "amod")):
            break
        at -= 1
    return at


def _reaches(doc: Doc, end: int, head: int) -> bool:
    """Whether only modifiers, or "of" and anything, stand between the number and the noun."""
    if doc[end].lower_ == "of":
        return True
    return all(_modifies(token) for token in doc[end:head])


def _modifies(token: Token) -> bool:
    before, after = token.nbor(-1), token.nbor()
    if token.text in _HYPHENS or after.text in _HYPHENS:
        return True
    if token.lower_ == "and":  # "190 Egyptian and Indian workers"
        return before.pos_ in {"ADJ", "PROPN"} and after.pos_ in {"ADJ", "PROPN"}
    return token.pos_ in _MODIFIERS and token.lower_ not in _SINGULAR and parse_quantity(token.doc, token.i) is None


def _without_number(doc: Doc, head: Token, left: int) -> Quantity | None:
    """One for "a soldier", two or more for "soldiers"."""
    if head.pos_ not in {"NOUN", "PROPN", "PRON"} and head.lower_ not in _SINGULAR:
        return None
    if any(token.lower_ in _NONE for token in doc[left : head.i + 1]):
        return None
    plural = "Number=Plur" in str(head.morph)
    if head.pos_ == "PRON":
        return Quantity(1, 1, doc[head.i : head.i + 1]) if head.lower_ in {"someone", "somebody", "one"} else None
    for token in reversed(doc[left : head.i + 1]):
        if token.lower_ in _SINGULAR and not plural:
            return Quantity(1, 1, doc[token.i : token.i + 1])
        if token is not head and token.pos_ in {"ADP", "CCONJ"}:
            break
    return Quantity(2, None, doc[head.i : head.i + 1]) if plural and head.pos_ == "NOUN" else None
