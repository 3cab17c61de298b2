"""Claims: what the text tells of who says what, as records with stance, certainty and loaded words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec
from spacy.tokens import Doc, Span, Token

from gesta.annotate.model import Model
from gesta.attribute.attitude import Attitude, attitude
from gesta.attribute.cues import cue_sort
from gesta.attribute.networks import Networks
from gesta.attribute.page import Page
from gesta.attribute.tell import tell
from gesta.attribute.told import Told
from gesta.attribute.unnamed import Unnaming
from gesta.attribute.voice import voice_of
from gesta.attribute.words import GENITIVES
from gesta.find.phrases import noun_phrase
from gesta.records import Actor, Claim, Participant, Report, make_id

Pair = tuple[int, int]
#: Least chance of a claim that an event rests on, by a cue that the table has and by another ("has annulled"): what is
#: no saying at all must not take the author's word away.
RESTS_ON, RESTS_ON_OTHER = 0.5, 0.9
_LEADS = frozenset({"by", "from", "to"})


class Actors(Protocol):
    """Resolves who a phrase names."""

    def participant(self, span: Span, head: Token) -> Participant:
        """Return the participant that the noun phrase names."""
        ...

    def actor(self, identity: str) -> Actor:
        """Return a participant's actor."""
        ...


def find_claims(
    doc: Doc,
    networks: Networks,
    *,
    report: Report,
    actors: Actors,
    event_triggers: Sequence[Token],
    model: Model,
) -> tuple[tuple[Claim, ...], dict[int, str]]:
    """Return the claims of a report in text order, and for each event trigger inside one its id, by ``token.i``.

    ``doc`` is ``report.text`` as ``coder.nlp`` read it. A trigger inside several claims belongs to the innermost that
    has a speaker. Where the text names no speaker ("reportedly"), ``Claim.speaker`` is None.
    """
    found = tell(Page(doc, networks.vocabulary), networks)
    ids: list[str] = []
    seen: dict[Pair, int] = {}
    for told in found:
        key = (doc[told.cue[0]].idx if told.cue else -1, doc[told.content[0]].idx)
        ordinal = seen[key] = seen.get(key, -1) + 1
        ids.append(make_id("c", report.id, *key, ordinal))
    around = [_innermost(found, number) for number in range(len(found))]
    unnaming = Unnaming(doc)
    claims = tuple(
        _claim(doc, told, own, report, actors, None if outer is None else ids[outer], attitude(told, unnaming, model))
        for told, own, outer in zip(found, ids, around, strict=True)
    )
    return claims, _inside(found, ids, event_triggers)


def _claim(
    doc: Doc, told: Told, identity: str, report: Report, actors: Actors, within: str | None, meant: Attitude
) -> Claim:
    speaker = _speaker(doc, told, actors)
    parts = tuple((doc[first].idx, doc[last].idx + len(doc[last])) for first, last in runs(doc, told.content))
    cue = _cue(doc, told)
    return Claim(
        id=identity,
        report=report.id,
        content=(parts[0][0], parts[-1][1]),
        parts=parts,
        stance=meant.stance,
        certainty=meant.certainty,
        framing=meant.framing,
        speaker=None if speaker is None else speaker[0],
        voice="untold" if speaker is None else voice_of(speaker[1], actors.actor(speaker[0].actor)),
        cue=None if cue is None else cue.text,
        cue_span=None if cue is None else (cue.start_char, cue.end_char),
        within=within,
        confidence=told.confidence,
        reasons=meant.reasons,
    )


def runs(doc: Doc, tokens: Sequence[int]) -> list[Pair]:
    """Return the first and last token of each run of neighbours; white space between two of them parts nothing."""
    found: list[Pair] = []
    for token in tokens:
        if found and all(doc[between].is_space for between in range(found[-1][1] + 1, token)):
            found[-1] = (found[-1][0], token)
        else:
            found.append((token, token))
    return found


