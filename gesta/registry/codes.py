"""CAMEO's codes of actors ("USAGOV", "PAKREBTAL", "---MIL") taken apart into a country and PLOVER's sectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gesta.ontology.tables import read_table
from gesta.resolve.actors.countries import by_code

_LETTERS = 3
_NOBODY = "---"
# Codes of CAMEO that ISO 3166 has replaced or that name a part.
_COUNTRIES = MappingProxyType(
    {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "PAL": "PSE", "WSB": "PSE", "GZS": "PSE", "KSV": "KOS", "TAW": "TWN"}
)
_INTERNATIONAL = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
# Bodies that PLOVER has a code for, after IGO.
_BODIES = MappingProxyType({"UNO": "UNO", "EEC": "EUR", "EUR": "EUR"})
# What CAMEO calls otherwise than PLOVER, or tells apart where PLOVER does not.
_SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "SET": "CVL", "HRI": "SOC", "ENV": "SOC", "DEV": "SOC",
        "NGO": "SOC", "NGM": "SOC", "MNC": "BUS",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """A code taken apart. ``unknown`` are the parts that have no counterpart in PLOVER ("TAL", "MOS")."""

    country: str | None
    sectors: tuple[str, ...]
    unknown: tuple[str, ...]


def split_code(code: str) -> Parts:
    """Return the country, sectors and unread parts of a code; ``ValueError``, in words for people, if it is none."""
    plain = code.strip().upper()
    letters = plain.replace("-", "")
    if not plain or len(plain) % _LETTERS or (letters and not (letters.isascii() and letters.isalpha())):
        raise ValueError(f"{code!r} is no code of three-letter parts")
    parts = [plain[at : at + _LETTERS] for at in range(0, len(plain), _LETTERS)]
    country: str | None = None
    sectors: dict[str, None] = {}
    unknown: list[str] = []
    known = {row["sector"] for row in read_table("gesta.ontology", "sectors.tsv")}
    for at, part in enumerate(parts):
        land = by_code(_COUNTRIES.get(part, part)) if at == 0 else None
        if part == _NOBODY and at == 0:
            continue
        if land is not None:
            country = land.code
        elif part in _INTERNATIONAL and at == 0:
            country = part
        elif part in _BODIES and (at == 0 or country == "IGO"):
            country = _BODIES[part]
        elif _SECTORS.get(part, part) in known:
            sectors.setdefault(_SECTORS.get(part, part))
        elif part in _INTERNATIONAL and country is None:
            country = part
        else:
            unknown.append(part)
    if country is None and not sectors:
        raise ValueError(f"{code!r} has no country and no sector that Gesta knows")
    return Parts(country, tuple(sectors), tuple(unknown))
