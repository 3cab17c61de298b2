"""Times: what holds for any text."""

from __future__ import annotations

import time as clock
from datetime import date

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.resolve.times import find_times
from gesta.resolve.times.lexicon import ENTRIES
from gesta.text import settle

NLP = spacy.blank("en")
OTHERS = (
    "May", "March", "Monday", "3", "31", "2019", "1990s", "'98", "10:30", "03.01.2020", "2019-02-31", "-", ",", ".",
    "\n\n", "$", "12", "3rd", "2,019", "1996-97", "3-5", "x", "0", "99999999", "it", "said", "will", "٣", "二月", "¼¹",
)  # fmt: skip
WORDS = st.sampled_from([*ENTRIES, *OTHERS])
DATES = st.one_of(st.none(), st.dates())


def check(text: str, published: date | None) -> None:
    doc = NLP(text)
    found = find_times(doc, published=published)
    at = 0
    for time in found:
        assert time.span is not None
        start, end = time.span
        assert at <= start < end <= len(doc.text)
        assert doc.text[start:end] == time.text
        assert time.value
        assert time.start is None or time.end is None or time.start <= time.end
        at = end
    assert find_times(doc, published=published) == found


@given(st.lists(WORDS, max_size=14).map(" ".join), DATES)
@settings(max_examples=400, deadline=None)
def test_any_words_of_time(text: str, published: date | None) -> None:
    check(text, published)


@given(st.lists(WORDS, max_size=12).map("".join), DATES)
@settings(max_examples=150, deadline=None)
def test_any_words_run_together(text: str, published: date | None) -> None:
    check(text, published)


@given(st.text(max_size=80), DATES)
@settings(max_examples=200, deadline=None)
def test_any_text(text: str, published: date | None) -> None:
    check(settle(text), published)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_a_date_written_in_full_is_that_date(day: date, published: date) -> None:
    for text in (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        day.isoformat(),
        f"{day:%d.%m.%Y}",
    ):
        (time,) = find_times(NLP(f"They met on {text} there."), published=published)
        assert (time.text, time.value, time.start, time.end) == (text, day.isoformat(), day, day)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
@settings(max_examples=50, deadline=None)
def test_a_weekday_lies_within_the_last_seven_days(published: date) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        (time,) = find_times(NLP(f"They met on {name}."), published=published)
        assert time.start is not None
        assert f"{time.start:%A}" == name
        assert 0 <= (published - time.start).days < 7


class WholeText:
    """Stands for a Doc, whose tokenizer is not what is measured."""

    def __init__(self, text: str) -> None:
        self.text = text


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "two ", "a ", "Monday ", "January 3 ", "January ", "the past ", "- ", "\n", "\n \n", " ", "2019-",
     "10:", "x", "' ", "a.", "٣", "hundred and ", "since from between "],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        whole = WholeText(piece * (size // len(piece)))
        before = clock.process_time()
        find_times(whole, published=date(2020, 1, 2))  # type: ignore[arg-type]
        return clock.process_time() - before

    seconds(1_000)
    small, large = seconds(10_000), seconds(30_000)
    assert large < 9 * small + 0.2
