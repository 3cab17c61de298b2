"""Responses that no text states, inferred from the history of a dyad; always marked so, never mixed with stated ones.

After an act of A against B, the next act of the same sign of B against A within the dyad's usual lag may be its
answer. How much that says depends on how busy both are anyhow: the strength is the chance that acts coming by
themselves, at the usual rates of both sides, would *not* have come so close, exp(-(rate of A + rate of B) x lag). Too
short a history gives no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from statistics import median

from gesta.records import Response
from gesta.store import Store

#: Acts that each side must have done to the other before anything is inferred.
FEWEST = 4
#: An answer later than this many days is no answer that a history of days could show.
LATEST = 30
#: Inferred answers weaker than this are not told.
WEAKEST = 0.5


@dataclass(frozen=True, slots=True)
class Act:
    """One incident of a dyad: its id and first day."""

    incident: str
    day: date


def infer_answers(store: Store, incident: str) -> list[Response]:
    """Return what may answer this incident, and what it may answer itself, by the history of its dyads.

    Dyads are of countries; an act within one country has none. Sorted by strength.
    """
    found: dict[tuple[str, str], Response] = {}
    for source, target, conflict in store.query_named("dyads_of", {"incident": incident}):
        there = _acts(store, source, target, conflict)
        back = _acts(store, target, source, conflict)
        for response in [*likely_answers(there, back), *likely_answers(back, there)]:
            if incident in (response.cause, response.answer):
                key = (response.cause, response.answer)
                if key not in found or found[key].confidence < response.confidence:
                    found[key] = response
    return sorted(found.values(), key=lambda r: (-r.confidence, r.cause, r.answer))


def _acts(store: Store, source: str, target: str, conflict: bool) -> list[Act]:
    rows = store.query_named("acts", {"source": source, "target": target, "conflict": conflict})
    return [Act(identity, day) for identity, day in rows]


def likely_answers(acts: Sequence[Act], answers: Sequence[Act]) -> list[Response]:
    """Return the next answer to each act, where it comes within the usual lag and its strength is worth telling."""
    if len(acts) < FEWEST or len(answers) < FEWEST:
        return []
    span = (max(a.day for a in (*acts, *answers)) - min(a.day for a in (*acts, *answers))).days + 1
    rate = (len(acts) + len(answers)) / span
    nexts = [(act, answer) for act in acts if (answer := _next(act, answers)) is not None]
    if not nexts:
        return []
    usual = max(1.0, 2 * median((answer.day - act.day).days for act, answer in nexts))
    found = []
    for act, answer in nexts:
        lag = (answer.day - act.day).days
        strength = round(exp(-rate * lag), 3)
        if lag <= usual and strength >= WEAKEST:
            found.append(
                Response(cause=act.incident, answer=answer.incident, basis="inferred", lag=lag, confidence=strength)
            )
    return found


def _next(act: Act, answers: Sequence[Act]) -> Act | None:
    """The first answer after an act, not on the same day: which came first on one day is not known."""
    later = (answer for answer in answers if 0 < (answer.day - act.day).days <= LATEST)
    return min(later, key=lambda answer: (answer.day, answer.incident), default=None)
