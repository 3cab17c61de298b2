"""The gazetteer's index: built whole or not at all, the same every time, and quick to ask."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gesta.resolve.places import gazetteer as module
from gesta.resolve.places.build import Source, build
from gesta.resolve.places.gazetteer import Gazetteer, GazetteerError

_NUMBERS = itertools.count(1)


def city(
    name: str, country: str, admin1: str, people: int, *others: str, at: tuple[float, float] = (30.0, 40.0)
) -> Any:
    return {
        "geonameid": next(_NUMBERS),
        "name": name,
        "latitude": at[0],
        "longitude": at[1],
        "countrycode": country,
        "admin1code": admin1,
        "population": people,
        "alternatenames": list(others),
    }


CITIES = [
    city("Al Ḩawījah", "IQ", "13", 0, "hwija", "الحويجة", at=(35.3, 43.8)),
    city("Kirkuk", "IQ", "13", 1_031_000, "Kerkuk", "Karkūk", "krkwk", at=(35.5, 44.4)),
    city("Paris", "FR", "11", 2_100_000, "PAR", "Lutetia", "Parigi", at=(48.9, 2.4)),
    city("Paris", "US", "TX", 25_000, at=(33.7, -95.6)),
    city("Delhi", "IN", "07", 11_000_000, "New Delhi"),
    city("New Delhi", "IN", "07", 300_000),
    city("Nowhere", "ZZ", "01", 9_000),
]
DIVISIONS = [
    {"code": "IQ.13", "name": "Kirkuk", "names": "", "short": ""},
    {"code": "US.TX", "name": "Texas", "names": "Lone Star State", "short": "Tex.|TX"},
]
DISTRICTS = [
    {"division": "US.TX", "name": "Lamar County", "latitude": "33.7", "longitude": "-95.6", "population": "50000"}
]
SOURCE = Source(
    version="test",
    cities=lambda: CITIES,
    divisions=DIVISIONS,
    division_ids={"US.TX": 4736286},
    districts=DISTRICTS,
    nicknames=[{"name": "Gay Paree", "geonames_id": str(CITIES[2]["geonameid"])}, {"name": "X", "geonames_id": "99"}],
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return Gazetteer.open(tmp_path_factory.mktemp("places") / "index.sqlite", source=SOURCE)


def test_a_name_gives_its_places_largest_first(small: Gazetteer) -> None:
    assert [(entry.name, entry.country) for entry in small.lookup("PARIS")] == [("Paris", "FRA"), ("Paris", "USA")]
    assert small.lookup("Atlantis") == small.lookup("") == small.lookup("***") == ()


def test_an_entry_says_what_it_is(small: Gazetteer) -> None:
    texas = small.lookup("Texas")[0]
    assert (texas.kind, texas.geonames_id, texas.admin1, texas.population) == ("province", 4736286, "US.TX", 25_000)
    assert (texas.latitude, texas.longitude) == (33.7, -95.6)
    province, place = sorted(small.lookup("Kirkuk"), key=lambda entry: entry.kind, reverse=True)
    assert (province.kind, province.geonames_id, place.kind) == ("province", None, "city")
    assert province.latitude == pytest.approx(35.4)
    assert small.lookup("Lamar County")[0].kind == "district"


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Al-Hawijah", "name"),
        ("Hawijah", "alternate"),
        ("Hawija", "loose"),
        ("El Hawidja", "loose"),
        ("Karkuk", "alternate"),
        ("PAR", "short"),
        ("Gay Paree", "alternate"),
        ("Lone Star State", "alternate"),
    ],
)
def test_how_a_name_fits(small: Gazetteer, name: str, how: str) -> None:
    assert small.lookup(name)[0].how == how


def test_machine_transliterations_and_unknown_countries_are_left_out(small: Gazetteer) -> None:
    assert small.lookup("krkwk") == () == small.lookup("الحويجة")
    assert small.lookup("Nowhere") == ()
    assert len(small) == len(CITIES) - 1 + len(DIVISIONS) + len(DISTRICTS)


def test_short_forms_are_no_names(small: Gazetteer) -> None:
    assert [entry.name for entry in small.short("Tex.")] == ["Texas"] == [entry.name for entry in small.short("TX")]
    assert small.lookup("Tex") == () == small.short("Texas")


def test_the_seat_of_government_is_marked(small: Gazetteer) -> None:
    assert small.lookup("New Delhi")[0].name == "New Delhi" and small.lookup("New Delhi")[0].capital
    assert small.lookup("Paris")[0].capital and not small.lookup("Paris")[1].capital


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    shares: list[float] = []
    build(tmp_path / "one", SOURCE, progress=shares.append)
    build(tmp_path / "two", SOURCE)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert shares[0] == 0.0 and shares[-1] == 1.0 and shares == sorted(shares)


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Any:
        yield CITIES[0]
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        build(tmp_path / "index", Source(version="test", cities=broken))
    assert list(tmp_path.iterdir()) == []


def test_several_may_build_at_once(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "index.sqlite"
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: Gazetteer.open(path, source=SOURCE), range(4)))
    assert {len(gazetteer) for gazetteer in opened} == {9}
    assert [file.name for file in path.parent.iterdir()] == ["index.sqlite"]


def test_threads_may_share_one(small: Gazetteer) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(small.lookup, [f"Paris{' ' * (at % 50)}" for at in range(400)]))
    assert {len(entries) for entries in found} == {2}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The cache folder and the one to fall back on."""
    cache, temporary = tmp_path / "cache", tmp_path / "temporary"
    monkeypatch.setattr(module.platformdirs, "user_cache_dir", lambda name: str(cache))
    monkeypatch.setattr(module.tempfile, "gettempdir", lambda: str(temporary))
    return cache, temporary


def test_the_cache_is_built_once(folders: tuple[Path, Path]) -> None:
    shares: list[float] = []
    first = Gazetteer.open(source=SOURCE, progress=shares.append)
    second = Gazetteer.open(source=SOURCE, progress=shares.append)
    assert first.path == second.path and first.path.parent == folders[0]
    assert shares.count(0.0) == 1
    assert "test" in first.path.name


def test_other_data_are_another_index(folders: tuple[Path, Path]) -> None:
    newer = Source(version="newer", cities=lambda: CITIES[:1])
    assert Gazetteer.open(source=SOURCE).path != Gazetteer.open(source=newer).path


def test_a_damaged_cache_is_built_again(folders: tuple[Path, Path]) -> None:
    path = Gazetteer.open(source=SOURCE).path
    path.write_bytes(b"not a database at all" * 100)
    assert Gazetteer.open(source=SOURCE).lookup("Kirkuk")
    path.write_bytes(b"")
    assert Gazetteer.open(source=SOURCE).lookup("Kirkuk")


def test_a_home_that_cannot_be_written_falls_back(folders: tuple[Path, Path]) -> None:
    folders[0].write_text("a file where the folder should be")
    assert folders[1] in Gazetteer.open(source=SOURCE).path.parents


def test_no_folder_at_all_is_an_error_for_people(folders: tuple[Path, Path]) -> None:
    for folder in folders:
        folder.write_text("a file where the folder should be")
    with pytest.raises(GazetteerError, match="no folder to keep it in") as caught:
        Gazetteer.open(source=SOURCE)
    assert caught.value.remedy


def test_a_file_of_another_kind_is_an_error_for_people(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no index, only words, and enough of them to be read as a page\n" * 50)
    with pytest.raises(GazetteerError, match="not a gazetteer index") as caught:
        Gazetteer.open(path)
    assert caught.value.where == str(path) and caught.value.remedy
