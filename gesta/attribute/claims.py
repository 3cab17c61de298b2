"""Claims: cues, speakers and contents put together, quote by quote and sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from gesta.annotate.model import Model
from gesta.attribute.attitude import Attitude, attitude
from gesta.attribute.content import find_content
from gesta.attribute.cues import Cue, find_cues
from gesta.attribute.extent import Content
from gesta.attribute.quotes import Quote, Quotes
from gesta.attribute.speakers import Speaker, find_speaker, sentence_subject
from gesta.attribute.told import Told
from gesta.attribute.unnamed import Unnaming
from gesta.records import Claim, Participant, Report, make_id

#: How many sentences of direct speech a speaker is carried on for without a cue of their own.
CARRIED_SENTENCES = 3
_NOBODY = frozenset("no nobody none neither".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A claim still tied to tokens. ``cue`` is None for direct speech that is carried on from the sentence before."""

    content: Content
    cue: Cue | None
    speaker: Speaker | None


def find_claims(
    doc: Doc,
    *,
    report: Report,
    participant: Callable[[Span, Token], Participant],
    event_triggers: Sequence[Token],
    model: Model,
    read: Callable[[Doc], Doc],
) -> tuple[tuple[Claim, ...], dict[int, str]]:
    """Return the claims of a report in text order, and for each event trigger inside one its id, by ``token.i``.

    ``doc`` is made of ``report.text``; ``participant`` resolves a speaker's phrase and head; ``read`` is the model's
    component of ``coder.nlp``. A trigger inside several
    claims belongs to the innermost. Where the text names no speaker ("reportedly"), ``Claim.speaker`` is None.
    """
    quotes = Quotes(doc)
    found = sorted(_find(doc, quotes), key=lambda f: (f.content.start, -f.content.end, f.cue.start if f.cue else -1))
    claims, ids, unnaming = [], [], Unnaming(doc, read)
    seen: dict[tuple[int, int], int] = {}
    for one in found:
        key = (doc[one.cue.start].idx if one.cue else -1, doc[one.content.start].idx)
        ordinal = seen[key] = seen.get(key, -1) + 1
        ids.append(make_id("c", report.id, *key, ordinal))
        claims.append(_claim(doc, one, ids[-1], report, participant, attitude(_told(one), unnaming, model)))
    return tuple(claims), _inside(found, ids, event_triggers)


def _find(doc: Doc, quotes: Quotes) -> Iterator[Found]:
    """Yield the claims with a cue, then the direct speech that their speakers go on with."""
    told: set[Quote] = set()
    spoken: dict[int, Found] = {}
    for sent in doc.sents:
        whole = list(_cued(sent, quotes))
        found = [_cut(one, whole) for one in whole]
        yield from found
        for one in found:
            content = one.content
            told.update(quotes.between(content.start, content.end))
            if content.quoted and (inside := quotes.around(content.start)):
                told.add(inside)
        speaking = _outermost(found, quotes)
        if speaking is not None:
            spoken[sent.start] = speaking
    if quotes.all:
        yield from _carried(doc, quotes, told, spoken)


def _cued(sent: Span, quotes: Quotes) -> Iterator[Found]:
    """The claims of a sentence; a cue without a subject of its own takes the speaker of the cue before it."""
    before: Speaker | None = None
    for cue in find_cues(sent):
        speaker = find_speaker(cue)
        if _goes_on(cue) and quotes.around(cue.start) is None:
            shared = sentence_subject(sent) if cue.token.lower_.endswith("ing") else None
            speaker = before or shared or speaker or sentence_subject(sent)
        content = find_content(cue, speaker, quotes)
        if content is None or (speaker is not None and _says_nothing(cue, speaker)):
            continue
        before = speaker or before
        yield Found(content, cue, speaker)


def _cut(inner: Found, others: Sequence[Found]) -> Found:
    """Cut a content off where an outer cue follows: "He said that …, the agency reported"."""
    content = inner.content
    for outer in others:
        assert outer.cue is not None and inner.cue is not None
        around = outer is not inner and outer.content.holds(inner.cue.start)
        if around and content.holds(outer.cue.start) and content.start < outer.content.end < content.end:
            content = replace(content, end=outer.content.end)
    return inner if content is inner.content else replace(inner, content=content)


