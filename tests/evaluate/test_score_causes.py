"""Scoring cause and effect: sums done by hand, the three tables, and what is no table."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.errors import UsageError
from gesta.evaluate import causes
from gesta.evaluate.causal_news import Marked, read_causal_news, read_marks
from gesta.evaluate.fair import Counts, Labelled, compare_fairly
from gesta.evaluate.score_causes import pair
from gesta.evaluate.seen import fingerprint
from gesta.find.causes import Told
from gesta.records import CausalRelation, Span

TEXT = "Rain fell so the dam broke and roads closed ."
FIRST = "<ARG0>Rain fell</ARG0> <SIG0>so</SIG0> <ARG1>the dam broke</ARG1> and roads closed ."
SECOND = "Rain fell so <ARG0>the dam broke</ARG0> and <ARG1>roads closed</ARG1> ."
PLAIN = "The council met ."


def span(words: str, text: str = TEXT) -> Span:
    return text.index(words), text.index(words) + len(words)


def relation(cause: str, effect: str, signal: str | None = None) -> CausalRelation:
    told = span(signal) if signal else None
    return CausalRelation(cause=span(cause), effect=span(effect), sentence=(0, len(TEXT)), signal=told)


def table(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        written = csv.DictWriter(lines, list(rows[0]))
        written.writeheader()
        written.writerows(rows)
    return path


@pytest.fixture
def grouped(tmp_path: Path) -> Path:
    rows: list[dict[str, object]] = [
        {"doc_id": "a_1", "text": TEXT, "causal_text_w_pairs": repr([FIRST, SECOND]), "num_rs": 2},
        {"doc_id": "a_2", "text": PLAIN, "causal_text_w_pairs": "[]", "num_rs": 0},
    ]
    return table(tmp_path / "grouped.csv", rows)


def test_the_same_spans_are_right() -> None:
    spans: list[Labelled] = [("cause", 0, 2), ("effect", 3, 6)]
    assert compare_fairly(spans, list(reversed(spans))) == Counts(right=2)


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        (("cause", 0, 3), Counts(boundary=1)),
        (("effect", 0, 2), Counts(label=1)),
        (("effect", 1, 3), Counts(both=1)),
        (("cause", 2, 4), Counts(invented=1, missed=1)),
    ],
)
def test_a_wrong_span_is_one_error_of_its_own_kind(given_: Labelled, wanted: Counts) -> None:
    assert compare_fairly([("cause", 0, 2)], [given_]) == wanted


def test_the_exact_span_is_taken_before_one_that_only_overlaps() -> None:
    found = compare_fairly([("cause", 0, 4), ("cause", 4, 6)], [("cause", 0, 5), ("cause", 4, 6)])
    assert found == Counts(right=1, boundary=1)


def test_of_two_that_overlap_the_one_with_more_words_is_taken() -> None:
    found = compare_fairly([("cause", 0, 6)], [("cause", 0, 1), ("effect", 5, 7), ("cause", 2, 6)])
    assert found == Counts(boundary=1, invented=2)


def test_fair_figures_count_a_near_miss_as_half() -> None:
    figures = Counts(right=2, boundary=1, both=1, invented=1, missed=3).figures()
    assert figures["fair precision"] == pytest.approx(2 / (2 + 1 + 1))
    assert figures["fair recall"] == pytest.approx(2 / (2 + 3 + 1))
    assert figures["fair F1"] == pytest.approx(2 * 0.5 * (1 / 3) / (0.5 + 1 / 3))
    assert figures["exact F1"] == pytest.approx(2 * 2 / (5 + 7))
    assert set(Counts().figures().values()) == {0.0}


SPANS = st.lists(
    st.builds(lambda label, start, size: (label, start, start + size), st.sampled_from("ab"), st.integers(0, 9), st.integers(1, 5)),
    max_size=5,
)  # fmt: skip


@given(SPANS, SPANS)
def test_every_span_is_counted_once(gold: list[Labelled], found: list[Labelled]) -> None:
    counts = compare_fairly(gold, found)
    assert (counts.gold, counts.given) == (len(gold), len(found))
    assert compare_fairly(gold, gold) == Counts(right=len(gold))


def test_relations_are_paired_for_the_best_sum() -> None:
    one: list[Labelled] = [("cause", 0, 2), ("effect", 3, 6)]
    two: list[Labelled] = [("cause", 3, 6), ("effect", 7, 9)]
    counts, pairs = pair([one, two], [two])
    assert pairs == ((1, 0),)
    assert counts == Counts(right=2, missed=2)
    assert pair([one, two], [two, one])[0] == Counts(right=4)
    assert pair([], [one])[0] == Counts(invented=2)


def test_marks_are_read_as_code_points() -> None:
    assert read_marks(FIRST, TEXT) == Marked(span("Rain fell"), span("the dam broke"), (span("so"),))
    inside = "<ARG1>All left</ARG1> <ARG0><SIG0>to</SIG0> find work</ARG0> ."
    assert read_marks(inside, "All left to find work .") == Marked((9, 21), (0, 8), ((9, 11),))


@pytest.mark.parametrize(
    "marked",
    [
        FIRST.replace("</ARG0>", ""),
        FIRST.replace("<ARG1>", "").replace("</ARG1>", ""),
        FIRST.replace("dam", "dyke"),
        FIRST.replace("<ARG0>", "</ARG0>"),
    ],
)
def test_broken_marks_are_refused_with_their_row(marked: str, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [{"doc_id": "a", "text": TEXT, "text_w_pairs": marked}])
    with pytest.raises(UsageError, match="row 1 cannot be read"):
        read_causal_news(path)


def test_the_three_tables_are_read(grouped: Path, tmp_path: Path) -> None:
    both, none = read_causal_news(grouped)
    assert (both.article, both.causal, none.causal, none.relations) == ("a_1", True, False, ())
    rows = [{"doc_id": "a_1", "text": TEXT, "text_w_pairs": marked} for marked in (FIRST, SECOND)]
    assert read_causal_news(table(tmp_path / "pairs.csv", rows)) == [both]
    labels = [{"index": "a_1_7", "text": TEXT, "label": 1}, {"index": "a_2_8", "text": PLAIN, "label": 0}]
    [first, second] = read_causal_news(table(tmp_path / "labels.csv", labels))
    assert (first.article, first.causal, first.relations, second.causal) == ("a_1", True, None, False)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        causes(tmp_path / "none.csv", tell=lambda text: Told(0, (), 0))
    other = table(tmp_path / "other.csv", [{"text": TEXT, "type": "x"}])
    with pytest.raises(UsageError, match="no columns"):
        causes(other, tell=lambda text: Told(0, (), 0))
    empty = tmp_path / "empty.csv"
    empty.write_text("text,label\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no sentences"):
        causes(empty, tell=lambda text: Told(0, (), 0))
    wrong = table(tmp_path / "wrong.csv", [{"text": TEXT, "label": "yes"}])
    with pytest.raises(UsageError, match="neither 0 nor 1"):
        causes(wrong, tell=lambda text: Told(0, (), 0))


def test_what_is_told_is_scored_by_hand(grouped: Path) -> None:
    """One relation right but for a word too few in its effect; the other was found, but not likely enough to be kept."""
    ranked = (relation("Rain fell", "dam broke", "so"), relation("the dam broke", "roads closed"))
    score = causes(grouped, tell=lambda text: Told(0.9, ranked, 1))
    assert score.figure("sentences precision") == 0.5
    assert score.figure("sentences recall") == 1.0
    # Right: cause and signal; near: the effect; missed: two arguments.
    assert score.figure("spans, causal sentences: fair precision") == pytest.approx(2 / 2.5)
    assert score.figure("spans, causal sentences: fair recall") == pytest.approx(2 / 4.5)
    assert score.figure("spans, causal sentences: exact F1") == pytest.approx(4 / 8)
    assert score.figure("spans, number given: fair F1") == pytest.approx(4 / 4.5)
    # The second sentence was told causal too, so that its three spans are invented.
    assert score.figure("spans, all sentences: fair precision") == pytest.approx(2 / 5.5)
    assert [(row.name, row.correct, row.predicted, row.gold) for row in score.rows] == [
        ("cause", 1, 1, 2),
        ("effect", 0, 1, 2),
        ("signal", 1, 1, 1),
    ]


def test_a_sentence_not_told_causal_gives_no_spans_but_where_it_is_known_to_be(grouped: Path) -> None:
    score = causes(grouped, tell=lambda text: Told(0.1, (relation("Rain fell", "the dam broke", "so"),), 1))
    assert score.figure("sentences F1") == score.figure("spans, all sentences: fair F1") == 0.0
    assert score.figure("spans, causal sentences: fair precision") == 1.0


def test_sentences_that_were_trained_on_are_counted(grouped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    score = causes(grouped, tell=lambda text: Told(0.9, (), 0))
    assert "trained on" not in score.counts
    monkeypatch.setattr("gesta.evaluate.score_causes.seen", lambda name: frozenset({fingerprint([PLAIN])}))
    score = causes(grouped, tell=lambda text: Told(0.9, (), 0))
    assert score.counts["trained on"] == 1
    assert "1 of these 2" in score.notes[0]


def test_folds_go_by_article_and_without_torch_say_why_they_are_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "causes.py"))
    folds = [script["fold_of"](f"article {n}") for n in range(200)]
    assert set(folds) == set(range(5))
    assert folds == [script["fold_of"](f"article {n}") for n in range(200)]
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert script["main"](["--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("skipped: torch is not installed")
