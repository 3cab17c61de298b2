"""Telling apart the happenings of one report: "the raid" is the ambush of before, "another raid" is not."""

from __future__ import annotations

from datetime import date

import pytest

from gesta.annotate.light import Light
from gesta.coder import Coder
from gesta.link.telling import features, tell_apart
from gesta.records import Cause, Event, Report


def read(coder: Coder, body: str, title: str | None = None) -> tuple[Report, dict[str, Event], dict[str, int]]:
    report = Report.of(body, title=title, published=date(2019, 5, 15))
    events = coder.code(report).events
    numbers = tell_apart(coder.nlp(report.text), events, coder.model.light["same"], body_start=report.body_start)
    words = {report.text[e.trigger.start : e.trigger.end]: e for e in events}
    return report, words, {word: numbers[event.id] for word, event in words.items()}


def test_title_and_first_sentence_are_one(coder: Coder) -> None:
    _, _, numbers = read(coder, "Gunmen ambushed a convoy in Mosul on Tuesday.", "Rebels attack convoy in Mosul")
    assert numbers["attack"] == numbers["ambushed"] == 0


def test_a_noun_that_points_back_is_one_with_what_was_told(coder: Coder) -> None:
    _, _, numbers = read(coder, "Gunmen ambushed a convoy in Mosul. The raid destroyed two trucks.")
    assert numbers["ambushed"] == numbers["raid"]


def test_another_raid_is_another(coder: Coder) -> None:
    _, _, numbers = read(coder, "Gunmen ambushed a convoy in Mosul. Another raid destroyed two trucks.")
    assert numbers["ambushed"] != numbers["raid"]


def test_what_happened_on_two_days_is_two(coder: Coder) -> None:
    _, _, numbers = read(
        coder, "Gunmen ambushed a convoy near Mosul on Monday. On Thursday rebels shelled an army post in Basra."
    )
    assert numbers["ambushed"] != numbers["shelled"]


def test_a_threat_is_no_part_of_what_it_threatens(coder: Coder) -> None:
    report = Report(text="Rebels attacked Mosul on Monday. They threatened to attack Mosul again.")
    events = coder.code(report).events
    numbers = tell_apart(coder.nlp(report.text), events, coder.model.light["same"])
    assert sorted(numbers) == sorted(event.id for event in events)
    inner = [event for event in events if event.within is not None]
    assert inner
    assert all(list(numbers.values()).count(numbers[event.id]) == 1 for event in inner)


def test_numbers_count_from_nought_in_the_order_of_the_text(coder: Coder) -> None:
    _, _, numbers = read(coder, "Teachers marched in Lima on Monday. On Thursday police arrested two men in Cusco.")
    assert numbers["marched"] == 0
    assert sorted(set(numbers.values())) == list(range(len(set(numbers.values()))))


def test_no_events_no_numbers(coder: Coder) -> None:
    assert tell_apart(coder.nlp("It was quiet."), [], coder.model.light["same"]) == {}


def test_a_head_that_finds_nothing_likely_leaves_each_by_itself(coder: Coder) -> None:
    report = Report(text="A bomb exploded in Mosul on Tuesday. The blast killed four people.")
    events = coder.code(report).events
    never = Light({}, coder.model.light["same"].vectors, -30.0)
    assert len(set(tell_apart(coder.nlp(report.text), events, never).values())) == len(events)


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ("The raid destroyed two trucks.", "a noun that points back"),
        ("Another raid destroyed two trucks.", "another"),
        ("Earlier a raid destroyed two trucks.", "another time told near"),
    ],
)
def test_how_the_second_is_brought_up(coder: Coder, second: str, name: str) -> None:
    report, words, _ = read(coder, f"Gunmen ambushed a convoy in Mosul. {second}")
    at = {token.idx: token for token in coder.nlp(report.text)}
    assert name in list(features(words["ambushed"], words["raid"], at, body_start=0))


def test_an_answer_is_another_act(coder: Coder) -> None:
    report = Report(text="Rebels attacked the town on Monday. The army answered the attack with an attack on Tuesday.")
    record = coder.code(report)
    attacks = [event for event in record.events if event.type == "ASSAULT"]
    assert len(attacks) > 1
    cause = Cause(
        id="k", report=report.id, effect=attacks[-1].id, cause=attacks[0].id, effect_span=(0, 1), cause_span=(0, 1)
    )
    doc, sure = coder.nlp(report.text), Light({}, coder.model.light["same"].vectors, 6.0)
    assert len(set(tell_apart(doc, attacks, sure).values())) == 1
    numbers = tell_apart(doc, attacks, sure, causes=[cause])
    assert numbers[attacks[0].id] != numbers[attacks[-1].id]


def test_what_the_text_dates_months_apart_is_never_one(coder: Coder) -> None:
    body = "Nurses marched in Quito on July 11, 2018. They marched in Quito again on November 15, 2018."
    report = Report.of(body, published=date(2019, 5, 15))
    events = [event for event in coder.code(report).events if event.type == "PROTEST"]
    days = {event.time.start for event in events if event.time}
    assert {date(2018, 7, 11), date(2018, 11, 15)} <= days
    likely = Light({}, coder.model.light["same"].vectors, 20.0)  # a head for which all is one
    numbers = tell_apart(coder.nlp(report.text), events, likely)
    found = {numbers[event.id]: event.time.start for event in events if event.time}
    assert len(found) == len(set(numbers.values())) == 2
