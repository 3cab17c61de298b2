"""Settled text: settling twice changes nothing, and nothing forbidden is left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gesta.records import Report
from gesta.text import settle

FORBIDDEN = {
    chr(c) for c in [*range(0, 10), *range(11, 32), *range(127, 160), 0xAD, 0x200B, 0x202E, 0x2028, 0x2029, 0xFEFF]
}
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


@given(ANY_TEXT)
def test_settling_twice_changes_nothing(text: str) -> None:
    assert settle(settle(text)) == settle(text)


@given(ANY_TEXT)
def test_nothing_forbidden_is_left(text: str) -> None:
    settled = settle(text)
    assert not FORBIDDEN & set(settled)
    settled.encode("utf-8")  # lone surrogates would raise


@given(ANY_TEXT, ANY_TEXT)
def test_report_of_title_and_body(title: str, body: str) -> None:
    report = Report.of(body, title=title)
    assert report.text[report.body_start :] == settle(body).strip("\n")
    assert report.title is None or report.text.startswith(report.title + "\n\n")
