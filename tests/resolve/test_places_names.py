"""Toponyms as text: what counts as the same name, and how a name is taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.ontology.tables import read_table
from gesta.resolve.actors.countries import by_code
from gesta.resolve.places.names import (
    Dissected,
    dissect,
    fold,
    is_direction,
    is_facility,
    loosen,
    tidy,
    without_article,
)

HERE = "gesta.resolve.places"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al Ḩawījah", "al-hawijah"),
        ("Sana'a", "Sanaa"),
        ("Ta‘izz", "Taizz"),
        ("St. Louis", "Saint Louis"),
        ("Washington, D.C.", "Washington DC"),
        ("Łódź", "Lodz"),
        ("Mt. Vernon", "Mount Vernon"),
        ("Port-au-Prince", "PORT AU PRINCE"),
        ("Zürich", "Zu\u0308rich"),
    ],
)
def test_these_are_the_same_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Paris", "Parys"), ("Main St.", "Main Saint"), ("Newport", "New Port")])
def test_these_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("al hawijah", "hawija"), ("fallujah", "al faluja"), ("dayr az zawr", "deir el zor"), ("qamishli", "kamishly")],
)
def test_transliterations_loosen_to_one_key(one: str, other: str) -> None:
    assert loosen(one) == loosen(other)


def test_loose_keys_are_no_plain_keys() -> None:
    assert loosen("mosul").startswith("~") and not fold("~mosul").startswith("~~")


def test_only_an_arabic_article_before_a_word_goes() -> None:
    assert without_article("al hawija") == "hawija"
    assert without_article("alabama") is None
    assert without_article("el ay") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Gaza Strip", "Gaza Strip"),
        ("Baghdad's", "Baghdad"),
        ("“Homs”", "Homs"),
        ("Deir\nez-Zor", "Deir ez-Zor"),
        ("U.S.", "U.S."),
        ("Mosul.", "Mosul"),
        ("The", "The"),
        ("...", ""),
    ],
)
def test_tidy(text: str, name: str) -> None:
    assert tidy(text) == name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kirkuk province", Dissected("Kirkuk", "province", "province")),
        ("Province of Kirkuk", Dissected("Kirkuk", "province", "province", linked=True)),
        ("Lake Chad", Dissected("Chad", "water", "lake")),
        ("River Benue", Dissected("Benue", "water", "river")),
        ("eastern Syria", Dissected("Syria", "part", "eastern")),
        ("north-western Nigeria", Dissected("Nigeria", "part", "north-western")),
        ("northeastern Jilin province", Dissected("Jilin province", "part", "northeastern")),
        ("Southeast Asia", Dissected("Asia", "part", "southeast")),
        ("downtown Cairo", Dissected("Cairo", "part", "downtown")),
        ("Erbil International Airport", Dissected("Erbil International", "facility", "airport")),
        ("University of Mosul", Dissected("Mosul", "facility", "university", linked=True)),
        ("Guma Local Government Area", Dissected("Guma", "district", "lga")),
        ("Baghdad", None),
        ("Northampton", None),
        ("Westminster Abbey", None),
    ],
)
def test_dissect(name: str, parts: Dissected | None) -> None:
    assert dissect(name) == parts


def test_a_bare_direction_is_no_name() -> None:
    assert is_direction("Northwest") and is_direction("south-east")
    assert not is_direction("North Korea") and not is_direction("Easter")


def test_generic_words_tell_facilities() -> None:
    assert is_facility("K-1 base") and not is_facility("Kirkuk province")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_any_text_can_be_taken_apart(text: str) -> None:
    tidied = tidy(text)
    assert tidied == " ".join(tidied.split())
    parts = dissect(tidied)
    assert parts is None or parts.core
    assert loosen(fold(text)).startswith("~")


@pytest.mark.parametrize(
    ("table", "column"),
    [("words.tsv", "word"), ("divisions.tsv", "code"), ("sites.tsv", "name"), ("regions.tsv", "name")],
)
def test_tables_have_no_doubles(table: str, column: str) -> None:
    keys = [row[column] for row in read_table(HERE, table)]
    assert len(keys) == len(set(keys))


def test_codes_in_the_tables_are_of_countries() -> None:
    assert all(by_code(row["code"].split(".")[0]) for row in read_table(HERE, "divisions.tsv"))
    assert all(by_code(row["country"]) for row in read_table(HERE, "regions.tsv") if row["country"])
    assert all(by_code(row["country"]) for row in read_table(HERE, "sites.tsv"))
    codes = {row["code"] for row in read_table(HERE, "divisions.tsv")}
    assert all(row["division"] in codes for row in read_table(HERE, "districts.tsv"))


@pytest.mark.parametrize("table", ["districts.tsv", "sites.tsv"])
def test_points_are_on_earth(table: str) -> None:
    for row in read_table(HERE, table):
        assert -90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180
