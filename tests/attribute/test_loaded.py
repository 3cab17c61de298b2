"""Loaded words: found as the source's own, whoever uses them of whom; never adopted; the tables behind them sound."""

from __future__ import annotations

from pathlib import Path

import pytest

import gesta
from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.ontology.loaded import gesta_list, loaded_list
from gesta.ontology.tables import many, read_table
from gesta.records import Record, Report
from gesta.settings import CodeSettings


def coded(coder: Coder, text: str) -> Record:
    return coder.code(Report(text=text))


def flagged(coder: Coder, text: str) -> list[str]:
    return [one.text for one in coded(coder, text).loaded]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The army said the terrorists and their puppet had fled.", ["terrorists", "puppet"]),
        ("Our freedom fighters became martyrs on Monday.", ["freedom fighters", "martyrs"]),
        ("The so-called republic held a vote.", ["so-called"]),
        ("The regime arrested nine teachers.", ["regime"]),
        ("The army and the rebels signed a truce.", []),
        ("Norway changed its visa regime for students.", []),
    ],
)
def test_words(coder: Coder, text: str, words: list[str]) -> None:
    assert flagged(coder, text) == words


def test_a_name_is_nobody_s_choice_of_words(coder: Coder) -> None:
    assert flagged(coder, "The march began at Martyrs' Square in Beirut.") == []


def test_the_words_are_the_speaker_s_or_the_author_s(coder: Coder) -> None:
    text = "The terrorists fled. The mayor said the regime had lied."
    record = coded(coder, text)
    own, told = record.loaded
    assert (own.text, own.claim) == ("terrorists", None)
    claim = next(claim for claim in record.claims if claim.id == told.claim)
    assert [text[e.start : e.end] for e in claim.loaded] == [told.text] == ["regime"]
    assert all(text[slice(*one.span)] == one.text for one in record.loaded)


@pytest.mark.parametrize(
    ("wording", "code"), [("Iranian", "IRN"), ("Israeli", "ISR"), ("Saudi", "SAU"), ("Cuban", "CUB")]
)
def test_a_regime_is_its_state_by_a_plain_name(coder: Coder, wording: str, code: str) -> None:
    record = coded(coder, f"The {wording} regime arrested nine teachers on Monday.")
    (one,) = record.loaded
    actor = next(actor for actor in record.actors if actor.id == one.actor)
    assert (actor.country, actor.sectors[:1]) == (code, ("GOV",))
    assert one.name == actor.name
    assert "regime" not in actor.name


SIDES = [
    ("Russia", "Ukraine"), ("Israel", "Iran"), ("India", "Pakistan"), ("Armenia", "Azerbaijan"), ("Ethiopia", "Eritrea"),
    ("Sudan", "Chad"), ("China", "Japan"), ("Turkey", "Greece"), ("Cuba", "Mexico"), ("Venezuela", "Colombia"),
    ("Serbia", "Kosovo"), ("Morocco", "Algeria"), ("Rwanda", "Burundi"), ("Kenya", "Somalia"), ("Egypt", "Libya"),
    ("Syria", "Jordan"), ("Qatar", "Bahrain"), ("Yemen", "Oman"), ("Nepal", "Bhutan"), ("Thailand", "Cambodia"),
    ("Vietnam", "Laos"), ("Poland", "Belarus"), ("Georgia", "Moldova"), ("Peru", "Chile"), ("Bolivia", "Paraguay"),
    ("Nigeria", "Niger"), ("Mali", "Senegal"), ("Ghana", "Togo"), ("Uganda", "Tanzania"), ("Angola", "Zambia"),
    ("Iraq", "Kuwait"), ("Lebanon", "Cyprus"), ("France", "Germany"), ("Spain", "Portugal"), ("Canada", "Denmark"),
    ("Haiti", "Jamaica"), ("Tajikistan", "Kyrgyzstan"), ("Mongolia", "Kazakhstan"), ("Fiji", "Tonga"), ("Malaysia", "Brunei"),
]  # fmt: skip
TEMPLATES = [
    "{0} called the government of {1} a regime of butchers.",
    "{0} said that the terrorists of {1} had shelled a school.",
    "The so-called army of {1} fled, {0} said on Monday.",
    "“The puppets of {1} will pay,” a minister of {0} said.",
    "{0} praised its martyrs and accused {1} of a massacre.",
    "The regime in {1} lied again, the press of {0} wrote.",
    "Troops of {0} freed the town from the occupiers of {1}.",
    "{0} condemned the barbaric raid by thugs from {1}.",
    "Mercenaries of {1} looted the port, {0} claimed.",
    "{0} changed its visa regime after a vote in {1}.",
    "The heroic defenders of {0} beat the invaders of {1}.",
    "{0} signed an export regime with {1} on Friday.",
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_mirrored_sentences_get_the_same_flags(coder: Coder, template: str) -> None:
    """Whoever speaks of whom: the words flagged, and what they judge, are the same with the sides changed over."""
    seen = set()
    for one, other in SIDES:
        for pair in ((one, other), (other, one)):
            found = coded(coder, template.format(*pair)).loaded
            seen.add(tuple((flag.text, flag.judges) for flag in found))
    assert len(seen) == 1


def test_the_table_blames_and_praises_and_names_no_one() -> None:
    rows = read_table("gesta.ontology", "loaded.tsv")
    assert len({row["words"] for row in rows}) == len(rows)
    assert {row["judges"] for row in rows} >= {"illegitimacy", "violence", "intrusion", "disloyalty", "praise"}
    assert all(row["words"] == row["words"].lower() for row in rows)


def test_an_own_list_is_added_or_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("words\tjudges\nharbour rats\tcontempt\n", encoding="utf-8")
    both, alone = loaded_list(str(path)), loaded_list(str(path), alone=True)
    assert both.at(["harbour", "rats"], 0) is not None
    assert both.at(["regime"], 0) is not None
    assert alone.at(["regime"], 0) is None
    assert len({both.digest, alone.digest, gesta_list().digest}) == 3


@pytest.mark.parametrize(
    "content", ["", "word\tjudges\nrats\tcontempt\n", "words\tjudges\nrats\tdislike\n", "words\tjudges\n\tcontempt\n"]
)
def test_a_faulty_list_is_refused_with_place_and_remedy(tmp_path: Path, content: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        loaded_list(str(path))
    assert str(path) in str(refused.value)


def test_cues_say_what_they_take_and_signal() -> None:
    rows = read_table("gesta.attribute", "cues.tsv")
    assert len({(row["sort"], row["lemma"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["certainty"] in {"certain", "probable", "possible", "doubted"}
        assert row["sort"] not in {"verb"} or many(row["takes"])


def test_a_side_s_word_is_not_weakened_by_the_verb_a_paper_picks() -> None:
    verbs = [row for row in read_table("gesta.attribute", "cues.tsv") if row["sort"] == "verb"]
    certainty = {row["lemma"]: row["certainty"] for row in verbs}
    assert certainty["claim"] == certainty["insist"] == certainty["say"] == "certain"


def test_the_list_in_use_names_the_run(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("words\tjudges\nharbour rats\tcontempt\n", encoding="utf-8")
    own = gesta.load(CodeSettings(loaded=str(path)))
    assert own.run.id != gesta.load().run.id
    assert [one.text for one in own.code(Report(text="The harbour rats left the quay.")).loaded] == ["harbour rats"]
