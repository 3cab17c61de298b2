"""The packaged model: one encoder pass per window, read by onnxruntime on one thread.

Output for a sentence depends only on its window, and windows only on the report, so batch size and number of workers
never change a byte.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer

from gesta.annotate.light import HEADS, NEVER, Light, read_heads
from gesta.annotate.shapes import SHAPES, shape
from gesta.errors import ModelError

Floats = NDArray[np.float32]

_CLS, _SEP, _UNK = 101, 102, 100
_MOST_PIECES_A_WORD = 16
_OVERLAP = 24
"""Words shared by neighbouring chunks of a sentence too long for one window."""
_REMEMBERED_WORDS = 100_000

OUTPUTS = (
    "words", "upos", "morph", "names", "nested", "triggers", "seconds", "arcs", "dependents", "governors",
    "role_triggers", "role_arguments", "cues", "part_cues", "part_words",
)  # fmt: skip
_ARCS = OUTPUTS.index("arcs")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one sentence of n words; every array has n rows, float32.

    ``words`` [n, 384]; logits ``upos``, ``morph``, ``names``, ``nested``, ``triggers`` (0 is none), ``seconds``
    (a second event told by the same word, 0 is none);
    ``arcs`` [n, n + 1] with the root in column 0; ``dependents``, ``governors`` [n, 128] for tree labels;
    ``role_triggers``, ``role_arguments`` [n, 128] for the roles of a trigger's arguments; ``cues`` logits [n, 3] of a
    reporting cue (none, first word, later word), ``part_cues``, ``part_words`` [n, 64] for a cue's source and content.
    """

    words: Floats
    upos: Floats
    morph: Floats
    names: Floats
    nested: Floats
    triggers: Floats
    seconds: Floats
    arcs: Floats
    dependents: Floats
    governors: Floats
    role_triggers: Floats
    role_arguments: Floats
    cues: Floats
    part_cues: Floats
    part_words: Floats


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of the heads, in the order of their logits."""

    upos: tuple[str, ...]
    morph: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    pair_types: tuple[str, ...]
    types: tuple[str, ...]
    modalities: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    paths: tuple[str, ...]


class Model:
    """Loads the packaged files once; ``read`` runs the graph over the windows of some consecutive sentences."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            vocabulary = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
            graph = (folder / "model.onnx").read_bytes()
            with np.load(folder / "pairs.npz") as pairs:
                self.pairs: dict[str, Floats] = {name: pairs[name].astype(np.float32) for name in pairs.files}
            #: Light heads by name; before ``train/light.py`` has run they find nothing likely.
            self.light: dict[str, Light] = _light(folder / "light.npz")
            with np.load(folder / "attribution.npz") as arrays:
                #: Weights and vocabulary of ``gesta.attribute.networks``.
                self.attribution = {name: arrays[name] for name in arrays.files}
            with np.load(folder / "linking.npz") as arrays:
                #: Axes of sentence meaning (``gesta.link.imprints``) and weights of ``gesta.link.score``.
                self.linking: dict[str, Floats] = {name: arrays[name].astype(np.float32) for name in arrays.files}
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the model cannot be loaded ({error})", where=str(folder), remedy="Install Gesta again."
            ) from error
        self.name: str = card["name"]
        self.identity: str = f"{card['name']}-{card['sha256'][:12]}"
        self.labels = Labels(**{name: tuple(values) for name, values in card["labels"].items()})
        #: Weights of ``gesta.find.confidence``; none before ``train/calibrate.py`` has run.
        self.confidence: tuple[float, ...] = tuple(card.get("confidence", ()))
        #: Wordpieces that the sentences of a window may have, each with one more for its end.
        self.room: int = card["window"] - 1  # [CLS] stands before; each sentence brings its own [SEP]
        self._tokenizer = Tokenizer(
            WordPiece({word: n for n, word in enumerate(vocabulary)}, unk_token="[UNK]", max_input_chars_per_word=100)
        )
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._known: dict[str, tuple[int, ...]] = {}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    @cached_property
    def causes(self) -> dict[str, NDArray[np.generic]]:
        """Weights and vocabulary of ``gesta.find.causes``, read when first asked for: coding reports needs none."""
        path = self._folder / "causes.npz"
        try:
            with np.load(path) as arrays:
                return {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the networks for cause and effect cannot be loaded ({error})",
                where=str(path),
                remedy="Install Gesta again.",
            ) from error

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return a word's wordpiece ids; at least one, [UNK] for a word without any."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _REMEMBERED_WORDS:
                self._known.clear()
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids[:_MOST_PIECES_A_WORD]
            found = self._known[word] = tuple(ids) or (_UNK,)
        return found

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Read consecutive sentences of one text, each a sequence of words; one ``Reading`` a sentence."""
        readings: list[Reading] = []
        window: list[Sequence[str]] = []
        room = self.room
        for sentence in sentences:
            need = sum(len(self.pieces(word)) for word in sentence) + 1
            if window and need > room:
                readings += self._window(window)
                window, room = [], self.room
            if need > self.room:
                readings.append(self._long(sentence))
            else:
                window.append(sentence)
                room -= need
        if window:
            readings += self._window(window)
        return readings

    def run(self, sentences: Sequence[Sequence[str]]) -> list[Any]:
        """Run the graph on one window of sentences; the outputs in the order of ``OUTPUTS``, a row for each word."""
        outputs: list[Any] = self._session.run(OUTPUTS, self.feed(sentences))
        return outputs

    def feed(self, sentences: Sequence[Sequence[str]]) -> dict[str, NDArray[Any]]:
        """Return the graph's inputs for one window: pieces [T], shapes [T], pool [words, T]; [SEP] ends a sentence."""
        ids, forms = [_CLS], [0]
        firsts: list[int] = []
        lengths: list[int] = []
        for words in sentences:
            for word in words:
                pieces = self.pieces(word)
                form = shape(word)
                firsts.append(len(ids))
                lengths.append(len(pieces))
                ids += pieces
                forms.append(form)
                if len(pieces) > 1:
                    forms += [form + 1] * (len(pieces) - 1)
            ids.append(_SEP)
            forms.append(0)
        counts = np.array(lengths)
        rows = np.repeat(np.arange(len(counts)), counts)
        columns = np.arange(len(rows)) + np.repeat(np.array(firsts) - np.cumsum(counts) + counts, counts)
        pool = np.zeros((len(counts), len(ids)), dtype=np.float32)
        pool[rows, columns] = (1 / counts)[rows]
        assert max(forms) < len(SHAPES)
        return {"pieces": np.array(ids), "shapes": np.array(forms), "pool": pool}

    def _window(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        outputs = self.run(sentences)
        readings, first = [], 0
        for sentence in sentences:
            last = first + len(sentence)
            rows = [output[first:last] for output in outputs]
            arcs = rows[_ARCS]
            rows[_ARCS] = np.concatenate([arcs[:, :1], arcs[:, 1 + first : 1 + last]], axis=1)
            readings.append(Reading(*rows))
            first = last
        return readings

    def _long(self, sentence: Sequence[str]) -> Reading:
        """Read a sentence that fills more than one window: overlapping chunks, each word from where it is inner."""
        chunks = self._chunks(sentence)
        n = len(sentence)
        merged: list[Floats] = []
        for number, (first, last) in enumerate(chunks):
            begin = first if number == 0 else (first + chunks[number - 1][1]) // 2
            end = last if number + 1 == len(chunks) else (chunks[number + 1][0] + last) // 2
            outputs = self.run([sentence[first:last]])
            if not merged:
                merged = [np.zeros((n, output.shape[1]), dtype=np.float32) for output in outputs]
                merged[_ARCS] = np.full((n, n + 1), -1e3, dtype=np.float32)
            for whole, output in zip(merged, outputs, strict=True):
                if whole is not merged[_ARCS]:
                    whole[begin:end] = output[begin - first : end - first]
            arcs = outputs[_ARCS][begin - first : end - first]
            merged[_ARCS][begin:end, 0] = arcs[:, 0]
            merged[_ARCS][begin:end, 1 + first : 1 + last] = arcs[:, 1:]
        return Reading(*merged)

    def _chunks(self, sentence: Sequence[str]) -> list[tuple[int, int]]:
        chunks, first = [], 0
        while True:
            last, room = first, self.room - 1
            while last < len(sentence) and len(self.pieces(sentence[last])) <= room:
                room -= len(self.pieces(sentence[last]))
                last += 1
            chunks.append((first, last))
            if last == len(sentence):
                return chunks
            first = max(last - _OVERLAP, first + 1)


def _light(path: Path) -> dict[str, Light]:
    if not path.exists():
        # A toponym means its place until something says otherwise.
        return {name: Light({}, np.zeros(0, dtype=np.float32), -NEVER if name == "use" else NEVER) for name in HEADS}
    with np.load(path) as arrays:
        return read_heads({name: arrays[name] for name in arrays.files})


PACKAGED = Path(__file__).parent / "model"
"""The model that ships with Gesta."""


def load_model(folder: str | None = None) -> Model:
    """Load a model once for the process; None is the packaged one."""
    return _load(Path(folder) if folder else PACKAGED)


@cache
def _load(folder: Path) -> Model:
    return Model(folder)
