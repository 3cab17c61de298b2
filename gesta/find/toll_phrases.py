"""Counted people as noun phrases: how many, and the words for whom.

Read off the words from left to right: number words, modifiers and noun have a fixed order, which holds where an early
tree does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from gesta.annotate.lemmas import lemma
from gesta.find.numbers import Quantity, parse_quantity, quantity
from gesta.ontology.tables import read_table

_OPENERS = frozenset(
    "the its their his her our all another additional further other these those a total of only".split()
)
_BETWEEN = frozenset("of the its their his her more other these those additional".split())
_NOUNS = frozenset({"NOUN", "PROPN"})
_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "X"})
_PRONOUNS = frozenset({"them", "us", "whom", "which", "those", "you", "themselves"})
_GLUE = frozenset({"-", "'s", "’s", "'", "’"})
_STATES = frozenset(
    "dead missing homeless injured wounded killed hurt arrested detained overnight early late apart "
    "yesterday today tonight tomorrow".split()
)
_TIMES = frozenset({"Date", "DATE", "TIME"})
_PARTS = frozenset({"including", "among"})
_MOST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A count, the words for whom it counts (None if the text leaves them out), and the token after both."""

    count: Quantity
    whom: Span | None
    end: int

    @property
    def numbered(self) -> bool:
        """Whether the text gives a number or an article, rather than a bare plural."""
        return self.count.high is not None or len(self.count.span) > 1 or self.count.span[0].pos_ != "NOUN"

    @property
    def apart(self) -> bool:
        """Whether it counts part of what was counted before: "including two children"."""
        start = self.count.span.start
        return start > self.count.span.sent.start and self.count.span.doc[start - 1].lower_ in _PARTS


def counted_from(doc: Doc, at: int, end: int) -> Counted | None:
    """Return the counted phrase that begins at token ``at`` and ends by ``end``; None if none begins there."""
    start = at
    count = parse_quantity(doc, at, None)
    while count is None and at < end and at - start < len(_OPENERS) and doc[at].lower_ in _OPENERS:
        at += 1
        count = parse_quantity(doc, at, None) if at < end else None
    if count and count.span.end > end:
        return None
    if count is None:
        return _uncounted(doc, start, end)
    first = count.span.end
    while first < end and doc[first].lower_ in _BETWEEN:
        first += 1
    last = _run(doc, first, end)
    if last == first:
        after = first + (first < end and doc[first].lower_ in _PRONOUNS)
        return Counted(count, None, after if after > first else count.span.end)
    return Counted(count, doc[first : _with_of(doc, last, end)], _with_of(doc, last, end))


def counted_head(head: Token) -> Counted | None:
    """Return the counted phrase whose noun (or number) is ``head``."""
    count = quantity(head.doc, head)
    if count is None:
        return None
    read = counted_from(head.doc, count.span.start, head.sent.end)
    if read is None:
        return Counted(count, None, count.span.end) if parse_quantity(head.doc, count.span.start) else None
    return Counted(count, read.whom, read.end)


def added(pieces: Sequence[Counted]) -> Counted:
    """Add up what stands side by side: "two soldiers and a farmer" are three; the words reach from first to last."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return first
    highs = [piece.count.high for piece in pieces]
    high = None if None in highs else sum(h for h in highs if h is not None)
    doc, start = first.count.span.doc, first.count.span.start
    count = Quantity(sum(piece.count.low for piece in pieces), high, doc[start : last.end])
    return Counted(count, doc[start : last.end], last.end)


def counted_series(doc: Doc, at: int, end: int, *, subject: bool = False) -> Iterator[Counted]:
    """Yield what stands side by side from ``at``: "three soldiers and two policemen"; only the first may be bare."""
    for piece in range(_MOST_PIECES):
        found = counted_from(doc, at, end) or (_relative(doc, at, end) if piece else None)
        if found is None or (piece and not (found.numbered and (subject or not _opens_clause(doc, found.end, end)))):
            return
        single = found.count.span[0].lower_ in {"a", "an", "one", "another"}
        if piece and single and doc[at - 1].text == "," and (found.end >= end or doc[found.end].lower_ != "and"):
            return  # "seven students, a witness said"
        yield found
        at = found.end
        if at + 1 >= end or doc[at].lower_ not in {"and", ","}:
            return
        at += 2 if doc[at].text == "," and doc[at + 1].lower_ == "and" else 1


def suits(found: Counted, kind: str) -> bool:
    """Whether those counted can suffer this: people, and for some kinds not just any ("three inmates fled")."""
    if found.whom is None:
        return True
    heads = [t for t in found.whom if t.pos_ in _NOUNS]
    first_of = next((t.i for t in found.whom if t.lower_ == "of"), found.whom.end)
    head = next((t for t in reversed(heads) if t.i < first_of), None)
    return head is None or not ({"", kind} & _barred().get(lemma(head.lower_, "NOUN"), frozenset()))


def _relative(doc: Doc, at: int, end: int) -> Counted | None:
    """ "a shopkeeper and his son": someone's singular relation is one more."""
    last = _run(doc, at + 1, end) if at + 1 < end and doc[at].lower_ in {"his", "her", "their"} else at
    if last <= at + 1 or "Number=Sing" not in str(doc[last - 1].morph):
        return None
    return Counted(Quantity(1, 1, doc[at : at + 1]), doc[at + 1 : last], last)


