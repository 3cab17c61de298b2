"""What stands around a word that may tell an event: its grammar, its sentence, and the rest of the report.

Named features for the second look (``gesta.find.second_look``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from gesta.annotate.model import Floats, Labels
from gesta.ontology.tables import read_table

#: Words by what they speak of; a lemma belongs to one group.
_GROUPS = {row["group"]: frozenset(row["words"].split()) for row in read_table("gesta.find", "surroundings.tsv")}
#: Groups that speak of war and politics, and those that speak of crime among people.
_PUBLIC, _PRIVATE = ("bomb", "attacker", "army", "crowd", "official", "dissent"), ("murder", "private")
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words}
_PARTS = frozenset({"compound:prt", "obj", "obl", "nsubj", "nsubj:pass", "advmod", "xcomp", "compound"})
_JOINS = frozenset({"nsubj", "nsubj:pass", "obl", "obl:agent", "obj", "advcl", "xcomp", "conj", "acl", "nmod"})
_TOLD_BY_LEMMA = frozenset({"det", "aux", "mark", "case"})
#: Years before this are history to the reports that we read.
_HISTORY = 1995
_HIGHEST = (0.03, 0.1, 0.3, 0.65, 0.9)
#: How many words of private crime make some of it, and much.
_PRIVATE_WORDS = (1, 3)
_MUCH = len(_PRIVATE_WORDS)
_LENGTHS = (8, 15, 25, 40)
#: Sentences at the start of a report that are told apart from the rest.
_OPENING = 3


def bin_of(value: float, edges: Sequence[float]) -> int:
    """Return how many of the edges the value reaches."""
    return bisect_right(edges, value)


def grammar(token: Token) -> Iterator[str]:
    """Features of a word's own form and of what hangs on it."""
    low = token.lemma_.lower()
    yield f"pos {token.pos_}"
    yield f"dep {token.dep_}"
    yield f"lemma {low}"
    if token.pos_ == "VERB":
        yield f"form {token.morph}"
    elif "Number=Plur" in str(token.morph):
        yield "plural"
    if low in _GROUP_OF:
        yield f"is {_GROUP_OF[low]}"
    for child in token.children:
        way, lemma = child.dep_, child.lemma_.lower()
        if way in _PARTS:
            yield f"{way} {_GROUP_OF.get(lemma, 'other')}"
            if way == "compound:prt" or (way == "obj" and token.pos_ == "VERB"):
                yield f"phrase {low} {lemma}"
            if child.pos_ == "NUM" or any(one.dep_ == "nummod" for one in child.children):
                yield f"{way} counted"
        elif way in _TOLD_BY_LEMMA:
            yield f"{way} {lemma}"
        elif way in {"nmod:poss", "nummod"}:
            yield way
    head = token.head
    if head.i != token.i:
        yield f"under {head.pos_} {token.dep_}"
        yield f"under {head.lemma_.lower()}"
        yield f"under {_GROUP_OF.get(head.lemma_.lower(), 'other')} {token.dep_}"


def _is_old_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit() and 1000 < int(word) < _HISTORY


class Surroundings:
    """The sentences and the whole of a report, as seen from its words.

    ``chances`` [words, 1 + types], ``sentences`` [words] and ``tokens`` [words] are the first look's; ``sure`` are the
    triggers that it took.
    """

    def __init__(
        self,
        doc: Doc,
        chances: Floats,
        sentences: NDArray[np.int64],
        tokens: NDArray[np.int64],
        sure: Mapping[int, str],
        labels: Labels,
    ) -> None:
        self._labels, self._sentences, self._sure = labels, sentences, sure
        self._size = int(sentences[-1]) + 1
        starts = np.searchsorted(sentences, np.arange(self._size))
        #: The highest chance of each type in each sentence [sentences, types].
        self._highest = np.maximum.reduceat(chances[:, 1:], starts, axis=0)
        self._order = np.argsort(-self._highest, axis=0, kind="stable")[:2]
        self._sizes = np.diff(np.append(starts, len(sentences)))
        self._groups: list[Counter[str]] = [Counter() for _ in range(self._size)]
        rows = {at: row for row, at in enumerate(tokens.tolist())}
        for at, row in rows.items():
            word = doc[at].lemma_.lower()
            group = "past" if _is_old_year(word) else _GROUP_OF.get(word)
            if group:
                self._groups[int(sentences[row])][group] += 1
        self._whole = sum(self._groups, Counter[str]())
        self._public = bin_of(sum(self._whole[group] for group in _PUBLIC), (1, 3, 8))
        self._private = bin_of(sum(self._whole[group] for group in _PRIVATE), _PRIVATE_WORDS)
        self._types = Counter(sure.values())
        self._lemmas = {(doc[at].lemma_.lower(), kind) for at, kind in sure.items()}
        self._here: list[Counter[str]] = [Counter() for _ in range(self._size)]
        for at, kind in sure.items():
            self._here[int(sentences[rows[at]])][kind] += 1

    def is_told(self, sentence: int, kind: str) -> bool:
        """Whether the first look found an event of a type in a sentence."""
        return bool(self._here[sentence][kind])

    def is_doubtful(self, sentence: int) -> bool:
        """Whether the report speaks of accidents or much of murder among private people, or the sentence of history."""
        return bool(self._whole["accident"] or self._private == _MUCH or self._groups[sentence]["past"])

    def features(self, row: int, token: Token, kind: int) -> Iterator[str]:
        """Features of the sentence and report of the word in this row, as an event of a type."""
        at = int(self._sentences[row])
        name = self._labels.types[kind]
        own = _GROUP_OF.get(token.lemma_.lower())
        yield f"sentence {min(at, _OPENING)}"
        yield f"length {bin_of(int(self._sizes[at]), _LENGTHS)}"
        here = self._here[at]
        yield f"sure of others here {min(here.total(), 2)}"
        for by in (-1, 1):
            if 0 <= at + by < self._size and self._here[at + by][name]:
                yield "sure of it beside"
        inside, whole = self._groups[at], self._whole
        for group in _GROUPS:
            mine = group == own
            if inside[group] - mine:
                yield f"{name} here {group}"
            told = whole[group] - mine
            if told:
                yield f"{name} report {group} {bin_of(told, (1, 3, 6))}"
        yield f"{name} public {self._public} private {self._private}"
        yield from self._elsewhere(at, token, kind, name)

    def _elsewhere(self, at: int, token: Token, kind: int, name: str) -> Iterator[str]:
        """What the other sentences tell of the type, and how the word hangs on triggers of it."""
        best, second = self._order[0, kind], self._order[-1, kind]
        other = int(second if best == at else best)
        highest = bin_of(float(self._highest[other, kind]), _HIGHEST) if other != at else 0
        yield f"elsewhere {highest}"
        yield f"{name} elsewhere {highest}"
        yield f"{name} sure {bin_of(self._types[name] - self._here[at][name], (1, 2, 4))}"
        others = sum(self._types.values()) - self._types[name]
        yield f"sure of others {bin_of(others, (1, 3, 6))}"
        if (token.lemma_.lower(), name) in self._lemmas:
            yield "lemma is sure"
        if self._sure.get(token.head.i) == name and token.head.i != token.i:
            yield f"under sure {token.dep_}"
        for child in token.children:
            if self._sure.get(child.i) == name:
                yield f"over sure {child.dep_}"
