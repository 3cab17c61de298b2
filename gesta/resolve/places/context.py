"""What the rest of a report says about where its toponyms lie: countries named, containers, the dateline.

Works on the text by offsets rather than on tokens, since making a token object costs more than all of this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from spacy.tokens import Doc, Span

from gesta.read.addresses import publisher_of
from gesta.records import Report
from gesta.resolve.actors.countries import by_code, lookup
from gesta.resolve.places.gazetteer import Gazetteer
from gesta.resolve.places.names import tidy
from gesta.resolve.places.toponyms import How, Toponym

_LONGEST_CONTAINER = 60
_LONGEST_PLACE = 3
_DATELINE_WITHIN = 600
"""Characters of the body in which a dateline may stand: after a byline, not in the middle of a report."""
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = "(?:--|[-\u2013\u2014:])"
_DATELINE = re.compile(
    r"^[ \t]*(?P<places>[^\W\d_][\w.'\u2019\- ]*?(?:[,/] ?[^\W\d_][\w.'\u2019\- ]*?){0,2}?)"
    rf"(?P<date>(?:,|-| -)? {_DAY})?(?P<agency> ?\([^()\n]{{2,60}}\))?(?P<dash> ?{_DASH})(?= |\n)",
    re.MULTILINE,
)
#: "MEXICO CITY (AP) The Senate": capitals and an agency need no dash.
_BARE_DATELINE = re.compile(
    r"^[ \t]*(?P<places>[A-Z][A-Z.'\u2019\- ]+[A-Z](?:, ?[^\W\d_][\w.'\u2019\- ]*?)?)"
    r" ?\([A-Z][A-Za-z/]{1,20}\)(?= [A-Z\"\u201c])",
    re.MULTILINE,
)
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w'\u2019]*(?:\.[A-Z]\.?)*")
_AFTER = re.compile(r"(?P<joint> ?, ?| \(| in (?:the )?)(?P<words>[^\W\d_a-z][^,;:()\n]*)")
# Domains sold to all the world say nothing of where a publisher sits.
_WORLDWIDE_DOMAINS = frozenset({"tv", "me", "io", "co", "fm", "ly", "cc", "ws", "to", "ai"})


@dataclass(frozen=True, slots=True)
class Container:
    """The place that another is said to lie in: a country or a first-level division ("IQ.13")."""

    country: str
    admin1: str | None
    text: str

    def holds(self, country: str | None, admin1: str | None) -> bool:
        """Whether a place of that country and division lies in it."""
        return self.country == country and self.admin1 in {None, admin1}


@dataclass(frozen=True, slots=True)
class Mention:
    """One toponym in the text: its tidied name, the number of its sentence, and what the words after it say.

    ``text`` are its own words; the name may hold more of those around them ("eastern Syria").
    """

    span: Span
    how: How
    facility: bool
    text: str
    start: int
    end: int
    name: str
    sentence: int
    containers: tuple[Container, ...]


@dataclass(frozen=True, slots=True)
class Clues:
    """What the report says as a whole.

    ``countries`` counts mentions by name or demonym; ``local`` has them by sentence; ``home`` is the country of the
    publisher's domain; ``dateline`` the span of the dateline's places; ``filed_from`` their country.
    """

    countries: Mapping[str, int]
    local: Mapping[int, frozenset[str]]
    home: str | None
    dateline: tuple[int, int] | None
    filed_from: str | None = None


class Sentences:
    """Finds the sentence of an offset; all is one sentence if the ``Doc`` has none."""

    def __init__(self, doc: Doc) -> None:
        """Read the sentence starts of ``doc``."""
        self._starts: list[int] = []
        if doc.has_annotation("SENT_START"):
            table = doc.to_array(["SENT_START", "IDX"])
            self._starts = table[table[:, 0] == 1, 1].tolist()

    def at(self, offset: int) -> int:
        """Return the number of the sentence that holds ``offset``."""
        return bisect_right(self._starts, offset)


def read_mentions(toponyms: Sequence[Toponym], text: str, sentences: Sentences, gazetteer: Gazetteer) -> list[Mention]:
    """Return what stands around each toponym of ``text``."""
    mentions = []
    for one in toponyms:
        own = text[one.start : one.end]
        containers = _outer_containers(text, one.end, gazetteer)
        name = _name_of(one.name, gazetteer)
        where = sentences.at(one.start)
        mentions.append(Mention(one.span, one.how, one.facility, own, one.start, one.end, name, where, containers))
    return mentions


def read_clues(doc: Doc, report: Report, sentences: Sentences) -> Clues:
    """Return the countries a report names, by name or by demonym, and where it was filed."""
    counts: Counter[str] = Counter()
    local: dict[int, set[str]] = {}
    for start, word in _country_words(doc, report.text):
        code = _country_of(word)
        if code:
            counts[code] += 1
            local.setdefault(sentences.at(start), set()).add(code)
    return Clues(
        countries=counts,
        local={number: frozenset(codes) for number, codes in local.items()},
        home=home_of(report.url),
        dateline=find_dateline(report),
    )


def find_dateline(report: Report) -> tuple[int, int] | None:
    """Return the span of the dateline's places ("KIRKUK, Iraq" of "KIRKUK, Iraq (Agency) -"), or None.

    Places in capitals suffice; otherwise a date, an agency or a spaced dash must follow. Whether what stands there are
    places at all is for the caller to see.
    """
    start = report.body_start
    for found in _DATELINE.finditer(report.text[start : start + _DATELINE_WITHIN]):
        first = found["places"].split(",")[0].split("/")[0].strip()
        spaced = found["dash"] in {" \u2013", " \u2014", " -", " --"} and len(first.split()) <= _LONGEST_PLACE
        if found["date"] or found["agency"] or spaced or (first.isupper() and len(first) > 2):
            return start + found.start("places"), start + found.end("places")
    bare = _BARE_DATELINE.search(report.text[start : start + _DATELINE_WITHIN])
    return (start + bare.start("places"), start + bare.end("places")) if bare else None


def _country_words(doc: Doc, text: str) -> list[tuple[int, str]]:
    """Return what may name a country, with its offset: names found, and single capitalised words outside them.

    Of an organisation's name the first word is taken: "Iraqi army".
    """
    spans = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    words = [(start, tidy(text[start:end])) for start, end, label in spans if label in {"Location", "NORP"}]
    words += [(start, text[start:end].split(maxsplit=1)[0]) for start, end, label in spans if label == "Organization"]
    gaps = zip([0, *(end for _, end, _ in spans)], [*(start for start, _, _ in spans), len(text)], strict=True)
    found = chain.from_iterable(_CAPITALISED.finditer(text, start, end) for start, end in gaps)
    return words + [(word.start(), word.group()) for word in found]


@lru_cache(maxsize=100_000)
def _country_of(text: str) -> str | None:
    """Return the country that ``text`` names beyond doubt, by name or demonym."""
    match = lookup(text)
    return match.country.iso3 if match and match.how in {"name", "demonym"} and not match.others else None


def home_of(url: str | None) -> str | None:
    """Return the country of the publisher's domain (".uk"), or None."""
    host = publisher_of(url) or ""
    domain = host.rsplit(".", 1)[-1]
    if len(domain) != 2 or domain in _WORLDWIDE_DOMAINS:
        return None
    country = by_code("GB" if domain == "uk" else domain.upper())
    return country.iso3 if country else None


