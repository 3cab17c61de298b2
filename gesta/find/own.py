"""Events of a user's ontology: a light classifier over the frozen encoder's word and sentence vectors.

A softmax regression with one class for each type and one for none. Its rows are the content words of the examples: the
trigger of each example belongs to the type, all others to none, so it learns which word tells the event too. Sentences
of every other kind (``background.txt``) show it what it is not to find.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token

from gesta.annotate.language import Readings, Sentence, readings
from gesta.annotate.model import Floats, Labels
from gesta.annotate.pairs import Pairs, softmax
from gesta.errors import UsageError
from gesta.find.drafts import Draft
from gesta.ontology.own import OwnOntology, digest, example
from gesta.records import Frozen

_CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_NAMES = frozenset({"Person", "NORP", "Location", "Facility", "Date", "Money", "Product"})
#: Probability from which a word tells an event of a type.
THRESHOLD = 0.6
_STEPS, _RATE, _DECAY = 300, 0.05, 3e-3
#: How much the words that tell nothing count together, beside those that tell something.
_NONE_SHARE = 3.0
_FOLDS = 5
#: Likeness (cosine) from which a background sentence may tell of one of the types itself, and is left out.
_ALIKE = 0.5
_WORDS = 384
#: What being the root of its sentence adds to a word's chance of telling an example's event.
_ROOT = 0.2


@dataclass(frozen=True, slots=True)
class Row:
    """One content word of an example."""

    example: int
    token: Token
    features: Floats
    label: int


class OwnModel:
    """What was learnt of a user's ontology; ``weights`` [types + 1, features + 1], row 0 is none."""

    def __init__(self, ontology: OwnOntology, weights: Floats, centre: Floats, spread: Floats, *, model: str) -> None:
        self.ontology, self.model = ontology, model
        self.identity = f"{ontology.name}-{digest(ontology)}"
        self._weights, self._centre, self._spread = weights, centre, spread

    def chances(self, features: Floats) -> Floats:
        """Return the probability of none and of each type [words, types + 1]."""
        scaled = np.asarray((features - self._centre) / self._spread, dtype=np.float32)
        return softmax(scaled @ self._weights[:, :-1].T + self._weights[:, -1])

    def save(self, folder: Path) -> None:
        """Write it into a folder, made if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        card = _Card(ontology=self.ontology, model=self.model)
        (folder / "ontology.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
        np.savez_compressed(folder / "weights.npz", weights=self._weights, centre=self._centre, spread=self._spread)

    @classmethod
    def load(cls, folder: Path, *, model: str) -> OwnModel:
        """Read it back; ``UsageError`` if there is none, or if it was learnt over another model than ``model``."""
        try:
            card = msgspec.json.decode((folder / "ontology.json").read_bytes(), type=_Card)
            with np.load(folder / "weights.npz") as found:
                arrays = {name: found[name].astype(np.float32) for name in ("weights", "centre", "spread")}
        except (OSError, ValueError, KeyError) as error:
            remedy = "Learn it first: gesta ontology train FILE.yaml"
            raise UsageError(f"no learnt ontology here ({error})", where=str(folder), remedy=remedy) from error
        if card.model != model:
            wrong = f"it was learnt over the model {card.model}, and this is {model}"
            raise UsageError(wrong, where=str(folder), remedy="Learn it again: gesta ontology train FILE.yaml")
        return cls(card.ontology, **arrays, model=model)


class _Card(Frozen, frozen=True):
    ontology: OwnOntology
    model: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """A learnt ontology and how well its types are told apart on examples left out of training."""

    model: OwnModel
    examples: int
    right: int
    """Examples whose type is found, in cross-validation."""
    by_type: dict[str, tuple[int, int]]
    """Type -> (right, examples)."""


def learn(ontology: OwnOntology, *, nlp: Language, pairs: Pairs, labels: Labels, model: str) -> Learnt:
    """Learn an ontology from its examples; the same file gives the same weights."""
    rows, kinds = _rows(ontology, nlp, pairs)
    around = _background(rows, kinds, nlp, pairs)
    features = np.stack([row.features for row in rows])
    wanted = np.array([row.label for row in rows])
    where = np.array([row.example for row in rows])
    right = dict.fromkeys(range(len(kinds)), False)
    for fold in range(_FOLDS):
        inside = where % _FOLDS == fold
        if inside.all() or not inside.any():
            continue
        trained = _fit(ontology, *_with(around, features[~inside], wanted[~inside]), model=model)
        chances = trained.chances(features[inside])[:, 1:]
        for number in set(where[inside].tolist()):
            best = chances[where[inside] == number].max(0)
            found = int(best.argmax()) + 1 if best.max() >= THRESHOLD else 0
            right[number] = found == kinds[number]
    by_type = {}
    for n, kind in enumerate(ontology.types, start=1):
        own = [number for number, label in enumerate(kinds) if label == n]
        by_type[kind.name] = (sum(right[number] for number in own), len(own))
    done = _fit(ontology, *_with(around, features, wanted), model=model)
    return Learnt(done, len(kinds), sum(right.values()), by_type)


def find_own_triggers(doc: Doc, read: Readings, own: OwnModel, pairs: Pairs, labels: Labels) -> Iterator[Draft]:
    """Yield a draft for each word that tells an event of the user's ontology.

    Its ``type`` is the nearest PLOVER type, by which roles and modality are read; ``own_type`` is the user's.
    """
    for sentence in read.sentences:
        tokens, rows = _content(doc, sentence)
        if not rows:
            continue
        chances = own.chances(_features(sentence, rows, pairs))
        found = {token.i: (token, row, chance) for token, row, chance in zip(tokens, rows, chances, strict=True)}
        for token, row, chance in found.values():
            best = int(chance[1:].argmax()) + 1
            if chance[best] < THRESHOLD or _told_better(token, best, found):
                continue
            kind = own.ontology.types[best - 1]
            parent = kind.parent or labels.types[int(sentence.reading.triggers[row, 1:].argmax())]
            why = f"trigger and type: {own.ontology.name} {float(chance[best]):.2f}"
            yield Draft(token, parent, float(chance[best]), own_type=kind.name, reasons=[why])


def _told_better(token: Token, label: int, found: dict[int, tuple[Token, int, Floats]]) -> bool:
    """Whether a word tied to this one by the tree tells the same type more surely."""
    mine = float(found[token.i][2][label])
    tied = [token.head, *token.children]
    others = [float(found[t.i][2][label]) for t in tied if t.i in found and t.i != token.i]
    return any(other > mine for other in others)


def _content(doc: Doc, sentence: Sentence) -> tuple[list[Token], list[int]]:
    tokens, rows = [], []
    for row, index in enumerate(sentence.tokens.tolist()):
        token = doc[index]
        if token.pos_ in _CONTENT and token.ent_type_ not in _NAMES:
            tokens.append(token)
            rows.append(row)
    return tokens, rows


def _features(sentence: Sentence, rows: Sequence[int], pairs: Pairs) -> Floats:
    words = sentence.reading.words
    whole = np.repeat(pairs.meaning(words)[None], len(rows), axis=0)
    return np.concatenate([words[list(rows)], whole], axis=1)


def _rows(ontology: OwnOntology, nlp: Language, pairs: Pairs) -> tuple[list[Row], list[int]]:
    """The content words of all examples, and each example's label; the examples of ``none`` come last."""
    told = [(n, text) for n, kind in enumerate(ontology.types, start=1) for text in kind.examples]
    told += [(0, text) for text in ontology.none]
    rows: list[Row] = []
    for number, (label, marked) in enumerate(told):
        given = example(marked)
        doc = nlp(given.text)
        found: list[tuple[Token, Floats, float]] = []
        for sentence in readings(doc).sentences:
            tokens, places = _content(doc, sentence)
            if places:
                likely = 1 - softmax(sentence.reading.triggers[places])[:, 0]
                found += zip(tokens, _features(sentence, places, pairs), likely.tolist(), strict=True)
        trigger = _trigger(given.trigger, found) if label else None
        rows += [Row(number, token, features, label if token.i == trigger else 0) for token, features, _ in found]
    return rows, [label for label, _ in told]


