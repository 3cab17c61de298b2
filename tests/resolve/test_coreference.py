"""Coreference on docs made by hand (words, tags and trees are ours), and on a short text with the packaged model."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from gesta.annotate.light import Light
from gesta.annotate.tokens import blank_language
from gesta.coder import Coder
from gesta.records import Actor, Participant, Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.coreference import Candidate, Entity, Ranker, Referent, Walk
from gesta.resolve.actors.coreference.entities import agrees
from gesta.resolve.actors.coreference.quotes import LONGEST, SHORTEST, find_quotes
from gesta.resolve.actors.coreference.wordlists import given_names, pronouns, words

VOCAB = blank_language().vocab
#: Heads that take whatever candidate comes first, and heads that take none.
EAGER = {kind: Light({}, np.zeros(0, dtype=np.float32), 9.0) for kind in ("pronoun", "nominal")}
SHY = {kind: Light({}, np.zeros(0, dtype=np.float32), -9.0) for kind in ("pronoun", "nominal")}


def parse(*sentences: str) -> Doc:
    """Return a Doc of sentences whose words read ``word|TAG|relation|head``, the head counted from 0 in its sentence.

    A name's class stands after its head (``Lee|PROPN|flat|0|Person``), a plural's ``Plur`` there or after it.
    """
    columns: dict[str, list[str]] = {name: [] for name in ("words", "pos", "deps", "lemmas", "morphs", "ents")}
    heads, starts = [], []
    for sentence in sentences:
        first = len(heads)
        for row in sentence.split():
            word, tag, dep, head, *more = row.split("|")
            name = next((one for one in more if one != "Plur"), "")
            plural = "Plur" in more
            lemma = word.lower().removesuffix("s") if plural else word.lower()
            columns["words"].append(word)
            columns["pos"].append(tag)
            columns["deps"].append(dep)
            columns["lemmas"].append({"said": "say", "men": "man"}.get(word, lemma))
            columns["morphs"].append("Number=Plur" if plural else "Number=Sing" if tag == "NOUN" else "")
            inside = name and dep == "flat"
            columns["ents"].append(("I-" if inside else "B-") + name if name else "O")
            starts.append(len(heads) == first)
            heads.append(first + int(head))
    closing = {".", ",", "'s", "”", "?"}
    spaces = [
        word not in {"“"} and after not in closing
        for word, after in zip(columns["words"], [*columns["words"][1:], ""], strict=False)
    ]
    return Doc(VOCAB, spaces=spaces, heads=heads, sent_starts=starts, **columns)  # type: ignore[arg-type]


LEE = "Ann|PROPN|nsubj|2|Person Lee|PROPN|flat|0|Person met|VERB|root|2 Ben|PROPN|obj|2|Person Moe|PROPN|flat|3|Person .|PUNCT|punct|2"
KENYA = "Kenya|PROPN|nsubj|1|Location denied|VERB|root|1 it|PRON|obj|1 .|PUNCT|punct|1"


class Asked:
    """A chooser that keeps what it is asked and takes the candidate at ``take``, or none."""

    def __init__(self, take: int | None = 0) -> None:
        self.take, self.seen = take, list[tuple[Referent, list[Entity]]]()

    def __call__(self, referent: Referent, candidates: list[Candidate]) -> Entity | None:
        self.seen.append((referent, [one.entity for one in candidates]))
        return candidates[self.take].entity if self.take is not None and self.take < len(candidates) else None


def walked(doc: Doc, chooser: Asked) -> Walk:
    return ActorResolver(doc, report=Report(text=doc.text)).walk(doc, chooser)  # type: ignore[arg-type]


def offered(doc: Doc, word: str) -> list[str]:
    """The last words of the entities offered to the last pronoun or nominal that reads so."""
    asked = Asked(None)
    walked(doc, asked)
    found = [entities for referent, entities in asked.seen if doc[referent.head].text == word]
    return [doc[entity.last.end - 1].text for entity in found[-1]] if found else []


def resolved(doc: Doc, at: int, heads: dict[str, Light], span: Span | None = None) -> tuple[Participant, Actor]:
    resolver = ActorResolver(doc, report=Report(text=doc.text), heads=heads)
    found = resolver.participant(doc[at : at + 1] if span is None else span, doc[at])
    return found, next(actor for actor in resolver.actors() if actor.id == found.actor)


# --- who may be meant ----------------------------------------------------------------------------------------------


def test_gender_number_and_kind_rule_candidates_out() -> None:
    left = "|VERB|root|1 .|PUNCT|punct|1"
    assert offered(parse(LEE, f"She|PRON|nsubj|1 left{left}"), "She") == ["Lee"]
    assert offered(parse(LEE, f"He|PRON|nsubj|1 left{left}"), "He") == ["Moe"]
    assert offered(parse(LEE, f"It|PRON|nsubj|1 left{left}"), "It") == []
    both = parse(
        "Kenya|PROPN|nsubj|1|Location left|VERB|root|1",
        "Rebels|NOUN|nsubj|1|Plur left|VERB|root|1",
        f"It|PRON|nsubj|1 left{left}",
    )
    assert offered(both, "It") == ["Kenya"]
    both = parse(
        "Kenya|PROPN|nsubj|1|Location left|VERB|root|1",
        "Rebels|NOUN|nsubj|1|Plur left|VERB|root|1",
        f"They|PRON|nsubj|1 left{left}",
    )
    assert offered(both, "They") == ["Rebels"]


def test_the_object_is_not_its_own_subject_but_a_reflexive_is() -> None:
    met = "Ben|PROPN|nsubj|1|Person met|VERB|root|1 {}|PRON|obj|1"
    assert offered(parse(met.format("him")), "him") == []
    assert offered(parse(met.format("himself")), "himself") == ["Ben"]


def test_he_and_his_wife_but_not_he_and_him() -> None:
    first = "Ben|PROPN|nsubj|1|Person left|VERB|root|1"
    wife = "He|PRON|nsubj|4 and|CCONJ|cc|3 his|PRON|nmod:poss|3 wife|NOUN|conj|0 left|VERB|root|4"
    asked = Asked()
    doc = parse(first, wife)
    walk = walked(doc, asked)
    assert doc[walk.taken[4].head].text == "Ben"
    joined = parse(first, "Tom|PROPN|nsubj|3|Person and|CCONJ|cc|2 he|PRON|conj|0 left|VERB|root|3")
    assert offered(joined, "he") == ["Ben"]


def test_a_pronoun_reaches_back_only_some_sentences() -> None:
    filler = ["It|PRON|nsubj|1 rained|VERB|root|1"] * 9
    he = "He|PRON|nsubj|1 left|VERB|root|1"
    assert offered(parse(LEE, he), "He") == ["Moe"]
    assert offered(parse(LEE, *filler, he), "He") == []


def test_a_new_nominal_takes_nobody_up_and_a_name_is_no_question() -> None:
    asked = Asked()
    walked(
        parse(
            "A|DET|det|1 rebel|NOUN|nsubj|2 fled|VERB|root|2", "A|DET|det|1 rebel|NOUN|nsubj|2 fled|VERB|root|2", LEE
        ),
        asked,
    )
    assert asked.seen == []


def test_what_is_chosen_is_one_entity_from_then_on() -> None:
    doc = parse(LEE, "She|PRON|nsubj|1 left|VERB|root|1", "Her|PRON|nmod:poss|1 wife|NOUN|nsubj|2 left|VERB|root|2")
    walk = walked(doc, Asked())
    assert walk.of[6] is walk.of[0] is walk.of[8]
    assert {doc[meant.head].text for meant in (walk.taken[6], walk.taken[8])} == {"Ann"}


def test_for_his_part_looks_ahead() -> None:
    part = (
        "For|ADP|case|2 his|PRON|nmod:poss|2 part|NOUN|obl|5 ,|PUNCT|punct|5 Ben|PROPN|nsubj|5|Person left|VERB|root|5"
    )
    doc = parse("Tom|PROPN|nsubj|1|Person left|VERB|root|1", part)
    walk = walked(doc, Asked())
    assert doc[walk.taken[3].head].text == "Ben"


QUOTE = (
    "“|PUNCT|punct|2 I|PRON|nsubj|2 go|VERB|ccomp|7 far|ADV|advmod|2 away|ADV|advmod|2 now|ADV|advmod|2 ”|PUNCT|punct|2"
)
TAIL = "said|VERB|root|7 Ann|PROPN|nsubj|7|Person Lee|PROPN|flat|8|Person"


def test_i_in_a_quote_is_its_speaker_named_before_or_after() -> None:
    doc = parse(f"{QUOTE} {TAIL}", QUOTE.replace("ccomp|7", "root|2"))
    walk = walked(doc, Asked(None))
    assert [doc[walk.taken[at].head].text for at in (1, 11)] == ["Ann", "Ann"]
    found, actor = resolved(doc, 1, SHY)
    assert actor.name == "Ann Lee" and found.antecedent == (doc[8].idx, doc[9].idx + 3)


def test_the_speaker_may_be_told_by_another_stage() -> None:
    doc = parse(LEE, QUOTE.replace("ccomp|7", "root|2"))
    resolver = ActorResolver(doc, report=Report(text=doc.text), heads=SHY, speaker_of=lambda at: 3)
    resolver.participant(doc[7:8], doc[7])
    assert [actor.name for actor in resolver.actors()] == ["Ben Moe"]


def test_i_outside_a_quote_stays_open() -> None:
    walk = walked(parse(LEE, "I|PRON|nsubj|1 left|VERB|root|1"), Asked())
    assert 6 not in walk.taken


@given(st.sampled_from(sorted(pronouns())), st.sampled_from(["person", "one", "many", "body", "land", "people"]))
def test_no_pronoun_crosses_gender(word: str, sort: str) -> None:
    form = pronouns()[word]
    gender = {"he": "male", "she": "female"}.get(form, "")
    referent = Referent(1, 1, 2, "pronoun", "other", gender=gender, form=form)
    entity = Entity()
    entity.add(Referent(0, 0, 1, "name", sort, gender="female"), "x")  # type: ignore[arg-type]
    assert not (gender == "male" and agrees(referent, entity))
    assert not (form == "it" and sort in {"person", "one", "many"} and agrees(referent, entity))


# --- choosing ------------------------------------------------------------------------------------------------------


def test_the_ranker_leaves_open_what_is_not_likely_enough() -> None:
    head = Light({"good": 3.0, "bad": -3.0}, np.zeros(0, dtype=np.float32), 0.0)
    referent = Referent(5, 5, 6, "pronoun", "other", form="he")
    one, two = Candidate(Entity(), ["good"]), Candidate(Entity(), ["bad"])
    ranker = Ranker({"pronoun": head}, {"pronoun": 0.5})
    assert ranker(referent, [two, one]) is one.entity
    assert ranker(referent, [two]) is None
    assert ranker(referent, [one, Candidate(Entity(), ["good"])]) is None, "two alike are a doubt"
    assert Ranker({})(referent, [one]) is None


# --- participants --------------------------------------------------------------------------------------------------


def test_a_pronoun_is_the_actor_it_takes_up() -> None:
    doc = parse(LEE, "She|PRON|nsubj|1 left|VERB|root|1 .|PUNCT|punct|1")
    resolver = ActorResolver(doc, report=Report(text=doc.text), heads=EAGER)
    named = resolver.participant(doc[0:2], doc[0])
    found = resolver.participant(doc[6:7], doc[6])
    assert found.actor == named.actor and found.text == "She"
    assert found.antecedent is not None and doc.text[slice(*found.antecedent)] == "Ann Lee"
    (actor,) = resolver.actors()
    assert actor.aliases == () and "'She' is taken to be 'Ann Lee'" in actor.reasons


def test_without_heads_or_chance_a_pronoun_stays_apart() -> None:
    doc = parse(LEE, "She|PRON|nsubj|1 left|VERB|root|1 .|PUNCT|punct|1")
    for heads in ({}, SHY):
        found, actor = resolved(doc, 6, heads)
        assert found.antecedent is None and actor.kind == "unknown"
        assert "a pronoun, not resolved" in actor.reasons


def test_its_forces_are_those_of_the_country_it_is() -> None:
    forces = "Its|PRON|nmod:poss|1 forces|NOUN|nsubj|2|Plur left|VERB|root|2 .|PUNCT|punct|2"
    doc = parse("Kenya|PROPN|nsubj|1|Location waited|VERB|root|1 .|PUNCT|punct|1", forces)
    _, actor = resolved(doc, 4, EAGER, doc[3:5])
    assert (actor.country, actor.sectors) == ("KEN", ("MIL",))
    assert any("'Its' is taken to be 'Kenya'" in reason for reason in actor.reasons)
    _, open_ = resolved(doc, 4, SHY, doc[3:5])
    assert open_.country is None


def test_a_nominal_gives_its_country_to_the_name_it_takes_up_but_no_alias() -> None:
    ann = "Ann|PROPN|nsubj|2|Person Lee|PROPN|flat|0|Person left|VERB|root|2"
    doc = parse(ann, "The|DET|det|2 Kenyan|ADJ|amod|2 president|NOUN|nsubj|3 left|VERB|root|3")
    found, actor = resolved(doc, 5, EAGER, doc[3:6])
    assert actor.kind == "person" and actor.country == "KEN" and "GOV" in actor.sectors
    assert not any("president" in alias for alias in actor.aliases) and found.role == "president"


def test_two_states_are_never_one_actor() -> None:
    first = "The|DET|det|2 Kenyan|ADJ|amod|2 army|NOUN|nsubj|3 left|VERB|root|3"
    doc = parse(first, "The|DET|det|2 Ugandan|ADJ|amod|2 army|NOUN|nsubj|3 left|VERB|root|3")
    found, actor = resolved(doc, 6, EAGER, doc[4:7])
    assert actor.country == "UGA" and found.antecedent is None


# --- words and quotes ----------------------------------------------------------------------------------------------


def test_the_word_lists_do_not_contradict_each_other() -> None:
    assert not words("male") & words("female")
    assert not words("body") & words("thing")
    assert {"male", "female"} == set(given_names().values())


TOKENS = st.lists(st.sampled_from(["“", "”", '"', "word", "said", ",", "\n\n", "(", "."]), max_size=60)


@settings(max_examples=150)
@given(TOKENS, st.data())
def test_quotes_are_apart_and_inside_the_text(tokens: list[str], data: st.DataObject) -> None:
    spaced = data.draw(st.lists(st.booleans(), min_size=len(tokens), max_size=len(tokens)))
    found = find_quotes(tokens, spaced)
    assert found == sorted(found)
    assert all(start > 0 and end <= len(tokens) and SHORTEST <= end - start <= LONGEST for start, end in found)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(found))
    assert not any("\n\n" in tokens[start:end] for start, end in found)


def test_straight_marks_pair_by_their_spaces() -> None:
    tokens = ["He", "said", '"', "we", "will", "not", "go", '"', "and", "left"]
    spaced = [True, True, False, True, True, True, False, True, True, False]
    assert find_quotes(tokens, spaced) == [(3, 7)]


# --- with the model ------------------------------------------------------------------------------------------------


def test_the_packaged_heads_resolve_a_plain_case(coder: Coder) -> None:
    text = "President Ann Lee met farmers in Nairobi on Monday. She accused the rebels of shelling the town of Eldoret."
    record = coder.code(Report(text=text))
    sources = [source for event in record.events for source in event.sources if source.text == "She"]
    assert sources and all(source.antecedent is not None for source in sources)
    names = {actor.id: actor.name for actor in record.actors}
    assert {names[source.actor] for source in sources} == {"Ann Lee"}


def test_nobody_in_particular_is_taken_up() -> None:
    he = "He|PRON|nsubj|1 left|VERB|root|1"
    assert offered(parse("A|DET|det|1 man|NOUN|nsubj|2 fled|VERB|root|2", he), "He") == ["man"]
    assert offered(parse("Every|DET|det|1 man|NOUN|nsubj|2 fled|VERB|root|2", he), "He") == []


def test_a_minister_of_a_country_is_the_person_of_that_country() -> None:
    lee = "Kenyan|ADJ|amod|1 minister|NOUN|nsubj|4 Ann|PROPN|flat|1|Person Lee|PROPN|flat|1|Person met|VERB|root|4"
    met = f"{lee} Kim|PROPN|obj|4|Person Roe|PROPN|flat|5|Person"
    minister = "The|DET|det|2 {}|ADJ|amod|2 minister|NOUN|nsubj|3 left|VERB|root|3"
    assert offered(parse(met, minister.format("Kenyan")), "minister") == ["Lee"]
    assert offered(parse(met, minister.format("Ugandan")), "minister") == ["Roe"]
