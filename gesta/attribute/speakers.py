"""Speakers: the noun phrase that a cue is attributed to.

The words next to the cue come first, since the common forms ("…, police said", "said X") hardly ever mislead; the tree
answers for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from gesta.attribute.cues import Cue
from gesta.attribute.words import (
    BREAKS,
    CLOSING_MARKS,
    GENITIVES,
    NOMINAL,
    RELATIVES,
    SUBJECTS,
    is_auxiliary,
    is_finite,
    is_preposition,
    is_time,
    opens_phrase,
)
from gesta.find.phrases import noun_phrase

_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "ADP", "PART", "PRON", "ADV", "X", "CCONJ"})
_MUTE = frozenset("there what this here it".split())
#: Words that part a clause from the speaker after it: "after police said".
_OPENERS = frozenset(
    "that if when while as after before because although though since where whether but which who".split()
)
_PERSONAL = frozenset("i you he she we they it".split())
_MADE = frozenset({"make", "repeat", "issue", "release", "publish", "voice"})
_DEEPEST = 4
#: Longest speaker, and longest aside between speaker and cue, in tokens.
_LONGEST, _LONGEST_ASIDE = 20, 25


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's phrase and its head."""

    span: Span
    head: Token


def find_speaker(cue: Cue) -> Speaker | None:
    """Return who says it, or None where the text names nobody ("it is believed", "reportedly")."""
    sort, verb = cue.sort.sort, cue.token
    if sort in {"adverb", "adjective", "seeming", "hearsay"}:
        return _agent(verb) if cue.passive else None
    if sort == "phrase":
        return _after(verb, cue.end)
    if sort == "noun":
        return _owner(verb)
    if cue.passive:
        return _agent(verb)
    return _before(verb) or _over_aside(verb) or _inverted(cue) or _quoted_as(verb) or _by_tree(verb, 0)


def sentence_subject(sent: Span) -> Speaker | None:
    """The first subject of a sentence, which a participle after a comma takes over: "Norland left, saying that …"."""
    subject = next((t for t in sent if t.dep_ in SUBJECTS and t.pos_ in NOMINAL and t.lower_ not in RELATIVES), None)
    return None if subject is None else _speaker(subject)


def _speaker(head: Token) -> Speaker | None:
    """The speaker with this head; nobody for "there" and words that cannot speak."""
    if head.pos_ not in NOMINAL or head.lower_ in _MUTE or is_time(head):
        return None
    if head.i + 1 < head.sent.end and head.nbor().text in GENITIVES and head.nbor().pos_ != "VERB":
        return _after(head, head.i)  # a possessor is not the speaker: "Norland's minister"
    return Speaker(noun_phrase(head), head)


def _before(verb: Token) -> Speaker | None:
    """The noun phrase that fills the room between the last mark and the cue: "…, a spokesman for the bloc said"."""
    doc, first, end = verb.doc, verb.sent.start, _before_helpers(verb)
    if verb.lower_.endswith("ing") or end == first or doc[end - 1].lower_ in {"and", "but", "or"}:
        return None
    if doc[end - 1].lower_ in _PERSONAL:
        return Speaker(doc[end - 1 : end], doc[end - 1])
    start = _room(doc, first, end)
    told = next((t.i for t in doc[start:end] if is_finite(t)), None)
    who = next((t.i for t in doc[start:end] if t.lower_ in {"who", "whose"} and t.i > start), None)
    if told is not None and who is not None and told > who:  # "residents who had fled said"
        end = who
    elif told is not None:  # "three had died and residents said"
        last = max(t.i for t in doc[start:end] if is_finite(t))
        start = next((t.i for t in doc[last:end] if t.pos_ == "CCONJ"), end)
    return _phrase(doc, start, end)


def _before_helpers(verb: Token) -> int:
    """Where the auxiliaries and adverbs before the verb begin."""
    at = verb.i
    while at > verb.sent.start:
        before = verb.doc[at - 1]
        if not (is_auxiliary(before) or before.pos_ == "ADV" or before.lower_ == "also"):
            break
        at -= 1
    return at


def _room(doc: Doc, first: int, end: int) -> int:
    """Where the words before ``end`` begin that no mark and no conjunction parts from it."""
    start = end
    while start > first and end - start < _LONGEST:
        before = doc[start - 1]
        if before.text in BREAKS or before.is_space or before.lower_ in _OPENERS:
            break
        start -= 1
    return start


def _phrase(doc: Doc, start: int, end: int) -> Speaker | None:
    """The speaker from ``start`` to ``end``, if that is a noun phrase; what a participle adds is left off."""
    while start < end and doc[start].pos_ in {"CCONJ", "ADV"}:
        start += 1
    if start == end or not opens_phrase(doc[start]) or doc[start].lower_ in RELATIVES:
        return None
    added = (t.i for t in doc[start + 1 : end] if t.pos_ in {"VERB", "SCONJ"} and t.dep_ != "amod")
    phrase = doc[start : next(added, end)]
    head = _head(phrase)
    return None if head is None or head.lower_ in _MUTE else Speaker(phrase, head)


def _head(phrase: Span) -> Token | None:
    """The head of a noun phrase: its last noun before a preposition, or what that hangs on inside the phrase."""
    stop = next((t.i for t in phrase if is_preposition(t) and t.i > phrase.start), phrase.end)
    nouns = [t for t in phrase if t.i < stop and t.pos_ in NOMINAL and not is_time(t)]
    if not nouns:
        return next((t for t in phrase if t.pos_ == "NUM"), None)  # "four in ten say"
    return _climbed(nouns[-1], phrase.start, stop)


