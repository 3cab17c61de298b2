"""``coder.nlp``: a spaCy ``Language`` whose components are our tokenizer, sentence splitter and model.

The resulting ``Doc`` has tags, morphology, lemmas, a UD tree, names (``doc.ents``, outer layer) and sentences. What the
later stages need beside it (word vectors, logits) lies in a ``Readings`` under ``doc.user_data``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, SENT_START
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from gesta.annotate import names
from gesta.annotate.agreement import Mention, agree, chances
from gesta.annotate.lemmas import lemma
from gesta.annotate.model import Model, Reading, load_model
from gesta.annotate.pairs import Pairs
from gesta.annotate.sentences import Word, sentence_starts
from gesta.annotate.tokens import blank_language
from gesta.annotate.tree import decode

_READINGS = "gesta.readings"
_FROM_TEXT = "gesta.from_text"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the model read it: the ``Doc`` indices of its words (spaces left out) and the reading."""

    tokens: NDArray[np.int64]
    reading: Reading

    def word_of(self, token: int) -> int:
        """Return the row of ``reading`` that belongs to the ``Doc`` token."""
        return int(np.searchsorted(self.tokens, token))


@dataclass(frozen=True, slots=True)
class Readings:
    """What the model said, sentence by sentence."""

    sentences: tuple[Sentence, ...]


def readings(doc: Doc) -> Readings:
    """Return the model's readings of a ``Doc`` that went through ``coder.nlp``."""
    found = doc.user_data[_READINGS]
    assert isinstance(found, Readings)
    return found


def has_readings(doc: Doc) -> bool:
    """Whether the model read this ``Doc``; one that was made by hand has no readings."""
    return _READINGS in doc.user_data


class _MarkingTokenizer:
    """spaCy's tokenizer, marking each ``Doc`` as made from text, so that given words are not split into sentences."""

    def __init__(self, inner: Tokenizer) -> None:
        self._inner = inner

    def __call__(self, text: str) -> Doc:
        doc: Doc = self._inner(text)
        doc.user_data[_FROM_TEXT] = True
        return doc


