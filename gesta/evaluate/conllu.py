"""Read CoNLL-U, packed with gzip or not; ranges of multiword tokens and empty nodes are left out."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gesta.errors import UsageError

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` is the index of its head in the sentence, its own for the root."""

    text: str
    upos: str
    features: dict[str, str]
    head: int
    relation: str


Sentence = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Treebank:
    """Documents, each its sentences; ``broken`` counts sentences left out because a row could not be read."""

    documents: tuple[tuple[Sentence, ...], ...]
    broken: int


def read_treebank(path: Path) -> Treebank:
    """Read one file; ``UsageError`` if it holds no sentence that can be read."""
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Give a .conllu file, or one packed with gzip.")
    documents: list[list[Sentence]] = [[]]
    broken = 0
    for begins, rows in _blocks(path):
        if begins and documents[-1]:
            documents.append([])
        sentence = _sentence(rows)
        if sentence:
            documents[-1].append(sentence)
        broken += sentence is None
    if not documents[0]:
        raise UsageError("no sentence in CoNLL-U form here", where=str(path), remedy="Give ten columns, tab between.")
    return Treebank(tuple(tuple(document) for document in documents), broken)


def read_texts(path: Path) -> list[tuple[list[str], str]]:
    """Read each document's sentences and the running text that they stand in, paragraphs set apart by blank lines.

    Made from ``# text``, ``# newpar`` and ``SpaceAfter=No``; ``UsageError`` if no sentence has its text.
    """
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="Give a .conllu file, or one packed with gzip.")
    documents: list[tuple[list[str], str]] = []
    gap, begins, paragraph, sentence = "", True, False, ""
    for line in _text(path).split("\n"):
        key, _, value = line.partition(" = ")
        begins, paragraph = begins or key.startswith("# newdoc"), paragraph or key.startswith("# newpar")
        sentence = value.strip() if key == "# text" else sentence
        if sentence and line and not line.startswith("#"):
            if begins:
                documents.append(([], ""))
            elif paragraph:
                gap = "\n\n"
            sentences, text = documents[-1]
            documents[-1] = ([*sentences, sentence], text + ("" if begins else gap) + sentence)
            begins, paragraph, sentence = False, False, ""
        if line and not line.startswith("#"):
            gap = "" if "SpaceAfter=No" in line.rpartition("\t")[2] else " "
    if not documents:
        raise UsageError("no sentence with its text here", where=str(path), remedy="Lines of '# text = ' are needed.")
    return documents


def _blocks(path: Path) -> Iterator[tuple[bool, list[list[str]]]]:
    """Yield for each sentence whether a document begins with it, and its rows."""
    begins, rows = False, list[list[str]]()
    for line in _text(path).split("\n"):
        if line.startswith("#"):
            begins = begins or line.startswith("# newdoc")
        elif line.strip():
            rows.append(line.rstrip("\r").split("\t"))
        elif rows:
            yield begins, rows
            begins, rows = False, []
    if rows:
        yield begins, rows


def _text(path: Path) -> str:
    packed = path.read_bytes()
    try:
        whole = gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed
        return whole.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"the file cannot be read ({error})", where=str(path), remedy="Give it in UTF-8.") from error


def _sentence(rows: list[list[str]]) -> Sentence | None:
    words = [row for row in rows if row[0].isdigit()]
    if any(len(row) != _COLUMNS or not row[6].isdigit() or int(row[6]) > len(words) for row in words):
        return None
    return tuple(
        Word(
            text=row[1],
            upos=row[3],
            features=dict(feature.split("=", 1) for feature in row[5].split("|") if "=" in feature),
            head=int(row[6]) - 1 if row[6] != "0" else at,
            relation=row[7],
        )
        for at, row in enumerate(words)
    )
