"""A report's text as words with categories: one linear scan, whatever tokens the ``Doc`` has.

Numbers are read here in all their written forms, so that the grammar sees "3", "2019", "2,019", "10:30" and
"03.01.2020" as different kinds of word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gesta.resolve.times.lexicon import CAPITALISED, ENTRIES, QUANTITIES, SYMBOL

#: Names of several words, in any case and with any mark between them: "Eid al-Fitr", "Sha'ban".
_LONG = sorted((word for word in ENTRIES if " " in word), key=lambda word: (-len(word), word))
_LONG_NAMES = "|".join(word.replace(" ", "['\u2019]?[\\x20'\u2019-]") for word in _LONG)
_TOKEN = re.compile(
    r"""
    (?:https?://|www\.)\S+
  | \b(?i:LONG_NAMES)\b
  | o['’]clock\b
  | [A-Za-z]\.(?:[A-Za-z]\.)+ | [ap]\.m\b
  | [Qq][1-4]\b
  | [^\W\d_]+
  | [0-9]+(?:[.,:/\-–][0-9]+)*(?:[ap]\.m\b\.?|T[0-9:.]+Z?(?![A-Za-z])|[A-Za-z]+)?
  | ['’‘`][0-9][0-9]s?\b
  | ['’]s\b
  | \n[ ]*\n
  | [^\w\s] | \w
    """.replace("LONG_NAMES", _LONG_NAMES),
    re.VERBOSE,
)
_ABBREVIATIONS = frozenset(word[:-1] for word in ENTRIES if word.endswith(".") and word.count(".") == 1)
_MARKS = {
    ",": "COMMA",
    "-": "HYPHEN",
    "–": "HYPHEN",
    "—": "MARK",
    "'s": "POSS",
    "’s": "POSS",
    "½": "FRAC",
} | dict.fromkeys([".", "!", "?", "…", ";"], "ENDS")
#: Marks that make the number next to them something else: money, percentages, paths, addresses.
_BEFORE, _AFTER = frozenset("$€£¥#@_/=&%+*^~\\§°"), frozenset("%@_=°$€£\\/")
_LONGEST_NUMBER = 25
FIRST_YEAR, LAST_YEAR = 1000, 2100

Value = int | float | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists over the words of a text; ``symbols[i]`` is the category of word ``i`` as one character."""

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    values: list[Value]
    symbols: str

    def raw(self, at: int) -> str:
        """Return word ``at`` as written."""
        return self.text[self.start[at] : self.end[at]]

    def capital(self, at: int) -> bool:
        """Whether word ``at`` exists and begins with a capital."""
        return 0 <= at < len(self.low) and self.text[self.start[at]].isupper()

    def is_a(self, at: int, *categories: str) -> bool:
        """Whether word ``at`` exists and is in one of the categories."""
        return 0 <= at < len(self.symbols) and any(self.symbols[at] == SYMBOL[c] for c in categories)

    def glued(self, at: int) -> bool:
        """Whether word ``at`` follows the word before it without a space."""
        return 0 < at < len(self.low) and self.start[at] == self.end[at - 1]


_WITHIN = re.compile("['\u2019-]")
#: Names of months and feasts are capitalised; so is nothing else that they could be.
_NAMES_ONLY = frozenset({"HMONTH", "PMONTH", "FEAST"})
_INTEGER, _GROUPED, _DECIMAL = re.compile(r"\d+"), re.compile(r"\d{1,3}(?:,\d{3})+"), re.compile(r"\d+\.\d+")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?")
_YMD, _DMY = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})"), re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_PAIR, _LONG_PAIR = re.compile(r"(\d{4})[-–/](\d\d)"), re.compile(r"(\d{4})[-–](\d{4})")
_DAYS = re.compile(r"(\d{1,2})[-–](\d{1,2})")
_SUFFIXED = re.compile(r"(\d{1,4}(?::\d\d|\.\d\d)?)(st|nd|rd|th|s|am|pm|a\.m\.?|p\.m\.?)", re.IGNORECASE)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day, in the years we read."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _plain(raw: str) -> tuple[str, Value]:
    if len(raw) == 4 and _is_year(int(raw)):
        return "Y4", int(raw)
    if len(raw) > 9:
        return "X", 0
    return ("D" if len(raw) <= 2 and 1 <= int(raw) <= 31 else "N"), int(raw)


def _with_suffix(number: str, suffix: str) -> tuple[str, Value]:
    if suffix[0] in "ap":
        minutes = number.replace(".", ":").partition(":")[2] or "0"
        hour = int(number.replace(".", ":").partition(":")[0])
        good = 1 <= hour <= 12 and int(minutes) < 60
        return (
            ("CLOCKAM", (hour % 12 + 12 * (suffix[0] == "p"), int(minutes), int(minutes != "0"))) if good else ("X", 0)
        )
    if not number.isdigit():
        return "X", 0
    if suffix == "s":
        decade = len(number) == 4 and number[3] == "0" and _is_year(int(number))
        return ("DECADE", int(number)) if decade else ("X", 0)
    return "ORD", int(number)


def _full_date(raw: str) -> tuple[str, Value] | None:
    """Read a date in digits; None if it is none, a blocked word if no calendar has it or two readings do."""
    if match := _ISO.fullmatch(raw):
        parts = tuple(int(g) for g in match.groups() if g is not None)
        clock = (*parts[3:], 0, 0, 0)
        good = is_day(*parts[:3]) and clock[0] < 24 and clock[1] < 60 and clock[2] < 60
        return ("FULLDATE", parts) if good else ("BLOCKED", 0)
    if match := _YMD.fullmatch(raw):
        parts = (int(match[1]), int(match[3]), int(match[4]))
        return ("FULLDATE", parts) if is_day(*parts) else ("BLOCKED", 0)
    if match := _DMY.fullmatch(raw):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        readings = [(year, second, first)] if match[2] == "." else [(year, second, first), (year, first, second)]
        found = sorted({r for r in readings if is_day(*r)})
        return ("FULLDATE", found[0]) if len(found) == 1 else ("BLOCKED", 0)
    return None


def _pairs(raw: str) -> tuple[str, Value]:
    if match := _PAIR.fullmatch(raw):
        year, tail = int(match[1]), int(match[2])
        if _is_year(year) and tail > year % 100:
            return "YRANGE", (year, year - year % 100 + tail)
        if _is_year(year) and 1 <= tail <= 12 and "/" not in raw:
            return "YM", (year, tail)
    elif match := _LONG_PAIR.fullmatch(raw):
        first, last = int(match[1]), int(match[2])
        if _is_year(first) and _is_year(last) and first < last:
            return "YRANGE", (first, last)
    elif (match := _DAYS.fullmatch(raw)) and 1 <= int(match[1]) < int(match[2]):
        return "DRANGE", (int(match[1]), int(match[2]))
    return "X", 0


def classify_number(raw: str) -> tuple[str, Value]:
    """Return the category and value of a word that begins with a digit."""
    if len(raw) > _LONGEST_NUMBER:
        return "X", 0
    if _INTEGER.fullmatch(raw):
        return _plain(raw)
    if _GROUPED.fullmatch(raw):
        return ("N", int(raw.replace(",", ""))) if len(raw) <= 11 else ("X", 0)
    if _DECIMAL.fullmatch(raw):
        return "DEC", float(raw)
    if match := _CLOCK.fullmatch(raw):
        parts = tuple(int(g) for g in match.groups() if g is not None)
        good = parts[0] <= 24 and parts[1] < 60 and parts[-1] < 60
        return ("CLOCK", parts) if good else ("X", 0)
    if match := _SUFFIXED.fullmatch(raw):
        return _with_suffix(match[1], match[2].lower())
    if raw == "1/2":
        return "FRAC", 0
    if raw == "9/11":
        return "FULLDATE", (2001, 9, 11)
    return _full_date(raw) or _pairs(raw)


def _number(text: str, start: int, end: int, before: str) -> tuple[str, Value]:
    """Classify the number at ``text[start:end]``, minding what it is glued to; ``before`` is the category before."""
    left, right = text[start - 1 : start], text[end : end + 1]
    if left in _BEFORE or right in _AFTER or (left.isalnum() and before != "HYPHEN"):
        return "X", 0
    return classify_number(text[start:end])


def _word(raw: str, low: str) -> tuple[str, Value]:
    entry = ENTRIES.get(low) or ENTRIES.get(" ".join(_WITHIN.sub(" ", low).split()))
    if entry is not None and entry[0] in _NAMES_ONLY and not raw[0].isupper():
        return "X", 0
    if entry is None or (low.rstrip(".") in CAPITALISED and not raw[0].isupper()):
        return "X", 0
    return entry


def _apostrophe(raw: str) -> tuple[str, Value]:
    """Read "'98" and "'90s"; two digits are taken for 1930 to 2029, as newswire does."""
    short = int(raw[1:3])
    year = short + (2000 if short < 30 else 1900)
    if not raw.endswith("s"):
        return "YAPOS", year
    return ("DECADE", year) if year % 10 == 0 else ("X", 0)


def read_words(text: str) -> Words:
    """Split ``text`` into words with categories. Linear in the length of the text."""
    low: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[Value] = []
    names: list[str] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if ends and start < ends[-1]:
            continue  # the dot of an abbreviation, taken with it
        raw = match.group()
        first = raw[0]
        lower = raw.lower()
        if "0" <= first <= "9":
            name, value = _number(text, start, end, names[-1] if names else "")
        elif first.isalpha():
            if lower in _ABBREVIATIONS and text[end : end + 1] == ".":
                end += 1
            name, value = _word(raw, lower)
        elif len(raw) > 1 and "0" <= raw[1] <= "9":
            name, value = _apostrophe(raw)
        else:
            name, value = ("BREAK" if first == "\n" else _MARKS.get(raw, "MARK")), 0
        low.append(lower)
        starts.append(start)
        ends.append(end)
        values.append(value)
        names.append(name)
    _block_glued(text, low, starts, ends, names)
    return Words(text, low, starts, ends, values, "".join([SYMBOL[name] for name in names]))


def _block_glued(text: str, low: list[str], starts: list[int], ends: list[int], names: list[str]) -> None:
    """Turn numbers that belong to a name or a measure ("F-16", "Resolution-2019x", "2019 people") into plain words."""
    for at, name in enumerate(names):
        if name not in ("D", "N", "Y4", "CLOCK", "DRANGE"):
            continue
        behind = at >= 2 and names[at - 1] == "HYPHEN" and starts[at] == ends[at - 2] + 1
        named = behind and names[at - 2] in ("X", "MARK")
        ahead = name == "Y4" and at + 1 < len(low) and low[at + 1] in QUANTITIES
        if named:
            names[at] = "X"
        elif ahead:
            names[at] = "N"
