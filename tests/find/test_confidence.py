"""A row's confidence: a chance, higher where what found it was surer."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from gesta.find.confidence import FEATURES, confidence, features
from gesta.find.drafts import Draft, Phrase


def draft(chance: float, *, source: float | None = None) -> Draft:
    doc = Doc(Vocab(), words=["Rebels", "shelled", "Aden"], heads=[1, 1, 1], deps=["nsubj", "root", "obj"])
    sources = [Phrase(doc[0:1], doc[0], source, "")] if source else []
    return Draft(doc[1], "ASSAULT", chance, any_chance=chance, sources=sources)


def test_there_is_a_value_for_every_feature() -> None:
    assert len(features(draft(0.5))) == len(FEATURES)
    assert features(draft(0.5))[:5] == [1.0, 0.0, 0.0, 0.0, 0.0]


def test_without_weights_it_is_the_chance_of_the_type() -> None:
    assert confidence(draft(0.7), ()) == 0.7


@pytest.mark.parametrize(("low", "high"), [(draft(0.4), draft(0.9)), (draft(0.9, source=0.5), draft(0.9, source=0.99))])
def test_it_rises_with_what_it_is_read_from(low: Draft, high: Draft) -> None:
    weights = [-1.0, 0.5, 0.5, 0.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0]
    assert 0 < confidence(low, weights) < confidence(high, weights) < 1


def test_a_chance_of_nought_or_one_is_no_infinity() -> None:
    weights = [50.0] * len(FEATURES)
    assert 0 < confidence(draft(0.0), weights) < confidence(draft(1.0), weights) <= 1
