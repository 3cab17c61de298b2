"""Rules for calendar days and months, with or without a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gesta.records import Time
from gesta.resolve.times.counts import spoken_year, whole_number
from gesta.resolve.times.grammar import Hit, NoTime, Rule, rule
from gesta.resolve.times.lexicon import MONTHS, WEEKDAYS
from gesta.resolve.times.periods import Period
from gesta.resolve.times.scene import Scene, of_period, unknown
from gesta.resolve.times.words import FIRST_YEAR, LAST_YEAR, is_day

#: A date behind is chosen if it is at most this many times as far as the one ahead, by the tense around it.
_BEHIND: Final = {None: 1.5, "past": 5.0, "future": 0.0}
_YEARS_AROUND: Final = 12


def year_of(hit: Hit, name: str = "year") -> int | None:
    """Return the year a group states: digits, "'98", "nineteen ninety-eight", "last year"."""
    if not hit.has(name):
        return None
    if hit.a(name, "Y4", "YAPOS"):
        return hit.number(name)
    if hit.a(name, "NW"):
        return spoken_year(hit.words, *hit.span(name))
    return None


def relative_year(hit: Hit) -> int | None:
    """Return the year of "July last year", "October of this year"; None without an anchor."""
    told, anchor = hit.scene.told(), hit.scene.near
    if hit.a("rel", "SAME", "FOLLOWING", "PREV") and told:
        return told.start.year + {"same": 0, "following": 1}.get(hit.word("rel"), -1)
    if anchor is None:
        return None
    return anchor.year + (1 if hit.a("rel", "NEXT", "COMING") else 0 if hit.a("rel", "THIS", "CURRENT") else -1)


def nearest(options: list[Period], scene: Scene, at: int, *, weight: float | None = None) -> Period | None:
    """Return the option meant by a date without a year: the nearest, weighed by the tense around word ``at``.

    ``weight`` overrides that of the tense: how many times farther behind than ahead an option may lie and still win.
    """
    anchor = scene.near
    if anchor is None or not options:
        return None
    past = [p for p in options if p.start <= anchor]
    ahead = [p for p in options if p.start > anchor]
    if not past or not ahead:
        return past[-1] if past else ahead[0]
    if past[-1].end >= anchor:
        return past[-1]  # it is going on
    behind = (anchor - past[-1].end).days
    front = (ahead[0].start - anchor).days
    factor = _BEHIND[scene.tense(at)] if weight is None else weight
    return past[-1] if behind <= factor * front else ahead[0]


def _in_years(scene: Scene, month: int, day: int, weekday: int | None) -> list[Period]:
    assert scene.near is not None
    years = range(scene.near.year - _YEARS_AROUND, scene.near.year + _YEARS_AROUND + 1)
    days = [date(y, month, day) for y in years if is_day(y, month, day)]
    return [Period("day", d) for d in days if weekday is None or d.weekday() == weekday]


def _without_year(hit: Hit, month: int, day: int, weekday: int | None) -> Time:
    scene = hit.scene
    value = f"XXXX-{month:02}-{day:02}"
    anchor = scene.near
    if anchor is None:
        return unknown(value, "day", *scene.unanchored(), basis="stated")
    options = _in_years(scene, month, day, weekday)
    if weekday is not None:
        options.sort(key=lambda p: (abs((p.start - anchor).days), p.start))
        if options:
            why = f"nearest year in which {MONTHS[month - 1]} {day} is a {WEEKDAYS[weekday]}"
            return of_period(options[0], "inferred", why, *scene.anchored())
        return unknown(value, "day", "weekday and date agree in no near year", basis="stated")
    chosen = nearest(options, scene, hit.first)
    if chosen is None:
        return unknown(value, "day", *scene.unanchored(), basis="stated")
    return of_period(chosen, "inferred", "year not stated", *scene.anchored())


def _day(hit: Hit) -> Time | None:
    month, day = hit.number("month"), whole_number(hit.words, *hit.span("day"))
    if day is None or not is_day(2000, month, day):
        raise NoTime
    weekday = hit.number("wd") if hit.has("wd") else None
    year = relative_year(hit) if hit.has("rel") else year_of(hit)
    if hit.has("year") and year is None and not hit.has("rel"):
        return None
    if year is None:
        return _without_year(hit, month, day, weekday)
    if not is_day(year, month, day):
        raise NoTime
    found = date(year, month, day)
    reasons = hit.scene.anchored() if hit.has("rel") else ()
    if weekday is not None and found.weekday() != weekday:
        reasons += (f"the text says {WEEKDAYS[weekday]}, the calendar {found:%A}",)
    return of_period(Period("day", found), hit.scene.basis() if hit.has("rel") else "stated", *reasons)


def _digits(hit: Hit) -> Time | None:
    parts = hit.value("date")
    assert isinstance(parts, tuple)
    time = of_period(Period("day", date(*parts[:3])), "stated")
    if len(parts) == 3:
        return time
    clock = f"T{parts[3]:02}:{parts[4]:02}"
    return Time(value=time.value + clock, basis="stated", grain="minute", start=time.start, end=time.end, kind="TIME")


def _day_range(hit: Hit) -> Time | None:
    month = hit.number("month")
    pair = hit.value("days") if hit.has("days") else (hit.number("d1"), hit.number("d2"))
    assert isinstance(pair, tuple)
    if hit.a("by", "AND") and not hit.words.is_a(hit.first - 1, "BETWEEN"):
        return None
    if not (pair[0] < pair[1] and is_day(2000, month, pair[1])):
        return None
    year = year_of(hit)
    if year is None:
        first = _without_year(hit, month, pair[0], None)
        if first.start is None:
            return unknown(f"XXXX-{month:02}-{pair[0]:02}/XXXX-{month:02}-{pair[1]:02}", "day", *first.reasons)
        basis, reasons, year = first.basis, first.reasons, first.start.year
    else:
        basis, reasons = "stated", ()
    if not is_day(year, month, pair[1]):
        raise NoTime
    start, end = date(year, month, pair[0]), date(year, month, pair[1])
    return Time(value=f"{start}/{end}", basis=basis, grain="day", start=start, end=end, reasons=reasons)


def _month(hit: Hit) -> Time | None:
    scene, month = hit.scene, hit.number("month")
    year = relative_year(hit) if hit.has("rel") else year_of(hit)
    if year is not None:
        period = Period("month", date(year, month, 1))
        if hit.has("rel"):
            return of_period(period, scene.basis(), *scene.anchored())
        return of_period(period, "stated")
    if hit.has("year") or not _is_month_name(hit):
        return None
    if scene.near is None:
        return unknown(f"XXXX-{month:02}", "month", *scene.unanchored(), basis="stated")
    near = range(max(scene.near.year - 1, FIRST_YEAR), min(scene.near.year + 1, LAST_YEAR) + 1)
    chosen = nearest([Period("month", date(y, month, 1)) for y in near], scene, hit.first)
    return of_period(chosen, "inferred", "year not stated", *scene.anchored()) if chosen else None


def _is_month_name(hit: Hit) -> bool:
    """Tell the month from the verb ("may", "march"), the person ("April Jones", "Mrs May") and other names."""
    words, at = hit.words, hit.first
    cued = words.is_a(
        at - 1, "IN", "SINCE", "UNTIL", "BY", "FROM", "OF", "TO", "BEFORE", "AFTER", "DURING", "EARLY", "MID", "LATE",
        "FOR", "BETWEEN", "THIS", "NEXT", "LAST", "AND", "HYPHEN",
    )  # fmt: skip
    if hit.a("month", "MONTHV") and not cued:
        return False
    if cued:
        return not (hit.a("month", "MONTHV") and words.capital(at + 1) and words.is_a(at + 1, "X"))
    named = words.is_a(at - 1, "X") and words.capital(at - 1)
    return not named and not (words.capital(at + 1) and words.is_a(at + 1, "X"))


def _holiday(hit: Hit) -> Time | None:
    month_day = 101 if hit.a("new", "NEWY") else hit.number("feast")
    eve = hit.has("eve")
    month, day = divmod(month_day, 100)
    if eve:
        before = date(2001, month, day) - timedelta(days=1)
        month, day = before.month, before.day
    year = year_of(hit)
    if year is None:
        return _without_year(hit, month, day, None)
    return of_period(Period("day", date(year, month, day)), "stated")


OF_YEAR: Final = "(COMMA? OF? year=YEARX | COMMA? OF? THE? rel=(LAST|THIS|NEXT|PREV|SAME|FOLLOWING|COMING) UNIT)"

RULES: Final[tuple[Rule, ...]] = (
    rule("digits", "(WDX COMMA?)? date=FULLDATE", _digits),
    rule(
        "month day", f"((THIS|LAST|NEXT)? COMING? wd=WDX COMMA? (THE|ON)?)? month=MONTHX THE? day=DOM {OF_YEAR}?", _day
    ),
    rule("day month", f"(wd=WDX COMMA? ON?)? THE? day=DOM OF? month=MONTHX {OF_YEAR}?", _day),
    rule(
        "month days", "month=MONTHX (d1=D by=(TO|UNTIL|HYPHEN|AND) d2=D|days=DRANGE) (COMMA? year=YEARX)?", _day_range
    ),
    rule(
        "days month",
        "(d1=D by=(TO|UNTIL|HYPHEN|AND) d2=D|days=DRANGE) OF? month=MONTHX (COMMA? year=YEARX)?",
        _day_range,
    ),
    rule("month year", f"month=MONTHX OF? {OF_YEAR}", _month),
    rule("month", "month=MONTHX", _month),
    rule("holiday", "(feast=HOLIDAY|new=NEWY UNIT POSS) (eve=EVE|UNIT)? (COMMA? year=YEARX)?", _holiday),
)
