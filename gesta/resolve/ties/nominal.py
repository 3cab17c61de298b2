"""Ties told by a noun: "leader of the Front", "the Front's leader", "Front leader Ann Lee", "its ally Norland"."""

from __future__ import annotations

from collections.abc import Iterator

from gesta.resolve.ties.drafts import Certainty, TieDraft
from gesta.resolve.ties.ends import Ends
from gesta.resolve.ties.fitting import fitted
from gesta.resolve.ties.holders import holders_of
from gesta.resolve.ties.kinds import is_person
from gesta.resolve.ties.lexicon import words
from gesta.resolve.ties.nouns import LONGEST_TITLE, Noun, modifies
from gesta.resolve.ties.owners import owners_of
from gesta.resolve.ties.status import Dates, Status, denies, status_of, until


def noun_ties(noun: Noun, ends: Ends, dates: Dates) -> Iterator[TieDraft]:
    """Yield the ties that a noun cue tells: each of those it is said of with each of those it belongs to."""
    owners = list(owners_of(noun, ends))
    if not owners:
        return
    told = _own_words(noun)
    if not told.real:
        return
    holders = list(holders_of(noun, ends))
    if len(holders) == 1 and _is_plural(noun) and holders[0].basis == "title":
        return
    if len(holders) == 1 and _is_plural(noun) and holders[0].basis == "noun" and is_person(holders[0].end):
        return
    for holder in holders:
        status, negated_by_verb = told, False
        if holder.predicate is not None:
            status = status_of(holder.predicate)
            negated_by_verb = denies(holder.predicate)
            if not status.real:
                continue
        anchors = [noun.head, noun.carrier, *([holder.predicate] if holder.predicate is not None else [])]
        time, over = dates.held(anchors, holder.phase or noun.cue.phase)
        over = over or (holder.predicate is not None and until(holder.predicate))
        ended = told.ended or status.ended or over or "ended" in (holder.phase, noun.cue.phase)
        for owner in owners:
            draft = fitted(noun, holder, owner)
            if draft is not None:
                yield draft.but(
                    ended=ended,
                    negated=status.negated or negated_by_verb,
                    certainty=_least(told.certainty, status.certainty),
                    time=time,
                )


def _is_plural(noun: Noun) -> bool:
    """Tell whether the noun is of several, so that one name beside it is somebody else."""
    return noun.carrier is noun.head and "Plur" in noun.head.morph.get("Number", [])


def _least(one: Certainty, other: Certainty) -> Certainty:
    return other if one == "certain" else one


def _own_words(noun: Noun) -> Status:
    """Read "former", "alleged" or "future" beside the noun."""
    before = {child.lower_ for child in noun.head.children if child.i < noun.start}
    doc, at = noun.head.doc, noun.start - 1
    while at >= noun.head.sent.start and noun.start - at < LONGEST_TITLE and modifies(doc[at]):
        before.add(doc[at].lower_)
        at -= 1
    after = doc[noun.end + 1].lower_ if noun.end + 1 < len(doc) and doc[noun.end].text == "-" else ""
    if before & words("unreal") or after in words("unreal"):
        return Status(real=False)
    then = any(child.lower_ == "time" for child in noun.head.children if child.dep_ in {"nmod", "obl"})
    doubted = not before.isdisjoint(words("doubtful"))
    return Status(ended=then or not before.isdisjoint(words("former")), certainty="doubted" if doubted else "certain")
