"""Texts whose sentences are known: annotated newswire, a treebank, or casebook sentences joined into paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gesta.errors import UsageError
from gesta.evaluate.casebook import read_casebook
from gesta.evaluate.conllu import read_texts
from gesta.evaluate.newswire import Article, read_newswire
from gesta.text import settle

#: Casebook sentences a paragraph, about what a news report has in its longer ones.
_A_PARAGRAPH = 4

_FINAL = (".", "?", "!", '"', "\u201d")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, where its body begins, and its sentences as an ``Article``."""

    article: Article
    text: str
    body: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Texts to score, how many articles had none, and what to say of them."""

    texts: tuple[Labelled, ...]
    without_text: int
    notes: tuple[str, ...]


def read_sentences(path: Path, *, held_out: bool | None = None) -> Source:
    """Read CoNLL-U (``.conllu``, ``.conllu.gz``), casebook batches (``.jsonl`` or their folder), or else newswire.

    ``held_out`` is for newswire alone. ``UsageError`` if there is nothing to read.
    """
    if path.name.endswith((".conllu", ".conllu.gz")):
        return Source(tuple(_treebank(path)), 0, ("raw text rebuilt from the treebank",))
    if path.suffix == ".jsonl" or (path.is_dir() and any(path.glob("*.jsonl"))):
        note = f"casebook sentences, {_A_PARAGRAPH} joined to a paragraph"
        return Source(tuple(_casebook(path)), 0, (note,))
    news = read_newswire(path, held_out=held_out)
    found = [(article, news.raw(article)) for article in news.articles]
    texts = tuple(Labelled(article, *raw) for article, raw in found if raw is not None)
    if not texts:
        raise UsageError(
            "no raw text for these annotated articles",
            where=str(path),
            remedy="Put them as .txt files of the same names into articles/ beside annotated/.",
        )
    return Source(texts, len(found) - len(texts), news.notes())


def _article(name: str, sentences: Iterable[str]) -> Article:
    words = [tuple(sentence.split()) for sentence in sentences]
    return Article(name, tuple((given, ("O",) * len(given)) for given in words if given), 0)


def _treebank(path: Path) -> Iterator[Labelled]:
    for number, (sentences, text) in enumerate(read_texts(path), start=1):
        yield Labelled(_article(f"document {number}", sentences), settle(text))


def _casebook(path: Path) -> Iterator[Labelled]:
    cases, _ = read_casebook(path)
    for first in range(0, len(cases), _A_PARAGRAPH):
        sentences = [case.text for case in cases[first : first + _A_PARAGRAPH]]
        # A headline stands on a line of its own, as it does in a report.
        text = "".join(sentence + (" " if sentence.endswith(_FINAL) else "\n\n") for sentence in sentences)
        yield Labelled(_article(f"paragraph {first // _A_PARAGRAPH + 1}", sentences), text.rstrip())
