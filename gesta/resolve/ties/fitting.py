"""Whether both ends fit what a noun tells, and which relation it then is (``docs/who.md`` lists the rules)."""

from __future__ import annotations

from gesta.records import TieRelation
from gesta.resolve.ties.drafts import End, TieDraft
from gesta.resolve.ties.holders import Holder
from gesta.resolve.ties.kinds import is_armed, is_body, is_person, is_state_force
from gesta.resolve.ties.lexicon import words
from gesta.resolve.ties.nouns import Noun

_INDEFINITE = frozenset({"a", "an", "another"})
_GOVERNMENT = frozenset(
    "minister secretary president prince adviser advisor member senator lawmaker legislator mp".split()
)


def fitted(noun: Noun, holder: Holder, owner: End) -> TieDraft | None:
    """Return the tie of one a noun is said of with one it belongs to; None if they do not fit it."""
    relation = _relation(noun, holder.end, owner)
    if relation is None or _within(holder.end, owner) or _within(owner, holder.end):
        return None
    if holder.end.head.dep_ == "nmod" and holder.end.head.head.lemma_ == noun.head.lemma_:
        return None  # "a member of the Front, a member of the League": both said of another
    if owner.head.lemma_.lower() in words("fleeting"):
        return None
    actor, other = (owner, holder.end) if noun.cue.back else (holder.end, owner)
    why = f"{relation}: {noun.span.text!r} said of {holder.end.span.text!r}, of {owner.span.text!r}"
    return TieDraft(actor, relation, other, noun.span, noun.head, holder.basis, why, named_by=holder.named_by)


def _within(inner: End, outer: End) -> bool:
    return outer.span.start <= inner.head.i < outer.span.end


def _relation(noun: Noun, holder: End, owner: End) -> TieRelation | None:
    """Return the relation, as who the ends are and what stands beside the cue turn it; None if they do not fit."""
    relation, person = noun.cue.relation, is_person(holder)
    if relation in {"leads", "commands"}:
        return _at_the_top(noun, relation, holder, owner)
    if relation == "member-of":
        return relation if _belongs(noun, owner, person=person) else None
    if relation == "speaks-for":
        return relation if person and is_body(owner) else None
    if relation in {"part-of", "proxy-of"}:
        return relation if is_body(holder) and is_body(owner) else None
    return relation


def _at_the_top(noun: Noun, relation: TieRelation | None, holder: End, owner: End) -> TieRelation | None:
    """Tell who leads a body from who commands its forces, and from one of several who belong to it."""
    person = is_person(holder)
    if (owner.reading is not None and owner.reading.person is not None) or (relation == "commands" and not person):
        return None
    if not person and not holder.named:
        return None
    several = _one_of_several(noun, owner)
    if is_land(owner) and (relation == "commands" or several):
        return None
    if several:
        return "member-of"
    if relation == "commands" and owner.reading is not None and owner.reading.kind == "state":
        return relation if is_state_force(owner) else None
    commanding = person and noun.cue.words[-1] in {"leader", "head", "chief", "commander"}
    return "commands" if is_state_force(owner) and commanding else relation


def _belongs(noun: Noun, owner: End, *, person: bool) -> bool:
    member = noun.cue.words == ("member",)
    if not is_body(owner) or not (person or member):
        return False
    if _link_of(noun, owner) == "in" and not (member or is_state_force(owner) or is_armed(owner)):
        return False  # "activists in the Gulf"
    return _of_government(noun) or not is_land(owner)


def _link_of(noun: Noun, owner: End) -> str:
    """Return the preposition between the noun and what it belongs to; nothing if there is none."""
    if owner.head.i < noun.start:
        return ""
    return next((child.lower_ for child in owner.head.children if child.dep_ == "case"), "")


def is_land(end: End) -> bool:
    """Tell whether the end is a state as such, by its own name."""
    reading = end.reading
    return reading is not None and reading.state is not None and reading.sectors[:1] == ("GOV",) and end.named


def _of_government(noun: Noun) -> bool:
    """Tell whether such a noun makes one a member of a state's government: a minister, not a soldier or an official."""
    return noun.cue.words[-1] in _GOVERNMENT or noun.cue.words[0] in {"secretary", "attorney"}


def _one_of_several(noun: Noun, owner: End) -> bool:
    """Tell a leader from one of several: "a senior leader", "one of the leaders", "Front commander Ann Lee"."""
    if noun.carrier is not noun.head:
        return True
    before = {child.lower_ for child in noun.head.children if child.i < noun.start}
    near = {token.lower_ for token in noun.head.doc[max(noun.head.sent.start, noun.start - 3) : noun.start]}
    if near & (words("junior") - {"district", "provincial", "regional", "local", "field", "associate"}):
        return True
    if noun.start and noun.head.doc[noun.start - 1].lower_ in words("junior"):
        return True
    further = [child for child in noun.head.children if child.dep_ == "nmod" and child.i >= noun.end]
    if owner.head.i < noun.start and any(c.lower_ in {"of", "for", "in"} for child in further for c in child.children):
        return True  # "the airline's director of sales"
    owned = any(child.dep_ == "nmod:poss" for child in noun.head.children)
    if owned and noun.start and noun.head.doc[noun.start - 1].ent_type_ == "Location":
        return True
    if not before.isdisjoint(words("junior") | _INDEFINITE):
        return True
    titled = owner.span.end <= noun.start and noun.cue.words == ("commander",)
    possessed = titled and any(child.dep_ == "nmod:poss" for child in noun.head.children)
    formation = is_state_force(owner) or owner.head.lower_ in words("formation")
    return titled and not possessed and not formation
