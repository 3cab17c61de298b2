"""Tolls as a sentence mentions them, before it is decided which event they belong to.

A mention is a word of ``tolls.tsv`` (the cue) and the count its grammar asks for: the object of "killing", the subject
of "died", the noun before "dead", the noun after "deaths of". Positions next to the cue are read off the words, since a
count beside its cue is surer than an early parser; the tree answers for what stands further away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from spacy.tokens import Span, Token

from gesta.annotate.lemmas import lemma
from gesta.find.numbers import Quantity, parse_quantity, quantity
from gesta.find.toll_cues import BE, DOUBTS, HAVE, MODALS, Kind, negated, supposed, toll_words, unsplit
from gesta.find.toll_phrases import Counted, added, counted_from, counted_head, counted_series, suits

#: Between a subject and its cue: "were later", "went missing", "was found dead", "forcing thousands to flee".
_LINKS = frozenset(
    "to found reported declared pronounced confirmed listed went go gone remain remains remained also still later both "
    "all each shot that who reportedly left".split()
)
_ASIDES = frozenset("including among mostly many most some all".split())
_PARTICLES = frozenset("dead up down away off".split())
_TIMES = frozenset({"Date", "DATE", "TIME"})
_STATES = frozenset("missing homeless injured wounded killed hurt arrested detained overnight".split())
#: How far after "toll", in tokens, its number may lie.
_FAR = 12
#: One person is no crowd, and a few who flee are no displacement.
_FEWEST = {"participants": 2}
_FEWEST_DISPLACED = 10


@dataclass(frozen=True, slots=True)
class Mention:
    """A count of people and the word that tells what became of them."""

    cue: Token
    kind: Kind
    count: Quantity
    whom: Span | None
    total: bool = False
    """A running total ("the death toll rose to 45"), which replaces what else the sentence counts."""


def toll_mentions(sent: Span) -> list[Mention]:
    """Return the tolls that a sentence mentions, in text order. One count serves a kind once."""
    found: dict[tuple[str, int], Mention] = {}
    for cue in sent:
        words = toll_words(cue)
        if not words or unsplit(cue, words) or negated(cue) or supposed(cue):
            continue
        for word in words:
            kind = cast(Kind, word.kind)
            pieces = [counted for counted in _GRAMMAR[word.sort](cue, kind) if suits(counted, kind)]
            counted = added(pieces) if pieces else None
            if counted is not None and counted.count.low >= _FEWEST.get(kind, 0):
                mention = Mention(cue, kind, counted.count, counted.whom, word.sort == "total")
                found.setdefault((kind, counted.count.span.start), mention)
    return sorted(found.values(), key=lambda m: (m.count.span.start, m.kind))


def participants(trigger: Token) -> Mention | None:
    """Return how many took part in a protest, by the subject of its verb, whatever the verb ("sat", "blocked")."""
    for counted in () if negated(trigger) or supposed(trigger) else _of_subject(trigger, "participants"):
        if suits(counted, "participants") and counted.count.low >= _FEWEST["participants"]:
            return Mention(trigger, "participants", counted.count, counted.whom)
    return None


# --- the grammar of each sort of cue -------------------------------------------------------------------------------


def _of_verb(cue: Token, kind: Kind) -> Iterator[Counted]:
    """ "killed 14", "14 were killed", "14 killed in ..."."""
    voice = _voice(cue)
    if voice == "passive" and kind != "participants":
        yield from _of_subject(cue, kind)
    elif voice == "active":
        yield from list(_right(cue, kind)) or _tree_object(cue)


def _of_subject(cue: Token, kind: Kind) -> Iterator[Counted]:
    if cue.dep_ != "amod" or (cue.i and cue.nbor(-1).lower_ in BE):  # not "the dying river"
        few = _FEWEST_DISPLACED if kind == "displaced" else 0
        yield from (c for c in _left(cue, bare=kind != "participants") if c.count.low >= few)


def _of_state(cue: Token, kind: Kind) -> Iterator[Counted]:
    """ "five dead", "20 were missing"; not "the dead", "three dead bodies", "shot dead three guests"."""
    before = cue.doc[cue.i - 1].lower_ if cue.i > cue.sent.start else ""
    after = cue.doc[cue.i + 1] if cue.i + 1 < cue.sent.end else None
    attribute = after is not None and after.pos_ in {"NOUN", "PROPN"} and after.ent_type_ not in _TIMES
    if not attribute and before not in {"the", "for", "'s", "shot"}:
        yield from _left(cue, bare=False)


def _of_noun(cue: Token, kind: Kind) -> Iterator[Counted]:
    """ "the deaths of five soldiers", "a rally of 20,000"."""
    if _spared(cue):
        return
    if cue.i + 2 < cue.sent.end:
        crowd, link = kind == "participants", cue.doc[cue.i + 1].lower_
        if link == "of" or (crowd and link in {"by", "involving"}):
            yield from (c for c in counted_series(cue.doc, cue.i + 2, cue.sent.end) if c.numbered or not crowd)


def _of_count(cue: Token, kind: Kind) -> Iterator[Counted]:
    """ "20 arrests", "claimed 20 lives"."""
    count = None if _spared(cue) else quantity(cue.doc, cue)
    if count is None or count.span.end > cue.i or count.span[0].lower_ in {"a", "an"}:
        return
    beside = all(token.pos_ in {"ADJ", "NOUN", "ADV"} for token in cue.doc[count.span.end : cue.i])
    if beside and (count.low == count.high == 1 or cue.lower_ != lemma(cue.lower_, "NOUN")):
        yield Counted(count, None, cue.i + 1)


def _spared(cue: Token) -> bool:
    """Whether "lives" are no loss: it takes "claimed the lives of", "lost their lives"."""
    if lemma(cue.lower_, "NOUN") != "life":
        return False
    taken = {t.lemma_ for t in cue.doc[max(cue.sent.start, cue.i - 6) : cue.i]}
    return cue.lower_ == "life" or not taken & {"claim", "cost", "take", "lose"}


def _of_total(cue: Token, kind: Kind) -> Iterator[Counted]:
    """ "the death toll rose from 40 to 45": the count it reached."""
    if not any(t.lower_ in {"death", "dead"} for t in cue.doc[max(cue.sent.start, cue.i - 2) : cue.i]):
        return
    for at in range(cue.i + 1, min(cue.i + _FAR, cue.sent.end)):
        count = parse_quantity(cue.doc, at)
        if count and cue.doc[at - 1].lower_ != "from":
            yield Counted(count, None, count.span.end)
            return


_GRAMMAR = {
    "object": _of_verb,
    "subject": _of_subject,
    "state": _of_state,
    "of": _of_noun,
    "count": _of_count,
    "total": _of_total,
}


# --- words around the cue ------------------------------------------------------------------------------------------


def _voice(cue: Token) -> str:
    """active, passive (with "be", or a bare participle after its noun), or neither ("the wounded soldiers")."""
    low, doc, sent = cue.lower_, cue.doc, cue.sent
    after = doc[cue.i + 1] if cue.i + 1 < sent.end else None
    if low.endswith("ing"):
        return "" if cue.dep_ == "amod" or (after is not None and after.lower_ == "of") else "active"
    at = cue.i - 1
    while at >= sent.start and (doc[at].pos_ in {"ADV", "PART"} or doc[at].lower_ in _LINKS | {"and"}):
        at -= 1
    helper = doc[at].lower_ if at >= sent.start else ""
    if helper in BE:
        return "passive"
    if helper in HAVE | MODALS:
        return "active"
    if after is None or not _begins_phrase(doc[min(_past_particles(cue), sent.end - 1)]):
        return "passive" if lemma(low, "VERB") != low or low == "hurt" else ""
    before = doc[cue.i - 1] if cue.i > sent.start else None
    closed = before is not None and (before.pos_ in {"DET", "NUM"} or before.lower_ in {"the", "a", "an"})
    return "" if closed and after.pos_ in {"NOUN", "PROPN"} else "active"


def _past_particles(cue: Token) -> int:
    """Where the object of the cue can begin: past "up", "dead" and adverbs, and past "and deported"."""
    doc, at, end = cue.doc, cue.i + 1, cue.sent.end
    while at < end and (doc[at].pos_ == "ADV" or doc[at].lower_ in _PARTICLES) and not parse_quantity(doc, at):
        at += 1
    joined = at + 2 < end and doc[at].lower_ == "and" and doc[at + 1].pos_ == "VERB"
    return at + 2 if joined else at


def _begins_phrase(token: Token) -> bool:
    if token.ent_type_ in _TIMES or token.lower_ in _STATES:
        return False
    nominal = token.pos_ in {"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ"}
    return nominal or parse_quantity(token.doc, token.i) is not None


def _left(cue: Token, *, bare: bool) -> list[Counted]:
    """The counts of the subject: of the tree's subject if it states one, else of the noun right before the cue."""
    doc, at = cue.doc, _before_links(cue)
    near = None
    if at >= cue.sent.start and doc[at].pos_ in {"NOUN", "NUM", "ADJ", "PROPN", "PRON"}:
        near = counted_head(doc[at])
        near = near if near is not None and near.numbered else None
    before = doc[near.count.span.start - 1] if near is not None and near.count.span.start > cue.sent.start else None
    governed = before is not None and before.pos_ in {"ADP", "VERB", "SCONJ"}
    if near is not None and (doc[at + 1].lower_ == "who" or not (governed or near.apart)):
        return _series_before(near)
    if near is None and (opening := _opening_count(cue)) is not None:
        return [opening]
    subject = _tree_subject(cue)
    far = counted_head(subject) if subject is not None else None
    if far is not None and far.count.span.start < cue.i and (far.numbered or (bare and not near)):
        return list(counted_series(doc, far.count.span.start, cue.i, subject=True)) or [far]
    return [near] if near is not None and not near.apart else []


