"""The head of a plain text: lines of metadata, title, and where the body begins."""

from __future__ import annotations

import re
from datetime import date

from gesta.read.addresses import as_address, publisher_of
from gesta.read.dates import parse_date
from gesta.read.languages import language_code
from gesta.read.problems import UnreadableError
from gesta.read.titles import is_byline, looks_like_title
from gesta.records import Frozen
from gesta.text import settle

_LOOKED_AT = 10
"""Lines with something on them that are searched for metadata."""
_LONGEST = 300
_KEYED = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{1,24}?)\s*(?::|»|>>)\s*(?P<value>\S.*)")
_UNMARKED = re.compile(r"(?P<key>published|posted|updated)(?:\s+(?:on|at))?\s+(?P<value>.*\d.*)", re.IGNORECASE)
_CREDIT = re.compile(r"[\s(\[—–-]*sources?\s*(?::|»|>>?|[–—])\s*(?P<value>\S.{1,119}?)[\s)\]]*", re.IGNORECASE)
_LEADING_BLANKS = re.compile(r"(?:[^\S\n]*\n)*+")
_KEYS = {
    name: field
    for field, names in {
        "published": "published, published on, first published, publication date, date published, posted, posted on",
        "date": "date",
        "updated": "updated, last updated, last modified, modified",
        "publisher": "publisher, publication, publication name, newspaper, outlet",
        "credit": "source, sources",
        "title": "title, headline",
        "url": "url, link, permalink",
        "language": "language",
    }.items()
    for name in names.split(", ")
}
_DATES = ("published", "date", "updated")


class Head(Frozen, frozen=True):
    """What the head of a text states, and the body that is left: settled, without blank lines around it."""

    body: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    credit: str | None = None
    language: str | None = None
    published: date | None = None


def read_head(text: str, *, title: str | None = None, dated: bool = False) -> Head:
    """Split a text into what its head states and its body; a ``title`` known already is not looked for.

    ``dated`` says that the publication date is known already, so that one without a single reading is no problem.
    Left out of the body are lines that are metadata and nothing else, and the title. A by-line and a credit at the end
    stay. Raises UnreadableError, with its line, for a publication date that has no single reading.
    """
    lines = settle(text).split("\n")
    scan = _Scan(lines, title=title, dated=dated)
    scan.run()
    body = "\n".join(line for number, line in enumerate(lines) if number not in scan.left_out)
    known = title or scan.found.get("title")
    body = _without_title(_trimmed(body), known)
    if not body and "title" in scan.found and title is None:
        body, known = scan.found["title"], None
    return Head(
        body=body,
        title=known,
        url=scan.found.get("url"),
        publisher=scan.found.get("publisher"),
        credit=_name(scan.found.get("credit") or _last_credit(body)),
        language=language_code(scan.found.get("language")),
        published=next((scan.dates[key] for key in _DATES if key in scan.dates), None),
    )


class _Scan:
    """One walk over the first lines; ``left_out`` are the numbers of those that are not body."""

    def __init__(self, lines: list[str], *, title: str | None, dated: bool) -> None:
        self.lines = lines
        self.found: dict[str, str] = {}
        self.dates: dict[str, date] = {}
        self.left_out: set[int] = set()
        self.in_body = False
        self.title_open = title is None
        self.dated = dated

    def run(self) -> None:
        numbers = [number for number, line in enumerate(self.lines[:200]) if line.strip()][:_LOOKED_AT]
        for number in numbers:
            if self._take(number):
                self.left_out.add(number)

    def _take(self, number: int) -> bool:
        line = self.lines[number].strip()
        if len(line) > _LONGEST and as_address(line) is None:
            self.in_body = True
            return False
        if self._take_metadata(line, number):
            return True
        if self.in_body or is_byline(line):
            return False
        if self.title_open and "title" not in self.found and self._is_title(number):
            self.found["title"] = line
            return True
        self.in_body = True
        return False

    def _take_metadata(self, line: str, number: int) -> bool:
        if (address := as_address(line)) and not self.in_body:
            return self.found.setdefault("url", address) == address
        keyed = _KEYED.fullmatch(line) or _UNMARKED.fullmatch(line)
        field = _KEYS.get(keyed["key"].lower()) if keyed else None
        if keyed and field in _DATES:
            # Once the body has begun, "Date:" may belong to an announcement; "Published:" can still only mean itself.
            return not (self.in_body and field == "date") and self._take_date(field, keyed["value"], number)
        if self.in_body:
            return False
        if keyed and field:
            return self._take_field(field, keyed["value"].strip())
        return not line.isdigit() and self._take_date("date", line, number, meant=False)

    def _take_field(self, field: str, value: str) -> bool:
        if field == "url" and not as_address(value):
            return False
        if field == "title" and not self.title_open:
            return False
        return self.found.setdefault(field, value) == value

    def _take_date(self, field: str, words: str, number: int, *, meant: bool = True) -> bool:
        """``meant``: the line says that it is a date, so that one without a single reading is a problem."""
        try:
            found = parse_date(words)
        except UnreadableError as problem:
            if meant and not self.in_body and not self.dated:
                problem.line = number + 1
                raise
            return False
        if found is None:
            return False
        self.dates.setdefault(field, found)
        return True

    def _is_title(self, number: int) -> bool:
        following = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
        probe = _Scan([following], title="", dated=True)
        return looks_like_title(self.lines, number, is_metadata=bool(following) and probe.is_metadata(following))

    def is_metadata(self, line: str) -> bool:
        return self._take_metadata(line, 0)


def _trimmed(body: str) -> str:
    """The body without blank lines at either end, and without space after its last word."""
    return body[_LEADING_BLANKS.match(body).end() :].rstrip()  # type: ignore[union-attr]


def _without_title(body: str, title: str | None) -> str:
    """The body without a first line that only repeats the title."""
    first, _, rest = body.partition("\n")
    if title and rest.strip() and _plain(first) == _plain(title):
        return _trimmed(rest)
    return body


def _plain(line: str) -> str:
    return " ".join(line.casefold().split())


def _last_credit(body: str) -> str | None:
    last = body[body.rfind("\n") + 1 :]
    found = _CREDIT.fullmatch(last) if "\n" in body and len(last) <= _LONGEST else None
    return found["value"].strip() if found else None


def _name(credit: str | None) -> str | None:
    """A credit as a publisher: the host, if it is a web address."""
    return publisher_of(credit) if credit and as_address(credit) else credit
