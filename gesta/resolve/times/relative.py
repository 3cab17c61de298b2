"""Rules for dates told from another day: "yesterday", "last Friday", "two weeks ago", "the day before"."""

from __future__ import annotations

from typing import Final

from gesta.records import Grain, Time
from gesta.resolve.times.counts import Amount, duration_value
from gesta.resolve.times.dates import nearest
from gesta.resolve.times.grammar import Hit, Rule, rule
from gesta.resolve.times.lexicon import NAMED_AFTER, NAMED_BEFORE
from gesta.resolve.times.periods import Period, period_of, season_of, shift_date
from gesta.resolve.times.scene import Scene, of_period, unknown

_UNKNOWN: Final = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "season": "XXXX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip
CALENDAR: Final = frozenset({"day", "week", "month", "year", "decade", "quarter", "century", "weekend"})


def unknown_unit(unit: str, scene: Scene) -> Time:
    grain: Grain = "week" if unit == "weekend" else unit  # type: ignore[assignment]
    return unknown(_UNKNOWN[unit], grain, *scene.unanchored())


def counted(period: Period | None, unit: str, scene: Scene) -> Time:
    """Return the ``Time`` of a period counted from the anchor; a period out of reach is only "past"."""
    if period is None:
        return unknown_unit(unit, scene)
    return of_period(period, scene.basis(), *scene.anchored())


def _today(hit: Hit) -> Time | None:
    words = hit.words
    if words.capital(hit.first) and words.capital(hit.first - 1) and words.is_a(hit.first - 1, "X"):
        return None  # a paper's name
    scene, steps = hit.scene, hit.number("day")
    if hit.has("shift"):
        steps += -1 if hit.a("shift", "BEFORE") else 1
    if scene.anchor is None:
        return unknown_unit("day", scene)
    return counted(Period("day", scene.anchor).shift(steps), "day", scene)


def _is_weekday(hit: Hit) -> bool:
    words = hit.words
    if words.low[hit.first - 1 : hit.first] and words.low[hit.first - 1] in NAMED_BEFORE:
        return False
    if hit.a("wd", "WDABBR") and not (words.raw(hit.at("wd")).endswith(".") or hit.has("which")):
        return False
    return not (hit.last < len(words.low) and words.capital(hit.last) and words.low[hit.last] in NAMED_AFTER)


def _weekday(hit: Hit) -> Time | None:
    """Read a weekday: without a modifier the nearest one behind, today included; ahead where the tense says so."""
    if not _is_weekday(hit):
        return None
    scene, number = hit.scene, hit.number("wd")
    if scene.anchor is None:
        return unknown(f"XXXX-WXX-{number + 1}", "day", *scene.unanchored())
    anchor = scene.anchor
    behind = (anchor.weekday() - number) % 7
    if hit.has("week"):
        weeks = -1 if hit.a("week", "LAST", "PREV") else 1 if hit.a("week", "NEXT", "COMING") else 0
        monday = period_of("week", anchor).start
        return counted(Period("day", monday).shift(7 * weeks + number), "day", scene)
    if hit.a("which", "LAST", "PAST") or (hit.has("which") and hit.words.is_a(hit.at("which") + 1, "PAST")):
        steps = -(behind or 7)
    elif hit.a("which", "PREV", "FOLLOWING"):
        told = scene.told() or Period("day", anchor)
        gap = (told.start.weekday() - number) % 7
        move = -(gap or 7) if hit.a("which", "PREV") else (7 - gap)
        return counted(Period("day", told.start).shift(move), "day", scene)
    elif hit.a("which", "NEXT", "COMING"):
        steps = 7 - behind
    elif scene.tense(hit.first) == "future" or (hit.a("which", "THIS") and scene.tense(hit.first) != "past"):
        steps = (7 - behind) % 7
    elif scene.guessed and not hit.has("which") and behind > _HALF_A_WEEK:
        steps = 7 - behind  # a day that the text tells may lie before publication
    else:
        steps = -behind
    return counted(Period("day", anchor).shift(steps), "day", scene)


#: Units that a month in the address cannot settle.
_DAYS: Final = frozenset({"day", "week", "weekend", "fortnight"})
_HALF_A_WEEK: Final = 3


def _steps(hit: Hit) -> int:
    return (
        -1
        if hit.a("which", "LAST", "PAST", "PREV", "LATEST")
        else 1
        if hit.a("which", "NEXT", "COMING", "FOLLOWING")
        else 0
    )


