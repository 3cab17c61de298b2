"""Which index is in use: the choice is kept, found by later runs, named by the run, and never replaced silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesta.coder import describe_run
from gesta.errors import UsageError
from gesta.resolve.places import Gazetteer, GazetteerError, open_gazetteer
from gesta.resolve.places import chosen as module
from gesta.resolve.places.build import Source, build
from gesta.resolve.places.chosen import choose_index, chosen_index, index_of_dump
from gesta.settings import CodeSettings


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(module.platformdirs, "user_cache_dir", lambda name: str(folder))
    return folder


def index(path: Path, version: str) -> Path:
    build(path, Source(version=version, cities=lambda: []))
    return path


def test_a_choice_is_kept_and_taken_back(cache: Path, tmp_path: Path) -> None:
    assert chosen_index() is None
    path = index(tmp_path / "my places" / "índex.sqlite", "one")
    choose_index(path)
    assert chosen_index() == path and open_gazetteer().path == path
    assert [file.name for file in cache.iterdir()] == ["gazetteer-in-use"]
    choose_index(None)
    choose_index(None)
    assert chosen_index() is None


def test_a_relative_path_holds_from_anywhere(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(tmp_path / "here.sqlite", "one")
    monkeypatch.chdir(tmp_path)
    choose_index(Path("here.sqlite"))
    monkeypatch.chdir("/")
    assert open_gazetteer().about.version.startswith("one ")


def test_a_chosen_index_that_is_lost_or_damaged_is_no_other(cache: Path, tmp_path: Path) -> None:
    path = index(tmp_path / "index.sqlite", "one")
    choose_index(path)
    whole = path.read_bytes()
    path.write_bytes(b"spoilt" * 1000)
    with pytest.raises(GazetteerError, match="not a gazetteer index") as caught:
        open_gazetteer()
    assert caught.value.where == str(path) and "use default" in (caught.value.remedy or "")
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(GazetteerError, match="index"):
        open_gazetteer().lookup("Paris")
    path.unlink()
    with pytest.raises(GazetteerError, match="no such file"):
        open_gazetteer()


def test_an_index_that_is_named_but_not_there_is_misuse(cache: Path) -> None:
    with pytest.raises(UsageError, match="no index of places"):
        open_gazetteer("absent.sqlite")


def test_a_choice_that_cannot_be_kept_is_an_error_for_people(cache: Path, tmp_path: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert chosen_index() is None
    with pytest.raises(UsageError, match="cannot be kept") as caught:
        choose_index(tmp_path / "index")
    assert "--out" in (caught.value.remedy or "")


def test_a_choice_that_cannot_be_read_is_an_error_for_people(cache: Path) -> None:
    (cache / "gazetteer-in-use").mkdir(parents=True)
    with pytest.raises(UsageError, match="cannot be read"):
        chosen_index()


@pytest.mark.parametrize(
    ("dump", "name"),
    [
        ("allCountries.txt", "gazetteer-allCountries.sqlite"),
        ("../a b\n.txt", "gazetteer-a-b.sqlite"),
        ("", "gazetteer-dump.sqlite"),
    ],
)
def test_the_index_of_a_dump_lies_in_the_cache(cache: Path, dump: str, name: str) -> None:
    assert index_of_dump(dump) == cache / name


def test_another_index_is_another_run(cache: Path, tmp_path: Path) -> None:
    one, two = index(tmp_path / "one", "one"), index(tmp_path / "two", "two")
    copy = tmp_path / "copy"
    copy.write_bytes(one.read_bytes())
    runs = [describe_run(CodeSettings(gazetteer=str(path)), "model") for path in (one, two, copy)]
    assert runs[0].id != runs[1].id and runs[0] == runs[2], "the contents count, not the path"
    assert runs[0].settings["gazetteer"] == Gazetteer(one).about.version
    choose_index(two)
    assert describe_run(CodeSettings(), "model") == runs[1]
