"""Dated roles: what somebody is, of what, in which sectors, from when to when.

A role is written ``FROM..TO;TITLE;OF;SECTORS``: ``FROM`` and ``TO`` are a day, a month, a year or nothing, ``OF`` is
the key of a country or the name of a body. A role that is dated by the month or year holds for certain only between the
last day on which it may have begun and the first on which it may have ended.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gesta.ontology.tables import many

_MOMENT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PARTS = 4
_JUST_NOW = timedelta(days=31)
"""News tells what lies behind it: who was killed or left within so many days is still spoken of in the old role."""


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function. ``of`` is a key of ``countries()`` or the name of a body.

    ``start`` and ``end`` are the (first, last) day on which the role may have begun and ended; ``period`` is what the
    table says of them.
    """

    title: str
    of: str
    sectors: tuple[str, ...]
    start: tuple[date, date]
    end: tuple[date, date]
    period: str

    def may_hold(self, day: date) -> bool:
        """Tell whether the role may hold on ``day``."""
        return self.start[0] <= day <= self.end[1]

    def holds(self, day: date) -> bool:
        """Tell whether the role holds on ``day`` for certain."""
        return self.start[1] <= day <= self.end[0]

    def __str__(self) -> str:
        start, _, end = self.period.partition("..")
        when = f"{start or 'start unknown'} to {end or 'end open'}" if start or end else "dates unknown"
        return ", ".join(part for part in (self.title or " ".join(self.sectors), self.of, when) if part)


def role_at(roles: Sequence[Role], day: date | None, title: str | None = None) -> Role | None:
    """Return the role that holds on ``day``, else may hold, else just ended; None if none.

    Of several the one called ``title``, else one in a government, else the latest. On an unknown day one without an
    end, else the latest of all, unless ``title`` tells which.
    """
    if day is None:
        held: Sequence[Role] = [
            role for role in roles if role.period.endswith("..") and role.start[0] > date.min
        ] or roles
        called = [role for role in roles if title is not None and role.title == title]
    else:
        held = [role for role in roles if role.holds(day)] or [role for role in roles if role.may_hold(day)]
        held = held or [role for role in roles if role.may_hold(day - _JUST_NOW)]
        # A role without any date says nothing of the day beside others that had ended by then.
        dated = any(role.period != ".." for role in roles)
        held = [role for role in held if not dated or role.period != ".."]
        called = [role for role in held if title is not None and role.title == title]
    # Who is president and leads a party acts as president.
    official = [role for role in held if role.sectors[:1] == ("GOV",) and held is not roles]
    return next(iter([*called[::-1], *official[::-1], *held[::-1]]), None)


def read_roles(text: str, *, open_until: date = date.max) -> tuple[Role, ...]:
    """Return the roles in a field, ``FROM..TO;TITLE;OF;SECTORS`` separated by ``|``.

    An open end is certain up to ``open_until``. ``ValueError``, in words for people, if a role is not sound.
    """
    return tuple(_role(part, open_until) for part in many(text))


def _role(text: str, open_until: date) -> Role:
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != _PARTS:
        raise ValueError(f"{text!r} has {len(parts)} parts where FROM..TO;TITLE;OF;SECTORS has {_PARTS}")
    period, title, of, sectors = parts
    start, dots, end = period.partition("..")
    if not dots:
        raise ValueError(f"{period!r} is no period FROM..TO")
    return make_role(title, of, tuple(one.strip() for one in sectors.split(",") if one.strip()), start, end, open_until)


def make_role(title: str, of: str, sectors: tuple[str, ...], start: str, end: str, open_until: date = date.max) -> Role:
    """Return a role from what tables say of it; ``ValueError`` if a date is none or the end lies before the start."""
    first = moment(start) if start else (date.min, date.max)
    last = moment(end) if end else (max(open_until, first[0]) if start else date.min, date.max)
    if start and end and last[1] < first[0]:
        raise ValueError(f"{start}..{end} ends before it begins")
    return Role(title, of, sectors, first, last, f"{start}..{end}")


def moment(text: str) -> tuple[date, date]:
    """Return the first and last day of a day, month or year ("2014-11"); ``ValueError`` if it is none."""
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise ValueError(f"{text!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)") from None
