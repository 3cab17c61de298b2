"""What a toponym may stand for, before any context: countries, regions, and the gazetteer's places.

Each candidate has a ``prior``, the part of its score that needs no context. The scale is decimal orders of population:
a city of ten million has 7, and everything else is set against that. Hand-set; nothing is learnt.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from gesta.ontology.tables import many, number, read_table
from gesta.records import Precision
from gesta.resolve.actors.countries import Country, by_code, lookup, people
from gesta.resolve.places.features import noun_of
from gesta.resolve.places.gazetteer import Entry, Gazetteer
from gesta.resolve.places.names import fold, is_facility

COUNTRY_PRIOR = 9.0
"""A bare country name is the country, unless the text says otherwise: no city reaches this without a clue."""
AMBIGUOUS_COUNTRY_PRIOR = 9.5
"""A country whose name is also that of a large place elsewhere (Georgia): that one's own prior is as high."""
REGION_PRIOR = 8.5
DEMONYM_PRIOR = 8.0
PREFERRED_BONUS = 1.0
"""The name is what GeoNames calls the place, not one of its other names."""
CAPITAL_BONUS = 1.5
SPELLED_SO_BONUS = 0.2
"""Even the accents and capitals agree."""
FAME = 0.8
"""Times the decimal logarithm of how many other names a place has: what all speak of has a name in every language."""
SHORT_PRIOR = 6.5
"""A short form of a division ("Calif.") standing by itself."""
CODE_LOSS = 1.5
LOOSE_LOSS = 0.5
COUNTRY_NAMESAKE_LOSS = 6.0
"""A place in the country that has the same name: bare "Mexico" is the country."""
PEOPLE_NAMESAKE_LOSS = 2.0
"""A place with the name of a people or a demonym ("Arab" in Alabama)."""
NAMESAKE_LOSS = 2.0
"""A division that shares its name with a city inside it: bare "Kirkuk" is the city, "Kirkuk province" is not."""
NAMESAKE_SHARE = 0.25
"""That, where the city is only called so too, and holds so much of the division's people."""
UNKNOWN_POPULATION = 700
"""For places whose population GeoNames does not give, unless they are obscure; most have at least 500."""
OBSCURE_POPULATION = 30
"""The same for obscure ones, of which a GeoNames dump has millions."""
LANDMARK_POPULATION = 5_000
"""The same for sites and regions that are not obscure: alone in bearing its name, one of some fame is meant."""
SITE_BONUS = 2.0
"""A site called by its full name, generic word and all: "Kirkuk Airport" is hardly anything else."""
STRONG_PRIOR = 7.5
"""A city this well known may be read inside another name ("Erbil airport") without being mentioned elsewhere."""
_ACRONYM_LETTERS = 3
_MOST_INITIALS = 4
_NOUNS = frozenset({"site", "region"})
_POLITIES = frozenset({"republic", "emirate", "kingdom", "federation", "union", "state"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a toponym.

    ``weak`` ones count only if the report mentions the same place by itself, ``unsure`` ones only if it names their
    country.
    """

    name: str
    prior: float
    feature: str
    precision: Precision
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    capital: bool = False
    weak: bool = False
    unsure: bool = False
    why: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[int | None, str, str | None, str | None]:
        """What tells two candidates apart."""
        return self.geonames_id, self.feature, self.country, self.admin1


def country_candidate(country: Country, *, prior: float = COUNTRY_PRIOR, why: str = "name of a country") -> Candidate:
    """Return the reading as a country: no coordinates, since a country is no point.

    An entity without a code of its own (Abkhazia) is a region of the state it is counted to.
    """
    if country.iso3.startswith("X"):
        return Candidate(country.name, prior, "area", "region", country=country.code, why=("disputed territory",))
    return Candidate(
        country.name, prior, "country", "country", geonames_id=country.geonames_id, country=country.iso3, why=(why,)
    )


def initialled(name: str, named: Iterable[str]) -> tuple[Candidate, ...]:
    """Return the country whose initials ``name`` is ("SA"), if just one of those that the report names has such."""
    letters = name.replace(".", "")
    if not (letters.isupper() and 2 <= len(letters) <= _MOST_INITIALS) or lookup(name) is not None:
        return ()
    meant = [country for code in sorted(named) if (country := by_code(code)) and _initials(country.name) == letters]
    return (country_candidate(meant[0], why=f"initials of {meant[0].name}"),) if len(meant) == 1 else ()


def _initials(name: str) -> str:
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def exact(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the readings of the whole of ``name``."""
    found: list[Candidate] = []
    match = lookup(name)
    named = match.country.iso3 if match and match.how == "name" else None
    if match and match.how == "name":
        prior = AMBIGUOUS_COUNTRY_PRIOR if "USA" in match.others else COUNTRY_PRIOR
        found.append(country_candidate(match.country, prior=prior))
    elif match and match.how == "demonym":
        found.append(country_candidate(match.country, prior=DEMONYM_PRIOR, why="demonym"))
    elif match and match.how == "metonym":
        found += _seat(match.country, name, gazetteer)
    table = listed().get(fold(name))
    if table:
        found.append(table)
    entries = gazetteer.lookup(name)
    others, loss = ([], 0.0) if _is_area(entries) else _of_people(name, gazetteer)
    for one in (_of_entry(entry, entries, name) for entry in entries):
        less = COUNTRY_NAMESAKE_LOSS if named and one.country == named else loss
        found.append(replace(one, prior=one.prior - less) if less else one)
    return found + others


def _is_area(entries: tuple[Entry, ...]) -> bool:
    """Whether a division is called so: then no people or demonym is meant ("North Kivu")."""
    return any(entry.kind == "province" and entry.how == "name" for entry in entries)


def _of_people(name: str, gazetteer: Gazetteer) -> tuple[list[Candidate], float]:
    """Return the region whose demonym ``name`` is ("Scottish"), and what other places of that name lose by it."""
    one = people(name)
    if one is None or (one.name == name and one.kind == "region"):
        return [], 0.0
    if one.kind == "people":
        return [], PEOPLE_NAMESAKE_LOSS
    bases = [base for base in exact(one.name, gazetteer) if base.precision != "city"]
    return [replace(base, why=("demonym", *base.why)) for base in bases], PEOPLE_NAMESAKE_LOSS


def short_forms(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the divisions with this short form: "Calif.", "N.J.", "BC"."""
    entries = gazetteer.short(name)
    return [
        replace(_of_entry(entry, (entry,), name), prior=SHORT_PRIOR, unsure=False, why=(f"short form of {entry.name}",))
        for entry in entries
    ]


def _of_entry(entry: Entry, entries: tuple[Entry, ...], name: str) -> Candidate:
    hamlet = entry.obscure and entry.kind == "city"
    prior = math.log10(entry.population or _unknown_population(entry))
    # How a dump spells a hamlet in other scripts says nothing of its fame.
    prior += 0.0 if hamlet else FAME * math.log10(1 + entry.fame)
    if entry.kind == "site" and is_facility(name):
        prior += SITE_BONUS
    why = [f"{entry.kind} of {entry.population:,} people" if entry.population else entry.kind]
    if entry.how == "name":
        prior += PREFERRED_BONUS + (SPELLED_SO_BONUS if entry.name == name else 0.0)
        why.append("preferred name")
    elif entry.how == "short":
        prior -= CODE_LOSS
    elif entry.how == "loose":
        prior -= LOOSE_LOSS
        why.append("by transliteration")
    # Delhi is called New Delhi too, but that is New Delhi.
    if entry.capital and (entry.how == "name" or not any(one.capital and one.how == "name" for one in entries)):
        prior += CAPITAL_BONUS
        why.append("seat of government")
    if entry.kind != "city" and any(_is_namesake(other, entry) for other in entries):
        prior -= NAMESAKE_LOSS
    return Candidate(
        name=entry.name,
        prior=prior,
        feature="capital" if entry.capital else noun_of(entry.feature) if entry.kind in _NOUNS else entry.kind,
        precision=entry.kind,
        geonames_id=entry.geonames_id,
        latitude=entry.latitude,
        longitude=entry.longitude,
        country=entry.country or None,
        admin1=entry.admin1,
        capital=entry.capital,
        unsure=entry.obscure or entry.how in {"short", "loose"} or (entry.how == "name" and _is_acronym(name)),
        why=tuple(why),
    )


def _is_namesake(city: Entry, division: Entry) -> bool:
    """Whether a city takes a division's name: New York does, but "Oklahoma" is not short for Oklahoma City."""
    if city.kind != "city" or city.admin1 != division.admin1 or city.how == "loose":
        return False
    return city.how == "name" or city.population >= NAMESAKE_SHARE * division.population


def _unknown_population(entry: Entry) -> int:
    """Return what a place is weighed by whose population nobody states, or that has none."""
    if entry.obscure:
        return OBSCURE_POPULATION
    return LANDMARK_POPULATION if entry.kind in _NOUNS else UNKNOWN_POPULATION


def _is_acronym(name: str) -> bool:
    """Whether ``name`` is hardly the town it spells: "OAS" is not Oas, while "PARIS" may well be Paris."""
    return name.isupper() and len(name) <= _ACRONYM_LETTERS


def _seat(country: Country, name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the capital for its palace ("the White House"), the country for its form ("the Islamic Republic")."""
    if not _POLITIES.isdisjoint(name.casefold().split()):
        return [country_candidate(country, why="name of the state")]
    for capital in country.capitals:
        for entry in gazetteer.lookup(capital):
            if entry.capital and entry.country == country.iso3:
                city = _of_entry(entry, (entry,), capital)
                why = (f"seat of the government of {country.name}, in {entry.name}",)
                return [replace(city, name=name, prior=COUNTRY_PRIOR, feature="facility", why=why)]
    return []


@cache
def listed() -> Mapping[str, Candidate]:
    """Return what we list ourselves, by folded name: continents, seas and regions, without points; and known sites."""
    found: dict[str, Candidate] = {}
    for row in read_table(__package__, "regions.tsv"):
        country = by_code(row["country"]) if row["country"] else None
        region = Candidate(
            row["name"],
            COUNTRY_PRIOR if row["kind"] == "continent" else REGION_PRIOR,
            row["kind"],
            "region",
            geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
            country=country.code if country else None,
            why=(f"{row['kind']} of the table of regions",),
        )
        for name in (row["name"], *many(row["names"])):
            found[fold(name)] = region
    for row in read_table(__package__, "sites.tsv"):
        site = Candidate(
            row["name"],
            REGION_PRIOR,
            "facility",
            "site",
            latitude=number(row["latitude"]),
            longitude=number(row["longitude"]),
            country=row["country"],
            # There is a Tahrir Square in Baghdad and one in Sanaa, too.
            unsure=row["shared"] == "yes",
            why=("site of the table of sites",),
        )
        for name in (row["name"], *many(row["names"])):
            found[fold(name)] = site
    return found
