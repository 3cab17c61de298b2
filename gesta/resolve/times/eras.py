"""Rules for years and what they are made of or make up: quarters, halves, seasons, decades, centuries."""

from __future__ import annotations

from datetime import date
from typing import Final

from gesta.records import Time
from gesta.resolve.times.counts import whole_number
from gesta.resolve.times.dates import OF_YEAR, nearest, relative_year, year_of
from gesta.resolve.times.grammar import Hit, Rule, rule
from gesta.resolve.times.periods import Period, period_of, season_of
from gesta.resolve.times.scene import of_period, unknown
from gesta.resolve.times.words import FIRST_YEAR, LAST_YEAR

#: Quarters are mostly told when their results come out.
_QUARTER_BEHIND: Final = 3.0


def _year(hit: Hit) -> Time | None:
    year = year_of(hit)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if hit.a("year", "Y4") and not _looks_like_year(hit, year):
        return None
    if hit.a("year", "NW") and not hit.has("the"):
        # Numbers in words are years only in the spoken pattern "nineteen ninety-eight".
        plain = hit.words.is_a(hit.first - 1, "IN", "SINCE", "OF", "UNTIL", "BY", "FROM", "AFTER", "BEFORE", "MONTH")
        if not plain and hit.words.is_a(hit.last, "X") and hit.words.low[hit.last].endswith("s"):
            return None
    return of_period(Period("year", date(year, 1, 1)), "stated")


def _looks_like_year(hit: Hit, year: int) -> bool:
    words, at, after = hit.words, hit.first, hit.last
    if hit.has("the"):
        return True
    if words.is_a(at - 1, "AT", "D", "N", "NW", "MORE", "THAN", "Y4") and not words.is_a(at - 2, "MORE"):
        return False
    cued = words.is_a(
        at - 1, "IN", "SINCE", "OF", "UNTIL", "BY", "DURING", "FROM", "EARLY", "MID", "LATE", "AFTER", "BEFORE", "THE",
        "BETWEEN", "SEASON", "FALL", "TO", "AND", "END", "BEGIN", "A", "HYPHEN", "POSS",
    )  # fmt: skip
    if words.is_a(after, "HYPHEN") and words.glued(after) and words.is_a(after + 1, "X") and words.glued(after + 1):
        return False
    if not cued and words.is_a(at - 1, "X") and words.capital(at - 1):
        return False  # "Resolution 1701", "Windows 2000"
    if words.is_a(at - 1, "ENDS") and at >= 2 and words.low[at - 2] in {"no", "nos"}:
        return False
    plural = words.is_a(after, "X") and words.low[after].endswith("s") and not words.capital(after)
    if plural and (year % 50 == 0 or words.is_a(at - 1, "APPROX")):
        return False
    return cued or year >= 1900 or words.raw(at - 1) == "("


def _year_month(hit: Hit) -> Time | None:
    parts = hit.value("date")
    assert isinstance(parts, tuple)
    return of_period(Period("month", date(parts[0], parts[1], 1)), "stated")


def _year_range(hit: Hit) -> Time | None:
    parts = hit.value("years")
    assert isinstance(parts, tuple)
    start, end = date(parts[0], 1, 1), date(parts[1], 12, 31)
    return Time(value=f"{parts[0]:04}/{parts[1]:04}", basis="stated", grain="year", start=start, end=end)


def _decade(hit: Hit) -> Time | None:
    if hit.has("spoken"):
        words, (first, last) = hit.words, hit.span("spoken")
        if last - first < 2 and not words.is_a(hit.first, "THE"):
            return None  # "people in their fifties"
        century = words.values[first] if last - first > 1 else 19
        ten = words.values[last - 1]
        if not (isinstance(century, int) and isinstance(ten, int) and 10 <= century <= 20):
            return None
        year = 100 * century + ten
    else:
        year = hit.number("decade")
    return of_period(Period("decade", date(year, 1, 1)), "stated")


def _century(hit: Hit) -> Time | None:
    ordinal = whole_number(hit.words, *hit.span("ord"))
    if ordinal is None or not 11 <= ordinal <= 21:
        return None
    return of_period(Period("century", date(100 * (ordinal - 1), 1, 1)), "stated")


def _part_of_year(hit: Hit) -> Time | None:
    """Quarters and halves, with or without a year."""
    unit = "half" if hit.a("unit", "HALF") else "quarter"
    which = hit.number("q") if hit.has("q") else whole_number(hit.words, *hit.span("ord"))
    size = 6 if unit == "half" else 3
    if which is None or not 1 <= which <= 12 // size:
        return None
    scene, month = hit.scene, (which - 1) * size + 1
    year = relative_year(hit) if hit.has("rel") else year_of(hit)
    letter = "H" if unit == "half" else "Q"
    if year is not None:
        period = period_of(unit, date(year, month, 1))  # type: ignore[arg-type]
        return of_period(period, scene.basis() if hit.has("rel") else "stated")
    if hit.has("unit") and unit == "half":
        return None  # "the first half" of what?
    if scene.near is None:
        return unknown(f"XXXX-{letter}{which}", "quarter", *scene.unanchored(), basis="stated")
    years = range(scene.near.year - 1, scene.near.year + 2)
    chosen = nearest([Period("quarter", date(y, month, 1)) for y in years], scene, hit.first, weight=_QUARTER_BEHIND)
    return of_period(chosen, "inferred", "year not stated", *scene.anchored()) if chosen else None


def _is_season(hit: Hit) -> bool:
    """Tell the season from "the fall of the capital" and "the spring of the clock"."""
    words = hit.words
    if words.is_a(hit.last, "OF", "IN"):
        return False
    if not words.is_a(hit.first, "THE"):
        return words.is_a(hit.first - 1, "IN", "EARLY", "MID", "LATE", "SINCE", "BY", "UNTIL", "DURING", "HYPHEN")
    return not hit.a("season", "FALL") or words.is_a(hit.first - 1, "IN", "UNTIL", "BY", "SINCE")


def _season(hit: Hit) -> Time | None:
    scene, letters = hit.scene, str(hit.value("season"))
    year = relative_year(hit) if hit.has("rel") else year_of(hit)
    if year is not None:
        return of_period(season_of(year, letters), scene.basis() if hit.has("rel") else "stated", "northern seasons")
    if hit.has("year") or not _is_season(hit):
        return None
    if scene.near is None:
        return unknown(f"XXXX-{letters}", "season", *scene.unanchored())
    years = range(scene.near.year - 1, scene.near.year + 2)
    chosen = nearest([season_of(y, letters) for y in years], scene, hit.first)
    return of_period(chosen, "inferred", "northern seasons", *scene.anchored()) if chosen else None


RULES: Final[tuple[Rule, ...]] = (
    rule("year", "(the=(THE UNIT)|FISCAL UNIT?)? year=YEARX", _year),
    rule("year month", "date=YM", _year_month),
    rule("years", "years=YRANGE", _year_range),
    rule("decade", "THE? (decade=DECADE|spoken=((NW HYPHEN?)? DECADEW))", _decade),
    rule("century", "THE? ord=ORDS HYPHEN? CENTURY", _century),
    rule("hyphened quarter", "FISCAL? ord=ORDX HYPHEN unit=QUARTER", _part_of_year),
    rule("quarter", f"THE? FISCAL? ord=ORDX unit=(QUARTER|HALF) ((OF FISCAL)? {OF_YEAR})?", _part_of_year),
    rule("Q1", "q=QTR OF? (year=YEARX)?", _part_of_year),
    rule("season", f"THE? season=SEASONX {OF_YEAR}", _season),
    rule("the season", "THE? season=SEASONX", _season),
)
