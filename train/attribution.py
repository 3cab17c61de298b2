"""Read PolNeAR: who says what, as Source, Cue and Content spans over whole articles (brat standoff)."""

from __future__ import annotations

import glob
import itertools
import re
from collections import defaultdict
from pathlib import Path

from gesta.annotate.sentences import Word, sentence_starts
from gesta.annotate.tokens import tokenizer
from train.data import Attribution, Sentence

_SPAN = re.compile(r"(\d+) (\d+)")
_tokenize = tokenizer()


def attributions(folder: Path) -> list[Sentence]:
    """Read every article of ``folder`` (``text/*.txt``, ``attributions/*.ann``), cut by our own splitter."""
    return [sentence for path in sorted((folder / "text").glob("*.txt")) for sentence in _article(path, folder)]


def _article(path: Path, folder: Path) -> list[Sentence]:
    raw = path.read_text(encoding="utf-8")
    marks = min((folder / "attributions").glob(f"{glob.escape(path.stem)}_????.ann"), default=None)
    if marks is None:
        return []  # of articles with several annotators the first is read
    words, sentences = _cut(raw)
    located: dict[str, list[int]] = {}
    found: list[Attribution] = []
    for line in marks.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 2:
            continue  # a line torn within a quoted text
        if line.startswith("T"):
            spans = [(int(a), int(b)) for a, b in _SPAN.findall(cells[1])]
            located[cells[0]] = [i for i, (a, b) in enumerate(words) if any(a < y and b > x for x, y in spans)]
        elif line.startswith("E"):
            parts: dict[str, list[int]] = defaultdict(list)
            for role, mark in (part.split(":") for part in cells[1].split()):
                parts[role.rstrip("0123456789")] += located.get(mark, [])
            if parts["Cue"]:
                found.append(Attribution(sorted(parts["Cue"]), sorted(parts["Source"]), sorted(parts["Content"])))
    out = []
    for first, last in sentences:
        here = [a for a in found if first <= a.cue[0] < last]
        texts = [raw[a:b] for a, b in words[first:last]]
        out.append(Sentence(words=texts, document=path.stem, first=first, attributions=here))
    return out


def _cut(raw: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the character spans of the words (spaces left out) and each sentence's range of words."""
    words: list[tuple[int, int]] = []
    firsts: list[int] = []
    doc = _tokenize(raw)
    starts = sentence_starts([Word(t.text, bool(t.whitespace_), t.is_space) for t in doc])
    for token, start in zip(doc, starts, strict=True):
        if start:
            firsts.append(len(words))
        if not token.is_space:
            words.append((token.idx, token.idx + len(token)))
    firsts.append(len(words))
    return words, [(a, b) for a, b in itertools.pairwise(firsts) if b > a]
