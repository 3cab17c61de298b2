"""Countries and peoples: the tables are sound, and look-ups do what the module's rules say."""

from __future__ import annotations

import pickle
import unicodedata

import pytest

from gesta.ontology.tables import read_table
from gesta.resolve.actors.countries import by_code, countries, lookup, people, peoples

HERE = "gesta.resolve.actors"
# Beside the 193 members of the United Nations.
OBSERVERS_AND_MORE = {"VAT", "PSE", "KOS", "TWN", "HKG", "ATA"}
PARTIALLY_RECOGNISED = {
    "Abkhazia": "GEO",
    "South Ossetia": "GEO",
    "Transnistria": "MDA",
    "Donetsk People's Republic": "UKR",
    "Luhansk People's Republic": "UKR",
    "Nagorno-Karabakh": "AZE",
    "Northern Cyprus": "CYP",
    "Somaliland": "SOM",
    "Western Sahara": "MAR",
}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("countries.tsv", "iso3"),
        ("countries.tsv", "iso2"),
        ("countries.tsv", "name"),
        ("countries.tsv", "cow"),
        ("countries.tsv", "gw"),
        ("countries.tsv", "fips"),
        ("countries.tsv", "geonames_id"),
        ("peoples.tsv", "name"),
        ("ambiguous.tsv", "key"),
    ],
)
def test_codes_are_unique(table: str, column: str) -> None:
    codes = [row[column] for row in read_table(HERE, table) if row[column]]
    assert len(codes) == len(set(codes))


def test_there_are_193_members_and_what_codes_for_itself() -> None:
    own = {iso3 for iso3, country in countries().items() if country.sovereign is None}
    assert own >= OBSERVERS_AND_MORE
    assert len(own - OBSERVERS_AND_MORE) == 193


def test_sovereigns_are_states_and_codes_are_three_letters() -> None:
    table = countries()
    for iso3, country in table.items():
        assert len(iso3) == 3 and iso3.isupper()
        assert country.code in table and table[country.code].sovereign is None
        # Invented codes stay inside: none is ever given to an event.
        assert not country.code.startswith("X")


def test_every_state_can_be_named_by_demonym_and_capital() -> None:
    for country in countries().values():
        if country.sovereign is None and country.iso3 not in OBSERVERS_AND_MORE:
            assert country.demonyms and country.capitals, country.iso3
            assert country.cow and country.gw and country.fips and country.geonames_id, country.iso3
            assert country.latitude is not None and country.longitude is not None


def test_coordinates_are_on_the_globe() -> None:
    for country in countries().values():
        assert (country.latitude is None) == (country.longitude is None)
        assert -90 <= (country.latitude or 0) <= 90 and -180 <= (country.longitude or 0) <= 180


@pytest.mark.parametrize(("name", "sovereign"), PARTIALLY_RECOGNISED.items())
def test_partially_recognised_entities_take_their_nominal_sovereign_and_pre(name: str, sovereign: str) -> None:
    found = lookup(name)
    assert found and found.country.code == sovereign and found.country.sectors == ("PRE",)


def test_only_the_partially_recognised_are() -> None:
    assert {country.name for country in countries().values() if country.pre} == set(PARTIALLY_RECOGNISED)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Greenland", "DNK"), ("Macau", "CHN"), ("Puerto Ricans", "USA"), ("Hong Kong", "HKG"), ("Palestinians", "PSE")],
)
def test_dependencies_take_their_states_code(name: str, code: str) -> None:
    found = lookup(name)
    assert found and found.country.code == code and not found.country.sectors


@pytest.mark.parametrize(
    ("country", "cow", "gw", "fips", "geonames_id"),
    [
        ("DEU", 255, 260, "GM", 2921044),
        ("YEM", 679, 678, "YM", 69543),
        ("SRB", 345, 340, "RI", 6290252),
        ("CZE", 316, 316, "EZ", 3077311),
        ("VNM", 816, 816, "VM", 1562822),
        ("TON", 955, 972, "TN", 4032283),
        ("IRQ", 645, 645, "IZ", 99237),
        ("KOS", 347, 347, "KV", 831053),
    ],
)
def test_numbers(country: str, cow: int, gw: int, fips: str, geonames_id: int) -> None:
    found = countries()[country]
    assert (found.cow, found.gw, found.fips, found.geonames_id) == (cow, gw, fips, geonames_id)


