"""How two sides answer each other, measured from the days of their incidents."""

from __future__ import annotations

from datetime import date
from typing import Literal

from gesta.records.base import Frozen

Verdict = Literal["answers", "no answer seen", "too little to say"]
Word = Literal["fits", "fits badly"]


class Estimate(Frozen, frozen=True):
    """A number with its 95% interval, both ends included."""

    best: float
    low: float
    high: float


class Influence(Frozen, frozen=True):
    """What one incident of side ``after`` brings directly of side ``by``; both are the same for a side's own."""

    by: str
    after: str
    strength: Estimate
    """Mean number of further incidents, beside those that these bring in turn (the branching ratio)."""
    half_life: Estimate | None = None
    """Days in which half of them have come, between 0.2 and 60; None where the strength cannot be told from nothing."""
    verdict: Verdict | None = None
    """Of the two that go across; None for a side's own."""
    ratio: float | None = None
    """Twice the log-likelihood gained by this influence across, the slow common level and the very day left aside."""


class Fitness(Frozen, frozen=True):
    """How well the model's waiting times agree with those of the record (time-rescaling)."""

    chance: float
    """Share of dyads simulated from the model that agree no better (Kolmogorov-Smirnov)."""
    word: Word


class Answering(Frozen, frozen=True):
    """One of the two sides."""

    side: str
    incidents: int
    background: Estimate | None = None
    """Incidents a week that nothing in the record brings, on average."""
    answering: Estimate | None = None
    """Share of its incidents that are direct answers to the other side's, by the model."""
    fitness: Fitness | None = None


class Reciprocity(Frozen, frozen=True):
    """Who answers whom, how strongly and how fast, between the first and the last day watched.

    ``influences`` are of the first side after the first, of the first after the second, of the second after the first,
    of the second after the second; empty if there is too little to fit. That one thing follows another more often than
    usual does not show that it was caused by it.
    """

    sides: tuple[Answering, Answering]
    first: date
    last: date
    influences: tuple[Influence, ...] = ()
    swings: int | None = None
    """Days over which common slow rises and falls were let into the background; None if it is constant."""
    unsettled: bool = False
    """Whether slow rises and falls of the sides would explain the record well, but the estimates do not know them: part
    of a strength may be such a swing."""
    same_day: float = 0.0
    """Incidents of the other side beside each one on the very day, whoever began, that no answer explains."""
    verdict: Verdict = "too little to say"
    """"answers" if at least one side does."""
    sentence: str = ""
    """One to three sentences for people, with the uncertainty, or why there is too little to say."""

    @property
    def days(self) -> int:
        """Days watched."""
        return (self.last - self.first).days + 1
