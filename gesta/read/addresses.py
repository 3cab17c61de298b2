"""Web addresses and file names, and the dates in them."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from gesta.read.dates import MONTH, make_date, month_number, only_reading

_LONGEST = 2_000
_ADDRESS = re.compile(r"<?(?P<url>(?:https?://|www\.)[^\s<>]+)>?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WWW = re.compile(r"www\d?\.")
#: Only where the date opens or closes a segment of the path: version numbers and years inside a slug are no dates.
_YEAR_FIRST = re.compile(r"(?<=/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d.])|(?<=[-_])(\d{4})-(\d\d)-(\d\d)(?=[/.]|$)")
_NAMED_MONTH = re.compile(rf"(?<=/)(\d{{4}})/({MONTH})/(\d{{1,2}})(?![\w.])", re.IGNORECASE)
#: Not at the end of the path: there, eight digits are as likely an article's number (as at the BBC in 2012).
_COMPACT = re.compile(r"(?<=/)(\d{4})(\d\d)(\d\d)(?=[/_-])")
_DAY_FIRST = re.compile(r"(?<=/)(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?=/)")
#: A time stamp as the value of a query's field: "?ud=20220724000046".
_STAMP = re.compile(r"[?&]\w+=(\d{4})(\d\d)(\d\d)\d{4,8}(?=&|$)")
_MONTH_ONLY = re.compile(r"(?<=/)(\d{4})[-/](\d{1,2})(?=/)")
_IN_FILE_NAME = (
    re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_.])(\d\d)\2(\d\d)(?!\d)"),
    re.compile(r"(?<![0-9A-Za-z])(\d{4})()(\d\d)(\d\d)(?![0-9A-Za-z]|[.,]\d)"),
)


def as_address(words: str) -> str | None:
    """Return the web address if ``words`` are one and nothing else, else None."""
    found = _ADDRESS.fullmatch(words.strip()) if len(words) <= _LONGEST else None
    return found["url"] if found and publisher_of(found["url"]) else None


def publisher_of(url: str | None) -> str | None:
    """Return the host of a web address without ``www.``, or None if it has none."""
    parts = _parts(url) if url else None
    return parts[0] if parts else None


def date_in_url(url: str) -> date | None:
    """Return the full date in the path of a web address, or None; what no calendar or newspaper has is no date."""
    path = (_parts(url) or ("", ""))[1]
    for found in _YEAR_FIRST.finditer(path):
        year, month, day = (int(group) for group in found.groups() if group)
        if taken := make_date(year, month, day):
            return taken
    for pattern in (_NAMED_MONTH, _COMPACT):
        for found in pattern.finditer(path):
            if taken := make_date(int(found[1]), month_number(found[2]), int(found[3])):
                return taken
    for found in _STAMP.finditer(url):
        if taken := make_date(int(found[1]), int(found[2]), int(found[3])):
            return taken
    for found in _DAY_FIRST.finditer(path):
        if taken := only_reading(int(found[1]), int(found[3]), int(found[4])):
            return taken
    return None


def month_in_url(url: str) -> date | None:
    """Return the first day of the month in the path of a web address, or None."""
    found = _MONTH_ONLY.search((_parts(url) or ("", ""))[1])
    return make_date(int(found[1]), int(found[2]), 1) if found else None


def date_in_file_name(name: str) -> date | None:
    """Return the date in a file's name (2019-12-28 or 20191228), or None."""
    for pattern in _IN_FILE_NAME:
        for found in pattern.finditer(name):
            if taken := make_date(int(found[1]), int(found[3]), int(found[4])):
                return taken
    return None


def _parts(url: str) -> tuple[str, str] | None:
    """Host without www and path; None if the address is none. Some exports percent-encode the slashes."""
    url = url.strip()
    if "/" not in url:
        url = unquote(url)
    if not _SCHEME.match(url):
        url = "//" + url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if "." not in host:
        return None
    return _WWW.sub("", host, count=1), unquote(parts.path)
