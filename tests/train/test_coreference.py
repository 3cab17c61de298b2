"""Marks to offsets, and the fit of the coreference heads, on words of our own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.records import Report
from train.coreference import Choice, fit
from train.mark_coreference import Places, convert, kind_of

TEXT = "The militia left  Norport.\n\nIts men said\nthe militia was tired. The militia left again."
SENTENCES = {0: "The militia left Norport.", 1: "Its men said the militia was tired.", 2: "The militia left again."}


def test_marks_become_offsets_whatever_the_white_space() -> None:
    marks = {
        "article": "a",
        "chains": [
            {"who": "x", "kind": "group", "mentions": [[2, "The militia", 1], [0, "The militia", 1], [1, "Its", 1]]}
        ],
        "open": [[1, "said the militia", 1]],
    }
    row = convert(Report(text=TEXT, origin="folder/a.txt"), marks, SENTENCES)
    (chain,) = row["chains"]
    assert [TEXT[start:end] for start, end, _ in chain["mentions"]] == ["The militia", "Its", "The militia"]
    assert [kind for _, _, kind in chain["mentions"]] == ["nominal", "pronoun", "nominal"]
    assert chain["mentions"][2][0] > TEXT.index("tired"), "the second sentence that reads so, not the first"
    ((start, end, _),) = row["open"]
    assert TEXT[start:end] == "said\nthe militia" and row["article"] == "a.txt"
    assert "militia" not in re.sub(r'"kind"', "", str(row))


def test_words_that_are_not_there_are_refused() -> None:
    places = Places(TEXT, SENTENCES)
    with pytest.raises(ValueError, match="1 times, not 2"):
        places.span(0, "militia", 2)
    with pytest.raises(ValueError, match="0 times"):
        places.span(0, "militi", 1)
    with pytest.raises(ValueError, match="sentence 1"):
        Places(TEXT, {0: SENTENCES[2], 1: SENTENCES[0]})


@pytest.mark.parametrize(
    ("words", "kind"),
    [("He", "pronoun"), ("its", "pronoun"), ("Ann Lee", "name"), ("Interior Minister Ann Lee", "name"),
     ("the militia", "nominal"), ("the President", "nominal"), ("Police", "nominal"), ("the Red Cross", "name"),
     ("a man from Norport", "nominal"), ("comedian and actor Ben Moe", "name")],
)  # fmt: skip
def test_kinds(words: str, kind: str) -> None:
    assert kind_of(words) == kind


WORDS = st.lists(st.text("abcXYZ", min_size=1, max_size=5), min_size=1, max_size=12)


@given(WORDS, st.lists(st.sampled_from([" ", "  ", "\n", "\t \n"]), min_size=12, max_size=12), st.data())
def test_every_word_is_found_where_it_stands(words: list[str], gaps: list[str], data: st.DataObject) -> None:
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    at = data.draw(st.integers(0, len(words) - 1))
    start, end = Places(text, {0: " ".join(words)}).span(0, words[at], words[: at + 1].count(words[at]))
    assert text[start:end] == words[at]
    assert text[:start].split() == words[:at]


def test_a_head_learns_what_tells_and_when_nobody_is_meant() -> None:
    rows = [Choice("pronoun", (("near", "man"), ("far", "man")), (True, False))] * 40
    rows += [Choice("pronoun", (("near", "thing"), ("far", "thing")), (False, False))] * 40
    head = fit(rows, decay=0.1)

    def odds(*names: str) -> float:
        return head.bias + sum(head.weights.get(name, 0.0) for name in names)

    assert odds("near", "man") > 0 > odds("far", "man")
    assert odds("near", "thing") < 0
    assert fit(rows, decay=0.1).weights == head.weights
