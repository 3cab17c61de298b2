"""Loaded words: found as the source's own, whoever uses them of whom; the tables behind attribution are sound."""

from __future__ import annotations

import pytest

from gesta.annotate.tokens import blank_language
from gesta.attribute.loaded import loaded_words
from gesta.attribute.quotes import Quotes
from gesta.ontology.tables import many, read_table

NLP = blank_language()


def flagged(text: str) -> list[str]:
    doc = NLP(text)
    for token in doc:
        token.is_sent_start = token.i == 0
        token.pos_ = "DET" if token.lower_ in {"the", "a"} else "NOUN"
    return [text[e.start : e.end] for e in loaded_words(doc, 0, len(doc))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the terrorists and their puppet", ["terrorists", "puppet"]),
        ("our freedom fighters became martyrs", ["freedom fighters", "martyrs"]),
        ("the so-called republic", ["so-called"]),
        ("the Regime", ["Regime"]),
        ("the army and the rebels", []),
        ("a visa regime", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert flagged(text)[-len(words) :] == words if words else flagged(text) == []


def test_the_table_blames_and_praises_and_names_no_one() -> None:
    rows = read_table("gesta.attribute", "loaded.tsv")
    assert len({row["words"] for row in rows}) == len(rows)
    assert {row["judges"] for row in rows} >= {"illegitimacy", "violence", "intrusion", "disloyalty", "praise"}
    assert all(row["words"] == row["words"].lower() for row in rows)


def test_cues_say_what_they_take_and_signal() -> None:
    rows = read_table("gesta.attribute", "cues.tsv")
    assert len({(row["sort"], row["lemma"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["stance"] in {"asserts", "denies", "questions"}
        assert row["certainty"] in {"certain", "probable", "possible", "doubted"}
        assert row["sort"] not in {"verb"} or many(row["takes"])


def test_a_side_s_word_is_not_weakened_by_the_verb_a_paper_picks() -> None:
    verbs = [row for row in read_table("gesta.attribute", "cues.tsv") if row["sort"] == "verb"]
    certainty = {row["lemma"]: row["certainty"] for row in verbs}
    assert certainty["claim"] == certainty["insist"] == certainty["say"] == "certain"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “we will win” and left.", ["we will win"]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("“One.\n\n“Two,” he said.", ["One.", "Two,"]),
        ('A 6" pipe lay there.', []),
        ("the rebels’ camp", []),
        ("‘We went to the rebels’ camp,’ he said.", ["We went to the rebels’ camp,"]),
        ("It ended.”", []),
        ("“”", []),
    ],
)
def test_quotes(text: str, quotes: list[str]) -> None:
    doc = NLP(text)
    assert [doc[quote.start : quote.end].text.strip() for quote in Quotes(doc).all] == quotes
