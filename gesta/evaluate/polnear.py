"""PolNeAR: who says what in political news, as Source, Cue and Content spans (Newell et al., LREC 2018).

The format is brat standoff, with offsets in code points.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gesta.errors import UsageError
from gesta.text import settle

Spans = tuple[tuple[int, int], ...]
_SPAN = re.compile(r"(\d+) (\d+)")


@dataclass(frozen=True, slots=True)
class Saying:
    """One attribution: the spans of its parts, in code points, end exclusive; a part may lie in pieces or be absent."""

    cue: Spans = ()
    source: Spans = ()
    content: Spans = ()


def read_polnear(folder: Path) -> Iterator[tuple[str, str, tuple[Saying, ...]]]:
    """Yield name, text and attributions of every article under ``folder`` (``text/*.txt``, ``attributions/*.ann``).

    The text is settled as a report's is, and the spans with it. Of an article with several annotators the first is
    read; one that nobody annotated is left out. ``UsageError`` if there is no such folder.
    """
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise UsageError(
            "no attribution articles here",
            where=str(folder),
            remedy="Give a folder with text/*.txt and attributions/*.ann, as PolNeAR has them.",
        )
    marks: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann"), reverse=True):
        marks[path.stem.rpartition("_")[0]] = path
    for path in texts:
        if path.stem in marks:
            raw = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
            yield path.stem, settle(raw), tuple(_sayings(marks[path.stem], _moved(raw)))


def _sayings(path: Path, moved: list[int]) -> Iterator[Saying]:
    located: dict[str, Spans] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 2:
            continue  # a line torn within a quoted text
        if line.startswith("T"):
            last = len(moved) - 1
            found = [(moved[min(int(a), last)], moved[min(int(b), last)]) for a, b in _SPAN.findall(cells[1])]
            located[cells[0]] = tuple(found)
        elif line.startswith("E"):
            parts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
            for role, mark in (part.split(":") for part in cells[1].split()):
                parts[role.rstrip("0123456789")] += located.get(mark, ())
            yield Saying(*(tuple(sorted(parts[role])) for role in ("Cue", "Source", "Content")))


def _moved(raw: str) -> list[int]:
    """Where each offset of the raw text lies once it is settled: characters that settling drops move what follows."""
    settled, moved, at = settle(raw), [], 0
    for char in raw:
        moved.append(at)
        kept = at < len(settled) and (settled[at] == char or settle(char) == settled[at])
        at += kept
    return [*moved, at]
