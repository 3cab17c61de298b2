"""The attribution networks: what they read, how runs are made of what they say, and that nothing depends on chance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.annotate.layers import convolved
from gesta.attribute import Networks
from gesta.attribute.page import BEFORE, MARK, MOST, OUTSIDE, SHORT, SPEECH, Page, gaps
from gesta.attribute.tell import tell
from gesta.coder import Coder
from gesta.errors import UsageError
from gesta.evaluate import attribution
from gesta.evaluate.polnear import Saying, read_polnear

TEXT = (
    "Rain fell on Eastport. “We are staying here,” said Ada Moor, the mayor. “The water is low. It will rise.”\n\n"
    "The ministry called it a “miracle” and denied that dams had failed."
)


@pytest.fixture(scope="module")
def networks(coder: Coder) -> Networks:
    return Networks(coder.model.attribution)


@pytest.fixture(scope="module")
def page(coder: Coder, networks: Networks) -> Page:
    return Page(coder.nlp(TEXT), networks.vocabulary)


def test_a_page_knows_where_its_words_stand(page: Page) -> None:
    at = page.words.index
    states = [page.quotes[at(word)] for word in ("Rain", "“", "staying", "miracle", "dams")]
    assert states == [OUTSIDE, MARK, SPEECH, SHORT, OUTSIDE]
    assert page.paragraph[at("Rain")] == page.paragraph[at("rise")] == page.paragraph[at("ministry")] - 1
    assert [page.doc[token].text for token in page.tokens.tolist()] == page.words


def test_the_words_around_a_cue(page: Page) -> None:
    cue = page.words.index("said")
    marked = np.zeros(len(page), dtype=np.int64)
    marked[[cue, page.words.index("denied")]] = 1
    asked = page.asked([cue], marked)
    assert asked.first == 0
    assert asked.last == len(page)
    assert asked.roles[cue] == 2
    assert asked.roles[page.words.index("denied")] == 1
    assert asked.gaps[cue] == 11
    assert asked.offsets[cue] == BEFORE
    assert asked.offsets[0] == 0


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=20), st.integers(0, 2000))
def test_gaps_widen_and_are_even_handed(rows: list[int], start: int) -> None:
    found = gaps(np.array(sorted(rows)), start)
    assert list(found) == sorted(found)
    back = gaps(np.array([2 * start - row for row in sorted(rows)]), start)
    assert list(found - 11) == [11 - step for step in back]


def test_a_convolution_is_the_sum_over_its_taps() -> None:
    rows = np.arange(12, dtype=np.float32).reshape(6, 2)
    weight = np.random.default_rng(1).normal(size=(5, 2, 3)).astype(np.float32)
    found = convolved(rows, weight, np.zeros(3, dtype=np.float32), 2)
    for row in range(6):
        taps = [(row + 2 * (tap - 2), tap) for tap in range(5)]
        wanted = sum(rows[at] @ weight[tap] for at, tap in taps if 0 <= at < 6)
        assert np.allclose(found[row], wanted, atol=1e-5)


def test_a_long_report_is_read_in_windows(coder: Coder, networks: Networks) -> None:
    page = Page(coder.nlp(" ".join([TEXT] * 12)), networks.vocabulary)
    for row in range(0, len(page), 37):
        first, last = page.window(row)
        assert first <= row < last <= first + MOST


def test_the_same_page_is_told_the_same(coder: Coder, networks: Networks) -> None:
    assert tell(Page(coder.nlp(TEXT), networks.vocabulary), networks) == tell(
        Page(coder.nlp(TEXT), networks.vocabulary), networks
    )


def test_parts_do_not_overlap_and_lie_in_order(coder: Coder, networks: Networks) -> None:
    doc = coder.nlp(TEXT)
    found = tell(Page(doc, networks.vocabulary), networks)
    assert len(found) > 1
    for told in found:
        for part in (told.cue, told.source, told.content):
            assert list(part) == sorted(set(part))
            assert not any(doc[token].is_space for token in part)
        assert not set(told.cue) & set(told.content)
        assert not set(told.source) & set(told.content)
        assert all(told.holds(token) for token in told.content)


@settings(max_examples=20, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab said “”\"'.\n,:x "), max_size=60))
def test_any_text_can_be_told(coder: Coder, networks: Networks, text: str) -> None:
    page = Page(coder.nlp(text), networks.vocabulary)
    for told in tell(page, networks):
        assert told.content


def marked_article(folder: Path, text: str, lines: list[str]) -> Path:
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    (folder / "text" / "a.txt").write_text(text, encoding="utf-8")
    (folder / "attributions" / "a_anna.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_polnear_is_read_with_pieces_and_moved_offsets(tmp_path: Path) -> None:
    text = "Kim\u200b said rain, \n she\xa0added, fell."
    words = {word: text.index(word) for word in ("Kim", "said", "rain", "fell")}
    lines = [
        f"T1\tSource {words['Kim']} {words['Kim'] + 3}\tKim",
        f"T2\tCue {words['said']} {words['said'] + 4}\tsaid",
        f"T3\tContent {words['rain']} {words['rain'] + 4};{words['fell']} {words['fell'] + 4}\train fell",
        "torn",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
    ]
    [(name, settled, sayings)] = read_polnear(marked_article(tmp_path, text, lines))
    assert name == "a"
    assert settled == "Kim said rain, \n she added, fell."
    assert [settled[slice(*span)] for span in sayings[0].content] == ["rain", "fell"]
    assert [settled[slice(*span)] for span in (*sayings[0].source, *sayings[0].cue)] == ["Kim", "said"]
    assert sayings[0] == Saying(cue=((4, 8),), source=((0, 3),), content=((9, 13), (28, 32)))


def test_attribution_is_scored_against_the_gold(coder: Coder, tmp_path: Path) -> None:
    text = "Police said three men were killed. Rain fell."
    lines = [
        "T1\tSource 0 6\tPolice",
        "T2\tCue 7 11\tsaid",
        "T3\tContent 12 33\tthree men were killed",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
    ]
    score = attribution(marked_article(tmp_path, text, lines), coder=coder)
    assert score.figure("source F1") == score.figure("right speaker F1") == 1.0
    assert score.counts == {"articles": 1, "gold": 1, "found": 1}
    wrong = [lines[0].replace("0 6\tPolice", "35 39\tRain"), *lines[1:]]
    (tmp_path / "b").mkdir()
    score = attribution(marked_article(tmp_path / "b", text, wrong), coder=coder)
    assert score.figure("attributions F1") == 1.0
    assert score.figure("right speaker F1") == score.figure("source F1") == 0.0


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no attribution articles"):
        list(read_polnear(tmp_path))
