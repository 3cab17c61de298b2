"""The tree of a report in columns, one entry for each token, so that no spaCy object is touched in the inner loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gesta.resolve.actors.coreference.quotes import find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_CLAUSES = frozenset(
    {"root", "ROOT", "ccomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "parataxis", "xcomp", "csubj"}
)
_DEEPEST = 30
_FURTHEST = 5
NEVER = -1


class Syntax:
    """Relations, heads, lemmas, numbers, sentences, paragraphs and quotes of a report's tokens."""

    def __init__(self, doc: Doc, words: Sequence[str]) -> None:
        table: NDArray[Any] = doc.to_array(["DEP", "HEAD", "LEMMA", "MORPH", "SENT_START", "SPACY"])
        strings = doc.vocab.strings
        self.dep: list[str] = _told(table[:, 0], lambda key: strings[key])
        self.lemma: list[str] = _told(table[:, 2], lambda key: strings[key].lower())
        self.number: list[str] = _told(table[:, 3], lambda key: _number(strings[key]))
        self.head: list[int] = (table[:, 1].astype(np.int64) + np.arange(len(table))).tolist()
        starts = (table[:, 4] == 1).tolist()
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        self.starts: list[int] = []
        paragraph = 0
        for at, word in enumerate(words):
            if starts[at] or not at:
                self.starts.append(at)
            self.sentence.append(len(self.starts) - 1)
            self.paragraph.append(paragraph)
            if word[0] == "\n" and len(word) > 1:
                paragraph += 1
        self.quotes = find_quotes(words, (table[:, 5] == 1).tolist())
        self.quote: list[int] = [NEVER] * len(words)
        for number_of, (first, last) in enumerate(self.quotes):
            self.quote[first:last] = [number_of] * (last - first)
        self.below: dict[int, list[int]] = {}
        for at, head in enumerate(self.head):
            if head != at:
                self.below.setdefault(head, []).append(at)

    def end(self, sentence: int) -> int:
        """Return the first token after a sentence."""
        return self.starts[sentence + 1] if sentence + 1 < len(self.starts) else len(self.head)

    def children(self, at: int) -> list[int]:
        """Return what hangs on a token, in text order."""
        return self.below.get(at, [])

    def subject(self, verb: int) -> int | None:
        """Return the subject of a verb, that of the one it is coordinated with if it has none, or None."""
        for _ in range(_DEEPEST):
            for child in self.children(verb):
                if self.dep[child] in _SUBJECTS:
                    return child
            if self.dep[verb] not in {"conj", "xcomp"} or self.head[verb] == verb:
                return None
            verb = self.head[verb]
        return None

    def clause(self, at: int) -> int:
        """Return the head of the clause that a token stands in; of a head of a clause, that clause."""
        for _ in range(_DEEPEST):
            if self.dep[at] in _CLAUSES or self.head[at] == at or (self.dep[at] == "conj" and self._verbal(at)):
                return at
            at = self.head[at]
        return at

    def _verbal(self, at: int) -> bool:
        return any(self.dep[child] in _SUBJECTS or self.dep[child] == "aux" for child in self.children(at))

    def subjects_above(self, at: int) -> list[int]:
        """Return who acts in the clause of a token and in those around it, inmost first; in "a man who ..." the man."""
        found, clause = [], self.clause(at)
        for _ in range(_FURTHEST):
            if self.dep[clause].startswith("acl"):
                found.append(self.head[clause])
            else:
                subject = self.subject(clause)
                if subject is not None and subject not in found:
                    found.append(subject)
            if self.head[clause] == clause:
                break
            clause = self.clause(self.head[clause])
        return [one for one in found if one != at]

    def main_subject(self, sentence: int) -> int:
        """Return the subject of a sentence's root, -1 if it has none."""
        if sentence < 0:
            return NEVER
        for at in range(self.starts[sentence], self.end(sentence)):
            if self.head[at] == at and self.dep[at] in {"root", "ROOT"}:
                found = self.subject(at)
                return NEVER if found is None else found
        return NEVER

    def above(self, at: int, ancestor: int) -> bool:
        """Whether ``ancestor`` stands above a token in the tree, or is the token itself."""
        for _ in range(_DEEPEST):
            if at == ancestor:
                return True
            if self.head[at] == at:
                return False
            at = self.head[at]
        return False

    def role(self, at: int) -> str:
        """Return what a token, or what "and" joins it to, is to its clause: subj, obj, poss, obl, nmod, appos ..."""
        for _ in range(_DEEPEST):
            dep = self.dep[at]
            if dep != "conj":
                return _ROLES.get(dep, "other")
            at = self.head[at]
        return "other"


_ROLES = {
    "nsubj": "subj", "nsubj:outer": "subj", "nsubj:pass": "subj", "obj": "obj", "iobj": "obj", "nmod:poss": "poss",
    "obl": "obl", "obl:agent": "agent", "nmod": "nmod", "appos": "appos", "root": "root", "ROOT": "root",
    "obl:unmarked": "obl", "compound": "compound",
}  # fmt: skip


def _told(column: NDArray[Any], of: Callable[[int], str]) -> list[str]:
    """Return what each key of a column stands for, asked once for each key."""
    keys, at = np.unique(column, return_inverse=True)
    told = [of(key) for key in keys.tolist()]
    return [told[number] for number in at.tolist()]


def _number(morph: str) -> str:
    """Return ``plural``, ``singular`` or nothing by the morphology of a word."""
    return "plural" if "Number=Plur" in morph else "singular" if "Number=Sing" in morph else ""
