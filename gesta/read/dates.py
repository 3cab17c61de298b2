"""Publication dates as sources write them, read strictly: one reading, or none.

A date that could be two days (02/01/2020), that has a two-digit year, or that does not exist is refused with its
reason, never guessed at.
"""

from __future__ import annotations

import re
from datetime import date

from gesta.read.problems import UnreadableError, shown

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""A year outside these is a misprint or a placeholder (0001, 9999), not the date of a news report."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""An English month name or its abbreviation, for regular expressions that ignore case."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_ZONE = r"(?:\s*(?:[A-Z]{1,5}\b|\([A-Z]{2,5}\)|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?)){0,2}"
_CLOCK = rf"(?:\d{{1,2}}[:.]\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?|\d{{6}})(?:\s*[ap]\.?m\b\.?)?{_ZONE}"
_REST = rf"(?:,?\s+{_WEEKDAY}\b\.?)?(?:(?:T|[\s,|]+(?:at\s+|[-–]\s+)?)(?:{_CLOCK}))?(?:,?\s+{_WEEKDAY}\.?)?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"


def _form(core: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_WEEKDAY}\b\.?,?\s+)?{core}{_REST}", re.IGNORECASE)


_FORMS = (
    _form(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"),
    _form(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    _form(rf"{_DAY}[\s-]+(?:of\s+)?(?P<m>{MONTH}),?[\s-]*\s*(?P<y>\d{{4}})"),
    _form(rf"(?P<m>{MONTH})\s*{_DAY},?\s+(?P<y>\d{{4}})"),
)
_NUMERIC = _form(r"(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<y>\d{4})")
_SHORT_YEAR = (
    _form(r"\d{1,2}[./-]\d{1,2}[./-]'?\d{2}"),
    _form(rf"{_DAY}[\s-]+(?:{MONTH}),?[\s-]+['’]?\d{{2}}"),
    _form(rf"(?:{MONTH})\s*{_DAY},?\s+['’]?\d{{2}}"),
)
_NO_DAY = re.compile(rf"(?:{MONTH},?\s+)?\d{{4}}|\d{{4}}[-/]\d{{1,2}}", re.IGNORECASE)
_LONGEST = 80


def parse_date(words: str) -> date | None:
    """Return the date that ``words`` states and nothing else besides, or None if they state none.

    Read are ISO 8601 (with or without time), 20200102, 2020/01/02, "2 January 2020", "Jan. 2, 2020", RFC 2822, each
    with or without weekday and time of day. The day is the one written, whatever the time zone.
    Raises UnreadableError for something that is meant as a date but has no single reading.
    """
    words = " ".join(words.split())
    if len(words) > _LONGEST:
        return None
    for form in _FORMS:
        if found := form.fullmatch(words):
            return checked_date(int(found["y"]), month_number(found["m"]), int(found["d"]), words=words)
    if found := _NUMERIC.fullmatch(words):
        return _numeric(int(found["a"]), int(found["b"]), int(found["y"]), words)
    if any(form.fullmatch(words) for form in _SHORT_YEAR):
        raise unclear(words, "has a year of two digits")
    if _NO_DAY.fullmatch(words):
        raise unclear(words, "names no day")
    return None


def unclear(words: str, why: str) -> UnreadableError:
    """The error for a date that cannot be taken."""
    return UnreadableError(
        f"the date {shown(words)} {why}", field="published", remedy="Write it in ISO form, such as 2020-01-31."
    )


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name, abbreviation or number."""
    return int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date if it exists and a news report could bear it, else None."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def checked_date(year: int, month: int, day: int, *, words: str) -> date:
    """Return the date, or raise UnreadableError naming ``words`` if there is no such day."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise unclear(words, f"lies outside the years {FIRST_YEAR} to {LAST_YEAR - 1}")
    found = make_date(year, month, day)
    if found is None:
        raise unclear(words, "is no day of the calendar")
    return found


def only_reading(first: int, second: int, year: int) -> date | None:
    """Return the date of two numbers and a year if day and month cannot be swapped, else None."""
    readings = {make_date(year, second, first), make_date(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _numeric(first: int, second: int, year: int, words: str) -> date:
    day_first, month_first = make_date(year, second, first), make_date(year, first, second)
    if day_first and month_first and day_first != month_first:
        raise unclear(words, f"is ambiguous: {day_first} or {month_first}")
    return day_first or month_first or checked_date(year, second, first, words=words)
