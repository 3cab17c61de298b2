"""The scorer: one weight a feature, the same chance in SQL as by hand, and what a pair is compared by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import exp
from pathlib import Path

import duckdb
import numpy as np
import pytest

from gesta.coder import Coder
from gesta.link import score, when
from gesta.link.candidates import FLOOR, compare, stems_sql
from gesta.records import Record, Report
from gesta.store import Store

_TEXTS = {
    "one": (
        "Bomb kills four at Mosul market",
        "A car bomb blew up at the vegetable market in Mosul on Tuesday, killing four people, police said.",
        date(2019, 5, 14),
    ),
    "same": (
        "Mosul market blast toll rises",
        "Five people are now known to have been killed when a bomb exploded in Mosul's vegetable market on Tuesday.",
        date(2019, 5, 15),
    ),
    "other": (
        "Protesters march in Lima",
        "Thousands of teachers marched through Lima on Tuesday to demand higher wages.",
        date(2019, 5, 14),
    ),
    "later": (
        "Bomb kills two at Mosul market",
        "A bomb exploded at the vegetable market in Mosul on Friday, killing two people, police said.",
        date(2019, 11, 8),
    ),
}


@pytest.fixture(scope="module")
def records(coder: Coder) -> list[Record]:
    return [
        coder.code(Report.of(body, title=title, publisher=name, published=day, origin=name))
        for name, (title, body, day) in _TEXTS.items()
    ]


def _open(folder: Path, records: Sequence[Record], coder: Coder) -> duckdb.DuckDBPyConnection:
    store = Store.create(folder / "record")
    store.add(records, run=coder.run)
    return store.connect()


@pytest.fixture
def con(tmp_path: Path, records: list[Record], coder: Coder) -> Iterator[duckdb.DuckDBPyConnection]:
    with _open(tmp_path, records, coder) as con:
        yield con


def _chances(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], float]:
    """The highest chance between two reports, by their names."""
    rows = con.execute("""
        SELECT least(p.origin, q.origin), greatest(p.origin, q.origin), max(chance)
        FROM scored
        JOIN traces a ON a.n = scored.a JOIN reports p ON p.id = a.report
        JOIN traces b ON b.n = scored.b JOIN reports q ON q.id = b.report
        GROUP BY ALL ORDER BY ALL
    """).fetchall()
    return {(a, b): chance for a, b, chance in rows}


def test_a_weight_for_each_feature(coder: Coder) -> None:
    assert coder.model.linking["pairs"].shape == (len(score.FEATURES) + 1,)
    assert coder.model.linking["days"].shape == (len(when.FEATURES),)
    assert np.isfinite(coder.model.linking["pairs"]).all()


def test_the_chance_in_sql_is_that_of_the_weights() -> None:
    sql = score.chance_sql(np.array([-1.0, 2.0, 0.0, 0.5], dtype=np.float32))
    with duckdb.connect() as con:
        rows = con.execute(f"SELECT {sql} FROM (SELECT 1 AS f0, 9 AS f1, 3 AS f2)").fetchall()
    assert rows[0][0] == pytest.approx(1 / (1 + exp(-(-1 + 2 + 1.5))))


def test_one_happening_is_likelier_than_another(con: duckdb.DuckDBPyConnection, coder: Coder) -> None:
    compare(con, coder.model.linking)
    chances = _chances(con)
    assert chances["one", "same"] > 0.5
    assert chances.get(("later", "one"), 0.0) < 0.3
    assert not any("other" in pair for pair in chances)
    assert min(chances.values()) >= FLOOR


def test_only_fresh_reports_are_compared(con: duckdb.DuckDBPyConnection, coder: Coder) -> None:
    compare(con, coder.model.linking)
    everything = _chances(con)
    fresh = con.execute("SELECT id FROM reports WHERE origin = 'same'").fetchall()[0]
    compare(con, coder.model.linking, fresh)
    assert _chances(con) == {pair: chance for pair, chance in everything.items() if "same" in pair}
    compare(con, coder.model.linking, [])
    assert _chances(con) == {}


def test_a_chance_depends_on_its_two_reports_alone(
    tmp_path: Path, con: duckdb.DuckDBPyConnection, records: list[Record], coder: Coder
) -> None:
    compare(con, coder.model.linking)
    whole = _chances(con)
    with _open(tmp_path / "two", records[1::-1], coder) as two:
        compare(two, coder.model.linking)
        assert _chances(two)["one", "same"] == pytest.approx(whole["one", "same"], abs=1e-9)


def test_an_empty_record_has_no_pairs(tmp_path: Path, coder: Coder) -> None:
    with _open(tmp_path, [], coder) as con:
        compare(con, coder.model.linking)
        assert con.execute("SELECT count(*) FROM scored").fetchall() == [(0,)]


def test_a_report_without_a_date_is_compared(tmp_path: Path, coder: Coder) -> None:
    undated = [coder.code(Report.of(body, title=title, publisher=name)) for name, (title, body, _) in _TEXTS.items()]
    with _open(tmp_path, undated[:2], coder) as con:
        compare(con, coder.model.linking)
        assert con.execute("SELECT count(*) FROM compared").fetchall()[0][0] > 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two convoys in Gaskindé", {"two", "convoy", "gaskinde"}),
        ("on 14 of 7", {"14"}),
        ("BOMB bomb, Bomb!", {"bomb"}),
        ("", set()),
    ],
)
def test_words_are_compared_by_their_stems(text: str, words: set[str]) -> None:
    with duckdb.connect() as con:
        con.execute(stems_sql())
        assert set(con.execute("SELECT stems($1)", [text]).fetchall()[0][0]) == words


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("On Tuesday a bomb exploded in Mosul, killing four people.", 1),
        ("Residents said on Friday that the bomb exploded in Mosul three days earlier.", 3),
        ("Officials in Baghdad resigned on Friday, two days after a bomb exploded in Mosul.", 2),
    ],
)
def test_the_day_is_found_by_what_the_report_names(tmp_path: Path, coder: Coder, body: str, days: int) -> None:
    """Days before publication, a Wednesday in the first case and a Friday in the others."""
    published = date(2019, 5, 15) if days == 1 else date(2019, 5, 17)
    record = coder.code(Report.of(body, published=published))
    with _open(tmp_path, [record], coder) as con:
        compare(con, coder.model.linking)
        found = con.execute("""
            SELECT days[1] FROM day_chances JOIN traces USING (n)
            JOIN events e ON list_contains(traces.events, e.id) WHERE e.trigger = 'exploded'
        """).fetchall()
    assert found == [((published - date(1970, 1, 1)).days - days,)]
