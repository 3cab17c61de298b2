"""Saved web pages."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gesta.read import read_paths
from gesta.records import Quarantined, Report

PARAGRAPHS = (
    "Soldiers left the northern pass on Friday after eleven days of talks between the two governments, officials said.",
    "The defence ministry confirmed the withdrawal in a statement and thanked the mediators for their patience.",
    "“We hope that it lasts,” said a shopkeeper in the valley, where three people were killed on 2019-12-20.",
)


def page(head: str = "", *, before: str = "", lang: str = ' lang="en-GB"') -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Troops leave the pass</title>{head}</head><body><nav>"
        f'<a href="/2018/01/01/x">Home</a></nav><article><h1>Troops leave the pass</h1>{before}{body}</article>'
        "<footer>Copyright 2017-05-05 Ridge Courier</footer></body></html>"
    )


def read(path: Path, content: str | bytes) -> Report | Quarantined:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = read_paths([path])
    return item


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_text_title_site_and_date(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Ridge Courier">'
        '<meta property="article:published_time" content="2020-01-03T10:00:00Z">'
        '<meta property="article:modified_time" content="2020-02-03T10:00:00Z">'
        '<link rel="canonical" href="https://www.ridge.example/world/2020/01/04/troops">'
    )
    report = read(tmp_path / "2020-01-06.html", page(head))
    assert isinstance(report, Report)
    assert report.text == "\n\n".join(("Troops leave the pass", *PARAGRAPHS))
    assert report.text[report.body_start :].startswith("Soldiers")
    assert (report.publisher, report.language) == ("Ridge Courier", "en")
    assert report.url == "https://www.ridge.example/world/2020/01/04/troops"
    assert (report.published, report.published_basis) == (date(2020, 1, 3), "metadata")


def test_the_date_in_the_address_counts_for_less(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://www.ridge.example/world/2020/01/04/troops">'
    report = read(tmp_path / "a.html", page(head))
    assert isinstance(report, Report)
    assert (report.published, report.published_basis) == (date(2020, 1, 4), "url")
    assert report.publisher == "ridge.example"
    stated = read(tmp_path / "a.html", page(head, before='<p class="date">3 January 2020</p>'))
    assert isinstance(stated, Report)
    assert (stated.published, stated.published_basis) == (date(2020, 1, 3), "metadata")


def test_dates_in_prose_and_footer_are_not_the_page_s(tmp_path: Path) -> None:
    report = read(tmp_path / "a.html", page())
    assert isinstance(report, Report)
    assert (report.published, report.published_basis) == (None, "none")


def test_a_date_does_not_depend_on_the_clock(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2091-01-03T10:00:00Z">'
    report = read(tmp_path / "a.html", page(head))
    assert isinstance(report, Report)
    assert report.published == date(2091, 1, 3)


def test_a_fragment_and_its_dateline(tmp_path: Path) -> None:
    report = read(
        tmp_path / "a.htm", f"<p>ZARKAND, Jan 5 2020 (Hill Agency) - {PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
    )
    assert isinstance(report, Report)
    assert report.text.startswith("ZARKAND, Jan 5 2020 (Hill Agency) - Soldiers")
    assert (report.publisher, report.published, report.published_basis) == ("Hill Agency", date(2020, 1, 5), "dateline")


def test_a_page_under_another_name(tmp_path: Path) -> None:
    for name in ("a.txt", "saved page"):
        report = read(tmp_path / name, "<!-- saved -->\n" + page())
        assert isinstance(report, Report)
        assert report.title == "Troops leave the pass"
        assert "<" not in report.text


def test_an_old_encoding(tmp_path: Path) -> None:
    report = read(
        tmp_path / "a.html", page(before="<p>The café in Málaga – “closed” – was searched.</p>").encode("cp1252")
    )
    assert isinstance(report, Report)
    assert "The café in Málaga – “closed” – was searched." in report.text


@pytest.mark.parametrize(
    "content",
    [
        "<html><body></body></html>",
        "<html>",
        "<html><body><script>let a = 1</script></body></html>",
        "https://www.ridge.example/2020/01/04/troops",
        "<" * 1000,
        "<div>" * 20_000,
        "<![CDATA[" * 100,
        "<html><frameset><frame src=x></frameset></html>",
    ],
)
def test_a_page_without_text_is_quarantined(tmp_path: Path, content: str) -> None:
    item = read(tmp_path / "a.html", content)
    assert isinstance(item, Quarantined)
    assert item.origin == "a.html"


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    read(tmp_path / "a.html", "<html><body></body></html>")
    read(tmp_path / "b.html", page('<script type="application/ld+json">{broken</script>'))
    assert capfd.readouterr() == ("", "")


def test_start_up_does_not_load_the_html_parser() -> None:
    code = "import sys, gesta.read; print([m for m in ('trafilatura', 'htmldate', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
