"""Read TimeML documents: the text, the day it was written, and its TIMEX3 with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from gesta.errors import UsageError
from gesta.evaluate.halves import Half, half_of_stem, wanted
from gesta.records import Frozen
from gesta.text import settle

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Timex(Frozen, frozen=True):
    """One time expression: where it stands, its TIMEX3 type and value."""

    start: int
    end: int
    value: str
    kind: str = ""


class TimeText(Frozen, frozen=True):
    """One document; ``written`` is its creation time, None where it states no day."""

    stem: str
    text: str
    written: date | None
    times: tuple[Timex, ...]


def read_timeml(path: Path, *, half: Half = "all") -> Iterator[TimeText]:
    """Yield the documents of a file or of the ``.tml`` files of a folder, in the order of their names.

    ``UsageError`` if there is none, or if one is no TimeML.
    """
    files = sorted(path.glob("*.tml")) if path.is_dir() else [path]
    files = [file for file in files if wanted(half_of_stem(file.stem), half)]
    if not files:
        raise UsageError("no TimeML file to read", where=str(path), remedy="Give a .tml file or a folder of them.")
    for file in files:
        yield _document(file)


def _document(file: Path) -> TimeText:
    try:
        root = ElementTree.parse(file).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise UsageError(f"is no TimeML ({error})", where=str(file), remedy="Leave it out or repair it.") from error
    body = root.find("TEXT")
    if body is None:
        raise UsageError("has no TEXT element", where=str(file), remedy="Leave it out or repair it.")
    made = next((t.get("value", "") for t in root.iter("TIMEX3") if _creation(t)), "")
    stated = _DAY.match(made)
    parts: list[str] = []
    times = list(_read(body, parts, 0))
    text = "".join(parts)
    return TimeText(file.stem, text, _day(stated[0]) if stated else None, tuple(times))


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated)
    except ValueError:  # no such day in the calendar
        return None


def _creation(timex: ElementTree.Element) -> bool:
    return timex.get("functionInDocument") in {"CREATION_TIME", "PUBLICATION_TIME"}


def _read(element: ElementTree.Element, parts: list[str], at: int) -> Iterator[Timex]:
    """Yield the TIMEX3 under an element, in text order, while its settled words are added to ``parts``."""
    parts.append(settle(element.text or ""))
    at += len(parts[-1])
    for child in element:
        start, mark = at, len(parts)
        yield from _read(child, parts, at)
        at += sum(map(len, parts[mark:]))
        if child.tag == "TIMEX3" and at > start:
            yield Timex(start, at, child.get("value", ""), child.get("type", ""))
        parts.append(settle(child.tail or ""))
        at += len(parts[-1])
