"""Attribution end to end on the forms newswire uses: cue, speaker, content, stance, certainty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Span, Token

from gesta.attribute import Networks, find_claims
from gesta.coder import Coder
from gesta.records import Actor, Claim, Participant, Report


class Named:
    """Everyone is who their words say."""

    def participant(self, span: Span, head: Token) -> Participant:
        return Participant(actor=head.text, text=span.text, span=(span.start_char, span.end_char))

    def actor(self, identity: str) -> Actor:
        return Actor(id=identity, name=identity, kind="unknown")


def found_in(coder: Coder, report: Report, triggers: Sequence[Token] = ()) -> tuple[tuple[Claim, ...], dict[int, str]]:
    doc = triggers[0].doc if triggers else coder.nlp(report.text)
    return find_claims(
        doc,
        Networks(coder.model.attribution),
        report=report,
        actors=Named(),
        event_triggers=triggers,
        model=coder.model,
    )


def claims_of(coder: Coder, text: str) -> tuple[Report, tuple[Claim, ...]]:
    report = Report(text=text)
    return report, found_in(coder, report)[0]


def shown(coder: Coder, text: str) -> list[tuple[str | None, str | None, str]]:
    """Speaker, cue and content of each claim; the content without marks at its ends and "that" before it."""
    report, claims = claims_of(coder, text)
    return [(c.speaker.text if c.speaker else None, c.cue, plain(report, c)) for c in claims]


def plain(report: Report, claim: Claim) -> str:
    words = " … ".join(report.text[slice(*part)].strip(' ,.“”"') for part in claim.parts)
    return words.removeprefix("that ")


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("Police said three men were killed.", "Police", "said", "three men were killed"),
        ("Police said on Tuesday that three men had died.", "Police", "said", "three men had died"),
        ("Three men were killed, police said.", "police", "said", "Three men were killed"),
        ("Three men were killed, said a police spokesman.", "a police spokesman", "said", "Three men were killed"),
        ("The town, officials said, had fallen.", "officials", "said", "The town … had fallen"),
        ("According to the ministry, five soldiers died.", "the ministry", "According to", "five soldiers died"),
        ("Five soldiers died, according to the ministry.", "the ministry", "according to", "Five soldiers died"),
        ("As police said, the road was blocked.", "police", "said", "the road was blocked"),
        ("The minister told reporters that the army had left.", "The minister", "told", "the army had left"),
        ("The army denied that it had shelled Eastport.", "The army", "denied", "it had shelled Eastport"),
        ("The army denied shelling Eastport.", "The army", "denied", "shelling Eastport"),
        ("The army confirmed the arrest of 14 activists.", "The army", "confirmed", "the arrest of 14 activists"),
        ("The arrest was confirmed by the ministry.", "the ministry", "confirmed", "The arrest"),
        ("Norland accused Sudria of arming rebels.", "Norland", "accused", "Sudria of arming rebels"),
        ("The ministry dismissed reports of arrests.", "The ministry", "dismissed", "reports of arrests"),
        ("Norland closed the border, saying Sudria had sent spies.", "Norland", "saying", "Sudria had sent spies"),
        ("The gunmen reportedly fled.", None, "reportedly", "The gunmen … fled"),
        ("The supposed raid left no trace.", None, "supposed", "raid"),
        ("It is believed that the gunmen fled.", None, "believed", "the gunmen fled"),
        ("It seems that the general gave the order.", None, "seems", "the general gave the order"),
        ("“We will not leave,” said Adam Karim.", "Adam Karim", "said", "We will not leave"),
    ],
)
def test_forms(coder: Coder, text: str, speaker: str | None, cue: str, content: str) -> None:
    assert shown(coder, text) == [(speaker, cue, content)]


def test_the_speaker_s_words_hold_the_aside_and_the_actor_is_the_noun_before_it(coder: Coder) -> None:
    report, claims = claims_of(coder, "Kim Lee, a spokesman for the army, said troops had left.")
    assert claims[0].speaker is not None
    assert report.text[slice(*claims[0].speaker.span)].startswith("Kim Lee, a spokesman for the army")
    assert claims[0].speaker.actor in {"Kim", "Lee"}


@pytest.mark.parametrize("text", ["The talks were held on Monday.", "Three soldiers died in Eastport.", ""])
def test_no_claim(coder: Coder, text: str) -> None:
    assert shown(coder, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She declined to say whether troops had left.",
        "He did not say who fired.",
        "The army would not comment.",
        "The prime minister's office declined to comment on the reported arrests.",
    ],
)
def test_what_is_not_said_is_no_claim(coder: Coder, text: str) -> None:
    assert shown(coder, text) == []


def test_a_second_cue_keeps_the_speaker_and_ends_the_first_content(coder: Coder) -> None:
    assert shown(coder, "The minister said prices rose, adding that wages fell.") == [
        ("The minister", "said", "prices rose"),
        ("The minister", "adding", "wages fell"),
    ]


def test_who_reports_a_report(coder: Coder) -> None:
    report = "A survivor said three men died, the agency reported."
    assert ("the agency", "reported", "A survivor said three men died") in shown(coder, report)


def test_a_claim_within_a_claim(coder: Coder) -> None:
    _, claims = claims_of(coder, "Police said rebels claimed that they had shelled the port.")
    outer, inner = claims
    assert (outer.cue, inner.cue) == ("said", "claimed")
    assert (outer.within, inner.within) == (None, outer.id)


def test_speech_goes_on_in_the_same_voice(coder: Coder) -> None:
    text = "“We will not leave,” said Adam Karim. “We are many. We are strong.”"
    report, claims = claims_of(coder, text)
    assert {claim.speaker.text for claim in claims if claim.speaker} == {"Adam Karim"}
    told = " ".join(report.text[slice(*part)] for claim in claims for part in claim.parts)
    assert all(words in told for words in ("We will not leave", "We are many", "We are strong"))


def test_speech_of_nobody_is_not_given_to_someone(coder: Coder) -> None:
    text = "The minister left the hall.\n\n“We are all very tired of this,” read a banner."
    assert [speaker for speaker, _, _ in shown(coder, text)] in ([], [None])


def test_triggers_belong_to_the_innermost_claim(coder: Coder) -> None:
    report = Report(text="Police said rebels claimed that they had shelled the port. Troops left.")
    doc = coder.nlp(report.text)
    words = {word: next(t for t in doc if t.text == word) for word in ("claimed", "shelled", "left")}
    claims, inside = found_in(coder, report, list(words.values()))
    by_id = {claim.id: claim for claim in claims}
    assert by_id[inside[words["shelled"].i]].cue == "claimed"
    assert by_id[inside[words["claimed"].i]].cue == "said"
    assert words["left"].i not in inside


def test_an_accuser_is_not_inside_the_accusation(coder: Coder) -> None:
    report = Report(text="Norland accused Sudria of arming rebels.")
    doc = coder.nlp(report.text)
    triggers = [token for token in doc if token.text in {"accused", "arming"}]
    _, inside = found_in(coder, report, triggers)
    assert list(inside) == [triggers[1].i]


def test_the_same_text_gives_the_same_ids_and_another_report_others(coder: Coder) -> None:
    text = "Police said three men died. Police said three men died."
    ids = [claim.id for claim in claims_of(coder, text)[1]]
    assert ids == [claim.id for claim in claims_of(coder, text)[1]]
    assert len(set(ids)) == len(ids) == 2
    assert not set(ids) & {claim.id for claim in claims_of(coder, text + " Rain fell.")[1]}


PIECES = [
    "police", "said", "that", "three men died", ",", ".", "“", "”", '"', "according to", "the army", "denied", "it",
    "seems", "reportedly", "and", "adding", "\n\n", "to", "as", "'s", "who", "No one", "was told", "accused", "of",
]  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_words_give_claims_inside_the_text(coder: Coder, pieces: list[str]) -> None:
    report, claims = claims_of(coder, " ".join(pieces))
    for claim in claims:
        assert 0 <= claim.content[0] < claim.content[1] <= len(report.text)
        assert claim.cue is None or (claim.cue_span and report.text[slice(*claim.cue_span)] == claim.cue)
    assert len({claim.id for claim in claims}) == len(claims)
    assert all(first.content[0] <= second.content[0] for first, second in pairwise(claims))


def test_the_author_s_own_impressions_are_the_author_s(coder: Coder) -> None:
    _, claims = claims_of(coder, "I suspect that the bridge will fall.")
    assert [claim.voice for claim in claims] == ["author"]


def test_no_speaker_begins_with_by(coder: Coder) -> None:
    _, claims = claims_of(coder, "The figures were confirmed by the semi-official news agency on Monday.")
    assert [claim.speaker.text for claim in claims if claim.speaker] == ["the semi-official news agency"]


def test_content_is_not_taken_from_another_s_paragraph(coder: Coder) -> None:
    text = "“They must leave at once,” said Ada Moor.\n\nAmong the dead were two nurses, the Eastport Herald said."
    report, claims = claims_of(coder, text)
    herald = next(claim for claim in claims if claim.speaker and "Herald" in claim.speaker.text)
    assert "must" not in " ".join(report.text[slice(*part)] for part in herald.parts)
