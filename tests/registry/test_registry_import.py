"""Files of users' actors: what is read, what is refused and with which words, and that nothing is lost silently."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.coder import describe_run
from gesta.errors import UsageError
from gesta.registry import keep, kept_names, open_registry, read_actors, read_kept, remove
from gesta.registry.codes import split_code
from gesta.registry.entries import Entry, to_group, to_leader
from gesta.registry.facts import facts_of
from gesta.registry.petrarch import is_petrarch, read_petrarch
from gesta.registry.tables import read_actor_table
from gesta.resolve.actors.registry import default_registry
from gesta.settings import CodeSettings

PETRARCH = """; Norland, our own
# another remark
ANN_LEE_ [NORELI <811014] [NORGOV 19811014-20110211] ; queen
+QUEEN_ANN_
\t[NORELI >20110211]
NORLAND_FREEDOM_FRONT_ [PAKREBTAL]
+NFF_
KENYA_ [KEN]
MILITIA_OF_NOBODY_ [---MIL]
JOE_MOE_  [UGAMED 20090120-20170120]
"""


def petrarch(text: str) -> tuple[dict[str, Entry], list[tuple[int | None, str | None]], Counter[str]]:
    left_out: Counter[str] = Counter()
    entries, refused = read_petrarch(text, origin="x", left_out=left_out)
    assert all(one.reason and one.remedy for one in refused)
    return {one.name: one for one in entries}, [(one.line, one.field) for one in refused], left_out


def test_a_petrarch_dictionary() -> None:
    found, refused, left_out = petrarch(PETRARCH)
    assert refused == [] and set(found) == {"Ann Lee", "Norland Freedom Front", "Militia of Nobody", "Joe Moe"}
    ann = found["Ann Lee"]
    assert ann.kind == "person" and ann.aliases == ("Queen Ann",) and ann.country == "NOR"
    assert ann.roles == ("..1981-10-13;;NOR;ELI", "1981-10-14..2011-02-11;;NOR;GOV", "2011-02-12..;;NOR;ELI")
    front = found["Norland Freedom Front"]
    assert (front.kind, front.country, front.sectors) == ("group", "PAK", ("REB",))
    assert front.aliases == ("NFF", "Nff") and "TAL" in front.note
    assert found["Militia of Nobody"].country is None and found["Militia of Nobody"].sectors == ("MIL",)
    assert found["Joe Moe"].roles == ("2009-01-20..2017-01-20;;UGA;JRN",)
    assert left_out["countries, peoples and capitals, which Gesta knows"] == 1
    assert left_out["part of a code without a counterpart: TAL"] == 1


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("ANN_LEE_ [USAG]", "code"),
        ("ANN_LEE_ [USAGOV <20011399]", "code"),
        ("ANN_LEE_ [USAGOV 20110101-20100101]", "code"),
        ("ANN_LEE_ [USAGOV soon]", "code"),
        ("ANN_LEE_ [USAGOV", "code"),
        ("ANN_LEE_ []", "code"),
        ("ANN_LEE_ [ZZZ]", "code"),
        ("ANN_LEE_", "code"),
        ("___ [USAGOV]", "code"),
        ("+ANN_LEE_", "name"),
        ("\t[USAGOV]", "code"),
    ],
)
def test_a_line_that_is_refused(line: str, field: str) -> None:
    found, refused, _ = petrarch(f"; remark\n{line}\n")
    assert found == {} and refused[0] == (2, field) and len(refused) == 1


def test_one_bad_code_does_not_cost_the_others() -> None:
    found, refused, _ = petrarch("ANN_LEE_ [USAGOV] [USAG]\nBEN_MOE_ [NORGOV]\n")
    assert set(found) == {"Ann Lee", "Ben Moe"} and refused == [(1, "code")]


@pytest.mark.parametrize(
    ("code", "country", "sectors", "unknown"),
    [
        ("USAGOV", "USA", ("GOV",), ()),
        ("PAKREBTAL", "PAK", ("REB",), ("TAL",)),
        ("IGOUNO", "UNO", (), ()),
        ("IGOEEC", "EUR", (), ()),
        ("---MIL", None, ("MIL",), ()),
        ("IMGMOSALQ", "IMG", (), ("MOS", "ALQ")),
        ("NGO", "NGO", (), ()),
        ("KENNGO", "KEN", ("SOC",), ()),
        ("KENMED", "KEN", ("JRN",), ()),
        ("KENHLH", "KEN", ("MED",), ()),
        ("INDSEP", "IND", ("REB",), ()),
        ("MNCUSA", "MNC", (), ("USA",)),
        ("WSBCVL", "PSE", ("CVL",), ()),
        ("AGRCVL", None, ("AGR", "CVL"), ()),
        ("BHRGOVJUD", "BHR", ("GOV", "JUD"), ()),
    ],
)
def test_codes_taken_apart(code: str, country: str | None, sectors: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    parts = split_code(code)
    assert (parts.country, parts.sectors, parts.unknown) == (country, sectors, unknown)


@given(st.text(alphabet="ABCGOVREBUSA-<>[]_+;# \t0123456789\n", max_size=120))
def test_any_dictionary_is_read_or_refused_line_by_line(text: str) -> None:
    left_out: Counter[str] = Counter()
    entries, refused = read_petrarch(text, origin="x", left_out=left_out)
    for one in entries:
        assert to_group(one, "x") or to_leader(one, "x")
    assert all(one.line and one.reason for one in refused)


@given(st.text(max_size=20))
def test_any_code_is_taken_apart_or_refused_in_words(text: str) -> None:
    try:
        parts = split_code(text)
    except ValueError as error:
        assert str(error)
    else:
        assert parts.country or parts.sectors


def table(text: str) -> tuple[dict[str, Entry], list[tuple[int | None, str | None]], Counter[str]]:
    left_out: Counter[str] = Counter()
    entries, refused = read_actor_table(text, origin="x", left_out=left_out)
    return {one.name: one for one in entries}, [(one.line, one.field) for one in refused], left_out


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_in_any_order_and_case(delimiter: str) -> None:
    rows = [
        ["COUNTRY", "Name", "Aliases", "Sectors", "From", "To", "colour"],
        ["Kenya", "Ann Lee", "Lee A.|Annie Lee", "GOV", "2001", "2005-06", "red"],
    ]
    found, refused, left_out = table("\ufeff" + "\r\n".join(delimiter.join(row) for row in rows))
    ann = found["Ann Lee"]
    assert refused == [] and ann.kind == "person" and ann.country == "KEN" and ann.aliases == ("Lee A.", "Annie Lee")
    assert ann.roles == ("2001..2005-06;;KEN;GOV",) and left_out == {"column not read: colour": 1}


def test_rows_of_one_name_are_one_actor() -> None:
    found, _, _ = table(
        "name,country,sectors,title,from,to\nAnn Lee,KEN,GOV,President,2001,2005\nAnn Lee,KEN,OPP,,2006,\n"
    )
    assert found["Ann Lee"].roles == ("2001..2005;president;KEN;GOV", "2006..;;KEN;OPP")


def test_our_own_columns() -> None:
    text = (
        "name\taliases\tkind\tcountry\tsectors\tlater\troles\tnote\n"
        "Norland Front\t?NF\tgroup\tKEN\tREB\t2010-05-01 GOV\t\tsmall\n"
        "Ben Moe\t\tperson\tKEN\t\t\t2001..;president;KEN;GOV|..2000;leader;Norland Front;REB\t\n"
    )
    found, refused, _ = table(text)
    front = to_group(found["Norland Front"], "mine")
    assert refused == [] and front is not None
    assert front.sectors(date(2009, 1, 1)) == ("REB",) and front.sectors(date(2011, 1, 1)) == ("GOV",)
    assert len(found["Ben Moe"].roles) == 2


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("Ann Lee,Nowhere,,,,", "country"),
        ("Ann Lee,KEN,XYZ,,,", "sectors"),
        ("Ann Lee,KEN,GOV,,2010-13,", "from, to"),
        ("Ann Lee,KEN,GOV,,2010,2001", "from, to"),
        ("Ann Lee,KEN,GOV,hero,,", "kind"),
        (",KEN,GOV,,,", "name"),
        ("Kenya,KEN,GOV,,,", "name"),
        ("Ann Lee,KEN,GOV,,,,,more", "row"),
    ],
)
def test_a_row_that_is_refused(row: str, field: str) -> None:
    found, refused, _ = table(f"name,country,sectors,kind,from,to\n{row}\nBen Moe,KEN,GOV,,,\n")
    assert set(found) == {"Ben Moe"} and refused == [(2, field)]


@given(st.text(max_size=80))
def test_any_table_is_read_or_refused(text: str) -> None:
    entries, refused = read_actor_table(f"name,country,from\n{text}", origin="x", left_out=Counter())
    assert all(one.name for one in entries) and all(one.reason for one in refused)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"country,colour\nKEN,red\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"ANN_LEE_ [USAG]\n", b"name\n"],
)
def test_a_file_of_which_nothing_can_be_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(UsageError) as error:
        read_actors(tmp_path / "bad.csv")
    assert error.value.where and error.value.remedy
    with pytest.raises(UsageError, match="cannot be read"):
        read_actors(tmp_path / "none.csv")


def test_the_form_is_told_by_the_content(tmp_path: Path) -> None:
    assert is_petrarch(PETRARCH) and not is_petrarch("name,note\nAnn Lee,see [1]\n")
    (tmp_path / "latin.csv").write_bytes("name;country\nJosé Moe;KEN\n".encode("cp1252"))
    assert [one.name for one in read_actors(tmp_path / "latin.csv").entries] == ["José Moe"]


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_imports_are_kept_used_named_by_their_hash_and_forgotten(data_home: Path) -> None:
    (data_home / "a.actors.txt").write_text(PETRARCH, encoding="utf-8")
    settings = CodeSettings(gazetteer="default")
    before = describe_run(settings, "m", gazetteer="g")
    assert before.settings["registry"] == "default" and open_registry() is default_registry()
    keep(read_actors(data_home / "a.actors.txt"), "mine")
    after = describe_run(settings, "m", gazetteer="g")
    assert kept_names() == ("mine",) and len(read_kept("mine").entries) == 4
    assert after.id != before.id and after.settings["registry"] == open_registry().version
    ann = open_registry().leaders.named("Queen Ann")
    assert ann is not None and ann.origin == "mine"
    assert [one["origin"] for one in facts_of(open_registry(), "norland freedom front")] == ["mine"]
    assert facts_of(open_registry(), "nobody of that name") == []
    assert open_registry("default").version == "default"
    remove("mine")
    assert kept_names() == () and describe_run(settings, "m", gazetteer="g").id == before.id
    with pytest.raises(UsageError, match="no imported actors"):
        remove("mine")


def test_a_damaged_import_and_a_bad_name_are_told(data_home: Path) -> None:
    (data_home / "a.actors.txt").write_text(PETRARCH, encoding="utf-8")
    path = keep(read_actors(data_home / "a.actors.txt"), "mine")
    path.write_text('{"source": 1}', encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"):
        open_registry()
    with pytest.raises(UsageError, match="no such folder"):
        open_registry(str(data_home / "none"))
    with pytest.raises(UsageError, match="is no name"):
        read_kept("../mine")
