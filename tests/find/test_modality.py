"""Modality by rule: which cue decides, and when the model does not believe it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from gesta.annotate.pairs import Told
from gesta.annotate.tokens import blank_language
from gesta.find.drafts import Draft
from gesta.find.modality import find_modality
from gesta.records import MODALITIES

#: "Analysts expect rebels to free hostages"; "expect" and "free" are words 1 and 4.
FORESEEN = Doc(
    blank_language().vocab,
    words=["Analysts", "expect", "rebels", "to", "free", "hostages"],
    lemmas=["analyst", "expect", "rebel", "to", "free", "hostage"],
    pos=["NOUN", "VERB", "NOUN", "PART", "VERB", "NOUN"],
    heads=[1, 1, 1, 4, 1, 4],
    deps=["nsubj", "ROOT", "obj", "mark", "xcomp", "obj"],
)


def told(**chances: float) -> Told:
    return Told({name: chances.get(name, 0.0) for name in MODALITIES}, {}, {})


@pytest.mark.parametrize(
    ("chances", "modality"),
    [
        ({"happened": 0.7, "predicted": 0.3}, "predicted"),  # the rule speaks first
        ({"happened": 1.0}, "happened"),  # but not against what the model rules out
        ({"happened": 0.3, "threatened": 0.7}, "threatened"),
    ],
)
def test_what_others_foresee_has_not_happened(chances: dict[str, float], modality: str) -> None:
    draft = Draft(FORESEEN[4], "RETREAT", 1.0)
    find_modality(draft, told(**chances))
    assert draft.modality == modality


def test_the_cue_of_a_forecast_is_its_verb() -> None:
    draft = Draft(FORESEEN[4], "RETREAT", 1.0)
    find_modality(draft, told(happened=0.5, predicted=0.5))
    assert [(field, cue.text) for field, cue in draft.cues] == [("modality", "expect")]
