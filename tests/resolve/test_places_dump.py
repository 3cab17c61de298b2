"""An index built from a GeoNames dump: what is kept, what is counted as bad, and that hamlets change no reading."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gesta.annotate.tokens import blank_language
from gesta.errors import GestaError, UsageError
from gesta.records import Place, Report
from gesta.resolve.places import Gazetteer, find_places
from gesta.resolve.places.build import Source, build, is_index
from gesta.resolve.places.dump import COLUMNS, Dump, DumpError, RowError, Tally, read_row
from gesta.resolve.places.features import features
from gesta.resolve.places.gazetteer import Entry

_NUMBERS = itertools.count(9_000_001)
_VILLAGES = "Tell Rmeh|Kafr Senjar|Beit Qolla|Umm Zalat|Ain Harsa|Khirbet Moz|Deir Luqa|Wadi Sarf".split("|")


def line(
    name: str,
    feature: str = "P.PPL",
    country: str = "SY",
    admin1: str = "10",
    *others: str,
    people: str = "0",
    at: tuple[str, str] = ("35.1", "36.7"),
    number: int | None = None,
    cc2: str = "",
    changed: str = "2023-04-05",
) -> str:
    """One line of a dump."""
    group, _, code = feature.partition(".")
    ascii_name = name.encode("ascii", "ignore").decode()
    fields = [str(number or next(_NUMBERS)), name, ascii_name, ",".join(others), *at, group, code, country, cc2]
    fields += [admin1, "", "", "", people, "", "300", "Asia/Damascus", changed]
    return "\t".join(fields)


GOOD = [
    line("Ḩamāh", "P.PPLA", "SY", "10", "Hama", "Hamah", "Epiphania", people="696863", number=170017),
    line("Muḩāfaz̧at Ḩalab", "A.ADM1", "SY", "09", "Aleppo Governorate", "Halab", people="4868000", number=170062),
    line("Muḩāfaz̧at Ḩamāh", "A.ADM1", "SY", "10", "Hama Governorate", people="1628000", number=170015),
    line("Maşyāf", "A.ADM2", "SY", "10", "Masyaf District", people="200000", number=8000001),
    line("Georgia", "A.ADM1", "US", "GA", "Peach State", people="10711908", at=("32.7", "-83.5"), number=4197000),
    line("Palanka Province", "A.ADM1", "AO", "77", people="90000", number=8000002),
    line("Hama Military Airport", "S.AIRB", "SY", "10", at=("35.118", "36.711"), number=8000003),
    line("Hama Hospital", "S.HSP", "SY", "10", at=("35.13", "36.75"), number=8000004),
    line("Zarqun", "H.STM", "LB", "08", *(f"Zarq{letter}" for letter in "abcdefghijkl"), cc2="SY,TR", number=8000005),
    line("Ghab Plain", "T.PLN", "SY", "10", number=8000006),
    line("Jabal Zayn", "T.MT", "SY", "10", at=("35.05", "36.25"), number=8000007),
    line("Middle Sea", "H.SEA", "", "", number=8000008),
    line("Old Qolla", "P.PPLQ", "SY", "10", people="90000", number=8000009),
    *(
        line(f"{name} {part}", number=8100000 + 10 * at + part)
        for at, name in enumerate(_VILLAGES)
        for part in range(8)
    ),
    *(
        line(name, "P.PPL", country, "03")
        for name in ("Paris", "Hama", "Aleppo", "Georgia")
        for country in ("NG", "PH")
    ),
    line("Paris", "P.PPL", "US", "NV", people="31"),
    line("Dalton", "P.PPL", "IQ", "13"),
    line("Tell Zoba", "P.PPL", "IQ", "13"),
    line("Tell Zoba", "P.PPL", "IQ", "01", at=("33.1", "41.0")),
    line("Tell Zila", "P.PPL", "IQ", "13"),
    line("Tell Zila", "P.PPLL", "IQ", "13"),
]
LEFT_OUT = [
    line("Well of the Camels", "H.WLL"),
    line("Hotel Baron", "S.HTL"),
    line("Syrian Arab Republic", "A.PCLI", admin1="00"),
    line("Somewhere", ""),
]
BAD = {
    "not 19 columns": ["1\tonly\tthree", "no tabs at all", line("Too Long") + "\tmore"],
    "id no number": [line("Idless").replace("9", "x", 1)],
    "id out of range": ["9" * 30 + line("Far")[7:]],
    "no feature class of GeoNames": [line("Odd", "Q.PPL")],
    "no name": [line(" "), line("'")],
    "coordinates no numbers": [line("Nowhere", at=("", "36.7")), line("Nowhere", at=("north", "36.7"))],
    "coordinates out of range": [line("Beyond", at=("91", "0")), line("Beyond", at=("nan", "0"))],
    "population no number": [line("Many", people="many"), line("Less", people="-5")],
    "population out of range": [line("Most", people="9" * 13)],
    "unknown country code": [line("Utopia", country="ZZ"), line("Homeless", country=""), line("Long", country="SYR")],
}
LINES = [*GOOD, *LEFT_OUT, *itertools.chain.from_iterable(BAD.values())]


def city(number: int, name: str, country: str, admin1: str, people: int, *others: str) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": 35.0 + number % 7,
        "longitude": 36.0,
        "countrycode": country,
        "admin1code": admin1,
        "population": people,
        "alternatenames": list(others),
    }


CITIES = [
    city(2988507, "Paris", "FR", "11", 2_138_551, *(f"Pari{letter}" for letter in "abcdefghijklmnop")),
    city(170017, "Hama", "SY", "10", 696_863, *(f"Ham{letter}" for letter in "bcdefghijklm")),
    city(170063, "Aleppo", "SY", "09", 1_602_264, *(f"Alep{letter}" for letter in "abcdefghijklm")),
    city(11, "Dalton", "US", "GA", 34_000),
    city(8100011, "Kafr Senjar 1", "SY", "10", 0),
]
SOURCE = Source(
    version="test",
    cities=lambda: CITIES,
    divisions=[
        {"code": code, "name": name, "names": "", "short": ""}
        for code, name in [("SY.09", "Aleppo"), ("SY.10", "Hama"), ("US.GA", "Georgia"), ("FR.11", "Ile-de-France")]
    ],
    districts=[
        {"division": "SY.10", "name": name, "latitude": "35.0", "longitude": "36.3", "population": "9000"}
        for name in ("Masyaf District", "Salamiyah District")
    ],
    nicknames=[{"name": "City of Norias", "geonames_id": "170017"}],
)


def write(path: Path, lines: Iterable[str]) -> Path:
    path.write_bytes("".join(f"{one}\n" for one in lines).encode())
    return path


def pack(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.txt", content)
    return path


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("dump")
    build(folder / "index", replace(SOURCE, dump=Dump(write(folder / "SY.txt", LINES))))
    return Gazetteer(folder / "index")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return Gazetteer.open(tmp_path_factory.mktemp("plain") / "index", source=SOURCE)


def one(gazetteer: Gazetteer, name: str) -> Entry:
    (entry,) = gazetteer.lookup(name)
    return entry


def test_rows_are_kept_left_out_or_bad_and_all_are_counted(tmp_path: Path) -> None:
    shares: list[float] = []
    tally = build(
        tmp_path / "index", replace(SOURCE, dump=Dump(write(tmp_path / "d.txt", LINES))), progress=shares.append
    )
    assert (tally.lines, tally.kept, tally.left_out) == (len(LINES), len(GOOD), len(LEFT_OUT))
    assert dict(tally.bad) == {reason: len(lines) for reason, lines in BAD.items()}
    first = len(GOOD) + len(LEFT_OUT) + 1
    assert tally.first["not 19 columns"] == [first, first + 1, first + 2]
    assert shares[0] == 0.0 and shares[-1] == 1.0 and shares == sorted(shares)


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, lines in BAD.items() for text in lines])
def test_why_a_row_is_bad(reason: str, text: str) -> None:
    with pytest.raises(RowError, match=reason):
        read_row(text.encode())


def test_a_row_that_is_no_utf8_or_endless_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_bytes(b"1\t\xff\xfe\n" + b"x" * 600_000 + b"\n" + GOOD[0].encode() + b"\r\n" + GOOD[1].encode())
    tally = Tally()
    found = [dumped.row.id for dumped in Dump(path).rows(tally, lambda share: None)]
    assert found == [170017, 170062] and tally.lines == 4
    assert {reason.split()[0]: lines for reason, lines in tally.first.items()} == {"not": [1], "longer": [2]}


def test_each_kind_of_feature(dumped: Gazetteer) -> None:
    base, river = one(dumped, "Hama Military Airport"), one(dumped, "Zarqun")
    assert (base.kind, base.feature, base.latitude, base.obscure) == ("site", "AIRB", 35.118, False)
    assert (river.kind, river.latitude, river.country, river.admin1) == ("region", None, "", None)
    assert one(dumped, "Ghab Plain")[2:6] == (None, None, "SYR", None)
    assert one(dumped, "Jabal Zayn").kind == "site" and one(dumped, "Middle Sea").country == ""
    assert one(dumped, "Palanka Province").kind == "province"
    assert one(dumped, "Tell Rmeh 3").obscure and one(dumped, "Old Qolla").obscure
    assert dumped.lookup("Hotel Baron") == () == dumped.lookup("Syrian Arab Republic") == dumped.lookup("Utopia")


def test_the_table_of_features_says_only_what_is_understood() -> None:
    table = features()
    assert {feature.kind for feature in table.values()} == {"city", "province", "district", "site", "region"}
    assert {feature.obscure for feature in table.values()} == {"yes", "no", "always"}
    for feature in table.values():
        assert bool(feature.noun) == (feature.kind in {"site", "region"})
    assert len({code.partition(".")[2] for code in table}) == len(table)


def test_a_division_that_both_have_is_there_once(dumped: Gazetteer) -> None:
    (aleppo,) = (entry for entry in dumped.lookup("Aleppo") if entry.kind == "province")
    assert (aleppo.name, aleppo.geonames_id, aleppo.population, aleppo.feature) == ("Aleppo", 170062, 4_868_000, "ADM1")
    assert one(dumped, "Aleppo Governorate").geonames_id == 170062
    (masyaf,) = dumped.lookup("Masyaf District")
    assert (masyaf.geonames_id, masyaf.kind) == (8000001, "district")
    assert one(dumped, "Salamiyah District").geonames_id is None
    assert one(dumped, "Ile-de-France").population == 2_138_551


def test_a_place_that_both_have_is_taken_from_the_dump(dumped: Gazetteer) -> None:
    (hama,) = (entry for entry in dumped.lookup("Hama") if entry.kind == "city" and entry.country == "SYR")
    assert (hama.geonames_id, hama.name, hama.feature) == (170017, "Ḩamāh", "PPLA")
    assert one(dumped, "City of Norias").geonames_id == 170017
    assert not one(dumped, "Kafr Senjar 1").obscure, "the default index holds it, so it is as likely meant as there"
    assert len(dumped) == len(GOOD) + len(CITIES) - 2 + 1 + 1


def test_the_seat_of_government_is_the_one_that_the_dump_says(tmp_path: Path) -> None:
    lines = [
        line("Baghdad", "P.PPL", "IQ", "01", people="900"),
        line("Al Karkh", "P.PPLC", "IQ", "07", "Baghdad", people="800"),
    ]
    build(tmp_path / "index", replace(SOURCE, dump=Dump(write(tmp_path / "IQ.txt", lines))))
    found = {entry.name: entry.capital for entry in Gazetteer(tmp_path / "index").lookup("Baghdad")}
    assert found == {"Baghdad": False, "Al Karkh": True}


def test_hamlets_come_last(dumped: Gazetteer) -> None:
    marks = [entry.obscure for entry in dumped.lookup("Hama")]
    assert marks == sorted(marks) and marks.count(True) == 2


# What an index says of itself.


def test_the_version_names_the_contents_zipped_or_not(tmp_path: Path) -> None:
    text = write(tmp_path / "SY.txt", LINES)
    packed = pack(tmp_path / "SY.zip", readme=b"about", SY=text.read_bytes())
    other = write(tmp_path / "other.txt", LINES[:-1])
    for at, path in enumerate([text, packed, other]):
        build(tmp_path / f"index{at}", replace(SOURCE, dump=Dump(path)))
    assert (tmp_path / "index0").read_bytes() == (tmp_path / "index1").read_bytes()
    one, two, three = (Gazetteer(tmp_path / f"index{at}").about for at in range(3))
    assert one == two and one.version != three.version
    assert one.version.startswith("dump SY.txt ") and " test tables-" in one.version
    assert one.newest == "2023-04-05" and "GeoNames dump SY.txt" in one.source


def test_an_index_is_known_by_its_mark(dumped: Gazetteer, tmp_path: Path) -> None:
    assert is_index(dumped.path)
    assert not is_index(write(tmp_path / "SY.txt", LINES)) and not is_index(tmp_path) and not is_index(tmp_path / "no")


# Files that are no dump.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02" * 999, "no place to keep"),
        (("GB\tEX1\tExeter\n" * 50).encode(), "not 19 columns"),
        ((line("Hotel Baron", "S.HTL") + "\n").encode(), "no place to keep"),
        (b"PK\x03\x04 cut off", "no place to keep"),
    ],
)
def test_a_file_that_is_no_dump_is_an_error_for_people(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    with pytest.raises(DumpError, match=said) as caught:
        build(tmp_path / "index", replace(SOURCE, dump=Dump(path)))
    assert caught.value.where == str(path) and "download.geonames.org" in (caught.value.remedy or "")
    assert [file.name for file in tmp_path.iterdir()] == ["given.txt"]


def test_a_long_file_that_is_no_dump_is_given_up_early(tmp_path: Path) -> None:
    path = write(tmp_path / "log.txt", (f"line {at} of a log" for at in range(30_000)))
    tally = Tally()
    with pytest.raises(DumpError, match="not 19 columns"):
        list(Dump(path).rows(tally, lambda share: None))
    assert tally.lines == 10_000


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        ("SY.zip", lambda whole: whole[:-30], "damaged"),
        ("SY.zip", lambda whole: whole[:300] + bytes(40) + whole[340:], "damaged"),
        ("SY.zip", lambda whole: b"not a zip", "damaged"),
    ],
)
def test_a_damaged_zip_is_an_error_for_people(
    tmp_path: Path, name: str, spoil: Callable[[bytes], bytes], said: str
) -> None:
    path = pack(tmp_path / name, SY="\n".join(LINES).encode())
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(DumpError, match=said) as caught:
        build(tmp_path / "index", replace(SOURCE, dump=Dump(path)))
    assert caught.value.where == str(path) and caught.value.remedy


def test_the_zip_must_hold_one_dump(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="holds no text"):
        Dump(pack(tmp_path / "a.zip", readme=b"about"))
    with pytest.raises(DumpError, match=r"holds SY\.txt, IQ\.txt"):
        Dump(pack(tmp_path / "b.zip", SY=b"x", IQ=b"y"))
    assert Dump(pack(tmp_path / "IQ.zip", SY=b"x", IQ=b"y")).name == "IQ.txt"
    assert Dump(pack(tmp_path / "renamed.zip", SY=b"x", readme=b"y")).name == "SY.txt"


def test_no_file_is_misuse(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.zip"):
        with pytest.raises(UsageError, match="is"):
            Dump(path)


_FIELD = st.text(max_size=12) | st.sampled_from(
    ["P", "PPL", "SY", "10", "0", "1e999", "inf", "٣", "²", "1" * 40, "\x00"]
)
_ODD = (
    st.lists(_FIELD, min_size=COLUMNS, max_size=COLUMNS)
    .map("\t".join)
    .map(lambda text: text.encode("utf-8", "replace"))
)
_LINE = st.binary(max_size=200) | _ODD | st.sampled_from([one.encode() for one in LINES])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_LINE, max_size=12), suffix=st.sampled_from([".txt", ".zip"]), packed=st.booleans())
def test_any_file_gives_an_index_or_an_error_for_people(
    tmp_path: Path, lines: list[bytes], suffix: str, packed: bool
) -> None:
    path, index, content = tmp_path / f"given{suffix}", tmp_path / "index", b"\n".join(lines)
    index.unlink(missing_ok=True)
    if packed:
        pack(path, given=content)
    else:
        path.write_bytes(content)
    try:
        tally = build(index, replace(SOURCE, dump=Dump(path)))
    except GestaError as error:
        assert error.what and error.remedy and not index.exists()
        return
    assert tally.kept + tally.left_out + tally.bad.total() == tally.lines
    opened = Gazetteer(index)
    assert opened.lookup("Paris") and len(opened) > len(CITIES)
    opened.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_zip_with_any_byte_changed_never_crashes(tmp_path: Path, at: int, byte: int) -> None:
    path = pack(tmp_path / "SY.zip", SY="\n".join(LINES[:40]).encode())
    content = bytearray(path.read_bytes())
    content[at % len(content)] = byte
    path.write_bytes(content)
    try:
        list(Dump(path).rows(Tally(), lambda share: None))
    except GestaError as error:
        assert error.where


# What a report means, with millions of hamlets in the index.


def resolve(gazetteer: Gazetteer, text: str, *names: str) -> list[Place]:
    doc = blank_language()(text)
    spots = [(text.index(name), name) for name in names]
    doc.set_ents([doc.char_span(at, at + len(name), label="Location", alignment_mode="expand") for at, name in spots])
    return list(find_places(doc, report=Report(text=text), gazetteer=gazetteer))


@pytest.mark.parametrize(
    ("text", "names", "countries"),
    [
        ("Shells fell on Hama.", ("Hama",), ["SYR"]),
        ("Shells fell on Aleppo.", ("Aleppo",), ["SYR"]),
        ("Talks opened in Paris.", ("Paris",), ["FRA"]),
        ("Nigerian envoys met in Paris.", ("Paris",), ["FRA"]),
        ("Georgia closed its border.", ("Georgia",), ["GEO"]),
        ("A factory burned down in Dalton.", ("Dalton",), ["USA"]),
        ("Police in Dalton, Georgia.", ("Dalton", "Georgia"), ["USA", "USA"]),
        ("He fled from Aleppo to Hama by bus.", ("Aleppo", "Hama"), ["SYR", "SYR"]),
    ],
)
def test_namesakes_of_unknown_size_change_nothing(
    plain: Gazetteer, dumped: Gazetteer, text: str, names: tuple[str, ...], countries: list[str]
) -> None:
    before, after = resolve(plain, text, *names), resolve(dumped, text, *names)
    assert [place.country for place in after] == countries
    for old, new in zip(before, after, strict=True):
        assert (old.country, old.admin1, old.precision, old.feature) == (
            new.country,
            new.admin1,
            new.precision,
            new.feature,
        )


def test_a_hamlet_needs_its_country_named(dumped: Gazetteer) -> None:
    (alone,) = resolve(dumped, "Fighting reached Tell Rmeh 3 overnight.", "Tell Rmeh 3")
    assert alone.precision is None and alone.latitude is None
    text = "Syrian troops left Hama, Syria. Fighting reached Tell Rmeh 3 overnight."
    assert resolve(dumped, text, "Hama", "Tell Rmeh 3")[1].country == "SYR"


def test_a_hamlet_is_a_guess_where_a_town_elsewhere_bears_its_name(dumped: Gazetteer) -> None:
    (place,) = resolve(dumped, "Iraqi troops left Iraq after shelling Dalton for days.", "Dalton")
    assert place.precision is None and {other.country for other in place.alternatives} == {"IRQ", "USA"}


@pytest.mark.parametrize(("name", "precision"), [("Tell Zila", "city"), ("Tell Zoba", None)])
def test_hamlets_that_nothing_tells_apart_are_none_unless_on_one_spot(
    dumped: Gazetteer, name: str, precision: str | None
) -> None:
    (place,) = resolve(dumped, f"Iraqi troops left Iraq after shelling {name} for days.", name)
    assert place.precision == precision and (place.latitude is None) == (precision is None)


def test_a_base_is_a_site_and_a_river_no_point(dumped: Gazetteer) -> None:
    (base,) = resolve(dumped, "Jets struck Hama Military Airport.", "Hama Military Airport")
    assert (base.precision, base.feature, base.country, base.latitude) == ("site", "facility", "SYR", 35.118)
    (river,) = resolve(dumped, "They crossed the Zarqun by night.", "Zarqun")
    assert river.geonames_id == 8000005
    assert (river.precision, river.feature, river.country, river.latitude) == ("region", "water", None, None)
