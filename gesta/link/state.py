"""What earlier linking left in the record, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_FRESH = """
CREATE OR REPLACE TABLE new AS
WITH known AS (SELECT DISTINCT unnest(seen) AS commit FROM all_linkings WHERE linker = $linker)
SELECT report FROM codings WHERE commit NOT IN (SELECT commit FROM known) AND NOT superseded ORDER BY report
"""


@dataclass(frozen=True, slots=True)
class State:
    """The record as linking finds it."""

    linker: str
    fresh: frozenset[str]
    """Reports that this linker has not seen, or that were coded anew since."""
    first: bool
    """Whether this linker has linked nothing yet: then all incidents are made anew, under the same ids."""
    unseen: tuple[str, ...]
    """Commits that it has not seen."""
    incidents: dict[str, tuple[str, ...]]
    """Id -> events, of the incidents as they stand."""


def read_state(con: duckdb.DuckDBPyConnection, linker: str) -> State:
    """Read what there is; ``con`` holds the record's views. Leaves a table ``new`` of the fresh reports."""
    con.execute(_FRESH, {"linker": linker})
    seen = con.execute("SELECT DISTINCT unnest(seen) FROM all_linkings WHERE linker = $l", {"l": linker}).fetchall()
    known = {row[0] for row in seen}
    commits = [row[0] for row in con.execute("SELECT DISTINCT commit FROM codings ORDER BY commit").fetchall()]
    incidents = con.execute("SELECT id, events FROM incidents_nested ORDER BY id").fetchall()
    return State(
        linker=linker,
        fresh=frozenset(row[0] for row in con.execute("SELECT report FROM new").fetchall()),
        first=not known,
        unseen=tuple(commit for commit in commits if commit not in known),
        incidents={identity: tuple(events) for identity, events in incidents},
    )
