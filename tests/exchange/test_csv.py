"""CSV as a spreadsheet and a plain reader take it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from export_samples import CITY, REPORT, SHELLING, csv_rows, make_store, written
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gesta.exchange.csv import LONGEST, cell, joined
from gesta.exchange.rows import columns, plain
from gesta.records import Report


def test_form_of_the_file(tmp_path: Path) -> None:
    data = written(make_store(tmp_path / "record"), "csv")
    assert data.startswith(b"\xef\xbb\xbfevent_id,report_id,")
    assert data.count(b"\xef\xbb\xbf") == 1
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert len(lines) == 4
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_values_read_back(tmp_path: Path) -> None:
    rows = {row["event_id"]: row for row in csv_rows(written(make_store(tmp_path / "record"), "csv"))}
    full = rows["e1"]
    assert tuple(full) == columns(without_text=False)
    assert full["source_names"] == "Norland (armed forces); raiders"
    assert full["source_countries"] == "NOR; "
    assert full["source_sectors"] == "MIL/GOV; UAF"
    assert full["modes"] == "heavy-weapons; destroy"
    assert (full["counted"], rows["e3"]["counted"]) == ("TRUE", "FALSE")
    assert (full["latitude"], full["longitude"], full["intensity"]) == ("29.95", "-90.06", str(SHELLING.intensity))
    assert (full["killed_low"], full["killed_high"], full["arrested_low"]) == ("5", "", "")
    assert full["date_start"] == "2020-01-06"
    assert rows["e3"]["within"] == "e1"
    assert rows["e3"]["target_countries"] == ""


def test_only_counted_events_unless_asked(tmp_path: Path) -> None:
    store = make_store(tmp_path / "record")
    assert [row["event_id"] for row in csv_rows(written(store, "csv", modality="counted"))] == ["e1", "e2"]
    assert len(csv_rows(written(store, "csv", modality="all"))) == 3


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    assert written(make_store(tmp_path / "one"), "csv") == written(make_store(tmp_path / "two"), "csv")


def test_without_text_the_columns_of_words_are_gone(tmp_path: Path) -> None:
    data = written(make_store(tmp_path / "record"), "csv", without_text=True)
    assert tuple(csv_rows(data)[0]) == columns(without_text=True)
    for words in (b"shelled", b"fishermen", b"Shells on", b"Monday"):
        assert words not in data


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ('=HYPERLINK("http://x.example")', '\'=HYPERLINK("http://x.example")'),
        ("+1", "'+1"),
        ("-5 degrees", "'-5 degrees"),
        ("@sum", "'@sum"),
        ("   =1+1", "'=1+1"),
        ("\t=1+1", "'=1+1"),
        ("\r-1", "'-1"),
        ("\u200b=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("a=b", "a=b"),
        ('She said "no", twice', 'She said "no", twice'),
    ],
)
def test_no_spreadsheet_runs_what_a_report_says(tmp_path: Path, told: str, shown: str) -> None:
    report = Report(text=REPORT.text, title=told, publisher=told, published=date(2020, 1, 8))
    event = replace(SHELLING, report=report.id, claim=None, place=replace(CITY, name=told))
    (row,) = csv_rows(written(make_store(tmp_path / "record", event, report=report, claims=()), "csv"))
    assert (row["title"], row["publisher"], row["place_name"]) == (shown, shown, shown)
    assert row["longitude"] == "-90.06"


def test_a_cell_is_no_longer_than_excel_takes() -> None:
    assert cell("x" * LONGEST) == "x" * LONGEST
    assert cell("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    guarded = cell("=" + "x" * LONGEST)
    assert guarded.startswith("'=x")
    assert len(guarded) == LONGEST
    wide = cell("x" + "\U0001f30d" * LONGEST)  # two units each: an odd one must not be cut in two
    assert len(wide.encode("utf-16-le")) // 2 <= LONGEST
    assert wide.endswith("\U0001f30d…")


def test_a_separator_inside_a_part_does_not_make_two_of_it() -> None:
    assert joined(("a; b", "c")) == "a, b; c"
    assert joined(("", "c")) == "; c"
    assert joined(("", "")) == ""


@given(st.text(max_size=30))
def test_any_text_makes_a_safe_cell(text: str) -> None:
    shown = cell(plain(text))
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", " "))
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.lists(st.text(alphabet="ab;= ", max_size=4), min_size=1, max_size=4))
def test_a_list_comes_apart_again(parts: list[str]) -> None:
    cleaned = tuple(plain(part) for part in parts)
    found = joined(cleaned).split("; ")
    assert len(found) == (len(parts) if any(cleaned) else 1)
