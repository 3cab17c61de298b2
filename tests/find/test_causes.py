"""Cause and effect in a sentence: spans that do not overlap, known cases, and that nothing depends on chance."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.annotate.model import Model
from gesta.coder import Coder
from gesta.errors import ModelError
from gesta.find.causes import CauseNetworks, tell_causes
from gesta.find.causes.decode import arguments, signal
from gesta.find.causes.networks import CAUSE, EFFECT

STRIKE = "Dockers in Eastport walked out on Monday because the company had cut their wages."
PLAIN = "The committee meets on the second floor of the old customs house."


@pytest.fixture(scope="module")
def networks(coder: Coder) -> CauseNetworks:
    return CauseNetworks(coder.model.causes)


def logs(sorts: list[int], sure: float = 0.9) -> np.ndarray:
    chances = np.full((len(sorts), 5), (1 - sure) / 4, dtype=np.float32)
    chances[np.arange(len(sorts)), sorts] = sure
    return np.log(chances)


def test_the_runs_are_read_off() -> None:
    assert arguments(logs([0, CAUSE, CAUSE + 1, 0, EFFECT, EFFECT + 1])) == ((1, 3), (4, 6))
    assert arguments(logs([EFFECT, EFFECT + 1, 0, CAUSE, 0])) == ((3, 4), (0, 2))
    assert arguments(logs([EFFECT, CAUSE])) == ((1, 2), (0, 1))


def test_one_run_of_each_even_where_none_is_likely() -> None:
    found = arguments(logs([0, 0, 0, 0]))
    assert found is not None
    cause, effect = found
    assert cause[1] <= effect[0] or effect[1] <= cause[0]
    assert arguments(logs([0])) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 7), st.integers(0, 10_000))
def test_no_other_pair_of_runs_is_likelier(size: int, seed: int) -> None:
    scores = np.log(np.random.default_rng(seed).dirichlet(np.ones(5), size)).astype(np.float32)

    def total(cause: tuple[int, int], effect: tuple[int, int]) -> float:
        sorts = np.zeros(size, dtype=np.int64)
        for sort, (start, end) in ((CAUSE, cause), (EFFECT, effect)):
            sorts[start:end] = sort + 1
            sorts[start] = sort
        return float(scores[np.arange(size), sorts].sum())

    runs = list(itertools.combinations(range(size + 1), 2))
    best = max(total(one, two) for one in runs for two in runs if one[1] <= two[0] or two[1] <= one[0])
    found = arguments(scores)
    assert found is not None
    assert math.isclose(total(*found), best, abs_tol=1e-4)


def test_the_signal_at_the_anchor_comes_first() -> None:
    chances = np.array([0.9, 0.9, 0.1, 0.6, 0.2], dtype=np.float32)
    assert signal(chances, 3) == (3, 4)
    assert signal(chances, 2) == (0, 2)
    assert signal(np.zeros(3, dtype=np.float32), 0) is None


def test_a_stated_cause_is_told_with_its_words(coder: Coder) -> None:
    [found] = coder.causes(f"{PLAIN} {STRIKE}")
    text = f"{PLAIN} {STRIKE}"
    cause, effect = (text[slice(*span)] for span in (found.cause, found.effect))
    assert "cut their wages" in cause
    assert effect.startswith("Dockers in Eastport walked out")
    assert found.signal is not None
    assert text[slice(*found.signal)] == "because"
    assert text[slice(*found.sentence)] == STRIKE
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    "sentence",
    [
        STRIKE,
        "Villagers blocked the road to demand clean water.",
        "Three people died as a result of the blast.",
        "The flood forced hundreds of families to leave their homes.",
        "Teachers marched in protest at the new law, leading to clashes with police.",
    ],
)
def test_what_states_a_cause_is_likelier_to_than_what_does_not(coder: Coder, sentence: str) -> None:
    assert coder.causal(sentence) > 0.5 > coder.causal(PLAIN)


def test_a_purpose_is_the_cause_and_what_is_done_for_it_the_effect(coder: Coder) -> None:
    text = "Villagers blocked the road to demand clean water."
    [found] = coder.causes(text)
    assert text[slice(*found.effect)].startswith("Villagers blocked")
    assert "demand clean water" in text[slice(*found.cause)]


def test_a_text_without_words_states_nothing(coder: Coder) -> None:
    assert coder.causes("") == coder.causes(" \n ") == ()
    assert coder.causal("") == 0.0
    assert coder.causes("Rain.") == ()


def test_the_same_text_is_told_the_same_by_networks_made_anew(coder: Coder, networks: CauseNetworks) -> None:
    first = tell_causes(coder.nlp(STRIKE), networks)
    again = tell_causes(coder.nlp(STRIKE), CauseNetworks(coder.model.causes))
    assert first == again
    assert coder.causes(STRIKE) == coder.causes(STRIKE)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from("riots because prices rose , so police fired . \n “ to x ” killed".split(" ")), max_size=25
    )
)
def test_spans_lie_in_their_sentence_and_apart(coder: Coder, words: list[str]) -> None:
    text = " ".join(words)
    for found in coder.causes(text):
        for start, end in (found.cause, found.effect, found.signal or found.cause):
            assert found.sentence[0] <= start < end <= found.sentence[1] <= len(text)
        assert found.cause[1] <= found.effect[0] or found.effect[1] <= found.cause[0]


def test_offsets_are_of_the_settled_text(coder: Coder) -> None:
    settled = coder.causes(STRIKE)
    assert coder.causes("\u200b" + STRIKE) == settled


def test_a_model_without_the_networks_says_so(tmp_path: Path) -> None:
    model = Model.__new__(Model)
    model._folder = tmp_path
    with pytest.raises(ModelError, match="cause and effect"):
        _ = model.causes
