"""What a series costs: python benchmarks/series.py [--events 10000000]

Makes a record of so many made-up incidents of one event each between 190 countries over ten years, by SQL alone, and
times what ``gesta dyad`` reads of it, for a busy dyad and a quiet one, by week and by month, after one warm-up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from gesta.analyse.series import read_series
from gesta.analyse.sides import Side
from gesta.store import Store
from gesta.store.manifest import Commit, Manifest
from gesta.store.parts import Staging

#: Countries by rank: number n gets a share that falls as 1/n.
_ACTS = """
SELECT
    'i' || printf('%020x', hash(n)) AS incident, 'ASSAULT' AS type, 1 + (hash(n, 1) % 4)::BIGINT AS quad,
    (hash(n, 2) % 200)::DOUBLE / 10 - 10 AS intensity,
    DATE '2014-01-01' + (n * 3652 // {events})::INTEGER AS first, first AS last, source_country AS country,
    'a' || source_country AS source, source_country, ['MIL'] AS source_sectors, 'a' || target_country AS target,
    target_country, ['MIL'] AS target_sectors, (hash(n, 3) % 5)::BIGINT AS killed,
    NULL::BIGINT AS injured, true AS counted
FROM (
    SELECT range AS n,
        'C' || printf('%02X', floor(pow(190.0, (hash(range, 4) % 1000000) / 1e6))::INTEGER) AS source_country,
        'C' || printf('%02X', floor(pow(190.0, (hash(range, 5) % 1000000) / 1e6))::INTEGER) AS target_country
    FROM range({events})
)
"""


def make(folder: Path, events: int) -> Store:
    """Write the record."""
    store = Store.create(folder)
    with store.connect() as con, Staging(store.path, con) as staging:
        for name in ("acts", "manifest", "tmp"):
            (store.path / name).mkdir(exist_ok=True)
        con.execute("SET preserve_insertion_order = true; SET memory_limit = '4GB'")
        staging.copy("acts", _ACTS.format(events=events))
        manifest = Manifest(store.path)
        parts = tuple(staging.parts.values())
        manifest.write(Commit(sequence=manifest.next_sequence(), runs=(), reports=0, parts=parts), staging.parts)
    return Store.open(folder)


def main() -> None:
    """Make, read, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = make(Path(folder) / "record", args.events)
        busy = (Side("C01", country="C01"), Side("C02", country="C02"))
        quiet = (Side("C50", country="C50"), Side("C60", country="C60"))
        read_series(store, quiet)
        for name, sides in (("busy", busy), ("quiet", quiet)):
            for by in ("week", "month"):
                begun = time.monotonic()
                series = read_series(store, sides, by=by)  # type: ignore[arg-type]
                seconds = time.monotonic() - begun
                total = sum(direction.incidents for direction in series.directions)
                sys.stdout.write(f"{name} dyad by {by}: {total:,} incidents of {args.events:,} in {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
