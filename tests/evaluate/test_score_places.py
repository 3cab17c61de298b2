"""The scorer of toponyms on an article of our own, with the real coder."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.evaluate import places
from gesta.evaluate.geowebnews import read_geowebnews
from gesta.evaluate.score_places import kilometres

TEXT = "Farmers marched through Kano in Nigeria on Monday, and Abuja rejected their demands."


def toponym(name: str, kind: str, geonames_id: int | str, latitude: float, longitude: float) -> str:
    start = TEXT.index(name)
    return (
        f"<toponym><extractedName>{name}</extractedName><type>{kind}</type><start>{start}</start>"
        f"<end>{start + len(name)}</end><geonamesID>{geonames_id}</geonamesID><latitude>{latitude}</latitude>"
        f"<longitude>{longitude}</longitude></toponym>"
    )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    kano = toponym("Kano", "Literal", 2335204, 12.0, 8.52)
    nigeria = toponym("Nigeria", "Literal", 2328926, 10.0, 8.0)
    abuja = toponym("Abuja", "Metonymic", 2352778, 9.06, 7.49)
    other = toponym("Farmers", "Non_Toponym", "", 0, 0)
    path = tmp_path / "articles.xml"
    path.write_text(
        f'<articles><article file="3"><link>http://x.example/1</link><text>{TEXT}</text><toponyms>{abuja}{kano}'
        f"{nigeria}{other}</toponyms></article></articles>",
        encoding="utf-8",
    )
    return path


def test_an_article_is_read(articles: Path) -> None:
    (article,) = read_geowebnews(articles)
    assert [(one.text, one.use) for one in article.toponyms] == [
        ("Kano", "literal"),
        ("Nigeria", "literal"),
        ("Abuja", "associative"),
    ]


def test_finding_use_and_place_are_scored(coder: Coder, articles: Path) -> None:
    score = places(articles, coder=coder, peers=True)
    assert score.figure("toponyms F1") == 1.0 and score.figure("use of those found") == 1.0
    assert score.figure("held by the index") == 1.0
    assert score.figure("country right") == score.figure("place right") == 1.0
    assert score.figure("end to end, literal") == 1.0
    assert {row.name for row in score.rows} >= {"most populous of the name", "country", "city"}


def test_a_half_without_articles_is_an_error(coder: Coder, articles: Path) -> None:
    with pytest.raises(UsageError, match="no article"):
        places(articles, coder=coder, half="even")
    with pytest.raises(UsageError, match="no GeoWebNews"):
        places(articles.parent / "none.xml", coder=coder)


def test_kilometres() -> None:
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.2, abs=0.2)
    assert kilometres(90, 0, -90, 0) == pytest.approx(20015, abs=10)
    assert kilometres(5, 5, 5, 5) == 0
