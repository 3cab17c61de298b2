"""The tables of actors are sound, and names are compared as they should be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.ontology.tables import many, read_table
from gesta.resolve.actors.agreement import agreeing
from gesta.resolve.actors.countries import by_code
from gesta.resolve.actors.groups import INTERNATIONAL, group, groups, spellings
from gesta.resolve.actors.nouns import LONGEST, lemmas, nouns
from gesta.resolve.actors.spelling import Lexicon, attach, fold, key, loosen
from gesta.resolve.actors.wordlists import words

HERE = "gesta.resolve.actors"
SECTORS = {row["sector"] for row in read_table("gesta.ontology", "sectors.tsv")}
TRAITS = {
    *(
        "state",
        "office",
        "holder",
        "voice",
        "crowd",
        "organisation",
        "group",
        "label",
        "family",
        "relation",
        "quantity",
    ),
    *("place", "militia", "honorific", "short", "bare", "loaded"),
}


def test_nouns_have_known_sectors_and_traits_and_are_listed_once() -> None:
    rows = read_table(HERE, "nouns.tsv")
    assert len(rows) >= 350 and len(nouns()) == len(rows)
    for row in rows:
        assert {row["sector"], row["second"]} - {""} <= SECTORS, row
        assert set(many(row["traits"])) <= TRAITS, row
        assert row["country"] in {"", "VAT", *INTERNATIONAL}, row
        assert row["sector"] or row["traits"], row
        assert row["noun"] == row["noun"].lower() == row["noun"].strip() and len(row["noun"].split()) <= LONGEST, row


@pytest.mark.parametrize(
    ("words_", "sectors"),
    [
        ("policemen", ("COP",)),
        ("armed forces", ("MIL",)),
        ("prime ministers", ("GOV",)),
        ("members of parliament", ("LEG",)),
        ("guerrillas", ("REB",)),
        ("suicide bombers", ("UAF",)),
        ("women", ("CVL",)),
        ("NGOs", ("SOC",)),
        ("asylum-seekers", ("REF",)),
    ],
)
def test_nouns_are_found_in_the_plural(words_: str, sectors: tuple[str, ...]) -> None:
    assert nouns()[lemmas(fold(words_).split())].sectors == sectors


def test_groups_have_known_codes_and_no_spelling_stands_for_two() -> None:
    assert len(groups()) >= 250 and spellings()
    for one in groups().values():
        assert one.kind in {"organisation", "group"}, one
        assert one.country is None or one.country in INTERNATIONAL or by_code(one.country), one
        assert set(one.base) <= SECTORS and len(set(one.base)) == len(one.base), one
        assert one.later is None or (set(one.later[1]) <= SECTORS and one.later[0] > date(1990, 1, 1)), one
        assert one.name not in one.aliases and len(set(one.aliases)) == len(one.aliases), one
        assert all(alias == alias.strip() and fold(alias) for alias in one.aliases), one


def test_every_spelling_finds_its_group_unless_it_is_weak() -> None:
    for one in groups().values():
        for text in (one.name, *one.aliases):
            assert group(text.removeprefix("?")) is one or text.startswith("?"), text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hizbullah", "Hezbollah"),
        ("HEZBOLLAH", "Hezbollah"),
        ("al Qaida", "Al-Qaeda"),
        ("Al-Qaeda", "Al-Qaeda"),
        ("Kataib Hizballah", "Kata'ib Hezbollah"),
        ("Kata\u2019ib Hezbollah", "Kata'ib Hezbollah"),
        ("the UN", "United Nations"),
        ("U.N.", "United Nations"),
        ("Nato", "NATO"),
        ("Medecins sans Frontieres", "Médecins Sans Frontières"),
        ("Kurdistan Workers\u2019 Party", "Kurdistan Workers' Party"),
        ("Huthis", "Houthis"),
    ],
)
def test_group_by_any_spelling(text: str, name: str) -> None:
    found = group(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    "text", ["", "the", "Lebanese forces", "un", "who", "Who", "Anc", "SDF", "Hamas fighters", "Homs"]
)
def test_what_is_no_group(text: str) -> None:
    assert group(text) is None


def test_wordlists_hold_folded_words_and_an_unknown_one_is_an_error() -> None:
    for row in read_table(HERE, "words.tsv"):
        assert all(word == fold(word) for word in words(row["name"])), row["name"]
    with pytest.raises(KeyError):
        words("no such list")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kata'ib", "Kataib"),
        ("S\u00e9l\u00e9ka", "SELEKA"),
        ("U.S.-led", "us led"),
        ("al-Qaeda", "Al Qaeda"),
        ("The Hague", "hague"),
    ],
)
def test_keys_agree(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("shabaab", "shabab", True),
        ("qaida", "kaeda", True),
        ("hizbullah", "hezbollah", True),
        ("hamas", "homs", False),
    ],
)
def test_loosened_spellings(one: str, other: str, same: bool) -> None:
    assert (loosen(one) == loosen(other)) == same


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert " ".join(attach(attach(key(text).split()))) == " ".join(attach(key(text).split()))


LETTERS = st.sampled_from("abc")


@given(st.lists(st.lists(LETTERS, min_size=1, max_size=4), max_size=8), st.lists(LETTERS))
def test_a_lexicon_finds_all_and_only_the_phrases_there(phrases: list[list[str]], text: list[str]) -> None:
    lexicon: Lexicon[str] = Lexicon()
    for phrase in phrases:
        lexicon.add(phrase, " ".join(phrase))
    for start in range(len(text)):
        found = [(end, value) for end, values in lexicon.at(text, start) for value in set(values)]
        wanted = {(start + len(p), " ".join(p)) for p in phrases if text[start : start + len(p)] == p}
        assert set(found) == wanted and [end for end, _ in found] == sorted((end for end, _ in found), reverse=True)
        assert lexicon.begins(text[start]) == any(p[0] == text[start] for p in phrases)


@pytest.mark.parametrize(
    ("short", "names", "meant"),
    [
        ("ann lee", ["ann lee", "ben lee"], [0]),
        ("lee", ["ann lee", "ben moe"], [0]),
        ("lee", ["ann lee", "ben lee"], [0, 1]),
        ("ann", ["ann lee"], [0]),
        ("bashir", ["omar al-bashir"], [0]),
        ("kassem sulaimani", ["qassem soleimani"], [0]),
        ("sulaimani", ["qassem soleimani"], [0]),
        ("amin", ["ali amini"], []),
        ("tom lee moe", ["ann lee"], []),
    ],
)
def test_names_of_persons_agree(short: str, names: list[str], meant: list[int]) -> None:
    assert agreeing(short, names) == meant
