"""Reading a toponym whose whole is no entry: its generic words, its direction, the place inside its name."""

from __future__ import annotations

import re
from dataclasses import replace

from gesta.resolve.places.candidates import (
    NAMESAKE_LOSS,
    REGION_PRIOR,
    STRONG_PRIOR,
    Candidate,
    exact,
    short_forms,
)
from gesta.resolve.places.gazetteer import Gazetteer
from gesta.resolve.places.names import (
    Dissected,
    dissect,
    fold,
    generic_words,
    is_direction,
    is_facility,
    tidy,
    words_of_countries,
)

_MOST = 40
_OWNER = re.compile("(?P<owner>.+?)['\u2019]s (?P<own>.+)")
_COMMA = re.compile("(?P<own>[^,]+), ?(?P<owner>[^,]+)")
_INSIDE_WORDS = frozenset({"in", "near", "at", "outside", "of", "from"})


def read(name: str, gazetteer: Gazetteer, *, facility: bool) -> tuple[Candidate, ...]:
    """Return the readings of the tidied ``name``, best prior first; empty if it is not known at all.

    ``facility`` says that it is labelled so: then a city inside the name counts for more than a generic word.
    """
    if is_direction(name) or not any(letter.isupper() for letter in name):
        return ()
    short = short_forms(name, gazetteer)
    found = short if short and name.endswith(".") else exact(name, gazetteer)
    if found is not short and (name.isupper() or not found):
        found += short
    if not found and (parts := dissect(name)):
        found = _read_parts(name, parts, gazetteer, facility=facility)
    if not found and (owned := _OWNER.match(name) or _COMMA.match(name)):
        found = _owned(name, owned, gazetteer, facility=facility)
    if not found:
        found = _inside(name, gazetteer, facility=facility)
    return tuple(sorted(found, key=lambda one: (-one.prior, one.geonames_id or 0, one.name))[:_MOST])


def _owned(name: str, owned: re.Match[str], gazetteer: Gazetteer, *, facility: bool) -> list[Candidate]:
    """Read "Melbourne's Fitzroy", "Jongno District, central Seoul": what lies with the owner, else somewhere in it."""
    own = read(owned["own"], gazetteer, facility=facility)
    owners = [one for one in read(owned["owner"], gazetteer, facility=False) if not one.weak and not one.unsure]
    if not owners or owners[0].why[0] == "demonym":
        return list(own)
    return [one for one in own if _lies_in(one, owners[0])] or [_part(name, "some", owners[0])]


def _lies_in(one: Candidate, other: Candidate) -> bool:
    return one.country == other.country and other.admin1 in {None, one.admin1}


def _read_parts(name: str, parts: Dissected, gazetteer: Gazetteer, *, facility: bool) -> list[Candidate]:
    """Return readings of a name with a generic word or direction, from the readings of its core."""
    if parts.kind == "facility" or (facility and parts.kind in {"water", "land"}):
        return _inside(name, gazetteer, facility=True)
    whole = [] if fold(parts.core) in generic_words() else exact(parts.core, gazetteer)
    if not whole and (inner := dissect(parts.core)):
        whole = _read_parts(parts.core, inner, gazetteer, facility=facility)
    if local := words_of_countries().get(parts.word):
        whole = [one for one in whole if one.country in local]
    if parts.kind == "part":
        return [_part(name, parts.word, base) for base in whole if base.why[0] != "demonym"]
    states = [one for one in whole if one.precision == "country" and parts.linked]
    if parts.kind in {"water", "land"}:
        return states or [Candidate(name, REGION_PRIOR, parts.kind, "region", why=(f"{parts.word} by its name",))]
    cities = [one for one in whole if one.precision == "city"]
    if parts.kind == "city":
        return cities
    regions = [one for one in whole if one.precision == "region"]
    return states or _divisions(parts, whole) or regions or [_around(name, one, parts) for one in cities]


