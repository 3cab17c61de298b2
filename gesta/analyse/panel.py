"""Country-month and dyad-month tables: every unit that the record ever tells of in every period, zeros kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from gesta.analyse.series import query_of, watched
from gesta.records import By
from gesta.store import Store

_COLUMNS = {
    "countries": ("country",),
    "dyads": ("source_country", "target_country"),
}


def read_panel(
    store: Store,
    unit: Literal["countries", "dyads"],
    *,
    by: By = "month",
    since: date | None = None,
    until: date | None = None,
) -> tuple[tuple[str, ...], Sequence[tuple[Any, ...]]]:
    """Return column names and rows; countries are those of the place, dyads those of source and target."""
    if since is None or until is None:
        first, last = watched(store)
        since, until = since or first, until or last
    names = _COLUMNS[unit]
    query = query_of(
        "dyads", unit=", ".join(names), names=", ".join(names), by=by,
        known=" AND ".join(f"{name} IS NOT NULL" for name in names),
    )  # fmt: skip
    return store.query_with_names(query, {"since": since, "until": until})
