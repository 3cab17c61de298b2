"""Where things stand in a report: sentences and paragraphs by number, for what is told elsewhere than in a sentence."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc


class Layout:
    """The sentences and paragraphs of a ``Doc`` made from a report's text."""

    def __init__(self, doc: Doc) -> None:
        self._starts = [sentence.start_char for sentence in doc.sents]
        self._roots = [sentence.root for sentence in doc.sents]
        text = doc.text
        self._breaks = [at for at in range(len(text)) if text.startswith("\n\n", at)] if "\n\n" in text else []

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self._starts)

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that holds a character."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that holds the sentence of a character."""
        return bisect_right(self._breaks, self._starts[self.sentence(offset)]) if self._starts else 0

    def root_lemma(self, offset: int) -> str:
        """Return the lemma of the root of the sentence that holds a character."""
        return self._roots[self.sentence(offset)].lemma_.lower() if self._roots else ""


def binned(distance: int) -> str:
    """Return a distance in sentences or paragraphs as a coarse step: "-1", "+3", "+9"."""
    size = abs(distance)
    step = size if size < 3 else 3 if size < 5 else 5 if size < 10 else 10
    return f"{'-' if distance < 0 else '+'}{step}"
