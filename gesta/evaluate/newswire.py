"""Annotated newswire: one article a file, token TAB outer tag [TAB nested tags], blank line between sentences.

Format of en-worldwide-newswire (Shan et al. 2023). Broken rows (no tab, no token, no BIO tag) are left out and counted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gesta.errors import UsageError
from gesta.evaluate.seen import fingerprint, seen
from gesta.text import settle

Name = tuple[int, int, str]
"""First token, token after the last, class."""

_TAG = re.compile(r"O|[BI]-\S+")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S*[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Article:
    """One annotated article: its sentences as (tokens, outer tags), and how many rows were left out."""

    stem: str
    sentences: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    broken_rows: int

    @property
    def words(self) -> list[str]:
        """All tokens in order."""
        return [word for words, _ in self.sentences for word in words]

    @property
    def starts(self) -> list[bool | int | None]:
        """For each token, whether a sentence begins there (typed as ``Doc`` takes it)."""
        return [at == 0 for words, _ in self.sentences for at in range(len(words))]

    def names(self) -> list[Name]:
        """Outer names, by token index within the article."""
        found: list[Name] = []
        first = 0
        for words, tags in self.sentences:
            found += [(first + a, first + b, label) for a, b, label in names_of(tags)]
            first += len(words)
        return found


def names_of(tags: Sequence[str]) -> list[Name]:
    """Return the names of one sentence's BIO tags; an I- that continues nothing of its class begins a name."""
    found: list[Name] = []
    before = "O"
    for at, tag in enumerate(tags):
        if tag[0] == "I" and before[2:] == tag[2:]:
            found[-1] = (found[-1][0], at + 1, tag[2:])
        elif tag != "O":
            found.append((at, at + 1, tag[2:]))
        before = tag
    return found


def read_article(path: Path) -> Article:
    """Read one file."""
    sentences: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    rows: list[tuple[str, str]] = []
    broken = 0
    for line in [*path.read_text(encoding="utf-8", errors="replace").split("\n"), ""]:
        if line.strip():
            cells = line.rstrip("\r").split("\t")
            if len(cells) >= 2 and cells[0].strip() and _TAG.fullmatch(cells[1]):
                rows.append((cells[0], cells[1]))
            else:
                broken += 1
        elif rows:
            sentences.append((tuple(word for word, _ in rows), tuple(tag for _, tag in rows)))
            rows = []
    return Article(path.stem, tuple(sentences), broken)


def is_held_out(stem: str) -> bool:
    """Tell whether an article belongs to the tenth that training leaves alone."""
    return int(hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 1


@dataclass(frozen=True, slots=True)
class Newswire:
    """A folder of annotated articles, what was chosen of it, and where the raw texts and the regions lie."""

    source: Path
    articles: tuple[Article, ...]
    whole: int
    chosen_by: str
    regions: tuple[tuple[str, str], ...]

    def region(self, stem: str) -> str:
        """Return the region of the longest file prefix that fits, "unknown" if none does."""
        fitting = [(len(prefix), region) for prefix, region in self.regions if stem.startswith(prefix)]
        return max(fitting)[1] if fitting else "unknown"

    def raw(self, article: Article) -> tuple[str, int] | None:
        """Return the raw article, settled, and where its body begins after a leading address line; None if absent."""
        path = _articles_folder(self.source) / f"{article.stem}.txt"
        if not path.is_file():
            return None
        text = settle(path.read_text(encoding="utf-8", errors="replace"))
        address = _ADDRESS.match(text)
        return text, address.end() if address else 0

    def notes(self) -> tuple[str, ...]:
        """Say which articles were scored."""
        return (f"{len(self.articles)} of {self.whole} articles: {self.chosen_by}",)


def read_newswire(path: Path, *, held_out: bool | None = None) -> Newswire:
    """Read a folder with ``annotated/`` (and ``articles/``, ``regions.txt``), such a sub-folder, or one file.

    ``held_out`` True keeps the tenth of the articles that training leaves alone, False all others; None leaves out
    just those that the packaged model was trained on. A single file is always kept. ``UsageError`` if nothing is left.
    """
    files = _files(path)
    articles = [read_article(file) for file in files]
    if path.is_file():
        chosen, by = articles, "the one file given"
        if fingerprint(articles[0].words) in seen("newswire"):
            by += ", which the packaged model was trained on"
    elif held_out is None:
        chosen = [a for a in articles if fingerprint(a.words) not in seen("newswire")]
        by = "all that the packaged model was not trained on"
    else:
        chosen = [a for a in articles if is_held_out(a.stem) is held_out]
        by = "the held-out tenth" if held_out else "all but the held-out tenth, which the packaged model was trained on"
    if not chosen:
        raise UsageError(
            "no article is left to score",
            where=str(path),
            remedy="All were trained on: ask for them with held_out=False, or give articles of your own.",
        )
    return Newswire(path, tuple(chosen), len(articles), by, _regions(path))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    folder = path / "annotated" if (path / "annotated").is_dir() else path
    files = sorted(folder.glob("*.tsv")) if folder.is_dir() else []
    if not files:
        raise UsageError(
            "no annotated articles here",
            where=str(path),
            remedy="Give a folder of .tsv files (token, tab, BIO tag), or one such file.",
        )
    return files


def _root(path: Path) -> Path:
    folder = path.parent if path.is_file() else path
    return folder.parent if folder.name == "annotated" else folder


def _articles_folder(path: Path) -> Path:
    root = _root(path)
    return root / "articles" if (root / "articles").is_dir() else root


def _regions(path: Path) -> tuple[tuple[str, str], ...]:
    file = _root(path) / "regions.txt"
    if not file.is_file():
        return ()
    found, region = [], "unknown"
    for line in map(str.strip, file.read_text(encoding="utf-8").splitlines()):
        if line.endswith(":"):
            region = line[:-1]
        elif line and not line.startswith("#"):
            found.append((line, region))
    return tuple(found)