def _climbed(noun: Token, start: int, end: int) -> Token:
    """The noun that this one hangs on, as far as the tree leads within the tokens."""
    while noun.head.i != noun.i and start <= noun.head.i < end and noun.head.i < noun.i and noun.head.pos_ in NOMINAL:
        noun = noun.head
    return noun


def _over_aside(verb: Token) -> Speaker | None:
    """ "Kim Lee, a spokesman for the army, said": the noun phrase before the aside between two commas."""
    doc, first = verb.doc, verb.sent.start
    at = _before_helpers(verb) - 1
    if at <= first or doc[at].text != "," or verb.lower_.endswith("ing"):
        return None
    opening = next((i for i in range(at - 1, max(first, at - _LONGEST_ASIDE), -1) if doc[i].text == ","), None)
    if opening is None:
        return None
    clause = doc[opening + 1].lower_ in RELATIVES | {"whose", "where", "when"}
    start = _room(doc, first, opening)
    told = doc[start:opening] if clause else doc[start:at]
    return None if any(is_finite(token) for token in told) else _phrase(doc, start, opening)


def _inverted(cue: Cue) -> Speaker | None:
    """The noun right after the cue, in "…," said X: a mark stands before the cue and no clause of its own after it."""
    verb, doc, sent = cue.token, cue.token.doc, cue.token.sent
    before = doc[verb.i - 1].text if verb.i > sent.start else ""
    if before not in BREAKS or verb.lower_.endswith("ing") or "hearer" in cue.sort.takes:
        return None
    quoted = before in CLOSING_MARKS or (verb.i - 2 >= sent.start and doc[verb.i - 2].text in CLOSING_MARKS)
    stop = next((i for i in range(verb.i + 1, sent.end) if doc[i].text in {",", ";", "—"}), sent.end)
    if not quoted and any(is_finite(token) for token in doc[verb.i + 1 : stop]):
        return None
    found = _after(verb, verb.i + 1)
    after = found.span.end if found is not None else sent.end
    return None if after < sent.end and is_finite(doc[after]) else found


def _after(cue: Token, start: int) -> Speaker | None:
    """The noun phrase that begins at ``start``."""
    doc, end, last = cue.doc, min(cue.sent.end, start + _LONGEST), None
    if start >= end or not (opens_phrase(doc[start]) or doc[start].pos_ == "ADV"):
        return None
    for token in doc[start:end]:
        if token.text in GENITIVES:
            continue
        if token.pos_ not in _INSIDE or (token.pos_ in {"ADP", "CCONJ"} and last is not None):
            break
        if token.pos_ in NOMINAL and token.lower_ not in _MUTE and not is_time(token):
            last = token
            after = doc[token.i + 1] if token.i + 1 < end else None
            goes_on = after is not None and (after.pos_ in {"NOUN", "PROPN", "PART"} or after.text in GENITIVES)
            if not goes_on and token.dep_ not in {"compound", "nmod:poss", "flat", "amod", "det"}:
                break
    if last is None:
        return None
    head = _climbed(last, start, end)
    return Speaker(noun_phrase(head), head)


def _by_tree(verb: Token, depth: int) -> Speaker | None:
    """The subject by the tree: its own, its antecedent's, or that of the clause it hangs on."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ in NOMINAL and c.i < verb.i]
    if own:
        subject = min(own, key=lambda child: abs(child.i - verb.i))
        return _antecedent(verb, subject) if subject.lower_ in RELATIVES else _speaker(subject)
    if depth and (found := _before(verb)):
        return found
    if depth >= _DEEPEST or verb.head.i >= verb.i:
        return None
    if verb.dep_ in {"acl", "acl:relcl"} and verb.head.pos_ in NOMINAL:
        return _speaker(verb.head)
    return _by_tree(verb.head, depth + 1) if verb.head.pos_ in {"VERB", "AUX"} else None


def _antecedent(verb: Token, pronoun: Token) -> Speaker | None:
    """The noun that "who" stands for."""
    if verb.dep_ == "acl:relcl" and verb.head.pos_ in NOMINAL and verb.head.i < pronoun.i:
        return _speaker(verb.head)
    before = next((t for t in reversed(verb.doc[verb.sent.start : pronoun.i]) if t.pos_ in NOMINAL), None)
    return None if before is None else _speaker(before)


def _agent(verb: Token) -> Speaker | None:
    """ "confirmed by the army" """
    for child in verb.children:
        by = any(c.lower_ == "by" for c in child.children)
        if child.i > verb.i and (child.dep_ == "obl:agent" or (child.dep_ == "obl" and by)):
            return _speaker(child)
    return None


def _owner(noun: Token) -> Speaker | None:
    """ "Kinshasa's accusation", "allegations by exiles", or the subject of "made the claim"."""
    for child in noun.children:
        by = any(c.lower_ == "by" for c in child.children)
        if child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and by):
            return None if child.pos_ not in NOMINAL else Speaker(noun_phrase(child), child)
    return _by_tree(noun.head, 0) if noun.dep_ == "obj" and noun.head.lemma_ in _MADE else None


def _quoted_as(verb: Token) -> Speaker | None:
    """ "quoted police as saying": whom another quotes."""
    if verb.lower_ != "saying" or verb.i - 1 < verb.sent.start or verb.nbor(-1).lower_ != "as":
        return None
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.lemma_ in {"quote", "cite"}:
            return next((_speaker(c) for c in token.children if c.dep_ in {"obj", "nsubj:pass", "nsubj"}), None)
    return None
