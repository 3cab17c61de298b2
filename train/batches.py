"""Pack sentences into windows and windows into padded batches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from gesta.annotate.shapes import shape
from gesta.find.paths import FAR, distance, frame, paths, turned
from train.data import Pair, Sentence, Span, Trigger
from train.labels import Labels

WINDOW = 128  # wordpieces at most, [CLS] and one [SEP] after each sentence included
ALONE = 0.3  # share of windows with one sentence
CLS, SEP, UNK, PAD = 101, 102, 100, 0
ROLES = ("none", "source", "target", "place", "time")


@dataclass
class LabelledPair:
    row: int
    sentence: Span
    source: Span
    target: Span
    type: int
    coded: int
    real: int
    heads: tuple[int, int]  # the head words of source and target, in words of the window
    ways: Tensor  # [2, words]: path from each word to the head of the source and of the target
    gaps: Tensor  # [2, words]


@dataclass
class LabelledEvent:
    """One event of a window; the three last are [words], with roles of -100 outside its sentence."""

    row: int
    word: int
    type: int
    modality: int
    frame: int
    modes: Tensor
    contexts: Tensor
    roles: Tensor
    paths: Tensor
    gaps: Tensor


@dataclass
class Batch:
    """Padded tensors of some windows; a label of -100 (any negative) means none."""

    pieces: Tensor  # [windows, pieces]
    shapes: Tensor
    mask: Tensor
    pool: Tensor  # [windows, words, pieces]: means over the pieces of a word
    sentence: Tensor  # [windows, words]: which sentence of the window
    sure: Tensor  # [windows, words]: how much a word's tags and tree count
    upos: Tensor
    morph: Tensor
    heads: Tensor
    relations: Tensor
    names: Tensor
    nested: Tensor
    triggers: Tensor
    seconds: Tensor
    cues: Tensor
    events: list[LabelledEvent]
    attributions: list[tuple[int, list[int], Tensor]]
    pairs: list[LabelledPair]
    meanings: list[tuple[int, Span, Tensor]]


class Packer:
    """Turns sentences into windows of at most ``WINDOW`` wordpieces, and windows into batches.

    ``meanings`` holds the original encoder's embedding of sentences, by their words joined with spaces.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        labels: Labels,
        meanings: dict[str, Tensor] | None = None,
        *,
        window: int = WINDOW,
        alone: float = ALONE,
    ) -> None:
        self._window, self._alone = window, alone
        self._tokenizer = tokenizer
        self._pieces: dict[str, list[int]] = {}
        self.labels = labels
        self._meanings = meanings or {}
        self._index = {name: {v: i for i, v in enumerate(vs)} for name, vs in labels.to_json().items()}

    def pieces(self, word: str) -> list[int]:
        found = self._pieces.get(word)
        if found is None:
            found = self._pieces[word] = self._tokenizer.encode(word, add_special_tokens=False).ids[:16] or [UNK]
        return found

    def length(self, sentence: Sentence) -> int:
        return sum(len(self.pieces(word)) for word in sentence.words)

    def windows(
        self, sentences: list[Sentence], rng: random.Random | None, *, across: bool = False
    ) -> Iterator[list[Sentence]]:
        """Greedy packing of consecutive sentences of one document, or ``across`` documents.

        With ``rng``, some windows hold one sentence and the others are of every size up to ``WINDOW``, so that
        the model reads well whatever stands around a sentence.
        """
        window: list[Sentence] = []
        room, alone = 0, False
        for sentence in sentences:
            need = self.length(sentence) + 1
            if window and (alone or need > room or not (across or sentence.document == window[-1].document)):
                yield window
                window = []
            if not window:
                room, alone = self._window - 1, rng is not None and rng.random() < self._alone
                if rng is not None:
                    room = rng.randrange(self._window // 4, self._window)
            if need > self._window - 1:
                continue  # over-long sentences teach little; coding splits them with overlap
            window.append(sentence)
            room -= need
        if window:
            yield window

    def _label(self, name: str, value: str) -> int:
        index = self._index[name]
        return index.get(value, index.get(value.split(":")[0], -100))

    def batch(self, windows: list[list[Sentence]], rng: random.Random | None = None) -> Batch:
        """Pad windows, in pieces and in words, to one multiple of 16: each new shape costs a compilation."""
        rows = [self._row(window, rng) for window in windows]
        length = words = padded_length(max(len(r.pieces) for r in rows))

        def padded(values: list[list[int]], size: int, fill: int) -> Tensor:
            return torch.tensor([v + [fill] * (size - len(v)) for v in values])

        pool = torch.zeros(len(rows), words, length)
        events, pairs, meanings, attributions = [], [], [], []
        for n, row in enumerate(rows):
            for w, (a, b) in enumerate(row.spans):
                pool[n, w, a:b] = 1 / (b - a)
            events += [self._event(n, first, sentence, trigger, words) for first, sentence, trigger in row.events]
            for cue, labels in row.attributions:
                attributions.append((n, cue, torch.tensor(labels + [-100] * (words - len(labels)))))
            pairs += [self._pair(n, span[0], sentence, pair, words) for span, sentence, pair in row.pairs]
            meanings += [(n, span, self._meanings[key].float()) for span, key in row.sentences if key in self._meanings]
        columns = {
            name: padded([getattr(r, name) for r in rows], words, -100)
            for name in ("upos", "morph", "heads", "relations", "names", "nested", "triggers", "seconds", "cues")
        }
        return Batch(
            pieces=padded([r.pieces for r in rows], length, PAD),
            shapes=padded([r.shapes for r in rows], length, 0),
            mask=padded([[1] * len(r.pieces) for r in rows], length, 0).bool(),
            pool=pool,
            sentence=padded([r.sentence for r in rows], words, -1),
            sure=torch.tensor([r.sure + [0.0] * (words - len(r.sure)) for r in rows]),
            events=events,
            attributions=attributions,
            pairs=pairs,
            meanings=meanings,
            **columns,
        )

    def _event(self, row: int, first: int, sentence: Sentence, trigger: Trigger, words: int) -> LabelledEvent:
        index, n = self._index, len(sentence.words)
        roles = [0] * n
        for role, span in trigger.arguments:
            for word in _heads(sentence, span):
                roles[word] = ROLES.index(role)
        ways, below = [FAR] * n, 0
        if sentence.heads is not None and sentence.relations is not None:
            ways = paths(sentence.words, sentence.heads, sentence.relations, trigger.word)
            below = frame(sentence.words, sentence.heads, sentence.relations, trigger.word)
        around = [index["paths"].get(way, 0) for way in ways]
        gaps = [distance(trigger.word, word) for word in range(n)]
        chosen = torch.zeros(len(index["modes"])), torch.zeros(len(index["contexts"]))
        for name, among, values in zip(("modes", "contexts"), chosen, (trigger.modes, trigger.contexts), strict=True):
            for value in values:
                among[index[name][value]] = 1.0
        before, after = first, words - first - n
        return LabelledEvent(
            row, first + trigger.word, index["types"][trigger.type], index["modalities"][trigger.modality],
            below, *chosen,
            roles=torch.tensor([-100] * before + roles + [-100] * after),
            paths=torch.tensor([0] * before + around + [0] * after),
            gaps=torch.tensor([0] * before + gaps + [0] * after),
        )  # fmt: skip

    def _pair(self, row: int, first: int, sentence: Sentence, pair: Pair, words: int) -> LabelledPair:
        n = len(sentence.words)
        ways, gaps = torch.zeros(2, words, dtype=torch.long), torch.zeros(2, words, dtype=torch.long)
        heads = _heads(sentence, pair.source)[0], _heads(sentence, pair.target)[0]
        for side, head in enumerate(heads):
            gaps[side, first : first + n] = torch.tensor([distance(word, head) for word in range(n)])
            if sentence.heads is not None and sentence.relations is not None:
                back = paths(sentence.words, sentence.heads, sentence.relations, head)
                known = [self._index["paths"].get(turned(way), 0) for way in back]
                ways[side, first : first + n] = torch.tensor(known)
        real = -100 if pair.real is None else int(pair.real)
        return LabelledPair(
            row, (first, first + n), pair.source, pair.target, self._pair_type(pair),
            self._index["types"].get(pair.coded or "", -100), real,
            (first + heads[0], first + heads[1]), ways, gaps,
        )  # fmt: skip

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
            row.pieces.append(SEP)
            row.shapes.append(0)
            n = len(sentence.words)
            row.sentence += [number] * n
            span = (first, first + n)
            none = [-100] * n
            row.sure += [sentence.sure] * n
            row.upos += [self._label("upos", v) for v in sentence.upos] if sentence.upos else none
            row.morph += [self._label("morph", v) for v in sentence.morph] if sentence.morph else none
            row.relations += [self._label("relations", v) for v in sentence.relations] if sentence.relations else none
            row.heads += [h + 1 + (first if h >= 0 else 0) for h in sentence.heads] if sentence.heads else none
            row.names += [self._label("names", v) for v in sentence.names] if sentence.names else none
            row.nested += [self._label("names", v) for v in sentence.nested] if sentence.nested else none
            row.pairs += [(span, sentence, pair) for pair in sentence.pairs]
            row.sentences.append((span, " ".join(sentence.words)))
            self._events(row, sentence, first)
        self._attributions(row, window)
        return row

    def _events(self, row: _Row, sentence: Sentence, first: int) -> None:
        n = len(sentence.words)
        triggers = [-100 if sentence.triggers is None else 0] * n
        seconds = [-100] * n
        for trigger in sentence.triggers or ():
            label = 1 + self._index["types"][trigger.type]
            if triggers[trigger.word] == 0:  # of two events on one word the outer speech act comes first
                triggers[trigger.word], seconds[trigger.word] = label, 0
            else:
                seconds[trigger.word] = label
            row.events.append((first, sentence, trigger))
        row.triggers += triggers
        row.seconds += seconds

    def _attributions(self, row: _Row, window: list[Sentence]) -> None:
        """Cues are labelled in their sentence; a source or content may lie in any sentence of the window."""
        place = {}  # from a word's index in the document to its index in the window
        for (first, last), sentence in zip((span for span, _ in row.sentences), window, strict=True):
            row.cues += [-100 if sentence.attributions is None else 0] * (last - first)
            if sentence.attributions is not None:
                place.update({sentence.first + i: first + i for i in range(last - first)})
        for sentence in window:
            for attribution in sentence.attributions or ():
                cue = [place[w] for w in attribution.cue if w in place]
                for n, word in enumerate(cue):
                    row.cues[word] = 1 if n == 0 or cue[n - 1] != word - 1 else 2
                labels = [0 if c >= 0 else -100 for c in row.cues]
                for label, words in ((1, attribution.source), (2, attribution.content)):
                    for word in words:
                        if word in place:
                            labels[place[word]] = label
                row.attributions.append((cue, labels))


class _Row:
    """One window on its way into a batch."""

    def __init__(self) -> None:
        self.pieces, self.shapes = [CLS], [0]
        self.spans: list[Span] = []
        self.sentence: list[int] = []
        self.sure: list[float] = []
        self.upos: list[int] = []
        self.morph: list[int] = []
        self.heads: list[int] = []
        self.relations: list[int] = []
        self.names: list[int] = []
        self.nested: list[int] = []
        self.triggers: list[int] = []
        self.seconds: list[int] = []
        self.cues: list[int] = []
        self.events: list[tuple[int, Sentence, Trigger]] = []
        self.attributions: list[tuple[list[int], list[int]]] = []
        self.pairs: list[tuple[Span, Sentence, Pair]] = []
        self.sentences: list[tuple[Span, str]] = []


def _heads(sentence: Sentence, span: Span) -> list[int]:
    """The words of a phrase that hang on a word outside it; the whole phrase where the sentence has no tree."""
    inside = range(*span)
    if sentence.heads is None:
        return list(inside)
    return [word for word in inside if sentence.heads[word] not in inside]


def padded_length(pieces: int) -> int:
    return -(-pieces // 16) * 16


def in_batches(
    windows: list[list[Sentence]], packer: Packer, rng: random.Random, size: int, *, mixed: int = 800
) -> list[list[list[Sentence]]]:
    """Shuffle windows into batches of about ``size`` pieces; each batch holds windows of like length.

    ``mixed`` windows are sorted at a time, so that the batches of an epoch still differ from one epoch to the next.
    """
    rng.shuffle(windows)
    batches: list[list[list[Sentence]]] = []
    for start in range(0, len(windows), mixed):
        chunk = [(sum(packer.length(s) + 1 for s in w) + 1, w) for w in windows[start : start + mixed]]
        chunk.sort(key=lambda counted: -counted[0])
        first = 0
        while first < len(chunk):
            rows = size // padded_length(chunk[first][0])  # the same for each length: few shapes in all
            batches.append([window for _, window in chunk[first : first + rows]])
            first += rows
    rng.shuffle(batches)
    return batches


def _noisy(word: str, noise: float) -> str:
    """Case noise: some windows all lower, all upper or in title case, so that headlines do not surprise the model."""
    if noise < 0.06:
        return word.lower()
    if noise < 0.10:
        return word.upper()
    if noise < 0.12:
        return word.title()
    return word
