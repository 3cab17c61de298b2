"""Known persons, offices and organs of states: the tables are sound, and a text is tied to them only when it is sure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from gesta.annotate.tokens import blank_language
from gesta.ontology.tables import many, read_table
from gesta.records import Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.countries import by_code, countries, lookup
from gesta.resolve.actors.groups import INTERNATIONAL, WEAK, group, groups, organs, spellings
from gesta.resolve.actors.leaders import KNOWN_UNTIL, Leader, Leaders, leaders
from gesta.resolve.actors.registry import default_registry, joined
from gesta.resolve.actors.spelling import fold
from gesta.resolve.actors.terms import Role, make_role, moment, read_roles, role_at
from gesta.resolve.actors.titles import title_of
from tests.resolve.test_actors import Reading, parse, told

HERE = "gesta.resolve.actors"
SCHEMA = json.loads(resources.files(HERE).joinpath("registry.schema.json").read_text(encoding="utf-8"))
TABLES = ("countries", "peoples", "ambiguous", "groups", "organs", "leaders", "nouns", "titles")
SECTORS = {row["sector"] for row in read_table("gesta.ontology", "sectors.tsv")}
OTHERS_WITH_A_SEAT = {"VAT", "PSE"}
NOT_MEMBERS = {"VAT", "PSE", "KOS", "TWN", "HKG", "ATA"}
STATES = [
    one for one in countries().values() if one.sovereign is None and one.iso3 not in NOT_MEMBERS - OTHERS_WITH_A_SEAT
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank_language()


def objects(table: str) -> Iterator[dict[str, Any]]:
    """Rows as the schema describes them: lists where a field holds several, numbers, roles taken apart."""
    kinds = {name: field.get("type") for name, field in SCHEMA["$defs"][table]["properties"].items()}
    for row in read_table(HERE, f"{table}.tsv"):
        told: dict[str, Any] = {}
        for name, field in row.items():
            if name == "roles":
                told[name] = [
                    dict(zip(("period", "title", "of", "sectors"), role.split(";"), strict=True))
                    for role in many(field)
                ]
                for role in told[name]:
                    role["sectors"] = [sector for sector in role["sectors"].split(",") if sector]
            elif kinds.get(name) == "array":
                told[name] = list(many(field))
            elif field and kinds.get(name) in ("integer", "number"):
                told[name] = float(field) if kinds[name] == "number" else int(field)
            elif field:
                told[name] = field
        yield told


@pytest.mark.parametrize("table", TABLES)
def test_every_row_fits_the_schema(table: str) -> None:
    schema = {"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{table}"}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    faults = [(row, error.message) for row in objects(table) for error in validator.iter_errors(row)]
    assert faults == []


@pytest.mark.parametrize(
    "row",
    [
        {"name": "A", "country": "USAX", "roles": []},
        {"name": "A", "country": "XXX", "roles": []},
        {
            "name": "A",
            "country": "USA",
            "roles": [{"period": "2010-13..", "title": "king", "of": "USA", "sectors": ["GOV"]}],
        },
        {
            "name": "A",
            "country": "USA",
            "roles": [{"period": "2010..", "title": "king", "of": "USA", "sectors": ["XYZ"]}],
        },
        {"country": "USA", "roles": []},
    ],
)
def test_the_schema_refuses_what_is_wrong(row: dict[str, Any]) -> None:
    schema = {"$defs": SCHEMA["$defs"], "$ref": "#/$defs/leaders"}
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(row))


def test_the_schema_knows_the_sectors_and_countries_that_gesta_knows() -> None:
    assert set(SCHEMA["$defs"]["sector"]["enum"]) == SECTORS
    assert set(SCHEMA["$defs"]["country"]["enum"]) == {*countries(), *INTERNATIONAL}


def test_leaders_are_sound_and_no_strong_spelling_means_two() -> None:
    held: dict[str, str] = {}
    for person in leaders().values():
        for text in (person.name, *person.aliases):
            if not text.startswith(WEAK):
                assert held.setdefault(fold(text), person.name) == person.name, text
                assert group(text) is None, text
        assert person.name not in person.aliases and len(set(person.aliases)) == len(person.aliases), person.name
        for role in person.roles:
            assert role.title and role.of, person.name
            assert len(role.of) != 3 or not role.of.isupper() or role.of in {*countries(), *INTERNATIONAL, *groups()}, (
                role.of
            )
    assert len(leaders()) > 2000


def test_there_are_as_many_groups_as_were_promised() -> None:
    """Armed groups, parties and movements: what is no state's organ, no body of several states, no firm and no paper."""
    armed = {"REB", "PRM", "UAF", "CRM", "PTY", "OPP"}
    assert sum(one.kind == "group" or not armed.isdisjoint(one.base) for one in groups().values()) >= 400
    assert spellings() and len(organs()) >= 200


