"""Rules for durations, repeated times and vague references: "two months", "every Monday", "recently"."""

from __future__ import annotations

from datetime import date
from typing import Final

from gesta.records import Grain, Time
from gesta.resolve.times.counted import counted_unit
from gesta.resolve.times.counts import Amount, amount_of, duration_value
from gesta.resolve.times.grammar import Hit, NoTime, Rule, rule
from gesta.resolve.times.periods import shift_date

_SHORT: Final = frozenset({"hour", "minute", "second"})


def _window(hit: Hit, amount: Amount, unit: str, ahead: bool) -> tuple[date | None, date | None]:
    """Return the interval of "the past two months": it ends (or begins) with the day of publication."""
    anchor = hit.scene.anchor
    if anchor is None:
        return None, None
    if amount.whole is None or unit == "weekend":
        return (anchor, None) if ahead else (None, anchor)
    count = amount.whole
    if unit in _SHORT:
        hours = count / {"hour": 1, "minute": 60, "second": 3600}[unit]
        unit, count = "day", int(hours // 24) + (hours % 24 > 0)
    far = shift_date(anchor, unit, count if ahead else -count)
    return (anchor, far) if ahead else (far, anchor)


def _duration(hit: Hit) -> Time | None:
    """Read "two hours", "a five-day visit", "40 years", "the past two months"."""
    amount, unit = counted_unit(hit)
    if not _is_duration(hit, unit):
        return None
    if hit.has("old") and not _hyphenated(hit):
        raise NoTime  # "37 years old" is somebody's age
    if hit.has("more"):
        more = amount_of(hit.words, *hit.span("more"))
        amount = more if more.number is not None else amount
    value = duration_value(amount, unit)
    grain: Grain = "week" if unit in {"weekend", "fortnight"} else unit  # type: ignore[assignment]
    if not hit.a("which", "LAST", "PAST", "NEXT", "COMING", "PREV"):
        return Time(value=value, basis="stated", grain=grain, kind="DURATION")
    ahead = hit.a("which", "NEXT", "COMING")
    start, end = _window(hit, amount, unit, ahead)
    reasons = hit.scene.anchored()
    return Time(
        value=value, basis=hit.scene.basis(), grain=grain, start=start, end=end, kind="DURATION", reasons=reasons
    )


def _hyphenated(hit: Hit) -> bool:
    """Whether the count and the unit are joined by a hyphen."""
    return hit.words.is_a(hit.at("unit") - 1, "HYPHEN")


def _is_duration(hit: Hit, unit: str) -> bool:
    words = hit.words
    if hit.a("count", "A") and words.is_a(hit.at("count") + 1, "NW"):
        number = words.values[hit.at("count") + 1]
        return isinstance(number, int) and number >= 100  # "a hundred days", but not the article of "a five-day visit"
    if words.is_a(hit.last, "HYPHEN") and words.is_a(hit.last + 1, "AGO", "EARLIER"):
        return False  # "a year-ago loss"
    fraction = hit.a("count", "A") or words.is_a(hit.last, "OF")
    if fraction and hit.a("unit", "QUARTER", "QUARTERS"):
        return False  # "a quarter of the votes"
    if hit.a("unit", "UNIT", "CENTURY") and not hit.a("count", "A", "HALF"):
        # A bare singular needs the hyphen of "a five-day visit" or the count one.
        amount = amount_of(words, *hit.span("count"))
        joined = words.is_a(hit.at("unit") - 1, "HYPHEN") or hit.at("unit") - hit.at("count") >= 1
        return joined or amount.number == 1
    return unit != "weekend" or not hit.a("count", "A")


def _per(hit: Hit) -> Time | None:
    """Read the "a year" of "twice a year" and "12,000 dollars a year" as a repeated time."""
    return Time(value=duration_value(Amount(1), str(hit.value("unit"))), basis="stated", kind="SET")


def _bare(hit: Hit) -> Time | None:
    """Read "weeks", "months": a duration of no stated length."""
    unit = str(hit.value("unit"))
    if hit.words.is_a(hit.first - 1, "OF") or (unit in _SHORT and hit.words.is_a(hit.last, "OF")):
        return None  # "hundreds of years", "minutes of the meeting"
    return Time(value=duration_value(Amount(None), unit), basis="stated", kind="DURATION")


def _every(hit: Hit) -> Time | None:
    """Read "every Monday", "each July", "every two years", "every morning"."""
    if hit.a("what", "WD"):
        return _set(f"XXXX-WXX-{hit.number('what') + 1}", "day")
    if hit.a("what", "MONTH", "MONTHV"):
        return _set(f"XXXX-{hit.number('what'):02}", "month")
    if hit.a("what", "SEASON", "FALL"):
        return _set(f"XXXX-{hit.value('what')}", "season")
    if hit.a("what", "PART"):
        return _set(f"XXXX-XX-XXT{hit.value('what')}", "part-of-day")
    amount, unit = counted_unit(hit)
    if hit.has("other"):
        amount = Amount(2)
    if unit == "quarter" and hit.words.is_a(hit.last, "OF"):
        return None
    return _set(duration_value(amount, unit), None)


def _set(value: str, grain: Grain | None) -> Time:
    return Time(value=value, basis="stated", grain=grain, kind="SET", reasons=("repeated",))


def _weekdays(hit: Hit) -> Time | None:
    if not hit.words.capital(hit.first):
        return None
    return _set(f"XXXX-WXX-{hit.number('wd') + 1}", "day")


def _frequency(hit: Hit) -> Time | None:
    words = hit.words
    if words.capital(hit.first) and words.is_a(hit.first - 1, "X", "THE") and words.capital(hit.first - 1):
        return None  # "the China Daily"
    if words.capital(hit.first) and words.capital(hit.last) and words.is_a(hit.last, "X"):
        return None  # "Daily Mirror"
    return _set(str(hit.value("how")), None)


def _present(hit: Hit) -> Time | None:
    anchor = hit.scene.anchor
    return Time(value="PRESENT_REF", basis="relative", start=anchor, end=anchor, reasons=hit.scene.anchored())


def _past(hit: Hit) -> Time | None:
    return Time(value="PAST_REF", basis="relative", end=hit.scene.anchor, reasons=("vague", *hit.scene.anchored()))


def _future(hit: Hit) -> Time | None:
    return Time(value="FUTURE_REF", basis="relative", start=hit.scene.anchor, reasons=("vague", *hit.scene.anchored()))


def _ahead(hit: Hit) -> Time | None:
    return _future(hit) if hit.words.is_a(hit.first - 1, "IN") else None


def _behind(hit: Hit) -> Time | None:
    return _past(hit) if hit.words.is_a(hit.first - 1, "IN") else None


def _soon(hit: Hit) -> Time | None:
    if hit.words.is_a(hit.first - 1, "AS") or hit.words.is_a(hit.last, "AFTER", "BEFORE"):
        return None
    return _future(hit)


_WHICH = "which=(LAST|PAST|NEXT|COMING|PREV|RECENT|FIRSTLY|FOLLOWING)"
RULES: Final[tuple[Rule, ...]] = (
    rule(
        "duration",
        "count=COUNT ((OR|TO|HYPHEN) more=COUNT)? HYPHEN? (ADDITIONAL|WHOLE|FISCAL)? unit=UX (old=(HYPHEN? OLD))?",
        _duration,
    ),
    rule("a unit or so", "count=COUNT unit=UX OR (SO|more=COUNT)", _duration),
    rule("the past", f"(THE|THESE)? {_WHICH} count=COUNT ((OR|TO|HYPHEN) more=COUNT)? unit=UMANY", _duration),
    rule("the first", "THE (ORDW|SECOND) count=COUNT unit=UMANY", _duration),
    rule("these two", "(THE|THESE) count=COUNT unit=UMANY", _duration),
    rule("the past year", "THE which=PAST unit=UNIT", _duration),
    rule("recent days", "(THE|THESE)? RECENT UMANY", _past),
    rule("past weeks", "THE? (PAST|LAST) UMANY", _past),
    rule("coming days", "THE? (COMING|NEXT) UMANY", _future),
    rule("bare", "UNITS OR unit=UNITS", _bare),
    rule("bare", "unit=UNITS", _bare),
    rule("per", "((TWICE|INT TIMES|SEVERAL TIMES|A FEW TIMES) (A|PER)|PER) unit=UNIT", _per),
    rule("every", "EACH other=OTHER? (count=COUNT)? (unit=UX|what=(WD|MONTHX|SEASONX|PART))", _every),
    rule("weekdays", "wd=WDS", _weekdays),
    rule("frequency", "how=SETADV", _frequency),
    rule("present", "(NOW|PRESENT|CURRENT)", _present),
    rule("recently", "(RECENTLY|RECENT)", _past),
    rule("soon", "SOON", _soon),
    rule("the near future", "THE NEAR FUTURE", _future),
    rule("the future", "THE FUTURE", _ahead),
    rule("the past", "THE PAST", _behind),
)
