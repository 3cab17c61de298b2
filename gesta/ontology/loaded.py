"""Loaded words: wording that takes a side. ``loaded.tsv`` is Gesta's list; a user's own has the same columns.

``words`` in lower case, a singular standing for its plural too; ``judges`` what they judge; ``plain``: what a phrase
headed by them is called without taking a side, empty for words that only colour another ("heroic"); ``actor``: the
country whose government an epithet always stands for; ``neutral``: words beside which it takes no side ("visa" beside
"regime"), an empty field for a word that always does. The list is even-handed: it holds what all sides call each
other and themselves, blame and praise alike. ``docs/loaded-words.md`` says how a word gets on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gesta.annotate.lemmas import lemma
from gesta.errors import UsageError
from gesta.ontology.tables import many, read_table

COLUMNS = ("words", "judges", "plain", "actor", "neutral")
JUDGES = ("illegitimacy", "violence", "intrusion", "disloyalty", "ideology", "contempt", "praise")
NO_WORD = "none"
"""In a user's list: what stands in ``judges`` for a word of Gesta's list that is to be left out."""


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """One entry: its words as tokens, and what ``loaded.tsv`` says of them."""

    words: tuple[str, ...]
    judges: str
    plain: str | None = None
    actor: str | None = None
    neutral: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the words take a side wherever they stand."""
        return not self.neutral

    def fits(self, words: Sequence[str]) -> bool:
        """Whether these tokens in lower case are the entry, its last word perhaps in the plural."""
        *before, last = words
        if tuple(before) != self.words[:-1]:
            return False
        return last == self.words[-1] or lemma(last, "NOUN") == self.words[-1]


class LoadedList:
    """A list of loaded words, looked up by their first one. ``digest`` names its content."""

    def __init__(self, entries: Iterable[LoadedWord]) -> None:
        self.entries: tuple[LoadedWord, ...] = tuple(entries)
        table: dict[str, list[LoadedWord]] = {}
        for entry in self.entries:
            table.setdefault(entry.words[0], []).append(entry)
        self._table: Mapping[str, list[LoadedWord]] = table
        spelled = repr(sorted(map(repr, self.entries)))
        self.digest: str = hashlib.sha256(spelled.encode()).hexdigest()[:16]

    def at(self, words: Sequence[str], start: int) -> tuple[LoadedWord, int] | None:
        """Return the longest entry that begins at ``words[start]`` (lower case), and how many words it takes."""
        first = words[start]
        found = [*self._table.get(first, ()), *(self._table.get(_singular(first), ()) if first.endswith("s") else ())]
        fitting = [one for one in found if one.fits(words[start : start + len(one.words)])]
        best = max(fitting, key=lambda one: len(one.words), default=None)
        return None if best is None else (best, len(best.words))


def _singular(word: str) -> str:
    found = lemma(word, "NOUN")
    return found if found != word else ""


@cache
def gesta_list() -> LoadedList:
    """Return the list that ships with Gesta."""
    return LoadedList(map(_entry, read_table("gesta.ontology", "loaded.tsv")))


def loaded_list(path: str | None = None, *, alone: bool = False) -> LoadedList:
    """Return Gesta's list, with a user's words added, or (``alone``) the user's words only.

    ``UsageError`` says what is wrong in the user's file, in which line, and what to do.
    """
    if path is None:
        if alone:
            raise UsageError("there is no list to stand alone", where="--loaded-alone", remedy="Name it with --loaded.")
        return gesta_list()
    rows = _rows(Path(path))
    known = {} if alone else {entry.words: entry for entry in gesta_list().entries}
    for row in rows:
        entry = _entry(row)
        known.pop(entry.words, None)
        if entry.judges != NO_WORD:
            known[entry.words] = entry
    return LoadedList(known.values())


def _entry(row: Mapping[str, str]) -> LoadedWord:
    words = tuple(row["words"].lower().replace("-", " - ").replace("’", "'").replace("'", " '").split())

    return LoadedWord(words, row["judges"], row["plain"] or None, row["actor"] or None, many(row["neutral"].lower()))


def _rows(path: Path) -> list[dict[str, str]]:
    """Read and check a user's list: tab-separated, a header line, only ``words`` and ``judges`` needed."""
    remedy = f"Write a tab-separated table whose first line is: {' '.join(COLUMNS)}; only the first two are needed."
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"cannot read it ({error.strerror})", where=str(path), remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise UsageError("it is not UTF-8", where=str(path), remedy="Save it as UTF-8 text.") from error
    numbered = [(n, line) for n, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise UsageError("it is empty", where=str(path), remedy=remedy)
    header = [name.strip() for name in numbered[0][1].split("\t")]
    if not {"words", "judges"} <= set(header) or not set(header) <= set(COLUMNS):
        raise UsageError(f"its columns are {', '.join(header)}", where=f"{path}:{numbered[0][0]}", remedy=remedy)
    rows: list[dict[str, str]] = []
    for number, line in numbered[1:]:
        cells = [cell.strip() for cell in line.split("\t")]
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
        if fault := _fault(row, cells, header, rows):
            raise UsageError(fault[0], where=f"{path}:{number}", remedy=fault[1])
        rows.append(row)
    return rows


def _fault(
    row: Mapping[str, str], cells: Sequence[str], header: Sequence[str], before: Sequence[Mapping[str, str]]
) -> tuple[str, str] | None:
    """What is wrong with a row, and the remedy."""
    if len(cells) > len(header):
        return f"{len(cells)} cells where the header has {len(header)}", "Part cells by one tab."
    if not row["words"]:
        return "no words", "Write the wording in the first column, or take the line out."
    if row["judges"] not in (*JUDGES, NO_WORD):
        return f"{row['judges']!r} is nothing a word can judge", f"Write one of {', '.join((*JUDGES, NO_WORD))}."
    if row["actor"] and not (len(row["actor"]) == 3 and row["actor"].isascii() and row["actor"].isupper()):
        return f"{row['actor']!r} is no country code", "Write three capital letters, such as KEN, or nothing."
    if any(one["words"].lower() == row["words"].lower() for one in before):
        return f"{row['words']!r} stands here twice", "Keep one of the lines."
    return None
