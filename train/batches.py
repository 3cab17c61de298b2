"""Pack sentences into windows and windows into padded batches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from gesta.annotate.shapes import shape
from train.data import Pair, Sentence, Span
from train.labels import Labels

WINDOW = 128  # wordpieces, [CLS] and [SEP] included
CLS, SEP, UNK, PAD = 101, 102, 100, 0


@dataclass
class LabelledPair:
    row: int
    sentence: Span
    source: Span
    target: Span
    type: int
    real: int


@dataclass
class Batch:
    """Padded tensors of some windows; a label of -100 (any negative) means none."""

    pieces: Tensor  # [windows, pieces]
    shapes: Tensor
    mask: Tensor
    pool: Tensor  # [windows, words, pieces]: means over the pieces of a word
    sentence: Tensor  # [windows, words]: which sentence of the window
    upos: Tensor
    morph: Tensor
    heads: Tensor
    relations: Tensor
    names: Tensor
    nested: Tensor
    triggers: Tensor
    modality: Tensor
    roles: list[tuple[int, int, Tensor]]
    pairs: list[LabelledPair]
    meanings: list[tuple[int, Span, Tensor]]


class Packer:
    """Turns sentences into windows of at most ``WINDOW`` wordpieces, and windows into batches."""

    def __init__(self, tokenizer: Tokenizer, labels: Labels, teacher: dict[int, Tensor] | None = None) -> None:
        self._tokenizer = tokenizer
        self._pieces: dict[str, list[int]] = {}
        self._labels = labels
        self._teacher = teacher or {}
        self._index = {name: {v: i for i, v in enumerate(vs)} for name, vs in labels.to_json().items()}

    def pieces(self, word: str) -> list[int]:
        found = self._pieces.get(word)
        if found is None:
            found = self._pieces[word] = self._tokenizer.encode(word, add_special_tokens=False).ids[:16] or [UNK]
        return found

    def length(self, sentence: Sentence) -> int:
        return sum(len(self.pieces(word)) for word in sentence.words)

    def windows(self, sentences: list[Sentence], rng: random.Random | None) -> Iterator[list[Sentence]]:
        """Greedy packing of consecutive sentences of one document; with ``rng``, three windows in ten hold one."""
        window: list[Sentence] = []
        room, alone = 0, False
        for sentence in sentences:
            need = self.length(sentence)
            if window and (alone or need > room or sentence.document != window[-1].document):
                yield window
                window = []
            if not window:
                room, alone = WINDOW - 2, rng is not None and rng.random() < 0.3
            if need > WINDOW - 2:
                continue  # over-long sentences teach little; coding splits them with overlap
            window.append(sentence)
            room -= need
        if window:
            yield window

    def _label(self, name: str, value: str) -> int:
        index = self._index[name]
        return index.get(value, index.get(value.split(":")[0], -100))

    def batch(self, windows: list[list[Sentence]], rng: random.Random | None = None) -> Batch:
        """Pad windows to multiples of 16 (fewer shapes for the kernels to cache)."""
        rows = [self._row(window, rng) for window in windows]
        length = -(-max(len(r.pieces) for r in rows) // 16) * 16
        words = -(-max(len(r.sentence) for r in rows) // 16) * 16

        def padded(values: list[list[int]], size: int, fill: int) -> Tensor:
            return torch.tensor([v + [fill] * (size - len(v)) for v in values])

        pool = torch.zeros(len(rows), words, length)
        roles, pairs, meanings = [], [], []
        for n, row in enumerate(rows):
            for w, (a, b) in enumerate(row.spans):
                pool[n, w, a:b] = 1 / (b - a)
            for word, labels in row.roles:
                roles.append((n, word, torch.tensor(labels + [-100] * (words - len(labels)))))
            pairs += [
                LabelledPair(n, span, p.source, p.target, self._pair_type(p), -100 if p.real is None else int(p.real))
                for span, p in row.pairs
            ]
            meanings += [(n, span, self._teacher[key].float()) for span, key in row.sentences if key in self._teacher]
        columns = {
            name: padded([getattr(r, name) for r in rows], words, -100)
            for name in ("upos", "morph", "heads", "relations", "names", "nested", "triggers", "modality")
        }
        return Batch(
            pieces=padded([r.pieces for r in rows], length, PAD),
            shapes=padded([r.shapes for r in rows], length, 0),
            mask=padded([[1] * len(r.pieces) for r in rows], length, 0).bool(),
            pool=pool,
            sentence=padded([r.sentence for r in rows], words, -1),
            roles=roles,
            pairs=pairs,
            meanings=meanings,
            **columns,
        )

    def _pair_type(self, pair: Pair) -> int:
        return self._index["pair_types"].get(pair.type or "", -100)

    def _row(self, window: list[Sentence], rng: random.Random | None) -> _Row:
        row = _Row()
        noise = rng.random() if rng else 1.0
        for number, sentence in enumerate(window):
            first = len(row.sentence)
            for word in sentence.words:
                ids = self.pieces(word)
                form = shape(_noisy(word, noise))
                row.spans.append((len(row.pieces), len(row.pieces) + len(ids)))
                row.pieces += ids
                row.shapes += [form] + [form + 1] * (len(ids) - 1)
            n = len(sentence.words)
            row.sentence += [number] * n
            span = (first, first + n)
            none = [-100] * n
            row.upos += [self._label("upos", v) for v in sentence.upos] if sentence.upos else none
            row.morph += [self._label("morph", v) for v in sentence.morph] if sentence.morph else none
            row.relations += [self._label("relations", v) for v in sentence.relations] if sentence.relations else none
            row.heads += [h + 1 + (first if h >= 0 else 0) for h in sentence.heads] if sentence.heads else none
            row.names += [self._label("names", v) for v in sentence.names] if sentence.names else none
            row.nested += [self._label("names", v) for v in sentence.nested] if sentence.nested else none
            row.pairs += [(span, pair) for pair in sentence.pairs]
            row.sentences.append((span, id(sentence)))
            self._events(row, sentence, first)
        row.pieces.append(SEP)
        row.shapes.append(0)
        return row

    def _events(self, row: _Row, sentence: Sentence, first: int) -> None:
        n = len(sentence.words)
        triggers, modality = [-100 if sentence.triggers is None else 0] * n, [-100] * n
        for trigger in sentence.triggers or ():
            if modality[trigger.word] < 0:  # of two events on one word the outer speech act comes first and is learnt
                triggers[trigger.word] = 1 + self._index["types"][trigger.type]
                modality[trigger.word] = self._index["modalities"][trigger.modality]
            roles = [0] * n
            for role, (a, b) in trigger.arguments:
                roles[a:b] = [("none", "source", "target", "place", "time").index(role)] * (b - a)
            row.roles.append((first + trigger.word, [-100] * first + roles))
        row.triggers += triggers
        row.modality += modality


class _Row:
    """One window on its way into a batch."""

    def __init__(self) -> None:
        self.pieces, self.shapes = [CLS], [0]
        self.spans: list[Span] = []
        self.sentence: list[int] = []
        self.upos: list[int] = []
        self.morph: list[int] = []
        self.heads: list[int] = []
        self.relations: list[int] = []
        self.names: list[int] = []
        self.nested: list[int] = []
        self.triggers: list[int] = []
        self.modality: list[int] = []
        self.roles: list[tuple[int, list[int]]] = []
        self.pairs: list[tuple[Span, Pair]] = []
        self.sentences: list[tuple[Span, int]] = []


def _noisy(word: str, noise: float) -> str:
    """Case noise: some windows all lower, all upper or in title case, so that headlines do not surprise the model."""
    if noise < 0.06:
        return word.lower()
    if noise < 0.10:
        return word.upper()
    if noise < 0.12:
        return word.title()
    return word