@pytest.mark.parametrize(
    ("text", "iso3", "how"),
    [
        ("Iraq", "IRQ", "name"),
        ("Burma", "MMR", "name"),
        ("Swaziland", "SWZ", "name"),
        ("Ivory Coast", "CIV", "name"),
        ("Cote d\u2019Ivoire", "CIV", "name"),
        ("Turkiye", "TUR", "name"),
        ("Czech Republic", "CZE", "name"),
        ("DR Congo", "COD", "name"),
        ("Congo-Kinshasa", "COD", "name"),
        ("Congo Brazzaville", "COG", "name"),
        ("Guinea Bissau", "GNB", "name"),
        ("St Kitts & Nevis", "KNA", "name"),
        ("the Netherlands", "NLD", "name"),
        ("The Gambia", "GMB", "name"),
        ("Great Britain", "GBR", "name"),
        ("America", "USA", "name"),
        ("Democratic People's Republic of Korea", "PRK", "name"),
        ("People's Republic of China", "CHN", "name"),
        ("Iraqi", "IRQ", "demonym"),
        ("iraqis", "IRQ", "demonym"),
        ("Britons", "GBR", "demonym"),
        ("Dutchman", "NLD", "demonym"),
        ("Filipinos", "PHL", "demonym"),
        ("Philippine", "PHL", "demonym"),
        ("Argentine", "ARG", "demonym"),
        ("Emirati", "ARE", "demonym"),
        ("Malagasy", "MDG", "demonym"),
        ("South Sudanese", "SSD", "demonym"),
        ("North Korean", "PRK", "demonym"),
        ("Bosnian Serbs", "BIH", "demonym"),
        ("Turkish Cypriot", "XNC", "demonym"),
        ("Equatoguinean", "GNQ", "demonym"),
        ("Moscow", "RUS", "capital"),
        ("Kiev", "UKR", "capital"),
        ("Bogota", "COL", "capital"),
        ("Washington's", "USA", "capital"),
        ("the White House", "USA", "metonym"),
        ("the Kremlin\u2019s", "RUS", "metonym"),
        ("Downing Street", "GBR", "metonym"),
        ("Elysee", "FRA", "metonym"),
        ("SYRIA", "SYR", "name"),
        (unicodedata.normalize("NFD", "Malé"), "MDV", "capital"),
    ],
)
def test_lookup(text: str, iso3: str, how: str) -> None:
    found = lookup(text)
    assert found and (found.country.iso3, found.how) == (iso3, how)


@pytest.mark.parametrize(
    ("text", "iso3", "others"),
    [
        ("Georgia", "GEO", ("USA",)),
        ("Guinea", "GIN", ("GNB", "GNQ", "PNG")),
        ("Guinean", "GIN", ("GNB", "GNQ")),
        ("Congo", "COD", ("COG",)),
        ("Congolese", "COD", ("COG",)),
        ("Republic of the Congo", "COG", ()),
        ("Niger", "NER", ()),
        ("Nigerien", "NER", ()),
        ("Nigerian", "NGA", ()),
        ("Dominican", "DOM", ("DMA",)),
        ("Dominica", "DMA", ()),
        ("Jordan", "JOR", ()),
        ("Chad", "TCD", ()),
        ("Korean", "KOR", ("PRK",)),
        ("Republic of China", "TWN", ("CHN",)),
        ("Samoa", "WSM", ("ASM",)),
        ("Brussels", "BEL", ("EUR",)),
        ("Jerusalem", "ISR", ("PSE",)),
    ],
)
def test_ambiguous_keys_name_the_readings_passed_over(text: str, iso3: str, others: tuple[str, ...]) -> None:
    found = lookup(text)
    assert found and (found.country.iso3, found.others) == (iso3, others)
    assert not others or found.why


