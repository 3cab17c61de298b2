"""Fields by name: which column or key holds the text, the title, the date, and what is in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from gesta.errors import UsageError
from gesta.read.addresses import as_address, publisher_of
from gesta.read.dates import parse_date, unclear
from gesta.read.drafts import Given, make_report
from gesta.read.languages import language_code
from gesta.read.problems import UnreadableError, shown
from gesta.records import Report
from gesta.settings import ReadSettings
from gesta.text import settle

NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "articletext", "bodytext", "storytext", "maintext", "body", "articlebody", "content",
        "articlecontent", "article", "story",
    ),
    "title": ("title", "headline", "articletitle", "storytitle", "head"),
    "published": (
        "published", "publicationdate", "pubdate", "publishdate", "publisheddate", "datepublished", "publishedat",
        "publishedon", "dateofpublication", "articledate", "date", "datetime",
    ),
    "publisher": (
        "publisher", "publication", "publicationname", "publicationtitle", "newspaper", "outlet", "medianame",
        "sitename", "source", "sourcename", "media",
    ),
    "url": ("url", "articleurl", "articlelink", "storyurl", "weburl", "permalink", "link", "sourceurl"),
    "language": ("language", "lang", "languagecode"),
}  # fmt: skip
"""Our fields, and what exports call them, best first; case, spaces and punctuation do not count."""

_EMPTY = frozenset({"", "null", "none", "nan", "nat", "n/a", "na", "-", "\\n"})
_LONGEST_EMPTY = 8
_MARKUP = re.compile(r"</?(?:p|div|br|span|article|h[1-6])\b[^<>]*>", re.IGNORECASE)
_MARKUP_WITHIN = 2_000
_NAMED = 12


def plain_name(name: str) -> str:
    """Return a column's name as names are compared: without case, spaces and punctuation."""
    return re.sub(r"[\W_]", "", name.casefold())


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise UsageError if ``columns`` names a field that reports do not have."""
    for field in columns:
        if field not in NAMES:
            known = ", ".join(NAMES)
            raise UsageError(f"no field {shown(field)} to map a column to", remedy=f"The fields are {known}.")


def choose(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return our field -> the source's name, for the fields that ``names`` have.

    Raises UnreadableError if ``columns`` names one that is not there, or if none holds the text.
    """
    plain = {plain_name(name): name for name in reversed(names)}
    chosen = {}
    for field, known in NAMES.items():
        wanted = columns.get(field)
        if wanted is None:
            taken = set(columns.values())
            found = next((plain[name] for name in known if name in plain and plain[name] not in taken), None)
        else:
            found = wanted if wanted in names else plain.get(plain_name(wanted))
            if found is None:
                raise UnreadableError(
                    f"no column {shown(wanted)} for the {field}; there are {listed(names)}", field=field
                )
        if found is not None:
            chosen[field] = found
    if "text" not in chosen:
        raise UnreadableError(
            f"no column holds the text; there are {listed(names)}",
            field="text",
            remedy="Say which one does, such as --map text=COLUMN.",
        )
    return chosen


def recognised(names: Iterable[str]) -> int:
    """Return how many of our fields ``names`` hold; 0 without one for the text."""
    plain = {plain_name(name) for name in names}
    found = [field for field, known in NAMES.items() if plain.intersection(known)]
    return len(found) if "text" in found else 0


def listed(names: Sequence[str]) -> str:
    """Column names for a message."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (", ".join(shown(name) for name in names[:_NAMED]) or "none") + more


def report_of(
    values: Mapping[str, Any], *, origin: str, settings: ReadSettings, file_name: str | None = None
) -> Report:
    """Make a report of our fields -> what the source has for them. Raises UnreadableError, naming the field."""
    text = values.get("text")
    if isinstance(text, list) and text and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    text = _words("text", text)
    if text is None:
        raise UnreadableError("there is no text in it", field="text")
    if len(text) <= settings.max_characters and _MARKUP.search(text[:_MARKUP_WITHIN]):
        from gesta.read.web import text_of_fragment  # brings in the HTML parser

        text = text_of_fragment(text)
    given = Given(
        title=_words("title", values.get("title")),
        publisher=_publisher(values.get("publisher")),
        url=_words("url", values.get("url")),
        language=language_code(_words("language", values.get("language"))),
        published=_date(values.get("published")),
    )
    return make_report(text, origin=origin, settings=settings, given=given, file_name=file_name)


def _words(field: str, value: Any) -> str | None:
    """The words in a field, or None if it is empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str):
        raise UnreadableError(f"the field {field} is {_kind(value)}, not text", field=field)
    # Texts are settled later, with their head; here, that would be done twice over what may be long.
    words = value if field == "text" else " ".join(settle(value).split())
    return None if words.strip()[:_LONGEST_EMPTY].casefold() in _EMPTY else words


def _publisher(value: Any) -> str | None:
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        value = value["name"]
    words = _words("publisher", value)
    return publisher_of(words) if words and as_address(words) else words


def _date(value: Any) -> date | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    words = _words("published", value)
    if words is None:
        return None
    found = parse_date(words)
    if found is None:
        raise unclear(words, "cannot be understood")
    return found


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "a value")