def _divisions(parts: Dissected, whole: list[Candidate]) -> list[Candidate]:
    """Return the divisions of the level that the generic word says, else those of the other level."""
    kinds = ("province", "district") if parts.kind == "province" else ("district", "province")
    for kind in kinds:
        found = [replace(one, prior=one.prior + NAMESAKE_LOSS) for one in whole if one.precision == kind]
        if found:
            return found
    return []


def _part(name: str, direction: str, base: Candidate) -> Candidate:
    """Return the ``direction`` part of ``base``: a region without a point, or somewhere in the city."""
    why = (f"{direction} part of {base.name}", *base.why)
    if base.precision == "city":
        return replace(base, name=name, feature="area", capital=False, why=why, weak=not _is_strong(base))
    return replace(
        base, name=name, geonames_id=None, feature="area", precision="region", latitude=None, longitude=None, why=why
    )


def _around(name: str, city: Candidate, parts: Dissected) -> Candidate:
    """Return the division a city gives its name to, where we know it by no other: a district lies about its city.

    A province named after a city gets no point, since its middle may be far from there.
    """
    one = replace(city, name=name, capital=False, why=(f"named after {city.name}", *city.why))
    if parts.kind == "district":
        return replace(one, feature="district", precision="district")
    return replace(one, geonames_id=None, latitude=None, longitude=None, feature="province", precision="province")


def beside(name: str, place: Candidate) -> Candidate | None:
    """Return an unknown facility as lying in or by ``place``, the city named right after it."""
    if place.precision != "city":
        return None
    return replace(place, name=name, feature="facility", capital=False, why=(f"{place.name} is named right after it",))


def _inside(name: str, gazetteer: Gazetteer, *, facility: bool) -> list[Candidate]:
    """Return the places that a name puts itself in: "US embassy in Baghdad", "Erbil airport"."""
    words = name.replace(",", " in ").split()
    for at in range(len(words) - 1, 1, -1):
        if words[at - 1].casefold() in _INSIDE_WORDS:
            linked = words[at - 1].casefold() != "of"
            found = _holders(name, exact(tidy(" ".join(words[at:])), gazetteer), linked=linked)
            if found:
                return found
    for length in range(min(3, len(words) - 1), 0, -1):
        head = " ".join(words[:length])
        if fold(head) not in generic_words():
            found = _holders(name, exact(head, gazetteer), linked=False)
            if found:
                sure = facility or is_facility(name)
                return [one if sure else replace(one, weak=one.precision == "city") for one in found]
    return []


def _holders(name: str, places: list[Candidate], *, linked: bool) -> list[Candidate]:
    """Return ``name`` as lying in each of ``places``, if their likeliest reading is one to hold a facility.

    Unless "in" links it, a country says nothing ("Kuwait Hospital" may stand anywhere), and a city must be large or
    mentioned elsewhere: "Lincoln Memorial".
    """
    best = max(places, key=lambda one: one.prior, default=None)
    if best is None or best.precision == "region" or best.feature == "facility" or best.why[0] == "demonym":
        return []
    if best.precision == "country":
        return [_in_area(name, best)] if linked else []
    if best.precision != "city":
        return [_in_area(name, one) for one in places if one.precision == best.precision]
    strong = linked or _is_strong(best)
    return [
        replace(
            one,
            name=name,
            feature="facility",
            capital=False,
            weak=not strong,
            why=(f"in {one.name}, by its name", *one.why),
        )
        for one in places
        if one.precision == "city"
    ]


def _in_area(name: str, area: Candidate) -> Candidate:
    """Return ``name`` as somewhere in a country or division: no point."""
    return replace(
        area,
        name=name,
        geonames_id=None,
        latitude=None,
        longitude=None,
        feature="facility",
        precision="region",
        why=(f"in {area.name}, by its name", *area.why),
    )


def _is_strong(city: Candidate) -> bool:
    return city.capital or city.prior >= STRONG_PRIOR
