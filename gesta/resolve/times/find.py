"""Find time expressions in a text and normalise them: one scan over words, the longest rule wins at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from spacy.tokens import Doc

from gesta.records import Time
from gesta.resolve.times import calendars, clock, counted, dates, eras, relative, spans
from gesta.resolve.times.anchor import YEARS, Anchor, find_anchor
from gesta.resolve.times.grammar import Hit, NoTime, Rule, expand
from gesta.resolve.times.lexicon import SYMBOL
from gesta.resolve.times.periods import Period, period_of, third
from gesta.resolve.times.ranges import ranged
from gesta.resolve.times.scene import Scene, is_day_value
from gesta.resolve.times.words import Words, read_words

RULES: Final[tuple[Rule, ...]] = (
    dates.RULES + eras.RULES + calendars.RULES + clock.RULES + relative.RULES + counted.RULES + spans.RULES
)
_GROUP: Final = re.compile(r"[?]P<[a-z]\w*>")
_ANY: Final = re.compile("|".join(f"(?:{_GROUP.sub('?:', r.pattern.pattern)})" for r in RULES))

_BEFORE: Final = re.compile(
    expand(
        "(phase=((THE|THIS|THAT)? (EARLY|MID|LATE) HYPHEN? (IN THE?)?|(THE)? (BEGIN|MIDDLE|END) OF THE?)"
        "|when=((EARLIER|LATER) IN?)|about=(APPROX|MORE THAN|AT LEAST|UP TO))"
    )
    + r"\Z"
)
_LONGEST_BEFORE: Final = 5
_DAY_THEN_CLOCK: Final = re.compile(expand("COMMA? (AT APPROX?|APPROX|IN|BY)?"))
_CLOCK_THEN_DAY: Final = re.compile(expand("(COMMA|ON|OF|COMMA ON|IN|TO)?"))
_THIRDS: Final = {"EARLY": 0, "BEGIN": 0, "MID": 1, "MIDDLE": 1, "LATE": 2, "END": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """A time and the words it covers."""

    first: int
    last: int
    time: Time


def _try_rules(words: Words, at: int, scene: Scene) -> tuple[int, Time | None, bool] | None:
    """Return where the best rule at word ``at`` ends, the time it makes, and whether that is only a comparison.

    None if no rule makes anything there.
    """
    matches = [(m, r) for r in RULES if (m := r.pattern.match(words.symbols, at)) and m.end() > at]
    matches.sort(key=lambda pair: -pair[0].end())
    for match, found in matches:
        try:
            time = found.build(Hit(words, match, scene))
        except NoTime:
            return match.end(), None, False
        if time is not None:
            return match.end(), time, _compares(found, time)
    return None


def _scan(words: Words, scene: Scene) -> Iterator[Item]:
    """Give times in text order, joining hours to days, and keep the scene's last date."""
    pending: Item | None = None
    at = 0
    while match := _ANY.search(words.symbols, at):
        first = match.start()
        found = _try_rules(words, first, scene)
        if found is None:
            at = first + 1
            continue
        at, time, compares = found
        if time is None:
            continue
        item = _widen(words, pending.last if pending else 0, Item(first, at, time))
        joined = _joined(words, pending, item) if pending else None
        if pending and joined is None:
            yield pending
        pending = joined or item
        if not compares:
            _remember(scene, pending.time)
    if pending:
        yield pending


def _compares(found: Rule, time: Time) -> bool:
    """Whether the time is only set against the one told ("from a year ago"), so that the story does not move there."""
    return found.name == "year-ago" or (found.name == "ago" and time.grain == "quarter")


def _remember(scene: Scene, time: Time) -> None:
    if time.kind == "DATE" and time.start is not None and time.grain is not None and time.value[:1].isdigit():
        units = {"day", "week", "month", "quarter", "season", "year"}
        if time.grain in units and "/" not in time.value:
            scene.last = period_of(time.grain, time.start)  # type: ignore[arg-type]
    elif time.kind == "TIME" and time.start is not None and time.start == time.end:
        scene.last = Period("day", time.start)


