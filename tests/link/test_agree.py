"""Agreement: sources vote, not reports; the latest word of each counts; nothing told is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from gesta.link.agree import Figure, Telling, agree, first_and_last, independent
from gesta.records import Party, Site

MAY = {n: date(2021, 5, n) for n in range(1, 30)}
ARMY, REBELS, CROWD = (Party(actor=a, name=a.title(), country="NOR") for a in ("army", "rebels", "crowd"))
EASTPORT = Site(name="Eastport", country="NOR", latitude=10.0, longitude=10.0, geonames_id=1, precision="city")
HARBOUR = Site(name="Harbour", country="NOR", latitude=10.1, longitude=10.0, geonames_id=2, precision="site")
WESTPORT = Site(name="Westport", country="NOR", latitude=13.0, longitude=10.0, geonames_id=3, precision="city")
NORLAND = Site(name="Norland", country="NOR", latitude=11.0, longitude=11.0, geonames_id=4, precision="country")


def telling(report: str, **fields: Any) -> Telling:
    """A telling of an attack on 1 May, by a paper of the report's name."""
    given: dict[str, Any] = {
        "event": f"e-{report}-{fields.get('offset', 0)}-{fields.get('modality', '')}", "report": report, "origin": report,
        "publisher": f"The {report}", "published": MAY[2], "offset": 0, "ontology": "PLOVER 2.0", "type": "ASSAULT",
        "modes": ("explosives",), "modality": "happened", "confidence": 0.8, "count": 1, "start": MAY[1], "end": MAY[1],
        "grain": "day", "known": 3, "place": EASTPORT, "sources": (REBELS,), "targets": (ARMY,), "tolls": (),
    }  # fmt: skip
    return Telling(**(given | fields))


def killed(low: int, high: int | None = -1) -> tuple[Figure, ...]:
    return (Figure("killed", low, low if high == -1 else high),)


def fields(tellings: list[Telling]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Field -> value -> who says so."""
    _, contested = agree(tellings)
    return {c.field: {v.value: v.said_by for v in c.versions} for c in contested}


def test_one_telling_is_agreed_as_it_is() -> None:
    agreed, contested = agree([telling("a", tolls=killed(3))])
    assert (agreed.type, agreed.modes, agreed.start, agreed.place) == ("ASSAULT", ("explosives",), MAY[1], EASTPORT)
    assert [p.actor for p in agreed.sources] == ["rebels"] and [p.actor for p in agreed.targets] == ["army"]
    assert (agreed.tolls[0].low, agreed.tolls[0].best, agreed.tolls[0].high) == (3, 3, 3)
    assert contested == ()


def test_copies_have_one_voice() -> None:
    copies = [telling(name, origin="wire", type="PROTEST") for name in ("wire", "b", "c", "d")]
    own = [telling("e"), telling("f")]
    agreed, _ = agree([*copies, *own])
    assert agreed.type == "ASSAULT"
    assert independent([*copies, *own]) == 3


def test_a_toll_that_rose_replaces_the_earlier_one_of_its_source() -> None:
    first = telling("a", tolls=killed(3))
    later = telling("b", origin="a", published=MAY[4], tolls=killed(7))
    agreed, contested = agree([first, later])
    assert (agreed.tolls[0].low, agreed.tolls[0].best, agreed.tolls[0].high) == (7, 7, 7)
    assert contested == ()


def test_two_sources_with_two_tolls_are_contested() -> None:
    told = [
        telling("a", tolls=killed(3)),
        telling("b", tolls=killed(9)),
        telling("c", tolls=killed(9), said_by="police"),
    ]
    agreed, _ = agree(told)
    assert (agreed.tolls[0].low, agreed.tolls[0].best, agreed.tolls[0].high) == (3, 9, 9)
    assert fields(told) == {"killed": {"9": ("The b", "police"), "3": ("The a",)}}


def test_bounds_that_meet_are_not_contested() -> None:
    told = [telling("a", tolls=killed(20, None)), telling("b", tolls=killed(25))]
    agreed, contested = agree(told)
    assert (agreed.tolls[0].low, agreed.tolls[0].high, contested) == (20, None, ())


def test_the_most_exact_place_and_day_count() -> None:
    vague = telling("a", place=NORLAND, start=None, end=MAY[2], grain=None, known=1)
    agreed, contested = agree([vague, telling("b", place=HARBOUR)])
    assert agreed.place == HARBOUR and agreed.start == MAY[1] and contested == ()


def test_places_far_apart_and_other_days_are_contested() -> None:
    told = [telling("a"), telling("b", place=WESTPORT, start=MAY[2], end=MAY[2]), telling("c", place=HARBOUR)]
    found = fields(told)
    assert set(found["place"]) == {"Eastport, NOR", "Westport, NOR", "Harbour, NOR"}
    assert found["day"] == {"2021-05-01": ("The a", "The c"), "2021-05-02": ("The b",)}
    assert "place" not in fields([telling("a"), telling("c", place=HARBOUR)])


def test_blame_is_contested_when_the_accused_denies() -> None:
    accused = telling("a", modality="alleged", sources=(REBELS,), said_by="the minister")
    plain = telling("b", sources=())
    assert "blame" not in fields([accused, plain])
    denied = telling("c", sources=(), denied_by=("rebels",))
    assert fields([accused, plain, denied])["blame"] == {
        "Rebels did it": ("the minister",),
        "Rebels did not": ("The c",),
    }
    two = telling("d", modality="alleged", sources=(CROWD,), said_by="the mayor")
    assert set(fields([accused, plain, two])["blame"]) == {"Rebels did it", "Crowd did it"}


def test_what_one_tells_and_another_denies_is_contested() -> None:
    denied = telling("b", modality="denied", said_by="the army")
    found = fields([telling("a"), denied])
    assert found["happened"] == {"happened": ("The a",), "denied": ("the army",)}
    agreed, _ = agree([telling("a"), denied])
    assert agreed.modality == "happened"
    assert agree([denied])[0].modality == "denied"


def test_parties_that_few_name_are_left_out() -> None:
    told = [telling(name) for name in "abc"] + [telling("d", sources=(CROWD,))]
    agreed, _ = agree(told)
    assert [(p.actor, p.reports) for p in agreed.sources] == [("rebels", 3)]


def test_the_order_of_tellings_says_nothing() -> None:
    told = [
        telling(n, published=MAY[3 + i], tolls=killed(i + 1), place=p)
        for i, (n, p) in enumerate(zip("abcd", (EASTPORT, HARBOUR, WESTPORT, None), strict=True))
    ]
    assert agree(told) == agree(told[::-1])
    assert first_and_last(told) == (MAY[3], MAY[6])
