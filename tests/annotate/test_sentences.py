"""Sentence boundaries in the forms that newswire takes. ``|`` marks where a boundary must be, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gesta.annotate.sentences import LONGEST, Word, sentence_starts
from gesta.annotate.tokens import tokenizer

_TOKENIZE = tokenizer()

CASES = [
    "Rebels took the town.| They held it.",
    "Gen. Aung Tun met Mr. J. K. Okoro on Monday.| Talks went on.",
    "The U.S. envoy left.| Troops from the U.S. stayed.",
    "He flew to the U.S.| The visit lasted a day.",
    "“We will not leave,” she said.| “They know it.”| The crowd cheered.",
    '"Why now?" asked Mensah.| Nobody knew.',
    '"We lost."| He wept.',
    "It cost $3.5 million, up 2.1 per cent.| Prices rose.",
    "She arrived at 5 p.m. on Friday.| Rain fell.",
    "BAGHDAD, Jan. 2 (Tigris Wire) - Crowds left the gates.| Calm returned.",
    "Minister quits after riot\n\n|The minister of labour quit.\n\n|He gave no reason.",
    "A line that was wrapped\nin the middle goes on.| Another begins.",
    "He said (and meant it.)| Then he left.",
    "Who did it?!| Nobody said ...| The inquiry goes on.",
    "See www.example.org for more.| It is free.",
    "The vote (47 to 3) passed.| Applause.",
    "Troops left by noon.|Calm returned.",
    "Under Law No. 61 of 1999 it is banned.| Eng. Samir Qadi agreed.",
    "3. Farid Osei\n|4. Ann Lee",
    "He said . . . that nothing had changed. . . .| The minister left.",
    "The repair would cost $2. 5 million.| It was voted down.",
    "The works (est. 1990) burnt down.| Nobody was hurt.",
    "The border closed in Sept. 2019.| It opened again last Oct.| The rains had stopped.",
    "The mine belongs to Karoo Metals Ltd.| The company denied it.",
    "• Curfew from 8 p.m.\n|• Schools shut\n|• Markets open",
    "Kenya 3, Uganda 1.| Ghana 2, Mali 2.",
    "Q: Did you order it?| A: No.| I was abroad.",
    "“I told them to stop!”| She did not know who fired.| “Nobody did.”",
    "He asked, “Is it over?” and left.| “Yes!” they cried.",
    "Votes by district\n|North\t1,204\t38%\n|South\t980\t31%",
    "Soldiers guard a bridge in Goma on May 3.| (Photo: Tigris Wire)\n\n|The army held the bridge.",
]


def words(text: str) -> list[Word]:
    return [Word(t.text, bool(t.whitespace_), t.is_space) for t in _TOKENIZE(text)]


@pytest.mark.parametrize("marked", CASES)
def test_boundaries(marked: str) -> None:
    text = marked.replace("|", "")
    doc = _TOKENIZE(text)
    starts = sentence_starts(words(text))
    wanted, at = {0}, 0
    for piece in marked.split("|")[:-1]:
        at += len(piece)
        wanted.add(next(t.idx for t in doc if t.idx >= at and not t.is_space))
    assert {token.idx for token, start in zip(doc, starts, strict=True) if start} == wanted


def test_a_text_without_boundaries_is_cut() -> None:
    starts = sentence_starts([Word("word", True, False)] * (3 * LONGEST))
    assert sum(starts) >= 3


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    given_words = words(text)
    starts = sentence_starts(given_words)
    assert len(starts) == len(given_words)
    assert not given_words or starts[0]
    assert all(not (start and word.is_space) for start, word in list(zip(starts, given_words, strict=True))[1:])
