"""Countries by name, demonym, capital or seat of government, and the peoples and regions that are no country.

Three tables beside this file: ``countries.tsv``, ``peoples.tsv`` and ``ambiguous.tsv``, all Gesta's own. Two rules:

**Case.** Forms set wholly in capitals of at most five letters ("US", "U.K.", "DRC") match exactly; a word that means
something else in lower case ("Turkey", "Polish", "White House") must begin with a capital; anything else matches in
any case. Accents, hyphens, "St." for "Saint", "&" for "and", a leading "the" and a possessive "'s" make no difference.

**Ambiguity.** No key belongs to two countries by accident: each that could is listed in ``ambiguous.tsv`` with the
reading we chose ("Congo" is DR Congo, "Korean" is South Korean, "Niger" is the country and "Nigerian" is of Nigeria),
the readings we passed over, and why. The match carries both, so that a caller who knows the context may overrule it. A
key listed there without a country matches nothing ("Victoria"). States that are gone (Soviet, Yugoslav) are left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from gesta.ontology.tables import many, number, read_table

How = Literal["name", "demonym", "capital", "metonym"]
PeopleKind = Literal["people", "region"]
CaseRule = Literal["any", "capital", "exact"]

# "FYROM" and "HKSAR" are the longest in the table; a longer run of capitals is a word in a headline.
_SHORT_FORM_LETTERS = 5
# Right quote and okina are apostrophes; hyphens and dashes part words.
_VARIANTS = str.maketrans(
    {"\u2019": "'", "\u02bb": "'", "-": " ", "\u2010": " ", "\u2011": " ", "\u2013": " ", "&": " and "}
)


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a dependency or a partially recognised entity.

    ``iso3`` is the key of the table: the ISO 3166-1 code, ``KOS`` for Kosovo as in PLOVER, and an invented code that
    begins with X for the eight entities without one (``XAB`` Abkhazia, ``XSL`` Somaliland ...), which must not leave
    Gesta: put ``code`` into events. ``cow`` and ``gw`` are the Correlates of War and Gleditsch-Ward numbers of the
    present state, ``fips`` the FIPS 10-4 code, ``latitude`` and ``longitude`` the rough centre in degrees. None where
    there is no such value. ``capitals`` are seats of government, whose names stand for it.
    """

    iso3: str
    iso2: str | None
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    sovereign: str | None
    pre: bool
    cow: int | None
    gw: int | None
    fips: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None

    @property
    def code(self) -> str:
        """The country code for an event: the sovereign's for dependencies and disputed entities, else ``iso3``."""
        return self.sovereign or self.iso3

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sector codes that come with the country: ``("PRE",)`` if it is partially recognised."""
        return ("PRE",) if self.pre else ()

    def spellings(self) -> Iterator[tuple[How, str]]:
        """Yield every spelling under which the country is looked up, names first."""
        yield "name", self.name
        yield from (("name", key) for key in self.names)
        yield from (("demonym", key) for key in self.demonyms)
        yield from (("capital", key) for key in self.capitals)
        yield from (("metonym", key) for key in self.metonyms)


@dataclass(frozen=True, slots=True)
class Match:
    """What a look-up found.

    ``key`` is the spelling in the table that matched; ``others`` are the codes of readings passed over (countries, and
    ``EUR`` for the European Union); ``why`` says why this reading, empty where there was nothing to choose.
    """

    country: Country
    how: How
    key: str
    others: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A people or region whose demonym names no state.

    ``countries`` says where (codes of ``countries()``), for information only, with one exception: a region with exactly
    one country lies wholly inside it, so "Scottish police" may be coded as the United Kingdom's. Disputed land stands
    under the state that the United Nations counts it to, whoever holds it, and under both where it counts it to none.
    """

    name: str
    demonyms: tuple[str, ...]
    kind: PeopleKind
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ruling:
    """One line of ``ambiguous.tsv``."""

    country: str | None
    others: tuple[str, ...]
    case: CaseRule
    why: str


@dataclass(frozen=True, slots=True)
class _Index:
    exact: Mapping[str, Match]
    folded: Mapping[str, tuple[Match, CaseRule]]


@cache
def countries() -> Mapping[str, Country]:
    """Return every country by its ``iso3``, read once per process."""
    return {row["iso3"]: _country(row) for row in read_table(__package__, "countries.tsv")}


def by_code(code: str) -> Country | None:
    """Return the country with this ISO 3166-1 code of three or two letters, or None. ``XKX`` is Kosovo too."""
    return _codes().get(code)


