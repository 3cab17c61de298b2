"""Which time an event happened at: the one its trigger's sentence gives, or only a bound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Token

from gesta.records import Time


def bounded(published: date | None) -> Time | None:
    """Return the honest time of an event that the text does not date: at some day up to publication."""
    if published is None:
        return None
    return Time(
        value=f"../{published}", basis="bounded", end=published, reasons=("no time stated: before publication",)
    )


def governing_time(
    times: Sequence[Time], *, sentence: tuple[int, int], trigger: int, doc: Doc | None = None
) -> Time | None:
    """Return the DATE or TIME of the trigger's own sentence that dates it, or None.

    ``sentence`` and ``trigger`` are code-point offsets (``trigger``: where the trigger begins). With a ``doc`` that has
    a tree, a time below the trigger wins over the nearest one; vague references ("recently") come last.
    """
    start, end = sentence
    inside = [t for t in times if t.span and t.kind in ("DATE", "TIME") and start <= t.span[0] and t.span[1] <= end]
    if not inside:
        return None
    ranks = {id(t): _attachment(doc, t, trigger) for t in inside}
    return min(inside, key=lambda t: (t.value.endswith("_REF"), ranks[id(t)], _distance(t, trigger)))


def _distance(time: Time, trigger: int) -> int:
    assert time.span is not None
    return max(time.span[0] - trigger, trigger - time.span[1], 0)


def _attachment(doc: Doc | None, time: Time, trigger: int) -> int:
    """Return 0 if the time hangs on the trigger, 1 if on a word above it, 2 if elsewhere or no tree tells."""
    if doc is None or time.span is None or not doc.has_annotation("DEP"):
        return 2
    told, word = (
        doc.char_span(*time.span, alignment_mode="expand"),
        doc.char_span(trigger, trigger + 1, alignment_mode="expand"),
    )
    if told is None or word is None:
        return 2
    head: Token = told.root.head
    if head == word[0]:
        return 0
    return 1 if head in list(word[0].ancestors) and head.pos_ in {"VERB", "AUX"} else 2
