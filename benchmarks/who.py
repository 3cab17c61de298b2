"""Who, and who says so, on unseen news: what two readers said of counted rows, with Wilson intervals.

    python benchmarks/who.py            the verdicts in news/who_audit.jsonl

Each line holds a row (article, trigger in characters of the report that ``gesta.read`` makes of it) of the newswire's
held-out tenth, and each reader's verdicts: for every source and target whether the actor is the right one, with country
and first sector, and whether the row says rightly who tells it. A row's actors are right if all of them are.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from news import wilson  # noqa: E402 - benchmarks are no installed package

AUDIT = HERE / "news/who_audit.jsonl"


def main() -> None:
    """Print the shares, reader by reader and together."""
    rows = [json.loads(line) for line in AUDIT.read_text(encoding="utf-8").splitlines()]
    readers = range(len(rows[0]["verdicts"]))
    print(f"{len(rows)} rows of {len({row['article'] for row in rows})} held-out articles, {len(readers)} readers")
    agreed = [row["verdicts"][0]["said"] == row["verdicts"][1]["said"] for row in rows]
    actors = [one for row in rows for one in zip(*(verdict["actors"] for verdict in row["verdicts"]), strict=True)]
    same = [first == second for first, second in actors]
    print(
        f"the readers agree on {sum(same)} of {len(same)} actors, and on who tells {sum(agreed)} of {len(agreed)} rows"
    )
    for name, found in (
        ("actor right, of sources and targets", [both[n] for both in actors for n in readers]),
        ("all actors of a row right", [all(row["verdicts"][n]["actors"]) for row in rows for n in readers]),
        ("who tells it right", [row["verdicts"][n]["said"] for row in rows for n in readers]),
    ):
        right, size = sum(found) / len(readers), len(found) // len(readers)
        low, high = wilson(round(right), size)
        print(f"{name}: {sum(found) / len(found):.3f} ({low:.2f} to {high:.2f}) of {size}")


if __name__ == "__main__":
    main()
