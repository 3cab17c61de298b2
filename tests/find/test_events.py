"""Finding, on plain sentences of our own: type, modality, source and target."""

from __future__ import annotations

from datetime import date

import pytest

from gesta.coder import Coder
from gesta.records import Event, Report


def only(coder: Coder, text: str, word: str) -> Event:
    record = coder.code(Report(text=text, published=date(2021, 3, 4)))
    found = [e for e in record.events if record.report.text[e.trigger.start : e.trigger.end] == word]
    assert len(found) == 1, [record.report.text[e.trigger.start : e.trigger.end] for e in record.events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "word", "kind", "source", "target"),
    [
        ("Rebels shelled the town of Kidal on Monday.", "shelled", "ASSAULT", "Rebels", "the town of Kidal"),
        ("The town was shelled by rebels.", "shelled", "ASSAULT", "rebels", "The town"),
        ("Police arrested two journalists in Dhaka.", "arrested", "COERCE", "Police", "two journalists"),
        ("Norway accused Russia of jamming signals.", "accused", "ACCUSE", "Norway", "Russia"),
        ("The union urged the government to raise wages.", "urged", "REQUEST", "The union", "the government"),
        ("Kenya expelled the Sudanese ambassador.", "expelled", "SANCTION", "Kenya", "the Sudanese ambassador"),
    ],
)
def test_who_did_what_to_whom(coder: Coder, text: str, word: str, kind: str, source: str, target: str) -> None:
    event = only(coder, text, word)
    assert event.type == kind
    assert [p.text for p in event.sources] == [source]
    assert [p.text for p in event.targets] == [target]


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("The rebels did not attack the convoy.", "attack", "denied"),
        ("If the rebels attack the convoy, the army will answer.", "attack", "conditional"),
        ("The minister accused the rebels of attacking a convoy.", "attacking", "alleged"),
        ("The union urged the government to release the students.", "release", "demanded"),
        ("Soldiers attacked the camp.", "attacked", "happened"),
    ],
)
def test_modality_and_its_cue(coder: Coder, text: str, word: str, modality: str) -> None:
    event = only(coder, text, word)
    assert event.modality == modality
    assert event.counted == (modality == "happened")


def test_content_of_a_speech_act_is_within_it(coder: Coder) -> None:
    record = coder.code(Report(text="The minister accused the rebels of attacking a convoy."))
    by_type = {event.type: event for event in record.events}
    assert by_type["ASSAULT"].within == by_type["ACCUSE"].id
