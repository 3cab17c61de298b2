"""JSON Lines, and JSON files that hold one report or a list of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from gesta.read.decode import bounded_lines, mend
from gesta.read.fields import choose, plain_name, report_of
from gesta.read.problems import UnreadableError, too_long
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

_WHOLE = 1 << 27
"""Characters that a JSON file other than JSON Lines may have, since it must fit in memory whole."""
_ESCAPED = 6
"""Characters of JSON that one character of text may take, as an escape."""
_BESIDES = 65_536
"""Characters of JSON that a report may have besides its text."""
_TRIED = 3
"""Lines that are tried before a file that is not one piece of JSON is held not to be JSON Lines either."""


def read_json_lines(
    stream: TextIO, *, origin: str, settings: ReadSettings, skipped: int = 0
) -> Iterator[Report | Quarantined]:
    """Yield one report, or what is wrong with it, for each line that is not blank; ``skipped`` lines came before.

    A file that opens a list, or an object over many lines, is read as one piece of JSON after all.
    """
    limit = settings.max_characters * _ESCAPED + _BESIDES
    first = True
    for number, line in enumerate(bounded_lines(stream, limit), start=skipped + 1):
        if line is None:
            yield too_long(settings.max_characters, line=number).quarantined(origin)
        elif line.strip():
            if first and (line.strip() == "{" or line.lstrip("\ufeff \t").startswith("[")):
                yield from _read_whole("\n" * (number - 1) + line + stream.read(_WHOLE + 1), origin, settings, None)
                return
            yield _read_line(line, number, origin, settings)
        first = first and (line is not None and not line.strip())


def read_json(stream: TextIO, *, origin: str, settings: ReadSettings, file_name: str) -> Iterator[Report | Quarantined]:
    """Yield the report, or the list of reports, that a file holds as one piece of JSON."""
    yield from _read_whole(stream.read(_WHOLE + 1), origin, settings, file_name)


def _read_whole(
    text: str, origin: str, settings: ReadSettings, file_name: str | None
) -> Iterator[Report | Quarantined]:
    if len(text) > _WHOLE:
        raise UnreadableError(
            "too big to be read as one piece of JSON", remedy="Write it as JSON Lines, as a .jsonl file."
        )
    text = mend(text)
    try:
        value = _parse(text.strip("\ufeff"))
    except UnreadableError:
        some = [line for line in text.splitlines()[:1000] if line.strip()][:_TRIED]
        if len(some) > 1 and any(_is_object(line) for line in some):
            for number, line in enumerate(io.StringIO(text), start=1):
                if line.strip():
                    yield _read_line(line, number, origin, settings)
            return
        raise
    items = _items(value, settings)
    if items is None:
        yield report_of(_pick(value, settings), origin=origin, settings=settings, file_name=file_name)
        return
    for number, item in enumerate(items, start=1):
        try:
            yield report_of(_pick(item, settings), origin=f"{origin}#{number}", settings=settings)
        except UnreadableError as problem:
            problem.line = None
            yield problem.quarantined(f"{origin}#{number}")


def _items(value: Any, settings: ReadSettings) -> Sequence[Any] | None:
    """The list of reports that one piece of JSON is or wraps ({"articles": [...]}); None if it is one report."""
    if isinstance(value, list):
        if not value:
            raise UnreadableError("an empty list")
        return value
    if isinstance(value, Mapping):
        lists = [inner for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)]
        if len(lists) == 1 and not _has_text(value, settings):
            return lists[0]
    return None


def _has_text(value: Any, settings: ReadSettings) -> bool:
    try:
        return _pick(value, settings).get("text") is not None
    except UnreadableError:
        return False


def _read_line(line: str, number: int, origin: str, settings: ReadSettings) -> Report | Quarantined:
    try:
        value = _parse(mend(line).strip().lstrip("\ufeff"))
        return report_of(_pick(value, settings), origin=f"{origin}#{number}", settings=settings)
    except UnreadableError as problem:
        return problem.quarantined(origin, line=number)


def _parse(text: str) -> Any:
    try:
        # Raw tabs and line ends inside strings are against the standard, harmless, and common in exports.
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        line = error.lineno if "\n" in text else None
        raise UnreadableError(f"broken JSON: {error.msg}, at character {error.colno}", line=line) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableError("JSON too deeply nested, or with too big a number, to be read") from error


def _is_object(line: str) -> bool:
    try:
        return isinstance(_parse(line), dict)
    except UnreadableError:
        return False


def _pick(value: Any, settings: ReadSettings) -> dict[str, Any]:
    """Our fields -> what one JSON object has for them."""
    if not isinstance(value, dict):
        raise UnreadableError("not a JSON object", remedy="Write one object with a text for each report.")
    filled = {key: inner for key, inner in value.items() if inner is not None and inner != ""}
    for wanted in settings.columns.values():
        if plain_name(wanted) not in {plain_name(key) for key in filled}:
            filled[wanted] = _inner(value, wanted)
    chosen = choose(list(filled), settings.columns)
    return {field: filled[key] for field, key in chosen.items()}


def _inner(value: Any, path: str) -> Any:
    """The value at a dotted path ("fields.bodyText"), or None."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
