"""Tolls end to end: what is counted, of whom, and which event owns it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from gesta.annotate.tokens import blank_language
from gesta.coder import Coder
from gesta.find.tolls import attach_tolls, find_tolls
from gesta.records import Toll


def triggers(doc: Doc, *words: str) -> list[Token]:
    return [next(token for token in doc if token.text == word) for word in words]


def told(tolls: tuple[Toll, ...]) -> list[tuple[str, int, int | None]]:
    return [(toll.kind, toll.low, toll.high) for toll in tolls]


@pytest.mark.parametrize(
    ("text", "trigger", "tolls"),
    [
        ("Troops shelled the town, killing four and wounding 12.", "shelled", [("killed", 4, 4), ("injured", 12, 12)]),
        ("Five soldiers were killed and 12 others injured.", "killed", [("killed", 5, 5), ("injured", 12, 12)]),
        ("The explosion, which left five dead, destroyed two houses.", "explosion", [("killed", 5, 5)]),
        ("The raid, in which 20 people died, lasted three hours.", "raid", [("killed", 20, 20)]),
        ("Unions condemned the killing of three miners.", "killing", [("killed", 3, 3)]),
        ("The arrest of 14 activists angered the town.", "arrest", [("arrested", 14, 14)]),
        ("Police arrested a 20-year-old man on Monday.", "arrested", [("arrested", 1, 1)]),
        ("Thousands of teachers marched through the capital.", "marched", [("participants", 2000, 9999)]),
        ("A rally of some 20,000 people filled the square.", "rally", [("participants", 18_000, 22_000)]),
        ("Fighting displaced tens of thousands of people.", "Fighting", [("displaced", 20_000, 99_999)]),
        ("Rebels shot dead nine guests.", "shot", [("killed", 9, 9)]),
        ("A mob beat a student to death.", "beat", [("killed", 1, 1)]),
        ("Soldiers killed three rebels and two civilians.", "killed", [("killed", 5, 5)]),
        ("The bombing killed 13 people, including four officers.", "bombing", [("killed", 13, 13)]),
        ("Thirteen people, including four officers, were killed.", "killed", [("killed", 13, 13)]),
        ("Up to 40 workers were arrested.", "arrested", [("arrested", 0, 40)]),
        ("Police rounded up and deported hundreds of migrants.", "rounded", [("arrested", 200, 999)]),
        ("The attack raised the death toll from 40 to 45.", "attack", [("killed", 45, 45)]),
    ],
)
def test_counts(coder: Coder, text: str, trigger: str, tolls: list[tuple[str, int, int | None]]) -> None:
    doc = coder.nlp(text)
    assert told(find_tolls(doc, *triggers(doc, trigger))) == tolls


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Gunmen killed or wounded 30 people.", "killed"),
        ("The shelling killed and injured 30 people.", "shelling"),
        ("The attack caused 40 casualties.", "attack"),
        ("No one was killed in the attack.", "attack"),
        ("Nobody was hurt.", "hurt"),
        ("The strike killed 3 percent of the herd.", "strike"),
        ("The government spent $20 million after the attack.", "attack"),
        ("The militants threatened to kill 20 hostages.", "threatened"),
        ("The attack could have killed dozens of people.", "attack"),
        ("The army did not kill three men.", "kill"),
        ("The minister killed the bill.", "killed"),
        ("Two gunmen fled.", "fled"),
    ],
)
def test_no_toll(coder: Coder, text: str, trigger: str) -> None:
    doc = coder.nlp(text)
    assert find_tolls(doc, *triggers(doc, trigger)) == ()


def test_spans_are_the_very_words(coder: Coder) -> None:
    text = "Rain fell all night.\n\nA bomb attack in the market killed at least 20 people."
    doc = coder.nlp(text)
    (toll,) = find_tolls(doc, *triggers(doc, "attack"))
    assert text[slice(*toll.span)] == toll.text == "at least 20"
    assert toll.whom_span is not None
    assert text[slice(*toll.whom_span)] == toll.whom == "people"


def parsed(words: str) -> Doc:
    """Make a Doc of "word/tag/relation/head" items, so that who owns a toll is tested on a sure tree."""
    rows = [item.split("/") for item in words.split()]
    return Doc(
        blank_language().vocab,
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        lemmas=[{"killed": "kill", "shelled": "shell", "killing": "kill"}.get(row[0], row[0]) for row in rows],
    )


SHELLED = "troops/NOUN/nsubj/1 shelled/VERB/ROOT/1 it/PRON/obj/1 ,/PUNCT/punct/4 killing/VERB/advcl/1 four/NUM/obj/4"


def test_a_toll_belongs_to_the_cause_not_to_both() -> None:
    doc = parsed(SHELLED)
    assert list(attach_tolls(doc, [doc[1], doc[4]])) == [1]
    assert list(attach_tolls(doc, [doc[4]])) == [4]


def test_another_actor_s_killing_is_not_this_event_s_toll() -> None:
    shelled = "troops/NOUN/nsubj/1 shelled/VERB/ROOT/1 it/PRON/obj/1"
    doc = parsed(f"{shelled} after/SCONJ/mark/5 rebels/NOUN/nsubj/5 killed/VERB/advcl/1 four/NUM/obj/5")
    assert attach_tolls(doc, [doc[1]]) == {}
    assert list(attach_tolls(doc, [doc[1], doc[5]])) == [5]


def test_types_bar_events_that_cannot_cause() -> None:
    doc = parsed(SHELLED)
    assert attach_tolls(doc, [doc[1]], types={1: "CONSULT"}) == {}
    assert list(attach_tolls(doc, [doc[1]], types={1: "ASSAULT"})) == [1]


def test_nothing_in_nothing(coder: Coder) -> None:
    assert attach_tolls(coder.nlp(""), []) == {}
    assert attach_tolls(coder.nlp("Ten people died."), []) == {}


def test_a_text_may_begin_with_the_trigger() -> None:
    """A modifier as first word has no neighbour to its left."""
    doc = Doc(
        blank_language().vocab, words=["Marching", "teachers", "blocked", "roads"], pos=["VERB", "NOUN", "VERB", "NOUN"],
        heads=[1, 2, 2, 2], deps=["amod", "nsubj", "ROOT", "obj"], lemmas=["march", "teacher", "block", "road"],
    )  # fmt: skip
    assert attach_tolls(doc, [doc[0]], types={0: "PROTEST"}) == {}
