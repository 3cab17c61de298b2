"""Datelines: the place, day and agency that open a news report ("BAGHDAD, Jan 2 (Agency) -")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from gesta.read.dates import MONTH, make_date, month_number
from gesta.records import Frozen

_LOOKED_AT = 240
"""Characters of a paragraph that can hold a dateline."""
_PARAGRAPHS = 3
"""A note on a correction or a by-line may stand before the dateline."""
_FAR = 31
"""A dateline is written within days of publication; a year that needs more is the wrong one."""
_DASH = r"\s*(?:--+|[–—―]|-(?=\s|$))"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:(?P<month>{MONTH})\s*{_DAY}|{_DAY.replace('day', 'day2')}\s+(?P<month2>{MONTH}))(?:,?\s+(?P<year>\d{{4}}))?"
)
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,60})\)|/(?P<agency2>[^/\n]{2,60})/)"
_DATED = re.compile(
    rf"(?P<place>[^\n]{{0,80}}?)(?P<comma>\s*,\s*|\s+|)(?<!\w)"
    rf"(?P<open>\()?(?i:{_DATE})(?(open)\))\s*[.,]?\s*(?:{_AGENCY}\s*(?:--+|[-–—―.:])|{_DASH}|:\s)"
)
_UNDATED = re.compile(rf"(?P<place>[A-Z]{{3}}[^()\n]{{0,60}}?)\s*{_AGENCY}\s*(?:--+|[-–—―])")
_PREPOSITIONS = frozenset(
    (
        "about",
        "after",
        "at",
        "before",
        "by",
        "during",
        "for",
        "from",
        "in",
        "near",
        "on",
        "since",
        "to",
        "until",
        "with",
    )
)
_JOINING = frozenset(
    ("al", "and", "da", "de", "del", "di", "do", "du", "el", "ibn", "la", "las", "le", "les", "los", "of", "the", "y")
)
_LONGEST_PLACE = 8


class Dateline(Frozen, frozen=True):
    """What a dateline tells: the day, the year if it gives one, the agency if it names one."""

    month: int | None = None
    day: int | None = None
    year: int | None = None
    agency: str | None = None

    def date(self, near: Iterable[tuple[date | None, bool]]) -> date | None:
        """Return the day it stands for, or None if that cannot be known.

        ``near`` are dates about the time of publication, best first, each with whether it is close: then a dateline
        of another season is a misreading.
        """
        if self.month is None or self.day is None:
            return None
        if self.year is not None:
            return make_date(self.year, self.month, self.day)
        for anchor, close in near:
            if anchor is None:
                continue
            years = (anchor.year - 1, anchor.year, anchor.year + 1)
            days = [made for year in years if (made := make_date(year, self.month, self.day))]
            best = min(days, key=lambda made: abs((made - anchor).days), default=None)
            if best is not None and not (close and abs((best - anchor).days) > _FAR):
                return best
        return None


def find_dateline(body: str) -> Dateline | None:
    """Return the dateline at the head of one of the first paragraphs of ``body``, or None."""
    paragraphs = (line.strip() for line in body.split("\n", 12)[:12])
    for line in [line for line in paragraphs if line][:_PARAGRAPHS]:
        if dateline := _read(line[:_LOOKED_AT]):
            return dateline
    return None


def _read(line: str) -> Dateline | None:
    found = _DATED.match(line)
    if found and _is_place(found["place"], comma="," in found["comma"] or bool(found["open"]), agency=_agency(found)):
        day = int(found["day"] or found["day2"])
        month = month_number(found["month"] or found["month2"])
        year = int(found["year"]) if found["year"] else None
        # 29 February exists in some year: 2000 stands for "any" when the dateline gives none.
        if make_date(year or 2000, month, day):
            return Dateline(month=month, day=day, year=year, agency=_agency(found))
    found = _UNDATED.match(line)
    if found and _is_place(found["place"], comma=True, agency=None):
        agency = _agency(found)
        return Dateline(agency=agency) if agency and agency[0].isupper() else None
    return None


def _agency(found: re.Match[str]) -> str | None:
    name = (found["agency"] or found["agency2"] or "").strip()
    return name if name and not any(sign.isdigit() for sign in name) else None


def _is_place(words: str, *, comma: bool, agency: str | None) -> bool:
    """Whether the words before a day are a place (or a service's name), and not the start of a sentence."""
    if not words.strip():
        return agency is not None
    if not comma and not words.isupper():
        return False
    parts = re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", words)
    if not parts or len(parts) > _LONGEST_PLACE or any(part.lower() in _PREPOSITIONS for part in parts):
        return False
    plain = [part for part in parts if part[0].islower() and part not in _JOINING]
    # One lower-case word is let pass for services that write their own name so; more make a sentence.
    return len(plain) <= 1 and (not plain or plain[0] == parts[0])
