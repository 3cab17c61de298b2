"""What tells whether two words are answer and cause beside a cue: named features of each end, and of both together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from gesta.find.paths import FAR
from gesta.find.responses.cues import OPEN, Cue
from gesta.find.responses.words import Part, Word

_LEVELS = (0.02, 0.1, 0.3, 0.65, 0.9)
_SAYING = frozenset("say tell announce report add warn declare state confirm explain".split())
_POINTING = frozenset(
    "move step decision action measure announcement deployment gesture ruling act ban incident".split()
)
_DEFINITE = frozenset("the this that his her its their these those".split())
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "nothing", "deny", "unrelated", "without"})


@dataclass(frozen=True)
class Place:
    """A cue in its sentence, with what both ends are told apart by."""

    cue: Cue
    part: Part

    @cached_property
    def words(self) -> list[str]:
        """Features of the cue alone: whether it states a response at all."""
        cue, governed, anchor = self.cue, self.cue.governed, self.cue.anchor
        initial = cue.span.start == self.part.begin
        found = [
            f"cue={cue.name}",
            f"sort={cue.sort}",
            f"strong={cue.strong}",
            f"strong={cue.sort} {cue.strong}",
            f"cue tag={cue.name} {anchor.pos_} {anchor.dep_}",
            f"initial={cue.sort} {initial}",
            f"initial cue={cue.name} {initial}",
            f"first={cue.sort} {self.part.number == 0}",
        ]
        if governed is not None:
            tag = _tag(governed)
            found += [
                f"governs={cue.name} {tag}",
                f"governs sort={cue.sort} {tag}",
                f"governed={governed.lemma_.lower()}",
            ]
        case = next((child.lower_ for child in anchor.children if child.dep_ == "case"), "")
        found.append(f"case={cue.sort} {case} {cue.strong}")
        if any(_negates(token) for token in (*anchor.children, *anchor.head.children, anchor.head, *self.before)):
            found += ["negated", f"negated={cue.sort}"]
        found += [f"before={cue.name} {token.lemma_.lower()}" for token in self.before[:1]]
        return _unnamed(found, cue)

    @cached_property
    def before(self) -> list[Token]:
        """The two words before the cue, the nearer first."""
        start = self.cue.span.start
        return [self.cue.span.doc[at] for at in range(start - 1, max(self.part.begin, start - 2) - 1, -1)]

    @cached_property
    def subject(self) -> str:
        """What a cue that is a verb has for its subject: "which", "that" or "it" takes up what was told before."""
        found = [child for child in self.cue.anchor.children if child.dep_ in {"nsubj", "nsubj:pass", "nsubj:outer"}]
        if not found:
            return f"none {self.cue.anchor.dep_}"
        return found[0].lower_ if found[0].pos_ in {"PRON", "DET"} else "told"

    @cached_property
    def told_before(self) -> int:
        """How many events its sentence tells before the cue, up to three."""
        start = self.cue.span.start
        return min(sum(word.draft is not None and word.token.i < start for word in self.part.told), 3)

    @property
    def points(self) -> bool:
        """Whether the sentence begins by pointing back: "the move", "that", "his dismissal"."""
        begin = self.cue.span.doc[self.part.begin]
        return begin.lower_ in _DEFINITE


def _negates(token: Token) -> bool:
    return token.lower_ in _NOT or token.lemma_ in _NOT


def _tag(word: Token) -> str:
    """The part of speech, or the kind of name or number: nobody answers Tuesday."""
    if word.ent_type_:
        return str(word.ent_type_)
    form = word.morph.get("VerbForm", [])
    return f"{word.pos_} {form[0]}" if form else str(word.pos_)


def of_end(side: str, place: Place, word: Word, part: Part) -> list[str]:
    """Features of one end; ``side`` is answer or cause."""
    cue, token = place.cue, word.token
    sort, off = cue.sort, part.number - place.part.number
    level = sum(word.chance >= one for one in _LEVELS)
    found = [
        f"{side} chance={level} {word.draft is not None}",
        f"{side} chance at={sort} {off} {word.draft is not None}",
        f"{side} type={word.type if word.chance >= _LEVELS[1] else None}",
        f"{side} tag={_tag(token)}",
        f"{side} sort tag={sort} {off} {token.pos_}",
        f"{side} lemma={token.lemma_.lower()}",
        f"{side} dep={sort} {off} {token.dep_}",
    ]
    if word.draft is not None:
        found += [f"{side} modality={word.draft.modality}", f"{side} inner={word.draft.within is not None}"]
    if token.lemma_ in _SAYING:
        found.append(f"{side} saying")
    found += _same_sentence(side, place, word) if off == 0 else _elsewhere(side, place, word, part, off)
    return _unnamed(found, cue)


def _same_sentence(side: str, place: Place, word: Word) -> list[str]:
    cue, token, part = place.cue, word.token, place.part
    name, sort, hub = cue.name, cue.sort, cue.hub
    way = part.way(hub, token)
    steps = way.count("<") + way.count(">") if way != FAR else 5
    after = token.i > cue.span.start
    low, high = sorted((token.i, cue.span.start))
    between = sum(low < other.token.i < high and other.draft is not None for other in part.told)
    above = token.i != hub.i and token.is_ancestor(hub)
    below = token.i != hub.i and hub.is_ancestor(token)
    found = [
        f"{side} way={sort} {way}",
        f"{side} way of={name} {way}",
        f"{side} way any={way}",
        f"{side} steps={sort} {steps} {after}",
        f"{side} after={sort} {after}",
        f"{side} after cue={name} {after}",
        f"{side} between={sort} {after} {min(between, 3)}",
        f"{side} hangs={sort} {'above' if above else 'below' if below else token.i == hub.i}",
        f"{side} hangs after={name} {'above' if above else 'below' if below else token.i == hub.i} {after}",
    ]
    if above:
        nearer = any(
            other.draft is not None and other.token.is_ancestor(hub) and token.is_ancestor(other.token)
            for other in part.told
        )
        found.append(f"{side} first above={sort} {not nearer}")
    if below:
        nearer = any(
            other.draft is not None and other.token.is_ancestor(token) and hub.is_ancestor(other.token)
            for other in part.told
        )
        found.append(f"{side} first below={sort} {not nearer}")
    if sort in {"brings", "answers", "follows"}:
        found += [
            f"{side} subject={sort} {place.subject} {after} {min(between, 3)}",
            f"{side} subject={sort} {place.subject} {way}",
        ]
    if cue.governed is not None and token.i == cue.governed.i:
        found += [f"{side} governed={sort} {cue.strong}", f"{side} governed by={name}"]
    return found


def _elsewhere(side: str, place: Place, word: Word, part: Part, off: int) -> list[str]:
    token, sort = word.token, place.cue.sort
    root = part.roots[0] if part.roots else token
    way = part.way(root, token)
    told = [other.token.i for other in part.told if other.draft is not None]
    governed = place.cue.governed
    pointed = governed is not None and governed.pos_ in {"PRON", "DET"}
    initial = place.cue.span.start == place.part.begin
    found = [
        f"{side} off={off} {sort}",
        f"{side} off of={place.cue.name} {off}",
        f"{side} off told={off} {sort} {place.told_before}",
        f"{side} off subject={off} {sort} {place.subject}",
        f"{side} off initial={off} {sort} {initial}",
        f"{side} points={sort} {place.points} {pointed}",
        f"{side} from root={way}",
        f"{side} from root sort={sort} {way.count('<') + way.count('>') if way != FAR else 5}",
        f"{side} first told={bool(told) and token.i == told[0]}",
        f"{side} last told={bool(told) and token.i == told[-1]}",
        f"{side} alone={len(told) == 1 and token.i == told[0]}",
        f"{side} below saying={token.head.lemma_ in _SAYING}",
    ]
    if "\n" in token.doc[token.i : place.cue.span.start].text:
        found.append(f"{side} other paragraph")
    return found


def of_pair(place: Place, answer: Word, cause: Word, parts: tuple[int, int]) -> list[str]:
    """Features of both ends together; ``parts`` are the numbers of their sentences."""
    sort, here = place.cue.sort, place.part.number
    a, c, k = answer.token, cause.token, place.cue.span.start
    order = "".join(name for _, name in sorted(((a.i, "a"), (c.i, "c"), (k, "k"))))
    offs = f"{parts[0] - here} {parts[1] - here}"
    found = [
        f"order={sort} {order}",
        f"order of={place.cue.name} {order}",
        f"offs={sort} {offs}",
        f"offs of={place.cue.name} {offs}",
        f"types={answer.type} {cause.type}",
    ]
    if parts[0] == parts[1]:
        if a.is_ancestor(c):
            found.append(f"cause below={sort}")
        elif c.is_ancestor(a):
            found.append(f"answer below={sort}")
        if a.dep_ == "conj" and a.head.i == c.i:
            found.append("answer conj of cause")
        if c.dep_ == "conj" and c.head.i == a.i:
            found.append("cause conj of answer")
    between = min(_told_between(place, answer, cause), 3)
    found += [f"between ends={sort} {order} {between}", f"between ends at={sort} {offs} {between}"]
    if a.lemma_ == c.lemma_:
        found.append("same lemma")
    if answer.draft is not None and cause.draft is not None:
        if answer.draft.within is cause.draft or cause.draft.within is answer.draft:
            found.append("one within the other")
        if parts[0] != parts[1]:
            found += _dyads(answer, cause)
    return _unnamed(found, place.cue)


def _unnamed(found: list[str], cue: Cue) -> list[str]:
    """Leave out what hangs on the name of a cue that has none."""
    return [name for name in found if f"={OPEN}" not in name] if cue.name == OPEN else found


def _told_between(place: Place, answer: Word, cause: Word) -> int:
    """How many other events the cue's sentence tells between both ends, but for what the answer contains."""
    low, high = sorted((answer.token.i, cause.token.i))
    return sum(
        word.draft is not None and low < word.token.i < high and not answer.token.is_ancestor(word.token)
        for word in place.part.told
    )


def _dyads(answer: Word, cause: Word) -> list[str]:
    """Whether the one who answers was struck before, and strikes the one who struck."""
    assert answer.draft is not None and cause.draft is not None
    heads = [
        {phrase.head.lemma_.lower()[:5] for phrase in side}
        for side in (answer.draft.sources, answer.draft.targets, cause.draft.sources, cause.draft.targets)
    ]
    found = []
    if heads[0] & heads[3]:
        found.append("answerer was target")
    if heads[1] & heads[2]:
        found.append("answered was source")
    if heads[0] & heads[2]:
        found.append("same source")
    if heads[1] & heads[3]:
        found.append("same target")
    return found