def _background(rows: list[Row], kinds: list[int], nlp: Language, pairs: Pairs) -> Floats:
    """The content words of the background's sentences, but for those that are like an example of some type."""
    told = {row.example: row.features[_WORDS:] for row in rows if kinds[row.example]}
    examples = np.stack(list(told.values()))
    found: list[Floats] = []
    for text in files("gesta.find").joinpath("background.txt").read_text(encoding="utf-8").splitlines():
        doc = nlp(text)
        for sentence in readings(doc).sentences:
            _, places = _content(doc, sentence)
            if places and float((examples @ pairs.meaning(sentence.reading.words)).max()) < _ALIKE:
                found.append(_features(sentence, places, pairs))
    return np.concatenate(found)


def _with(around: Floats, features: Floats, wanted: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    return np.concatenate([features, around]), np.concatenate([wanted, np.zeros(len(around), dtype=np.int64)])


def _trigger(marked: tuple[int, int] | None, found: list[tuple[Token, Floats, float]]) -> int | None:
    """The index of the word that tells the event: the last marked one, else the likeliest, the root before others."""
    if marked is not None:
        inside = [t.i for t, _, _ in found if t.idx < marked[1] and t.idx + len(t) > marked[0]]
        return inside[-1] if inside else None
    likeliest = sorted((-(chance + _ROOT * (token.dep_ == "root")), token.i) for token, _, chance in found)
    return likeliest[0][1] if likeliest else None


def _fit(ontology: OwnOntology, features: Floats, wanted: NDArray[np.int64], *, model: str) -> OwnModel:
    """Softmax regression by Adam over all rows at once; no chance in it."""
    centre, spread = features.mean(0), features.std(0) + 1e-3
    scaled = np.concatenate([(features - centre) / spread, np.ones((len(features), 1), np.float32)], axis=1)
    scaled = scaled.astype(np.float32)
    classes = len(ontology.types) + 1
    target = np.eye(classes, dtype=np.float32)[wanted]
    counts = np.maximum(target.sum(0), 1)
    each = np.concatenate([[_NONE_SHARE / counts[0]], 1 / counts[1:]]).astype(np.float32)
    weight = each[wanted] / each[wanted].sum()
    weights = np.zeros((classes, scaled.shape[1]), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        error = (softmax(scaled @ weights.T) - target) * weight[:, None]
        slope = error.T @ scaled + _DECAY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = _RATE * (1 - step / (_STEPS + 1))
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return OwnModel(ontology, weights.astype(np.float32), centre, spread, model=model)
