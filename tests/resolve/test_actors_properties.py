"""Whatever the words, tags and names: actor resolution never fails, keeps its promises, and gives the same twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from gesta.ontology.tables import read_table
from gesta.records import Actor, Participant, Report
from gesta.resolve.actors import ActorResolver
from gesta.resolve.actors.countries import by_code
from gesta.resolve.actors.groups import INTERNATIONAL

VOCAB = Vocab()
SECTORS = {row["sector"] for row in read_table("gesta.ontology", "sectors.tsv")}
KINDS = {"state", "organisation", "group", "person", "people", "region", "unknown"}
WORDS = [
    *(
        "the",
        "a",
        "its",
        "of",
        "in",
        "for",
        "and",
        ",",
        "(",
        ")",
        "-",
        "'",
        "'s",
        '"',
        "\u2014",
        "who",
        "said",
        ".",
        "\n",
    ),
    *(
        "president",
        "minister",
        "police",
        "army",
        "rebel",
        "rebels",
        "spokesman",
        "leader",
        "former",
        "government",
        "wife",
    ),
    *("party", "members", "hundreds", "counterpart", "he", "they", "12", "Kenya", "Kenyan", "Iraq", "Baghdad"),
    *("U.S.", "US", "Congo", "Niger", "Delta", "Lake", "Kurdish", "West", "Hamas", "UN", "al", "Shabab", "PKK", "Lord"),
    *("Army", "National", "Union", "Ann", "Lee", "Tali", "General", "Mr", "Eastport"),
]
TAGS = ["NOUN", "PROPN", "ADJ", "VERB", "ADP", "DET", "PRON", "NUM", "PUNCT", "PART", "ADV", "X"]
LABELS = ["Person", "Organization", "Location", "Facility", "NORP", "Date", "Misc"]


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    some = draw(
        st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(TAGS), st.booleans()), min_size=1, max_size=24)
    )
    doc = Doc(VOCAB, words=[word for word, _, _ in some], spaces=[space for _, _, space in some])
    for token, (_, tag, _) in zip(doc, some, strict=True):
        token.pos_ = tag
    names, at = [], 0
    while at < len(doc):
        length = draw(st.integers(1, 4))
        label = draw(st.sampled_from([None, None, *LABELS]))
        if label:
            names.append(Span(doc, at, min(at + length, len(doc)), label=label))
        at += length
    doc.set_ents(names)
    return doc


def resolve(doc: Doc, spans: list[tuple[int, int, int]]) -> tuple[list[Participant], tuple[Actor, ...]]:
    resolver = ActorResolver(doc, report=Report(text=doc.text))
    return [resolver.participant(doc[start:end], doc[head]) for start, end, head in spans], resolver.actors()


@given(docs(), st.data())
def test_any_phrase_gives_a_participant_whose_words_are_the_texts(doc: Doc, data: st.DataObject) -> None:
    place = st.integers(0, len(doc) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place, place), min_size=1, max_size=6))
    spans = [(min(a, b), max(a, b) + 1, head) for a, b, head in pairs]
    found, actors = resolve(doc, spans)
    by_id = {actor.id: actor for actor in actors}
    assert len(by_id) == len(actors) and {one.actor for one in found} == set(by_id)
    assert list(dict.fromkeys(one.actor for one in found)) == list(by_id)
    for one in found:
        assert doc.text[slice(*one.span)] == one.text and one.role != ""
    for actor in actors:
        assert actor.kind in KINDS and set(actor.sectors) <= SECTORS
        assert actor.country is None or actor.country in INTERNATIONAL or by_code(actor.country)
        assert actor.country is None or not actor.country.startswith("X")
        assert actor.name not in actor.aliases
        assert not (actor.country or actor.sectors) or actor.reasons
    assert resolve(doc, spans) == (found, actors)
