"""The closed sets of values that fields of records take."""

from __future__ import annotations

from typing import Literal

Modality = Literal[
    "happened",
    "ongoing",
    "planned",
    "threatened",
    "demanded",
    "alleged",
    "denied",
    "conditional",
    "predicted",
    "general",
]
MODALITIES: tuple[Modality, ...] = (
    "happened", "ongoing", "planned", "threatened", "demanded",
    "alleged", "denied", "conditional", "predicted", "general",
)  # fmt: skip
COUNTED: frozenset[Modality] = frozenset({"happened", "ongoing"})
"""Only these are counted and exported unless the user asks for more (codebook, section 6)."""

Stance = Literal["asserts", "denies", "accuses", "demands", "threatens", "promises", "predicts", "doubts", "praises"]
Certainty = Literal["certain", "probable", "possible", "doubted"]
Framing = Literal["neutral", "endorses", "distances"]
Grain = Literal[
    "second", "minute", "hour", "part-of-day", "day", "week", "month", "quarter", "season", "year", "decade", "century"
]
TimeBasis = Literal["stated", "relative", "inferred", "bounded"]
Precision = Literal["site", "city", "district", "province", "country", "region"]
TieRelation = Literal[
    "member-of", "commands", "leads", "speaks-for", "part-of", "proxy-of", "allied-with", "at-war-with"
]
TIE_RELATIONS: tuple[TieRelation, ...] = (
    "member-of", "commands", "leads", "speaks-for", "part-of", "proxy-of", "allied-with", "at-war-with",
)  # fmt: skip
PublishedBasis = Literal["none", "column", "metadata", "line", "dateline", "url", "filename", "option"]
