"""Sentence boundaries over tokens: rules for newswire, headlines, quotes, abbreviations and bylines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ENDS = frozenset({".", "?", "!", "...", "…", "..", "....", "?!", "!!", "???", "!!!", "??", "!?", "。"})
_CLOSERS = frozenset({")", "]", "”", "’’", "''", "»", "}"})
_STRAIGHT = frozenset({'"', "'", "’"})
_OPENERS = frozenset({"“", "‘", "``", "«", "(", "[", "{"})
#: After an abbreviation that can end a sentence ("the U.S. The ..."), only words that nearly always begin one split.
_STARTERS = frozenset(
    "The A An In On At It He She They We I But And However This That These Those There Its His Her Their After "
    "Before When While Although If As For From According Last Earlier Meanwhile Some Many Most".split()
)
_REPORTING = frozenset("said says asked asks added adds told tells replied wrote shouted cried wondered".split())
#: Abbreviations with one stop that end a sentence as often as not.
_MAY_END = frozenset(
    "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. "
    "Inc. Ltd. Corp. Co. Bros. Jr. Sr. etc. Ave. Blvd.".split()
)
#: What stands before a number with a full stop between, and what follows a number torn at its point ("$2. 5 million").
_NUMBERED = frozenset("No Nos no Art Sec para est ca approx Fig fig Vol vol pp Ch cf".split())
_MAGNITUDES = frozenset("million billion trillion crore lakh percent per % m bn tonnes".split())
#: A sentence longer than this is cut, so that a text without any boundary stays linear.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Word:
    """What the splitter needs to know of a token."""

    text: str
    space_after: bool
    is_space: bool


def _is_break_space(words: Sequence[Word], at: int) -> bool:
    """A blank line always ends a sentence; a single line end does unless the line was only wrapped."""
    text = words[at].text
    if "\n" not in text:
        return False
    if text.count("\n") > 1 or at + 1 >= len(words):
        return True
    before = next((w.text for w in reversed(words[:at]) if not w.is_space), "")
    after = words[at + 1].text
    return not (after[:1].islower() and before not in _ENDS and not before.endswith(":"))


def _abbreviation(text: str) -> bool:
    return len(text) > 1 and text.endswith(".") and text[0].isalpha()


def _ends_here(words: Sequence[Word], at: int) -> int | None:
    """Return the index after the sentence that ends at token ``at`` with its closing marks, or None."""
    text = words[at].text
    ended = text in _ENDS
    if not ended and not (_abbreviation(text) and (text.count(".") > 1 or text in _MAY_END)):
        return None
    if text == "." and _spaced_dots(words, at):
        return _after_spaced_ellipsis(words, at)
    if text == "." and _belongs_to_number(words, at):
        return None
    after = at + 1
    quoted = False
    while after < len(words) and not words[after].is_space:
        mark = words[after].text
        glued = not words[after - 1].space_after
        if mark in _ENDS and glued:
            ended = True
        elif not (mark in _CLOSERS or (mark in _STRAIGHT and glued)):
            break
        else:
            quoted = quoted or mark not in (")", "]", "}")
        after += 1
    if after >= len(words):
        return after
    if words[after].is_space:
        return after if "\n" in words[after].text else _next_begins(words, after + 1, text, ended, quoted, after)
    if not words[after - 1].space_after and not (text == "." and _runs_on(words, at)):
        return None
    return _next_begins(words, after, text, ended, quoted, after)


def _spaced_dots(words: Sequence[Word], at: int) -> bool:
    """Whether the full stop at ``at`` stands in an ellipsis written with spaces: "he said . . . that"."""
    return any(0 <= i < len(words) and words[i].text == "." for i in (at - 1, at + 1))


def _after_spaced_ellipsis(words: Sequence[Word], at: int) -> int | None:
    """Such an ellipsis ends a sentence only after its last dot, where a capital follows."""
    if at + 1 >= len(words) or words[at + 1].text == ".":
        return None if at + 1 < len(words) else at + 1
    return _next_begins(words, at + 1, "...", True, False, at + 1)


def _belongs_to_number(words: Sequence[Word], at: int) -> bool:
    """Whether a full stop belongs to an item's number ("3. Farid Osei"), to "No." before a number ("Law No. 61"), or to
    a number torn at its point ("2. 5 million")."""
    if at == 0:
        return False
    before = words[at - 1].text
    if before in _NUMBERED:
        return at + 1 < len(words) and words[at + 1].text[:1].isdigit()
    if before.isdigit() and at + 2 < len(words) and words[at + 1].text.isdigit() and words[at + 2].text in _MAGNITUDES:
        return True
    alone = at == 1 or (words[at - 2].is_space and "\n" in words[at - 2].text)
    return alone and before.isdigit() and len(before) <= 3


def _runs_on(words: Sequence[Word], at: int) -> bool:
    """Whether a full stop without a space after it still ends a sentence: "by noon.Troops left"."""
    if at == 0 or at + 1 >= len(words):
        return False
    before, after = words[at - 1].text, words[at + 1].text
    return len(before) > 2 and before.isalpha() and before.islower() and len(after) > 1 and after.istitle()


def _next_begins(words: Sequence[Word], at: int, ender: str, ended: bool, quoted: bool, boundary: int) -> int | None:
    """Decide by the word that would begin the next sentence."""
    opener = at
    while opener < len(words) and (words[opener].text in _OPENERS or words[opener].text in _STRAIGHT):
        opener += 1
    if opener >= len(words):
        return boundary
    first = words[opener].text
    if not ended:
        return boundary if first in _STARTERS else None
    if first[:1].islower():
        return None
    if quoted and ender in {"?", "!"} and any(w.text in _REPORTING for w in words[opener : opener + 3]):
        return None
    if ender in {"...", "…", ".."} and not (first[:1].isupper() or opener > at):
        return None
    return boundary


def sentence_starts(words: Sequence[Word]) -> list[bool]:
    """Return, for each token, whether a sentence begins there. Space tokens end the sentence before them."""
    starts = [False] * len(words)
    if not words:
        return starts
    starts[0] = True
    length = 0
    at = 0
    pending = False
    while at < len(words):
        word = words[at]
        if pending and not word.is_space:
            starts[at], pending, length = True, False, 0
        length += 1
        if word.is_space:
            pending = pending or _is_break_space(words, at)
            at += 1
            continue
        after = _ends_here(words, at) if word.text[-1] in ".?!…。" else None
        if after is not None:
            pending = True
            at = after
            continue
        pending = pending or length >= LONGEST
        at += 1
    return starts
