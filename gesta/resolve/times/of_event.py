"""Which times of a sentence may be an event's own, for ``governing.py`` to choose, and the bound where none is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Span, Token

from gesta.annotate.datelines import after_dateline
from gesta.records import Time
from gesta.resolve.times.anchor import YEARS


def bounded(published: date | None) -> Time | None:
    """Return the honest time of an event that the text does not date: at some day up to publication.

    A day of publication that can only be a mistake (year 1, year 9999) bounds nothing.
    """
    if published is None or published.year not in YEARS:
        return None
    return Time(
        value=f"../{published}", basis="bounded", end=published, reasons=("no time stated: before publication",)
    )


def candidates(times: Sequence[Time], doc: Doc, trigger: Token) -> list[tuple[Time, Span, str]]:
    """Return the times of the trigger's sentence that may be its event's, each with its words and TIMEX3 type.

    Left out are repeated times ("every Monday"), the dateline's day, which is that of writing, and lengths of time that
    nothing says the event took ("a week before the vote").
    """
    sentence = trigger.sent
    begin = doc[after_dateline(sentence)].idx
    found: list[tuple[Time, Span, str]] = []
    for time in times:
        if time.span is None or time.kind == "SET" or not begin <= time.span[0] < sentence.end_char:
            continue
        span = doc.char_span(*time.span, alignment_mode="expand")
        if span is None or _lasts_only(time, span):
            continue
        if not span.start <= trigger.i < span.end:
            found.append((time, span, time.kind))
    return found


_TAKING = frozenset({"for", "over", "during", "within", "in", "throughout"})


def _lasts_only(time: Time, words: Span) -> bool:
    """Whether a duration tells neither when nor how long the event was."""
    if time.kind != "DURATION" or time.start is not None or time.end is not None:
        return False
    before = words.doc[words.start - 1].lower_ if words.start else ""
    return "X" in time.value or before not in _TAKING
