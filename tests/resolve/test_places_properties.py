"""Whatever is marked as a place, ``find_places`` neither fails nor moves its span, and is the same every time."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from gesta.records import Report
from gesta.resolve.places import Gazetteer, find_places
from gesta.resolve.places.build import Source

WORDS = [
    "Baghdad", "Iraq", "Kano", "State", "Paris", ",", "Texas", "the", "of", "in", "(", ")", "-", "'", "'s", "U.S.",
    "Ga.", "Lake", "eastern", "Erbil", "airport", "Province", "12", ".", "BAGHDAD", "\n", "\n\n", "é", "Łódź",
    "\u2019s", "—", "EU", "University", "Republic", "a", "X",
]  # fmt: skip
CITIES: list[dict[str, Any]] = [
    {
        "geonameid": at,
        "name": name,
        "latitude": 10.0 + at,
        "longitude": 20.0,
        "countrycode": country,
        "admin1code": "01",
        "population": 10**at,
        "alternatenames": [],
    }
    for at, (name, country) in enumerate(
        [("Paris", "US"), ("Kano", "NG"), ("Erbil", "IQ"), ("Łódź", "PL"), ("Paris", "FR"), ("Baghdad", "IQ")], start=1
    )
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    source = Source(version="test", cities=lambda: CITIES)
    return Gazetteer.open(tmp_path_factory.mktemp("places") / "index.sqlite", source=source)


@st.composite
def marked(draw: st.DrawFn) -> Doc:
    """A ``Doc`` of odd words with odd spans marked, some of its annotations missing."""
    words = draw(st.lists(st.sampled_from(WORDS) | st.text(min_size=1, max_size=8), min_size=1, max_size=30))
    words = [word for word in (Report(text=word).text for word in words) if word] or ["x"]
    spaces = draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    starts = draw(st.one_of(st.none(), st.lists(st.booleans(), min_size=len(words), max_size=len(words))))
    if starts:
        starts[0] = True
    doc = Doc(Vocab(), words=words, spaces=spaces, sent_starts=starts)
    spans, at = [], 0
    for length, gap, label in draw(
        st.lists(
            st.tuples(
                st.integers(1, 6), st.integers(0, 3), st.sampled_from(["Location", "Facility", "NORP", "Person"])
            ),
            max_size=8,
        )
    ):
        if at + gap + length <= len(words):
            spans.append(Span(doc, at + gap, at + gap + length, label=label))
            at += gap + length
    doc.set_ents(spans)
    return doc


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marked())
def test_any_doc(gazetteer: Gazetteer, doc: Doc) -> None:
    report = Report(text=doc.text)
    if report.text != doc.text:
        return
    places = find_places(doc, report=report, gazetteer=gazetteer)
    ents = [(ent.start_char, ent.end_char) for ent in doc.ents]
    assert all(any(start <= place.span[0] and place.span[1] <= end for start, end in ents) for place in places)
    assert all(one.span[1] <= two.span[0] for one, two in pairwise(places))
    for place in places:
        assert place.text == report.text[slice(*place.span)]
        assert place.reasons and place.role in {"mention", "dateline"}
        assert (place.latitude is None) == (place.longitude is None)
        assert place.precision not in {"country", "region"} or place.latitude is None
        assert len(place.alternatives) <= 3
        assert (place.precision is None) <= (place.country is None and place.geonames_id is None)
    assert find_places(doc, report=report, gazetteer=gazetteer) == places


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60), st.sampled_from(["Location", "Facility"])
)
def test_any_name(gazetteer: Gazetteer, text: str, label: str) -> None:
    settled = Report(text=text).text
    if not settled:
        return
    doc = Doc(Vocab(), words=[settled], spaces=[False])
    doc.set_ents([Span(doc, 0, 1, label=label)])
    for place in find_places(doc, report=Report(text=settled), gazetteer=gazetteer):
        assert place.text == settled[slice(*place.span)] and place.name
        assert any(letter.isalpha() and not letter.islower() for letter in place.text)
