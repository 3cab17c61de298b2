"""Readers that answer by table, so that a scorer's sums can be checked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc


@dataclass
class Stub:
    """Stands for ``nlp``: marks each ``Doc``, made from text or given, with ``mark``."""

    mark: Callable[[Doc], None]
    inner: Language

    @property
    def vocab(self) -> object:
        return self.inner.vocab

    def __call__(self, given: str | Doc) -> Doc:
        doc = self.inner(given) if isinstance(given, str) else given
        self.mark(doc)
        return doc


@pytest.fixture
def reader() -> Callable[[Callable[[Doc], None]], SimpleNamespace]:
    """Make something shaped like a coder whose ``nlp`` marks a ``Doc`` with the function given."""
    inner = spacy.blank("en")
    return lambda mark: SimpleNamespace(nlp=Stub(mark, inner))
