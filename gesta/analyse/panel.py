"""Country-month and dyad-month tables: every unit that the record ever tells of in every period, zeros kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gesta.analyse.series import query_of, watched
from gesta.records import By
from gesta.store import Store

_COLUMNS = {
    "countries": ("country",),
    "dyads": ("source_country", "target_country"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """The rows with the names of their columns, and how many incidents no row holds."""

    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    undated: int
    """Incidents without a day that lies in one period."""
    outside: int
    """Incidents before or after the days watched."""


def read_panel(
    store: Store,
    unit: Literal["countries", "dyads"],
    *,
    by: By = "month",
    since: date | None = None,
    until: date | None = None,
) -> Panel:
    """Return one row for each unit and period; countries are those of the place, dyads those of source and target."""
    if since is None or until is None:
        first, last = watched(store)
        since, until = since or first, until or last
    names = _COLUMNS[unit]
    known = " AND ".join(f"{name} IS NOT NULL" for name in names)
    columns, days = ", ".join(names), {"since": since, "until": until}
    headings, rows = store.query_with_names(query_of("dyads", unit=columns, names=columns, by=by, known=known), days)
    undated, outside = store.query(query_of("unplaced", by=by, known=known), days)[0]
    return Panel(names=headings, rows=rows, undated=undated, outside=outside)
