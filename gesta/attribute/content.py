"""Content: the words that a cue carries, as one run of tokens.

Newswire puts them in few ways: after the cue ("police said [that] …"), before it ("…, police said"), on both sides
("…, police said, …": the run then spans the cue), between quotation marks, or as the object of a verb ("denied shelling
…"). The shape is read off marks and verbs around the cue; the tree says where clauses begin and end.
"""

from __future__ import annotations

from spacy.tokens import Token

from gesta.attribute.cues import Cue
from gesta.attribute.extent import Content, right_end, told, trimmed, verbal
from gesta.attribute.quotes import Quotes
from gesta.attribute.speakers import Speaker
from gesta.attribute.speech import said, shouted
from gesta.attribute.words import CLAUSE_ENDS, EDGES, QUOTE_MARKS, RELATIVES, SUBJECTS, is_verb
from gesta.find.phrases import noun_phrase

_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "csubj:outer", "advcl"})
_DENIED = frozenset({"deny", "dismiss", "reject", "refute", "quash", "doubt"})
_OF = frozenset({"allegation", "accusation", "rumour", "rumor", "suspicion", "denial"})


def find_content(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """Return what the cue carries; None if it carries nothing ("he said goodbye")."""
    found = _SHAPES[cue.sort.sort](cue, speaker, quotes)
    if found is None:
        return None
    start, end, around = found.start, found.end, quotes.around(cue.start)
    if around is not None:  # what is told within a speech ends with it
        start, end = max(start, around.start), min(end, around.end)
    start, end = trimmed(cue.token.doc, start, end)
    if end <= start:
        return None
    inside = quotes.around(start)
    whole = inside is not None and inside.start == start and abs(inside.end - end) < 2
    if inside is not None and whole and inside.spoken and not found.gap[1]:
        return Content(inside.start, inside.end, quoted=True)
    return Content(start, end, found.gap, found.quoted)


def _phrase(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """ "According to X, …", "…, according to X", "…, according to X, …"."""
    doc, sent = cue.token.doc, cue.token.sent
    end = speaker.span.end if speaker is not None else cue.end
    while end < sent.end and doc[end].text not in (CLAUSE_ENDS - {":"}) | QUOTE_MARKS:
        end += 1  # the rest of the source's phrase: "a Chadian official who asked …"
    start = next((t.i for t in doc[sent.start : cue.start] if not (t.is_space or t.text in EDGES)), None)
    if start is None:
        return verbal(doc, min(end + 1, sent.end), sent.end)
    before = {token.lower_ for token in doc[max(sent.start, cue.start - 2) : cue.start]}
    opened = bool(before & (RELATIVES | {"and", "but"}))  # "a colonel who, according to prosecutors, had …"
    if told(doc, end, sent.end) and (opened or not any(is_verb(doc[i]) for i in range(start, cue.start))):
        return Content(end if opened else start, sent.end, gap=(cue.start, end))
    return Content(start, cue.start)


def _adverb(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """The clause of the word that the adverb modifies."""
    head = cue.token.head
    if head.i == cue.token.i:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.dep_ in {"acl", "acl:relcl", "amod"} and head.head.i < head.i:
        start = max(start, min(cue.token.i, head.i))
    return Content(start, end, gap=(cue.start, cue.end))


def _adjective(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """ "the supposed raid" """
    head = cue.token.head
    if head.i <= cue.token.i or head.pos_ not in {"NOUN", "PROPN"}:
        return None
    return Content(cue.end, max(noun_phrase(head).end, head.i + 1))


def _noun(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """ "Kinshasa's accusation that …", "rumours of a coup"; not where a verb already denies them."""
    noun, doc, after = cue.token, cue.token.doc, cue.end
    if after + 1 >= noun.sent.end or (noun.head.lemma_ in _DENIED and speaker is None):
        return None
    edge = noun.right_edge.i + 1
    if doc[after].lower_ == "that" and not is_verb(doc[after + 1]):
        return verbal(doc, after + 1, edge if edge > after + 2 else noun.sent.end)
    return Content(after + 1, edge) if doc[after].lower_ == "of" and noun.lemma_ in _OF else None


def _seeming(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """ "It seems that …", "the gunmen are said to have fled", "…, it seems, …"."""
    verb, doc, sent = cue.token, cue.token.doc, cue.token.sent
    after = doc[cue.end].lower_ if cue.end < sent.end else ""
    if after == "to":
        # "said to me" is no hearsay: a verb must follow.
        follows = any(is_verb(doc[i]) for i in range(cue.end + 1, min(cue.end + 4, sent.end)))
        gap = (verb.i, cue.end + 1)
        return Content(_subject_start(verb), right_end(cue, cue.end + 1), gap=gap) if follows else None
    it = next((t.i for t in doc[max(sent.start, verb.i - 4) : verb.i] if t.lower_ == "it"), None)
    if it is None:
        return None
    if after in {",", "."} and it > sent.start:
        return Content(sent.start, sent.end, gap=(it, cue.end))
    clause = any(c.dep_ in _CLAUSES and c.i > verb.i for c in verb.children) or after in {"that", "as"}
    start = cue.end + (after == "that")
    return verbal(doc, start, right_end(cue, start)) if clause else None


def _subject_start(verb: Token) -> int:
    """Where the subject of "are said to …" begins."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    if subject is not None and subject.lower_ not in RELATIVES:
        return subject.left_edge.i
    modifies = verb.dep_ in {"acl", "acl:relcl"} and verb.head.i < verb.i
    return noun_phrase(verb.head).start if modifies else verb.sent.start


_SHAPES = {
    "verb": said,
    "quoting": shouted,
    "phrase": _phrase,
    "adverb": _adverb,
    "adjective": _adjective,
    "noun": _noun,
    "hearsay": _seeming,
    "seeming": _seeming,
}
