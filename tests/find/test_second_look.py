"""The second look: words that the first left out, taken in the light of their sentence and report."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from gesta.annotate.language import readings
from gesta.annotate.light import Light
from gesta.coder import Coder
from gesta.find.drafts import Draft
from gesta.find.second_look import (
    DOUBTFUL_THRESHOLD,
    THRESHOLD,
    VIOLENT_THRESHOLD,
    Weighed,
    known_words,
    look_again,
    threshold,
    weigh,
)
from gesta.find.surroundings import bin_of
from gesta.find.triggers import find_triggers, first_look
from gesta.records import Record, Report

BOMBING = (
    "Bomb goes off at bus stand in Parwan, four dead\n\nA bomb went off at the bus stand of Parwan on Monday, a police "
    "officer said. The explosion in the covered market killed four people. No group said that it was behind it."
)


def told(record: Record, kind: str) -> list[str]:
    text = record.report.text
    return [text[e.trigger.start : e.trigger.end] for e in record.events if e.type == kind and e.counted]


def second(record: Record) -> list[str]:
    """The words that the second look took."""
    text = record.report.text
    return [text[e.trigger.start : e.trigger.end] for e in record.events if any("second look" in r for r in e.reasons)]


@pytest.mark.parametrize(
    "text",
    [
        BOMBING,
        "Car bomb in Beledweyne\n\nA car bomb exploded at the checkpoint on Sunday, killing five soldiers. The mayor "
        "said that an ambush on the same road had killed a driver in May.",
        "Militants planted the device on the road. It blew up under an army lorry and four soldiers were killed.",
    ],
)
def test_bombings_are_assaults(coder: Coder, text: str) -> None:
    assert told(coder.code(Report(text=text)), "ASSAULT")


@pytest.mark.parametrize(
    "text",
    [
        "Gas blast kills seven\n\nA gas explosion killed seven people at a restaurant on Sunday. The fire service said that "
        "a leaking cylinder was to blame.",
        "Nine miners were killed when the roof of a shaft collapsed after heavy rain. Rescuers found four others alive.",
        "A boiler blew up in a laundry. The explosion killed two workers, the fire service said.",
        "Four people were killed and twenty injured when a bus overturned on the motorway. The driver was tired.",
        "Floods killed thirty people in the valley. More rain is forecast, the weather office said.",
        "The striker shot wide twice. The visitors were crushed 4-0 and their coach left the ground without a word.",
        "The virus has killed eleven patients since March. Doctors said that two wards of the hospital were full.",
        "Shares were hit again on Monday. The bank burned through its reserves and the currency was battered.",
    ],
)
def test_accidents_illness_sport_and_markets_are_none(coder: Coder, text: str) -> None:
    assert second(coder.code(Report(text=text))) == []


def test_a_sentence_by_itself_is_left_as_it_is(coder: Coder) -> None:
    doc = coder.nlp("The explosion in the covered market killed four people.")
    assert look_again(doc, readings(doc), [], always(3.0), coder.model.labels) == []


def test_same_text_same_rows(coder: Coder) -> None:
    first, again = (coder.code(Report(text=BOMBING)) for _ in range(2))
    assert first.events == again.events


def test_what_the_first_look_takes_stays(coder: Coder) -> None:
    never = Light({}, np.zeros(0, dtype=np.float32), -30.0)
    doc = coder.nlp(BOMBING + " Police arrested two men. The governor accused rebels of the attack.")
    read, labels = readings(doc), coder.model.labels
    alone = find_triggers(doc, read, labels, never)
    both = find_triggers(doc, read, labels, coder.model.light["second"])
    kept = [(draft.trigger.i, draft.type, draft.chance) for draft in both]
    assert all((draft.trigger.i, draft.type, draft.chance) in kept for draft in alone)
    assert len(both) > len(alone)
    assert [draft.trigger.i for draft in both] == sorted(draft.trigger.i for draft in both)


def always(value: float) -> Light:
    return Light({}, np.zeros(0, dtype=np.float32), value)


def test_one_word_for_a_type_in_a_sentence(coder: Coder) -> None:
    doc = coder.nlp(BOMBING)
    read = readings(doc)
    found = look_again(doc, read, [], always(3.0), coder.model.labels)
    places = [(draft.trigger.sent.start, draft.type) for draft in found]
    assert len(places) == len(set(places)) > 0
    assert len({draft.trigger.i for draft in found}) == len(found)
    assert {draft.chance for draft in found} == {draft.any_chance for draft in found}
    assert not look_again(doc, read, [], always(-3.0), coder.model.labels)


def test_a_sentence_is_not_asked_again_for_a_type_it_told(coder: Coder) -> None:
    doc = coder.nlp("Rebels attacked the convoy on Monday, killing four soldiers, and the blast wounded a driver.")
    read, labels = readings(doc), coder.model.labels
    first = first_look(doc, read, labels)
    assert "ASSAULT" in {draft.type for draft in first}
    asked = weigh(doc, read, {draft.trigger.i: draft.type for draft in first}, labels)
    assert "ASSAULT" not in {one.type for one in asked}


@pytest.fixture
def weighed(coder: Coder) -> Iterator[list[Weighed]]:
    doc = coder.nlp(BOMBING)
    yield list(weigh(doc, readings(doc), {}, coder.model.labels))


def test_features_are_sorted_and_each_once(weighed: list[Weighed]) -> None:
    assert weighed
    for one in weighed:
        assert list(one.features) == sorted(set(one.features))
        assert one.vector.shape == (384,)


def test_features_tell_of_the_word_and_the_report(weighed: list[Weighed]) -> None:
    blast = next(one for one in weighed if one.token.text == "explosion" and one.type == "ASSAULT")
    assert {"lemma explosion", "type ASSAULT", "is harm"} <= set(blast.features)
    assert any(name.startswith("ASSAULT report bomb") for name in blast.features)
    went = next(one for one in weighed if one.token.text == "went")
    assert "phrase go off" in went.features


def test_private_crime_and_accidents_need_more(coder: Coder) -> None:
    text = "The victim's husband told the court that his wife was murdered by a neighbour. His brother was stabbed."
    doc = coder.nlp(text)
    asked = [one for one in weigh(doc, readings(doc), {}, coder.model.labels) if one.type == "ASSAULT"]
    assert asked
    assert {threshold(one) for one in asked} == {DOUBTFUL_THRESHOLD}
    accident = coder.nlp("A pipeline leak was reported. The explosion killed four workers.")
    asked = [one for one in weigh(accident, readings(accident), {}, coder.model.labels) if one.type == "ASSAULT"]
    assert {threshold(one) for one in asked} == {DOUBTFUL_THRESHOLD}
    public = coder.nlp("The ambush killed four soldiers.")
    asked = list(weigh(public, readings(public), {}, coder.model.labels))
    assert {threshold(one) for one in asked if one.type == "ASSAULT"} == {VIOLENT_THRESHOLD}
    assert {threshold(one) for one in asked if one.type == "AID"} <= {THRESHOLD}


def test_nothing_to_see_in_an_empty_text(coder: Coder) -> None:
    doc = coder.nlp(" ")
    assert look_again(doc, readings(doc), [], always(3.0), coder.model.labels) == []


def test_known_words_are_likeliest_first(coder: Coder) -> None:
    assert known_words()["shooting", False]["ASSAULT"] > 0.2
    for types in known_words().values():
        shares = list(types.values())
        assert shares == sorted(shares, reverse=True)
        assert set(types) <= set(coder.model.labels.types)


def test_bins() -> None:
    assert [bin_of(value, (1, 3)) for value in (0.9, 1, 2.9, 3, 9)] == [0, 1, 1, 2, 2]


def test_drafts_say_why(coder: Coder) -> None:
    doc = coder.nlp(BOMBING)
    found: list[Draft] = look_again(doc, readings(doc), [], always(3.0), coder.model.labels)
    assert found[0].reasons == ["trigger and type: second look 0.95"]
