"""Write gesta/find/background.txt: sentences of every kind, beside which a user's ontology learns what it is not.

    python casebook/background.py

Every twelfth sentence of the batches that are trained on, in their order.
"""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "gesta" / "find" / "background.txt"
NOT_TRAINED_ON = {"b05", "b10", "b11", "b17", "b20"}
EVERY, LONGEST = 12, 220


def sentences() -> list[str]:
    """The chosen sentences."""
    batches = [path for path in sorted(HERE.glob("b*.jsonl")) if path.stem not in NOT_TRAINED_ON]
    texts = [json.loads(line)["text"] for path in batches for line in path.read_text(encoding="utf-8").splitlines()]
    return [text for text in texts if len(text) <= LONGEST][::EVERY]


if __name__ == "__main__":
    OUT.write_text("\n".join(sentences()) + "\n", encoding="utf-8")
