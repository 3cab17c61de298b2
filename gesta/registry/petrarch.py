"""PETRARCH's and TABARI's dictionaries of actors (``Phoenix.*.actors.txt``).

A line has a name, ``HOSNI_MUBARAK_``, and then codes, ``[EGYGOV 19811014-20110211] [EGYELI >20110211]``; lines that
begin with ``+`` are other names of it, lines with nothing but codes are more of its codes. A code may hold before a day
(<), after one (>) or between two; of six digits the first two are a year from 1931 to 2030. What follows ``;`` or ``#``
is a comment.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from gesta.records import Quarantined
from gesta.registry.codes import Parts, split_code
from gesta.registry.entries import Entry, EntryKind
from gesta.resolve.actors.countries import lookup, people
from gesta.resolve.actors.groups import group
from gesta.resolve.actors.nouns import lemmas, nouns
from gesta.resolve.actors.spelling import fold

_CODE = re.compile(r"\[([^\[\]]*)\]")
_TELLING = re.compile(r"^[^\t,;|]*[A-Z_]{2,}[^\t,|]*\[\s*[A-Z-]{3,}[^\]]*\]|^\+\S", re.MULTILINE)
_COMMENT = re.compile(r"[;#].*")
_DAY = re.compile(r"\d{6}|\d{8}")
_SHORT_YEAR = 6
_PIVOT = 30
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "du", "des", "bin", "al", "el", "von", "van"}
)
_ACRONYM = 4
"""Letters of the longest word in capitals that is rather an acronym than a name."""
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are being read."""

    line: int
    text: str
    names: list[str] = field(default_factory=list)
    codes: list[tuple[Parts, str, str]] = field(default_factory=list)
    refused: bool = False
    """Whether a line of it was refused, so that it is known why it has no code."""


class _LineError(ValueError):
    """A line that cannot be read, with the field at fault and what to do about it."""

    def __init__(self, what: str, *, field: str, remedy: str) -> None:
        self.field, self.remedy = field, remedy
        super().__init__(what)


def is_petrarch(text: str) -> bool:
    """Tell whether a text is such a dictionary: a name in capitals with a code in brackets, or a line of a synonym."""
    return _TELLING.search(text) is not None


def read_petrarch(text: str, *, origin: str, left_out: Counter[str]) -> tuple[list[Entry], list[Quarantined]]:
    """Return the actors of a dictionary and the lines refused; ``left_out`` counts what is known or unread."""
    drafts: list[_Draft] = []
    refused: list[Quarantined] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _COMMENT.sub("", raw.removeprefix("\ufeff")).rstrip()
        if not line.strip() or line.lstrip().startswith("<!"):
            continue
        try:
            _take(line, number, drafts, left_out)
        except _LineError as error:
            refused.append(
                Quarantined(origin=origin, reason=str(error), line=number, field=error.field, remedy=error.remedy)
            )
    entries = []
    for draft in drafts:
        entry, fault = _entry(draft, left_out)
        if fault is not None:
            remedy = "Give it a code such as [USAGOV]."
            refused.append(Quarantined(origin=origin, reason=fault, line=draft.line, field="code", remedy=remedy))
        elif entry is not None:
            entries.append(entry)
    return entries, sorted(refused, key=lambda one: one.line or 0)


def _take(line: str, number: int, drafts: list[_Draft], left_out: Counter[str]) -> None:
    """Enter one line: a synonym or codes of the last entry, or a new one. ``_LineError`` if it cannot be read."""
    before, codes = line.partition("[")[0], _CODE.findall(line)
    rest = _CODE.sub("", line).strip()
    if "[" in rest or "]" in rest:
        raise _LineError(f"a bracket is not closed in {line.strip()!r}", field="code", remedy="Close it with ].")
    if before.lstrip().startswith("+"):
        if not drafts:
            raise _LineError("a synonym before any name", field="name", remedy="Put it below the name it belongs to.")
        drafts[-1].names += _names(before.strip()[1:])
    elif before.strip():
        drafts.append(_Draft(number, line.strip(), _names(before)))
    elif not drafts:
        raise _LineError("codes before any name", field="code", remedy="Put them below the name they belong to.")
    faults = []
    for text in codes:
        try:
            drafts[-1].codes.append(_code(text))
        except ValueError as error:
            faults.append(str(error))
    if faults:
        drafts[-1].refused = True
        remedy = "Write a code of three-letter parts, with dates as <YYYYMMDD, >YYYYMMDD or YYYYMMDD-YYYYMMDD."
        raise _LineError("; ".join(faults), field="code", remedy=remedy)


