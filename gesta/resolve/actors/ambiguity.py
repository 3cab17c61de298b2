"""Overruling the tables where the report's own words say which of two countries a short form stands for.

``countries`` reads "Congolese" as of DR Congo. In a report that names the Republic of the Congo, and never DR Congo by
a form of its own, the other reading is the right one. Only for countries of which one's name is part of the other's;
where names are unrelated ("Georgia" and the United States) naming the other proves nothing.
"""

from __future__ import annotations

from dataclasses import replace

from gesta.resolve.actors.countries import Match, countries
from gesta.resolve.actors.mentions import Mentions

_STEM = 5
"""Letters of "Congolese", "Guinean", "Korean" that the other country's name must contain."""


def settle(mentions: Mentions) -> None:
    """Replace the matches of ``mentions.countries`` that the report itself overrules."""
    plain = {one.match.country.iso3 for one in mentions.countries if one is not None and not one.match.others}
    for at, mention in enumerate(mentions.countries):
        if mention is None or mention.start != at or not mention.match.others:
            continue
        settled = _settled(mention.match, plain)
        if settled is not None:
            span = slice(mention.start, mention.end)
            mentions.countries[span] = [replace(mention, match=settled)] * (mention.end - mention.start)


def _settled(match: Match, plain: set[str]) -> Match | None:
    if match.country.iso3 in plain or match.key == match.country.name:
        return None
    stem = match.key[:_STEM]
    rivals = [code for code in match.others if code in plain and stem in countries()[code].name]
    if len(rivals) != 1:
        return None
    country = countries()[rivals[0]]
    why = f"the report names {country.name} and not {match.country.name}"
    return Match(country, match.how, match.key, (match.country.iso3,), why)
