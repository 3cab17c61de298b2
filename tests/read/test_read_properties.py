"""Whatever the bytes: nothing is raised, one input is one item, and every report is sound."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gesta.read import read_paths
from gesta.records import Quarantined, Report
from gesta.text import settle

PIECES = st.sampled_from(
    (
        *("https://a.example/2020/01/02/x", "Two men arrested in market", "Published: 2020-01-03", "Date: 02/01/2020"),
        *("", " ", "\ufeff", "ZARKAND, Dec 31 (HA) - Police came.", "Police came.", "Source: HA", "By Ann Example"),
        *(
            '"',
            "text,title",
            "text\ttitle",
            '{"text": "a"}',
            "{",
            "[",
            "<html>",
            "<p>",
            "\u2028",
            "sep=;",
            "a\tb",
            "\x00",
        ),
    )
)
LINES = st.lists(PIECES | st.text(max_size=40), max_size=12)
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\n\n"])
TEXTS = st.builds(lambda lines, end: end.join(lines), LINES, BREAKS)
BYTES = (
    st.binary(max_size=300)
    | TEXTS.map(lambda text: text.encode("utf-8", "replace"))
    | TEXTS.map(lambda text: text.encode("cp1252", "ignore"))
    | TEXTS.map(lambda text: text.encode("utf-16", "replace"))
)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def check(item: Report | Quarantined) -> None:
    msgspec.json.encode(item)
    if isinstance(item, Quarantined):
        assert item.reason
        return
    assert settle(item.text) == item.text
    body = item.text[item.body_start :]
    assert body.strip()
    assert item.text[: item.body_start] == (f"{item.title}\n\n" if item.title else "")
    assert not body.startswith("\n")
    assert (item.published is None) == (item.published_basis == "none")
    assert item.publisher is None or item.publisher.strip()


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.tsv", "a.json", "a"])
@given(data=BYTES)
@MANY
def test_any_bytes(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.write_bytes(data)
    items = list(read_paths([path]))
    for item in items:
        check(item)
    if name == "a.txt":
        assert len(items) == 1
    assert items == list(read_paths([path])), "the same bytes read twice"


@given(data=BYTES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_as_a_page(folder: Path, data: bytes) -> None:
    (folder / "a.html").write_bytes(b"<html>" + data)
    (item,) = read_paths([folder / "a.html"])
    check(item)


@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
@MANY
def test_each_row_gives_one_item(folder: Path, texts: list[str]) -> None:
    (folder / "b.jsonl").write_text("\n".join(json.dumps({"title": "A", "text": text}) for text in texts))
    items = list(read_paths([folder / "b.jsonl"]))
    assert len(items) == len(texts)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["title", "text"])
    writer.writerows(["A", settle(text)] for text in texts)
    (folder / "b.csv").write_bytes(table.getvalue().encode("utf-8", "replace"))
    rows = list(read_paths([folder / "b.csv"]))
    assert len(rows) == len(texts)
    for item in [*items, *rows]:
        check(item)


@given(data=TEXTS)
@MANY
def test_a_text_reads_alike_wherever_it_stands(folder: Path, data: str) -> None:
    text = data.replace("<", "(").encode("utf-8", "replace").decode()
    (folder / "c.txt").write_bytes(text.encode())
    (folder / "c.jsonl").write_text(json.dumps({"text": text, "id": 1}))
    plain, row = [*read_paths([folder / "c.txt"]), *read_paths([folder / "c.jsonl"])]
    if isinstance(plain, Report):
        assert isinstance(row, Report)
        assert (plain.id, plain.published) == (row.id, row.published)
