"""What verbs of saying carry: direct speech, or a clause before or after them."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from gesta.attribute.cues import Cue
from gesta.attribute.extent import NEAR, Content, leads_up, opening_that, right_end, told, verbal
from gesta.attribute.objects import blamed_for, object_content, passive_content, reported
from gesta.attribute.quotes import Quotes
from gesta.attribute.speakers import Speaker
from gesta.attribute.words import (
    ARTICLES,
    CLAUSE_ENDS,
    DASHES,
    EDGES,
    QUOTE_MARKS,
    is_auxiliary,
    is_finite,
    is_preposition,
    is_time,
    is_verb,
    opens_phrase,
)

_COMMAS = DASHES | {","}
_MARKS = QUOTE_MARKS | {"’"}
_OPENS_CLAUSE = frozenset("how why what whether that when where".split())

Group = tuple[int, int]
"""The tokens of cue and speaker together, where they stand side by side."""


def said(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """The content of a verb of saying."""
    takes, group = cue.sort.takes, _group(cue, speaker)
    if "blame" in takes and (blamed := blamed_for(cue)):
        return blamed
    if "report" in takes:
        return reported(cue)
    if cue.passive:
        return passive_content(cue)
    if (as_said := _as_said(cue, group)) is not None:
        return as_said
    if takes & {"clause", "that", "whether"} and (spoken := _spoken(cue, group, quotes)):
        return spoken
    if "whether" in takes:
        ahead = cue.token.doc[cue.end : min(cue.token.sent.end, cue.end + NEAR)]
        start = next((token.i for token in ahead if token.lower_ in {"whether", "if"}), None)
        return None if start is None else Content(start, right_end(cue, start))
    return _clause(cue, group) or object_content(cue, group[1])


def shouted(cue: Cue, speaker: Speaker | None, quotes: Quotes) -> Content | None:
    """The content of a verb that is a cue only beside direct speech ("“Leave!” they shouted")."""
    return None if cue.passive else _spoken(cue, _group(cue, speaker), quotes)


def _group(cue: Cue, speaker: Speaker | None) -> Group:
    start, end, sent = cue.start, cue.end, cue.token.sent
    if speaker is not None and speaker.span.start >= sent.start and speaker.span.end <= sent.end:
        if 0 <= speaker.span.start - end < 2:
            end = speaker.span.end
        elif speaker.span.end <= start:
            between = cue.token.doc[speaker.span.end : start]
            if _aside(between) or not any(token.text in EDGES for token in between):
                start = speaker.span.start
    if start == cue.start and start > sent.start and is_auxiliary(cue.token.doc[start - 1]):
        start -= 1
    return start, end


def _aside(between: Span) -> bool:
    """Whether what parts speaker and cue is ", a spokesman for the army,"."""
    words = [token for token in between if not is_auxiliary(token) and token.pos_ != "ADV"]
    return len(words) > 1 and words[0].text == "," and words[-1].text == ","


# --- direct speech -------------------------------------------------------------------------------------------------


def _spoken(cue: Cue, group: Group, quotes: Quotes) -> Content | None:
    """Direct speech beside the group: "“…,” said X", "X said: “…”", or on both sides."""
    doc, sent = cue.token.doc, cue.token.sent
    at = group[0] - 1
    while at >= 0 and doc[at].text in _COMMAS:
        at -= 1
    first = quotes.around(at - 1) if at > 0 and doc[at].text in _MARKS else None
    if first is not None and (first.end != at or first.end - first.start < 2):
        first = None
    second = next(iter(quotes.between(group[1], min(sent.end, group[1] + NEAR))), None)
    if second is not None and not (second.spoken and _leads_to_quote(doc[group[1] : second.start - 1])):
        second = None
    if first is None:
        return None if second is None else Content(second.start, second.end, quoted=True)
    if second is not None:
        return Content(first.start, second.end, gap=(first.end, second.start), quoted=True)
    opening = doc[first.start].sent
    # Words before the mark are content as well; then the clause is sought, not the quote.
    opens = first.start - opening.start <= 2
    ended = opening != sent and not told(doc, group[1], min(sent.end, group[1] + NEAR))
    return Content(first.start, first.end, quoted=True) if opens or ended else None


def _leads_to_quote(between: Span) -> bool:
    """Whether a mark and no verb stands before the quote; "says “the wind” has turned" quotes but a part."""
    marked = len(between) > 0 and between[-1].text in _COMMAS | {":", "."}
    return marked and not any(is_verb(token) or token.lower_ == "that" for token in between)


# --- indirect speech -----------------------------------------------------------------------------------------------


def _clause(cue: Cue, group: Group) -> Content | None:
    if _stands_after(cue, group):
        return _before(cue, group)
    start = _clause_after(cue, group)
    return None if start is None else verbal(cue.token.doc, start, right_end(cue, start))


def _stands_after(cue: Cue, group: Group) -> bool:
    """Whether the group follows its content: a mark before it, and no clause or object of its own after it."""
    doc, sent, start = cue.token.doc, cue.token.sent, group[0]
    marked = start - 1 > sent.start and doc[start - 1].text in _COMMAS | _MARKS
    if not marked or cue.token.lower_.endswith("ing") or opening_that(cue, group[1]) is not None:
        return False
    pronoun = next((t.i for t in doc[start : cue.start] if t.lower_ in {"who", "which"}), None)
    if pronoun is not None and not any(t.pos_ == "VERB" for t in doc[pronoun : cue.start]):
        return False  # ", a professor who has written …"
    if group[1] >= sent.end:
        return True
    after = doc[group[1]]
    takes = cue.sort.takes
    if "hearer" not in takes and _takes_on(after) and ("bare" not in takes or told(doc, after.i, sent.end)):
        return False
    stop = next((i for i in range(group[1], sent.end) if doc[i].text in CLAUSE_ENDS), sent.end)
    if not told(doc, group[1], stop):
        return True
    clause_before = any(is_verb(doc[i]) for i in range(sent.start, start - 1))
    return clause_before and not leads_up(doc, sent.start) and is_preposition(after)


def _takes_on(token: Token) -> bool:
    """Whether a cue followed by this word takes an object or clause there, rather than a time or a place."""
    return opens_phrase(token) and not is_time(token)


def _as_said(cue: Cue, group: Group) -> Content | None:
    """ "As police said, …", "…, as police said"."""
    doc, sent, at = cue.token.doc, cue.token.sent, group[0] - 1
    if at < sent.start or doc[at].lower_ != "as":
        return None
    after = doc[group[1]] if group[1] < sent.end else None
    if after is not None and after.text not in CLAUSE_ENDS and (_takes_on(after) or after.lower_ in _OPENS_CLAUSE):
        return None
    if all(token.is_space or token.text in EDGES for token in doc[sent.start : at]):
        return verbal(doc, group[1], sent.end)
    return verbal(doc, sent.start, at)


def _before(cue: Cue, group: Group) -> Content | None:
    """What stands before the group, with what follows where the sentence goes on over it: "If …, police say, …"."""
    doc, sent = cue.token.doc, cue.token.sent
    start = next((i + 1 for i in range(group[0] - 2, sent.start - 1, -1) if doc[i].text == ";"), sent.start)
    comma = next((i for i in range(group[1], min(sent.end, group[1] + NEAR)) if doc[i].text in CLAUSE_ENDS), sent.end)
    rest = doc[comma + 1] if comma + 1 < sent.end and doc[comma].text in _COMMAS else None
    if rest is not None and rest.pos_ not in {"CCONJ", "SCONJ"} and not rest.lower_.endswith("ing"):
        whole = any(is_verb(doc[i]) for i in range(start, group[0])) and not leads_up(doc, start)
        if not whole and verbal(doc, comma, sent.end):
            return Content(start, sent.end, gap=(group[0], comma))
    return verbal(doc, start, group[0])


def _clause_after(cue: Cue, group: Group) -> int | None:
    """Where the clause after the group begins: after "that", at the tree's clause, or past hearer and time."""
    doc, sent, at, takes = cue.token.doc, cue.token.sent, group[1], cue.sort.takes
    that = opening_that(cue, at)
    if that is not None or (at < sent.end and doc[at].text == ":"):
        return at + 1 if that is None else that + 1
    clause = next((c for c in cue.token.children if c.dep_ == "ccomp" and c.i > cue.token.i), None)
    if "that" in takes or at >= sent.end or (clause is None and "bare" not in takes):
        return None
    if takes & {"object", "infinitive"} and "bare" not in takes:
        return None if clause is None or not _finite(clause) else max(clause.left_edge.i, at)
    if _takes_on(doc[at]) and "hearer" not in takes:
        return at
    if clause is not None and at < clause.left_edge.i <= at + NEAR and not clause.left_edge.is_punct:
        at = clause.left_edge.i
    elif "hearer" in takes:
        at = _past_hearer(doc, at, sent.end)
    while at + 1 < sent.end and (is_time(doc[at]) or (is_preposition(doc[at]) and is_time(doc[at + 1]))):
        at += 1
    return None if at >= sent.end or doc[at].lower_ == "to" or doc[at].text in CLAUSE_ENDS else at


def _finite(clause: Token) -> bool:
    """Whether the head of a clause, or its auxiliary, is finite."""
    return "VerbForm=Fin" in str(clause.morph) or any(is_auxiliary(c) and c.i < clause.i for c in clause.children)


def _past_hearer(doc: Doc, at: int, end: int) -> int:
    """Past the hearer: "told [a local radio station] the bridge had fallen"."""
    if at < end and doc[at].pos_ == "PRON" and doc[at].lower_ not in ARTICLES:
        return at + 1
    start = at
    while at < end and (doc[at].pos_ in {"DET", "ADJ", "NUM"} or doc[at].lower_ in ARTICLES):
        at += 1
    while at < end and doc[at].pos_ in {"NOUN", "PROPN"}:
        if at > start and at + 1 < end and is_finite(doc[at + 1]):
            break  # "told police | rebels had fled"
        at += 1
    return at
