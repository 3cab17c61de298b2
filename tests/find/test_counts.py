"""Aggregates: how many acts one event stands for."""

from __future__ import annotations

import pytest

from gesta.coder import Coder
from gesta.find.counts import find_count
from gesta.find.drafts import Draft
from gesta.find.numbers import number_word


@pytest.mark.parametrize(
    ("text", "word", "count", "words"),
    [
        ("The militia launched 11 attacks on troops within two months.", "attacks", 11, "11"),
        ("The army carried out at least six raids on villages.", "raids", 6, "at least six"),
        ("Monitors recorded 1,170 cases of torture in the prison.", "torture", 1170, "1,170"),
        ("Rebels attacked the post three times in a week.", "attacked", 3, "three times"),
        ("Lawmakers summoned the governor twice this year.", "summoned", 2, "twice"),
        ("Rebels attacked the post on Monday.", "attacked", 1, ""),
        ("An attack on the post killed 11 soldiers.", "attack", 1, ""),
        ("There were attacks on the post.", "attacks", 1, ""),
        ("Dozens of attacks were reported.", "attacks", 1, ""),
    ],
)
def test_how_many_acts_the_text_tells(coder: Coder, text: str, word: str, count: int, words: str) -> None:
    doc = coder.nlp(text)
    draft = Draft(next(token for token in doc if token.text == word), "ASSAULT", 1.0)
    find_count(draft)
    assert draft.count == count
    assert [found.text for field, found in draft.cues if field == "count"] == ([words] if words else [])


def test_a_number_word() -> None:
    assert (number_word("seven"), number_word("14"), number_word("several"), number_word("attack")) == (
        7,
        14,
        None,
        None,
    )
