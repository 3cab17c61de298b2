"""Quotation marks as regions of tokens."""

from __future__ import annotations

import pytest

from gesta.annotate.tokens import blank_language
from gesta.attribute.quotes import Quotes

NLP = blank_language()


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “we will win” and left.", ["we will win"]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("“One.\n\n“Two,” he said.", ["One.", "Two,"]),
        ('A 6" pipe lay there.', []),
        ("the rebels’ camp", []),
        ("‘We went to the rebels’ camp,’ he said.", ["We went to the rebels’ camp,"]),
        ("It ended.”", []),
        ("“”", []),
    ],
)
def test_quotes(text: str, quotes: list[str]) -> None:
    doc = NLP(text)
    assert [doc[quote.start : quote.end].text.strip() for quote in Quotes(doc).all] == quotes
