"""Web pages saved to disk: main text, title, site and date. Nothing is ever fetched.

Imported only where there is HTML to read, since trafilatura takes a moment to load.
"""

from __future__ import annotations

import copy
import logging
import re
from datetime import date
from typing import Any

from htmldate import find_date
from lxml import etree, html  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from gesta.read.addresses import as_address
from gesta.read.dates import FIRST_YEAR, LAST_YEAR, parse_date
from gesta.read.drafts import Given, make_report
from gesta.read.languages import language_code
from gesta.read.problems import UnreadableError
from gesta.records import Report
from gesta.settings import ReadSettings

# A library never prints: without a handler, warnings of theirs would end on the terminal of whoever uses ours.
for _name in ("trafilatura", "htmldate", "justext", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_HEAD = 2_000
#: What parsers of broken pages are known to raise; the page is then quarantined with the words of the error.
_TROUBLE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
#: Where dates stand that are not the page's: in its prose, in what surrounds it, in the addresses of pictures.
_NOT_ABOUT_THE_PAGE = etree.XPath(
    "//footer | //aside | //nav | //img | //figure"
    " | //meta[contains(@property, 'image') or contains(@name, 'image')]"
    " | //*[self::p or self::li or self::blockquote or self::td]"
    "[not(.//time) and not(contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')"
    " or contains(@class, 'meta') or contains(@class, 'byline') or contains(@id, 'date'))]"
)
_BLOCKS = (
    "address article blockquote br dd div dl dt figcaption h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul"
)
_REMEDY = "Save the text itself, as a .txt file."
_BLANK_LINES = re.compile(r"\n\s*\n\s*")


def read_page(text: str, *, origin: str, settings: ReadSettings, file_name: str | None) -> Report:
    """Make a report of a web page. Raises UnreadableError if it has no article text."""
    try:
        given, body = _extracted(_parsed(text))
    except (*_TROUBLE, etree.LxmlError) as error:
        raise UnreadableError(f"the page cannot be parsed: {error or type(error).__name__}", remedy=_REMEDY) from error
    if not body.strip():
        raise UnreadableError("no article text was found in the page", remedy=_REMEDY)
    return make_report(body, origin=origin, settings=settings, given=given, file_name=file_name)


def _extracted(tree: html.HtmlElement) -> tuple[Given, str]:
    """What the page states about itself, and its main text with a blank line between paragraphs."""
    page = extract_metadata(copy.deepcopy(tree), date_config=_date_options())
    given = Given(
        title=page.title or None,
        publisher=page.sitename or None,
        url=as_address(page.url or ""),
        language=language_code(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        published=_published(tree),
        basis="metadata",
    )
    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    body = found.text or "" if found is not None and not isinstance(found, dict) else ""
    # trafilatura puts each paragraph on a line of its own; a blank line says so without doubt.
    return given, _BLANK_LINES.sub("\n\n", body.replace("\n", "\n\n"))


def text_of_fragment(markup: str) -> str:
    """Return the text of a piece of HTML, as exports have it in a column, with a blank line between paragraphs."""
    tree = _parsed(f"<html><body>{markup}</body></html>")
    for element in tree.iter("script", "style"):
        element.text = None
    for element in tree.iter(*_BLOCKS.split()):
        element.tail = "\n\n" + (element.tail or "")
        element.text = "\n\n" + (element.text or "")
    text = "".join(tree.itertext())
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


def _parsed(text: str) -> html.HtmlElement:
    """The tree of a page; a fragment is given the page it lacks."""
    text = text.replace("\x00", " ")
    if "<html" not in text[:_HEAD].lower():
        text = f"<!DOCTYPE html><html><body>{text}</body></html>"
    tree = load_html(text)
    if tree is None:
        raise UnreadableError("it is not HTML that can be parsed", remedy=_REMEDY)
    return tree


def _date_options() -> dict[str, Any]:
    # With fixed bounds: by default htmldate goes by the clock, and the same page would read differently tomorrow.
    return {
        "original_date": True,
        "extensive_search": False,
        "min_date": f"{FIRST_YEAR}-01-01",
        "max_date": f"{LAST_YEAR - 1}-12-31",
    }


def _published(tree: html.HtmlElement) -> date | None:
    """The date that the page itself states; not the one in its address, which counts for less."""
    about = copy.deepcopy(tree)
    for element in _NOT_ABOUT_THE_PAGE(about):
        element.drop_tree()
    found = find_date(about, url="", **_date_options())
    return parse_date(found) if found else None
