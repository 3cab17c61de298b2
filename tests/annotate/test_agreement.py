"""Mentions of one article agree on the class of a name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.annotate.agreement import Mention, agree, chances

CLASSES = ("Date", "Location", "Organization", "Person")
LABELS = ("O", *(f"{prefix}-{c}" for c in CLASSES for prefix in "BI"))


def mention(words: str, **sure: float) -> Mention:
    shares = np.array([sure.get(c, 0.01) for c in CLASSES], dtype=np.float32)
    best = CLASSES[int(shares.argmax())]
    return Mention((0, len(words.split()), best), tuple(words.split()), np.log(shares / shares.sum()))


def test_the_many_and_sure_outvote_the_one() -> None:
    mentions = [mention("Vozy", Organization=0.9), mention("Vozy", Organization=0.8), mention("Vozy", Person=0.6)]
    assert agree(mentions, CLASSES) == ["Organization"] * 3


def test_a_surname_follows_the_full_name() -> None:
    mentions = [mention("Amina Sesay", Person=0.98), mention("Sesay", Location=0.5, Person=0.3)]
    assert agree(mentions, CLASSES) == ["Person", "Person"]


def test_a_surname_that_is_surely_a_place_stays_one() -> None:
    place = [mention("Paris", Location=0.97) for _ in range(4)]
    assert agree([mention("Geoffrey Paris", Person=0.9), *place], CLASSES) == ["Person", *["Location"] * 4]


def test_dates_speak_for_themselves() -> None:
    mentions = [mention("May", Date=0.9), mention("May", Person=0.95), mention("May", Person=0.95)]
    assert agree(mentions, CLASSES) == ["Date", "Person", "Person"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(CLASSES)), max_size=12))
def test_a_name_met_once_keeps_its_class(drawn: list[tuple[str, str]]) -> None:
    mentions = [mention(word, **{label: 0.9}) for word, label in drawn]
    for m, label in zip(mentions, agree(mentions, CLASSES), strict=True):
        if sum(other.surface == m.surface for other in mentions) == 1:
            assert label == m.name[2]


def test_chances_are_of_the_whole_span() -> None:
    logits = np.zeros((3, len(LABELS)), dtype=np.float32)
    logits[1, LABELS.index("B-Organization")] = 4
    logits[2, LABELS.index("I-Organization")] = 4
    found = chances(logits, LABELS, CLASSES, (1, 3, "Organization"))
    assert CLASSES[int(found.argmax())] == "Organization"
    assert np.exp(found).sum() == pytest.approx(1, abs=1e-3)
