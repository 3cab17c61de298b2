"""Ties: what is read of our own sentences, what is not, and that every span holds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.coder import Coder
from gesta.records import TIE_RELATIONS, Record, Report, Tie
from gesta.resolve.ties.lexicon import cues, words

CASEBOOK = Path(__file__).resolve().parents[2] / "casebook" / "ties.jsonl"
PATTERNS = ("noun", "verb", "state", "hyphen", "office")


def read(coder: Coder, text: str) -> Record:
    return coder.code(Report(text=text, published=date(2026, 6, 1)))


def told(record: Record) -> list[tuple[str, str, str]]:
    text = record.report.text
    return [(text[slice(*tie.actor_span)], tie.relation, text[slice(*tie.other_span)]) for tie in record.ties]


def only(coder: Coder, text: str) -> Tie:
    (tie,) = read(coder, text).ties
    return tie


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("Omar Farid, leader of the Northern Front, left.", ("Omar Farid", "leads", "Northern Front")),
        ("Hamas leader Yusuf Darwish left.", ("Yusuf Darwish", "leads", "Hamas")),
        ("Likud leader Avner Tal left.", ("Avner Tal", "leads", "Likud")),
        ("Anita Rao, a senior leader of the Congress party, left.", ("Anita Rao", "member-of", "Congress party")),
        ("Pakistan's army chief, General Tariq Khattak, spoke.", ("Tariq Khattak", "commands", "Pakistan's army")),
        ("Ukraine's defence minister, Oleh Bondar, left.", ("Oleh Bondar", "member-of", "Ukraine")),
        ("Taliban spokesman Zabir Noori said no.", ("Zabir Noori", "speaks-for", "Taliban")),
        ("The militia, an arm of the Revolutionary Guards, fled.", ("militia", "part-of", "Revolutionary Guards")),
        ("The Iran-backed militia fired rockets.", ("Iran-backed militia", "proxy-of", "Iran")),
        ("Hezbollah is funded by Iran.", ("Hezbollah", "proxy-of", "Iran")),
        ("Rebels of the M23, backed by Rwanda, took Goma.", ("Rebels of the M23", "proxy-of", "Rwanda")),
        ("Eva Lind of Human Rights Watch left.", ("Eva Lind", "member-of", "Human Rights Watch")),
        ("A coalition led by Saudi Arabia bombed Sanaa.", ("Saudi Arabia", "leads", "coalition")),
    ],
)
def test_what_the_words_tell(coder: Coder, text: str, tie: tuple[str, str, str]) -> None:
    found = told(read(coder, text))
    assert len(found) == 1
    actor, relation, other = found[0]
    assert relation == tie[1]
    assert actor in tie[0] or tie[0] in actor
    assert other in tie[2] or tie[2] in other


@pytest.mark.parametrize(
    "text",
    [
        "The leader of the pack crossed the line.",
        "She sat at the head of the table.",
        "The war on drugs filled the prisons of Bolivia.",
        "Hamlet was at war with himself.",
        "Allied health workers asked Kenya for masks.",
        "A trade war between China and Japan would hurt farmers.",
        "Finland wants to join NATO.",
        "If the Karsan Front joins the army, the war may end.",
        "Serbia is not a member of NATO.",
        "Is Omar Farid the leader of the Northern Front?",
        "A spokesman for the Taliban said no.",
        "Gang leader Ben Moe was freed.",
        "The US-backed resolution failed.",
        "The prime minister left NATO headquarters.",
        "Shaked may join a government led by Avner Tal.",
    ],
)
def test_what_they_do_not(coder: Coder, text: str) -> None:
    assert told(read(coder, text)) == []


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Former Fatah leader Marwan Saleh left.", True),
        ("Ibrahim Boubé led the Labour Party until his death in 2020.", True),
        ("Burkina Faso left ECOWAS in January 2025.", True),
        ("The 1980-88 war between Iran and Iraq left a million dead.", True),
        ("Fatah leader Marwan Saleh left.", False),
        ("Finland joined NATO in 2023.", False),
    ],
)
def test_whether_it_is_over(coder: Coder, text: str, ended: bool) -> None:
    assert only(coder, text).ended is ended


def test_when_it_held(coder: Coder) -> None:
    since = only(coder, "Finland joined NATO in 2023.").time
    assert since is not None
    assert (since.start, since.end) == (date(2023, 1, 1), None)
    until = only(coder, "Burkina Faso left ECOWAS in January 2025.").time
    assert until is not None
    assert (until.start, until.end) == (None, date(2025, 1, 31))


def test_who_says_so(coder: Coder) -> None:
    record = read(coder, "Washington says the militia is an arm of the Revolutionary Guards.")
    (tie,) = record.ties
    (claim,) = [claim for claim in record.claims if claim.id == tie.claim]
    assert claim.speaker is not None
    assert claim.speaker.text == "Washington"
    assert tie.stance != "denies"
    assert only(coder, "The militia is an arm of the Revolutionary Guards.").claim is None


def test_a_denied_tie_is_kept_as_a_denial(coder: Coder) -> None:
    for text in ("Iran said the militia was not part of the Guards.", "Ben Moe denied being a member of Boko Haram."):
        tie = only(coder, text)
        assert tie.stance == "denies"
        assert tie.claim is not None
        assert not tie.told_as_fact


def test_a_doubted_tie_says_so(coder: Coder) -> None:
    tie = only(coder, "Suspected Boko Haram member Idris Bello was held.")
    assert tie.certainty != "certain"
    assert not tie.told_as_fact


def test_one_without_direction_is_kept_once_in_one_order(coder: Coder) -> None:
    one = only(coder, "Russia is at war with Ukraine.")
    other = only(coder, "Ukraine is at war with Russia.")
    assert (one.actor, one.other) == (other.actor, other.other)
    assert one.actor < one.other
    assert one.id != other.id


def test_the_speaker_of_a_body_is_a_person_and_the_body_itself_stays(coder: Coder) -> None:
    record = read(coder, "Taliban spokesman Zabir Noori said the road was open.")
    names = {actor.id: (actor.name, actor.kind) for actor in record.actors}
    (tie,) = record.ties
    assert names[tie.actor] == ("Zabir Noori", "person")
    assert names[tie.other][0] == "Taliban"


def labelled() -> list[str]:
    lines = CASEBOOK.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(labelled()), min_size=1, max_size=4))
def test_spans_ids_and_order_hold(coder: Coder, texts: list[str]) -> None:
    record = read(coder, " ".join(texts))
    actors, claims = {actor.id for actor in record.actors}, {claim.id for claim in record.claims}
    for tie in record.ties:
        for start, end in (tie.span, tie.actor_span, tie.other_span):
            assert 0 <= start < end <= len(record.report.text)
            assert record.report.text[start:end].strip() == record.report.text[start:end]
        assert {tie.actor, tie.other} <= actors
        assert tie.actor != tie.other
        assert tie.claim is None or tie.claim in claims
        if tie.relation in {"allied-with", "at-war-with"}:
            assert tie.actor < tie.other
    assert len({tie.id for tie in record.ties}) == len(record.ties)
    assert read(coder, " ".join(texts)).ties == record.ties


def test_the_tables_are_in_order() -> None:
    for pattern in PATTERNS:
        found = [cue for some in cues(pattern).values() for cue in some]
        assert found
        for cue in found:
            assert cue.relation in TIE_RELATIONS or pattern == "office"
            assert cue.phase in {"", "begins", "ended"}
            assert cue.links or pattern == "hyphen"
    with pytest.raises(KeyError):
        words("no such list")
