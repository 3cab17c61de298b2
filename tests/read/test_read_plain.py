"""The head of a plain text: what is metadata, what is title, what is body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gesta.read import read_paths
from gesta.read.plain import read_head
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

BODY = "Police arrested two men in the market on Monday.\n\nThe men are accused of arson."


def only(path: Path, text: str, **settings: object) -> Report:
    path.write_text(text, encoding="utf-8")
    (report,) = read_paths([path], ReadSettings(**settings))  # type: ignore[arg-type]
    assert isinstance(report, Report), report
    return report


def body_of(report: Report) -> str:
    return report.text[report.body_start :]


def test_address_title_and_date_line_are_metadata(tmp_path: Path) -> None:
    report = only(
        tmp_path / "a.txt",
        f"https://www.ridge.example/world/market\nTwo men arrested in market\nPublished: 2020-01-03\n\n{BODY}\n",
    )
    assert report.title == "Two men arrested in market"
    assert report.url == "https://www.ridge.example/world/market"
    assert report.publisher == "ridge.example"
    assert (report.published, report.published_basis) == (date(2020, 1, 3), "line")
    assert report.text == f"Two men arrested in market\n\n{BODY}"
    assert body_of(report) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Published: January 3, 2020",
        "Date: 3 January 2020",
        "Publication date: 2020-01-03",
        "Posted on 3 January 2020",
        "Published 3 January 2020",
        "January 3, 2020",
        "Friday, 3 January 2020",
        "UPDATED: 2020-01-03 10:00",
    ],
)
def test_date_lines(tmp_path: Path, line: str) -> None:
    report = only(tmp_path / "a.txt", f"Two men arrested in market\n{line}\n\n{BODY}")
    assert (report.published, report.published_basis) == (date(2020, 1, 3), "line")
    assert body_of(report) == BODY


def test_published_wins_over_updated(tmp_path: Path) -> None:
    report = only(tmp_path / "a.txt", f"Updated: 2020-02-01\nPublished: 2020-01-03\n\n{BODY}")
    assert report.published == date(2020, 1, 3)


def test_an_ambiguous_date_line_is_quarantined_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Two men arrested in market\nDate: 02/01/2020\n\n{BODY}")
    (item,) = read_paths([tmp_path / "a.txt"])
    assert isinstance(item, Quarantined)
    assert (item.line, item.field) == (2, "published")
    assert "02/01/2020" in item.reason
    assert "ambiguous" in item.reason


def test_a_date_in_an_announcement_stays_in_the_text(tmp_path: Path) -> None:
    text = f"{BODY}\n\nDate: January 3, 2021\n\nPlace: the town hall."
    report = only(tmp_path / "a.txt", text)
    assert report.published is None
    assert report.text == text


@pytest.mark.parametrize(
    "title",
    [
        "Two men arrested in market",
        "Zarkand: two arrested in market, police say",
        "Who burned the market?",
        "Market burns in the U.S.",
        "The Market",
        "Minister calls fire ‘an attack’",
    ],
)
def test_titles(title: str) -> None:
    head = read_head(f"{title}\n\n{BODY}")
    assert (head.title, head.body) == (title, BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Two men were arrested in the market.",
        "“Who burned the market?”",
        "ANN EXAMPLE",
        "Ann Example",
        "By Ann Example",
        "ZARKAND — Two men were arrested in the market",
        "ZARKAND, Jan 2 (HA) - Two men were arrested",
        "- two men arrested",
        "The police arrested two men. Later they",
        "He said,",
        "Market",
        "word " * 60,
    ],
)
def test_first_lines_that_are_no_titles(line: str) -> None:
    head = read_head(f"{line}\n\n{BODY}")
    assert head.title is None
    assert head.body == f"{line}\n\n{BODY}"


def test_a_title_right_above_a_paragraph(tmp_path: Path) -> None:
    paragraph = "Police arrested two men in the market on Monday, " * 4 + "officials said."
    assert read_head(f"Two men arrested in market\n{paragraph}").title == "Two men arrested in market"
    wrapped = "Police arrested two men in the market on\nMonday, officials said, and took them to\nthe capital."
    assert read_head(wrapped).title is None
    assert read_head(wrapped).body == wrapped


def test_a_title_alone_is_text(tmp_path: Path) -> None:
    report = only(tmp_path / "a.txt", "https://ridge.example/a\nTwo men arrested in market\n")
    assert report.title is None
    assert report.text == "Two men arrested in market"


def test_a_byline_stays_and_is_no_title() -> None:
    head = read_head(f"Two men arrested in market\nBy Ann Example\nPublished: 2020-01-03\n\n{BODY}")
    assert head.title == "Two men arrested in market"
    assert head.body == f"By Ann Example\n\n{BODY}"
    assert head.published == date(2020, 1, 3)


def test_a_repeated_title_is_dropped() -> None:
    head = read_head(f"Two men  arrested in Market\n\n{BODY}", title="Two men arrested in market")
    assert head.body == BODY


def test_a_credit_at_the_end_stays_and_names_the_publisher_only_for_want_of_better(tmp_path: Path) -> None:
    text = f"{BODY}\n\nSource » monitor.example"
    plain = only(tmp_path / "a.txt", text)
    assert plain.publisher == "monitor.example"
    assert body_of(plain) == text
    assert only(tmp_path / "b.txt", f"https://ridge.example/a\n\n{text}").publisher == "ridge.example"
    assert only(tmp_path / "a.txt", text, publisher="Ridge Courier").publisher == "Ridge Courier"


def test_a_source_line_at_the_top_is_metadata(tmp_path: Path) -> None:
    report = only(tmp_path / "a.txt", f"Source: Hill Agency\n\n{BODY}")
    assert report.publisher == "Hill Agency"
    assert report.text == BODY


def test_a_publisher_line_is_better_than_the_address(tmp_path: Path) -> None:
    report = only(tmp_path / "a.txt", f"https://ridge.example/a\nPublisher: Ridge Courier\nLanguage: French\n\n{BODY}")
    assert (report.publisher, report.language) == ("Ridge Courier", "fr")


def test_a_dateline_stays_and_gives_day_and_publisher(tmp_path: Path) -> None:
    text = f"ZARKAND, Dec 31 (Hill Agency) - {BODY}"
    report = only(tmp_path / "2020-01-01.txt", text)
    assert report.text == text
    assert report.publisher == "Hill Agency"
    assert (report.published, report.published_basis) == (date(2019, 12, 31), "dateline")
    assert only(tmp_path / "a.txt", text).published is None
    later = only(tmp_path / "b.txt", text, published=date(2021, 1, 5))
    assert (later.published, later.published_basis) == (date(2020, 12, 31), "dateline")


@pytest.mark.parametrize(
    ("name", "head", "option", "day", "basis"),
    [
        ("2020-01-05.txt", "https://ridge.example/2020/01/04/a\nPublished: 2020-01-03\n\n", None, 3, "line"),
        ("2020-01-05.txt", "https://ridge.example/2020/01/04/a\n\nZARKAND, Jan 3 - ", None, 3, "dateline"),
        ("2020-01-05.txt", "https://ridge.example/2020/01/04/a\n\nZARKAND, Jul 3 - ", None, 4, "url"),
        ("2020-01-05.txt", "https://ridge.example/2020/01/04/a\n\n", date(2020, 1, 6), 4, "url"),
        ("2020-01-05.txt", "https://ridge.example/a\n\n", date(2020, 1, 6), 5, "filename"),
        ("a.txt", "https://ridge.example/a\n\n", date(2020, 1, 6), 6, "option"),
        ("a.txt", "https://ridge.example/2020/01/a\n\nZARKAND, Jan 3 - ", None, 3, "dateline"),
        ("a.txt", "", None, None, "none"),
    ],
)
def test_which_date_wins(
    tmp_path: Path, name: str, head: str, option: date | None, day: int | None, basis: str
) -> None:
    report = only(tmp_path / name, head + BODY, published=option)
    assert report.published == (date(2020, 1, day) if day else None)
    assert report.published_basis == basis


def test_line_ends_of_all_kinds_read_alike(tmp_path: Path) -> None:
    lines = ["https://ridge.example/a", "Two men arrested in market", "Published: 2020-01-03", "", *BODY.split("\n")]
    texts = [
        "\n".join(lines),
        "\r\n".join(lines),
        "\r".join(lines),
        "\r\n".join(lines[:3]) + "\n" + "\r".join(lines[3:]),
    ]
    reports = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(text.encode())
        (report,) = read_paths([path])
        assert isinstance(report, Report)
        reports.append(report.id)
    assert len(set(reports)) == 1