def _outermost(found: Sequence[Found], quotes: Quotes) -> Found | None:
    """The last claim of a sentence that is nobody else's words: whose speaker may go on in the next."""
    speaking = None
    for one in found:
        assert one.cue is not None
        within = any(other is not one and other.content.holds(one.cue.start) for other in found)
        if one.speaker is not None and not within and quotes.around(one.cue.start) is None:
            speaking = one if one.cue.sort.sort in {"verb", "quoting", "phrase"} else speaking
    return speaking


def _carried(doc: Doc, quotes: Quotes, told: set[Quote], spoken: dict[int, Found]) -> Iterator[Found]:
    """Direct speech without a cue, right after what the same speaker said, for a few sentences at most."""
    last: Found | None = None
    carried = 0
    for sent in doc.sents:
        speaking = spoken.get(sent.start)
        if speaking is not None:
            last, carried = speaking, 0
            continue
        quote = next((q for q in quotes.between(sent.start, sent.end) if q.spoken and q not in told), None)
        if quote is None or last is None or not _follows(doc, quote, sent, last):
            continue
        end, sentences = _portion(quote, sent, CARRIED_SENTENCES - carried)
        if sentences:
            carried += sentences
            last = Found(Content(quote.start, end, quoted=True), None, last.speaker)
            yield last


def _says_nothing(cue: Cue, speaker: Speaker) -> bool:
    """ "No group claimed …" tells of no claim, and "I think" is how a speaker talks, not another's word."""
    first = speaker.span[0].lower_
    return first in _NOBODY or (first in {"i", "we", "you"} and cue.sort.certainty != "certain")


def _goes_on(cue: Cue) -> bool:
    """Whether the cue has no subject of its own beside it: ", adding that", "… and warned"."""
    if cue.sort.sort not in {"verb", "quoting"} or cue.passive or cue.token.i == cue.token.sent.start:
        return False
    before = cue.token.nbor(-1)
    return before.pos_ == "CCONJ" or (before.text == "," and cue.token.lower_.endswith("ing"))


def _follows(doc: Doc, quote: Quote, sent: Span, last: Found) -> bool:
    """Whether a quote opens its sentence, right after what the same speaker said."""
    if quote.start - sent.start > 1 or sent.start == 0:
        return False
    before = doc[sent.start - 1].sent
    said_before = last.content.end if last.cue is None else max(last.cue.end, last.content.end)
    if said_before <= before.start:
        return False
    broken = any(token.is_space and token.text.count("\n") > 1 for token in doc[before.start : quote.start])
    return not broken or last.content.quoted


def _portion(quote: Quote, sent: Span, most: int) -> tuple[int, int]:
    """Where the first ``most`` sentences of a quote end, and how many they are."""
    doc, end, sentences = sent.doc, quote.start, 0
    while end < quote.end and sentences < most:
        end, sentences = min(doc[end].sent.end, quote.end), sentences + 1
    return end, sentences


def _claim(
    doc: Doc,
    found: Found,
    identity: str,
    report: Report,
    participant: Callable[[Span, Token], Participant],
    meant: Attitude,
) -> Claim:
    content, cue, speaker = found.content, found.cue, found.speaker
    words = doc[content.start : content.end]
    span = None if cue is None else doc[cue.start : cue.end]
    return Claim(
        id=identity,
        report=report.id,
        content=(words.start_char, words.end_char),
        stance=meant.stance,
        certainty=meant.certainty,
        framing=meant.framing,
        speaker=None if speaker is None else participant(speaker.span, speaker.head),
        cue=None if span is None else span.text,
        cue_span=None if span is None else (span.start_char, span.end_char),
        reasons=meant.reasons,
    )


def _told(found: Found) -> Told:
    """The claim in token indices, as the later steps read it."""
    content, cue, speaker = found.content, found.cue, found.speaker
    return Told(
        cue=tuple(range(cue.start, cue.end)) if cue is not None else (),
        source=tuple(range(speaker.span.start, speaker.span.end)) if speaker is not None else (),
        content=tuple(i for i in range(content.start, content.end) if content.holds(i)),
        quoted=content.quoted,
    )


def _inside(found: Sequence[Found], ids: Sequence[str], triggers: Sequence[Token]) -> dict[int, str]:
    """The innermost claim around each trigger, one with a speaker before one without; a cue is not inside its own."""
    mapping = {}
    for trigger in sorted(triggers, key=lambda token: token.i):
        around = [
            (one.speaker is None, one.content.end - one.content.start, n)
            for n, one in enumerate(found)
            if one.content.holds(trigger.i) and not (one.cue and one.cue.start <= trigger.i < one.cue.end)
        ]
        if around:
            mapping[trigger.i] = ids[min(around)[2]]
    return mapping
