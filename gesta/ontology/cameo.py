"""CAMEO 1.1b3 codes: their Goldstein scores, their quad classes, and what they are in PLOVER.

The mapping comes in two versions. ``original`` is the Open Event Data Alliance's CAMEO2PLOVER table (draft 0.8, 17
September 2021) as shipped, with modes and contexts that PLOVER 2.0 no longer has; of root 08, which it lists twice,
the first entry. ``repaired`` is Gesta's: every type, mode and context is in PLOVER 2.0, five codes absent from the
source are added, and ``Crosswalk.repaired`` says what was changed.

The repair stops at what PLOVER 2.0 rules out. It keeps some readings that Gesta's codebook would code otherwise, so
imported rows differ there from coded ones: promises to yield (034, 035 and below: AGREE, not CONCEDE), apologies and
forgiveness (055, 056: SUPPORT, not CONCEDE), verdicts (116: ACCUSE, not SANCTION/convict), truces declared (0871:
RETREAT, not CONCEDE), air attack (195: heavy-weapons, not aerial) and mass expulsion (201: ASSAULT).

Roots 01 (public statement) and 02 (appeal) have no PLOVER type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from gesta.errors import UsageError
from gesta.ontology.tables import many, number, read_table

Version = Literal["repaired", "original"]

VERSIONS: Mapping[Version, str] = {
    "repaired": "CAMEO to PLOVER 2.0, repaired by Gesta",
    "original": "CAMEO2PLOVER draft 0.8, 2021-09-17",
}
"""What to stamp on rows that came through each version of the mapping."""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One CAMEO code and what it is in PLOVER.

    ``type`` is None where PLOVER has no counterpart. ``quad`` is CAMEO's own class (roots 01-05: 1, 06-08: 2, 09-13: 3,
    14-20: 4), which differs from the PLOVER type's for CONCEDE. ``goldstein`` runs from -10 to 10, as in the R package
    icews (GDELT's table differs in places), and is None where that has no score. ``repaired`` says how this entry
    differs from the source table, empty where it does not.
    """

    code: str
    type: str | None
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: int
    goldstein: float | None
    repaired: str


@cache
def crosswalk(version: Version = "repaired") -> Mapping[str, Crosswalk]:
    """Return the whole mapping of one version by CAMEO code; ``UsageError`` for any other version.

    Both versions have the same codes; those that the source table lacks have no type in ``original``.
    """
    if version not in VERSIONS:
        raise UsageError(f"there is no crosswalk version {version!r}", remedy=f"Choose from: {', '.join(VERSIONS)}.")
    codes = {row["code"]: row for row in read_table(__package__, "cameo.tsv")}
    shipped = {row["code"]: row for row in read_table(__package__, "cameo_original.tsv")}
    nothing = {"type": "", "modes": "", "contexts": ""}
    mapped = {code: row if version == "repaired" else shipped.get(code, nothing) for code, row in codes.items()}
    return {
        code: Crosswalk(
            code=code,
            type=mapped[code]["type"] or None,
            modes=many(mapped[code]["modes"]),
            contexts=many(mapped[code]["contexts"]),
            quad=int(row["quad"]),
            goldstein=number(row["goldstein"]),
            repaired=row["repaired"] if version == "repaired" else "",
        )
        for code, row in codes.items()
    }


def to_plover(code: str, version: Version = "repaired") -> Crosswalk:
    """Return what the CAMEO code, such as ``"0841"``, is in PLOVER; ``UsageError`` if CAMEO has no such code."""
    try:
        return crosswalk(version)[code]
    except KeyError:
        raise UsageError(
            f"CAMEO has no code {code!r}",
            remedy="Codes are strings of two to four digits; roots 01 to 09 keep their zero, as in '043'.",
        ) from None


def goldstein(code: str) -> float | None:
    """Return the Goldstein score of a CAMEO code, -10 to 10, or None for the few codes without one.

    ``UsageError`` if CAMEO has no such code.
    """
    return to_plover(code).goldstein
