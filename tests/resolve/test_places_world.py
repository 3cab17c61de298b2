"""The whole gazetteer: places that reports of conflict are full of, and how quickly they are found."""

from __future__ import annotations

import time

import pytest
from spacy.tokens import Doc

from gesta.annotate.tokens import blank_language
from gesta.records import Place, Report
from gesta.resolve.places import Gazetteer, find_places

BYTES = 150_000_000


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """The default index: built by whichever test needs it first."""
    return Gazetteer.open()


def doc_of(text: str, *names: str) -> Doc:
    doc = blank_language()(text)
    starts = [text.index(name) for name in names]
    doc.set_ents(
        [
            doc.char_span(start, start + len(name), label="Location", alignment_mode="expand")
            for start, name in zip(starts, names, strict=True)
        ]
    )
    return doc


def find(world: Gazetteer, text: str, *names: str) -> list[Place]:
    return list(find_places(doc_of(text, *names), report=Report(text=text), gazetteer=world))


def test_the_index_is_compact(world: Gazetteer) -> None:
    assert world.path.stat().st_size < BYTES
    assert len(world) > 200_000


@pytest.mark.parametrize(
    ("text", "name", "country", "latitude"),
    [
        ("Clashes broke out in Hawija, Iraq.", "Hawija", "IRQ", 35.3),
        ("Clashes broke out in Fallujah.", "Fallujah", "IRQ", 33.4),
        ("Clashes broke out in Deir ez-Zor.", "Deir ez-Zor", "SYR", 35.3),
        ("Clashes broke out in Maiduguri.", "Maiduguri", "NGA", 11.8),
        ("Clashes broke out in Mekelle.", "Mekelle", "ETH", 13.5),
        ("Clashes broke out in Kharkiv.", "Kharkiv", "UKR", 50.0),
        ("Clashes broke out in Kandahar.", "Kandahar", "AFG", 31.6),
        ("Clashes broke out in Tripoli, Lebanon.", "Tripoli", "LBN", 34.4),
        ("Clashes broke out in Tripoli, Libya.", "Tripoli", "LBY", 32.9),
        ("Clashes broke out in London.", "London", "GBR", 51.5),
        ("Clashes broke out in London, Ontario.", "London", "CAN", 43.0),
        ("Clashes broke out in Hyderabad, Pakistan.", "Hyderabad", "PAK", 25.4),
        ("Clashes broke out in Athens, Georgia.", "Athens", "USA", 34.0),
        ("Clashes broke out in Palmyra, Syria.", "Palmyra", "SYR", 34.6),
        ("Clashes broke out in Washington.", "Washington", "USA", 38.9),
        ("Clashes broke out in New York.", "New York", "USA", 40.7),
    ],
)
def test_cities(world: Gazetteer, text: str, name: str, country: str, latitude: float) -> None:
    (place,) = find(world, text, name)
    assert (place.country, place.precision) == (country, "city")
    assert place.latitude == pytest.approx(latitude, abs=0.2)


@pytest.mark.parametrize(
    ("name", "admin1"),
    [
        ("Helmand province", "AF.10"),
        ("Anbar", "IQ.01"),
        ("Kano State", "NG.29"),
        ("Donetsk region", "UA.05"),
        ("Rakhine State", "MM.01"),
        ("North Kivu", "CD.11"),
        ("Tigray", "ET.53"),
        ("the Gaza Strip", "PS.GZ"),
        ("West Bank", "PS.WE"),
        ("Texas", "US.TX"),
        ("Xinjiang", "CN.13"),
        ("Chechnya", "RU.12"),
        ("Khyber Pakhtunkhwa", "PK.03"),
    ],
)
def test_provinces(world: Gazetteer, name: str, admin1: str) -> None:
    (place,) = find(world, f"Clashes broke out in {name}.", name)
    assert (place.precision, place.admin1) == ("province", admin1)


def test_look_ups_and_coding_are_quick(world: Gazetteer) -> None:
    names = [f"{first}{second}{third}a" for first in "bdgklm" for second in "aeiou" for third in "nrst"]
    start = time.process_time()
    for name in names:
        world.lookup(name)
    assert (time.process_time() - start) / len(names) < 1e-3
    text = "Troops left Baghdad for Mosul on Monday, Iraqi officials said. " * 100
    doc = blank_language()(text)
    spots = [token for token in doc if token.text in {"Baghdad", "Mosul"}]
    doc.set_ents([doc.char_span(token.idx, token.idx + len(token), label="Location") for token in spots])
    start = time.process_time()
    places = find_places(doc, report=Report(text=text), gazetteer=world)
    # Ten times what it takes on a free core, which is 0.05 ms a sentence.
    assert (time.process_time() - start) / 100 < 2e-3
    assert {place.country for place in places} == {"IRQ"}
