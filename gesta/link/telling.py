"""Which events of one report tell of the same happening: "a bomb went off ... the blast ... killing nine".

Pairs of events are weighed by a light head (``annotate/light.py``) over what the two share and where they differ; then
the likest are put together first, as long as the parts of the two groups agree on the whole. ``train/linking.py`` fits
the head on the casebook's reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import log

from spacy.tokens import Doc, Token

from gesta.annotate.light import Light
from gesta.link.cluster import cluster
from gesta.ontology.plover import plover
from gesta.records import Cause, Event, Place, Time

#: Types that stand for one another more often than others, by quad class; words are told apart by their type alone.
_NEAR = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_POINTING = frozenset("the this that these those both his her its their".split())
_OTHER = frozenset(
    "another other second third fourth fifth new fresh separate similar earlier previous last latest further next more"
    " one two three four five several many".split()
)
_THEN = frozenset("earlier before later after ago previous last since then previously subsequently meanwhile".split())
#: More acts than these told as one event ("eleven attacks") are no single act; fewer may be one told in parts.
_MANY = 2
#: Days told further apart than this are of two happenings: further than a slip in reading one could be.
_WEEKS = 14
#: Log odds, within a report, of two events that cannot be compared.
_UNLIKE = -2.5
_PRECISE = frozenset({"site", "city", "district"})
#: Only these tell of a happening; a threat and the act it threatens are two.
TOLD = frozenset({"happened", "ongoing", "alleged", "denied"})


def tell_apart(
    doc: Doc, events: Sequence[Event], head: Light, *, body_start: int = 0, causes: Sequence[Cause] = ()
) -> dict[str, int]:
    """Return for each event's id the number of its happening in the report, from 0 in the order of the text.

    What the text tells as the answer to an act (``causes``) is another act, and so is one of several attacks beside
    all of them, and what it dates weeks before or after.
    """
    answered = {frozenset((cause.effect, cause.cause)) for cause in causes if cause.cause is not None}
    told = [event for event in events if event.modality in TOLD]
    at = {token.idx: token for token in doc}
    chances = {}
    for n, one in enumerate(told):
        for m in range(n + 1, len(told)):
            names = list(features(one, told[m], at, body_start=body_start))
            apart = _one_of_many(one, told[m]) or _weeks_apart(one, told[m], at)
            if apart or frozenset((one.id, told[m].id)) in answered:
                chances[n, m] = 0.0
            elif names:
                chances[n, m] = head.chance(names)
    number = {}
    groups = sorted(cluster(len(told), chances, unlike=_UNLIKE, lean=0.0))
    for n, group in enumerate(groups):
        number.update({told[i].id: n for i in group})
    rest = [event.id for event in events if event.id not in number]
    return number | {identity: len(groups) + n for n, identity in enumerate(rest)}


def features(a: Event, b: Event, at: Mapping[int, Token], *, body_start: int) -> Iterator[str]:
    """Yield the names of what speaks for or against two events being one; none if they cannot be. ``a`` comes first."""
    kinds = _kinds(a, b)
    if kinds is None or b.within == a.id or a.within == b.id:
        return
    yield kinds
    first, second = at[a.trigger.start], at[b.trigger.start]
    if kinds == "same type":
        yield _shared("modes", a.modes, b.modes)
    yield "same word" if first.lemma_ == second.lemma_ else "other word"
    yield _days(a.time, b.time)
    yield _places(a.place, b.place)
    yield _shared("sources", [p.actor for p in a.sources], [p.actor for p in b.sources])
    yield _shared("targets", [p.actor for p in a.targets], [p.actor for p in b.targets])
    if {p.actor for p in a.sources} & {p.actor for p in b.targets} | {p.actor for p in a.targets} & {
        p.actor for p in b.sources
    }:
        yield "change places"
    yield from _tolls(a, b)
    if a.counted != b.counted:
        yield "one only alleged"
    if a.count != b.count:
        yield "number differs"
    yield from _words(second)
    yield from _where(first, second, body_start)


def _one_of_many(a: Event, b: Event) -> bool:
    return a.count != b.count and max(a.count, b.count) > _MANY


def _weeks_apart(a: Event, b: Event, at: Mapping[int, Token]) -> bool:
    """Whether the sentences themselves tell a day for each, some weeks or more apart: then they are two."""
    days = [day for day in (_own_day(a, at), _own_day(b, at)) if day is not None]
    return len(days) == 2 and abs((days[0] - days[1]).days) > _WEEKS


def _own_day(event: Event, at: Mapping[int, Token]) -> date | None:
    time, sentence = event.time, at[event.trigger.start].sent
    if time is None or time.span is None or time.start != time.end or time.basis == "bounded":
        return None
    return time.start if sentence.start_char <= time.span[0] < sentence.end_char else None


def _kinds(a: Event, b: Event) -> str | None:
    if a.type == b.type:
        return "same type"
    known = plover().types
    if a.type not in known or b.type not in known or known[a.type].quad != known[b.type].quad:
        return None
    if known[a.type].quad == 3:
        return None
    return "near types" if {a.type, b.type} <= _NEAR else "types of one class"


def _shared(name: str, a: Sequence[str], b: Sequence[str]) -> str:
    if not a or not b:
        return f"{name}: one untold" if a or b else f"{name}: untold"
    return f"{name}: shared" if set(a) & set(b) else f"{name}: differ"


def _days(a: Time | None, b: Time | None) -> str:
    told = [t for t in (a, b) if t is not None and t.start is not None and t.basis != "bounded"]
    if len(told) < 2:
        return "days: untold" if not told else "days: one untold"
    first, second = told
    assert first.start and second.start
    if first.start == second.start and first.end == second.end:
        return "days: same, same words" if first.span == second.span else "days: same"
    ends = (first.end or first.start, second.end or second.start)
    if first.start <= ends[1] and second.start <= ends[0]:
        return "days: overlap"
    return "days: differ"


def _places(a: Place | None, b: Place | None) -> str:
    told = [p for p in (a, b) if p is not None and p.basis == "stated"]
    if len(told) < 2:
        return "places: untold" if not told else "places: one untold"
    first, second = told
    if first.geonames_id is not None and first.geonames_id == second.geonames_id:
        return "places: same"
    if first.precision in _PRECISE and second.precision in _PRECISE:
        return "places: differ"
    return "places: one within the other" if first.country == second.country else "places: differ"


def _tolls(a: Event, b: Event) -> Iterator[str]:
    other = {toll.kind: toll for toll in b.tolls}
    for toll in a.tolls:
        if toll.kind in other:
            apart = abs(log(toll.low + 0.5) - log(other[toll.kind].low + 0.5))
            yield "tolls: same" if apart < 0.01 else "tolls: near" if apart < 0.5 else "tolls: differ"


def _words(second: Token) -> Iterator[str]:
    """How the second event is brought up: "the blast" points back, "another blast" does not."""
    inside = {child.lower_ for child in second.children}
    if second.pos_ in {"NOUN", "PROPN"}:
        yield "a noun that points back" if inside & _POINTING else "a noun"
        if inside & _OTHER:
            yield "another"
    else:
        yield "a verb"
    clause = [token.lower_ for token in second.sent if abs(token.i - second.i) < 12]
    if set(clause) & _THEN:
        yield "another time told near"


def _where(first: Token, second: Token, body_start: int) -> Iterator[str]:
    if first.sent == second.sent:
        linked = second.head == first or first.head == second
        yield "same sentence, one hangs on the other" if linked else "same sentence"
        if any(token.lower_ in {"and", "while", "but"} for token in first.doc[first.i : second.i]):
            yield "and between"
    elif first.idx < body_start <= second.idx:
        early = second.sent.start_char < body_start + 40
        yield "title and first sentence" if early else "title and body"
    else:
        between = sum(token.is_sent_start is True for token in first.doc[first.i + 1 : second.i + 1])
        yield "next sentence" if between == 1 else "later sentence" if between < 4 else "much later"
