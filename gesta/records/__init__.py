"""The records: what one report is turned into, and what looking across reports gives.

All are frozen and typed, and go to and from JSON (``msgspec.json``) and Parquet (``gesta.store``) without loss. Offsets
are Unicode code points into ``Report.text``, end exclusive. Field names follow PLOVER and TimeML; ``docs/records.md``
describes every field.
"""

from __future__ import annotations

from gesta.records.base import Frozen, Span, make_id
from gesta.records.coding import (
    Actor,
    Alternative,
    Cause,
    Claim,
    Event,
    Evidence,
    Imprint,
    Loaded,
    Participant,
    Place,
    Record,
    Report,
    Tie,
    Time,
    Toll,
)
from gesta.records.linking import (
    Agreed,
    Change,
    Contest,
    Copy,
    Incident,
    Linking,
    Pair,
    Party,
    Range,
    Response,
    Site,
    Version,
)
from gesta.records.runs import Quarantined, Run
from gesta.records.values import (
    COUNTED,
    MODALITIES,
    TIE_RELATIONS,
    Certainty,
    Framing,
    Grain,
    Modality,
    Precision,
    PublishedBasis,
    Stance,
    TieRelation,
    TimeBasis,
)

__all__ = [
    "COUNTED",
    "MODALITIES",
    "TIE_RELATIONS",
    "Actor",
    "Agreed",
    "Alternative",
    "Cause",
    "Certainty",
    "Change",
    "Claim",
    "Contest",
    "Copy",
    "Event",
    "Evidence",
    "Framing",
    "Frozen",
    "Grain",
    "Imprint",
    "Incident",
    "Linking",
    "Loaded",
    "Modality",
    "Pair",
    "Participant",
    "Party",
    "Place",
    "Precision",
    "PublishedBasis",
    "Quarantined",
    "Range",
    "Record",
    "Report",
    "Response",
    "Run",
    "Site",
    "Span",
    "Stance",
    "Tie",
    "TieRelation",
    "Time",
    "TimeBasis",
    "Toll",
    "Version",
    "make_id",
]
