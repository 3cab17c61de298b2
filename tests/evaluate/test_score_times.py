"""The scorer of times on documents of our own: extents, values, halves, and what is no TimeML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gesta.errors import UsageError
from gesta.evaluate import times
from gesta.evaluate.halves import half_of_stem
from gesta.evaluate.score_times import pair_up
from gesta.evaluate.timeml import Timex, read_timeml
from gesta.records import Time

DOCUMENT = """<?xml version="1.0"?><TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2020-01-02"
 functionInDocument="CREATION_TIME">2 January</TIMEX3></DCT><TEXT>
Guards <EVENT eid="e1">fled</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2019-12-30">Monday</TIMEX3> after
<TIMEX3 tid="t2" type="DURATION" value="P2D">two <EVENT eid="e2">bad</EVENT> days</TIMEX3>.
</TEXT></TimeML>"""


class Fixed:
    """A coder that always finds the same."""

    def __init__(self, *found: Time) -> None:
        self.found = found
        self.asked: list[date | None] = []

    def times(self, text: str, *, published: date | None = None) -> tuple[Time, ...]:
        self.asked.append(published)
        return self.found


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "one.tml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def test_a_document_is_read(document: Path) -> None:
    (one,) = read_timeml(document)
    assert one.written == date(2020, 1, 2)
    assert [(one.text[t.start : t.end], t.kind, t.value) for t in one.times] == [
        ("Monday", "DATE", "2019-12-30"),
        ("two bad days", "DURATION", "P2D"),
    ]


def test_extents_and_values_are_scored(document: Path) -> None:
    text = next(read_timeml(document)).text
    monday, days = text.index("Monday"), text.index("days")
    coder = Fixed(
        Time(value="2019-12-30", basis="relative", span=(monday, monday + 6)),
        Time(value="P3D", basis="stated", kind="DURATION", span=(days, days + 4)),
        Time(value="2001", basis="stated", span=(0, 3)),
    )
    score = times(document, coder=coder)
    assert coder.asked == [date(2020, 1, 2)]
    assert score.figure("relaxed recall") == 1.0 and score.figure("relaxed precision") == pytest.approx(2 / 3)
    assert score.figure("strict recall") == 0.5
    assert score.figure("value F1") == pytest.approx(2 * 1 / 5)
    assert score.figure("type of those found") == 1.0


def test_pairs_are_one_to_one_and_the_same_extent_goes_first() -> None:
    gold, found = [Timex(0, 4, "a"), Timex(5, 9, "b")], [Timex(0, 9, "x"), Timex(5, 9, "y")]
    assert pair_up(gold, found) == [(gold[1], found[1]), (gold[0], found[0])]


def test_halves_share_a_folder(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"d{number}.tml").write_text(DOCUMENT, encoding="utf-8")
    halves = {half: [d.stem for d in read_timeml(tmp_path, half=half)] for half in ("even", "odd", "all")}
    assert sorted(halves["even"] + halves["odd"]) == halves["all"] and halves["even"] and halves["odd"]
    assert all(half_of_stem(stem) == "even" for stem in halves["even"])


@pytest.mark.parametrize("content", ["no xml at all", "<TimeML></TimeML>", "<TimeML><TEXT>a</TEXT>"])
def test_what_is_no_timeml_is_an_error_for_people(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.tml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.tml"):
        list(read_timeml(path))
    with pytest.raises(UsageError):
        times(tmp_path / "nothing", coder=Fixed())
