"""The country a report is about, if that is clear: for "the government", "police" and the like without a country.

No link is better than a wrong one, so one country must have most of the mentions, or the dateline must name one that no
other outdoes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from gesta.records import Report
from gesta.resolve.actors.countries import Country, lookup
from gesta.resolve.actors.mentions import Mentions

LEAST_SHARE = 0.6
"""Share of all mentions of countries that one must have; below it the report is about several."""
LEAST_MENTIONS = 2
SURE_MENTIONS = 3
"""Mentions needed, beside no other country at all, to give a country to a named office holder without one: reports on
one state quote the leaders of others by name."""

# "NAIROBI, Kenya (AP) --", "Baghdad, Jan 2 (AFP) -"; within the first lines, since a headline may stand before it.
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Za-z.'\u2019]+(?: [A-Z][A-Za-z.'\u2019]+){0,3}(?:, [A-Z][A-Za-z. ]+)?)"
    r"(?:, [^()\n\u2013\u2014-]{3,20})?\s?(?:\([^()\n]{2,40}\))?\s?(?:--|[\u2013\u2014]|- )",
    re.MULTILINE,
)
_HEAD = 400


@dataclass(frozen=True, slots=True)
class Focus:
    """The country a report is about.

    ``at_home`` unless the dateline is another's: then "the police" are still of the country written about, but "the
    president" may be of the one written from. ``sure`` if clear enough for named office holders; ``why`` in words.
    """

    country: Country
    at_home: bool
    sure: bool
    why: str
    dateline: bool = False
    """Whether only the dateline tells it."""


def find_focus(mentions: Mentions, report: Report) -> Focus | None:
    """Return the country ``report`` is about, or None if that is not clear."""
    counts: Counter[str] = Counter()
    named: dict[str, Country] = {}
    for at, mention in enumerate(mentions.countries):
        if mention is not None and mention.start == at:
            country = mention.match.country
            named[country.iso3] = country
            if mention.match.how in {"name", "demonym"}:
                counts[country.iso3] += 1
    total = sum(counts.values())
    line = _dateline(report)
    if counts:
        iso3, most = counts.most_common(1)[0]
        if most >= LEAST_MENTIONS and most >= LEAST_SHARE * total:
            at_home = line is None or line.iso3 == iso3
            sure = at_home and most >= SURE_MENTIONS and all(one == iso3 for one in named)
            return Focus(named[iso3], at_home, sure, f"{most} of the report's {total} mentions of countries")
    if line is not None and all(counts[line.iso3] >= count for count in counts.values()):
        return Focus(line, True, False, "the report's dateline", dateline=True)
    return None


def _dateline(report: Report) -> Country | None:
    found = _DATELINE.search(report.text[report.body_start : report.body_start + _HEAD])
    if found is None:
        return None
    for part in reversed(found["place"].split(", ")):
        match = lookup(part)
        if match is not None and match.how in {"name", "capital"}:
            return match.country
    return None
