"""Times: what is found in a text and what it stands for."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

from gesta.records import Time
from gesta.resolve.times import bounded, find_times

NLP = spacy.blank("en")
PUBLISHED = date(2020, 1, 2)  # a Thursday


def times(text: str, published: date | None = PUBLISHED) -> tuple[Time, ...]:
    return find_times(NLP(text), published=published)


def told(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(t.text, t.value) for t in times(text, published)]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("Rebels attacked on 3 January 2020.", "3 January 2020", "2020-01-03"),
        ("Rebels attacked on Jan. 3, 2020.", "Jan. 3, 2020", "2020-01-03"),
        ("It began on the 3rd of March 2018.", "the 3rd of March 2018", "2018-03-03"),
        ("It began on March 3rd, 2018.", "March 3rd, 2018", "2018-03-03"),
        ("It began on the twenty-third of May 2018.", "the twenty-third of May 2018", "2018-05-23"),
        ("Friday, Jan 3, 2020, was calm.", "Friday, Jan 3, 2020", "2020-01-03"),
        ("Filed 2019-12-30 by the desk.", "2019-12-30", "2019-12-30"),
        ("Filed 2019-12-30T08:15:00Z by the desk.", "2019-12-30T08:15:00Z", "2019-12-30T08:15"),
        ("Filed 03.01.2020 by the desk.", "03.01.2020", "2020-01-03"),
        ("Filed 13/1/2020 by the desk.", "13/1/2020", "2020-01-13"),
        ("Filed 1/13/2020 by the desk.", "1/13/2020", "2020-01-13"),
        ("The truce of January 2019 failed.", "January 2019", "2019-01"),
        ("The truce of 2019 failed.", "2019", "2019"),
        ("It started in '98 there.", "'98", "1998"),
        ("It started in nineteen ninety-eight there.", "nineteen ninety-eight", "1998"),
        ("It started in two thousand and four there.", "two thousand and four", "2004"),
        ("War marked the 1990s here.", "the 1990s", "199"),
        ("War marked the nineteen-nineties here.", "the nineteen-nineties", "199"),
        ("War marked the 20th century here.", "the 20th century", "19"),
        ("Aid rose in the first quarter of 2019.", "the first quarter of 2019", "2019-Q1"),
        ("Aid rose in Q3 2019 again.", "Q3 2019", "2019-Q3"),
        ("Aid rose in the first half of 2019.", "the first half of 2019", "2019-H1"),
        ("Aid rose in spring 2019 again.", "spring 2019", "2019-SP"),
        ("Aid rose in the summer of 2019 again.", "the summer of 2019", "2019-SU"),
        ("Spending fell in fiscal 2019 again.", "fiscal 2019", "2019"),
        ("Talks run January 6-9, 2020 in the capital.", "January 6-9, 2020", "2020-01-06/2020-01-09"),
        ("The 2011-2014 mission ended.", "2011-2014", "2011/2014"),
    ],
)
def test_stated_dates(text: str, found: str, value: str) -> None:
    assert told(text) == [(found, value)]
    assert times(text)[0].basis == "stated"


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("Police fired today.", "today", "2020-01-02"),
        ("Police fired yesterday.", "yesterday", "2020-01-01"),
        ("Polls open tomorrow.", "tomorrow", "2020-01-03"),
        ("Police fired on the day before yesterday.", "the day before yesterday", "2019-12-31"),
        ("Police fired on Tuesday.", "Tuesday", "2019-12-31"),
        ("Police fired on Thursday.", "Thursday", "2020-01-02"),
        ("Envoys will meet on Tuesday.", "Tuesday", "2020-01-07"),
        ("Envoys plan to meet on Tuesday.", "Tuesday", "2020-01-07"),
        ("Police fired last Thursday.", "last Thursday", "2019-12-26"),
        ("Police fired this past Friday.", "this past Friday", "2019-12-27"),
        ("Envoys meet next Wednesday.", "next Wednesday", "2020-01-08"),
        ("Police fired on Monday of last week.", "Monday of last week", "2019-12-23"),
        ("Shelling grew last week.", "last week", "2019-W52"),
        ("Shelling grew last month.", "last month", "2019-12"),
        ("Shelling grew last year.", "last year", "2019"),
        ("Shelling grew this week.", "this week", "2020-W01"),
        ("A vote comes next month.", "next month", "2020-02"),
        ("Shelling grew last weekend.", "last weekend", "2019-W52-WE"),
        ("Shelling grew last December.", "last December", "2019-12"),
        ("Shelling grew last summer.", "last summer", "2019-SU"),
        ("He fled two days ago.", "two days ago", "2019-12-31"),
        ("He fled about three weeks ago.", "about three weeks ago", "2019-W50"),
        ("He fled a year ago.", "a year ago", "2019"),
        ("He fled several years ago.", "several years ago", "PAST_REF"),
        ("The dead sea rose 10 million years ago.", "10 million years ago", "PAST_REF"),
        ("He comes back two weeks from today.", "two weeks from today", "2020-01-16"),
        ("He comes back in two weeks' time.", "two weeks' time", "2020-W03"),
        ("Shelling grew in recent days.", "recent days", "PAST_REF"),
        ("The road is now closed.", "now", "PRESENT_REF"),
        ("The road opens soon.", "soon", "FUTURE_REF"),
        ("In July last year he fled.", "July last year", "2019-07"),
        ("Early next month he leaves.", "Early next month", "2020-02"),
    ],
)
def test_relative_dates(text: str, found: str, value: str) -> None:
    assert told(text) == [(found, value)]
    assert times(text)[0].basis == "relative"


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("The crowd came on Tuesday, December 31, with stones.", "Tuesday, December 31", "2019-12-31"),
        ("The crowd came on Wednesday, December 31.", "Wednesday, December 31", "2014-12-31"),
        ("Monday, 6 January, is a holiday.", "Monday, 6 January", "2020-01-06"),
        ("The crowd came on December 31.", "December 31", "2019-12-31"),
        ("The crowd came in December.", "December", "2019-12"),
        ("The council will vote in December.", "December", "2020-12"),
        ("The council will vote on 5 February.", "5 February", "2020-02-05"),
        ("It is due on February 29.", "February 29", "2020-02-29"),
        ("Gunfire marked New Year's Eve.", "New Year's Eve", "2019-12-31"),
    ],
)
def test_years_the_text_leaves_out(text: str, found: str, value: str) -> None:
    assert told(text) == [(found, value)]
    assert times(text)[0].basis == "inferred"


@pytest.mark.parametrize(
    ("text", "found", "value", "grain"),
    [
        ("Shots rang out at 10:30 a.m. on Tuesday.", "10:30 a.m. on Tuesday", "2019-12-31T10:30", "minute"),
        ("Shots rang out Tuesday at 10 p.m. there.", "Tuesday at 10 p.m.", "2019-12-31T22:00", "hour"),
        ("Shots rang out at 5 pm local time.", "5 pm local time", "2020-01-02T17:00", "hour"),
        ("Shots rang out at 1030 GMT.", "1030 GMT", "2020-01-02T10:30", "minute"),
        ("Shots rang out at 12:30 am.", "12:30 am", "2020-01-02T00:30", "minute"),
        ("Shots rang out at noon Monday.", "noon Monday", "2019-12-30T12:00", "hour"),
        ("Shots rang out on Monday night.", "Monday night", "2019-12-30TNI", "part-of-day"),
        ("Shots rang out last night.", "last night", "2020-01-01TNI", "part-of-day"),
        ("Shots rang out this morning.", "this morning", "2020-01-02TMO", "part-of-day"),
        ("Curfew holds tonight.", "tonight", "2020-01-02TNI", "part-of-day"),
        ("Shots rang out at dawn.", "dawn", "2020-01-02TMO", "part-of-day"),
    ],
)
def test_times_of_day(text: str, found: str, value: str, grain: str) -> None:
    assert told(text) == [(found, value)]
    time = times(text)[0]
    assert (time.kind, time.grain, time.start) == ("TIME", grain, date.fromisoformat(value[:10]))


@pytest.mark.parametrize(
    ("text", "found", "value", "kind"),
    [
        ("They talked for two hours.", "two hours", "PT2H", "DURATION"),
        ("A five-day visit began.", "five-day", "P5D", "DURATION"),
        ("It lasted two and a half years.", "two and a half years", "P2Y6M", "DURATION"),
        ("It lasted half an hour.", "half an hour", "PT30M", "DURATION"),
        ("It lasted more than 40 years.", "more than 40 years", "P40Y", "DURATION"),
        ("It lasted several months.", "several months", "PXM", "DURATION"),
        ("It lasted 10-15 years.", "10-15 years", "P15Y", "DURATION"),
        ("It lasted for decades.", "decades", "PXDE", "DURATION"),
        ("They march every Monday.", "every Monday", "XXXX-WXX-1", "SET"),
        ("They march on Fridays.", "Fridays", "XXXX-WXX-5", "SET"),
        ("They march every two weeks.", "every two weeks", "P2W", "SET"),
        ("They march every other day.", "every other day", "P2D", "SET"),
        ("They march each July.", "each July", "XXXX-07", "SET"),
        ("They march twice a week.", "twice a week", "P1W", "SET"),
        ("The daily march went on.", "daily", "P1D", "SET"),
        ("The annual march went on.", "annual", "P1Y", "SET"),
    ],
)
def test_durations_and_repeated_times(text: str, found: str, value: str, kind: str) -> None:
    assert [(t.text, t.value, t.kind) for t in times(text)] == [(found, value, kind)]


def test_the_past_two_months_are_an_interval_that_ends_with_publication() -> None:
    (time,) = times("The militia launched 11 attacks within the last two months.")
    assert (time.text, time.value, time.kind) == ("the last two months", "P2M", "DURATION")
    assert (time.start, time.end) == (date(2019, 11, 2), PUBLISHED)


def test_dates_counted_from_the_last_one_told() -> None:
    text = "On May 4, 2018, he fled. Three weeks later he was caught. The day before, his son had died."
    assert told(text) == [
        ("May 4, 2018", "2018-05-04"),
        ("Three weeks later", "2018-W21"),
        ("The day before", "2018-05-20"),
    ]


def test_an_hour_belongs_to_the_day_told_before() -> None:
    assert told("It began on Tuesday. Guards fled at 6 p.m. that day.")[1] == ("6 p.m. that day", "2019-12-31T18:00")


def test_the_day_before_an_event_is_no_date() -> None:
    assert told("The day before the vote he fled.") == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It has been shut since 2018.", date(2018, 1, 1), PUBLISHED),
        ("Roads stay shut until January 12.", None, date(2020, 1, 12)),
        ("Talks ran from December 28 to December 30.", date(2019, 12, 28), date(2019, 12, 30)),
        ("Talks ran from January to March 2018.", date(2018, 1, 1), date(2018, 3, 31)),
        ("Talks ran between 3 and 5 March 2018.", date(2018, 3, 3), date(2018, 3, 5)),
        ("Fighting peaked in late 2018.", date(2018, 9, 1), date(2018, 12, 31)),
        ("Fighting peaked in early June 2018.", date(2018, 6, 1), date(2018, 6, 10)),
        ("Fighting peaked at the end of 2018.", date(2018, 9, 1), date(2018, 12, 31)),
        ("Fighting peaked in February 2020.", date(2020, 2, 1), date(2020, 2, 29)),
        ("Fighting peaked in winter 2018.", date(2018, 12, 1), date(2019, 2, 28)),
    ],
)
def test_intervals(text: str, start: date | None, end: date) -> None:
    for time in times(text):
        assert (time.start, time.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "It was 31 February 2019, he joked.",
        "The form said 2019-02-31 and 31/02/2019.",
        "The form said February 29, 2019.",
        "The form said 3/1/2020.",
        "Some 2,019 people fled; 2019 people came.",
        "About 1500 houses burned; 2000 soldiers came.",
        "Call 555-2019 for 2019-nCoV and F-16 jets at $2019.",
        "Resolution 1701 followed Resolution 2231.",
        "They may march, the sun may fall, and the second man sat.",
        "Theresa May met April Jones; Mrs May smiled.",
        "After the fall of the city, the day was long.",
        "The Arab Spring came on Black Friday.",
        "He is 37 years old.",
        "A quarter of the town and three quarters of the port burned.",
        "They won 3:2 and read John 3:16.",
        "See https://example.org/2020/01/03/report for more.",
        "In the last quarter of the match he scored.",
        "In year 0 and in the year 0000 nothing happened.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert told(text) == []


def test_a_possessive_holds_only_the_day() -> None:
    assert told("Monday's attack shocked all.") == [("Monday", "2019-12-30")]


def test_a_weekday_that_the_calendar_contradicts_is_told() -> None:
    (time,) = times("It was Monday, January 3, 2020.")
    assert time.value == "2020-01-03"
    assert any("Monday" in reason and "Friday" in reason for reason in time.reasons)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left on Monday.", "XXXX-WXX-1"),
        ("He left on December 31.", "XXXX-12-31"),
        ("He left on Tuesday, December 31.", "XXXX-12-31"),
        ("He left last month.", "XXXX-XX"),
        ("He left yesterday.", "XXXX-XX-XX"),
        ("He left at 5 pm.", "XXXX-XX-XXT17:00"),
        ("He left in spring.", "XXXX-SP"),
    ],
)
def test_without_publication_the_unknown_stays_unknown(text: str, value: str) -> None:
    (time,) = times(text, None)
    assert (time.value, time.start, time.end) == (value, None, None)
    assert time.reasons


def test_without_publication_a_full_date_near_the_head_serves() -> None:
    dateline, tuesday = times("NORTHPORT, Jan. 2, 2020 - Guards fled on Tuesday.", None)
    assert (dateline.basis, tuesday.basis) == ("stated", "inferred")
    assert (tuesday.value, tuesday.start) == ("2019-12-31", date(2019, 12, 31))
    assert any("a day the text tells" in reason for reason in tuesday.reasons)


def test_without_publication_a_full_date_far_down_does_not_serve() -> None:
    text = "Guards fled on Tuesday. " + "The port was quiet. " * 60 + "He was born on Jan. 2, 1990."
    assert times(text, None)[0].value == "XXXX-WXX-2"


def test_bounded() -> None:
    time = bounded(PUBLISHED)
    assert time is not None
    assert (time.basis, time.start, time.end) == ("bounded", None, PUBLISHED)
    assert bounded(None) is None
