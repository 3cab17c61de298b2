"""Files that are no clean text: read, or quarantined with the reason; never lost, never fatal."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest

from gesta.read import read_paths
from gesta.read.decode import decode
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

TEXT = "Police arrested two men in the market on Monday, and the mayor of the town thanked them."


def read(path: Path, content: bytes, **settings: object) -> Report | Quarantined:
    path.write_bytes(content)
    (item,) = read_paths([path], ReadSettings(**settings))  # type: ignore[arg-type]
    return item


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "The café – “closed” – burned, and Müller’s men ran."),
        ("utf-8-sig", "The café – “closed” – burned, and Müller’s men ran."),
        ("utf-16", "The café – “closed” – burned, and Müller’s men ran."),
        ("utf-16-le", "The café – “closed” – burned, and Müller’s men ran."),
        ("utf-16-be", "The café – “closed” – burned, and Müller’s men ran."),
        ("utf-32", "The café – “closed” – burned, and Müller’s men ran."),
        ("cp1252", "The café – “closed” – burned, and Müller’s men ran."),
        ("latin-1", "The café burned, and Müller's men ran to Málaga."),
        ("cp1252", "Café."),
        ("cp1251", "Президент заявил в среду, что войска будут выведены из региона к концу месяца."),
        ("shift_jis", "日本の首相は水曜日に東京で記者会見を開き、新しい経済政策を発表した。"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    report = read(tmp_path / "a.txt", text.encode(encoding))
    assert isinstance(report, Report)
    assert report.text == text


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    good = "Vieux café, été – "
    assert decode(good.encode() + b"\xff\xfe end") == good + "\ufffd\ufffd end"


def test_control_characters_are_settled(tmp_path: Path) -> None:
    report = read(tmp_path / "a.txt", f"Police\x00 arrested\x07 two\x1bmen\x7f.\r\rThey\u200b left.\x85{TEXT}".encode())
    assert isinstance(report, Report)
    assert report.text == f"Police  arrested  two men .\n\nThey left.\n{TEXT}"


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\x00\x00\x00", "\u200b\n".encode()])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a"])
def test_files_with_nothing_in_them(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (item,) = read_paths([path])
    assert isinstance(item, Quarantined)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"BZh91AY", "bzip2"),
        (bytes(range(32)) * 20, "binary data"),
        (b"\x00\x01\x02\x03" * 400, "binary data"),
        (b"\xf5\xc0\x81\x8d\x90\x9d\xff" * 50, "no other encoding"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a"])
def test_files_that_are_no_text(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    item = read(tmp_path / name, content)
    assert isinstance(item, Quarantined)
    assert item.origin == name
    if why != "no other encoding" or name not in ("a.jsonl", "a.csv", "a.json"):
        assert why in item.reason


def test_one_line_far_too_long(tmp_path: Path) -> None:
    for name in ("a.txt", "a.txt.gz"):
        huge = b"word " * 400_000
        item = read(tmp_path / name, gzip.compress(huge) if name.endswith("gz") else huge, max_characters=10_000)
        assert isinstance(item, Quarantined)
        assert item.field == "text"
        assert "longer than 10,000 characters" in item.reason
    exact = read(tmp_path / "b.txt", b"x" * 10_000, max_characters=10_000)
    assert isinstance(exact, Report)
    assert isinstance(read(tmp_path / "b.txt", b"x" * 10_001, max_characters=10_000), Quarantined)


def test_no_more_is_read_than_a_report_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    whole = gzip.GzipFile.read

    def count(self: gzip.GzipFile, size: int = -1) -> bytes:
        nonlocal taken
        part = whole(self, size)
        taken += len(part)
        return part

    monkeypatch.setattr(gzip.GzipFile, "read", count)
    bomb = gzip.compress(b"\n" * 20_000_000)
    assert len(bomb) < 100_000
    assert isinstance(read(tmp_path / "a.txt.gz", bomb, max_characters=10_000), Quarantined)
    assert 40_000 < taken < 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 400_000 + TEXT,
        " \n" * 300_000 + TEXT,
        "<!---->" * 580 + TEXT,
        "Published: 2020-01-02 10:00 " + "a" * 50 + "!\n" + TEXT,
        "Zarkand, " * 200_000 + TEXT,
        "ZARKAND (" * 200_000 + TEXT,
        "By " + "A. " * 600_000 + TEXT,
        '"' * 1_900_000 + TEXT,
    ],
    ids=["blank lines", "blanks", "comments", "zones", "places", "agencies", "initials", "quotation marks"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a"])
def test_nothing_takes_for_ever(tmp_path: Path, name: str, text: str) -> None:
    start = time.process_time()
    (tmp_path / name).write_text("text\n" + text if name == "a.csv" else text)
    assert list(read_paths([tmp_path / name]))
    assert time.process_time() - start < 10


@pytest.mark.parametrize("cut", [3, 12, -20, -4])
def test_a_compressed_text_cut_short(tmp_path: Path, cut: int) -> None:
    item = read(tmp_path / "a.txt.gz", gzip.compress(TEXT.encode() * 50)[:cut])
    assert isinstance(item, Quarantined)
    assert "broken or cut short" in item.reason


def test_compressed_lines_cut_short_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{TEXT} {number * 7919 % 1000}"}) + "\n" for number in range(2_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-3_000])
    items = list(read_paths([path]))
    assert isinstance(items[0], Report)
    assert isinstance(items[-1], Quarantined)
    assert "cut short; what stands before was read" in items[-1].reason
    assert len(items) > 100
    assert all(isinstance(item, Report) for item in items[:-2])


def test_metadata_alone_is_no_report(tmp_path: Path) -> None:
    item = read(tmp_path / "a.txt", b"https://ridge.example/a\nPublished: 2020-01-03\n\n")
    assert isinstance(item, Quarantined)
    assert item.field == "text"