def lookup(name_or_demonym: str) -> Match | None:
    """Return the country that a name, demonym, capital or seat of government stands for, or None.

    Takes one expression, not a sentence: "Iraqi", "the White House", "Côte d'Ivoire". See the module for the rules on
    case and ambiguity.
    """
    index = _index()
    for form in _forms(name_or_demonym):
        if form in index.exact:
            return index.exact[form]
        found = index.folded.get(_fold(form))
        if found and (found[1] == "any" or form[:1].isupper()):
            return found[0]
    return None


@cache
def peoples() -> Mapping[str, People]:
    """Return every people and region by name, read once per process."""
    return {
        row["name"]: People(
            name=row["name"],
            demonyms=many(row["demonyms"]),
            kind=cast(PeopleKind, row["kind"]),
            countries=many(row["countries"]),
        )
        for row in read_table(__package__, "peoples.tsv")
    }


def people(name_or_demonym: str) -> People | None:
    """Return the people or region that a name or demonym stands for, or None.

    At least one capital is needed, since many of these are common words in lower case ("western", "slavic", "gulf").
    """
    if not any(character.isupper() for character in name_or_demonym):
        return None
    index = _people_index()
    return next((index[key] for form in _forms(name_or_demonym) if (key := _fold(form)) in index), None)


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"] or None,
        name=row["name"],
        names=many(row["names"]),
        demonyms=many(row["demonyms"]),
        capitals=many(row["capitals"]),
        metonyms=many(row["metonyms"]),
        sovereign=row["sovereign"] or None,
        pre=row["pre"] == "yes",
        cow=int(row["cow"]) if row["cow"] else None,
        gw=int(row["gw"]) if row["gw"] else None,
        fips=row["fips"] or None,
        geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
        latitude=number(row["latitude"]),
        longitude=number(row["longitude"]),
    )


def _fold(key: str) -> str:
    """Return ``key`` without what must not matter in a look-up: case, accents, hyphens, kinds of apostrophe."""
    letters = unicodedata.normalize("NFKD", key.translate(_VARIANTS))
    plain = "".join(character for character in letters if not unicodedata.combining(character)).casefold()
    return " ".join("saint" if word in {"st", "st."} else word for word in plain.split())


def _forms(text: str) -> Iterator[str]:
    """Yield ``text``, then what is left without a possessive, and each of them without a leading "the"."""
    # Composed, since a key that must match exactly ("Malé") is written so in the table.
    text = unicodedata.normalize("NFC", " ".join(text.split())).replace("\u2019", "'")
    forms = [text]
    if text.endswith("'s"):
        forms.append(text[:-2])
    elif text.endswith("s'"):
        forms.append(text[:-1])
    yield from forms
    yield from (form[4:] for form in forms if form[:4].casefold() == "the ")


def _is_short_form(key: str) -> bool:
    letters = key.replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= _SHORT_FORM_LETTERS


@cache
def _codes() -> Mapping[str, Country]:
    three = countries()
    two = {country.iso2: country for country in three.values() if country.iso2}
    return {**two, **three, "XKX": three["KOS"]}


def _rulings() -> dict[str, _Ruling]:
    return {
        _fold(row["key"]): _Ruling(row["country"] or None, many(row["others"]), cast(CaseRule, row["case"]), row["why"])
        for row in read_table(__package__, "ambiguous.tsv")
    }


@cache
def _index() -> _Index:
    """Build the look-up; ``ValueError`` if two countries share a key that ``ambiguous.tsv`` does not decide."""
    rulings = _rulings()
    exact: dict[str, Match] = {}
    folded: dict[str, tuple[Match, CaseRule]] = {}
    plain = _Ruling(None, (), "any", "")
    for country in countries().values():
        for how, key in country.spellings():
            fold = _fold(key)
            ruling = rulings.get(fold, plain)
            if ruling is not plain and ruling.country != country.iso3:
                continue
            match = Match(country, how, key, ruling.others, ruling.why)
            short = ruling.case == "exact" or _is_short_form(key)
            held = exact.get(key) if short else folded.get(fold, (None,))[0]
            if held is None and short:
                exact[key] = match
            elif held is None:
                folded[fold] = (match, ruling.case)
            elif held.country is not country:
                raise ValueError(f"{key!r} is both {held.country.iso3} and {country.iso3}: decide it in ambiguous.tsv")
    return _Index(exact, folded)


@cache
def _people_index() -> Mapping[str, People]:
    index: dict[str, People] = {}
    for one in peoples().values():
        for key in (one.name, *one.demonyms):
            held = index.setdefault(_fold(key), one)
            if held is not one:
                raise ValueError(f"{key!r} is both {held.name} and {one.name} in peoples.tsv")
    return index
