"""Which pairs of words may be answer and cause beside a cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from gesta.annotate.model import Floats
from gesta.find.responses.cues import OPEN, Cue, find_cues
from gesta.find.responses.features import Place, of_end, of_pair
from gesta.find.responses.words import Part, Word

#: How far from a cue a word that tells no event may stand, in steps of the tree.
STEPS = 2
#: An answer must be an event, or at least so likely one that the link to its cause may make it one.
ALMOST = 0.04


#: What no word has in a sentence where nothing can be an answer; see ``ALMOST`` of ``answers.py``.
LEAST = 0.1
#: What the sentence before nearly tells may be an end from this chance on.
LIKELY = 0.2
_TELLING = frozenset({"answers", "follows", "names", "brings", "moved"})
_FAR_BACK = frozenset({"then", "answers", "names"})
#: Nouns of cues that are the cause themselves: "at the request of".
_WISHES = frozenset({"request", "behest", "urging", "invitation", "insistence", "order", "appeal", "recommendation"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "such"})


@dataclass(frozen=True, slots=True)
class End:
    """One word as one end beside a cue, with the features that speak for it."""

    word: Word
    part: Part
    features: tuple[str, ...]

    @property
    def vector(self) -> Floats:
        """The vector of the word."""
        return self.part.vector(self.word.token)


@dataclass(frozen=True, slots=True)
class Site:
    """A cue with the words that may be its ends."""

    place: Place
    answers: tuple[End, ...]
    causes: tuple[End, ...]

    def pairs(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the pairs that may be: the index of the answer, that of the cause, and features of both together."""
        for one, answer in enumerate(self.answers):
            for other, cause in enumerate(self.causes):
                if answer.word is cause.word or self.place.part not in (answer.part, cause.part):
                    continue
                yield one, other, of_pair(self.place, answer.word, cause.word, (answer.part.number, cause.part.number))


def find_sites(parts: Sequence[Part]) -> Iterator[Site]:
    """Yield each cue of a text that has words for both ends."""
    for part, cue in ((one, cue) for one in parts if _may_answer(one, parts) for cue in find_cues(one.span)):
        if not part.holds(cue.hub):
            continue
        here = [(word, part) for word in [*part.told, *part.near(cue.hub, STEPS)] if _may_be(word, cue)]
        before = list(_before(cue, parts, part.number))
        place = Place(cue, part)
        answers = [(word, own) for word, own in here if _is_told(word)]
        causes = list(here)
        if place.points:
            answers += [(word, own) for word, own in before if _is_told(word)]
        if cue.sort != "governs" or cue.governed is None or _is_definite(cue.governed):
            causes += before
        if answers and causes:
            yield _site(place, answers, causes)


def _may_answer(part: Part, parts: Sequence[Part]) -> bool:
    """Whether a sentence, or one before it that it may point back at, tells what could be made an event."""
    near = parts[max(part.number - 2, 0) : part.number + 1]
    return any(word.draft is not None or word.chance >= LEAST for one in near for word in one.told)


def renamed(site: Site) -> Site:
    """Return the site as it would look if its cue were one never seen: what is learnt of it must not hang on names."""
    place = Place(replace(site.place.cue, name=OPEN), site.place.part)
    answers = [(end.word, end.part) for end in site.answers]
    return _site(place, answers, [(end.word, end.part) for end in site.causes])


def _site(place: Place, answers: Sequence[tuple[Word, Part]], causes: Sequence[tuple[Word, Part]]) -> Site:
    return Site(place, _ends("answer", place, answers), _ends("cause", place, causes))


def _ends(side: str, place: Place, words: Sequence[tuple[Word, Part]]) -> tuple[End, ...]:
    return tuple(End(word, part, tuple(of_end(side, place, word, part))) for word, part in words)


def _may_be(word: Word, cue: Cue) -> bool:
    """Whether a word of the cue's sentence may be an end; a word of the cue itself only if it tells an event."""
    inside = cue.span.start <= word.token.i < cue.span.end
    if not inside:
        return True
    return (word.draft is not None and cue.sort in _TELLING) or (cue.sort == "asked" and word.token.lemma_ in _WISHES)


def _before(cue: Cue, parts: Sequence[Part], number: int) -> Iterator[tuple[Word, Part]]:
    """What the sentence before tells, and for cues that point back the one before that."""
    for back in (1, 2):
        if number < back or (back == 2 and cue.sort not in _FAR_BACK):
            return
        part = parts[number - back]
        for word in part.told:
            if word.draft is not None or (back == 1 and word.chance >= LIKELY):
                yield word, part
        if back == 1:
            for root in part.roots:
                beside = part.words.get(root.i)
                if beside is not None and beside not in part.told:
                    yield beside, part


def _is_told(word: Word) -> bool:
    return word.draft is not None or word.chance >= ALMOST


def _is_definite(governed: Token) -> bool:
    return governed.pos_ in {"PRON", "DET"} or any(child.lower_ in _DEFINITE for child in governed.children)