@cache
def _barred() -> dict[str, frozenset[str]]:
    """Nouns that do not count for a kind of toll ("" for any)."""
    barred: dict[str, frozenset[str]] = {}
    for row in read_table("gesta.find", "tolls.tsv"):
        if row["sort"] == "not":
            barred[row["lemma"]] = barred.get(row["lemma"], frozenset()) | {row["kind"]}
    return barred


@cache
def _groups() -> frozenset[str]:
    return frozenset(row["lemma"] for row in read_table("gesta.find", "tolls.tsv") if row["sort"] == "group")


def _uncounted(doc: Doc, at: int, end: int) -> Counted | None:
    """ "a soldier" is one, "soldiers" two or more, "a family of five" five."""
    article = doc[at] if at < end and doc[at].lower_ in {"a", "an", "another"} else None
    definite = article is None and at < end and doc[at].lower_ in _OPENERS
    first = at + 1 if article is not None or definite else at
    last = _run(doc, first, end)
    head = next((doc[i] for i in range(last - 1, first - 1, -1) if doc[i].pos_ in _NOUNS), None)
    if head is None:
        return None
    if lemma(head.lower_, "NOUN") in _groups():
        inner = counted_from(doc, last + 1, end) if last + 1 < end and doc[last].lower_ == "of" else None
        return inner if inner and inner.numbered else None
    plural = "Number=Plur" in str(head.morph)
    after = _with_of(doc, last, end)
    if article is not None and not plural:
        return Counted(Quantity(1, 1, doc[at : at + 1]), doc[first:after], after)
    if plural and head.pos_ == "NOUN" and article is None:
        return Counted(Quantity(2, None, doc[head.i : head.i + 1]), doc[first:after], after)
    return None


def _run(doc: Doc, at: int, end: int) -> int:
    """Return where the run of modifiers and nouns from ``at`` ends; a run without a noun is empty."""
    start, last = at, at
    while at < end:
        token, after = doc[at], doc[at + 1] if at + 1 < end else None
        if token.ent_type_ in _TIMES or not _inside(token, after):
            break
        if token.lower_ in _STATES and (after is None or after.pos_ not in _NOUNS or after.lower_ in _STATES):
            break
        at += 1
        if token.pos_ in _NOUNS or token.lower_ == "others":
            last = at
    return last if last > start else start


def _inside(token: Token, after: Token | None) -> bool:
    if token.pos_ in _PHRASE or token.text in _GLUE or token.lower_ == "others":
        return True
    if after is None:
        return False
    if token.pos_ == "NUM":
        return after.text == "-"
    if token.pos_ == "CCONJ":
        return token.i > 0 and token.nbor(-1).pos_ in {"ADJ", "PROPN"} and after.pos_ in {"ADJ", "PROPN"}
    modifier = token.pos_ in {"VERB", "ADV"} and token.lower_.endswith(("ed", "ing", "ly"))
    return modifier and after.pos_ in {"ADJ", "NOUN"}


def _with_of(doc: Doc, at: int, end: int) -> int:
    """Take "of the banned party" into the phrase."""
    if at + 1 >= end or doc[at].lower_ != "of":
        return at
    first = at + 1
    while first < end and doc[first].pos_ in {"DET", "NUM"}:
        first += 1
    last = _run(doc, first, end)
    return last if last > first else at


def _opens_clause(doc: Doc, at: int, end: int) -> bool:
    """Whether a verb follows, so that the phrase is the subject of a clause: "... and two others were wounded"."""
    return at < end and (doc[at].pos_ in {"AUX", "VERB"} or doc[at].lower_ in _STATES)