def _opening_count(cue: Token) -> Counted | None:
    """The count that opens the clause: "More than 30 people from the valley were injured"."""
    doc, first, at = cue.doc, cue.sent.start, cue.i
    while at > first and doc[at - 1].text not in {",", ";", ":", "-", "–", "—"} and not doc[at - 1].is_space:
        at -= 1
    while at < cue.i and doc[at].pos_ in {"CCONJ", "ADV"} and parse_quantity(doc, at) is None:
        at += 1
    found = counted_from(doc, at, cue.i) if parse_quantity(doc, at) is not None else None
    if found is None or found.whom is None or found.end >= cue.i or doc[found.end].pos_ != "ADP":
        return None
    told = any(token.pos_ in {"VERB", "SCONJ"} for token in doc[found.end : _before_links(cue) + 1])
    return None if told else found


def _series_before(near: Counted) -> list[Counted]:
    """Add what is coordinated before: "14 officers and 20 protesters were hurt"."""
    span = near.count.span
    if span.start - 2 < span.sent.start or span.doc[span.start - 1].lower_ != "and":
        return [near]
    other = counted_head(span.doc[span.start - 2])
    if other is None or not other.numbered or other.end != span.start - 1:
        return [near]
    first = other.count.span.start
    object_of_verb = first > span.sent.start and span.doc[first - 1].pos_ in {"VERB", "ADV"}
    return [near] if object_of_verb else [other, near]


