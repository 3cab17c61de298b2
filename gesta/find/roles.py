"""Sources and targets: the words that head them, by the model's reading of words, tree and distance together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from gesta.annotate.datelines import after_dateline
from gesta.annotate.language import Sentence
from gesta.annotate.model import Floats
from gesta.annotate.pairs import ROLES, Pairs
from gesta.find.acting import actor_like, head_of_phrase
from gesta.find.drafts import Draft, Phrase
from gesta.find.paths import distance, frame, paths
from gesta.find.phrases import noun_phrase

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NEVER = frozenset({"Date", "Money"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})
#: Chance that makes a word the only source or target, and what one coordinated with it takes.
SURE, BESIDE = 0.2, 0.4
#: What a further one, not coordinated with the first, takes; no more than the first in what both sides do alike.
FURTHER = 0.9
RECIPROCAL = frozenset({"CONSULT"})


@dataclass(frozen=True, slots=True)
class Scored:
    """A word with its chance of heading a side, and the way to it from the trigger."""

    chance: float
    token: Token
    way: str

    @property
    def direct(self) -> bool:
        """Whether it hangs on the trigger itself."""
        return self.way.startswith(">") and self.way.count(">") == 1

    @property
    def reason(self) -> str:
        """Why it was taken."""
        return f"tree {self.way!r}, model {self.chance:.2f}"


def find_roles(draft: Draft, doc: Doc, sentence: Sentence, pairs: Pairs) -> None:
    """Fill ``draft.sources`` and ``draft.targets``."""
    tokens = [doc[index] for index in sentence.tokens.tolist()]
    ways, scores = _read(draft, tokens, sentence, pairs)
    body = after_dateline(draft.trigger.sent)
    sides = {}
    for side in ("source", "target"):
        found = [
            Scored(float(scores[row, ROLES.index(side)]), token, ways[row])
            for row, token in enumerate(tokens)
            if token.i >= body and _may_take_part(token, draft.trigger)
        ]
        sides[side] = _phrases(list(_chosen(found, draft.type)), draft.trigger)
    draft.sources, draft.targets = sides["source"], sides["target"]
    _one_side(draft)


def _chosen(found: list[Scored], kind: str) -> Iterator[Scored]:
    """The words that head a side: those likely enough, and what is coordinated with them.

    A clause that tells its own subject or object takes over none from the clause above it. One that is not coordinated
    with the surest must be nearly certain, unless the type is done by all alike and it hangs on the trigger itself.
    """
    sure = [scored for scored in found if scored.chance >= SURE]
    if any(scored.direct for scored in sure):
        sure = [scored for scored in sure if not scored.way.startswith("<")]
    best = max((scored.chance for scored in sure), default=0.0)
    alike = kind in RECIPROCAL
    sure = [scored for scored in sure if scored.chance >= min(best, FURTHER) or (alike and scored.direct)]
    heads = {scored.token.i for scored in sure}
    for scored in found:
        beside = scored.token.dep_ == "conj" and scored.token.head.i in heads and scored.chance >= BESIDE
        if beside:
            heads.add(scored.token.i)
        if scored in sure or beside:
            yield scored


def _read(draft: Draft, tokens: list[Token], sentence: Sentence, pairs: Pairs) -> tuple[list[str], Floats]:
    """The way from the trigger to each word of its sentence, and the words' probabilities [words, roles]."""
    place = {token.i: row for row, token in enumerate(tokens)}
    heads = [place.get(token.head.i, row) for row, token in enumerate(tokens)]
    start = sentence.word_of(draft.trigger.i)
    tree = [token.text for token in tokens], heads, [token.dep_ for token in tokens]
    ways, below = paths(*tree, start), frame(*tree, start)
    gaps = [distance(start, row) for row in range(len(tokens))]
    return ways, pairs.roles(sentence.reading, start, draft.type, ways=ways, gaps=gaps, below=below)


def _may_take_part(token: Token, trigger: Token) -> bool:
    if token.i == trigger.i or token.ent_type_ in _NEVER or token.is_space:
        return False
    if token.pos_ == "PRON" and (token.lower_ in _RELATIVE or token.dep_ == "nmod:poss"):
        return False
    if token.dep_ == "appos" and token.head.pos_ in _NOMINAL:
        return False  # the same actor in other words
    counts = token.pos_ == "NUM" and token.dep_ in {"nsubj", "obj", "nsubj:pass"}
    return token.pos_ in _NOMINAL or token.ent_type_ == "NORP" or counts


def _phrases(found: list[Scored], trigger: Token) -> list[Phrase]:
    """Turn scored words into phrases: a word inside the phrase of a higher head adds nothing."""
    phrases: list[Phrase] = []
    taken: set[int] = set()
    heads = [(scored, head_of_phrase(scored.token, trigger)) for scored in found]
    for scored, token in sorted(heads, key=lambda one: (_depth(one[1]), one[1].i)):
        if token.i in taken or token.ent_type_ in _NEVER:
            continue
        span = noun_phrase(token)
        taken.update(range(span.start, span.end))
        phrases.append(Phrase(span, token, scored.chance, scored.reason))
    return _one_actor_once(sorted(phrases, key=lambda phrase: phrase.span.start))


def _one_actor_once(phrases: list[Phrase]) -> list[Phrase]:
    """Join an office and the name beside it: "President Pedro Ruiz", "the minister, Ana Mira", are one actor each."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if before is None or phrase.head.ent_type_ != "Person" or before.head.ent_type_ == "Person":
            joined.append(phrase)
            continue
        doc, gap = phrase.span.doc, (before.span.end, phrase.span.start)
        if gap[0] == gap[1]:
            joined[-1] = Phrase(doc[before.span.start : phrase.span.end], before.head, before.score, before.reason)
        elif not (gap[1] - gap[0] == 1 and doc[gap[0]].text == ","):
            joined.append(phrase)
    return joined


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < 60:
        token, depth = token.head, depth + 1
    return depth


def _one_side(draft: Draft) -> None:
    """The same words cannot be source and target: the surer side keeps them (codebook, section 7)."""
    _drop_inner(draft.sources, draft.targets)
    _drop_inner(draft.targets, draft.sources)
    for mine, other in ((draft.sources, draft.targets), (draft.targets, draft.sources)):
        for phrase in list(mine):
            rivals = [p for p in other if p.span.start < phrase.span.end and phrase.span.start < p.span.end]
            if any(p.score >= phrase.score for p in rivals):
                mine.remove(phrase)


def _drop_inner(mine: list[Phrase], other: list[Phrase]) -> None:
    """A name inside the other side's phrase is a part of it: in "police in Kenya", Kenya is no second actor."""
    for phrase in list(mine):
        for whole in other:
            inside = whole.span.start <= phrase.span.start and phrase.span.end <= whole.span.end
            if inside and len(whole.span) > len(phrase.span) and actor_like(whole.head) and phrase in mine:
                mine.remove(phrase)
