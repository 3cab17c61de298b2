"""The country a report is about, if that is clear: for "the government", "police" and the like without a country.

No link is better than a wrong one, so one country must have most of the mentions, or the dateline must name one that no
other outdoes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from gesta.records import Place, Report
from gesta.resolve.actors.countries import Country, countries, lookup
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
# Domains of countries used for anything.
_SOLD = frozenset({"ai", "am", "cc", "co", "fm", "gg", "io", "la", "me", "sh", "st", "tk", "to", "tv", "ws"})


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
    """Whether only the dateline tells it, or the outlet's address."""


def find_focus(mentions: Mentions, report: Report, places: Iterable[Place] = ()) -> Focus | None:
    """Return the country ``report`` is about, or None if that is not clear; ``places`` are those found in it."""
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
    return _of_outlet(report, counts, Counter(place.country for place in places)) if line is None else None


def _of_outlet(report: Report, counts: Counter[str], placed: Counter[str | None]) -> Focus | None:
    """Return the country of the outlet if the report names it, or places in it, as often as any other."""
    try:
        host = urlsplit(report.url or "").hostname or ""
    except ValueError:  # an address that is none says nothing of the outlet
        return None
    home = _by_domain().get(host.rpartition(".")[2])
    if home is None:
        return None
    whole = {iso3: counts[iso3] + placed[iso3] for iso3 in {*counts, *filter(None, placed)}}
    if not whole.get(home.iso3) or any(count > whole[home.iso3] for count in whole.values()):
        return None
    return Focus(home, True, False, f"the outlet's address ({host}), the report naming it", dateline=True)


@cache
def _by_domain() -> dict[str, Country]:
    """Return every country by the domain of its addresses, but those whose domain is sold to anybody."""
    table = {country.iso2.lower(): country for country in countries().values() if country.iso2}
    table["uk"] = table.pop("gb")
    return {domain: country for domain, country in table.items() if domain not in _SOLD}


def _dateline(report: Report) -> Country | None:
    found = _DATELINE.search(report.text[report.body_start : report.body_start + _HEAD])
    if found is None:
        return None
    for part in reversed(found["place"].split(", ")):
        match = lookup(part)
        if match is not None and match.how in {"name", "capital"}:
            return match.country
    return None
