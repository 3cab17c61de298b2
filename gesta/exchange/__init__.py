"""Foreign formats: one file each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from gesta.exchange.csv import write_csv
from gesta.exchange.geojson import write_geojson
from gesta.exchange.graphml import write_graphml
from gesta.exchange.jsonl import write_jsonl
from gesta.exchange.polecat import write_polecat
from gesta.store import EventFilter, Store


class Writer(Protocol):
    """Writes the events that fit the filter to ``out`` and returns how many; a graph, how many edges."""

    def __call__(self, store: Store, wanted: EventFilter, out: Path, *, without_text: bool) -> int: ...


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "jsonl": write_jsonl,
        "csv": write_csv,
        "geojson": write_geojson,
        "polecat": write_polecat,
        "graphml": write_graphml,
    }
)

__all__ = ["FORMATS", "Writer"]
