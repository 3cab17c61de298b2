"""Whom a report credits: the agency or paper whose report it passes on.

A credit stands in a dateline or byline ("KIRKUK (Tigris Wire) -", "Source: Tigris Wire"), or a medium is the speaker of
what the report tells ("Tigris Wire reported on Monday").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gesta.records import Claim, Report

#: Words that make a name a medium's, and say nothing of which one it is.
KINDS = frozenset(
    "agence agencia agency beacon bulletin broadcaster chronicle courier daily dispatch echo examiner express gazette"
    " globe guardian herald independent inquirer journal lantern ledger mail messenger mirror monitor nation newspaper"
    " news newswire observer online paper post press presse radio record reporter republic review sentinel service"
    " standard star state sun television telegraph times tribune tv voice weekly wire world".split()
)
_AGENCIES = frozenset(
    "aap afp agi anadolu ansa ap apa armenpress belta bernama bloomberg caracol dpa efe interfax irna isna itar-tass"
    " kcna kyodo mehr pti reuters sana spa suna tasnim tass upi ukrinform wafa xinhua yonhap".split()
)
_NAME = r"(?P<name>[A-Z][\w&.'’-]*(?: (?:of |the |and |de |du |al-)?[A-Z][\w&.'’-]*){0,5})"
_NO_NAME = frozenset({"report", "reports", "statement", "interview"})
#: A line that says whose report it is; whatever is named there is a source.
_BYLINES = (
    re.compile(rf"^(?:Source|Sources|Reporting|Via|Credit|Agency|Agencies)\s*[:»>]\s*(?:the )?{_NAME}", re.MULTILINE),
    re.compile(rf"^(?:With reporting|Additional reporting|Reporting) (?:by|from) (?:the )?{_NAME}", re.MULTILINE),
)
#: Where the name of a medium often stands, and other things as well.
_MARKS = (
    re.compile(r"^[^\n]{0,80}?\((?P<name>[A-Z][^()\n]{1,40})\)\s*[-–—:]", re.MULTILINE),
    re.compile(rf"[-–—] ?\(?{_NAME}\)?\s*\Z"),
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_WORD = re.compile(r"[\w&-]+")


def find_credits(report: Report, claims: Iterable[Claim] = ()) -> tuple[str, ...]:
    """Return the names of the media that a report credits, its own publisher left out, in the order of the text."""
    own = _words(report.publisher or "")
    found: dict[str, None] = {}
    for name in (*_stated(report.text[report.body_start :]), *_speaking(claims)):
        words = _words(name)
        if words - KINDS and not (own and alike(words, own)):
            found.setdefault(name)
    return tuple(found)


def alike(a: frozenset[str] | set[str], b: frozenset[str] | set[str]) -> bool:
    """Whether two names of media, as sets of words, are one: all that is particular of the one is in the other."""
    first, second = a - KINDS, b - KINDS
    return bool(first and second) and (first <= second or second <= first)


def words_of(name: str) -> frozenset[str]:
    """Return the words of a medium's name in lower case, as :func:`alike` compares them."""
    return frozenset(_words(name))


def _stated(body: str) -> Iterator[str]:
    for pattern in _BYLINES:
        for match in pattern.finditer(body):
            yield match["name"].strip().split(",")[0].rstrip(".")
    for pattern in _MARKS:
        for match in pattern.finditer(body):
            name = match["name"].strip().split(",")[0]
            if _is_medium(name):
                yield name


def _speaking(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        if claim.speaker is not None and claim.speaker.text[:1].strip() and _is_medium(claim.speaker.text):
            yield _ARTICLE.sub("", claim.speaker.text)


def _is_medium(name: str) -> bool:
    """Whether these words name a particular medium: an agency, or a kind beside a name with a capital."""
    plain = _ARTICLE.sub("", name)
    words = _words(plain)
    if words & _NO_NAME or "'s" in plain or "’s" in plain:
        return False
    if words & _AGENCIES:
        return True
    capitals = [word for word in _WORD.findall(plain) if word[:1].isupper() and word.lower() not in KINDS]
    return bool(words & KINDS) and bool(capitals) and len(words) <= 6


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(_ARTICLE.sub("", name))} - {"the", "of", "and"}
