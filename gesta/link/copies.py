"""Copies: reports that pass on another, word for word, cut, rewritten, or by their own word.

Reports that share a band of their signatures, or tell of one happening, are compared by their words. The limits were
set on the casebook's reports that are not held out, where no two independent reports of one happening come near them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from spacy.lang.en.stop_words import STOP_WORDS

from gesta.link.credits import KINDS, alike, words_of
from gesta.link.signature import Marks, containment, marks, runs
from gesta.records import Copy

#: Share of the shorter text's content words that the longer has, and twice the share of its runs of three words: of
#: independent reports of one happening at most 0.67, of rewrites at least 0.74.
LEAST = 0.70
#: A text with fewer content words is no evidence: a flash of one line is in every longer report.
_FEWEST = 12
#: From here on a shared text is the same text; a shorter one with as much of it was cut.
_SAME, _CUT = 0.9, 0.85
#: Who credits another is taken to pass it on from this chance of one happening, or this share of its words.
ONE, _FAIR = 0.5, 0.2
#: Days between a report and another that passes it on.
DAYS = 14
#: The same for what only credits the other: news is passed on at once.
DAYS_CREDITED = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """A report as its copies are found by."""

    id: str
    publisher: str | None
    published: date | None
    body: str
    credits: tuple[str, ...] = ()

    @cached_property
    def words(self) -> Marks:
        """Its content words."""
        found = _WORD.findall(self.body.casefold())
        return marks(w for w in found if len(w) > 2 and w not in STOP_WORDS)

    @cached_property
    def runs(self) -> Marks:
        """Its runs of three words."""
        return marks(runs(self.body))


def compare(a: Page, b: Page) -> Copy | None:
    """Return how one report passes on the other's text, the later the earlier; None if they are independent."""
    if a.published and b.published and abs((a.published - b.published).days) > DAYS:
        return None
    if min(len(a.words), len(b.words)) < _FEWEST:
        return None
    shared, run = containment(a.words, b.words), containment(a.runs, b.runs)
    if shared + 2 * run < LEAST:
        return None
    first, second = _in_order(a, b)
    sizes = sorted((len(a.runs), len(b.runs)))
    kind = "rewritten" if run < _CUT else "verbatim" if sizes[0] >= _SAME * sizes[1] else "cut"
    why = f"{run:.0%} of its runs of three words and {shared:.0%} of its words are the other's"
    return Copy(report=second.id, of=first.id, kind=kind, likeness=round(run, 3), reason=why)  # type: ignore[arg-type]


def credited(report: Page, other: Page, chance: float) -> Copy | None:
    """Return that ``report`` says it passes on the publisher of ``other``, which tells of the same happening.

    ``chance`` is that of their likest happenings. Who credits an agency by name and shares a fair part of its words
    passes it on even where the happenings were read too differently to be sure.
    """
    if other.publisher is None or report.id == other.id:
        return None
    if report.published and other.published and not 0 <= (report.published - other.published).days <= DAYS_CREDITED:
        return None
    name = next((c for c in report.credits if alike(words_of(c), words_of(other.publisher or ""))), None)
    likeness = max(chance, containment(report.words, other.words)) if name else 0.0
    if name is None or (chance < ONE and likeness < _FAIR):
        return None
    why = f"it credits {name!r}, and both tell of one happening"
    return Copy(report=report.id, of=other.id, kind="credited", likeness=round(likeness, 3), reason=why)


def origins(pages: Iterable[Page], copies: Iterable[Copy]) -> dict[str, str]:
    """Return for each of these reports the one it stands for when sources are counted.

    A copy stands for what it passes on, and so do reports that credit the same agency; what a publisher found out
    itself is one voice, however many reports it makes of it.
    """
    ordered = sorted(pages, key=lambda page: (page.published or date.max, page.id))
    rank = {page.id: n for n, page in enumerate(ordered)}
    inside = [copy for copy in copies if copy.report in rank and copy.of in rank]
    passed_on = {copy.report for copy in inside}
    parent = {page.id: page.id for page in ordered}

    def top(one: str) -> str:
        while parent[one] != one:
            one = parent[one]
        return one

    def join(a: str, b: str) -> None:
        low, high = sorted((top(a), top(b)), key=rank.__getitem__)
        parent[high] = low

    for copy in inside:
        join(copy.report, copy.of)
    first: dict[str, str] = {}
    for page in ordered:
        key = _source(page, own=page.id not in passed_on)
        if key is not None:
            join(page.id, first.setdefault(key, page.id))
    return {page.id: top(page.id) for page in ordered}


def _source(page: Page, *, own: bool) -> str | None:
    """The one whose word a report is: the agency it credits, if only one, else its publisher; None for a copy."""
    if len(page.credits) == 1:
        return _key(page.credits[0])
    return _key(page.publisher) if own and page.publisher else None


def _key(name: str) -> str:
    """What a medium's name has of its own: "Halyard News Agency" and "Halyard" are one."""
    words = words_of(name)
    return " ".join(sorted(words - KINDS or words))


def _in_order(a: Page, b: Page) -> tuple[Page, Page]:
    """The earlier first; of one day the one that credits the other comes second, else the longer text is the source."""
    if a.published and b.published and a.published != b.published:
        return (a, b) if a.published < b.published else (b, a)
    for one, other in ((a, b), (b, a)):
        if other.publisher and any(alike(words_of(name), words_of(other.publisher)) for name in one.credits):
            return other, one
    return (a, b) if (-len(a.body), a.id) <= (-len(b.body), b.id) else (b, a)
