"""The way through the tree from a trigger to every word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gesta.find.paths import DISTANCES, FAR, FRAMES, LONGEST, distance, frame, paths, turned

WORDS = "Troops loyal to the council shelled Aden and burned boats".split()
HEADS = [5, 0, 4, 4, 1, 5, 5, 8, 5, 8]
RELATIONS = ["nsubj", "amod", "case", "det", "obl", "root", "obj", "cc", "conj", "obj"]


def test_ways_from_the_root() -> None:
    assert paths(WORDS, HEADS, RELATIONS, 5) == [
        ">nsubj", ">nsubj>amod", ">nsubj>amod>obl to>case", ">nsubj>amod>obl to>det", ">nsubj>amod>obl to",
        "", ">obj", ">conj>cc", ">conj", ">conj>obj",
    ]  # fmt: skip


def test_a_coordinated_verb_reaches_its_subject_by_going_up_first() -> None:
    ways = paths(WORDS, HEADS, RELATIONS, 8)
    assert (ways[0], ways[6], ways[9]) == ("<conj>nsubj", "<conj>obj", ">obj")


def test_a_longer_way_is_only_far() -> None:
    words, heads = list("abcdefg"), [0, 0, 1, 2, 3, 4, 5]
    relations = ["root", *["dep"] * 6]
    assert paths(words, heads, relations, 0) == ["", *(">dep" * n for n in range(1, LONGEST + 1)), FAR, FAR]


def test_a_part_that_hangs_on_another_root_is_far() -> None:
    assert paths(["a", "b"], [-1, -1], ["root", "root"], 0) == ["", FAR]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], int]:
    n = draw(st.integers(1, 12))
    heads = [draw(st.integers(0, max(0, i - 1))) for i in range(n)]
    return heads, draw(st.integers(0, n - 1))


@given(trees())
def test_every_word_has_a_way_and_only_the_start_an_empty_one(tree: tuple[list[int], int]) -> None:
    heads, start = tree
    words, relations = ["w"] * len(heads), ["dep"] * len(heads)
    ways = paths(words, heads, relations, start)
    assert [i for i, way in enumerate(ways) if not way] == [start]
    for end, way in enumerate(ways):
        back = paths(words, heads, relations, end)[start]
        assert back == turned(way)


@given(st.integers(0, 300), st.integers(0, 300))
def test_distance_has_eleven_steps(start: int, word: int) -> None:
    step = distance(start, word)
    assert 0 <= step < DISTANCES
    assert (step < 5, step == 5) == (word < start, word == start)


def test_a_frame_tells_what_stands_below_a_word() -> None:
    words = "Farmers whom police arrested were beaten by them".split()
    heads, relations = (
        [5, 3, 3, 0, 5, 5, 7, 5],
        ["nsubj:pass", "obj", "nsubj", "acl:relcl", "aux:pass", "root", "case", "obl:agent"],
    )
    assert frame(words, heads, relations, 3) == 1  # its own subject, and a pronoun for an object
    assert frame(words, heads, relations, 5) == 1 | 8
    assert frame(WORDS, HEADS, RELATIONS, 8) == 4
    assert all(0 <= frame(WORDS, HEADS, RELATIONS, i) < FRAMES for i in range(len(WORDS)))
