"""The country of an actor whose words tell none: from its sentence, or from what the report is about."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from gesta.records import Actor, Place, Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.countries import lookup
from gesta.resolve.actors.focus import find_focus
from gesta.resolve.actors.mentions import Mentions


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def read(nlp: Language, text: str) -> Doc:
    """Return a Doc whose sentences end at full stops, each word hanging on its sentence's verb ("accused", "left")."""
    doc = nlp(text)
    start = 0
    for token in doc:
        token.is_sent_start = token.i == start
        match = lookup(token.text)
        token.pos_ = (
            "VERB" if token.text in {"accused", "left", "met"} else "PUNCT" if token.is_punct
            else "ADP" if token.text in {"in", "of"} else "DET" if token.text.lower() == "the"
            else "ADJ" if match and match.how == "demonym" else "PROPN" if token.text[0].isupper() else "NOUN"
        )  # fmt: skip
        if token.text == ".":
            start = token.i + 1
    for sentence in list(doc.sents):
        verb = next((token for token in sentence if token.pos_ == "VERB"), sentence[0])
        for token in sentence:
            token.head = verb
            token.dep_ = "ROOT" if token is verb else "nsubj" if token.i < verb.i else "obj"
    return doc


def of(nlp: Language, text: str, phrase: str, places: dict[str, str], person: str = "") -> Actor:
    doc = read(nlp, text)
    if person:
        at = text.index(person)
        span = doc.char_span(at, at + len(person), label="Person")
        assert span is not None
        doc.set_ents([span])
    found = [
        Place(name=name, text=name, span=(text.index(name), text.index(name) + len(name)), country=code)
        for name, code in places.items()
    ]
    resolver = ActorResolver(doc, report=Report(text=text), places=found)
    at = text.rindex(phrase)
    words = doc.char_span(at, at + len(phrase))
    assert words is not None
    resolver.participant(words, words[-1])
    return resolver.actors()[0]


def test_the_one_country_of_the_sentence_is_its_actors(nlp: Language) -> None:
    actor = of(nlp, "Lawyers in Eastport accused the president.", "the president", {"Eastport": "ZMB"})
    assert (actor.country, actor.sectors) == ("ZMB", ("GOV",))
    assert any("Eastport" in reason for reason in actor.reasons)


def test_nothing_tells_a_country_where_none_is_named(nlp: Language) -> None:
    assert of(nlp, "Lawyers accused the president.", "the president", {}).country is None


@pytest.mark.parametrize("phrase", ["gunmen", "foreign ministers", "it"])
def test_nobody_knows_whose_these_are(nlp: Language, phrase: str) -> None:
    assert of(nlp, f"Lawyers in Eastport accused {phrase}.", phrase, {"Eastport": "ZMB"}).country is None


LONG = "Kenya met. Kenyan farmers left. Kenyan nurses left. Kenya accused lawyers. "


def test_a_longer_report_has_a_main_country(nlp: Language) -> None:
    assert of(nlp, LONG + "Residents left.", "Residents", {}).country == "KEN"
    assert of(nlp, LONG + "Uganda met. Uganda left. Ghana met. Residents left.", "Residents", {}).country is None


def test_a_person_of_no_office_is_not_taken_for_a_citizen(nlp: Language) -> None:
    text = LONG + "Uganda met. Ann Lee left."
    assert of(nlp, text, "Ann Lee", {}, person="Ann Lee").country is None
    text = LONG + "Ann Lee left."
    assert of(nlp, text, "Ann Lee", {}, person="Ann Lee").country == "KEN"


def test_a_people_is_not_put_where_it_does_not_live(nlp: Language) -> None:
    assert of(nlp, "Lawyers in Eastport accused Rohingya.", "Rohingya", {"Eastport": "CAN"}).country is None


_PRISON = (
    "Prisoners left the yard in Norton. Guards in Weston met the mayor. The men in Milton left. Inmates accused the cooks. "
    "Lawyers in Foxley met them."
)


def test_what_every_country_has_is_of_the_one_that_leads_the_report(nlp: Language) -> None:
    places = {"Norton": "ECU", "Weston": "ECU", "Milton": "ECU", "Foxley": "PER"}
    assert of(nlp, _PRISON, "Inmates", places).country == "ECU"


def test_no_country_leads_where_another_is_named_as_often(nlp: Language) -> None:
    assert of(nlp, _PRISON, "Inmates", {"Norton": "ECU", "Foxley": "PER"}).country is None


def test_the_two_sides_are_not_of_the_country_that_leads(nlp: Language) -> None:
    text = _PRISON.replace("Inmates accused", "The two inmates accused")
    places = {"Norton": "ECU", "Weston": "ECU", "Milton": "ECU", "Foxley": "PER"}
    assert of(nlp, text, "The two inmates", places).country is None


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://news.example.gh/1", "GHA"),
        ("https://news.example.uk/1", None),
        ("https://news.example.com/1", None),
        (None, None),
    ],
)
def test_the_outlets_address_tells_the_country_if_the_report_names_it(
    nlp: Language, url: str | None, country: str | None
) -> None:
    text = "Ghana met Togo."
    found = find_focus(Mentions(read(nlp, text)), Report(text=text, url=url))
    assert (found.country.iso3 if found else None) == country


def test_dozens_are_of_the_only_country_named_in_a_sentence(nlp: Language) -> None:
    assert of(nlp, "Police in Eastport accused dozens.", "dozens", {"Eastport": "ZMB"}).country == "ZMB"
    text = "Police in Eastport accused dozens of Weston."
    assert of(nlp, text, "dozens", {"Eastport": "ZMB", "Weston": "KEN"}).country is None


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Ann Lee is the mayor of the town.", ("GOV",)),
        ("Ann Lee left, after being named prime minister.", ("GOV",)),
        ("Ann Lee met the prime minister.", ()),
        ("Ann Lee is in the town.", ()),
    ],
)
def test_a_clause_tells_the_office_of_a_person(nlp: Language, text: str, sectors: tuple[str, ...]) -> None:
    assert of(nlp, text, "Ann Lee", {}, person="Ann Lee").sectors == sectors


def test_honours_hide_no_office(nlp: Language) -> None:
    text = "The former prime minister HH Sheikh Ann Lee left."
    assert of(nlp, text, "Ann Lee", {}, person="Ann Lee").sectors == ("ELI",)
