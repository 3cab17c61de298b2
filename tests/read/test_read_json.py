"""JSON Lines and JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from gesta.read import read_paths
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

TEXT = "Police arrested two men in the market."


def read(path: Path, content: str | bytes, **settings: object) -> list[Report | Quarantined]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path], ReadSettings(**settings)))  # type: ignore[arg-type]


def test_one_report_a_line(tmp_path: Path) -> None:
    row = {"headline": "Two men arrested", "content": TEXT, "pubDate": "2020-01-03T10:00:00Z", "source": {"name": "RC"}}
    items = read(tmp_path / "a.jsonl", f"{json.dumps(row)}\n\n{json.dumps({'text': TEXT, 'lang': 'en-GB'})}\n")
    first, second = items
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.origin, second.origin) == ("a.jsonl#1", "a.jsonl#3")
    assert first.text == f"Two men arrested\n\n{TEXT}"
    assert (first.published, first.published_basis, first.publisher) == (date(2020, 1, 3), "column", "RC")
    assert second.language == "en"


def test_a_broken_line_costs_that_line_only(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{TEXT} {number}"}) for number in range(10)]
    lines[6] = lines[6][:-5]
    items = read(tmp_path / "a.ndjson", "\n".join(lines))
    assert [item.origin for item in items if isinstance(item, Report)] == [
        f"a.ndjson#{number}" for number in range(1, 11) if number != 7
    ]
    (bad,) = [item for item in items if isinstance(item, Quarantined)]
    assert (bad.origin, bad.line) == ("a.ndjson", 7)
    assert "broken JSON" in bad.reason


@pytest.mark.parametrize(
    ("line", "field", "why"),
    [
        ("7", None, "not a JSON object"),
        ('["text"]', None, "not a JSON object"),
        ("{}", "text", "no column holds the text; there are none"),
        ('{"id": 1, "kopf": "x"}', "text", "there are “id”, “kopf”"),
        ('{"text": null, "title": "x"}', "text", "no column holds the text"),
        ('{"text": "   "}', "text", "no text"),
        ('{"text": 7}', "text", "the field text is a number"),
        ('{"text": {"a": 1}}', "text", "the field text is an object"),
        ('{"text": [1]}', "text", "the field text is a list"),
        ('{"text": "x", "title": true}', "title", "the field title is true or false"),
        ('{"text": "x", "url": ["a"]}', "url", "the field url is a list"),
        ('{"text": "x", "date": {"y": 1}}', "published", "the field published is an object"),
        ('{"text": "x", "date": 1577923200}', "published", "cannot be understood"),
        ('{"text": "x", "date": "02/01/2020"}', "published", "ambiguous"),
        ("[" * 100_000, None, "too deeply nested"),
        ('{"text": "x", "n": ' + "1" * 5_000 + "}", None, "too big a number"),
    ],
)
def test_lines_that_are_no_report(tmp_path: Path, line: str, field: str | None, why: str) -> None:
    items = read(tmp_path / "a.jsonl", json.dumps({"text": TEXT}) + "\n" + line)
    assert isinstance(items[0], Report)
    (bad,) = items[1:]
    assert isinstance(bad, Quarantined)
    assert (bad.line, bad.field) == (2, field)
    assert why in bad.reason


@pytest.mark.parametrize("value", ["", None, "null", "N/A", float("nan")])
def test_an_empty_date_is_no_date(tmp_path: Path, value: object) -> None:
    (report,) = read(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "date": value}))
    assert isinstance(report, Report)
    assert (report.published, report.published_basis) == (None, "none")


def test_a_compact_date_may_be_a_number(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "date": 20200103}))
    assert isinstance(report, Report)
    assert report.published == date(2020, 1, 3)


def test_mapped_keys_may_be_paths(tmp_path: Path) -> None:
    row = {"webTitle": "Two men arrested", "fields": {"bodyText": TEXT}}
    columns = {"text": "fields.bodyText", "title": "WEBTITLE"}
    (report,) = read(tmp_path / "a.jsonl", json.dumps(row), columns=columns)
    assert isinstance(report, Report)
    assert report.text == f"Two men arrested\n\n{TEXT}"


def test_paragraphs_in_a_list(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.jsonl", json.dumps({"text": [TEXT, "They left."]}))
    assert isinstance(report, Report)
    assert report.text == f"{TEXT}\n\nThey left."


def test_json_of_one_report(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "2020-01-03.json", json.dumps({"text": TEXT}, indent=2))
    assert isinstance(report, Report)
    assert report.origin == "2020-01-03.json"
    assert (report.published, report.published_basis) == (date(2020, 1, 3), "filename")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_a_list(tmp_path: Path, name: str, indent: int | None) -> None:
    items = read(tmp_path / name, json.dumps([{"text": TEXT}, {"no": 1}, {"text": "They left."}], indent=indent))
    assert [item.origin for item in items if isinstance(item, Report)] == [f"{name}#1", f"{name}#3"]
    (bad,) = [item for item in items if isinstance(item, Quarantined)]
    assert bad.origin == f"{name}#2"


def test_a_list_that_is_wrapped(tmp_path: Path) -> None:
    mapped = json.dumps({"docs": [{"x": {"y": TEXT}}]})
    (report,) = read(tmp_path / "b.json", mapped, columns={"text": "x.y"})
    assert isinstance(report, Report)
    items = read(tmp_path / "a.json", json.dumps({"status": "ok", "articles": [{"content": TEXT}, {"content": "x"}]}))
    assert [item.origin for item in items] == ["a.json#1", "a.json#2"]


def test_json_lines_under_another_name(tmp_path: Path) -> None:
    rows = "\n".join([json.dumps({"text": TEXT}), "{broken", json.dumps({"text": "They left."})])
    items = read(tmp_path / "a.json", rows)
    assert [type(item).__name__ for item in items] == ["Report", "Quarantined", "Report"]
    assert items[1].line == 2  # type: ignore[union-attr]


def test_broken_json_says_where(tmp_path: Path) -> None:
    (bad,) = read(tmp_path / "a.json", '{\n "text": "x",\n "title": }\n')
    assert isinstance(bad, Quarantined)
    assert bad.line == 3


def test_odd_bytes_and_lone_surrogates(tmp_path: Path) -> None:
    lines = [
        '{"text": "The café – burned."}'.encode("cp1252"),
        '{"text": "The café – burned."}'.encode(),
        b'{"text": "Half a sign: \\ud83d."}',
        '{"text": "Vieux café, \xe9t\xe9 – '.encode() + b'\xff broken"}',
        b'{"text": "A raw\ttab."}',
    ]
    texts = [item.text for item in read(tmp_path / "a.jsonl", b"\n".join(lines)) if isinstance(item, Report)]
    assert texts == [
        "The café – burned.",
        "The café – burned.",
        "Half a sign: \ufffd.",
        "Vieux café, été – \ufffd broken",
        "A raw tab.",
    ]


def test_half_signs_never_reach_what_is_stored(tmp_path: Path) -> None:
    half = "\ud83d"
    row = dict.fromkeys(("title", "publisher", "url", "lang"), half + "a")
    items = read(tmp_path / "a.jsonl", "\n".join([json.dumps({"text": TEXT, **row}), json.dumps({half: 1})]))
    assert [type(item).__name__ for item in items] == ["Report", "Quarantined"]
    for item in items:
        msgspec.json.encode(item)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(tmp_path: Path, encoding: str) -> None:
    rows = '{"text": "The café burned."}\r\n{"text": "They left."}\r\n'
    texts = [item.text for item in read(tmp_path / "a.jsonl", rows.encode(encoding)) if isinstance(item, Report)]
    assert texts == ["The café burned.", "They left."]


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    rows = [json.dumps({"text": text}) for text in (TEXT, "word " * 100_000, "word " * 300, "They left.")]
    items = read(tmp_path / "a.jsonl", "\n".join(rows), max_characters=1_000)
    assert [type(item).__name__ for item in items] == ["Report", "Quarantined", "Quarantined", "Report"]
    assert [item.line for item in items if isinstance(item, Quarantined)] == [2, 3]
