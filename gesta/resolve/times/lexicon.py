"""The words that time expressions are made of, read from ``lexicon.tsv``.

A row gives a category, the value its words stand for (a month's number, a unit, letters of a TIMEX3 value), and the
words. Categories in capitals are symbols of the grammar, and a word has exactly one; the rest are plain lists of words.
"""

from __future__ import annotations

from typing import Final

from gesta.ontology.tables import many, read_table

_ROWS: Final = read_table("gesta.resolve.times", "lexicon.tsv")
#: Categories that are seen from a word's form (numbers, marks) and not from a list.
_FORMS: Final = (
    "X", "BREAK", "ENDS", "COMMA", "HYPHEN", "POSS", "MARK", "BLOCKED", "D", "N", "Y4", "DEC", "FRAC", "ORD", "CLOCK",
    "CLOCKAM", "FULLDATE", "YM", "DECADE", "YAPOS", "YRANGE", "DRANGE",
)  # fmt: skip


def _value(field: str) -> int | str:
    return int(field) if field.lstrip("-").isdigit() else field


def _entries() -> dict[str, tuple[str, int | str]]:
    made: dict[str, tuple[str, int | str]] = {}
    for row in _ROWS:
        for word in many(row["words"]) if row["category"].isupper() else ():
            if word in made:
                raise ValueError(f"lexicon.tsv: {word!r} is in {made[word][0]} and in {row['category']}")
            made[word] = (row["category"], _value(row["value"]))
    return made


def _words(category: str) -> frozenset[str]:
    return frozenset(word for row in _ROWS if row["category"] == category for word in many(row["words"]))


ENTRIES: Final = _entries()
"""Lower-case word to (category, value)."""

SYMBOL: Final = {
    name: chr(0xE000 + at)
    for at, name in enumerate((*_FORMS, *dict.fromkeys(row["category"] for row in _ROWS if row["category"].isupper())))
}
"""Category to the character that stands for it in the patterns (private-use, so it never means anything else)."""

CAPITALISED: Final = _words("capitalised")
"""Words that are times only when written with a capital: "may", "march", "sun", "sat" are common words."""

QUANTITIES: Final = _words("quantity")
"""What a four-digit number counts when it is no year ("2019 people")."""

NAMED_BEFORE: Final = _words("before-weekday name")
NAMED_AFTER: Final = _words("after-weekday name")
"""Words that make a weekday part of a name: "Good Friday", "Sunday Times"."""

FUTURE_CUES: Final = _words("future cue")
PAST_CUES: Final = _words("past cue")
AIMS: Final = _words("aim")
"""Words after which "to" looks ahead: "plans to meet"."""
NO_PAST: Final = _words("no past")
"""Words in "ed" that are no past tense."""

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LETTER: Final = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "F", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "weekend": "WE",
}  # fmt: skip
"""Unit to its letters in a TIMEX3 duration; a leading T belongs to the time part ("PT2H")."""
