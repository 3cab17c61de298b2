"""Rules for times of day: "10:30 a.m.", "noon", "Tuesday night" (the day joins later), "tonight"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from gesta.records import Grain, Time
from gesta.resolve.times.grammar import Hit, Rule, rule
from gesta.resolve.times.periods import Period
from gesta.resolve.times.scene import Scene

#: Where day and night meet; "before dawn" tells a time, "before evening" less so.
_LIGHTS: Final = frozenset({"dawn", "dusk", "daybreak", "nightfall", "sunrise", "sunset", "sundown"})
_UNKNOWN_DAY: Final = "XXXX-XX-XX"
_MILITARY: Final = re.compile(r"([01]\d|2[0-3])([0-5]\d)")


def at_day(day: Period | None, clock: str, grain: Grain, scene: Scene, *reasons: str) -> Time:
    """Return the time ``clock`` ("T10:30", "TNI") of ``day``, or of an unknown day."""
    if day is None:
        return Time(value=_UNKNOWN_DAY + clock, basis="relative", grain=grain, kind="TIME", reasons=scene.anchored())
    return Time(
        value=day.value + clock,
        basis=scene.basis(),
        grain=grain,
        start=day.start,
        end=day.end,
        kind="TIME",
        reasons=reasons or scene.anchored(),
    )


def _told_day(hit: Hit) -> Period | None:
    """Return the day an hour without a day belongs to: the last one told, else that of publication."""
    told = hit.scene.told()
    if told is not None and told.unit == "day":
        return told
    return Period("day", hit.scene.anchor) if hit.scene.anchor else None


def _afternoon(hit: Hit) -> bool:
    return hit.has("ampm") and hit.word("ampm").startswith("p")


def _hour(hit: Hit) -> Time | None:
    """Read "10:30 a.m.", "5 pm local time", "10.30 pm", "14:05 GMT", "1030 GMT", "5 o'clock"."""
    words, at = hit.words, hit.at("clock")
    raw = words.raw(at)
    value = words.values[at]
    if words.is_a(at, "CLOCKAM"):
        assert isinstance(value, tuple)
        hour, minute, exact = value[0], value[1], bool(value[2])
    elif words.is_a(at, "CLOCK"):
        assert isinstance(value, tuple)
        hour, minute, exact = value[0], value[1], True
    elif match := _MILITARY.fullmatch(raw):
        hour, minute, exact = int(match[1]), int(match[2]), True
    elif words.is_a(at, "DEC"):
        whole, _, minutes = raw.partition(".")
        if len(minutes) != 2 or int(minutes) > 59:
            return None
        hour, minute, exact = int(whole), int(minutes), True
    elif isinstance(value, int):
        hour, minute, exact = value, 0, False
    else:
        return None
    if hit.has("ampm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if _afternoon(hit) else 0)
    if hour > 24:
        return None
    clock = f"T{hour:02}:{minute:02}"
    return at_day(_told_day(hit), clock, "minute" if exact else "hour", hit.scene)


def _bare_clock(hit: Hit) -> Time | None:
    """Read a bare "10:30" only where a preposition says that it is an hour, not a score or a verse."""
    if not hit.words.is_a(
        hit.first - 1, "AT", "BY", "UNTIL", "BEFORE", "AFTER", "SINCE", "FROM", "APPROX", "BETWEEN", "TO"
    ):
        return None
    return _hour(hit)


def _noon(hit: Hit) -> Time | None:
    clock = "T12:00" if hit.word("noon") == "noon" else "T24:00"
    return at_day(_told_day(hit), clock, "hour", hit.scene)


def _tonight(hit: Hit) -> Time | None:
    anchor = hit.scene.anchor
    return at_day(Period("day", anchor) if anchor else None, "TNI", "part-of-day", hit.scene)


def _overnight(hit: Hit) -> Time | None:
    anchor = hit.scene.anchor
    if (
        hit.words.is_a(hit.last, "X")
        and not hit.words.low[hit.last].endswith("ly")
        and hit.words.is_a(hit.first - 1, "A", "THE")
    ):
        return None  # "an overnight train"
    return at_day(Period("day", anchor) if anchor else None, "TNI", "part-of-day", hit.scene)


def _part_stands(hit: Hit) -> bool:
    """Whether a bare "morning" tells a time: after a preposition or right after a day, but not "good morning"."""
    if hit.word("part") in _LIGHTS and hit.words.is_a(hit.first - 1, "BEFORE", "AFTER", "SINCE", "TO", "FROM"):
        return True
    before = ("IN", "AT", "BY", "EARLY", "MID", "LATE", "DURING", "UNTIL", "WD", "WDABBR", "TODAY", "YESTERDAY")
    if hit.word("part") == "night" and hit.words.is_a(hit.first - 1, "AT"):
        return False
    return hit.words.is_a(hit.first - 1, *before, "TOMORROW", "D", "ORD", "ORDW", "Y4")


def _part(hit: Hit) -> Time | None:
    """Read "this morning", "last night", "the previous evening", "that night", "the morning"."""
    scene, part = hit.scene, hit.value("part")
    anchor = Period("day", scene.anchor) if scene.anchor else None
    if not hit.has("which") or hit.a("which", "THE"):
        if not hit.has("which") and not _part_stands(hit):
            return None
        day = _told_day(hit)
    elif hit.a("which", "THIS"):
        day = anchor
    elif hit.a("which", "LAST"):
        day = anchor.shift(-1) if anchor else None
    else:
        steps = -1 if hit.a("which", "PREV") else 1 if hit.a("which", "NEXT", "FOLLOWING") else 0
        told = _told_day(hit)
        day = told.shift(steps) if told else None
    return at_day(day, f"T{part}", "part-of-day", scene)


def _before(hit: Hit) -> Time | None:
    told = _told_day(hit)
    day = told.shift(1 if hit.a("when", "AFTER") else -1) if told else None
    return at_day(day, f"T{hit.value('part')}", "part-of-day", hit.scene)


def join(day: Time, clock: Time) -> Time:
    """Return the hour or part of day ``clock`` on ``day``, as one time."""
    suffix = clock.value.partition("T")[2]
    start, end = day.start, day.end
    if suffix == "24:00" and start is not None and end is not None and end.year < 9999:
        end = end + timedelta(days=1)
    return Time(
        value=f"{day.value}T{suffix}",
        basis=day.basis,
        grain=clock.grain,
        start=start,
        end=end,
        kind="TIME",
        reasons=day.reasons,
    )


_ZONE = "(TZ | LOCAL TIMEW | TZ TIMEW)"
RULES: Final[tuple[Rule, ...]] = (
    rule("hour a.m.", f"clock=(D|DEC|CLOCK|NW) HYPHEN? ampm=AMPM {_ZONE}?", _hour),
    rule("hour am", f"clock=CLOCKAM {_ZONE}?", _hour),
    rule("hour zone", f"clock=(CLOCK|N|Y4) (UNITS)? {_ZONE}", _hour),
    rule("o'clock", f"clock=(D|NW) OCLOCK {_ZONE}?", _hour),
    rule("clock", "clock=CLOCK", _bare_clock),
    rule("noon", "noon=NOON", _noon),
    rule("tonight", "TONIGHT", _tonight),
    rule("overnight", "OVERNIGHT", _overnight),
    rule("part", "which=(THIS|LAST|THAT|THE|THE? PREV|THE? FOLLOWING|THE? SAME|THE? NEXT) part=PART", _part),
    rule("night before", "THE part=PART when=(BEFORE|AFTER)", _before),
    rule("bare part", "part=PART", _part),
)
