"""What a scorer needs of a coder, so that anything shaped like one can be scored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from spacy.language import Language

from gesta.records import Record, Report

Progress = Callable[[int, int], None]
"""Called with how many items are done and how many there are."""


def silent(done: int, whole: int) -> None:
    """Show no progress."""


class Reader(Protocol):
    """Has ``nlp``, a spaCy ``Language`` that also takes a ``Doc`` made of given words."""

    @property
    def nlp(self) -> Language:
        """The reader of texts and of given words."""
        ...


class Coder(Reader, Protocol):
    """Has ``code`` beside ``nlp``."""

    def code(self, report: Report) -> Record:
        """Code one report."""
        ...
