"""Loaded words in a text: wording that takes a side, flagged with its span and never adopted.

A word with a neutral sense too ("a visa regime", "liberated from debt") is judged by a light head: by where it stands
in its sentence, read without names, and by how like the words around it are to those that the list gives as neutral
company. Whose regime it is changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Span, Token

from gesta.annotate.model import Model
from gesta.attribute.alone import vector_of
from gesta.attribute.attitudes import forms
from gesta.attribute.signs import sorts_of
from gesta.attribute.unnamed import NAME, Unnaming, is_name
from gesta.attribute.words import QUOTE_MARKS, SUBJECTS
from gesta.ontology.loaded import LoadedList, LoadedWord
from gesta.records import Evidence

HEAD = "loaded"
#: A word with a neutral sense is flagged from this chance on: a flag missed hides a side, one too many asks to look.
THRESHOLD = 0.3
_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)
_AFTER = 4


@dataclass(frozen=True, slots=True)
class Flagged:
    """Loaded words in a text: their tokens and characters, and their entry."""

    words: Span
    entry: LoadedWord

    @property
    def start(self) -> int:
        """Where they begin, in characters."""
        return int(self.words.start_char)

    @property
    def end(self) -> int:
        """Where they end, exclusive."""
        return int(self.words.end_char)

    @property
    def evidence(self) -> Evidence:
        """The words as evidence, its field saying what they judge."""
        return Evidence(field=f"loaded: {self.entry.judges}", start=self.start, end=self.end)


def find_loaded(doc: Doc, model: Model, listed: LoadedList, read: Callable[[Doc], Doc]) -> tuple[Flagged, ...]:
    """Return the loaded words of a text in order. A word that is a name's ("Martyrs' Square") is nobody's choice.

    ``read`` is the model's component of ``coder.nlp``.
    """
    unnaming = Unnaming(doc, read)
    return tuple(
        one
        for one in listed_words(doc, listed)
        if one.entry.sure or _is_of_a_name(one) or is_loaded(one, unnaming, model)
    )


def _is_of_a_name(one: Flagged) -> bool:
    """Whether a noun for an actor stands before "in" or "of" and a name ("the regime in X")."""
    words, doc = one.words, one.words.doc
    if one.entry.plain is None or words.end + 1 >= words.sent.end or doc[words.end].lower_ not in {"in", "of"}:
        return False
    before = doc[words.start - 1] if words.start > words.sent.start else None
    return is_name(doc[words.end + 1]) and (before is None or before.pos_ != "NOUN")


def listed_words(doc: Doc, listed: LoadedList) -> Iterator[Flagged]:
    """Yield all words of the list, longest first, whatever they mean here; those in names are left out."""
    lows = [token.lower_.replace("’", "'") for token in doc]
    at = 0
    while at < len(doc):
        found = listed.at(lows, at)
        at += 1
        if found is not None:
            words = doc[at - 1 : at - 1 + found[1]]
            if found[0].actor or not (_in_name(words) or _is_against(words)):
                yield Flagged(words, found[0])
                at += found[1] - 1


def is_loaded(one: Flagged, unnaming: Unnaming, model: Model) -> bool:
    """Whether the word takes a side here; without a head it is taken to."""
    head = model.light.get(HEAD)
    return head is None or head.chance(features(unnamed_words(one, unnaming), model)) >= THRESHOLD


def unnamed_words(one: Flagged, unnaming: Unnaming) -> Flagged:
    """Return the words where they stand in their sentence without its names."""
    without = unnaming.of([one.words.start])
    first, last = without.at[one.words.start], without.at[one.words.end - 1]
    return Flagged(without.doc[first : last + 1], one.entry)


def _in_name(words: Span) -> bool:
    """Whether the words are part of a longer name, or a name of things ("Liberation Avenue", "the Patriots")."""
    doc = words.doc
    if not all(token.text[:1].isupper() for token in words if token.is_alpha):
        return False
    after = doc[words.end] if words.end < len(doc) else None
    while after is not None and (after.text in {"'", "’", "'s", "’s"}) and after.i + 1 < len(doc):
        after = doc[after.i + 1]
    if after is not None and after.text[:1].isupper() and after.is_alpha and after.sent == words.sent:
        return True
    opens = words.start == words.sent.start
    return not opens and all(token.ent_iob_ in {"B", "I"} and token.ent_type_ != "NORP" for token in words)


def _is_against(words: Span) -> bool:
    """Whether they only tell what another is for or against: "anti-imperialist"."""
    hyphen = words.start > 1 and words.doc[words.start - 1].text == "-"
    return hyphen and words.doc[words.start - 2].lower_ in {"anti", "pro", "non", "counter"}


def features(one: Flagged, model: Model) -> tuple[str, ...]:
    """Return the named features of a listed word where it stands: how like the words around are to neutral ones."""
    words, head = one.words, one.words.root
    before, after = _before(words), _after(words)
    near = [t for t in (before, after, _governor(head), *head.children) if t is not None and _tells(t, words)]
    whole = [token for token in words.sent if _tells(token, words)]
    found = [f"judges={one.entry.judges}", f"tag={head.pos_}", f"role={_role(head)}"]
    found += [f"before={_sort(before)}", f"after={_sort(after)}", f"word={' '.join(one.entry.words)}"]
    for name, around in (("near", near), ("sentence", whole)):
        likeness = max((_likeness(token, one.entry, model) for token in around), default=0.0)
        found += [f"{name} like={step}" for step in _STEPS if likeness >= step]
        found += [f"{name} named"] if any(set(forms(token)) & set(one.entry.neutral) for token in around) else []
    sorts = {sort for token in whole for sort in sorts_of(token)}
    found += [f"beside {sort}" for sort in sorts]
    found += ["of a name"] if any(t.text == NAME for t in (before, after) if t is not None) else []
    found += ["capital"] if any(token.text == NAME for token in words) else []
    found += ["plural"] if head.lower_ != one.entry.words[-1] else []
    return tuple(sorted(set(found)))


def _tells(token: Token, words: Span) -> bool:
    """Whether a word beside the listed one can tell its sense: no name, no function word."""
    return (
        token.pos_ in {"NOUN", "VERB", "ADJ", "ADV", "NUM"}
        and token.text != NAME
        and token.is_alpha
        and not (words.start <= token.i < words.end)
    )


def _likeness(token: Token, entry: LoadedWord, model: Model) -> float:
    """Return the cosine of a word and the likest of the neutral words, each read alone."""
    vector = vector_of(model, token.lower_)
    others = np.stack([vector_of(model, word) for word in entry.neutral])
    norms = np.linalg.norm(others, axis=1) * np.linalg.norm(vector)
    return float(np.max(others @ vector / norms))


def _sort(token: Token | None) -> str:
    if token is None:
        return "none"
    return "name" if token.text == NAME else token.pos_


def _before(words: Span) -> Token | None:
    at = words.start - 1
    while at >= words.sent.start and (words.doc[at].text in QUOTE_MARKS | {"‘", "’", "-"}):
        at -= 1
    return words.doc[at] if at >= words.sent.start else None


def _after(words: Span) -> Token | None:
    """The next word, or what "of" governs after the words: "a regime of | antibiotics"."""
    doc, at = words.doc, words.end
    while at < words.sent.end and doc[at].text in QUOTE_MARKS | {"‘", "’"}:
        at += 1
    if at < words.sent.end and doc[at].lower_ in {"of", "from"}:
        ahead = (doc[i] for i in range(at + 1, min(words.sent.end, at + 1 + _AFTER)))
        return next((token for token in ahead if token.pos_ in {"NOUN", "PROPN"}), doc[at])
    return doc[at] if at < words.sent.end else None


def _governor(head: Token) -> Token | None:
    """The noun that the word colours, else the verb it is subject or object of."""
    return head.head if head.head.i != head.i else None


def _role(head: Token) -> str:
    if head.dep_ in SUBJECTS:
        return "subject"
    return head.dep_.split(":")[0]
