"""The whole way from a report to its record: spans hold, ids are stable, nothing depends on company."""

from __future__ import annotations

import random
from datetime import date

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gesta.coder import Coder
from gesta.records import Record, Report
from gesta.settings import CodeSettings

NEWS = (
    "BAMAKO, March 3 (Sahel Wire) - Gunmen killed at least 14 traders near Bandiagara on Monday, two officials said. "
    "The army denied that its troops had fled. The government will send reinforcements to the region, and the opposition "
    "urged the president to resign. If the rebels attack again, the ministry said, the market will be closed."
)


def assert_spans_hold(record: Record) -> None:
    text = record.report.text
    for event in record.events:
        for participant in (*event.sources, *event.targets):
            assert text[slice(*participant.span)] == participant.text
        for evidence in event.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)
        for toll in event.tolls:
            assert text[slice(*toll.span)] == toll.text
            assert toll.high is None or toll.low <= toll.high
        if event.time is not None and event.time.span is not None:
            assert text[slice(*event.time.span)] == event.time.text
    for place in record.places:
        assert text[slice(*place.span)] == place.text
    for time in record.times:
        assert time.span is not None
        assert text[slice(*time.span)] == time.text
        assert time.start is None or time.end is None or time.start <= time.end
    for claim in record.claims:
        assert 0 <= claim.content[0] < claim.content[1] <= len(text)
        if claim.cue_span is not None:
            assert text[slice(*claim.cue_span)] == claim.cue


def test_every_span_of_the_samples_holds(coded_samples: list[Record]) -> None:
    assert sum(len(record.events) for record in coded_samples) > 50
    for record in coded_samples:
        assert_spans_hold(record)


def test_every_participant_is_a_known_actor(coded_samples: list[Record]) -> None:
    for record in coded_samples:
        known = {actor.id for actor in record.actors}
        for event in record.events:
            assert {p.actor for p in (*event.sources, *event.targets)} <= known


def test_within_names_another_event_of_the_report(coded_samples: list[Record]) -> None:
    for record in coded_samples:
        ids = {event.id for event in record.events}
        assert len(ids) == len(record.events)
        for event in record.events:
            assert event.within is None or event.within in ids - {event.id}
            assert event.within is None or not event.counted


def test_output_depends_on_the_report_alone(coder: Coder, samples: list[Report], coded_samples: list[Record]) -> None:
    order = list(range(len(samples)))
    random.Random(7).shuffle(order)
    for index in order[:6]:
        again = coder.code(samples[index])
        assert msgspec.json.encode(again) == msgspec.json.encode(coded_samples[index])


def test_a_sentence_without_a_political_event_gives_none(coder: Coder) -> None:
    for text in (
        "The striker scored twice as the home side won the derby on Sunday.",
        "Rain is expected over the coast until Thursday, the weather office said.",
        "Her second novel tells of a childhood by the lake.",
    ):
        assert coder.code(Report(text=text, published=date(2021, 3, 4))).events == ()


def test_other_languages_are_skipped_and_said_so(coder: Coder) -> None:
    text = (
        "Le gouvernement a annoncé mardi que les discussions avec les rebelles reprendraient la semaine prochaine à Genève. "
        * 3
    )
    assert coder.code(Report(text=text)).skipped == "not English"
    assert coder.code(Report(text=" \n ")).skipped == "empty"


def test_modalities_are_kept_apart(coder: Coder) -> None:
    record = coder.code(Report(text=NEWS, published=date(2021, 3, 4)))
    by_word = {record.report.text[e.trigger.start : e.trigger.end]: e for e in record.events}
    killed = by_word["killed"]
    assert (killed.type, killed.modality) == ("ASSAULT", "happened")
    assert [toll.low for toll in killed.tolls if toll.kind == "killed"] == [14]
    assert killed.time is not None
    assert killed.time.start == date(2021, 3, 1)
    assert killed.place is not None
    assert killed.place.name == "Bandiagara"
    assert by_word["attack"].modality == "conditional"


def test_confidence_can_be_asked_for(samples: list[Report]) -> None:
    strict = Coder(CodeSettings(min_confidence=0.8))
    for event in strict.code(samples[1]).events:
        assert event.confidence >= 0.8


WORDS = st.sampled_from(
    "the rebels attacked killed 14 soldiers in Kabul on Monday , . \" “ ” ( ) \n\n will not if accused of U.S. 's army said "
    "Iran minister denied 31 February 2020-13-45 \U0001f600 \u202e \x00 é ß ﬁ 中 — - / http://x.y 99999999999999999999".split(
        " "
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=60), st.booleans())
def test_any_words_in_any_order(coder: Coder, words: list[str], dated: bool) -> None:
    report = Report(text=" ".join(words), published=date(2020, 2, 29) if dated else None)
    assert_spans_hold(coder.code(report))
