"""Numbers in words and digits: counts, ordinals and spoken years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gesta.resolve.times.lexicon import LETTER
from gesta.resolve.times.words import Words

_MOST: Final = 10**12


@dataclass(frozen=True, slots=True)
class Amount:
    """How many: a number, or None where the text is vague ("several")."""

    number: float | None

    @property
    def whole(self) -> int | None:
        """The number if it is a whole one."""
        number = self.number
        return int(number) if number is not None and number == int(number) else None


def _spelled(numbers: list[float]) -> float:
    """Read number words in order, as in "two hundred and five thousand"."""
    total, group = 0.0, 0.0
    for number in numbers:
        if number >= 1000 and group:
            total, group = total + group * number, 0.0
        elif number == 100 and group:
            group *= number
        else:
            group += number
    return total + group


def amount_of(words: Words, first: int, last: int) -> Amount:
    """Return the amount the words ``first`` to ``last`` state ("two and a half", "a dozen", "several")."""
    numbers: list[float] = []
    half = dozen = False
    for at in range(first, last):
        value = words.values[at]
        if words.is_a(at, "SEVERAL", "FEW"):
            return Amount(None)
        if words.is_a(at, "COUPLE"):
            return Amount(2)
        if isinstance(value, tuple) and words.is_a(at, "DRANGE"):
            numbers.append(value[1])  # "10-15 years": at most
        elif words.is_a(at, "HALF", "FRAC"):
            half = True
        elif words.is_a(at, "DOZEN"):
            if words.low[at] == "dozens":
                return Amount(None)
            dozen = True
        elif isinstance(value, int | float) and words.is_a(at, "D", "N", "Y4", "DEC", "NW", "ORD", "ORDW", "SECOND"):
            numbers.append(value)
    total = _spelled(numbers) + (0.5 if half else 0)
    if not numbers and not half:
        total = 1
    if dozen:
        total = 12 * (total or 1)
    return Amount(min(total, _MOST))


def whole_number(words: Words, first: int, last: int) -> int | None:
    """Return the whole number or ordinal stated ("3", "3rd", "twenty-third"), or None."""
    return amount_of(words, first, last).whole


def spoken_year(words: Words, first: int, last: int) -> int | None:
    """Read "nineteen ninety-eight", "two thousand (and) four", "twenty twenty"; None if it is no such year."""
    numbers = [v for at in range(first, last) if isinstance(v := words.values[at], int) and words.is_a(at, "NW")]
    if len(numbers) < 2:
        return None
    head, tail = numbers[0], numbers[1:]
    if numbers[:2] == [2, 1000]:
        more = int(_spelled([float(n) for n in numbers[2:]]))
        return 2000 + more if more < 100 else None
    if not 11 <= head <= 20 or any(n >= 100 for n in tail) or (len(tail) == 2 and (tail[0] < 20 or tail[1] > 9)):
        return None
    rest = sum(tail)
    return 100 * head + rest if 10 <= rest <= 99 else None


def duration_value(amount: Amount, unit: str) -> str:
    """Return the TIMEX3 duration: ("two and a half", "year") is "P2Y6M", (None, "hour") is "PTXH"."""
    letters = LETTER[unit]
    if unit == "fortnight" and amount.whole is not None:
        return f"P{2 * amount.whole}W"
    time, letter = ("T", letters[1:]) if letters.startswith("T") else ("", letters)
    if letter == "F":
        letter = "W"
    if amount.number is None:
        return f"P{time}X{letter}"
    if amount.whole is not None:
        return f"P{time}{amount.whole}{letter}"
    whole, part = int(amount.number), amount.number - int(amount.number)
    smaller = {"year": (12, "", "M"), "hour": (60, "T", "M"), "day": (24, "T", "H")}.get(unit)
    if smaller is None or part != 0.5:
        return f"P{time}{amount.number:g}{letter}"
    size, inner, small = smaller
    head = f"{time}{whole}{letter}" if whole else ""
    return "P" + head + ("" if time and whole else inner) + f"{int(part * size)}{small}"
