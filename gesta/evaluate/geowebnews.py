"""Read GeoWebNews (Gritta, Pilehvar and Collier 2019): articles with toponyms, their use, and GeoNames ids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal
from xml.etree import ElementTree

from gesta.errors import UsageError
from gesta.evaluate.halves import Half, half_of_number, wanted
from gesta.records import Frozen
from gesta.text import settle

Use = Literal["literal", "associative"]

#: The types of its taxonomy by use. What is none of the two (a "mixed" or "coerced" toponym stands for a place and for
#: more, so it is literal) is no toponym: expressions without a name ("the country") and names of other things.
USES: Final[dict[str, Use]] = {
    "Literal": "literal",
    "Literal_Modifier": "literal",
    "Mixed": "literal",
    "Coercion": "literal",
    "Embedded_Literal": "literal",
    "Embedded_Non_Lit": "associative",
    "Non_Literal_Modifier": "associative",
    "Metonymic": "associative",
    "Demonym": "associative",
    "Language": "associative",
    "Homonym": "associative",
}


class Toponym(Frozen, frozen=True):
    """One toponym: where it stands, its type in the set's taxonomy, and what it stands for if that is known."""

    start: int
    end: int
    text: str
    type: str
    geonames_id: int | None
    latitude: float | None
    longitude: float | None

    @property
    def use(self) -> Use:
        """Whether the place itself is meant."""
        return USES[self.type]


class PlacedText(Frozen, frozen=True):
    """One article with its toponyms, in text order."""

    number: int
    text: str
    url: str | None
    toponyms: tuple[Toponym, ...]


def read_geowebnews(path: Path, *, half: Half = "all") -> Iterator[PlacedText]:
    """Yield the articles of the file; ``UsageError`` if it is no such file or the half has none."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise UsageError(f"is no GeoWebNews file ({error})", where=str(path), remedy="Give its XML.") from error
    articles = [a for a in root.iter("article") if wanted(half_of_number(_number(a, path)), half)]
    if not articles:
        raise UsageError("has no article to score", where=str(path), remedy="Give GeoWebNews.xml.")
    for article in articles:
        text, url = article.findtext("text", ""), article.findtext("link")
        try:
            toponyms = sorted(_toponyms(article, text), key=lambda one: one.start)
        except ValueError as error:
            where = f"{path}, article {article.get('file')}"
            raise UsageError(f"a toponym cannot be read ({error})", where=where, remedy="Repair it.") from error
        yield PlacedText(_number(article, path), settle(text), url, tuple(toponyms))


def _number(article: ElementTree.Element, path: Path) -> int:
    given = article.get("file", "0")
    if not given.isdigit():
        raise UsageError(f"an article has the number {given!r}", where=str(path), remedy="Give GeoWebNews.xml.")
    return int(given)


def _toponyms(article: ElementTree.Element, text: str) -> Iterator[Toponym]:
    plain = settle(text) == text
    for one in article.iter("toponym"):
        kind, given = one.findtext("type", ""), one.findtext("geonamesID") or ""
        if kind not in USES:
            continue
        start, end = int(one.findtext("start", "0")), int(one.findtext("end", "0"))
        latitude, longitude = one.findtext("latitude") or "", one.findtext("longitude") or ""
        yield Toponym(
            start=start if plain else len(settle(text[:start])),
            end=end if plain else len(settle(text[:end])),
            text=one.findtext("extractedName", ""),
            type=kind,
            geonames_id=int(given) if given.strip().isdigit() else None,
            latitude=float(latitude) if latitude else None,
            longitude=float(longitude) if longitude else None,
        )
