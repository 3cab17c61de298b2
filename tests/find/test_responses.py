"""Stated responses, on sentences of our own: which act answers which, and what only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest

import gesta
from gesta.coder import Coder
from gesta.find.responses.cues import SORTS, find_cues
from gesta.ontology.tables import read_table
from gesta.records import Record, Report
from gesta.settings import CodeSettings


def told(record: Record) -> set[tuple[str, str, str | None]]:
    text = record.report.text
    return {(text[slice(*one.effect_span)], text[slice(*one.cause_span)], one.cue) for one in record.causes}


@pytest.mark.parametrize(
    ("text", "answer", "cause", "cue"),
    [
        ("Rebels shelled Kidal in retaliation for the killing of a chief.", "shelled", "killing", "in retaliation for"),
        ("Lagos police fired tear gas after protesters threw stones.", "fired", "threw", "after"),
        ("Norway expelled two envoys over the arrest of a reporter.", "expelled", "arrest", "over"),
        ("The arrest of a priest triggered protests in Lima.", "protests", "arrest", "triggered"),
        ("Angered by the ruling, Peru withdrew its ambassador from Quito.", "withdrew", "ruling", "Angered by"),
    ],
)
def test_within_a_sentence(coder: Coder, text: str, answer: str, cause: str, cue: str) -> None:
    assert told(coder.code(Report(text=text))) == {(answer, cause, cue)}


@pytest.mark.parametrize(
    ("text", "answer", "cause"),
    [
        ("Gunmen killed two soldiers in Gao on Monday. In response, the army shelled three villages.", "shelled", "killed"),
        ("A court in Quito jailed the mayor on Monday. In protest, bus drivers blocked the roads.", "blocked", "jailed"),
        ("Chad expelled the Libyan consul on Friday. Libya retaliated and arrested two Chadian officers.", "retaliated", "expelled"),
    ],
)  # fmt: skip
def test_across_sentences(coder: Coder, text: str, answer: str, cause: str) -> None:
    assert (answer, cause) in {one[:2] for one in told(coder.code(Report(text=text)))}


@pytest.mark.parametrize(
    "text",
    [
        "The minister visited Oslo on Tuesday after a stop in Bergen.",
        "Thousands marched through Dakar to demand an election.",
        "Police arrested over 300 people in Jakarta.",
        "The union will strike in May if the company closes the plant.",
        "The court named after Judge Mensah convicted two bankers.",
        "The two ministers agreed over dinner to reopen the border.",
    ],
)
def test_time_purpose_condition_and_look_alikes_are_none(coder: Coder, text: str) -> None:
    assert coder.code(Report(text=text)).causes == ()


TWO = (
    "Kenya recalled its envoy from Khartoum in response to the arrest of two aid workers. "
    "Sudan expelled a Kenyan diplomat in return."
)


def test_spans_ids_and_events_hold(coder: Coder) -> None:
    record = coder.code(Report(text=TWO))
    ids = {event.id: event for event in record.events}
    assert record.causes
    for one in record.causes:
        trigger = ids[one.effect].trigger
        assert one.effect_span == (trigger.start, trigger.end)
        assert one.cue_span is not None
        assert TWO[slice(*one.cue_span)] == one.cue
        assert one.cause is None or (one.cause in ids and one.cause != one.effect)
        assert 0 < one.confidence <= 1
        assert one.reasons
        assert one.id.startswith("k")
    assert len({one.id for one in record.causes}) == len(record.causes)


def test_the_same_report_gives_the_same_causes(coder: Coder) -> None:
    first, second = coder.code(Report(text=TWO)), coder.code(Report(text=TWO))
    assert first.causes == second.causes
    assert first.events == second.events


def test_a_response_whose_answer_was_not_kept_is_dropped(coder: Coder) -> None:
    record = gesta.load(CodeSettings(min_confidence=1.0)).code(Report(text=TWO))
    assert record.events == ()
    assert record.causes == ()


def test_cues_are_longest_first_and_never_overlap(coder: Coder) -> None:
    doc = coder.nlp("Angered by the raid, and in response to that, they left two days after it.")
    cues = list(find_cues(doc[:]))
    assert [cue.span.text for cue in cues][:2] == ["Angered by", "in response to that"]
    assert all(one.span.end <= other.span.start for one, other in pairwise(cues))


def test_the_table_of_cues_is_sound() -> None:
    rows = read_table("gesta.find.responses", "cues.tsv")
    assert {row["sort"] for row in rows} == set(SORTS)
    assert {row["strength"] for row in rows} == {"strong", "weak"}
    assert len({(row["cue"], row["sort"]) for row in rows}) == len(rows)
    assert all(row["cue"] == row["cue"].strip().lower() for row in rows)


@pytest.mark.parametrize("text", ["", "After.", "In response.\n\nIn response.", "because because because", "prompted"])
def test_odd_texts_do_no_harm(coder: Coder, text: str) -> None:
    assert coder.code(Report(text=text)).causes == ()