def _names(text: str) -> list[str]:
    """Return the names in what stands before the codes; forms in braces ("{COUP COUPS}") are several."""
    forms = text.strip().strip("{}").split() if "{" in text else [text]
    return [name for form in forms if (name := " ".join(form.replace("_", " ").split())) and fold(name)]


def _code(text: str) -> tuple[Parts, str, str]:
    """Return the parts of a code with the days from and to which it holds, empty where open."""
    code, _, when = text.strip().partition(" ")
    days = when.replace(" ", "")
    if not days:
        return split_code(code), "", ""
    if days[0] in "<>":
        day = _day(days[1:])
        if days[0] == "<":
            return split_code(code), "", (day - _ONE_DAY).isoformat()
        return split_code(code), (day + _ONE_DAY).isoformat(), ""
    first, dash, last = days.partition("-")
    start, end = _day(first), _day(last if dash else first)
    if end < start:
        raise ValueError(f"{when.strip()!r} ends before it begins")
    return split_code(code), start.isoformat(), end.isoformat()


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no day YYYYMMDD")
    if len(text) == _SHORT_YEAR:
        text = ("19" if int(text[:2]) > _PIVOT else "20") + text
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        day - _ONE_DAY, day + _ONE_DAY
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day of the calendar") from None
    return day


def _entry(draft: _Draft, left_out: Counter[str]) -> tuple[Entry | None, str | None]:
    """Return the actor of a draft, or why there is none; neither where Gesta's tables of countries have it already."""
    if not draft.codes:
        return None, None if draft.refused else f"no code that can be read for {draft.text!r}"
    if not draft.names:
        return None, f"no name in {draft.text!r}"
    if _is_land(draft.names[0]):
        left_out["countries, peoples and capitals, which Gesta knows"] += 1
        return None, None
    spelled = [name for name in draft.names if not _is_land(name)]
    if len(spelled) < len(draft.names):
        left_out["other names that are countries, peoples or capitals"] += len(draft.names) - len(spelled)
    name, *aliases = dict.fromkeys(form for one in spelled for form in _cased(one))
    dated = [one for one in draft.codes if one[1] or one[2]]
    plain = next((one for one in draft.codes if one not in dated), draft.codes[-1])[0]
    unread = list(dict.fromkeys(part for parts, _, _ in draft.codes for part in parts.unknown))
    for part in unread:
        left_out[f"part of a code without a counterpart: {part}"] += 1
    roles = tuple(f"{start}..{end};;{parts.country or ''};{','.join(parts.sectors)}" for parts, start, end in dated)
    return Entry(
        name=name,
        kind=_kind(spelled[0], draft),
        aliases=tuple(aliases),
        country=plain.country,
        sectors=plain.sectors if len(dated) < len(draft.codes) else (),
        roles=roles,
        note=f"parts of its codes not read: {' '.join(unread)}" if unread else "",
    ), None


def _is_land(name: str) -> bool:
    return any(lookup(form) or people(form) for form in _cased(name))


def _cased(name: str) -> list[str]:
    """Return a name in capitals as news writes it; a short word may be an acronym, so both ways."""
    if not name.isupper():
        return [name]
    words = name.casefold().split()
    title = " ".join(w if at and w in _SMALL else _title(w) for at, w in enumerate(words))
    if len(words) > 1 or "." in name:
        return [title]
    return [name, title] if len(name) <= _ACRONYM else [title, name]


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _kind(name: str, draft: _Draft) -> EntryKind:
    """Guess what an entry is: ties to offices that end are a person's; a word such as "party" tells a group."""
    known = group(" ".join(_cased(name)[:1]))
    words = fold(name).split()
    noun = next(
        (nouns()[key] for key in (lemmas(words[-2:]), lemmas(words[-1:]), lemmas(words[:1])) if key in nouns()), None
    )
    if known is not None or (noun is not None and not noun.has("office", "voice", "family", "honorific", "short")):
        return "group"
    former = any("ELI" in parts.sectors for parts, _, _ in draft.codes)
    return "person" if former and len(words) > 1 else "unknown"
