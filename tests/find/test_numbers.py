"""Number words as bounds, by the codebook's section 8; no model is needed, since words alone are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from gesta.annotate.tokens import blank_language
from gesta.find.numbers import parse_quantity, quantity

NLP = blank_language()
TAGS = {
    "the": "DET", "a": "DET", "an": "DET", "no": "DET", "another": "DET", "all": "DET", "of": "ADP", "and": "CCONJ",
    "young": "ADJ", "old": "ADJ", "other": "ADJ", "local": "ADJ", "Norland": "ADJ", "Sudrian": "ADJ", "-": "PUNCT",
    "nobody": "PRON", "killed": "VERB",
}  # fmt: skip


def counted(text: str) -> tuple[int, int | None, str] | None:
    found = parse_quantity(NLP(text), 0)
    return None if found is None else (found.low, found.high, found.span.text)


def phrase(text: str, *, nlp: Language = NLP) -> Doc:
    doc = nlp(text)
    for token in doc:
        token.is_sent_start = token.i == 0
        number = token.text[0].isdigit() or token.lower_ in {"three", "two", "four", "one", "dozens", "dozen"}
        token.pos_ = TAGS.get(token.lower_, TAGS.get(token.text, "NUM" if number else "NOUN"))
        if token.pos_ == "NOUN":
            token.set_morph("Number=Plur" if token.lower_.endswith("s") or token.lower_ == "people" else "Number=Sing")
    return doc


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("three miners", 3, 3, "three"),
        ("1,200 miners", 1200, 1200, "1,200"),
        ("2.5 million people", 2_500_000, 2_500_000, "2.5 million"),
        ("three lakh people", 300_000, 300_000, "three lakh"),
        ("twenty-five nurses", 25, 25, "twenty-five"),
        ("one hundred and twenty nurses", 120, 120, "one hundred and twenty"),
        ("two hundred thousand people", 200_000, 200_000, "two hundred thousand"),
        ("at least 20 people", 20, None, "at least 20"),
        ("no fewer than 20 people", 20, None, "no fewer than 20"),
        ("more than 20 people", 21, None, "more than 20"),
        ("over 20 people", 21, None, "over 20"),
        ("up to 40 people", 0, 40, "up to 40"),
        ("as many as 30 people", 0, 30, "as many as 30"),
        ("fewer than 10 people", 0, 9, "fewer than 10"),
        ("nearly 100 people", 90, 100, "nearly 100"),
        ("about 300 people", 270, 330, "about 300"),
        ("some 4,000 people", 3600, 4400, "some 4,000"),
        ("300 or so people", 270, 330, "300 or so"),
        ("20 or more people", 20, None, "20 or more"),
        ("a couple of men", 2, 2, "a couple"),
        ("several men", 3, 9, "several"),
        ("a few men", 3, 9, "a few"),
        ("a dozen men", 12, 12, "a dozen"),
        ("half a dozen men", 6, 6, "half a dozen"),
        ("two dozen men", 24, 24, "two dozen"),
        ("more than two dozen men", 25, None, "more than two dozen"),
        ("dozens of men", 24, 99, "dozens"),
        ("scores of men", 40, 199, "scores"),
        ("hundreds of men", 200, 999, "hundreds"),
        ("thousands of men", 2000, 9999, "thousands"),
        ("tens of thousands of men", 20_000, 99_999, "tens of thousands"),
        ("several hundred men", 300, 900, "several hundred"),
        ("between 10 and 15 men", 10, 15, "between 10 and 15"),
        ("10 to 15 men", 10, 15, "10 to 15"),
        ("10-15 men", 10, 15, "10-15"),
        ("two or three hundred men", 200, 300, "two or three hundred"),
        ("10,000-strong crowd", 10_000, 10_000, "10,000"),
    ],
)
def test_bounds(text: str, low: int, high: int | None, words: str) -> None:
    assert counted(text) == (low, high, words)


@pytest.mark.parametrize(
    "text",
    ["5 percent of voters", "3 % more", "20-year-old man", "three-day strike", "10 days", "2.5 people", "0 people",
     "zero casualties", "miners", "the 20 miners", "more miners", "2-1 win", "99999999999 people", "a man"],
)  # fmt: skip
def test_no_count(text: str) -> None:
    assert counted(text) is None


def test_money_and_years_are_no_counts() -> None:
    assert parse_quantity(NLP("$ 20 million"), 1) is None
    assert parse_quantity(NLP("in 2003 soldiers came"), 1) is None
    found = parse_quantity(NLP("killed 2003 soldiers"), 1)
    assert found is not None
    assert found.low == 2003


@pytest.mark.parametrize(
    ("text", "head", "low", "high", "words"),
    [
        ("at least 20 local people", "people", 20, None, "at least 20"),
        ("three of the 14 miners", "miners", 3, 3, "three"),
        ("dozens of miners", "dozens", 24, 99, "dozens"),
        ("190 Norland and Sudrian miners", "miners", 190, 190, "190"),
        ("two 19-year-old nurses", "nurses", 2, 2, "two"),
        ("another 12 nurses", "nurses", 12, 12, "12"),
        ("a young soldier", "soldier", 1, 1, "a"),
        ("a 20-year-old soldier", "soldier", 1, 1, "a"),
        ("killed soldiers", "soldiers", 2, None, "soldiers"),
        ("four soldiers and several nurses", "nurses", 3, 9, "several"),
    ],
)
def test_of_a_noun_phrase(text: str, head: str, low: int, high: int | None, words: str) -> None:
    doc = phrase(text)
    found = quantity(doc, next(token for token in doc if token.text == head))
    assert found is not None
    assert (found.low, found.high, found.span.text) == (low, high, words)


@pytest.mark.parametrize(
    ("text", "head"), [("no soldiers", "soldiers"), ("nobody", "nobody"), ("the soldier", "soldier")]
)
def test_none_of_a_noun_phrase(text: str, head: str) -> None:
    doc = phrase(text)
    assert quantity(doc, next(token for token in doc if token.text == head)) is None


@given(st.integers(1, 9_999_999), st.booleans())
def test_any_number_is_itself(number: int, commas: bool) -> None:
    found = parse_quantity(NLP(f"{number:,} people" if commas else f"{number} people"), 0)
    assert found is not None
    assert (found.low, found.high) == (number, number)


WORDS = [
    "at", "least", "more", "than", "two", "dozen", "hundred", "and", "-", "to", "of", "about", "3.5", "1,000",
    "million", "tens", "thousands", "a", "few", "between", "or", "so", "%", "up", "twenty", "both", "no",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
def test_bounds_never_cross_and_stay_inside(words: list[str]) -> None:
    doc = Doc(NLP.vocab, words=words)
    for start in range(len(doc)):
        found = parse_quantity(doc, start)
        if found is not None:
            assert found.span.start == start
            assert found.high is None or 0 <= found.low <= found.high


def test_a_number_without_end_counts_nothing() -> None:
    for digits in ("9" * 10, "9" * 10_000, "1," * 3_000 + "000", "9" * 5_000 + ".5"):
        assert parse_quantity(NLP(f"{digits} people"), 0) is None
