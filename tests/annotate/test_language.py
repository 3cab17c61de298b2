"""``coder.nlp``: trees, names and sentences on raw text and on given words, whatever the text."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from gesta.annotate.language import readings
from gesta.annotate.model import Model, load_model
from gesta.annotate.names import decode
from gesta.coder import Coder

TEXT = "Rebels in Norland attacked Port Ash on Monday.\n\nThe president, Ann Lee, said troops would leave."


def assert_well_formed(doc: Doc) -> None:
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1
        for token in sentence:
            above, steps = token, 0
            while above.head.i != above.i:
                assert sentence.start <= above.head.i < sentence.end
                above, steps = above.head, steps + 1
                assert steps <= len(sentence)


def test_names_tags_and_tree(coder: Coder) -> None:
    doc = coder.nlp(TEXT)
    assert [sentence.text.strip() for sentence in doc.sents] == TEXT.split("\n\n")
    assert {"Ann Lee": "Person", "Monday": "Date"}.items() <= {e.text: e.label_ for e in doc.ents}.items()
    attacked = next(t for t in doc if t.text == "attacked")
    assert (attacked.pos_, attacked.lemma_, attacked.dep_) == ("VERB", "attack", "root")
    assert {c.text: c.dep_ for c in attacked.children}["Rebels"] == "nsubj"
    assert_well_formed(doc)


def test_given_words_are_kept_and_one_sentence(coder: Coder) -> None:
    words = "He met Mr . Okoro . Then he left".split()
    doc = coder.nlp(Doc(coder.nlp.vocab, words=words))
    assert [t.text for t in doc] == words
    assert len(list(doc.sents)) == 1


def test_given_sentences_are_kept(coder: Coder) -> None:
    words = "He left . She stayed .".split()
    doc = coder.nlp(Doc(coder.nlp.vocab, words=words, sent_starts=[True, False, False, True, False, False]))
    assert [s.text for s in doc.sents] == ["He left .", "She stayed ."]


def test_a_sentence_longer_than_the_window(coder: Coder) -> None:
    doc = coder.nlp(Doc(coder.nlp.vocab, words=[*("troops shelled the town and " * 60).split(), "."]))
    assert_well_formed(doc)
    (sentence,) = readings(doc).sentences
    assert np.isfinite(sentence.reading.words).all()
    assert (np.abs(sentence.reading.words).sum(1) > 0).all()


def test_a_word_without_wordpieces_is_unknown() -> None:
    model: Model = load_model()
    assert model.pieces("\ufe0f") == (100,)
    assert len(model.pieces("a" * 100_000)) <= 16


def test_no_name_begins_inside() -> None:
    labels = ("O", "B-Person", "I-Person", "B-Date", "I-Date")
    logits = np.array([[0, 1, 5, 0, 0], [0, 0, 4, 0, 5], [5, 0, 0, 0, 0]], dtype=np.float32)
    assert decode(logits, labels) in ([(0, 2, "Person")], [(0, 2, "Date")])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text(coder: Coder, text: str) -> None:
    doc = coder.nlp(text)
    assert doc.text == text
    assert_well_formed(doc)
