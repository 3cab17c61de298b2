"""A text without its names: every name in a sentence becomes the same word, and the model reads it again.

A word's vector, tag and head take something from every name around it, so a decision on them may change with the name.
What a claim's speaker means must not hang on who the speaker is. So attribution decides on sentences in which all names
are one, ``NAME``, with the article before it left out ("the Sudanese army" and "Norland's army" differ in grammar,
"Sudan" and "the Gambia" do not). Only sentences with a word of two senses are read twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from gesta.attribute.told import Told

NAME = "Norland"
#: Sentences of one claim that are read; a longer speech shows in its first ones how it is meant.
MOST_SENTENCES = 3
_OPENING = frozenset({'"', "“", "‘", "«", "„", ":", "``", "―", "—", "–"})
_INNER = frozenset({"-", "‐", "‑", "/"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
_TITLES = frozenset("mr mrs ms dr gen col lt capt maj sgt prof sen rep gov st".split())


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Some sentences of a text without their names."""

    doc: Doc
    at: dict[int, int]
    """Where each kept word stands in ``doc``; a name's words share theirs, articles before one have none."""
    called: dict[int, str]
    """What the names were, by index in ``doc``, in lower case: to tell whether two are the same."""

    def origin(self, word: int) -> int:
        """Return where a word of ``doc`` stands in the text; of a name, its last."""
        return max(i for i, place in self.at.items() if place == word)

    def told(self, told: Told) -> Told:
        """Return the claim in words of ``doc``; what lies outside its sentences is left out."""
        return Told(self._of(told.cue), self._of(told.source), self._of(told.content), told.quoted)

    def _of(self, tokens: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted({self.at[i] for i in tokens if i in self.at}))


class Unnaming:
    """Takes the names out of sentences of one text, each once.

    ``read`` is the model's component of ``coder.nlp``, which then reads them anew; without it tags and tree are those
    of the text: twice as fast, and nearly as blind to names.
    """

    def __init__(self, doc: Doc, read: Callable[[Doc], Doc] | None = None) -> None:
        self._doc, self._read = doc, read
        self._known: dict[tuple[int, int], Unnamed] = {}
        self._starts = [sent.start for sent in doc.sents]

    @property
    def text(self) -> Doc:
        """The text with its names."""
        return self._doc

    def of(self, tokens: Iterable[int]) -> Unnamed:
        """Return the sentences that hold these words, at most ``MOST_SENTENCES`` from the first on."""
        held = sorted({self._doc[i].sent.start for i in tokens})
        first = self._starts.index(held[0])
        last = min(self._starts.index(held[-1]), first + MOST_SENTENCES - 1)
        end = self._starts[last + 1] if last + 1 < len(self._starts) else len(self._doc)
        key = (self._starts[first], end)
        if key not in self._known:
            self._known[key] = self._without_names(*key)
        return self._known[key]

    def _without_names(self, start: int, end: int) -> Unnamed:
        doc = self._doc
        words: list[str] = []
        spaces: list[bool] = []
        opens: list[bool | int | None] = []
        at: dict[int, int] = {}
        called: dict[int, str] = {}
        for i in range(start, end):
            token = doc[i]
            if token.is_space:
                continue
            named = is_name(token) or _joins(token)
            if named and words and called.get(len(words) - 1) and at.get(i - 1) == len(words) - 1:
                at[i] = len(words) - 1
                called[len(words) - 1] += f" {token.lower_}"
                spaces[-1] = bool(token.whitespace_)
                continue
            if token.lower_ == "the" and i + 1 < end and is_name(doc[i + 1]):
                continue
            opens.append(not words or doc[i].sent.start > max(at, default=-1))
            at[i] = len(words)
            if named:
                called[len(words)] = token.lower_
            words.append(NAME if named else token.text)
            spaces.append(bool(token.whitespace_))
        made = Doc(doc.vocab, words=words or [NAME], spaces=spaces or [False], sent_starts=opens or [True])
        return Unnamed(_annotated(made, doc, at) if self._read is None else self._read(made), at, called)


def _annotated(made: Doc, doc: Doc, at: Mapping[int, int]) -> Doc:
    """Give the words without names the tags and the tree that their sentences have."""
    owner: dict[int, Token] = {}
    for i, place in at.items():
        token = doc[i]
        # Of a name's words, the one that hangs outside the name stands for it.
        if place not in owner or at.get(token.head.i) != place:
            owner[place] = token
    for place, word in enumerate(made):
        source = owner.get(place)
        if source is None:
            continue
        word.pos_, word.dep_ = source.pos_, source.dep_
        word.lemma_ = word.text if word.text == NAME else source.lemma_
        word.morph = source.morph
        word.head = made[at.get(source.head.i, place)]
    return made


def is_name(token: Token) -> bool:
    """Whether a word is, or may be, part of a name: tagged so, or with a capital where no sentence begins."""
    if not token.text[:1].isupper() or token.lower_ in _CALENDAR:
        return False
    if token.pos_ == "PROPN" or token.ent_type_ or token.lower_.rstrip(".") in _TITLES:
        return token.lower_ not in {"i", "the", "a"}
    before = token.nbor(-1) if token.i else None
    opens = before is None or token.is_sent_start or before.is_space or before.text in _OPENING
    return not opens and token.lower_ != "i"


def _joins(token: Token) -> bool:
    """Whether a small word or mark stands inside a name: "Republic | of | Korea", "Port | - | au | - | Prince"."""
    if token.i == 0 or token.i + 1 >= len(token.doc) or token.is_sent_start:
        return False
    inside = token.ent_iob_ == "I" and token.text not in {"'s", "’s", "'", "’"}
    glued = token.text in _INNER and not token.nbor(-1).whitespace_ and not token.whitespace_
    return inside or (glued and is_name(token.nbor(-1)) and is_name(token.nbor(1)))