def test_the_states_have_names_demonyms_capitals_and_numbers() -> None:
    assert len(STATES) == 195
    for one in STATES:
        assert one.name and one.capitals, one.iso3
        assert one.demonyms or one.iso3 == "VAT"
        assert (one.cow and one.gw) or one.iso3 in OTHERS_WITH_A_SEAT, one.iso3


@pytest.mark.parametrize(
    ("iso3", "cow", "gw"),
    [("DEU", 255, 260), ("SRB", 345, 340), ("YEM", 679, 678), ("SSD", 626, 626), ("TON", 955, 972), ("KIR", 946, 970)],
)
def test_numbers_of_states_that_differ(iso3: str, cow: int, gw: int) -> None:
    assert (countries()[iso3].cow, countries()[iso3].gw) == (cow, gw)


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("the Ministry of Foreign Affairs of {the}{name}", "GOV"),
        ("{name}'s foreign ministry", "GOV"),
        ("{name}'s parliament", "LEG"),
        ("the parliament of {the}{name}", "LEG"),
        ("{name}'s police", "COP"),
        ("{name}'s army", "MIL"),
        ("{name}'s intelligence service", "SPY"),
        ("{name}'s government", "GOV"),
        ("{demonym} police", "COP"),
        ("{demonym} troops", "MIL"),
        ("the {demonym} parliament", "LEG"),
        ("the {demonym} foreign ministry", "GOV"),
    ],
)
def test_organs_by_rule_of_all_states(nlp: Language, phrase: str, sector: str) -> None:
    """Every organ that all states have is the state's actor for its sector, whatever the state."""
    wrong = []
    for one in STATES:
        demonym = one.demonyms[0] if one.demonyms else ""
        meant = lookup(demonym)
        if "{demonym}" in phrase and (meant is None or meant.country is not one):
            # "Congolese" is of the larger Congo; the Holy See has none.
            assert one.iso3 in {"COG", "DOM", "DMA", "VAT"}
            continue
        the = "the " if one.name.endswith(("s", "Republic", "Emirates")) or one.name == "Gambia" else ""
        text = phrase.format(name=one.name, the=the, demonym=demonym)
        actor = Reading(nlp, f"Today {text} fled.").of(text)
        if told(actor) != f"{one.iso3} {sector}":
            wrong.append((text, told(actor)))
    assert wrong == []


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the IDF", "Israel (armed forces)"),
        ("Israeli soldiers", "Israel (armed forces)"),
        ("the Knesset", "Israel (parliament)"),
        ("Knesset members", "Israel (parliament)"),
        ("an IDF spokesman", "Israel (armed forces)"),
        ("the Bundestag", "Germany (parliament)"),
        ("the Lok Sabha", "India (parliament)"),
        ("the Duma", "Russia (parliament)"),
        ("Carabinieri", "Italy (police)"),
        ("the FSB", "Russia (intelligence)"),
        ("Mossad", "Israel (intelligence)"),
        ("the Quai d'Orsay", "France (government)"),
        ("Foggy Bottom", "United States (government)"),
        ("the State Department", "United States (government)"),
        ("the Pentagon", "United States (armed forces)"),
        ("the Tatmadaw", "Myanmar (armed forces)"),
        ("the PLA", "China (armed forces)"),
        ("the Kuwaiti Majlis", "Kuwait (parliament)"),
    ],
)
def test_organs_with_names_of_their_own(nlp: Language, phrase: str, name: str) -> None:
    assert Reading(nlp, f"Today {phrase} fled.").of(phrase).name == name


def test_a_name_that_organs_of_two_states_share_follows_the_report(nlp: Language) -> None:
    assert Reading(nlp, "Canada voted. Then the House of Commons fled.").of("the House of Commons").country == "CAN"
    assert Reading(nlp, "Britain voted. Then the House of Commons fled.").of("the House of Commons").country == "GBR"
    both = Reading(nlp, "Britain met Canada. Then the House of Commons fled.").of("the House of Commons")
    assert both.country is None


