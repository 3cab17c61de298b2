"""Files, folders and standard input."""

from __future__ import annotations

import gc
import gzip
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gesta.errors import UsageError
from gesta.read import READABLE, read_paths
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

TEXT = "Police arrested two men in the market."
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def pipe_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "b/1.txt",
        "c.txt",
        "a.txt",
        "b/d/e/f.TXT",
        ".hidden.txt",
        ".git/x.txt",
        "README.md",
        "LICENSE",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    assert [item.origin for item in read_paths([tmp_path])] == ["a.txt", "b/1.txt", "b/2.txt", "b/d/e/f.TXT", "c.txt"]
    assert [item.origin for item in read_paths([str(tmp_path / "b"), tmp_path / "a.txt"])] == [
        "1.txt",
        "2.txt",
        "d/e/f.TXT",
        "a.txt",
    ]


def test_origin_of_a_file_is_as_the_user_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert [item.origin for item in read_paths(["b/1.txt", Path("b") / "1.txt", tmp_path / "b/1.txt"])] == [
        "b/1.txt",
        "b/1.txt",
        "1.txt",
    ]
    assert [item.origin for item in read_paths("b")] == ["1.txt"]


def test_other_types_are_quarantined_with_the_list(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    (tmp_path / "readme.txt").write_text(TEXT)
    bad, report = read_paths([tmp_path])
    assert isinstance(report, Report)
    assert isinstance(bad, Quarantined)
    assert (bad.origin, bad.reason) == ("a.docx", "files of type .docx are not read")
    assert bad.remedy is not None
    assert ".txt, .html, .htm, .jsonl, .ndjson, .json, .csv, .tsv" in bad.remedy
    assert {".txt", ".csv.gz", ".html"} < set(READABLE)


def test_a_missing_path_is_misuse_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError) as caught:
        read_paths([tmp_path, tmp_path / "there" / "not" / "this.txt"])
    assert "this.txt" in caught.value.what
    assert str(caught.value.remedy).endswith(f"{tmp_path / 'there'}.")


@pytest.mark.parametrize("path", ["", "a\0b", "a" * 5_000])
def test_what_is_no_path_is_misuse(path: str) -> None:
    with pytest.raises(UsageError):
        read_paths([path])


def test_settings_are_checked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="max_characters"):
        read_paths([tmp_path], ReadSettings(max_characters=0))


def test_files_are_opened_one_by_one(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    items = read_paths([tmp_path])
    assert isinstance(next(items), Report)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").write_text("They left.")
    gone, changed = items
    assert isinstance(gone, Quarantined)
    assert (gone.origin, gone.reason) == ("b.txt", "it vanished before it could be read")
    assert isinstance(changed, Report)
    assert changed.text == "They left."


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("content", [b'{"text": "One."}\n{"text": "Two."}\n', b"text,title\nOne.,A\nTwo.,B\n"])
def test_reading_may_be_given_up_half_way(tmp_path: Path, content: bytes, packed: bool) -> None:
    name = "a.jsonl" if content.startswith(b"{") else "a.csv"
    (tmp_path / name).write_bytes(gzip.compress(content) if packed else content)
    items = read_paths([tmp_path])
    assert isinstance(next(items), Report)
    del items
    gc.collect()


def test_files_without_extension_are_sniffed(tmp_path: Path) -> None:
    contents = {
        "a1": TEXT,
        "b1": '{"text": "One."}\n{"text": "Two."}',
        "c1": '[{"text": "One."}]',
        "d1": "id,title,text\n1,A,One.",
        "e.1": TEXT,
        "f1.gz": gzip.compress(TEXT.encode()),
        "g1": "text, and nothing else, on this line",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(read_paths([tmp_path]))
    assert all(isinstance(item, Report) for item in items)
    assert [item.origin for item in items] == ["a1", "b1#1", "b1#2", "c1#1", "d1#2", "e.1", "f1.gz", "g1"]


def test_what_is_compressed_is_told_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(gzip.compress(TEXT.encode()))
    assert [item.text for item in read_paths([tmp_path]) if isinstance(item, Report)] == [TEXT, TEXT]


def test_links(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "c.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "d.txt").symlink_to(tmp_path / "d.txt")
    items = {item.origin: item for item in read_paths([tmp_path])}
    assert list(items) == ["a/1.txt", "a/loop", "b/1.txt", "b/loop", "c.txt", "d.txt"]
    assert isinstance(items["b/1.txt"], Report)
    assert "a link back to a folder that it lies in" in items["a/loop"].reason  # type: ignore[union-attr]
    assert all(isinstance(items[name], Quarantined) for name in ("a/loop", "b/loop", "c.txt", "d.txt"))
    assert items["c.txt"].reason == "a link to what is not there"  # type: ignore[union-attr]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    pipe, device = read_paths([tmp_path])
    assert isinstance(pipe, Quarantined)
    assert isinstance(device, Quarantined)
    assert (pipe.reason, device.reason) == ("it is a named pipe, not a file", "it is a device, not a file")


@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    items = list(read_paths([tmp_path]))
    (tmp_path / "b").chmod(0o700)
    assert [item.origin for item in items] == ["a.txt", "b"]
    assert all(isinstance(item, Quarantined) and "ermission" in item.reason for item in items)


def test_a_refusal_of_the_system_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    opened = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    bad, report = read_paths([tmp_path])
    assert isinstance(bad, Quarantined)
    assert (bad.origin, bad.reason) == ("a.txt", "no permission to read it")
    assert isinstance(report, Report)


def test_a_folder_that_may_be_listed_but_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    looked = Path.stat

    def refuse(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return looked(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    (bad,) = read_paths([tmp_path])
    assert isinstance(bad, Quarantined)
    assert (bad.origin, bad.reason) == ("a.txt", "no permission to read it")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(TEXT.encode())
    (report,) = read_paths([tmp_path])
    assert isinstance(report, Report)
    assert report.origin == "caf\ufffd.txt"


def test_standard_input_as_text(pipe_in: Callable[[bytes], None]) -> None:
    pipe_in(f"https://ridge.example/2020/01/03/a\n\n{TEXT}".encode())
    (report,) = read_paths(["-"])
    assert isinstance(report, Report)
    assert (report.origin, report.text, report.published_basis) == ("-", TEXT, "url")


def test_standard_input_as_json_lines(pipe_in: Callable[[bytes], None]) -> None:
    pipe_in(b"\n  \n" + b'{"text": "One."}\n{broken\n{"text": "Two."}\n')
    one, bad, two = read_paths(["-"])
    assert isinstance(one, Report)
    assert isinstance(two, Report)
    assert isinstance(bad, Quarantined)
    assert (one.origin, two.origin, bad.origin, bad.line) == ("-#3", "-#5", "-", 4)


def test_standard_input_is_left_open(pipe_in: Callable[[bytes], None]) -> None:
    pipe_in(b'{"text": "One."}\n')
    report, bad = read_paths(["-", "-"])
    assert isinstance(report, Report)
    assert isinstance(bad, Quarantined)
    assert not sys.stdin.buffer.closed


def test_standard_input_with_nothing(pipe_in: Callable[[bytes], None]) -> None:
    pipe_in(b"")
    (bad,) = read_paths(["-"])
    assert bad == Quarantined(origin="-", reason="the file is empty")
