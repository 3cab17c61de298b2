"""Which act a text itself tells as the answer to another: "shelled the hills in response to the raid".

Cues only offer places to look; a light head (``train/responses.py``) weighs every pair of words beside one against each
other and against none of them, by what hangs where in the tree. Order of time, purpose and condition are no response.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from spacy.tokens import Doc, Span, Token

from gesta.annotate.language import readings
from gesta.annotate.light import NEVER, Light
from gesta.annotate.model import Model
from gesta.annotate.pairs import Pairs
from gesta.find.drafts import Draft
from gesta.find.responses.answers import ALMOST, SURE, answer_of, event_at
from gesta.find.responses.candidates import Site, find_sites
from gesta.find.responses.words import Word, read_parts

HEAD = "response"
#: The chance from which a cue is taken to state a response. Fitted on one writer's texts and scored on another's, F1
#: hardly moves from 0.15 to 0.3; the higher end, for on news most cues state none.
THRESHOLD = 0.25


@dataclass(frozen=True, slots=True)
class Response:
    """One act told as the answer to another, still tied to tokens; ``cause`` may tell no event."""

    answering: Draft
    cause: Token
    answered: Draft | None
    cue: Span
    chance: float
    why: str


@dataclass(frozen=True, slots=True)
class _Choice:
    chance: float
    answer: Word
    cause: Word
    site: Site


def find_responses(
    doc: Doc, drafts: Sequence[Draft], model: Model, pairs: Pairs | None
) -> tuple[list[Draft], list[Response]]:
    """Return the drafts and the responses that a text states, in the order of their cues.

    One cause for each answer and cue. A word that is nearly an event becomes one where it is plainly told as an answer;
    not so without ``pairs``, as where events are those of a user's ontology.
    """
    drafts, head = list(drafts), model.light.get(HEAD)
    if head is None or not len(head.vectors) or head.bias <= NEVER:
        return drafts, []
    read = readings(doc)
    parts = read_parts(doc, read, drafts, model.labels.types)
    choices = list(_once([choice for site in find_sites(parts) if (choice := _choose(site, head)) is not None]))
    events = {choice.answer.token.i: event_at(choice.answer, drafts) for choice in choices}
    if pairs is not None:
        for choice in choices:
            if events[choice.answer.token.i] is None and choice.chance >= SURE and choice.answer.chance >= ALMOST:
                draft = answer_of(choice.answer, doc, read, model, pairs, among=drafts)
                events[draft.trigger.i] = draft
                drafts.append(draft)
        drafts.sort(key=lambda draft: draft.trigger.i)
    responses = []
    for choice in choices:
        answering, answered = events[choice.answer.token.i], event_at(choice.cause, drafts)
        if answering is not None and answering is not answered:
            responses.append(_response(choice, answering, answered))
    return drafts, responses


def weigh(site: Site, head: Light) -> list[tuple[int, int, float]]:
    """Return the chance of each pair of ends beside a cue: the index of the answer, that of the cause, the chance.

    The head's vectors are three in a row: what it makes of the cue's own word, of an answer's and of a cause's.
    """
    cue_side, answer_side, cause_side = head.vectors.reshape(3, -1).astype(np.float64)

    def score(names: Sequence[str]) -> float:
        return sum(head.weights.get(name, 0.0) for name in set(names))

    place = site.place
    common = head.bias + score(place.words) + float(place.part.vector(place.cue.anchor) @ cue_side)
    answers = [score(end.features) + float(end.vector @ answer_side) for end in site.answers]
    causes = [score(end.features) + float(end.vector @ cause_side) for end in site.causes]
    odds = [
        (one, other, exp(min(max(common + answers[one] + causes[other] + score(both), -30.0), 30.0)))
        for one, other, both in site.pairs()
    ]
    whole = 1 + sum(odd for *_, odd in odds)
    return [(one, other, odd / whole) for one, other, odd in odds]


def _choose(site: Site, head: Light) -> _Choice | None:
    """The likeliest answer, whatever its cause, and its likeliest cause, if the cue states a response at all."""
    chances = weigh(site, head)
    any_pair = sum(chance for *_, chance in chances)
    if any_pair < THRESHOLD:
        return None
    of_answers: dict[int, float] = {}
    for one, _, chance in chances:
        of_answers[one] = of_answers.get(one, 0.0) + chance
    best = max(of_answers, key=lambda one: (of_answers[one], -one))
    cause = max((pair for pair in chances if pair[0] == best), key=lambda pair: (pair[2], -pair[1]))[1]
    return _Choice(any_pair, site.answers[best].word, site.causes[cause].word, site)


def _once(choices: Sequence[_Choice]) -> Iterator[_Choice]:
    """Each pair of words once, in one direction, by its likeliest cue; in the order of the cues."""
    kept: dict[frozenset[int], _Choice] = {}
    for choice in choices:
        pair = frozenset((choice.answer.token.i, choice.cause.token.i))
        if pair not in kept or choice.chance > kept[pair].chance:
            kept[pair] = choice
    yield from (choice for choice in choices if any(choice is one for one in kept.values()))


def _response(choice: _Choice, answering: Draft, answered: Draft | None) -> Response:
    cue = choice.site.place.cue
    return Response(
        answering,
        choice.cause.token,
        answered,
        cue.span,
        choice.chance,
        f"{cue.span.text!r} {_SAYS[cue.sort]}: {choice.chance:.2f}",
    )


_SAYS = {
    "governs": "brings in the cause",
    "brings": "says that its subject brought the answer about",
    "answers": "says that somebody answers",
    "follows": "says that its subject follows",
    "moved": "says what moved them",
    "then": "points back at what was told",
    "names": "names the answer",
    "reasons": "names the cause",
    "asked": "names a wish that was granted",
}
