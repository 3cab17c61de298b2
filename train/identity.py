"""What names a packaged model: the hash of all that can change its output."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

#: The files of a model folder whose bytes count, in this order.
FILES = ("model.onnx", "pairs.npz", "light.npz", "attribution.npz", "causes.npz", "linking.npz")


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write ``model.json`` with the hash of the model's files and its confidence weights."""
    parts = b"".join((folder / name).read_bytes() for name in FILES if (folder / name).exists())
    card["sha256"] = hashlib.sha256(parts + json.dumps(card.get("confidence", [])).encode()).hexdigest()
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
