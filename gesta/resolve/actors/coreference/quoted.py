"""Who speaks in a quote, by the nearest verb of saying: for "I" and "we"."""

from __future__ import annotations

from collections.abc import Callable

from gesta.resolve.actors.coreference.syntax import NEVER, Syntax
from gesta.resolve.actors.coreference.wordlists import words

SpeakerOf = Callable[[int], int | None]
"""Takes the token of a pronoun; gives the head of the words that name who says it, or None."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


class QuoteSpeakers:
    """The speakers of a report's quotes."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._known: dict[int, int | None] = {}

    def __call__(self, at: int) -> int | None:
        """Return the head of the words that name the speaker of the quote around a token, None if there is none."""
        quote = self._syntax.quote[at]
        if quote == NEVER:
            return None
        if quote not in self._known:
            self._known[quote] = None
            self._known[quote] = self._of(quote)
        return self._known[quote]

    def _of(self, quote: int) -> int | None:
        """In the sentences where the quote begins and ends, else as the one before it in the same or last paragraph."""
        syntax, found = self._syntax, self._syntax.quotes[quote]
        last = found[1] - 1
        first_sentence, last_sentence = syntax.sentence[found[0]], syntax.sentence[last]
        for sentence in dict.fromkeys((last_sentence, first_sentence)):
            told = self._said_in(sentence)
            if told is not None:
                return told
        after = last + 2
        if after < len(syntax.sentence) and syntax.sentence[after] == last_sentence + 1 and not self._ends(last):
            told = self._said_in(last_sentence + 1)
            if told is not None:
                return told
        before = syntax.starts[first_sentence] - 1
        if before < 0:
            return None
        earlier = self._said_in(syntax.sentence[before])
        if earlier is not None:
            return earlier
        held = next(
            (syntax.quote[at] for at in range(before, max(before - 4, -1), -1) if syntax.quote[at] != NEVER), NEVER
        )
        return self(syntax.quotes[held][0]) if held not in {NEVER, quote} else None

    def _ends(self, at: int) -> bool:
        """Whether the words after a quote begin a paragraph of their own."""
        syntax = self._syntax
        return at + 2 >= len(syntax.paragraph) or syntax.paragraph[at + 2] != syntax.paragraph[at]

    def _said_in(self, sentence: int) -> int | None:
        """Return the subject of a verb of saying in a sentence, outside quotes; or what follows "according to"."""
        syntax = self._syntax
        for at in range(syntax.starts[sentence], syntax.end(sentence)):
            if syntax.quote[at] != NEVER or syntax.lemma[at] not in words("saying"):
                continue
            subject = syntax.subject(at)
            if subject is not None and syntax.quote[subject] == NEVER:
                return subject
        for at in range(syntax.starts[sentence], syntax.end(sentence)):
            if syntax.lemma[at] in {"according", "accord"} and syntax.quote[at] == NEVER:
                return syntax.head[at] if syntax.head[at] > at else None
        return None