def _unit(hit: Hit) -> Time | None:
    """Read "last week", "this month", "the following year", "that day", "the current quarter"."""
    scene, steps = hit.scene, _steps(hit)
    unit = str(hit.value("unit"))
    if unit not in CALENDAR:
        return None
    if hit.words.is_a(hit.last, "OF") and unit in {"day", "quarter"}:
        return None  # "the last day of the talks", "the last quarter of the match"
    told = hit.a("which", "FOLLOWING", "PREV", "SAME", "THAT") or (unit == "day" and hit.a("which", "NEXT"))
    if unit == "day" and not told:
        return None  # "this day", "the last day"
    if unit in _LONG and hit.a("which", "LAST", "PAST"):
        return _long_window(unit, scene)
    anchor = scene.anchor if unit in _DAYS else scene.near
    base = scene.told() if told else Period("day", anchor) if anchor else None
    if base is None:
        return unknown_unit(unit, scene)
    if unit == "weekend" and not told:
        return _weekend(hit, base)
    return counted(period_of(unit, base.start).shift(steps), unit, scene)  # type: ignore[arg-type]


#: Units so long that "the last decade" means the ten years up to now, not the 2010s.
_LONG: Final = frozenset({"decade", "century"})


def _long_window(unit: str, scene: Scene) -> Time:
    start = shift_date(scene.anchor, unit, -1) if scene.anchor else None
    end = scene.anchor if start is not None else None
    grain: Grain = "decade" if unit == "decade" else "century"
    value = duration_value(Amount(1), unit)
    return Time(
        value=value, basis=scene.basis(), grain=grain, start=start, end=end, kind="DURATION", reasons=scene.anchored()
    )


def _weekend(hit: Hit, base: Period) -> Time:
    """The weekend of this week may lie ahead: "last weekend" on a Wednesday is the one that ended on Sunday."""
    this = period_of("weekend", base.start)
    if hit.a("which", "LAST", "PAST"):
        return counted(this.shift(-1), "weekend", hit.scene)
    if hit.a("which", "NEXT", "COMING"):
        return counted(this if base.start < this.start else this.shift(1), "weekend", hit.scene)
    return _the_weekend(hit, this, base)


def _the_weekend(hit: Hit, this: Period, base: Period) -> Time:
    ahead = (hit.a("which", "THIS") and hit.scene.tense(hit.first) != "past") or hit.scene.tense(hit.first) == "future"
    if base.start >= this.start or ahead:
        return counted(this, "weekend", hit.scene)
    return counted(this.shift(-1), "weekend", hit.scene)


def _weekend_alone(hit: Hit) -> Time | None:
    anchor = hit.scene.anchor
    if anchor is None:
        return unknown_unit("weekend", hit.scene)
    return _the_weekend(hit, period_of("weekend", anchor), Period("day", anchor))


def _named(hit: Hit) -> Time | None:
    """Read "last December", "next spring", "this summer"."""
    scene = hit.scene
    is_month = hit.a("named", "MONTH", "MONTHV")
    letters = "" if is_month else str(hit.value("named"))
    if scene.anchor is None:
        return unknown(f"XXXX-{hit.number('named'):02}" if is_month else f"XXXX-{letters}", None, *scene.unanchored())
    years = range(scene.anchor.year - 2, scene.anchor.year + 3)
    if is_month:
        options = [Period("month", scene.anchor.replace(y, hit.number("named"), 1)) for y in years]
    else:
        options = [season_of(y, letters) for y in years]
    now = [p for p in options if p.start <= scene.anchor <= p.end]
    past = [p for p in options if p.end < scene.anchor]
    ahead = [p for p in options if p.start > scene.anchor]
    steps = _steps(hit)
    if steps:
        return counted((past[-1] if steps < 0 else ahead[0]), "month" if is_month else "season", scene)
    same_year = [p for p in options if p.start.year == scene.anchor.year]
    chosen = now[0] if now else same_year[0] if same_year else nearest(options, scene, hit.first)
    return counted(chosen, "month" if is_month else "season", scene)


_UNITX = "(UNIT|WEEKEND|QUARTER|CENTURY)"
RULES: Final[tuple[Rule, ...]] = (
    rule("today", "day=(TODAY|YESTERDAY|TOMORROW)", _today),
    rule("day before yesterday", "THE UNIT shift=(BEFORE|AFTER) day=(YESTERDAY|TOMORROW)", _today),
    rule(
        "weekday",
        "(which=(LAST|PAST|NEXT|COMING|THIS|PREV|FOLLOWING|THIS COMING|THIS PAST|THE? COMING|THE? FOLLOWING|THE? PREV)"
        " )? wd=WDX (OF? week=(LAST|NEXT|THIS|COMING|PREV) UNIT)?",
        _weekday,
    ),
    rule(
        "unit",
        f"THE? which=(LAST|PAST|NEXT|COMING|PREV|FOLLOWING|SAME|CURRENT|THIS PAST?|THAT SAME?) FISCAL? unit={_UNITX}",
        _unit,
    ),
    rule("weekend", "THE WEEKEND", _weekend_alone),
    rule(
        "named",
        "THE? which=(LAST|PAST|NEXT|COMING|PREV|FOLLOWING|THIS PAST?|THIS COMING) named=(MONTHX|SEASONX)",
        _named,
    ),
)