def _name_of(text: str, gazetteer: Gazetteer) -> str:
    """Return the name to look up; the stop of a short form ("Ga.") is part of it."""
    bare = text.strip()
    return bare if bare.endswith(".") and gazetteer.short(bare) else tidy(text)


def _outer_containers(text: str, end: int, gazetteer: Gazetteer) -> tuple[Container, ...]:
    """Return what stands right after a toponym as the place around it: "Paris (Texas)", "Hawija in Iraq"."""
    found: list[Container] = []
    while (after := _AFTER.match(text, end, end + _LONGEST_CONTAINER)) and len(found) < 2:
        words: Sequence[str] = after["words"].split(" ")[:4]
        for length in range(len(words), 0, -1):
            one = read_container(" ".join(words[:length]), gazetteer)
            if one:
                found.append(one)
                end = after.start("words") + len(" ".join(words[:length]))
                break
        else:
            break
        if "in" in after["joint"]:
            break
    return tuple(found)


def read_container(text: str, gazetteer: Gazetteer) -> Container | None:
    """Return the country or division that ``text`` names, short forms ("Ill.") included, or None."""
    return _read_container(text, gazetteer) if text[:1].isupper() else None


@lru_cache(maxsize=50_000)
def _read_container(text: str, gazetteer: Gazetteer) -> Container | None:
    divisions = [entry for entry in gazetteer.lookup(text) if entry.kind == "province" and entry.how != "loose"]
    match = lookup(text.rstrip("."))
    if match and match.how == "name" and not (divisions and match.others):
        return Container(match.country.iso3, None, text)
    # "Ga." and "GA" are short forms; "Ga" is not worth the risk.
    if not divisions and (text.isupper() or text.endswith(".")):
        divisions = list(gazetteer.short(text))
    if not divisions and text.endswith("."):
        divisions = [entry for entry in gazetteer.lookup(text.rstrip(".")) if entry.kind == "province"]
    if not divisions:
        return None
    best = max(divisions, key=lambda entry: (entry.how == "name", entry.population, entry.admin1 or ""))
    return Container(best.country, best.admin1, text)
