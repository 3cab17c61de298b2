"""CAMEO to PLOVER: the repaired mapping fits PLOVER 2.0, the original one is as shipped."""

from __future__ import annotations

from typing import Any, cast

import pytest

from gesta.errors import GestaError
from gesta.ontology import VERSIONS, crosswalk, goldstein, plover, to_plover

ADDED = {"155", "176", "1834", "1951", "1952"}


def test_every_repaired_entry_is_in_plover_2() -> None:
    tables = plover()
    for code, entry in crosswalk().items():
        if code[:2] in {"01", "02"}:
            assert entry.type is None and not entry.modes and not entry.contexts
            continue
        assert entry.type and entry.type in tables.types, code
        assert set(entry.modes) <= set(tables.modes(entry.type)), code
        assert set(entry.contexts) <= set(tables.contexts), code


def test_the_quad_is_cameos_own() -> None:
    for code, entry in crosswalk().items():
        root = int(code[:2])
        assert entry.quad == (1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4)


def test_both_versions_have_the_same_318_codes_of_20_roots() -> None:
    assert list(crosswalk()) == list(crosswalk("original"))
    assert len(crosswalk()) == 318
    assert {code for code in crosswalk() if len(code) == 2} == {f"{root:02}" for root in range(1, 21)}
    assert all(code[:-1] in crosswalk() for code in crosswalk() if len(code) > 2)
    assert set(VERSIONS) == {"repaired", "original"}


def test_what_differs_from_the_original_says_how_and_nothing_else_does() -> None:
    original = crosswalk("original")
    for code, entry in crosswalk().items():
        before = original[code]
        changed = (entry.type, entry.modes, entry.contexts) != (before.type, before.modes, before.contexts)
        # Root 08 is listed twice in the source: what is told is which entry was kept.
        assert bool(entry.repaired) == (changed or code == "08"), code
    assert {code for code, entry in crosswalk().items() if entry.type and original[code].type is None} == ADDED


@pytest.mark.parametrize(
    ("code", "event_type", "modes", "contexts"),
    [
        ("155", "MOBILIZE", ("weapons",), ("cyber",)),
        ("176", "COERCE", ("cyber",), ("cyber",)),
        ("1834", "ASSAULT", ("explosives",), ()),
        ("1951", "ASSAULT", ("aerial",), ("military",)),
        ("1952", "ASSAULT", ("drone",), ("military",)),
        ("186", "ASSAULT", ("targeted",), ()),
        ("203", "ASSAULT", ("targeted",), ("religion_ethnicity",)),
        ("1322", "THREATEN", ("restrict",), ("pro_autocracy",)),
        ("0842", "RETREAT", (), ("legal",)),
        ("073", "AID", (), ("human_security",)),
        ("0811", "CONCEDE", (), ("pro_democracy",)),
        ("0813", "CONCEDE", (), ("legal",)),
        ("1712", "ASSAULT", ("destroy",), ("human_security",)),
        ("163", "SANCTION", ("discontinue",), ("diplomatic",)),
        ("175", "ASSAULT", (), ("military", "pro_autocracy", "repression")),
        ("1122", "ACCUSE", ("allege",), ("human_rights",)),
        ("20", "ASSAULT", (), ()),
    ],
)
def test_repaired(code: str, event_type: str, modes: tuple[str, ...], contexts: tuple[str, ...]) -> None:
    entry = to_plover(code)
    assert (entry.type, entry.modes, entry.contexts) == (event_type, modes, contexts)


def test_the_original_is_as_shipped() -> None:
    assert to_plover("186", version="original").modes == ("assassinate",)
    assert to_plover("163", version="original").type == "COERCE"
    assert to_plover("0333", version="original").contexts == ("humanitarian",)
    assert to_plover("0814", version="original").type == "RETREAT"
    assert to_plover("1124", version="original").contexts == ("military", "legal")
    assert to_plover("1952", version="original").type is None


@pytest.mark.parametrize(("code", "score"), [("016", -5.0), ("0874", 10.0), ("190", -10.0), ("01", 0.0), ("163", -8.0)])
def test_goldstein(code: str, score: float) -> None:
    assert goldstein(code) == score


def test_codes_without_a_goldstein_score() -> None:
    assert {code for code in crosswalk() if goldstein(code) is None} == ADDED | {"1214"}


@pytest.mark.parametrize("code", ["43", "21", "", "0841 ", "---"])
def test_unknown_codes_are_refused(code: str) -> None:
    with pytest.raises(GestaError, match="CAMEO has no code"):
        to_plover(code)
    with pytest.raises(GestaError, match="keep their zero"):
        goldstein(code)


def test_unknown_versions_are_refused() -> None:
    with pytest.raises(GestaError, match="repaired, original"):
        to_plover("190", version=cast(Any, "latest"))