def _joined(words: Words, before: Item, item: Item) -> Item | None:
    """Join "Tuesday" and "10 a.m." (either order) into one time; None if they are two."""
    gap = words.symbols[before.last : item.first]
    if len(gap) > 2:
        return None
    if before.time.kind == "TIME" and is_day_value(item.time) and _CLOCK_THEN_DAY.fullmatch(gap):
        return Item(before.first, item.last, clock.join(item.time, before.time))
    if before.time.kind == "TIME" and _is_run_of_days(item.time) and _CLOCK_THEN_DAY.fullmatch(gap):
        # "the night of 3-4 January": named by the day it begins on
        day = msgspec.structs.replace(item.time, value=str(item.time.start))
        return Item(before.first, item.last, clock.join(day, before.time))
    if is_day_value(before.time) and item.time.kind == "TIME" and _DAY_THEN_CLOCK.fullmatch(gap):
        return Item(before.first, item.last, clock.join(before.time, item.time))
    return None


def _is_run_of_days(time: Time) -> bool:
    return time.kind == "DATE" and time.grain == "day" and "/" in time.value and time.start is not None


def _widen(words: Words, floor: int, item: Item) -> Item:
    """Take in "early", "the end of", "about" and the like before the expression."""
    low = max(floor, item.first - _LONGEST_BEFORE)
    match = _BEFORE.search(words.symbols[low : item.first])
    if match is None:
        return item
    first, time = low + match.start(), item.time
    if match.group("about"):
        good = time.kind in {"DURATION", "TIME"} or "ago" in words.low[item.first : item.last]
        return Item(first, item.last, time) if good else item
    if time.kind not in ("DATE", "TIME") or time.value.endswith("_REF"):
        return item
    if match.group("when"):
        good = words.is_a(item.first, "THIS", "THE", "TODAY", "YESTERDAY", "WD", "WDABBR", "LAST")
        return Item(first, item.last, time) if good else item
    if words.is_a(first - 1, "AS"):
        return item
    return Item(first, item.last, _narrow(time, match.group("phase")))


def _narrow(time: Time, phase: str) -> Time:
    """Narrow the interval of "early 1990" to its first third; a day stays a day."""
    which = next((n for name, n in _THIRDS.items() if SYMBOL[name] in phase), None)
    if which is None or time.start is None or time.end is None or (time.end - time.start).days < 6:
        return time
    start, end = third(time.start, time.end, which)
    reason = ("early", "middle", "late")[which] + f" part of {time.value}: a third of it"
    return msgspec.structs.replace(time, start=start, end=end, reasons=(*time.reasons, reason))


def _placed(words: Words, item: Item) -> Time:
    start, end = words.start[item.first], words.end[item.last - 1]
    return msgspec.structs.replace(item.time, text=words.text[start:end], span=(start, end))


def find_times(doc: Doc, *, published: date | None, around: date | None = None) -> tuple[Time, ...]:
    """Return the times ``doc.text`` tells, in text order, without overlap.

    ``published`` is the day relative expressions count from. Without it, the text's own dates may tell it
    (``anchor.py``), and every time counted from there is "inferred"; failing that, the unknown parts of a value are X
    and its interval is None. ``around`` is the first of the month in the report's address, if it has one. Only the text
    of ``doc`` is needed; its tags and tree are not. Values follow TIMEX3 (ISO-TimeML).
    """
    words = read_words(doc.text)
    if not _ANY.search(words.symbols):
        return ()
    if published is not None and published.year in YEARS:
        anchor = Anchor(published)
    else:
        unanchored = [(item.first, item.last, item.time) for item in _scan(words, Scene(words, None))]
        anchor = find_anchor(words, unanchored, around)
    items = list(_scan(words, Scene(words, anchor.day, guessed=anchor.guessed, around=anchor.around)))
    times = ranged(words, [(i.first, i.last, i.time) for i in items], anchor.day)
    return tuple(_placed(words, Item(i.first, i.last, t)) for i, t in zip(items, times, strict=True))
