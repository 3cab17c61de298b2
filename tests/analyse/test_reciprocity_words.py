"""What people read: each direction in words, the uncertainty with it, and no word of who is to blame."""

from __future__ import annotations

from datetime import date

import pytest

from gesta.analyse.reciprocity_words import tell, tell_too_little
from gesta.records.reciprocity import Answering, Estimate, Fitness, Influence, Reciprocity, Verdict


def influence(by: str, after: str, verdict: Verdict, high: float, half: tuple[float, float, float] | None) -> Influence:
    return Influence(
        by=by,
        after=after,
        strength=Estimate(best=0.42 if half else 0.04, low=0.2 if half else 0.0, high=high),
        half_life=None if half is None else Estimate(best=half[1], low=half[0], high=half[2]),
        verdict=verdict,
    )


def record(*across: Influence, badly: bool = False, same_day: float = 0.0) -> Reciprocity:
    word = Fitness(chance=0.01, word="fits badly") if badly else Fitness(chance=0.5, word="fits")
    sides = (
        Answering(side="USA", incidents=90, fitness=word),
        Answering(side="IRN", incidents=80, fitness=Fitness(chance=0.5, word="fits")),
    )
    return Reciprocity(sides=sides, first=date(2020, 1, 1), last=date(2021, 1, 1), influences=across, same_day=same_day)


@pytest.mark.parametrize(
    ("half", "words"),
    [
        ((1.2, 3.1, 6.4), "half of them within 3 days (1 to 6 days)."),
        ((0.2, 0.4, 1.1), "half of them in less than a day (at most 1 day)."),
        ((0.3, 5.0, 60.0), "half of them within 5 days (anything up to months)."),
        ((4.0, 20.0, 60.0), "half of them within 20 days (at least 4 days)."),
    ],
)
def test_how_fast_and_how_hard(half: tuple[float, float, float], words: str) -> None:
    sentence = tell(record(influence("IRN", "USA", "answers", 0.7, half)))
    assert sentence == (
        f"In this record, each incident by USA was followed by 0.4 (0.2 to 0.7) more by IRN than usual, {words} "
        "Whether one caused the other, the record can't tell."
    )


def test_silence_is_told_apart_from_ignorance() -> None:
    none = [influence("USA", "IRN", "no answer seen", 0.08, None), influence("IRN", "USA", "no answer seen", 0.2, None)]
    assert "no answer is seen either way: more than 0.08 more incidents by USA for each by IRN" in tell(record(*none))
    little = [influence("USA", "IRN", "too little to say", 0.9, None), none[1]]
    sentence = tell(record(*little))
    assert "too little can be told of USA answering IRN: anything from none to 0.9" in sentence
    assert "no answer by IRN to USA is seen, and more than 0.2" in sentence
    assert "Answers that take weeks" in sentence


def test_a_bad_fit_and_the_same_day_are_said() -> None:
    answers = influence("IRN", "USA", "answers", 0.7, (1.0, 2.0, 3.0))
    sentence = tell(record(answers, badly=True, same_day=0.25))
    assert "Take the numbers with care: the model fits the record of USA badly." in sentence
    assert "on the very day each incident comes with 0.2 of the other side's" in sentence


def test_what_is_lacking_is_named() -> None:
    assert tell_too_little(("USA", "IRN"), {"days watched": 56, "incidents": 12}) == (
        "Too little to say whether USA and IRN answer each other: it takes at least 56 days watched and 12 incidents "
        "of each side."
    )
