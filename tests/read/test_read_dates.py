"""Dates as sources write them: one reading or none."""

from __future__ import annotations

from datetime import date

import pytest

from gesta.read.addresses import as_address, date_in_file_name, date_in_url, publisher_of
from gesta.read.datelines import find_dateline
from gesta.read.dates import parse_date
from gesta.read.problems import UnreadableError

SECOND = date(2020, 1, 2)


@pytest.mark.parametrize(
    "words",
    [
        "2020-01-02",
        "2020-1-2",
        "2020/01/02",
        "2020.01.02",
        "20200102",
        "2 January 2020",
        "02 Jan 2020",
        "2nd of January, 2020",
        "2-Jan-2020",
        "January 2, 2020",
        "Jan. 2, 2020",
        "JANUARY 2 2020",
        "Thursday, January 2, 2020",
        "Thu 2 Jan 2020",
        "January 2, 2020 Thursday",
        "2020-01-02T10:00:00Z",
        "2020-01-02T23:59:59.123+03:30",
        "2020-01-02 10:00",
        "20200102T101500Z",
        "Thu, 02 Jan 2020 10:00:00 +0000",
        "Thu, 2 Jan 2020 10:00:00 GMT",
        "Jan. 2, 2020, 5:36 p.m.",
        "January 2, 2020 at 5:36:50 pm ET",
        "  2   January  2020 ",
    ],
)
def test_forms_that_are_read(words: str) -> None:
    assert parse_date(words) == SECOND


@pytest.mark.parametrize("month", ["Sept. 5, 2021", "5 Sep 2021", "September 5, 2021"])
def test_september_has_three_names(month: str) -> None:
    assert parse_date(month) == date(2021, 9, 5)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("02/01/2020", "ambiguous"),
        ("2-1-2020", "ambiguous"),
        ("02/01/20", "two digits"),
        ("2 Jan 20", "two digits"),
        ("Jan 2, '20", "two digits"),
        ("2020-02-30", "no day of the calendar"),
        ("31 June 2020", "no day of the calendar"),
        ("20201345", "no day of the calendar"),
        ("0001-01-01", "outside the years"),
        ("1 January 2100", "outside the years"),
        ("January 2020", "names no day"),
        ("2020", "names no day"),
    ],
)
def test_a_date_without_one_reading_is_refused(words: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why) as caught:
        parse_date(words)
    assert caught.value.field == "published"
    assert caught.value.remedy is not None
    assert "2020-01-31" in caught.value.remedy


def test_numbers_that_can_only_be_read_one_way_are_read() -> None:
    assert parse_date("25/12/2020") == parse_date("12/25/2020") == date(2020, 12, 25)
    assert parse_date("03/03/2020") == date(2020, 3, 3)


@pytest.mark.parametrize("words", ["", "yesterday", "Tuesday", "1577923200", "2 pm Thursday at the hall", "x" * 5000])
def test_what_is_no_date_is_none(words: str) -> None:
    assert parse_date(words) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2019/12/28/rockets-hit", date(2019, 12, 28)),
        ("https://a.example/news/2019/7/3/talks", date(2019, 7, 3)),
        ("https://a.example/2019-12-28-rockets", date(2019, 12, 28)),
        ("https://a.example/rockets-2019-12-28.html", date(2019, 12, 28)),
        ("https://a.example/english/2019-12/28/c_1.htm", date(2019, 12, 28)),
        ("https://a.example/20191228/rockets", date(2019, 12, 28)),
        ("https://a.example/en/20191228-rockets", date(2019, 12, 28)),
        ("https://a.example/world/2019/dec/28/rockets", date(2019, 12, 28)),
        ("https://a.example/world/2019/december/28/rockets", date(2019, 12, 28)),
        ("https://a.example/article/28/12/2019/rockets", date(2019, 12, 28)),
        ("https://a.example/2019/13/45/x/2019/12/28/y", date(2019, 12, 28)),
        ("https://a.example/article/02/01/2020/rockets", None),
        ("https://a.example/2019/12/", None),
        ("https://a.example/2019/02/30/x", None),
        ("https://a.example/2150/01/01/x", None),
        ("https://a.example/1700/01/01/x", None),
        ("https://a.example/news/world-20121012", None),
        ("https://a.example/news/20121012", None),
        ("https://a.example/docs/v2.2020.1.2/x", None),
        ("https://a.example/docs/2020/1/2.3/x", None),
        ("https://a.example/article/202001021234", None),
        ("https://a.example/the-war-of-2020-01-02-told-again", None),
        ("https://2020-01-02.example/x", None),
        ("http://[broken/2020/01/02/", None),
        ("", None),
    ],
)
def test_dates_in_addresses(url: str, day: date | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-12-28", date(2019, 12, 28)),
        ("wire_2019-12-28_3", date(2019, 12, 28)),
        ("20191228-rockets", date(2019, 12, 28)),
        ("wire 20191228", date(2019, 12, 28)),
        ("wire20191228", None),
        ("3382019122812", None),
        ("99999999", None),
        ("20191345", None),
        ("2019-12", None),
        ("1.2.2019", None),
    ],
)
def test_dates_in_file_names(name: str, day: date | None) -> None:
    assert date_in_file_name(name) == day


