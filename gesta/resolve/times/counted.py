"""Rules for dates counted off ("two weeks ago", "the day before") and for periods the text is about ("the quarter")."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from gesta.records import Time
from gesta.resolve.times.counts import Amount, amount_of
from gesta.resolve.times.grammar import Hit, NoTime, Rule, rule
from gesta.resolve.times.periods import Period, Unit, period_of, shift_date
from gesta.resolve.times.relative import CALENDAR, counted, unknown_unit
from gesta.resolve.times.scene import Scene, of_period, unknown


def moved(base: Period, amount: int, unit: str) -> Period | None:
    """Return the period of grain ``unit`` that lies ``amount`` units from ``base``."""
    if unit in {"day", "fortnight"}:
        day = shift_date(base.start, unit, amount)
        return Period("day", day) if day else None
    kind: Unit = unit  # type: ignore[assignment]
    if unit == "year" and base.unit == "quarter":
        return base.shift(4 * amount)  # "third-quarter profit rose from a year earlier"
    return period_of(kind, base.start).shift(amount)


def _vague(scene: Scene, back: bool) -> Time:
    value = "PAST_REF" if back else "FUTURE_REF"
    start, end = (None, scene.anchor) if back else (scene.anchor, None)
    return Time(value=value, basis="relative", start=start, end=end, reasons=("vague", *scene.anchored()))


def counted_unit(hit: Hit) -> tuple[Amount, str]:
    """Return the count and the unit of "COUNT UNIT" groups."""
    amount = amount_of(hit.words, *hit.span("count")) if hit.has("count") else Amount(1)
    return amount, str(hit.value("unit"))


def _ago(hit: Hit) -> Time | None:
    scene, (amount, unit) = hit.scene, counted_unit(hit)
    back = not hit.a("when", "LATER", "HENCE", "FROM", "AFTER")
    told = hit.a("when", "LATER", "EARLIER", "BEFORE", "AFTER")
    if hit.a("when", "BEFORE", "AFTER") and not _stands_alone(hit):
        return None
    if amount.number is None:
        return _vague(scene, back)
    base = scene.told() if told else Period("day", scene.anchor) if scene.anchor else None
    if unit == "year" and amount.number == 1 and back and scene.last and scene.last.unit == "quarter":
        base = scene.last
    if unit in {"hour", "minute", "second"}:
        return _hours_ago(hit, amount, unit, back, base)
    if base is None:
        return unknown_unit(unit if unit in CALENDAR else "day", scene)
    number = amount.whole
    if number is None:
        days = {"year": 365.25, "month": 30.4, "week": 7, "day": 1, "decade": 3652.5, "century": 36525}.get(unit, 7)
        number, unit = round(amount.number * days / 30.4), "month"
    period = moved(base, -number if back else number, unit)
    if period is None:
        return _vague(scene, back)
    if hit.has("day"):
        exact = shift_date(scene.anchor, unit, -number if back else number) if scene.anchor else None
        period = Period("day", exact) if exact else period
    why = f"counted from {base.value}" if told else scene.anchored()[0]
    return of_period(period, scene.basis(), why)


def _hours_ago(hit: Hit, amount: Amount, unit: str, back: bool, base: Period | None) -> Time:
    scene = hit.scene
    if base is None or amount.number is None:
        return unknown("XXXX-XX-XXTXX", "hour", *scene.unanchored())
    hours = amount.number / {"hour": 1, "minute": 60, "second": 3600}[unit]
    reach = min(int(hours // 24) + 1, 10**6) if hours > 6 else 0
    base = Period("day", base.start)
    far = base.shift(-reach if back else reach)
    if far is None:
        return _vague(scene, back)
    start, end = (far.start, base.start) if back else (base.start, far.start)
    day = base.value if not reach else "XXXX-XX-XX"
    return Time(
        value=f"{day}TXX", basis="relative", grain="hour", start=start, end=end, kind="TIME", reasons=scene.anchored()
    )


def _stands_alone(hit: Hit) -> bool:
    """Whether "the day before" ends its phrase; before a noun phrase it counts from an event, which is no date."""
    words, at = hit.words, hit.last
    return at >= len(words.low) or words.is_a(at, "ENDS", "COMMA", "BREAK", "ON", "IN", "AT", "AND", "MARK", "BY")


def _year_ago(hit: Hit) -> Time | None:
    """Read the "year-ago" of "the year-ago quarter": the same quarter a year before the one told."""
    scene, told = hit.scene, hit.scene.told()
    if hit.value("year") != "year":
        return None
    if told is None:
        return unknown_unit("year", scene)
    if hit.has("ord"):
        number = amount_of(hit.words, *hit.span("ord")).whole or 0
        if not 1 <= number <= 4:
            return None
        base = Period("quarter", told.start.replace(month=3 * number - 2, day=1))
    else:
        base = period_of("quarter", told.start) if hit.has("unit") else told
    return counted(moved(base, -1, "year"), "year", scene)


def _period_told(hit: Hit) -> Time | None:
    """Read "the quarter", "the latest period", "the fiscal year": the one the text is about."""
    scene, words = hit.scene, hit.words
    told = scene.told()
    unit = hit.word("unit")
    if told is None or words.is_a(hit.last, "OF", "POSS", "HYPHEN", "N", "D", "NW"):
        return None
    if unit not in {"quarter", "period"}:
        return _unit_told(hit, str(hit.value("unit")), told)
    if told.unit == "quarter":
        return counted(told, "quarter", scene)
    return counted(period_of("quarter", scene.anchor or told.start).shift(-1), "quarter", scene)


def _unit_told(hit: Hit, unit: str, told: Period) -> Time | None:
    """Read "the year" where a preposition or "ended" says that it is a certain one; "the day" is no date."""
    words, scene = hit.words, hit.scene
    if unit == "year":
        after = hit.last < len(words.low) and words.low[hit.last] == "ended"
        if not (hit.has("full") or after or words.is_a(hit.first - 1, "FOR", "OF", "IN", "DURING")):
            return None
        return counted(period_of("year", told.start), "year", scene)
    phase = words.is_a(hit.first - 1, "OF") and words.is_a(hit.first - 2, "BEGIN", "MIDDLE", "END")
    if not phase or unit not in {"week", "month"} or scene.anchor is None:
        return None
    return counted(period_of(unit, scene.anchor), unit, scene)  # type: ignore[arg-type]


def _within(hit: Hit) -> Time | None:
    """Read "earlier in the year", "later in the week"."""
    scene, unit = hit.scene, str(hit.value("unit"))
    if unit not in {"day", "week", "month", "year", "decade"}:
        return None
    base = scene.told() if unit == "day" else Period("day", scene.anchor) if scene.anchor else None
    if base is None:
        return unknown_unit(unit, scene)
    return counted(period_of(unit, base.start), unit, scene)  # type: ignore[arg-type]


def _year_end(hit: Hit) -> Time | None:
    anchor = hit.scene.anchor
    if hit.value("year") != "year" or anchor is None:
        return None
    options = [Period("day", anchor.replace(y, 12, 31)) for y in (anchor.year - 1, anchor.year)]
    chosen = options[-1] if (options[-1].start - anchor).days < 200 else options[0]
    return counted(chosen, "day", hit.scene)


def _day_before(hit: Hit) -> Time | None:
    scene, told = hit.scene, hit.scene.told()
    if not _stands_alone(hit):
        return None
    unit = str(hit.value("unit"))
    if told is None:
        return unknown_unit(unit, scene)
    step = 1 if hit.a("when", "AFTER") else -1
    if unit not in {"day", "week", "month", "year"}:
        return None
    period = moved(told, step, unit)
    return of_period(period, scene.basis(), f"counted from {told.value}") if period else None


def _ahead(hit: Hit) -> Time | None:
    """Read "in two weeks' time"."""
    scene, (amount, unit) = hit.scene, counted_unit(hit)
    if not hit.words.is_a(hit.first - 1, "IN") or (hit.has("mark") and hit.word("mark")[0] not in "'’"):
        return None
    if amount.whole is None or scene.anchor is None or unit not in CALENDAR:
        return _vague(scene, False)
    period = moved(Period("day", scene.anchor), amount.whole, unit)
    return counted(period, unit, scene)


def _week_from(hit: Hit) -> Time | None:
    """Read "a week from Monday", "two weeks from tomorrow"."""
    scene, (amount, unit) = hit.scene, counted_unit(hit)
    if scene.anchor is None or amount.whole is None or unit not in {"day", "week", "month", "year"}:
        return unknown_unit("day", scene)
    if hit.a("from", "WD"):
        ahead = (hit.number("from") - scene.anchor.weekday()) % 7
        base = scene.anchor + timedelta(days=ahead)
    else:
        base = scene.anchor + timedelta(days=hit.number("from"))
    found = shift_date(base, unit, amount.whole)
    if found is None:
        raise NoTime
    return counted(Period("day", found), "day", scene)


_AGO: Final = "when=(AGO | EARLIER | LATER | HENCE | FROM NOW | BEFORE | AFTER)"
RULES: Final[tuple[Rule, ...]] = (
    rule("ago", f"count=COUNT HYPHEN? unit=UX (OR SO)? {_AGO} (day=(TODAY|YESTERDAY))?", _ago),
    rule("year-ago", "year=UNIT HYPHEN (AGO|EARLIER)", _year_ago),
    rule("year-ago", "THE? year=UNIT HYPHEN (AGO|EARLIER) (ord=ORDX)? unit=(QUARTER|PERIOD)", _year_ago),
    rule("the quarter", "THE (LATEST|FISCAL)? unit=QUARTER", _period_told),
    rule("the period", "THE LATEST unit=PERIOD", _period_told),
    rule("the year", "THE (full=(WHOLE|FISCAL))? unit=UNIT", _period_told),
    rule("earlier in the year", "(EARLIER|LATER) IN THE unit=UNIT", _within),
    rule("year-end", "year=UNIT HYPHEN END", _year_end),
    rule("day before", "THE unit=UNIT when=(BEFORE|AFTER)", _day_before),
    rule("in weeks' time", "count=COUNT unit=UX mark=(MARK|POSS)? TIMEW", _ahead),
    rule("week from", "count=COUNT unit=UX FROM from=(WD|TODAY|TOMORROW)", _week_from),
)