def _cue(doc: Doc, told: Told) -> Span | None:
    """The words of the cue, or the longest run of them where it lies in pieces."""
    if not told.cue:
        return None
    first, last = max(runs(doc, told.cue), key=lambda run: (run[1] - run[0], -run[0]))
    return doc[first : last + 1]


def _speaker(doc: Doc, told: Told, actors: Actors) -> tuple[Participant, Token] | None:
    """The speaker under all the words that name them, resolved by the noun phrase that heads those."""
    if not told.source:
        return None
    first, last = max(runs(doc, told.source), key=lambda run: (run[1] - run[0], -run[0]))
    words = doc[first : last + 1]
    if all(token.pos_ in {"DET", "PUNCT", "ADP"} for token in words):
        return None
    words = _whole(words)
    head = _head(words)
    antecedent = _antecedent(head)
    if antecedent is not None:
        return _under(actors.participant(noun_phrase(antecedent), antecedent), words), antecedent
    phrase = noun_phrase(head)
    start, end = max(phrase.start, words.start), min(phrase.end, words.end)
    participant = actors.participant(doc[start:end] if start <= head.i < end else words, head)
    return _under(participant, words), head


def _whole(words: Span) -> Span:
    """The speaker's words without "by" before them, with their owner, or what they are "of" ("the head | of X")."""
    doc, first = words.doc, words[0]
    if first.lower_ in _LEADS and len(words) > 1:
        return doc[words.start + 1 : words.end]
    if first.text in GENITIVES or (words.start > first.sent.start and first.nbor(-1).text == "-"):
        return doc[min(words.start, noun_phrase(_head(words)).start) : words.end]
    above = _head(words).head
    if first.lower_ == "of" and above.pos_ in {"NOUN", "PROPN"} and above.i < words.start and above.sent == first.sent:
        return doc[noun_phrase(above).start : words.end]
    return words


def _head(words: Span) -> Token:
    """The noun that the speaker's words hang on; a possessor's ending or a title is none."""
    nominal = [token for token in words if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}]
    inside = range(words.start, words.end)
    tops = [token for token in nominal if token.head.i not in inside or token.head.i == token.i]
    return next(iter(tops or nominal), words.root)


def _antecedent(head: Token) -> Token | None:
    """The noun that "who" stands for: "the mayor, who said …"."""
    if head.lower_ not in {"who", "which", "that", "whom"}:
        return None
    verb = head.head
    return verb.head if verb.dep_ == "acl:relcl" and verb.head.pos_ in {"NOUN", "PROPN"} else None


def _under(participant: Participant, words: Span) -> Participant:
    return msgspec.structs.replace(participant, text=words.text, span=(words.start_char, words.end_char))


def _innermost(found: Sequence[Told], number: int) -> int | None:
    """The claim within which another is told: the shortest that holds its cue, or its words if it has none."""
    own = found[number]
    first = own.cue[0] if own.cue else own.content[0]
    around = [(len(told.content), at) for at, told in enumerate(found) if at != number and told.holds(first)]
    mutual = [at for _, at in around if found[at].cue and own.holds(found[at].cue[0])]
    outer = [one for one in around if one[1] not in mutual or one[0] > len(own.content)]
    return min(outer)[1] if outer else None


def _is_saying(told: Told, doc: Doc) -> bool:
    """Whether an event may rest on an attribution."""
    known = not told.cue or any(cue_sort(doc[token]) is not None for token in told.cue)
    return told.confidence >= (RESTS_ON if known else RESTS_ON_OTHER)


def _inside(found: Sequence[Told], ids: Sequence[str], triggers: Sequence[Token]) -> dict[int, str]:
    """The innermost claim around each trigger, one with a speaker before one without; a cue is not inside its own."""
    mapping = {}
    for trigger in sorted(triggers, key=lambda token: token.i):
        around = [
            (not told.source, len(told.content), number)
            for number, told in enumerate(found)
            if told.holds(trigger.i) and trigger.i not in told.cue and _is_saying(told, trigger.doc)
        ]
        if around:
            mapping[trigger.i] = ids[min(around)[2]]
    return mapping
