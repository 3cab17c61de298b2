from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gesta.evaluate.align import align


def found(tokens: list[str], text: str) -> list[str | None]:
    return [text[place[0] : place[1]] if place else None for place in align(tokens, text)]


def test_tokens_lie_where_they_were() -> None:
    text = "Police  said\n\nthey'd go."
    assert align(["Police", "said", "they", "'d", "go", "."], text) == [
        (0, 6), (8, 12), (14, 18), (18, 20), (21, 23), (23, 24)
    ]  # fmt: skip


def test_a_token_may_be_broken_over_space_in_the_text() -> None:
    assert found(["N$15", "000"], "N$ 15 000") == ["N$ 15", "000"]


def test_quotes_and_dashes_are_the_same_in_any_form() -> None:
    assert found(['"', "it", "'s", '"', "-"], "“it’s” —") == ["“", "it", "’s", "”", "—"]


def test_a_misspelt_letter_keeps_its_token() -> None:
    tokens = ["the", "govermnent", "South", "Sbdan", "said", "nothing"]
    text = ["the", "government", "South", "Sudan", "said", "nothing"]
    assert found(tokens, " ".join(text)) == text


def test_a_token_lost_from_the_text_is_none_and_the_rest_is_found() -> None:
    tokens = ["the", "garbled", "capital", "of", "the", "country", "was", "calm"]
    assert found(tokens, "the capital of the country was calm") == [
        "the", None, "capital", "of", "the", "country", "was", "calm"
    ]  # fmt: skip


def test_text_without_tokens_is_passed_over() -> None:
    text = "Rebels advanced. READ MORE: other stories here. Troops withdrew later."
    tokens = ["Rebels", "advanced", ".", "Troops", "withdrew", "later", "."]
    assert found(tokens, text) == tokens


def test_broken_encoding_costs_only_its_own_token() -> None:
    tokens = ["Mayor", "NÃºria", "Vidal", "resigned", "â€”", "twice", "."]
    assert found(tokens, "Mayor Núria Vidal resigned — twice.") == [
        "Mayor", "Núria", "Vidal", "resigned", None, "twice", "."
    ]  # fmt: skip


def test_nothing_in_common_gives_nothing() -> None:
    assert align(["alpha", "beta"], "12345 67890") == [None, None]
    assert align(["alpha"], "") == [None]
    assert align([], "words") == []


@given(st.lists(st.text(alphabet="abcdeé.,\"' ", min_size=1).filter(lambda word: word.strip()), max_size=30))
def test_spans_of_faithful_tokens_hold(tokens: list[str]) -> None:
    text = "  ".join(tokens)
    for token, place in zip(tokens, align(tokens, text), strict=True):
        assert place is not None
        assert "".join(text[slice(*place)].split()) == "".join(token.split())


@given(st.text(alphabet="ab c", max_size=60), st.lists(st.text(alphabet="abc", min_size=1), max_size=20))
def test_spans_are_in_order_and_in_the_text(text: str, tokens: list[str]) -> None:
    last = 0
    for place in align(tokens, text):
        if place is not None:
            assert last <= place[0] < place[1] <= len(text)
            last = place[1]
