"""A second look at words that the first left out, in the light of their sentence and of the whole report.

The first look reads word by word: "the explosion" in a report on a car bomb seems no more to it than that of a boiler.
Here a light head (``second`` of ``light.npz``, fitted by ``train/second_look.py``) weighs each word that might tell an
event: what the model said of it, how often its lemma tells such events (``second_look.tsv``), its grammar, and what
else its sentence and report tell (``surroundings``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import LEMMA
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from gesta.annotate.language import Readings
from gesta.annotate.light import Light
from gesta.annotate.model import Floats, Labels
from gesta.annotate.pairs import softmax
from gesta.find.drafts import Draft
from gesta.find.surroundings import Surroundings, bin_of, grammar
from gesta.ontology.tables import read_table

#: Probability from which a word tells an event after all, by cross-validation over articles and worlds of reports.
THRESHOLD = 0.7
#: The same for acts of violence and protest, which seldom stand alone in a report and are missed most.
VIOLENT_THRESHOLD = 0.55
#: The same where the report speaks of accidents or of murder among private people, or the sentence of history, all of
#: which are no events (codebook, section 1).
DOUBTFUL_THRESHOLD = 0.92
VIOLENT = frozenset({"ASSAULT", "PROTEST"})
#: Chance of telling any event from which a word is looked at again.
LEAST_CHANCE = 0.05
#: Share of a lemma's uses that tell events of one type, from which it is looked at however small its chance.
LEAST_SHARE = 0.3
#: Share of the chance of any event that a type must have to be weighed beside the likeliest.
_LEAST_TYPE = 0.2
_LEAST_SENTENCES = 2
CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "AUX", "ADV"})
#: A word inside such a name tells of no event: the names of people, peoples, places, dates, sums and things.
NAMES = frozenset({"Person", "NORP", "Location", "Facility", "Date", "Money", "Product"})
_ODDS = (-6, -5, -4, -3, -2, -1, 0, 1)
_SHARES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word and a type that it may tell, with what the head reads of them."""

    token: Token
    sentence: int
    type: str
    features: tuple[str, ...]
    vector: Floats
    doubtful: bool
    """Whether the violence told may be no event: an accident, private crime, history."""


@cache
def known_words() -> Mapping[tuple[str, bool], Mapping[str, float]]:
    """Lemma and whether it is a verb -> the types that it tells, each with the share of its uses; likeliest first."""
    found: dict[tuple[str, bool], dict[str, float]] = {}
    for row in read_table("gesta.find", "second_look.tsv"):
        found.setdefault((row["lemma"], row["word"] == "verb"), {})[row["type"]] = float(row["share"])
    return found


@cache
def _telling() -> NDArray[np.uint64]:
    """The hashes of the lemmas that are looked at however small their chance."""
    lemmas = {lemma for (lemma, _), types in known_words().items() if max(types.values()) >= LEAST_SHARE}
    strings = StringStore()
    return np.array(sorted(strings.add(lemma) for lemma in lemmas), dtype=np.uint64)


def look_again(doc: Doc, read: Readings, first: Sequence[Draft], head: Light, labels: Labels) -> list[Draft]:
    """Return drafts of what the first look left out: in each sentence and of each type the likeliest word alone.

    A sentence by itself is left as it is: there is no report to see it in.
    """
    if len(read.sentences) < _LEAST_SENTENCES:
        return []
    by_word: dict[int, tuple[float, Weighed]] = {}
    for one in weigh(doc, read, {draft.trigger.i: draft.type for draft in first}, labels):
        chance = head.weighed(one.features, one.vector.astype(np.float64))
        if chance >= threshold(one) and chance > by_word.get(one.token.i, (0.0, one))[0]:
            by_word[one.token.i] = (chance, one)
    best: dict[tuple[int, str], tuple[float, Weighed]] = {}
    for chance, one in by_word.values():
        if chance > best.get((one.sentence, one.type), (0.0, one))[0]:
            best[one.sentence, one.type] = (chance, one)
    return [
        Draft(one.token, one.type, chance, any_chance=chance, reasons=[f"trigger and type: second look {chance:.2f}"])
        for chance, one in best.values()
    ]


def threshold(one: Weighed) -> float:
    """The probability from which a word is taken for an event of its type."""
    if one.type not in VIOLENT:
        return THRESHOLD
    return DOUBTFUL_THRESHOLD if one.doubtful else VIOLENT_THRESHOLD


def weigh(doc: Doc, read: Readings, sure: Mapping[int, str], labels: Labels) -> Iterator[Weighed]:
    """Yield each word worth a second look with each type that it may tell.

    ``sure`` are the words that the first look took, with their types: a sentence is not asked for a type again.
    """
    if not read.sentences:
        return
    chances = softmax(np.concatenate([sentence.reading.triggers for sentence in read.sentences]))
    tokens = np.concatenate([sentence.tokens for sentence in read.sentences])
    sizes = [len(sentence.tokens) for sentence in read.sentences]
    sentences = np.repeat(np.arange(len(sizes)), sizes)
    firsts = np.cumsum([0, *sizes])
    likely = chances[:, 0] <= 1 - LEAST_CHANCE
    rows = np.flatnonzero(likely | np.isin(doc.to_array([LEMMA]).ravel()[tokens], _telling()))
    around: Surroundings | None = None
    for row in rows.tolist():
        token = doc[int(tokens[row])]
        if token.i in sure or token.pos_ not in CONTENT or token.ent_type_ in NAMES:
            continue
        own = known_words().get((token.lemma_.lower(), token.pos_ == "VERB"), {})
        if not likely[row] and max(own.values(), default=0.0) < LEAST_SHARE:
            continue
        around = around or Surroundings(doc, chances, sentences, tokens, sure, labels)
        sentence = int(sentences[row])
        vector = read.sentences[sentence].reading.words[row - firsts[sentence]]
        kinds = [kind for kind in _types(chances[row], own, labels) if not around.is_told(sentence, labels.types[kind])]
        of_word = tuple(grammar(token)) if kinds else ()
        for kind in kinds:
            name = labels.types[kind]
            said = (*of_word, *_said(chances[row], kind, own, name))
            names = {*said, *(f"{name} {one}" for one in said), *around.features(row, token, kind), f"type {name}"}
            yield Weighed(token, sentence, name, tuple(sorted(names)), vector, around.is_doubtful(sentence))


def _types(chances: Floats, own: Mapping[str, float], labels: Labels) -> list[int]:
    """The likeliest types of a word, and that which its lemma tells most."""
    order = np.argsort(-chances[1:], kind="stable")[:2].tolist()
    any_chance = max(1 - float(chances[0]), 1e-6)
    kinds = [order[0], *(kind for kind in order[1:] if chances[1 + kind] / any_chance >= _LEAST_TYPE)]
    kinds += [labels.types.index(kind) for kind in list(own)[:1]]
    return list(dict.fromkeys(kinds))


def _said(chances: Floats, kind: int, own: Mapping[str, float], name: str) -> Iterator[str]:
    """What the model says of the word, and how often its lemma tells of the type."""
    any_chance = min(max(1 - float(chances[0]), 1e-6), 1 - 1e-6)
    share = float(chances[1 + kind]) / any_chance
    said = bin_of(float(np.log(any_chance / (1 - any_chance))), _ODDS)
    yield f"any {said}"
    yield f"share {bin_of(share, _SHARES)}"
    yield f"any {said} share {int(share * 3)}"
    yield f"lemma tells it {bin_of(own[name], _SHARES)}" if name in own else "lemma tells it not"
    yield f"lemma tells any {bin_of(sum(own.values()), _SHARES)}" if own else "lemma tells none"
