"""The PLOVER tables hold the manual's facts: every type, mode, context, sector and score."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from gesta.errors import UsageError
from gesta.ontology import plover
from gesta.ontology.tables import read_table

# Quad, score, recipient rule, then the modes with their scores, as in the manual with its three slips settled.
FACTS: dict[str, tuple[int, float, str, dict[str, float | None]]] = {
    "AGREE": (1, 2.5, "no", {}),
    "CONSULT": (1, 2.5, "no", {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": (1, 5, "no", {}),
    "CONCEDE": (1, 4.5, "no", {}),
    "COOPERATE": (2, 9.5, "yes", {}),
    "AID": (2, 10, "yes", {}),
    "RETREAT": (
        2,
        6.5,
        "no",
        {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
    ),
    "REQUEST": (3, 0, "no", {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    "ACCUSE": (3, -3, "no", {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": (3, -2, "no", {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": (
        3,
        -3.5,
        "no",
        {"restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4, "violence": -3.5},
    ),
    "PROTEST": (
        4,
        -5,
        "no",
        {
            "demo": -5,
            "riot": -7,
            "strike": -5,
            "hunger": -4.5,
            "boycott": -4.5,
            "obstruct": -4.5,
            "vandalize": None,
        },
    ),
    "SANCTION": (4, -6, "yes", {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": (4, -5.5, "no", {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": (
        4,
        -7,
        "no",
        {
            "seize": -7,
            "restrict": -7,
            "censor": -6.5,
            "curfew": -6.5,
            "martial-law": -7.5,
            "arrest": -7,
            "deport": -7,
            "withhold": -7,
            "misinformation": -6.5,
            "cyber": -7,
        },
    ),
    "ASSAULT": (
        4,
        -9,
        "one-sided",
        {
            "abduct": -8.5,
            "beat": -7.5,
            "torture": -8.5,
            "sexual": -8.5,
            "targeted": -9.5,
            "destroy": -8.5,
            "primitive": -8,
            "firearms": -9,
            "explosives": -9,
            "suicide-attack": -9.5,
            "aerial": -9.5,
            "drone": -9.5,
            "heavy-weapons": -9.5,
            "crowd-control": -7.5,
            "unconventional": -10,
        },
    ),
}
CONTEXTS = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms",
    "repression", "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic",
    "territory", "peacekeeping", "health", "asylum", "migration", "disasters", "natural_resource",
    "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
    "illegal_drugs", "trafficking",
]  # fmt: skip
FREQUENT = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK",
]  # fmt: skip
LESS_FREQUENT = [
    "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
]  # fmt: skip


def test_there_are_16_types_67_modes_37_contexts_25_sectors() -> None:
    tables = plover()
    assert tables.version == "PLOVER 2.0"
    assert set(tables.types) == set(FACTS) and len(tables.types) == 16
    assert sum(len(tables.modes(name)) for name in tables.types) == 67
    assert list(tables.contexts) == CONTEXTS and len(CONTEXTS) == 37
    assert len(tables.sectors) == 25
    assert [name for name, sector in tables.sectors.items() if sector.frequent] == FREQUENT
    assert [name for name, sector in tables.sectors.items() if not sector.frequent] == LESS_FREQUENT
    assert list(tables.quads) == [1, 2, 3, 4]


@pytest.mark.parametrize("name", FACTS)
def test_each_type_has_the_manuals_quad_score_recipient_and_modes(name: str) -> None:
    quad, score, recipient, modes = FACTS[name]
    kind = plover().types[name]
    assert (kind.quad, kind.score, kind.recipient) == (quad, score, recipient)
    assert {mode.name: mode.score for mode in kind.modes.values()} == modes


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("types.tsv", ("type",)),
        ("modes.tsv", ("type", "mode")),
        ("contexts.tsv", ("context",)),
        ("sectors.tsv", ("sector",)),
        ("quads.tsv", ("quad",)),
        ("cameo.tsv", ("code",)),
        ("cameo_original.tsv", ("code",)),
    ],
)
def test_codes_are_unique(table: str, key: tuple[str, ...]) -> None:
    codes = [tuple(row[column] for column in key) for row in read_table("gesta.ontology", table)]
    assert len(codes) == len(set(codes))


def test_every_definition_is_there_and_is_one_sentence() -> None:
    tables = plover()
    definitions = [kind.definition for kind in tables.types.values()]
    definitions += [mode.definition for name in tables.types for mode in tables.modes(name).values()]
    definitions += [context.definition for context in tables.contexts.values()]
    definitions += [sector.definition for sector in tables.sectors.values()]
    assert all(text.endswith(".") and text[0].isupper() for text in definitions)
    assert len(set(definitions)) == len(definitions)


def test_every_mode_belongs_to_a_type() -> None:
    assert {row["type"] for row in read_table("gesta.ontology", "modes.tsv")} <= set(plover().types)


@pytest.mark.parametrize(
    ("event_type", "modes", "score"),
    [
        ("ASSAULT", None, -9),
        ("ASSAULT", (), -9),
        ("ASSAULT", "drone", -9.5),
        ("ASSAULT", ("drone",), -9.5),
        ("ASSAULT", ("beat", "primitive"), -8),
        ("PROTEST", "vandalize", -5),
        ("PROTEST", ("vandalize", "hunger"), -4.5),
        ("REQUEST", ("assist", "change"), -1),
        ("CONSULT", "third-party", 1),
    ],
)
def test_intensity_is_the_modes_strongest_score_else_the_types(
    event_type: str, modes: str | tuple[str, ...] | None, score: float
) -> None:
    assert plover().intensity(event_type, modes) == score


@pytest.mark.parametrize(
    ("event_type", "modes", "root"),
    [
        ("AGREE", None, "03"),
        ("CONCEDE", None, "08"),
        ("RETREAT", "withdraw", "08"),
        ("ACCUSE", "allege", "11"),
        ("ACCUSE", "investigate", "09"),
        ("ACCUSE", ("investigate", "allege"), "11"),
        ("ASSAULT", "beat", "18"),
        ("ASSAULT", ("crowd-control",), "17"),
        ("ASSAULT", ("crowd-control", "beat"), "18"),
        ("ASSAULT", ("targeted", "drone"), "19"),
        ("ASSAULT", "unconventional", "20"),
    ],
)
def test_cameo_root(event_type: str, modes: str | tuple[str, ...] | None, root: str) -> None:
    assert plover().cameo_root(event_type, modes) == root


def test_only_cooperate_aid_and_sanction_need_a_recipient() -> None:
    tables = plover()
    assert {name for name in tables.types if tables.recipient_required(name)} == {"COOPERATE", "AID", "SANCTION"}


def test_the_manuals_contradictions_are_noted() -> None:
    types = plover().types
    assert all(types[name].note for name in ("ACCUSE", "SANCTION", "PROTEST", "ASSAULT"))
    assert plover().quad("SANCTION") == 4


def test_unknown_codes_are_refused_with_the_known_ones_named() -> None:
    with pytest.raises(UsageError, match=r"no event type 'FIGHT'.*ASSAULT"):
        plover().quad("FIGHT")
    with pytest.raises(UsageError, match="no event type 'FIGHT'"):
        plover().intensity("FIGHT")
    with pytest.raises(UsageError, match=r"no mode 'ban' of COERCE.*restrict"):
        plover().intensity("COERCE", "ban")
    with pytest.raises(UsageError, match=r"no mode 'visit' of AID.*has no modes"):
        plover().cameo_root("AID", ("visit",))


def test_the_tables_are_read_once_and_frozen() -> None:
    assert plover() is plover()
    with pytest.raises(FrozenInstanceError):
        plover().types["AID"].quad = 1  # type: ignore[misc]