def _before_links(cue: Token) -> int:
    """The token before the auxiliaries and adverbs of the cue, and before ", including two children," if there."""
    doc, at, first = cue.doc, cue.i - 1, cue.sent.start
    helpers = BE | HAVE | MODALS | _LINKS | DOUBTS | {"and"}
    while at >= first and (doc[at].pos_ in {"ADV", "PART"} or doc[at].lower_ in helpers):
        at -= 1
    if at <= first or doc[at].text != ",":
        return at
    opening = next((i for i in range(at - 1, first, -1) if doc[i].text == ","), None)
    if opening is not None and doc[opening + 1].lower_ in _ASIDES:
        return opening - 1
    return at - 1 if doc[at + 1].lower_ == "who" else first - 1


def _tree_subject(cue: Token) -> Token | None:
    """The subject by the tree, through "who" and coordinated verbs, or the noun that a participle modifies."""
    verb = cue
    for _ in range(3):
        subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubj:pass"} and child.i < cue.i]
        if subjects and subjects[-1].lower_ in {"who", "that", "which"}:
            return verb.head if verb.dep_ == "acl:relcl" else None
        if subjects:
            return subjects[-1]
        if verb.dep_ == "acl" and verb is cue and verb.head.i < cue.i:
            return verb.head
        counted = any(child.pos_ == "NUM" or child.dep_ == "obj" for child in verb.children)
        if verb.dep_ != "conj" or verb.head.i > verb.i or counted:
            return None
        verb = verb.head
    return None


def _right(cue: Token, kind: Kind) -> Iterator[Counted]:
    """The counts of the object right after the cue, and of what is coordinated with it."""
    doc, at, end = cue.doc, _past_particles(cue), cue.sent.end
    first = counted_from(doc, at, end)
    told = kind != "participants" and not cue.lower_.endswith("s")  # "smoking kills people" is no toll
    if first is not None and (first.numbered or (told and _heads_object(cue, first))):
        yield from counted_series(doc, at, end)


def _heads_object(cue: Token, found: Counted) -> bool:
    """Whether the tree agrees that a bare plural is what the verb acts on, not the noun that a participle modifies."""
    return found.whom is not None and any(t.dep_ in {"obj", "nsubj:pass"} and t.head == cue for t in found.whom)


def _tree_object(cue: Token) -> list[Counted]:
    found = [counted_head(child) for child in cue.children if child.dep_ == "obj" and child.i > cue.i]
    return [c for c in found if c is not None and c.numbered and c.count.span.start > cue.i]