def test_publisher_of_an_address() -> None:
    assert publisher_of("https://www.Ridge.example:8080/a") == "ridge.example"
    assert publisher_of("www.ridge.example%2Fnews%2Fa") == "ridge.example"
    assert publisher_of("https://en.ridge.example/") == "en.ridge.example"
    assert publisher_of("https://localhost/x") is None
    assert as_address("https://ridge.example/a b") is None
    assert as_address("<https://ridge.example/a>") == "https://ridge.example/a"


@pytest.mark.parametrize(
    ("line", "month", "day", "year", "agency"),
    [
        ("ZARKAND, Jan 2 (Hill Agency) - Police", 1, 2, None, "Hill Agency"),
        ("ZARKAND, Upper Ridge, Dec. 28 (HA) — Police", 12, 28, None, "HA"),
        ("ZARKAND, Upper Ridge (HA) — Police", None, None, None, "HA"),
        ("hill News, 27 January - Police", 1, 27, None, None),
        ("ZARKAND, Jan 2 2020 (HA) -- Police", 1, 2, 2020, "HA"),
        ("Zarkand (May 6, 2021) — Police", 5, 6, 2021, None),
        ("ZARKAND Jan 2 (HA) - Police", 1, 2, None, "HA"),
        ("ZARKAND, January 2. /HA/. Police", 1, 2, None, "HA"),
        ("ZARKAND, July 25 (HA): Police", 7, 25, None, "HA"),
        ("ZARKAND - 24 July 2022: Police", 7, 24, 2022, None),
    ],
)
def test_datelines(line: str, month: int | None, day: int | None, year: int | None, agency: str | None) -> None:
    found = find_dateline(line + " arrested two men.")
    assert found is not None
    assert (found.month, found.day, found.year, found.agency) == (month, day, year, agency)


@pytest.mark.parametrize(
    "line",
    [
        "On January 3, 2020 - the day of the vote - police came.",
        "In Zarkand, Jan 3 - a holiday - was quiet.",
        "Clashes near Zarkand, January 3 - a holiday - left two dead.",
        "Protesters came back, January 3: a Friday.",
        "The Public Works Council (PWC) - which met - agreed.",
        "ZARKAND, Feb 30 - Police came.",
        "Ann Example (35) — a teacher — was freed.",
    ],
)
def test_sentences_are_no_datelines(line: str) -> None:
    assert find_dateline(line) is None


def test_the_year_of_a_dateline_is_the_one_nearest_to_what_is_known() -> None:
    found = find_dateline("ZARKAND, Dec 31 (HA) - Police came.")
    assert found is not None
    assert found.date([(None, True), (date(2020, 1, 1), True)]) == date(2019, 12, 31)
    assert found.date([(date(2020, 7, 1), True)]) is None, "half a year away from the address: a misreading"
    assert found.date([(date(2020, 7, 2), False)]) == date(2020, 12, 31)
    assert found.date([]) is None
