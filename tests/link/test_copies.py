"""Copies, credits and signatures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.link.copies import Page, compare, credited, origins
from gesta.link.credits import find_credits
from gesta.link.signature import SIZE, containment, marks, runs, sign
from gesta.records import Report

WIRE = (
    "Gunmen on motorcycles attacked a grain convoy near the town of Torvan before dawn on Tuesday, killing four drivers "
    "and setting eleven lorries alight, the district governor said. Soldiers from the garrison at Melk reached the place "
    "two hours later and found the road mined. The drivers' union asked the ministry for escorts on the northern road."
)
REWRITE = (
    "Before dawn on Tuesday, gunmen riding motorcycles fell on a grain convoy close to Torvan town, killed four drivers and "
    "set eleven lorries on fire, said the governor of the district. When soldiers from the Melk garrison reached the "
    "place two hours later, they found the road had been mined. The union of drivers has asked the ministry for escorts."
)
OWN = (
    "Mothers waited at the depot until nightfall. Four of the men who left Torvan with maize on Monday evening will not come "
    "home: they were shot in their cabins, their colleague Anders Holm told this paper. He hid in a culvert and counted nine "
    "attackers. The company has stopped all trips to the north and asks why nobody had warned it."
)


def page(
    identity: str, body: str, *, day: int = 4, publisher: str | None = None, credits: tuple[str, ...] = ()
) -> Page:
    return Page(identity, publisher or f"Paper {identity}", date(2022, 3, day), body, credits)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(WIRE, "verbatim"), (WIRE.split(" Soldiers")[0], "cut"), (REWRITE, "rewritten")],
)
def test_copies_are_found_and_named(body: str, kind: str) -> None:
    copy = compare(page("wire", WIRE), page("b", body, day=5))
    assert copy is not None
    assert (copy.report, copy.of, copy.kind) == ("b", "wire", kind)
    assert "of its words" in copy.reason


def test_own_words_are_no_copy() -> None:
    assert compare(page("wire", WIRE), page("b", OWN)) is None


def test_the_same_words_a_year_later_are_no_copy() -> None:
    late = Page("b", "B", date(2023, 3, 4), WIRE)
    assert compare(page("wire", WIRE), late) is None


def test_a_flash_of_few_words_is_no_evidence() -> None:
    assert compare(page("wire", WIRE), page("b", "Gunmen attacked a convoy near Torvan.")) is None


def test_of_one_day_the_one_that_credits_is_the_copy() -> None:
    wire = page("z", WIRE, publisher="Tigris Wire")
    paper = page("a", WIRE, credits=("Tigris Wire",))
    for pair in ((wire, paper), (paper, wire)):
        copy = compare(*pair)
        assert copy is not None and (copy.report, copy.of) == ("a", "z")


def test_a_credit_makes_a_copy_of_what_its_agency_told() -> None:
    wire = page("z", WIRE, publisher="Halyard News Agency")
    paper = page("a", OWN, day=5, credits=("Halyard",))
    copy = credited(paper, wire, 0.9)
    assert copy is not None and copy.kind == "credited" and copy.of == "z"
    assert credited(wire, paper, 0.9) is None
    assert credited(page("b", OWN, day=5, credits=("Other Wire",)), wire, 0.9) is None


def test_sources_are_counted_once() -> None:
    wire, copy = page("w", WIRE, publisher="Tigris Wire"), page("c", WIRE, day=5)
    own, again = page("o", OWN, publisher="Daily"), page("o2", OWN, day=6, publisher="Daily")
    passed = page("p", OWN, day=6, publisher="Post", credits=("Tigris Wire",))
    found = compare(wire, copy)
    assert found is not None
    stands = origins([wire, copy, own, again, passed], [found])
    assert stands == {"w": "w", "c": "w", "o": "o", "o2": "o", "p": "w"}


def test_a_paper_that_once_copied_keeps_its_own_voice() -> None:
    wire, copy = page("w", WIRE, publisher="Tigris Wire"), page("c", WIRE, day=5, publisher="Daily")
    own = page("o", OWN, day=6, publisher="Daily")
    found = compare(wire, copy)
    assert found is not None
    assert len(set(origins([wire, copy, own], [found]).values())) == 2


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("TORVAN, March 4 (Tigris Wire) - Gunmen attacked.", ("Tigris Wire",)),
        ("Gunmen attacked.\n\nSource: Halyard News Agency", ("Halyard News Agency",)),
        ("Gunmen attacked.\n\nReporting: Tigris Wire, Torvan", ("Tigris Wire",)),
        ("Gunmen attacked. - Reuters", ("Reuters",)),
        ("TORVAN (the north) - Gunmen attacked.", ()),
        ("Gunmen attacked on Tuesday (local time) - nobody was hurt.", ()),
    ],
)
def test_credits_are_read_from_bylines(body: str, wanted: tuple[str, ...]) -> None:
    assert find_credits(Report(text=body)) == wanted


def test_a_paper_does_not_credit_itself() -> None:
    assert find_credits(Report(text="TORVAN (Tigris Wire) - Gunmen attacked.", publisher="The Tigris Wire")) == ()


@given(st.text())
def test_any_text_can_be_signed(text: str) -> None:
    made = sign(Report(text=text))
    assert len(made) in (0, SIZE) and made == sign(Report(text=text))
    assert all(0 <= number < 2**32 for number in made)


def test_signatures_of_near_copies_agree() -> None:
    wire, copy, own = (sign(Report(text=text)) for text in (WIRE, WIRE + " More later.", OWN))
    share = [sum(a == b for a, b in zip(wire, other, strict=True)) / SIZE for other in (copy, own)]
    assert share[0] > 0.8 and share[1] < 0.2


def test_containment_is_of_the_smaller() -> None:
    assert containment(marks(runs("a b c d")), marks(runs("x a b c d e f"))) == 1
    assert containment(marks(runs("a b c")), marks(())) == 0
