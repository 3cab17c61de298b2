"""The stage: every tie that a report's words tell, still tied to tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from gesta.records import Time
from gesta.resolve.actors import ActorResolver
from gesta.resolve.ties.drafts import TieDraft
from gesta.resolve.ties.ends import Ends
from gesta.resolve.ties.hyphens import find_hyphens, hyphen_ties
from gesta.resolve.ties.members import member_ties
from gesta.resolve.ties.nominal import noun_ties
from gesta.resolve.ties.nouns import find_nouns
from gesta.resolve.ties.status import Dates
from gesta.resolve.ties.verbal import find_verbs, verb_ties
from gesta.resolve.ties.wars import find_wars, war_ties

SYMMETRIC = frozenset({"allied-with", "at-war-with"})
"""Relations without a direction."""


def find_ties(doc: Doc, *, actors: ActorResolver, times: Sequence[Time]) -> tuple[TieDraft, ...]:
    """Return the ties that ``doc`` tells, in text order; each pair of words and relation once.

    ``times`` are the report's time expressions. Makes no actors: that is left to ``settle_ties``.
    """
    ends, dates = Ends(doc, actors.reader), Dates.of(doc, times, actors.reader.published)
    found: dict[tuple[int, str, int], TieDraft] = {}
    for sent in doc.sents:
        for draft in _of_sentence(sent, ends, dates):
            first, last = draft.actor.head.i, draft.other.head.i
            if draft.relation in SYMMETRIC:
                first, last = min(first, last), max(first, last)
            found.setdefault((first, draft.relation, last), draft)
    return tuple(sorted(found.values(), key=lambda draft: (draft.at.i, draft.actor.head.i, draft.other.head.i)))


def _of_sentence(sent: Span, ends: Ends, dates: Dates) -> Iterator[TieDraft]:
    for noun in find_nouns(sent):
        yield from noun_ties(noun, ends, dates)
    for cue, verb in find_verbs(sent):
        yield from verb_ties(cue, verb, ends, dates)
    for cue, token in find_hyphens(sent):
        yield from hyphen_ties(cue, token, ends)
    for war in find_wars(sent):
        yield from war_ties(war, ends, dates)
    yield from member_ties(sent, ends)
