"""Telling a title on its own first line from a first sentence, a by-line or the first line of wrapped prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gesta.read.datelines import find_dateline

_LONGEST = 160
_LONGEST_QUESTION = 100
"""A longer question is a paragraph that asks it."""
_PARAGRAPH = 160
"""A line this long is a paragraph, and no hard-wrapped line: it may follow a title without a blank line."""
_FEWEST = 2
_MORE_THAN_A_NAME = 4
"""Fewer words than this may be a name, and are a title only if they look like more than one."""
_CLOSING = "\"'’”»)]"
_ABBREVIATION_AT_END = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)+$")
_SENTENCE_WITHIN = re.compile(r"[a-z]{3}\. [A-Z]|^[A-Z]{3,}\s*(?:--|[–—])|^[A-Z]{3,}\s?- ")
_BULLETS = ("-", "•", "*", "–", "—")
_BYLINE = re.compile(r"(?:by|authors?|byline|reporting by|compiled by)\s*(?::\s*|\s)(?P<names>\S.*)", re.IGNORECASE)
_BYLINE_WORDS = 12
_BESIDES_NAMES = frozenset(
    (
        "and",
        "at",
        "correspondent",
        "de",
        "editor",
        "for",
        "in",
        "of",
        "our",
        "reporter",
        "staff",
        "the",
        "von",
        "writer",
    )
)
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_MOSTLY = 0.7


def looks_like_title(lines: Sequence[str], at: int, *, is_metadata: bool) -> bool:
    """Whether ``lines[at]``, the first line of a text that is no metadata, is its title.

    ``is_metadata`` says whether the next line is a metadata line, which sets a title off as well as a blank line does.
    """
    line = lines[at].strip()
    after, then = [*(other.strip() for other in lines[at + 1 : at + 3]), "", ""][:2]
    rest = next((other.strip() for other in lines[at + 1 :] if other.strip()), "")
    if not rest or rest[0].islower() or not _may_be_title(line):
        return False
    if not after or is_metadata or is_byline(after) or len(after) >= _PARAGRAPH:
        return True
    # A shorter line right below could be the rest of a wrapped sentence, unless it is a deck or a sentence of its own.
    return not then and (_may_be_title(after) or (after.endswith((".", ".”", '."')) and _is_headline(line)))


def is_byline(line: str) -> bool:
    """Whether a line near the top only names an author: "By Ann Example", or a bare name."""
    line = line.strip()
    words = _WORD.findall(line)
    if not 0 < len(words) <= _BYLINE_WORDS:
        return False
    if found := _BYLINE.fullmatch(line):
        names = _WORD.findall(found["names"])
        return all(not word[0].islower() or word in _BESIDES_NAMES for word in names)
    return _is_name(line, words)


def _may_be_title(line: str) -> bool:
    if not 0 < len(line) <= _LONGEST or line.startswith(_BULLETS) or _SENTENCE_WITHIN.search(line):
        return False
    if len(_WORD.findall(line)) < _FEWEST or is_byline(line) or find_dateline(line + " ") is not None:
        return False
    bare = line.rstrip(_CLOSING)
    if bare.endswith((",", ";", ":", "…", *_BULLETS)):
        return False
    if bare.endswith("."):
        return _ABBREVIATION_AT_END.search(bare) is not None
    # A question or a cry inside quotation marks is speech, and speech opens a story more often than it names one.
    return not bare.endswith(("?", "!")) or (bare == line and len(line) <= _LONGEST_QUESTION)


def _is_headline(line: str) -> bool:
    """Whether most words begin with a capital, as in headlines of many papers and in no sentence."""
    words = [word for word in _WORD.findall(line) if word.lower() not in _BESIDES_NAMES]
    capitals = sum(not word[0].islower() for word in words)
    return len(words) >= _MORE_THAN_A_NAME and capitals >= _MOSTLY * len(words)


def _is_name(line: str, words: Sequence[str]) -> bool:
    """Two or three capitalised words and nothing else ("ANN EXAMPLE"): a person's name, as far as form can tell."""
    if not _FEWEST <= len(words) < _MORE_THAN_A_NAME or words[0].lower() in {"the", "a", "an", "in", "on"}:
        return False
    return re.fullmatch(r"[\w\s.'’-]+", line) is not None and all(
        word[0].isupper() and not any(sign.isdigit() for sign in word) for word in words
    )