@pytest.mark.parametrize("text", ["US", "U.S.", "USA", "UK", "U.K.", "UAE", "DRC", "DPRK", "PRC", "the US", "US's"])
def test_short_forms_match_in_capitals_only(text: str) -> None:
    assert lookup(text)
    assert lookup(text.lower()) is None
    assert lookup(text.capitalize()) is None


@pytest.mark.parametrize("text", ["Turkey", "China", "Polish", "Chad", "Jersey", "Guinea", "White House", "Pentagon"])
def test_common_words_need_their_capital(text: str) -> None:
    assert lookup(text) and lookup(text.upper())
    assert lookup(text.lower()) is None and lookup(f"the {text.lower()}") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the",
        "us",
        "Us",
        "Male",
        "Reunion",
        "reunion",
        "Victoria",
        "Hamilton",
        "Tel Aviv",
        "Soviet",
        "Iraq war",
        "XAB",
    ],
)
def test_what_matches_nothing(text: str) -> None:
    assert lookup(text) is None


def test_every_key_of_every_country_finds_it_or_is_ruled_upon() -> None:
    ruled = {row["key"]: row for row in read_table(HERE, "ambiguous.tsv")}
    for country in countries().values():
        for _, key in country.spellings():
            found = lookup(key)
            if key in ruled:
                assert (found.country.iso3 if found else "") == ruled[key]["country"], key
            else:
                assert found and found.country is country, key


def test_every_ruling_concerns_a_key_and_says_why() -> None:
    keys = {key for country in countries().values() for _, key in country.spellings()}
    for row in read_table(HERE, "ambiguous.tsv"):
        assert row["key"] in keys, row["key"]
        assert row["why"] and row["case"] in {"any", "capital", "exact"}
        assert set(row["others"].split("|")) - {""} <= {*countries(), "EUR"}, row["key"]


@pytest.mark.parametrize(
    ("code", "iso3"), [("IRQ", "IRQ"), ("IQ", "IRQ"), ("KOS", "KOS"), ("XKX", "KOS"), ("XK", "KOS"), ("GRL", "GRL")]
)
def test_by_code(code: str, iso3: str) -> None:
    found = by_code(code)
    assert found and found.iso3 == iso3


@pytest.mark.parametrize("code", ["irq", "Iraq", "", "ZZZ"])
def test_by_code_knows_nothing_else(code: str) -> None:
    assert by_code(code) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kurdish", "Kurds"),
        ("the Kurds", "Kurds"),
        ("Tamil", "Tamils"),
        ("Rohingya", "Rohingya"),
        ("Uighur", "Uyghurs"),
        ("Uyghurs", "Uyghurs"),
        ("Tigrayan", "Tigrayans"),
        ("Hazara", "Hazaras"),
        ("Chechen", "Chechens"),
        ("Catalan", "Catalonia"),
        ("European", "Europe"),
        ("sub-Saharan", "Sub-Saharan Africa"),
        ("Western", "The West"),
        ("Arab", "Arabs"),
        ("Latin American", "Latin America"),
    ],
)
def test_people(text: str, name: str) -> None:
    found = people(text)
    assert found and found.name == name
    assert lookup(text) is None


@pytest.mark.parametrize("text", ["western", "roma", "Houthi", "Palestinian", "Iraqi", ""])
def test_what_is_no_people(text: str) -> None:
    assert people(text) is None


def test_peoples_name_known_countries_and_no_key_is_a_country_too() -> None:
    for one in peoples().values():
        assert one.kind in {"people", "region"}
        assert set(one.countries) <= set(countries()), one.name
        for key in (one.name, *one.demonyms):
            assert lookup(key) is None, key
            assert people(key) is one, key


def test_a_region_inside_one_country_leads_to_it() -> None:
    found = people("Scottish")
    assert found and found.kind == "region" and found.countries == ("GBR",)


def test_matches_travel_between_processes() -> None:
    found = lookup("Iraqi")
    assert pickle.loads(pickle.dumps(found)) == found
