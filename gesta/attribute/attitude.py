"""What a claim's speaker means by it, how sure, and what the author makes of it.

Rules read the cue's table and the content's head; light heads, one for each value, weigh what the rules say with the
words themselves. All read the sentence without its names (``unnamed.py``), so who speaks of whom changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from spacy.tokens import Doc, Token

from gesta.annotate.language import Readings, readings
from gesta.annotate.light import Floats
from gesta.annotate.model import Model
from gesta.attribute import certainty, framing, stance
from gesta.attribute.attitudes import CERTAINTIES, FRAMINGS, STANCES
from gesta.attribute.signs import Signs, read_signs
from gesta.attribute.told import Told
from gesta.attribute.unnamed import NAME, Unnamed, Unnaming
from gesta.records import Certainty, Framing, Stance
from gesta.resolve.uses import vectors_of as words_of

#: What the heads decide, with the values of each in the order of the record.
DECISIONS: dict[str, tuple[str, ...]] = {"stance": STANCES, "certainty": CERTAINTIES, "framing": FRAMINGS}
_Value = TypeVar("_Value", Stance, Certainty, Framing)
#: Chance from which the words as a whole overrule the cue's table.
OVERRULES = 0.25
_LENGTHS = (3, 6, 12, 25)
NO_VECTOR: Floats = np.zeros(384, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Attitude:
    """Stance and certainty of the speaker, framing by the author, and why."""

    stance: Stance
    certainty: Certainty
    framing: Framing
    reasons: tuple[str, ...] = ()


def attitude(told: Told, unnaming: Unnaming, model: Model) -> Attitude:
    """Return what the speaker of a claim means, how sure, and what the author makes of it."""
    without, blind = unnamed_claim(told, unnaming)
    signs = read_signs(without, blind)
    names, vectors = features(without.doc, blind, signs), vectors_of(unnaming.text, told, without, signs)

    def settle(field: str, values: Sequence[_Value], rule: Callable[[Signs], tuple[_Value, str]]) -> tuple[_Value, str]:
        ruled, why = rule(signs)
        heads = [model.light.get(head_name(field, value)) for value in values]
        joined = np.concatenate(vectors[field]).astype(np.float64)
        chances = [head.weighed(names, joined) for head in heads if head is not None]
        if len(chances) < len(values):
            return ruled, why
        best = values[int(np.argmax(chances))]
        if best == ruled or max(chances) < OVERRULES:
            return ruled, why
        return best, "by the words as a whole"

    of_stance, of_certainty, of_framing = (
        settle("stance", STANCES, stance.by_rule),
        settle("certainty", CERTAINTIES, certainty.by_rule),
        settle("framing", FRAMINGS, framing.by_rule),
    )
    told_why = (("stance", of_stance), ("certainty", of_certainty), ("framing", of_framing))
    reasons = tuple(f"{field} {found[0]}: {found[1]}" for field, found in told_why if found[1])
    return Attitude(of_stance[0], of_certainty[0], of_framing[0], reasons)


def head_name(field: str, value: str) -> str:
    """Return the name of a light head in ``light.npz``."""
    return f"{field}-{value}"


def unnamed_claim(told: Told, unnaming: Unnaming) -> tuple[Unnamed, Told]:
    """Return the sentences of a claim without their names, and the claim in words of these."""
    without = unnaming.of([*told.cue, *told.content] if told.cue else told.content)
    return without, without.told(told)


def vectors_of(doc: Doc, told: Told, without: Unnamed, signs: Signs) -> dict[str, tuple[Floats, ...]]:
    """Return what each decision's heads read: the vectors of cue, content's head, and the mean of the content.

    They are those of the text ``doc``, names left out; so a name shows in them only as it colours other words.
    """
    read = readings(doc)
    cue, head = (_vector(read, doc, without, token) for token in (signs.cue, signs.head))
    plain = [i for i in told.content if i in without.at and without.doc[without.at[i]].text != NAME]
    whole = [vector for i in plain if (vector := _known(read, doc[i])) is not None]
    mean = np.mean(whole, axis=0).astype(np.float32) if whole else NO_VECTOR
    return {"stance": (cue, head, mean), "certainty": (cue, head), "framing": (cue,)}


def _vector(read: Readings, doc: Doc, without: Unnamed, token: Token | None) -> Floats:
    apart = token is None or token.text == NAME
    found = None if token is None or apart else _known(read, doc[without.origin(token.i)])
    return NO_VECTOR if found is None else found


def _known(read: Readings, token: Token) -> Floats | None:
    found = words_of(read, [token])
    return found[0] if found else None


def features(doc: Doc, told: Told, signs: Signs) -> tuple[str, ...]:
    """Return the named features of a claim, sorted."""
    entry, cue, head = signs.entry, signs.cue, signs.head
    ruled: dict[str, str] = {
        "stance": stance.by_rule(signs)[0],
        "certainty": certainty.by_rule(signs)[0],
        "framing": framing.by_rule(signs)[0],
    }
    found = [f"{field} rule={value}" for field, value in ruled.items()]
    kind = "none" if entry is None else f"{entry.stance} {entry.turn}"
    found += [f"cue sort={kind}", f"cue certainty={entry.certainty if entry else ''}"]
    found += [f"cue framing={entry.framing if entry else ''}", f"cue tag={cue.pos_ if cue is not None else ''}"]
    found += [f"cue word={' '.join(entry.words)}" if entry else f"cue text={cue.lower_ if cue is not None else ''}"]
    shown = {
        name: getattr(signs, name)
        for name in ("quoted", "unsaid", "negated", "future", "infinitive", "wish", "asks", "condition", "own", "past")
    }
    found += [name for name, value in shown.items() if value]
    found += [f"{kind} {name}" for name, value in shown.items() if value]
    found += [f"hedge={signs.hedge}", *(f"beside={one}" for one in signs.beside)]
    found += [f"head sort={one}" for one in signs.head_sorts] + [f"sort={one}" for one in signs.sorts]
    found += [f"{kind} head sort={one}" for one in signs.head_sorts] + [f"near={one}" for one in signs.near_sorts]
    found += [f"{kind} near={one}" for one in signs.near_sorts] + sorted(signs.persons)
    found += [f"word={word}" for word in signs.words]
    if signs.future and signs.own:
        found += [f"own future {one}" for one in signs.head_sorts]
    if head is not None and head.text != NAME:
        found.append(f"head={head.lemma_.lower()}")
    found += _of_source(doc, told) + (["scare"] if signs.scare else [])
    found.append(f"length={sum(len(told.content) > step for step in _LENGTHS)}")
    return tuple(sorted(set(found)))


def _of_source(doc: Doc, told: Told) -> list[str]:
    """The kind of speaker by its head noun, where that is no name."""
    words: list[Token] = [doc[i] for i in told.source]
    if not words:
        return ["no source"]
    nouns = [token.lemma_.lower() for token in words if token.pos_ in {"NOUN", "PRON"} and token.text != NAME]
    return [f"source={noun}" for noun in nouns[:3]]
