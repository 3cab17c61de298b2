"""Who is on which side: the words chosen from the model's chances, and the phrases they stand for."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from gesta.annotate.tokens import blank_language
from gesta.find.acting import head_of_phrase
from gesta.find.phrases import noun_phrase
from gesta.find.roles import Scored, _chosen


def drawn(*words: tuple[str, str, int, str]) -> Doc:
    """A text from its words, each with part of speech, head and relation."""
    texts, pos, heads, deps = (list(column) for column in zip(*words, strict=True))
    return Doc(blank_language().vocab, words=texts, pos=pos, heads=heads, deps=deps, lemmas=texts)


@pytest.fixture
def pair() -> Doc:
    """ "Peru and Chile met envoys from Kenya" ."""
    return drawn(
        ("Peru", "PROPN", 3, "nsubj"), ("and", "CCONJ", 2, "cc"), ("Chile", "PROPN", 0, "conj"),
        ("met", "VERB", 3, "ROOT"), ("envoys", "NOUN", 3, "obj"), ("from", "ADP", 6, "case"),
        ("Kenya", "PROPN", 4, "nmod"),
    )  # fmt: skip


def chosen(doc: Doc, *chances: tuple[int, float, str], kind: str = "ACCUSE") -> list[str]:
    found: list[Scored] = [Scored(chance, doc[index], way) for index, chance, way in chances]
    return [scored.token.text for scored in _chosen(found, kind)]


def test_what_stands_beside_a_chosen_word_needs_less(pair: Doc) -> None:
    assert chosen(pair, (0, 0.95, ">nsubj"), (2, 0.4, ">nsubj>conj")) == ["Peru", "Chile"]


def test_a_second_actor_elsewhere_must_be_as_sure(pair: Doc) -> None:
    assert chosen(pair, (0, 0.95, ">nsubj"), (6, 0.7, ">obj>nmod from")) == ["Peru"]
    assert chosen(pair, (0, 0.95, ">nsubj"), (6, 0.97, ">obj>nmod from")) == ["Peru", "Kenya"]


def test_whom_one_meets_with_need_not_be_as_sure(pair: Doc) -> None:
    met = ((0, 0.95, ">nsubj"), (6, 0.6, ">obl with"))
    assert chosen(pair, *met, kind="CONSULT") == ["Peru", "Kenya"]
    assert chosen(pair, *met) == ["Peru"]


def test_a_lone_actor_needs_only_be_likely(pair: Doc) -> None:
    assert chosen(pair, (6, 0.5, ">obj>nmod from")) == ["Kenya"]
    assert chosen(pair, (6, 0.1, ">obj>nmod from")) == []


def test_an_own_subject_beats_an_inherited_one(pair: Doc) -> None:
    assert chosen(pair, (0, 0.8, ">nsubj"), (6, 0.99, "<advcl>nsubj")) == ["Peru"]


def head(doc: Doc, word: int, trigger: int) -> Token:
    return head_of_phrase(doc[word], doc[trigger])


def test_those_counted_and_what_counts_them_are_one_phrase() -> None:
    doc = drawn(
        ("Dozens", "NOUN", 3, "nsubj"), ("of", "ADP", 2, "case"), ("soldiers", "NOUN", 0, "nmod"),
        ("fled", "VERB", 3, "ROOT"), ("ministers", "NOUN", 3, "obj"), ("of", "ADP", 6, "case"),
        ("Kenya", "PROPN", 4, "nmod"),
    )  # fmt: skip
    doc[0].lemma_ = "dozen"
    assert noun_phrase(head(doc, 2, 3)).text == "Dozens of soldiers"
    assert head(doc, 6, 3).text == "Kenya"