OFFICES = [
    ("the Philippine president", date(2015, 5, 1), "Benigno Aquino"),
    ("the Philippine president", date(2017, 5, 1), "Rodrigo Duterte"),
    ("Iran's foreign minister", date(2015, 5, 1), "Mohammad Javad Zarif"),
    ("the foreign minister of Iran", date(2015, 5, 1), "Mohammad Javad Zarif"),
    ("the U.S. secretary of state", date(2014, 5, 1), "John Kerry"),
    ("the current Philippine president", date(2017, 5, 1), "Rodrigo Duterte"),
    ("the UN secretary-general", date(2014, 5, 1), "Ban Ki-moon"),
    ("the Secretary-General of the United Nations", date(2014, 5, 1), "Ban Ki-moon"),
    ("NATO's secretary-general", date(2017, 5, 1), "Jens Stoltenberg"),
    ("the pope", date(2014, 5, 1), "Pope Francis"),
]


@pytest.mark.parametrize(("phrase", "day", "name"), OFFICES)
def test_an_office_is_who_held_it_on_the_day(nlp: Language, phrase: str, day: date, name: str) -> None:
    reading = Reading(nlp, f"Today {phrase} fled.", published=day)
    actor = reading.of(phrase)
    assert (actor.name, actor.kind) == (name, "person") and actor.roles
    assert any("held the office" in reason for reason in actor.reasons)
    assert phrase not in actor.aliases


@pytest.mark.parametrize(
    "phrase",
    [
        "a Philippine president",
        "a former Philippine president",
        "the former Philippine president",
        "the Philippine vice president",
        "the Philippine president's spokesman",
        "the Philippine presidents",
        "the then Philippine president",
        "the Philippine presidential candidate",
        "the first Philippine president",
        "the president",
        "the Manila president",
    ],
)
def test_what_is_not_the_holder_of_an_office(nlp: Language, phrase: str) -> None:
    reading = Reading(nlp, f"Today {phrase} fled.", published=date(2017, 5, 1))
    assert reading.of(phrase).kind != "person"


def test_an_office_stays_the_state_where_the_day_or_the_holder_is_not_sure(nlp: Language) -> None:
    phrase = "the Philippine president"
    assert Reading(nlp, f"Today {phrase} fled.").of(phrase).name == "Philippines (government)"
    handover = Reading(nlp, f"Today {phrase} fled.", published=date(2016, 6, 30))
    assert handover.of(phrase).kind == "state"
    past = Reading(nlp, f"In 1986 {phrase} fled.", published=date(2017, 5, 1))
    assert past.of(phrase).kind == "state"
    beyond = Reading(nlp, f"Today {phrase} fled.", published=KNOWN_UNTIL + timedelta(days=400))
    assert beyond.of(phrase).kind == "state"


def test_an_office_is_not_his_whom_the_report_contradicts(nlp: Language) -> None:
    text = "Philippine President [Ann Lee|Person] met them. Then the Philippine president fled."
    reading = Reading(nlp, text, published=date(2017, 5, 1))
    assert reading.of("the Philippine president").kind == "state"


def test_a_full_name_is_the_known_person_with_the_role_of_the_day(nlp: Language) -> None:
    text = "[Rodrigo Duterte|Person] met Iran's foreign minister."
    reading = Reading(nlp, text, published=date(2017, 5, 1))
    duterte, zarif = reading.of("Rodrigo Duterte"), reading.of("Iran's foreign minister")
    assert told(duterte) == "PHL GOV" and any(role.startswith("president, PHL") for role in duterte.roles)
    named = Reading(nlp, "[Javad Zarif|Person] fled Iran.", published=date(2017, 5, 1)).of("Javad Zarif")
    assert named.id == zarif.id and named.name == zarif.name
    later = Reading(nlp, text, published=date(2024, 5, 1)).of("Rodrigo Duterte")
    assert later.id == duterte.id and later.sectors == ("ELI",)


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian farmer [Rodrigo Duterte|Person] fled.",
        "[Rodrigo Duterte Moe|Person] fled.",
        "[John Kerry|Person] met Kenyan police in Uganda.",
    ],
)
def test_a_name_alone_does_not_link_against_the_text(nlp: Language, text: str) -> None:
    reading = Reading(nlp, text, published=date(2014, 5, 1))
    name = text[text.index("[") + 1 : text.index("|")]
    assert "registry" not in " ".join(reading.of(name).reasons)


