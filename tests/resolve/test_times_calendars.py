"""Times that need more than the Gregorian calendar or a publication day: other calendars, feasts, inferred anchors."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.records import Time
from gesta.resolve.times import find_times

NLP = spacy.blank("en")
PUBLISHED = date(2024, 4, 15)


def times(text: str, published: date | None = PUBLISHED, around: date | None = None) -> tuple[Time, ...]:
    return find_times(NLP(text), published=published, around=around)


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("It fell on 22 Bahman 1357.", "22 Bahman 1357", date(1979, 2, 11), date(1979, 2, 11)),
        ("It began on Khordad 15, 1342.", "Khordad 15, 1342", date(1963, 6, 5), date(1963, 6, 5)),
        ("It was founded in Mehr 1401.", "Mehr 1401", date(2022, 9, 23), date(2022, 10, 22)),
        ("They met on 12 Rabi' al-Awwal 1441.", "12 Rabi' al-Awwal 1441", date(2019, 11, 8), date(2019, 11, 10)),
        ("The truce held in Ramadan.", "Ramadan", date(2024, 3, 11), date(2024, 4, 9)),
        ("The truce held in Ramadan 2022.", "Ramadan 2022", date(2022, 4, 2), date(2022, 5, 1)),
        ("The truce held in Ramadan 1444.", "Ramadan 1444", date(2023, 3, 23), date(2023, 4, 20)),
        ("Marchers met on Ashura.", "Ashura", date(2024, 7, 15), date(2024, 7, 17)),
        ("Guns fell silent on Eid al-Fitr.", "Eid al-Fitr", date(2024, 4, 9), date(2024, 4, 11)),
        ("A bomb went off on Good Friday.", "Good Friday", date(2024, 3, 29), date(2024, 3, 29)),
        ("A bomb went off on Easter Sunday 2019.", "Easter Sunday 2019", date(2019, 4, 21), date(2019, 4, 21)),
        ("Prisoners were freed on Nowruz.", "Nowruz", date(2024, 3, 20), date(2024, 3, 20)),
        (
            "Women marched on International Women's Day.",
            "International Women's Day",
            date(2024, 3, 8),
            date(2024, 3, 8),
        ),
    ],
)
def test_other_calendars_and_feasts(text: str, words: str, start: date, end: date) -> None:
    (time,) = times(text)
    assert (time.text, time.start, time.end) == (words, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Rajab said that Safar and Mehr had left with Azar.",  # names of people, which are months too
        "On 31 Bahman 1400 nothing happened.",  # a month of thirty days
        "It was easter and nowruz in lower case.",
    ],
)
def test_what_is_no_date_of_another_calendar(text: str) -> None:
    assert times(text) == ()


def test_a_feast_that_falls_twice_in_a_year_is_not_sure() -> None:
    (time,) = times("Guns fell silent on Eid al-Fitr 2000.")
    assert (time.start, time.basis) == (date(2000, 1, 7), "inferred") and any("twice" in why for why in time.reasons)
    (time,) = times("The truce held in Ramadan 2022.")
    assert (time.basis, time.reasons) == ("stated", ("Islamic calendar",))


def test_without_an_anchor_a_feast_has_no_day() -> None:
    (time,) = times("The truce held through Ramadan.", None)
    assert (time.start, time.end, time.value) == (None, None, "XXXX")


def test_weekday_and_day_agree_in_one_year() -> None:
    """No year, no publication day: the first year from the latest that the text names in which the two agree."""
    text = "A crowd stormed the gate on Tuesday, December 31. In 2019 the militia grew. On Thursday the army came."
    stormed, named, came = times(text, None)
    assert (stormed.start, stormed.basis) == (date(2019, 12, 31), "inferred")
    assert (named.value, named.basis) == ("2019", "stated")
    assert (came.start, came.basis) == (date(2020, 1, 2), "inferred")


def test_no_year_is_guessed_from_nothing() -> None:
    (time,) = times("A crowd stormed the gate on Tuesday, December 31.", None)
    assert (time.value, time.start) == ("XXXX-12-31", None)
    (time,) = times("A crowd stormed the gate on December 31.", None)
    assert (time.value, time.start) == ("XXXX-12-31", None)


def test_the_month_of_the_address_settles_years() -> None:
    found = times("On Friday, 15 July, the minister spoke; in May he had not.", None, date(2022, 7, 1))
    assert [(time.value, time.basis) for time in found] == [("2022-07-15", "inferred"), ("2022-05", "inferred")]
    (monday, last_year) = times("He left on Monday; last year he had not.", None, date(2022, 7, 1))
    assert monday.start is None and last_year.value == "2021"


@settings(max_examples=150, deadline=None)
@given(
    st.integers(-3, 45),
    st.sampled_from(["Ramadan", "Muharram", "Bahman", "Esfand", "Rabi' al-Thani", "Dhu al-Hijjah"]),
    st.integers(0, 9999),
    st.one_of(st.none(), st.dates(date(1, 1, 1), date(9998, 12, 31))),
)
def test_any_day_of_any_calendar(day: int, month: str, year: int, published: date | None) -> None:
    for text in (f"On {day} {month} {year} it ended.", f"In {month} {year} it ended.", f"{month} {day} came."):
        for time in times(text, published):
            assert time.text == text[slice(*time.span)] if time.span else False
            assert time.start is None or time.end is None or time.start <= time.end