class Splitter:
    """Sets sentence starts. A ``Doc`` made of given words that fits one window is taken as one sentence."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc) or doc.has_annotation("SENT_START"):
            return doc
        given = _FROM_TEXT not in doc.user_data
        if given and sum(len(self._model.pieces(t.text)) for t in doc) < self._model.room:
            starts = [True] + [False] * (len(doc) - 1)
        else:
            starts = sentence_starts([Word(t.text, bool(t.whitespace_), t.is_space) for t in doc])
        # All at once: setting them token by token takes time that grows with the square of the length.
        marks = np.where(np.array(starts, dtype=bool), 1, -1).astype(np.int64).view(np.uint64)
        doc.from_array([SENT_START], marks)  # type: ignore[arg-type]
        return doc


class Reader:
    """Runs the model and writes tags, morphology, lemmas, tree and names into the ``Doc``."""

    def __init__(self, model: Model, vocab: Vocab) -> None:
        self._model, self._pairs, self._vocab = model, Pairs(model), vocab
        labels = model.labels
        self._upos = np.array([IDS[tag] for tag in labels.upos], dtype=np.uint64)
        self._upos_names = labels.upos
        self._morph = np.array([vocab.morphology.add(m) for m in labels.morph], dtype=np.uint64)
        self._relations = np.array([vocab.strings.add(r) for r in labels.relations], dtype=np.uint64)
        self._classes = tuple(sorted({label[2:] for label in labels.names if label != "O"}))
        self._root = vocab.strings.add("root")
        self._flat = vocab.strings.add("dep")

    def __call__(self, doc: Doc) -> Doc:
        spans = [(sent.start, sent.end) for sent in doc.sents] if len(doc) else []
        space = np.array([token.is_space for token in doc], dtype=bool)
        texts = [token.text for token in doc]
        token_rows = [np.flatnonzero(~space[a:b]) + a for a, b in spans]
        token_rows = [rows for rows in token_rows if len(rows)]
        read = self._model.read([[texts[i] for i in rows] for rows in token_rows])
        sentences = tuple(Sentence(rows, reading) for rows, reading in zip(token_rows, read, strict=True))
        if len(doc):
            self._annotate(doc, texts, sentences, space)
        doc.user_data[_READINGS] = Readings(sentences)
        return doc

    def _annotate(self, doc: Doc, texts: list[str], sentences: tuple[Sentence, ...], space: NDArray[np.bool_]) -> None:
        n = len(doc)
        pos = np.full(n, IDS["SPACE"], dtype=np.uint64)
        morph = np.full(n, self._vocab.morphology.add(""), dtype=np.uint64)
        deps = np.full(n, self._flat, dtype=np.uint64)
        lemmas = np.array([self._vocab.strings.add(text) for text in texts], dtype=np.uint64)
        heads = np.arange(n)
        for sentence in sentences:
            rows, reading = sentence.tokens, sentence.reading
            tags = reading.upos.argmax(1)
            pos[rows] = self._upos[tags]
            morph[rows] = self._morph[reading.morph.argmax(1)]
            for row, tag in zip(rows.tolist(), tags.tolist(), strict=True):
                lemmas[row] = self._vocab.strings.add(lemma(texts[row], self._upos_names[tag]))
            tree = decode(reading.arcs)
            relations = self._relations[self._pairs.relations(reading, tree)]
            relations[tree == 0] = self._root
            deps[rows] = relations
            heads[rows] = np.where(tree == 0, rows, rows[tree - 1])
        _hang_spaces(heads, space, sentences)
        table = np.stack([pos, morph, deps, lemmas, (heads - np.arange(n)).astype(np.int64).view(np.uint64)], axis=1)
        doc.from_array([POS, MORPH, DEP, LEMMA, HEAD], table)  # type: ignore[arg-type]
        doc.set_ents(self._names(doc, texts, sentences), default="outside")

    def _names(self, doc: Doc, texts: list[str], sentences: tuple[Sentence, ...]) -> list[Span]:
        """The outer names of all sentences, their classes settled over the article."""
        labels = self._model.labels.names
        where: list[tuple[int, int]] = []
        mentions: list[Mention] = []
        for sentence in sentences:
            rows, logits = sentence.tokens.tolist(), sentence.reading.names
            for name in names.decode(logits, labels):
                surface = tuple(texts[i] for i in rows[name[0] : name[1]])
                mentions.append(Mention(name, surface, chances(logits, labels, self._classes, name)))
                where.append((rows[name[0]], rows[name[1] - 1] + 1))
        agreed = agree(mentions, self._classes)
        return [Span(doc, first, last, label=label) for (first, last), label in zip(where, agreed, strict=True)]


def _hang_spaces(heads: NDArray[np.int64], space: NDArray[np.bool_], sentences: tuple[Sentence, ...]) -> None:
    """Hang space tokens on the word before them (after them at the very start), so that each sentence is one tree."""
    if not sentences:
        heads[:] = 0
        return
    words = np.concatenate([sentence.tokens for sentence in sentences])
    spaces = np.flatnonzero(space)
    before = np.searchsorted(words, spaces) - 1
    heads[spaces] = words[np.maximum(before, 0)]


@Language.factory("gesta_sentences", default_config={"model": None})
def make_splitter(nlp: Language, name: str, model: str | None) -> Splitter:
    """Factory of the sentence splitter; ``model`` is the model's folder, None for the packaged one."""
    return Splitter(load_model(model))


@Language.factory("gesta_reader", default_config={"model": None})
def make_reader(nlp: Language, name: str, model: str | None) -> Reader:
    """Factory of the model component; ``model`` is the model's folder, None for the packaged one."""
    return Reader(load_model(model), nlp.vocab)


def language(model: str | None = None) -> Language:
    """Return ``coder.nlp``: a spaCy ``Language`` with our tokenizer, sentence splitter and model."""
    nlp = blank_language()
    inner = nlp.tokenizer
    assert isinstance(inner, Tokenizer)
    nlp.tokenizer = _MarkingTokenizer(inner)
    nlp.max_length = 10_000_000
    nlp.add_pipe("gesta_sentences", config={"model": model})
    nlp.add_pipe("gesta_reader", config={"model": model})
    return nlp
