"""From what a source states to a report: which title, publisher and date win, and why."""

from __future__ import annotations

import re
from datetime import date

from gesta.read.addresses import date_in_file_name, date_in_url, month_in_url, publisher_of
from gesta.read.datelines import Dateline, find_dateline
from gesta.read.plain import read_head
from gesta.read.problems import UnreadableError, too_long
from gesta.records import Frozen, PublishedBasis, Report
from gesta.settings import ReadSettings


class Given(Frozen, frozen=True):
    """What a source states about a report outside its text: in columns, or in the head of a web page."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: date | None = None
    basis: PublishedBasis = "column"


_NOTHING = Given()
_LETTER = re.compile(r"[^\W\d_]")


def make_report(
    text: str, *, origin: str, settings: ReadSettings, given: Given = _NOTHING, file_name: str | None = None
) -> Report:
    """Make a report of one text and what is given about it.

    ``file_name`` is the name of a file that holds this report alone, whose date may then stand for the report's.
    Raises UnreadableError if there is no text, too much of it, or a date that cannot be understood.
    """
    if len(text) > settings.max_characters:
        raise too_long(settings.max_characters)
    head = read_head(text, title=given.title, dated=given.published is not None)
    if not head.body.strip():
        raise UnreadableError("there is no text in it", field="text")
    if not _LETTER.search(head.body):
        raise UnreadableError("there are no words in it", field="text")
    url = given.url or head.url
    dateline = find_dateline(head.body)
    published, basis = given.published, given.basis
    if published is None:
        published, basis = _published(head.published, dateline, url, file_name, settings)
    stated = given.publisher or head.publisher or publisher_of(url) or settings.publisher
    return Report.of(
        head.body,
        title=head.title,
        publisher=stated or (dateline.agency if dateline else None) or head.credit,
        url=url,
        published=published,
        published_basis=basis,
        language=given.language or head.language or "en",
        origin=origin,
    )


def _published(
    line: date | None, dateline: Dateline | None, url: str | None, file_name: str | None, settings: ReadSettings
) -> tuple[date | None, PublishedBasis]:
    """The date of a report that has none in a column or page head, and what it is taken from."""
    if line is not None:
        return line, "line"
    in_url = date_in_url(url) if url else None
    in_name = date_in_file_name(file_name) if file_name else None
    month = month_in_url(url) if url else None
    near = ((in_url, True), (in_name, True), (month, True), (settings.published, False))
    found: tuple[tuple[date | None, PublishedBasis], ...] = (
        (dateline.date(near) if dateline else None, "dateline"),
        (in_url, "url"),
        (in_name, "filename"),
        (settings.published, "option"),
    )
    return next(((day, basis) for day, basis in found if day is not None), (None, "none"))
