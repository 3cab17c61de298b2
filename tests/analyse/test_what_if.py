"""One incident more or less: what the model expects, and how it is said."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from gesta.analyse.counts import Counts
from gesta.analyse.forecasts import forecast
from gesta.analyse.what_if import Change, what_if
from gesta.errors import UsageError


@pytest.fixture(scope="module")
def counts() -> Counts:
    """B answers each act of A with 0.6 acts a week later; A answers nothing."""
    rng = np.random.default_rng(1)
    first = rng.poisson(8, 241)
    series = {"A": first[1:], "B": rng.poisson(2 + 0.6 * first[:-1]), "none": np.zeros(240, dtype=int)}
    return Counts.of(date(2015, 1, 5), "week", series)


def test_one_more_brings_its_answer(counts: Counts) -> None:
    made = what_if(counts, Change("A", 200, 1), 4)
    answer = next(effect for effect in made.effects if effect.series == "B" and effect.ahead == 1)
    assert answer.start == counts.day(201)
    assert answer.difference == pytest.approx(0.6, abs=0.2)
    assert 0 < answer.low <= answer.difference <= answer.high
    assert answer.low < 0.6 < answer.high
    assert "in B (" in made.sentence
    assert "conditional expectation" in made.sentence
    assert "no forecast of what would have happened" in made.sentence


def test_one_fewer_is_the_mirror_of_one_more(counts: Counts) -> None:
    more, fewer = (what_if(counts, Change("A", 200, by), 3) for by in (1, -1))
    assert [e.difference for e in more.effects] == pytest.approx([-e.difference for e in fewer.effects])
    assert [e.expected for e in more.effects] == [e.expected for e in fewer.effects]


def test_nothing_changed_is_exactly_nothing(counts: Counts) -> None:
    made = what_if(counts, Change("A", 200, 0), 3)
    assert {(e.difference, e.low, e.high) for e in made.effects} == {(0.0, 0.0, 0.0)}
    assert {(s.difference, s.low, s.high) for s in made.sums} == {(0.0, 0.0, 0.0)}
    assert made.sentence == "Nothing is changed, so nothing differs."


def test_same_in_same_out(counts: Counts) -> None:
    assert what_if(counts, Change("B", 239, 1), 2) == what_if(counts, Change("B", 239, 1), 2)


def test_a_model_that_beat_nothing_is_marked(counts: Counts) -> None:
    told = forecast(counts, 1)
    assert told.beats
    assert "give this little weight" not in what_if(counts, Change("A", 70, 1), 1, told).sentence
    doubted = replace(told, prospects=tuple(replace(prospect, beats=False) for prospect in told.prospects))
    assert "forecasts of B did not beat a baseline" in what_if(counts, Change("A", 70, 1), 1, doubted).sentence


def test_too_short_a_history_says_so() -> None:
    made = what_if(Counts.of(date(2015, 1, 5), "week", {"A": np.ones(20, dtype=int)}), Change("A", 3, 1))
    assert made.effects == ()
    assert made.sentence.startswith("Too little to forecast: 20 weeks known")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("C", 3, 1), "no series 'C'"),
        (Change("A", 240, 1), "cannot change period 240"),
        (Change("A", 3, 2), "by 2"),
        (Change("none", 3, -1), "no incident of none in the week of 2015-01-26"),
    ],
)
def test_what_cannot_be_changed(counts: Counts, change: Change, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        what_if(counts, change)


def test_horizons_out_of_bounds(counts: Counts) -> None:
    with pytest.raises(UsageError, match="1 to 12"):
        what_if(counts, Change("A", 3, 1), 13)
