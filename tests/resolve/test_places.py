"""``find_places`` on a small gazetteer: readings, what decides between them, roles, and what is left open."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from gesta.annotate.tokens import blank_language
from gesta.records import Place, Report
from gesta.resolve.places import Gazetteer, find_places
from gesta.resolve.places.build import Source
from gesta.resolve.places.context import find_dateline

_NUMBERS = itertools.count(1)
Find = Callable[..., dict[str, Place]]


def city(name: str, country: str, admin1: str, people: int, at: tuple[float, float], *others: str) -> dict[str, Any]:
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
    city("Baghdad", "IQ", "07", 7_000_000, (33.3, 44.4), *(f"Bagdad{letter}" for letter in "abcdefghijklmn")),
    city("Al Ḩawījah", "IQ", "13", 0, (35.3, 43.8)),
    city("Kirkuk", "IQ", "13", 1_031_000, (35.5, 44.4), "Karkūk"),
    city("Erbil", "IQ", "11", 1_600_000, (36.2, 44.0), "Hewler", "Irbil", "Arbela"),
    city("Paris", "FR", "11", 2_100_000, (48.9, 2.4), *(f"Pari{letter}" for letter in "abcdefghijklmnop")),
    city("Paris", "US", "TX", 25_000, (33.7, -95.6)),
    city("Springfield", "US", "IL", 114_000, (39.8, -89.6)),
    city("Springfield", "US", "MA", 154_000, (42.1, -72.6)),
    city("Chicago", "US", "IL", 2_700_000, (41.9, -87.6)),
    city("Washington", "US", "DC", 690_000, (38.9, -77.0), *(f"Vashington{letter}" for letter in "abcdefghij")),
    city("Kano", "NG", "29", 4_100_000, (12.0, 8.5)),
    city("Mexico City", "MX", "09", 12_000_000, (19.4, -99.1), "Mexico", "Ciudad de México"),
    city("Lincoln", "US", "NE", 290_000, (40.8, -96.7)),
    city("Arab", "US", "AL", 8_000, (34.3, -86.5)),
    city("Moscow", "RU", "48", 10_000_000, (55.8, 37.6), *(f"Moskva{letter}" for letter in "abcdefghij")),
    city("Dalton", "GB", "ENG", 1_000, (54.2, -3.2)),
    city("Dalton", "US", "GA", 3_000, (34.8, -85.0)),
    city("Oas", "PH", "05", 64_000, (13.3, 123.5)),
    city("Guma", "CN", "13", 3_000, (37.6, 78.3)),
]
DIVISIONS = [
    {"code": code, "name": name, "names": "", "short": short}
    for code, name, short in [
        ("IQ.13", "Kirkuk", ""),
        ("US.TX", "Texas", "Tex.|TX"),
        ("US.IL", "Illinois", "Ill.|IL"),
        ("US.MA", "Massachusetts", "Mass.|MA"),
        ("US.GA", "Georgia", "Ga.|GA"),
        ("NG.29", "Kano", ""),
    ]
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    source = Source(version="test", cities=lambda: CITIES, divisions=DIVISIONS)
    return Gazetteer.open(tmp_path_factory.mktemp("places") / "index.sqlite", source=source)


@pytest.fixture(scope="module")
def find(gazetteer: Gazetteer) -> Find:
    """Find the places marked in a text, by their own words and by those marked: as ``[Location]`` or ``{Facility}``; others by label, as ``<NORP:Iraqi>``."""
    nlp = blank_language()

    def find(marked: str, **fields: Any) -> dict[str, Place]:
        text, spans = _unmark(marked)
        doc = nlp(text)
        doc.set_ents([doc.char_span(*span, label=label, alignment_mode="expand") for *span, label in spans])
        for token in doc:
            token.is_sent_start = token.i == 0 or doc[token.i - 1].text in {".", "!", "?"}
        places = find_places(doc, report=Report(text=text, **fields), gazetteer=gazetteer)
        assert all(place.text == text[slice(*place.span)] for place in places)
        found = {place.text: place for place in places}
        for start, end, _ in spans:
            inside = [place for place in places if start <= place.span[0] and place.span[1] <= end]
            if inside:
                found.setdefault(text[start:end], inside[0])
        return found

    return find


def _unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, start, label = "", [], 0, ""
    for piece in _pieces(marked):
        if piece in {"[", "{"} or piece.startswith("<"):
            start, label = len(text), {"[": "Location", "{": "Facility"}.get(piece, piece[1:-1])
        elif piece in {"]", "}", ">"}:
            spans.append((start, len(text), label))
        else:
            text += piece
    return text, spans


def _pieces(marked: str) -> list[str]:
    return [piece for piece in re.split(r"(<\w+:|[\[\]{}>])", marked) if piece]


def where(place: Place) -> tuple[str | None, str | None, str | None]:
    return place.country, place.admin1, place.precision


def test_a_city(find: Find) -> None:
    place = find("Shelling was heard in [Baghdad] at dawn.")["Baghdad"]
    assert (place.name, place.geonames_id, place.latitude, place.longitude) == ("Baghdad", 1, 33.3, 44.4)
    assert where(place) == ("IRQ", "IQ.07", "city")
    assert place.feature == "capital" and place.role == "mention" and place.reasons


@pytest.mark.parametrize("text", ["Iraq", "the Republic of Iraq", "IRAQ", "Iraq's"])
def test_a_country_is_no_point(find: Find, text: str) -> None:
    place = find(f"Calm returned to [{text}] overnight.")[text]
    assert (place.name, place.country, place.precision) == ("Iraq", "IRQ", "country")
    assert place.latitude is place.longitude is None


def test_a_country_is_not_the_city_called_like_it(find: Find) -> None:
    place = find("<NORP:Mexican> police said [Mexico] would extradite him.")["Mexico"]
    assert place.precision == "country" and place.alternatives[0].name == "Mexico City"


def test_disputed_land_is_a_region_of_the_state_it_is_counted_to(find: Find) -> None:
    assert where(find("Guards patrol [Abkhazia].")["Abkhazia"]) == ("GEO", None, "region")


def test_the_text_says_which(find: Find) -> None:
    places = find("He drove from [Paris], [Texas] to [Springfield], Ill. and back.")
    assert places["Paris"].admin1 == "US.TX" and places["Springfield"].admin1 == "US.IL"
    assert "the text puts it in Texas" in places["Paris"].reasons
    assert [one.country for one in places["Paris"].alternatives] == ["FRA"]
    assert places["Paris"].alternatives[0].score < 20


def test_one_name_has_one_meaning_per_report(find: Find) -> None:
    text = "A fire broke out in [Paris], Texas. Police in [Paris] said nobody was hurt."
    assert find(text)["Paris"].country == "USA"


@pytest.mark.parametrize(
    ("tail", "admin1"), [(", Massachusetts", "US.MA"), (" (Ill.)", "US.IL"), (" in Illinois", "US.IL")]
)
def test_ways_to_say_which(find: Find, tail: str, admin1: str) -> None:
    assert find(f"A march went through [Springfield]{tail} on Friday.")["Springfield"].admin1 == admin1


def test_the_report_as_a_whole_decides(find: Find) -> None:
    assert find("Crowds filled [Paris] again.")["Paris"].country == "FRA"
    assert find("Crowds filled [Springfield], a drive from [Chicago].")["Springfield"].admin1 == "US.IL"


def test_a_capital_city_outside_its_country_needs_a_clue(find: Find) -> None:
    assert find("[Georgia] and [Iraq] signed the paper.")["Georgia"].country == "GEO"
    text = "The <NORP:American> senator left [Chicago]. <NORP:American> voters in [Georgia] waited."
    assert where(find(text)["Georgia"]) == ("USA", "US.GA", "province")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kano State", ("NGA", "NG.29", "province")),
        ("Kirkuk province", ("IRQ", "IQ.13", "province")),
        ("Province of Kirkuk", ("IRQ", "IQ.13", "province")),
        ("eastern Syria", ("SYR", None, "region")),
        ("northern Nigeria", ("NGA", None, "region")),
        ("the Middle East", (None, None, "region")),
        ("West Africa", (None, None, "region")),
        ("Sahel", (None, None, "region")),
        ("Donbas", ("UKR", None, "region")),
        ("Lake Chad", (None, None, "region")),
        ("Mount Qaf", (None, None, "region")),
        ("the River Alph", (None, None, "region")),
        ("Erbil district", ("IRQ", "IQ.11", "district")),
        ("central Baghdad", ("IRQ", "IQ.07", "city")),
        ("Erbil airport", ("IRQ", "IQ.11", "city")),
    ],
)
def test_words_around_the_name(find: Find, text: str, place: tuple[str | None, ...]) -> None:
    found = find(f"It was quiet in [{text}] on Monday.")[text]
    assert where(found) == place
    assert (found.latitude is None) == (found.precision == "region")


def test_bare_kirkuk_is_the_city(find: Find) -> None:
    assert find("It was quiet in [Kirkuk].")["Kirkuk"].precision == "city"


def test_a_province_lies_where_its_places_lie(find: Find) -> None:
    place = find("It was quiet in [Kirkuk province].")["Kirkuk province"]
    assert place.latitude == pytest.approx(35.4) and place.geonames_id is None


def test_a_local_word_keeps_to_its_country(find: Find) -> None:
    place = find("Herders came to [Guma Local Government Area].")["Guma Local Government Area"]
    assert place.country is None


@pytest.mark.parametrize(
    ("marked", "text", "reason"),
    [
        ("A rocket hit {US embassy in Baghdad}.", "US embassy in Baghdad", "in Baghdad, by its name"),
        ("A rocket hit {Baghdad International Airport}.", "Baghdad International Airport", "in Baghdad, by its name"),
        ("A rocket hit {K-1 base} near [Baghdad].", "K-1 base", "Baghdad is named right after it"),
        ("A rocket hit {al-Razi hospital} in [Baghdad].", "al-Razi hospital", "Baghdad is named right after it"),
        (
            "Staff of {the White House} left.",
            "the White House",
            "seat of the government of United States, in Washington",
        ),
    ],
)
def test_a_facility_is_where_its_city_is(find: Find, marked: str, text: str, reason: str) -> None:
    place = find(marked)[text]
    assert place.precision == "city" and place.feature == "facility" and place.latitude is not None
    assert place.reasons[0] == reason and place.name == text.removeprefix("the ")


@pytest.mark.parametrize("text", ["K-1 base", "Lincoln Memorial", "British Embassy", "Kuwait Hospital"])
def test_a_facility_without_a_city_has_no_point(find: Find, text: str) -> None:
    place = find(f"A rocket hit {{{text}}} on Monday.")[text]
    assert (place.name, place.country, place.latitude, place.precision) == (text, None, None, None)
    assert place.reasons == ("not in the gazetteer",)


def test_the_memorial_is_in_lincoln_if_the_report_is(find: Find) -> None:
    text = "The mayor of [Lincoln], the <NORP:American> city, opened {Lincoln Hospital}."
    assert find(text)["Lincoln Hospital"].admin1 == "US.NE"


def test_a_known_site_has_its_own_point(find: Find) -> None:
    place = find("Rockets fell on {Ain al-Asad air base}.".replace("air base", "airbase"))["Ain al-Asad airbase"]
    assert (place.precision, place.country) == ("site", "IRQ")


def test_a_site_that_others_share_needs_its_country(find: Find) -> None:
    assert find("Crowds filled {Tahrir Square}.")["Tahrir Square"].latitude is None
    assert find("<NORP:Egyptian> crowds filled {Tahrir Square}.")["Tahrir Square"].precision == "site"
    place = find("<NORP:Egyptian> visitors saw {Tahrir Square}, [Baghdad].")["Tahrir Square"]
    assert where(place) == ("IRQ", "IQ.07", "city")


def test_an_unknown_toponym_keeps_its_name_alone(find: Find) -> None:
    place = find("They fled to [Zorblaxia] on foot.")["Zorblaxia"]
    assert place == Place(name="Zorblaxia", text="Zorblaxia", span=(13, 22), reasons=("not in the gazetteer",))


def test_a_guess_is_not_made(find: Find) -> None:
    place = find("They met in [Dalton].")["Dalton"]
    assert place.country is place.latitude is None and len(place.alternatives) == 2
    assert find("They met in [Dalton]. The <NORP:British> police came.")["Dalton"].country == "GBR"


@pytest.mark.parametrize("text", ["OAS", "Arab", "Northwest"])
def test_what_only_looks_like_a_town(find: Find, text: str) -> None:
    assert find(f"It went to [{text}] again.")[text].latitude is None


def test_a_transliteration_needs_its_country(find: Find) -> None:
    assert find("Gunmen came to [Hawija].")["Hawija"].country is None
    place = find("Gunmen came to [Hawija], the <NORP:Iraqi> town.")["Hawija"]
    assert place.name == "Al Ḩawījah" and "by transliteration" in place.reasons


def test_hierarchy_inside_one_name(find: Find) -> None:
    place = find("Gunmen came to [Hawija, Iraq].")["Hawija, Iraq"]
    assert place.name == "Al Ḩawījah" and place.country == "IRQ"


def test_a_common_noun_is_no_toponym(find: Find) -> None:
    assert find("It went to [the capital] again, past {the gas station}.") == {}


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        (
            "<NORP:Iraqi> troops and <Organization:Baghdad Council> met in [Erbil].",
            {"Iraqi": "associative", "Baghdad": "associative", "Erbil": "literal"},
        ),
        ("<Organization:Springfield Wanderers> lost.", {}),
        ("<Organization:University of Chicago> staff met.", {"Chicago": "associative"}),
        ("<Money:40 US dollars> went to <Person:Paris Jones>.", {"US": "associative"}),
        ("Calm held in [northern Iraq] and [Kirkuk province].", {"Iraq": "literal", "Kirkuk": "literal"}),
        ("They met in [Hawija, Iraq], then [Washington, D.C.] again.", {"Hawija", "Iraq", "Washington, D.C."}),
    ],
)
def test_toponyms_inside_names(find: Find, marked: str, found: dict[str, str] | set[str]) -> None:
    places = {place.text: place.use for place in find(marked).values()}
    assert places == found if isinstance(found, dict) else set(places) == found


def test_a_toponym_is_its_proper_name_alone(find: Find) -> None:
    place = find("Calm held in [northern Iraq].")["Iraq"]
    assert (place.name, place.text, place.span, place.precision) == ("northern Iraq", "Iraq", (22, 26), "region")


def test_two_places_in_one_name_are_told_apart(find: Find) -> None:
    places = find("They met in [Paris, Texas].")
    assert (places["Paris"].admin1, places["Texas"].precision) == ("US.TX", "province")


def test_initials_stand_for_a_country_that_the_report_names(find: Find) -> None:
    assert find("They left [SA] for [Saudi Arabia].")["SA"].country == "SAU"
    assert find("They left [SA] at dawn.")["SA"].country is None
    assert find("They left [SA] for [Saudi Arabia], not [South Africa].")["SA"].country is None


def test_given_toponyms_are_resolved(find: Find, gazetteer: Gazetteer) -> None:
    text = "They left Erbil and Kirkuk."
    doc = blank_language()(text)
    places = find_places(doc, report=Report(text=text), gazetteer=gazetteer, spans=[(20, 26), (10, 15), (400, 410)])
    assert [(place.text, place.country) for place in places] == [("Erbil", "IRQ"), ("Kirkuk", "IRQ")]


def test_the_publisher_counts_a_little(find: Find) -> None:
    assert find("They met in [Dalton].", url="https://news.example.co.uk/1")["Dalton"].country is None
    text = "They met in [Dalton], an hour from <NORP:British> shores or <NORP:American> ones."
    assert find(text, url="https://news.example.co.uk/1")["Dalton"].country == "GBR"


def test_dateline(find: Find) -> None:
    places = find("[KIRKUK], [Iraq] (Agency) - Gunmen came to [Erbil].")
    assert [place.role for place in places.values()] == ["dateline", "dateline", "mention"]
    assert "filed from IRQ" in places["Erbil"].reasons


@pytest.mark.parametrize(
    ("body", "dateline"),
    [
        ("BAGHDAD, Jan 2 (Agency) - The army said", "BAGHDAD"),
        ("BAGHDAD (Agency) — The army said", "BAGHDAD"),
        ("KIRKUK, Iraq — Gunmen came", "KIRKUK, Iraq"),
        ("BAGHDAD/ERBIL, March 3, 2020 (Agency) -- It", "BAGHDAD/ERBIL"),
        ("Beirut, 5 May 2012 - The port", "Beirut"),
        ("CAIRO- 24 July 2022: Traders", "CAIRO"),
        ("Pretoria \u2013 The court", "Pretoria"),
        ("By a reporter\n\nLIMA: Farmers", "LIMA"),
        ("The minister said on Monday that - as ever - all is well.", None),
        ('He said: "No."', None),
        ("", None),
    ],
)
def test_what_is_a_dateline(body: str, dateline: str | None) -> None:
    report = Report.of(body, title="ROME: not this one")
    span = find_dateline(report)
    assert (report.text[slice(*span)] if span else None) == dateline


def tree(words: list[str], heads: list[int], deps: list[str], lemmas: list[str], ents: list[tuple[int, int]]) -> Doc:
    doc = Doc(Vocab(), words=words, heads=heads, deps=deps, lemmas=lemmas)
    doc.set_ents([Span(doc, start, end, label="Location") for start, end in ents])
    return doc


@pytest.mark.parametrize(
    ("doc", "roles"),
    [
        (
            tree(["Baghdad", "rejected", "it"], [1, 1, 1], ["nsubj", "root", "obj"],
                 ["Baghdad", "reject", "it"], [(0, 1)]),
            ["actor"],
        ),
        (
            tree(["Moscow", "'s", "envoy", "left"], [2, 0, 3, 3], ["nmod:poss", "case", "nsubj", "root"],
                 ["Moscow", "'s", "envoy", "leave"], [(0, 1)]),
            ["actor"],
        ),
        (
            tree(["Talks", "between", "Moscow", "and", "Iraq", "failed"], [5, 2, 0, 4, 2, 5],
                 ["nsubj", "case", "nmod", "cc", "conj", "root"], ["talk", "between", "Moscow", "and", "Iraq", "fail"],
                 [(2, 3), (4, 5)]),
            ["actor", "actor"],
        ),
        (
            tree(["Iraq", "and", "Moscow", "accused", "Washington"], [3, 2, 0, 3, 3],
                 ["nsubj", "cc", "conj", "root", "obj"], ["Iraq", "and", "Moscow", "accuse", "Washington"],
                 [(0, 1), (2, 3), (4, 5)]),
            ["actor", "actor", "actor"],
        ),
        (
            tree(["Baghdad", "was", "bombed"], [2, 2, 2], ["nsubj:pass", "aux:pass", "root"], ["Baghdad", "be", "bomb"],
                 [(0, 1)]),
            ["mention"],
        ),
        (
            tree(["Erbil", "rejected", "it"], [1, 1, 1], ["nsubj", "root", "obj"], ["Erbil", "reject", "it"], [(0, 1)]),
            ["mention"],
        ),
        (
            tree(["He", "left", "Baghdad"], [1, 1, 1], ["nsubj", "root", "obj"], ["he", "leave", "Baghdad"], [(2, 3)]),
            ["mention"],
        ),
        (
            tree(["Baghdad", "burned"], [1, 1], ["nsubj", "root"], ["Baghdad", "burn"], [(0, 1)]),
            ["mention"],
        ),
    ],
    ids=["subject", "owner", "parties", "coordinated", "passive", "no-capital", "destination", "burned"],
)  # fmt: skip
def test_capitals_that_act(gazetteer: Gazetteer, doc: Doc, roles: list[str]) -> None:
    places = find_places(doc, report=Report(text=doc.text), gazetteer=gazetteer)
    assert [place.role for place in places] == roles


def test_a_doc_of_another_text_is_refused(gazetteer: Gazetteer) -> None:
    doc = Doc(Vocab(), words=["Baghdad"])
    with pytest.raises(ValueError, match=r"report\.text"):
        find_places(doc, report=Report(text="Baghdad burned."), gazetteer=gazetteer)


def test_nothing_in_nothing_out(gazetteer: Gazetteer) -> None:
    assert find_places(Doc(Vocab()), report=Report(text=""), gazetteer=gazetteer) == ()
