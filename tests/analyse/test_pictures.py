"""Pictures: what they say, that they are the same each time, and that nothing odd makes them fail."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from gesta.analyse.counts import Counts
from gesta.analyse.pictures import draw_chain, draw_forecast, draw_reciprocity, draw_series
from gesta.analyse.pictures.chain_rows import in_order, rows_of, tall
from gesta.analyse.pictures.reciprocity import come
from gesta.analyse.pictures.sheet import mixed
from gesta.errors import UsageError
from gesta.records import (
    Agreed,
    Direction,
    Escalation,
    Incident,
    Party,
    Period,
    Range,
    Response,
    Series,
    Shift,
    Site,
)
from gesta.records.forecasts import Backtest, Calibration, Forecast, Outlook, Prospect, Step
from gesta.records.reciprocity import Answering, Estimate, Fitness, Influence, Reciprocity

matplotlib = pytest.importorskip("matplotlib")
FIRST = date(2024, 1, 1)


def week(at: int) -> date:
    return FIRST + timedelta(weeks=at)


def direction(source: str, target: str, weeks: int) -> Direction:
    rows = [(at % 3, at % 2, at % 5, at % 4) for at in range(weeks)]
    periods = tuple(Period(start=week(at), incidents=sum(row), quads=row) for at, row in enumerate(rows))
    return Direction(source=source, target=target, periods=periods)


def series(weeks: int = 40, **more: Any) -> Series:
    last = week(weeks) - timedelta(days=1)
    there, back = direction("USA", "IRN", weeks), direction("IRN", "USA", weeks)
    return Series(
        by="week", level="country", first=FIRST, last=last, since=FIRST, until=last, directions=(there, back), **more
    )


ESCALATION = Escalation(
    shifts=((Shift(start=week(9), before=1.2, after=3.4), Shift(start=week(11), before=3.4, after=0.05)), ()),
    standings=(),
)


def estimate(best: float, low: float, high: float) -> Estimate:
    return Estimate(best=best, low=low, high=high)


def reciprocity() -> Reciprocity:
    answers = Influence(
        by="IRN", after="USA", strength=estimate(0.42, 0.2, 0.71), half_life=estimate(3.1, 1.2, 60), verdict="answers"
    )
    none = Influence(by="USA", after="IRN", strength=estimate(0.05, 0, 0.18), verdict="no answer seen")
    own = Influence(by="USA", after="USA", strength=estimate(0.3, 0.1, 0.5))
    badly = Fitness(chance=0.01, word="fits badly")
    sides = (Answering(side="USA", incidents=1312, fitness=badly), Answering(side="IRN", incidents=211))
    return Reciprocity(
        sides=sides, first=FIRST, last=date(2024, 12, 31), influences=(own, none, answers), verdict="answers"
    )


def prospect(name: str, *, beats: bool) -> Prospect:
    outlook = {"mean": 2.0, "median": 2, "within50": (1, 3), "within80": (0, 4), "within95": (0, 6), "any": 0.9}
    steps = tuple(
        Step(
            ahead=at,
            start=week(39 + at),
            model=Outlook(forecaster="model", **outlook),
            baseline=Outlook(forecaster="climatology", **outlook),
            shown="model" if beats and at < 3 else "climatology",
        )
        for at in (1, 2, 3, 4)
    )
    calibration = tuple(
        Calibration(forecaster=who, inside50=0.5, inside80=0.83, inside95=0.96, pit=(0.1,) * 10)
        for who in ("model", "climatology")
    )
    tested = Backtest(
        origins=98, first=week(5), errors=(), best="climatology", skill=0.12 if beats else -0.03, skill_by_ahead=(),
        chances=(), calibration=calibration,
    )  # fmt: skip
    return Prospect(series=name, steps=steps, backtest=tested, beats=beats, reach=2 if beats else 0)


def forecast() -> tuple[Counts, Forecast]:
    counts = Counts.of(FIRST, "week", {name: np.arange(40) % 5 for name in ("verbal", "material", "rare")})
    rare = Prospect(series="rare", sentence="Too little to forecast rare.")
    prospects = (prospect("verbal", beats=True), prospect("material", beats=False), rare)
    return counts, Forecast(period="week", first=FIRST, known=40, ahead=4, prospects=prospects)


def incident(at: int, source: str, day: date | None, **more: Any) -> Incident:
    party, other = Party(actor=source, name=source, country=source[:3].upper()), Party(actor="x", name="Elsewhere")
    agreed = Agreed(type="ASSAULT", modality="happened", ontology="plover", sources=(party,), targets=(other,),
                    start=day, end=day, place=Site(name=f"Place {at}"), **more)  # fmt: skip
    return Incident(id=f"i{at}", events=("e",), reports=1, independent_sources=1, agreed=agreed)


def chain() -> tuple[list[Incident], list[Response]]:
    toll = Range(kind="killed", low=3, best=4, high=7)
    incidents = [incident(at, "AB"[at % 2], FIRST + timedelta(days=at // 3), tolls=(toll,)) for at in range(15)]
    responses = [
        Response(cause="i0", answer="i1", basis="stated", cue="in retaliation for", lag=0),
        Response(cause="i1", answer="i4", basis="inferred", lag=1),
        Response(cause="i1", answer="i5", basis="stated", lag=1),
        Response(cause="gone", answer="i5", basis="stated"),
    ]
    return incidents, responses


def all_kinds(path: Path, kind: str, *, dark: bool = False) -> None:
    if kind == "series":
        draw_series(series(undated=3), path, escalation=ESCALATION, dark=dark)
    elif kind == "reciprocity":
        draw_reciprocity(reciprocity(), path, dark=dark)
    elif kind == "forecast":
        draw_forecast(*forecast(), path, dark=dark)
    else:
        draw_chain(*chain(), path, dark=dark)


KINDS = ("series", "reciprocity", "forecast", "chain")


def texts(path: Path) -> list[str]:
    """What an SVG says, as text."""
    return ["".join(node.itertext()) for node in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]


def said(path: Path, draw: Callable[[Path], None]) -> str:
    file = path / "picture.svg"
    draw(file)
    return "\n".join(texts(file))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_numbers_give_the_same_bytes_and_dark_ones_others(tmp_path: Path, kind: str) -> None:
    one, two, dark = (tmp_path / name for name in ("one.svg", "two.svg", "dark.svg"))
    before = dict(matplotlib.rcParams)
    all_kinds(one, kind)
    matplotlib.rcParams["font.size"] = 31
    try:
        all_kinds(two, kind)
        assert matplotlib.rcParams["font.size"] == 31
    finally:
        matplotlib.rcParams["font.size"] = before["font.size"]
    all_kinds(dark, kind, dark=True)
    assert dict(matplotlib.rcParams) == before
    assert one.read_bytes() == two.read_bytes() != dark.read_bytes()
    assert b"<dc:date>" not in one.read_bytes()
    assert texts(one) == texts(dark)


@pytest.mark.parametrize("kind", KINDS)
def test_png(tmp_path: Path, kind: str) -> None:
    file, again = tmp_path / "one.png", tmp_path / "two.PNG"
    all_kinds(file, kind)
    all_kinds(again, kind)
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data == again.read_bytes()
    assert b"Software" not in data and b"tEXt" not in data


@pytest.mark.parametrize("kind", KINDS)
def test_all_text_lies_on_the_sheet(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib.figure import Figure

    kept: list[Any] = []
    save = Figure.savefig

    def keep(figure: Any, *args: Any, **more: Any) -> None:
        kept.append(figure)
        save(figure, *args, **more)

    monkeypatch.setattr(Figure, "savefig", keep)
    all_kinds(tmp_path / "one.png", kind)
    (figure,) = kept
    from matplotlib.text import Text

    wide, high = figure.bbox.width, figure.bbox.height
    boxes = [t.get_window_extent() for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    assert boxes
    for box in boxes:
        # What an axis hides keeps its place; only what is far outside can be seen to be wrong.
        assert box.x0 > -30 and box.x1 < wide + 30 and box.y0 > -30 and box.y1 < high + 30


def test_series_names_both_ways_their_shifts_and_what_is_left_out(tmp_path: Path) -> None:
    words = said(tmp_path, lambda path: draw_series(series(undated=3, outside=1), path, escalation=ESCALATION))
    for label in (
        "USA → IRN", "IRN → USA", "incidents a week", "verbal cooperation", "material conflict", "lasting shift",
        "conflict 1.2 → 3.4 a week", "conflict 3.4 → 0.05 a week", "Source: Gesta record",
        "3 incidents left out for want of a day or",
    ):  # fmt: skip
        assert label in words
    assert "other" not in words.split("\n")
    assert "lasting shift" not in said(tmp_path, lambda path: draw_series(series(), path))


def test_incidents_of_no_quad_class_are_drawn_as_well(tmp_path: Path) -> None:
    odd = Direction(source="A", target="B", periods=(Period(start=FIRST, incidents=3, quads=(1, 0, 0, 0)),))
    one = Series(by="week", level="actor", first=FIRST, last=week(1), since=FIRST, until=week(1), directions=(odd,))
    assert "\nother" in said(tmp_path, lambda path: draw_series(one, path))


def test_many_shifts_leave_labels_out_and_say_so(tmp_path: Path) -> None:
    shifts = tuple(Shift(start=week(at), before=1.0, after=2.0) for at in range(10, 18))
    words = said(
        tmp_path, lambda path: draw_series(series(), path, escalation=Escalation(shifts=(shifts, ()), standings=()))
    )
    assert words.count("conflict 1.0 → 2.0 a week") == 3
    assert "5 shifts drawn without rates" in " ".join(words.split())


@pytest.mark.parametrize("directions", [(), ("USA",), ("USA", "IRN")])
def test_nothing_recorded_does_not_fail(tmp_path: Path, directions: tuple[str, ...]) -> None:
    for periods in ((), tuple(Period(start=week(at)) for at in range(4))):
        made = tuple(Direction(source=name, target="", periods=periods) for name in directions)
        empty = Series(
            by="week", level="country", first=FIRST, last=week(4), since=FIRST, until=week(4), directions=made
        )
        words = said(tmp_path, lambda path, empty=empty: draw_series(empty, path, escalation=ESCALATION))  # type: ignore[misc]
        assert words.count("nothing recorded") == len(directions)


def test_reciprocity_tells_an_answer_from_none(tmp_path: Path) -> None:
    words = said(tmp_path, lambda path: draw_reciprocity(reciprocity(), path))
    for label in (
        "IRN after USA: answers", "0.42 more for each (95%: 0.20 to 0.71)", "(95%: 1.2 to 60 or more)",
        "USA after IRN: no answer seen", "no answer told apart from nothing", "up to 0.18 for each",
        "days after an incident by USA", "record of USA badly", "need not be caused by it",
    ):  # fmt: skip
        assert label in words


def test_too_little_to_say_is_said_instead_of_drawn(tmp_path: Path) -> None:
    sides = (Answering(side="A$1$", incidents=3), Answering(side="B<&>", incidents=2))
    little = Reciprocity(sides=sides, first=FIRST, last=FIRST, sentence="Too little to say of A$1$ and B<&>.")
    words = said(tmp_path, lambda path: draw_reciprocity(little, path))
    assert "Nothing is drawn: Too little to say of A$1$ and B<&>." in words
    assert "Band:" not in words


@pytest.mark.parametrize(
    ("title", "whole"), [("A somewhat long title of a picture, so to say, of some", True), ("word " * 100, False)]
)
def test_titles_too_long_for_the_sheet_are_made_smaller_and_then_cut(tmp_path: Path, title: str, whole: bool) -> None:
    lines = said(tmp_path, lambda path: draw_series(series(), path, title=title * 2)).split("\n")
    assert (title * 2 in lines) == whole
    assert whole or any(line.startswith("word word") and line.endswith(" …") for line in lines)


def test_what_has_come_by_the_half_life_is_half() -> None:
    assert come(np.asarray([0.0, 3.0, 6.0]), 0.8, 3.0) == pytest.approx([0.0, 0.4, 0.6])


def test_forecast_names_who_forecasts_and_how_well(tmp_path: Path) -> None:
    words = said(tmp_path, lambda path: draw_forecast(*forecast(), path))
    for label in (
        "model for 2 weeks, then climatology", "climatology (the model is not better beyond chance)",
        "model's error 12% below climatology; 80% interval held 83%", "model's error 3% above climatology",
        "50% interval", "95% interval", "The next 4 weeks", "98 rolling forecasts",
        "Not forecast: rare. Too little to forecast rare.",
    ):  # fmt: skip
        assert label in words


def test_a_forecast_of_nothing_and_of_strangers(tmp_path: Path) -> None:
    counts, made = forecast()
    none = Forecast(period="week", first=FIRST, known=40, ahead=4, prospects=(), sentence="Too little to forecast.")
    assert "Too little to forecast." in said(tmp_path, lambda path: draw_forecast(counts, none, path))
    others = Counts.of(FIRST, "week", {"other": [1, 2]})
    with pytest.raises(UsageError, match="no counts of verbal, material"):
        draw_forecast(others, made, tmp_path / "one.svg")


def test_chain_tells_what_answers_what_and_by_which_words(tmp_path: Path) -> None:
    words = " ".join(said(tmp_path, lambda path: draw_chain(*chain(), path)).split())
    for label in (
        "ASSAULT → Elsewhere", "Place 3, 3 to 7 killed", "answers 1 (stated: “in retaliation for”, the same day)",
        "answers 3 (inferred, 1 day after)", "answers 3 (stated, 1 day after)", "answers stated: 2, inferred: 1",
        "15 incidents, 2024-01-01 to 2024-01-05", "no report says that it was one",
    ):  # fmt: skip
        assert label in words


def test_on_one_day_what_is_answered_stands_above_its_answer() -> None:
    day = [incident(at, "A", FIRST) for at in range(4)]
    links = [Response(cause=f"i{a}", answer=f"i{b}", basis="stated") for a, b in ((3, 1), (1, 0), (9, 0), (3, 9))]
    assert [one.id for one in in_order(day, links)] == ["i2", "i3", "i1", "i0"]
    ring = [Response(cause=f"i{a}", answer=f"i{b}", basis="stated") for a, b in ((0, 1), (1, 0))]
    assert {one.id for one in in_order(day, ring)} == {"i0", "i1", "i2", "i3"}
    assert [one.id for one in in_order([incident(1, "A", None), incident(2, "A", FIRST)], [])] == ["i2", "i1"]


def test_rows_of_a_chain_do_not_touch() -> None:
    incidents, _ = chain()
    rows = rows_of(incidents, [at % 2 for at in range(15)], {"i4": ["answers 2 (inferred, 1 day after)"]}, 3.0)
    assert all(one.down + tall(one) < other.down for one, other in pairwise(rows))
    far = rows_of([incidents[0], incident(99, "A", date(2024, 6, 1))], [0, 0], {}, 3.0)
    assert far[1].down - far[0].down > rows[1].down - rows[0].down


def test_a_chain_without_days_of_many_parties_or_of_none(tmp_path: Path) -> None:
    many = [incident(at, f"party {at}", None) for at in range(9)]
    words = said(tmp_path, lambda path: draw_chain(many, [], path))
    assert words.count("day not known") == 9
    assert "PAR" in words.split("\n")
    many = [incident(at, f"{at}{at}{at} party", None) for at in range(9)]
    words = said(tmp_path, lambda path: draw_chain(many, [], path))
    assert "others" in words.split("\n") and "by 888 party" in words and "by 111 party" not in words
    bare = Incident(id="i", events=(), reports=1, independent_sources=1,
                    agreed=Agreed(type="PROTEST", modality="planned", ontology="plover"))  # fmt: skip
    words = said(tmp_path, lambda path: draw_chain([bare], [], path))
    assert "not told" in words and "PROTEST (planned)" in words
    assert "no incidents" in said(tmp_path, lambda path: draw_chain([], [], path))


@pytest.mark.parametrize("name", ["one.pdf", "one", "one.svg.gz"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    for kind in KINDS:
        with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
            all_kinds(tmp_path / name, kind)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        all_kinds(tmp_path / "none" / "one.svg", "series")


def test_without_matplotlib_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for kind in KINDS:
        with pytest.raises(UsageError, match=r'pip install "gesta-record\[plot\]"'):
            all_kinds(tmp_path / "one.svg", kind)


def test_a_mixture_lies_between() -> None:
    assert mixed("#0072b2", "#ffffff", 1) == "#0072b2"
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