def test_a_surname_links_only_if_it_means_nobody_else(nlp: Language) -> None:
    alone = Reading(nlp, "[Erdogan|Person] met [Assad|Person].", published=date(2016, 5, 1))
    assert alone.of("Erdogan").country == "TUR" and alone.of("Assad").country is None
    family = "[Sara Duterte|Person] met [Paolo Duterte|Person]. Then [Duterte|Person] fled."
    reading = Reading(nlp, family, published=date(2018, 5, 1))
    reading.at = reading.report.text.index("Then")
    assert reading.of("Duterte").name == "Duterte"


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2024, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_a_role_that_holds_for_certain_may_hold(one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    exact = make_role("king", "NOR", ("GOV",), first.isoformat(), last.isoformat())
    vague = make_role("king", "NOR", ("GOV",), f"{first.year}", f"{last.year}")
    assert exact.holds(day) == exact.may_hold(day) == (first <= day <= last)
    assert (not vague.holds(day) or vague.may_hold(day)) and (not exact.holds(day) or vague.may_hold(day))


@given(st.text(max_size=30))
def test_roles_are_read_or_refused_in_words(text: str) -> None:
    try:
        assert all(isinstance(role, Role) for role in read_roles(text))
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize("text", ["2010-13", "2010-02-30", "201", "tomorrow", "2010-1-1", "\u0662\u0660\u0661\u0660"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        moment(text)


def test_two_in_one_office_in_the_same_year_are_nobody() -> None:
    a = Leader("Ann Lee", (), "NOR", read_roles("2001..2005;president;NOR;GOV"))
    b = Leader("Ben Moe", (), "NOR", read_roles("2005..2009;president;NOR;GOV"))
    both = Leaders([a, b])
    assert both.holder("NOR", "president", date(2003, 1, 1)) == (a, a.roles[0])
    assert both.holder("NOR", "president", date(2005, 6, 1)) is None
    assert both.holder("NOR", "president", date(2001, 6, 1)) is None
    assert both.holder("SWE", "president", date(2003, 1, 1)) is None


def test_which_role_counts() -> None:
    roles = read_roles("2001..2005;president;NOR;GOV|2006..;leader;Norland Party;PTY")
    assert role_at(roles, date(2003, 1, 1)) == roles[0] and role_at(roles, None) == roles[1]
    assert role_at(roles, None, "president") == roles[0] and role_at(roles, date(1999, 1, 1)) is None


def test_titles_are_told_by_the_state_they_are_of() -> None:
    assert title_of("Secretary of State", "USA") == "foreign minister" and title_of("secretary of state", "GBR") is None
    assert title_of("vice president") is None and title_of("Defense Minister") == "defence minister"


def test_the_users_own_actors_win_and_inherit_the_other_spellings(nlp: Language) -> None:
    own = Leader("Digong", ("Rodrigo Duterte",), "PHL", read_roles("..;;PHL;CRM"), origin="mine")
    ours = groups()["Hezbollah"]
    mine = type(ours)("Hezbollah", (), "group", "NOR", ("PTY",), None, "", origin="mine")
    registry = joined([mine], [own], version="x")
    doc = parse(nlp, "[Rodrigo Roa Duterte|Person] met Hizbullah.")
    resolver = ActorResolver(doc, report=Report(text=doc.text), registry=registry)
    resolver.participant(doc[0:3], doc[2])
    resolver.participant(doc[4:5], doc[4])
    person, party = resolver.actors()
    assert (party.name, party.country, party.sectors) == ("Hezbollah", "NOR", ("PTY",))
    assert (person.name, person.sectors) == ("Digong", ("CRM",)) or "Rodrigo Roa Duterte" not in leaders()[
        "Rodrigo Duterte"
    ].aliases
    assert default_registry().version == "default" and by_code("NOR") is not None


def test_the_page_of_the_registry_counts_right() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "registry.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)\.tsv` \| (\d+) \|", page, re.MULTILINE))
    assert rows == {
        name: str(len(read_table(HERE, f"{name}.tsv")))
        for name in ("countries", "peoples", "organs", "groups", "leaders", "titles")
    }
    roles = [role for person in leaders().values() for role in person.roles]
    armed = {"REB", "PRM", "UAF", "CRM", "PTY", "OPP"}
    movements = sum(one.kind == "group" or not armed.isdisjoint(one.base) for one in groups().values())
    states = len({one.state for one in organs()})
    for told_ in (
        f"with {len(roles)} dated roles",
        f"({movements} of the rows)",
        f"organs of {states} states",
        f"{sum(role.period == '..' for role in roles)} roles have no date",
    ):
        assert told_ in page
    assert f"known to {KNOWN_UNTIL.day} June {KNOWN_UNTIL.year}" in page
