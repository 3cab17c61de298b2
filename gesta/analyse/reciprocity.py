"""Measure who answers whom, how strongly and how fast, from the days of two sides' incidents.

Two questions are kept apart. **Whether** a side answers is asked of a model that lets everything else explain as much
as it can (``evidence``). The bar it must clear is set by simulation, so that of dyads that do not answer each other at
most 5 in 100 are called so, be they bursty, moved by the same war seasons, stepped up together or told less on weekends
(``python benchmarks/hawkes.py``). **How strongly and how fast** is estimated with a constant background unless the
record clearly speaks against it, with intervals that hold the truth in 95 of 100 such dyads (``profile``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np

from gesta.analyse.evidence import BAR, weigh
from gesta.analyse.fitness import BADLY, fitness
from gesta.analyse.hawkes import ALONE, PAIRED, Array, Daily, Fit, day_weights, decayed, fit, intensity, usual_starts
from gesta.analyse.level import PERIODS, common_level, freedom, weekday_factors
from gesta.analyse.profile import COST, cost, profile
from gesta.analyse.reciprocity_words import tell, tell_too_little
from gesta.errors import UsageError
from gesta.records.reciprocity import Answering, Estimate, Fitness, Influence, Reciprocity, Verdict

#: Below these nothing is fitted. They are set low by choice: even at 60 incidents a side only quick and strong answers
#: are found (``python benchmarks/hawkes.py --part power``), but a rare side may still answer a busy one plainly.
FEWEST, FEWEST_DAYS, SHORTEST_RECORD = 12, 8, 56
#: To enter the estimates a slow background must gain this much twice the log-likelihood, and so much more for each
#: degree of freedom.
ENTRY, PRICE = 6.0, 4.0
#: How often the slow background is estimated anew from the incidents that it and not others brought.
DECLUSTERINGS = 3
#: The same for coincidences on the very day.
PAIRED_BAR = 6.6
#: If even this many answers to each incident, or this share of a side's incidents, cannot be ruled out, "no answer
#: seen" would say more than the record does.
MUCH = 0.4
ROUNDS = 99
#: A strength below this is what the search leaves of nothing.
_NOTHING = 1e-6
_ACROSS = (3, 4)


@dataclass(frozen=True)
class _Estimated:
    """The model that the estimates are of."""

    daily: Daily
    best: Fit
    held: dict[int, float]
    period: float


def measure_reciprocity(
    of_first: Iterable[date],
    of_second: Iterable[date],
    first: date,
    last: date,
    names: tuple[str, str],
    *,
    rounds: int = ROUNDS,
) -> Reciprocity:
    """Return how two sides answer each other between the first and the last day watched, both included.

    ``of_first`` are the days of incidents by the first side against the second, ``of_second`` the other way round; a
    day comes once for each incident. Days that were not watched are left out. ``rounds`` is how many dyads are
    simulated to judge the fit; 0 leaves it unjudged. Raises ``UsageError`` if the last day is before the first.
    """
    if last < first:
        raise UsageError(
            f"the last day watched, {last}, is before the first, {first}", remedy="Give the earlier day first"
        )
    days = (last - first).days + 1
    counts = np.stack([_by_day(dates, first, days) for dates in (of_first, of_second)])
    sides = [Answering(side=name, incidents=int(own.sum())) for name, own in zip(names, counts, strict=True)]
    lacking = _too_little(counts)
    if lacking:
        return Reciprocity(sides=(sides[0], sides[1]), first=first, last=last, sentence=tell_too_little(names, lacking))
    told = weekday_factors(counts, first.weekday())
    evidence = weigh(counts, first.weekday())
    model = _estimated(counts, told)
    influences = tuple(_influence(model, which, names, evidence.gained) for which in range(4))
    draw = np.random.default_rng(np.frombuffer(hashlib.sha256(counts.tobytes()).digest(), dtype=np.uint32))
    chances = fitness(model.daily, model.best, model.held, draw, rounds) if rounds else None
    across = {one.verdict for one in influences if one.verdict}
    result = Reciprocity(
        sides=(_side(model, 0, names, influences, chances), _side(model, 1, names, influences, chances)),
        first=first,
        last=last,
        influences=influences,
        swings=int(model.period) if np.isfinite(model.period) else None,
        unsettled=bool(np.isfinite(evidence.period) and not np.isfinite(model.period)),
        same_day=float(model.best.parameters[PAIRED]),
        verdict="answers" if "answers" in across else across.pop() if len(across) == 1 else "too little to say",
    )
    return msgspec.structs.replace(result, sentence=tell(result))


def _by_day(dates: Iterable[date], first: date, days: int) -> Array:
    at = np.array([(one - first).days for one in dates], dtype=np.int64)
    at = at[(at >= 0) & (at < days)]
    return np.bincount(at, minlength=days).astype(np.float64)


def _too_little(counts: Array) -> dict[str, int]:
    """What there is too little of, with what it would take: of each side, of its days, or of days watched."""
    lacking = {}
    if counts.shape[1] < SHORTEST_RECORD:
        lacking["days watched"] = SHORTEST_RECORD
    if counts.sum(axis=1).min() < FEWEST:
        lacking["incidents"] = FEWEST
    elif (counts > 0).sum(axis=1).min() < FEWEST_DAYS:
        lacking["days with an incident"] = FEWEST_DAYS
    return lacking


def _estimated(counts: Array, told: Array) -> _Estimated:
    """Choose between a constant and the slow background, and whether the very day has coincidences of its own."""
    daily = Daily(counts, np.ones_like(counts), told)
    best, held = _better(daily, fit(daily, usual_starts(daily))), dict(ALONE)
    constant, chosen, most = best, np.inf, 0.0
    for longer in (one for one in PERIODS if np.isfinite(one)):
        slow, found = _declustered(counts, told, longer, constant)
        gained = 2 * (found.likelihood - constant.likelihood) - ENTRY
        gained -= PRICE * (freedom(counts.shape[1], longer) - 1)
        if gained > most:
            daily, best, chosen, most = slow, found, longer, gained
    if np.isfinite(chosen):
        best = _better(daily, best)
    paired = fit(daily, (best.parameters, *usual_starts(daily)[:1]), held={})
    if 2 * (paired.likelihood - best.likelihood) > PAIRED_BAR:
        best, held = paired, {}
    return _Estimated(daily, best, held, chosen)


def _declustered(counts: Array, told: Array, period: float, constant: Fit) -> tuple[Daily, Fit]:
    """Fit a slow background that both share: smooth what nothing brought, by the last fit, and fit again."""
    daily = Daily(counts, common_level(counts, period), told)
    found = fit(daily, (constant.parameters, usual_starts(daily)[0]))
    for _ in range(DECLUSTERINGS):
        unbrought = found.background[:, None] * daily.level / intensity(daily, found.parameters)[1]
        daily = Daily(counts, common_level(counts * unbrought, period), told)
        found = fit(daily, (found.parameters,))
    return daily, found


def _better(daily: Daily, found: Fit) -> Fit:
    """Look once more from where one influence is left out: the likelihood can have several tops."""
    for which in range(2, 6):
        start = found.parameters.copy()
        start[which] = 0.02
        again = fit(daily, (start,))
        found = again if again.likelihood > found.likelihood else found
    return found


def _influence(model: _Estimated, which: int, names: tuple[str, str], gained: tuple[float, float]) -> Influence:
    """One of the four influences with its intervals and, across, its verdict."""
    by, after = divmod(which, 2)
    at = which + 2
    best = float(model.best.parameters[at])
    best = best if best > _NOTHING else 0.0
    low, high = profile(model.daily, model.best, at, model.held)
    if best == 0.0 or cost(model.daily, model.best, at, 0.0, model.held) <= COST:
        low = 0.0
    half = None
    if low > 0:
        shorter, longer = np.exp(profile(model.daily, model.best, at + 4, model.held))
        half = Estimate(best=float(model.best.half_life[by, after]), low=float(shorter), high=float(longer))
    verdict: Verdict | None = None
    ratio = None
    if by != after:
        ratio = gained[by]
        much = high * max(1.0, float(model.daily.counts[after].sum() / model.daily.counts[by].sum()))
        if ratio > BAR and low > 0:
            verdict = "answers"
        else:
            verdict = "too little to say" if much > MUCH or low > 0 or ratio > BAR else "no answer seen"
    return Influence(
        by=names[by],
        after=names[after],
        strength=Estimate(best=best, low=min(low, best), high=max(high, best)),
        half_life=half,
        verdict=verdict,
        ratio=ratio,
    )


def _side(
    model: _Estimated,
    side: int,
    names: tuple[str, str],
    influences: tuple[Influence, ...],
    chances: tuple[float, float] | None,
) -> Answering:
    """What is known of one side: its background, the share of its incidents that answer, the fit."""
    counts = model.daily.counts
    low, high = np.exp(profile(model.daily, model.best, side, model.held))
    across = influences[_ACROSS[side] - 2].strength
    same, following, factor = day_weights(float(model.best.half_life[side, 1 - side]))
    other = counts[1 - side]
    each = float(np.sum(model.daily.told * (same * other + following * decayed(other, factor))) / counts[side].sum())
    chance = None if chances is None else chances[side]
    return Answering(
        side=names[side],
        incidents=int(counts[side].sum()),
        background=Estimate(best=float(model.best.background[side]) * 7, low=float(low) * 7, high=float(high) * 7),
        answering=Estimate(
            best=min(1.0, across.best * each), low=min(1.0, across.low * each), high=min(1.0, across.high * each)
        ),
        fitness=None if chance is None else Fitness(chance=chance, word="fits badly" if chance < BADLY else "fits"),
    )
