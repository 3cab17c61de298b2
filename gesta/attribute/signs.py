"""What shows how a claim is meant: its cue, the head of what it carries, and the sorts of words in it. Never a name.

``signs.tsv`` sorts words: ``harm``, ``help``, ``wrong`` (what one is blamed for), ``good``, ``bad``, ``untrue``,
``unsure``, ``want``. A word may be of several sorts ("withdraw" harms or helps); the head of the content counts apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from gesta.attribute.attitudes import Entry, cue_head, entry_of, forms
from gesta.attribute.told import Told
from gesta.attribute.unnamed import NAME, Unnamed
from gesta.attribute.words import MODALS, NEGATIONS, QUOTE_MARKS, SUBJECTS, is_auxiliary, is_verb
from gesta.ontology.tables import read_table

_FUTURE = frozenset("will wo 'll ’ll shall 'd would".split())
_NOBODY = frozenset("no nobody none neither nothing".split())
_NO_MATTER = frozenset({"fewer", "less", ",", "longer", "matter", "doubt"})
_SELF = frozenset("i we it he she they who".split())
_QUESTIONS = frozenset("whether if why how what who where when".split())
_CONDITIONS = frozenset("if unless until otherwise".split())
HEDGES = {
    "may": "possible", "might": "possible", "could": "possible", "possibly": "possible", "perhaps": "possible",
    "maybe": "possible", "possible": "possible", "conceivably": "possible", "probably": "probable",
    "likely": "probable", "presumably": "probable", "apparently": "probable", "seemingly": "probable",
    "reportedly": "probable", "seem": "probable", "appear": "probable", "unlikely": "probable",
    "supposedly": "doubted", "allegedly": "doubted", "purportedly": "doubted",
}  # fmt: skip
"""Words at the head of a content that make it less than certain."""
_VOUCHING = frozenset("rightly correctly truthfully indeed famously undoubtedly".split())
_DISTANT = frozenset("falsely baselessly wrongly supposedly allegedly repeatedly wildly absurdly".split())
_EVIDENCE = frozenset("evidence proof foundation basis substantiation".split())
_OPENED = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl", "conj", "nmod", "amod", "compound", "iobj", "parataxis"})
_PERSONS = {"we": frozenset({"we", "us", "our"}), "you": frozenset({"you", "your"}), "i": frozenset({"i", "my", "me"})}
_SHORT_QUOTE = 4
_NEAR = 6


@cache
def _sorts() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in read_table("gesta.attribute", "signs.tsv"):
        table.setdefault(row["word"], set()).add(row["class"])
    return {word: frozenset(found) for word, found in table.items()}


def sorts_of(token: Token) -> frozenset[str]:
    """The sorts of a word, by any of its forms; none for a name."""
    if token.text == NAME:
        return frozenset()
    return next((_sorts()[form] for form in forms(token) if form in _sorts()), frozenset())


@dataclass(frozen=True, slots=True)
class Signs:
    """What stance, certainty and framing are read off."""

    entry: Entry | None
    cue: Token | None
    head: Token | None
    """The head of the content."""
    quoted: bool
    unsaid: bool
    """The cue itself is negated: "did not rule out"."""
    negated: bool
    """The content says that something is not so, at its head."""
    future: bool
    infinitive: bool
    wish: bool
    """An imperative, "must", "should", "let us"."""
    asks: bool
    """The content is a question."""
    condition: bool
    own: bool
    """The doer of the content is the speaker."""
    past: bool
    hedge: str | None
    head_sorts: frozenset[str]
    sorts: frozenset[str]
    """Of all words of the content."""
    near_sorts: frozenset[str]
    """Of the words that hang on the head of the content."""
    persons: frozenset[str]
    """What else shows in the content: its doer ("name", "they", a noun's lemma), "passive", "we", "you"."""
    scare: bool
    """A few words of the content, or the cue, stand in quotation marks by themselves."""
    beside: frozenset[str]
    """What stands around the cue: vouching, distant, unproved."""
    words: tuple[str, ...]
    """Words of the content that are no names, in lower case."""


def read_signs(without: Unnamed, told: Told) -> Signs:
    """Return the signs of one claim, ``told`` in words of the text without its names."""
    doc = without.doc
    content = [doc[i] for i in told.content if not doc[i].is_space]
    head, entry, cue = _head(content, told), entry_of(doc, told.cue), cue_head(doc, told.cue)
    group = _verb_group(head) if head is not None else []
    lows = {token.lower_ for token in group}
    hedges = [HEDGES[form] for token in group for form in forms(token) if form in HEDGES]
    subject = _subject(head) if head is not None else None
    words = [token for token in content if token.is_alpha and token.text != NAME]
    return Signs(
        entry=entry,
        cue=cue,
        head=head,
        quoted=told.quoted,
        unsaid=cue is not None and _is_negated(cue),
        negated=bool(lows & NEGATIONS) or _negates_first(content) or _denies_a_part(head, subject),
        future=bool(lows & _FUTURE) or _going_to(group) or _headline_future(head),
        infinitive=head is not None and any(child.lower_ == "to" for child in head.children if child.i < head.i),
        wish=_is_wish(head, lows, subject, told),
        asks=_asks(content, cue),
        condition=any(token.lower_ in _CONDITIONS for token in words[1:]),
        own=_is_own(without, told, head, subject),
        past=head is not None and "Tense=Past" in "|".join(str(token.morph) for token in (head, *group)),
        hedge=min(hedges, key=("doubted", "possible", "probable").index, default=None),
        head_sorts=sorts_of(head) if head is not None else frozenset(),
        sorts=frozenset(sort for token in words for sort in sorts_of(token)),
        near_sorts=frozenset(sort for token in _hanging(head) for sort in sorts_of(token)),
        persons=_persons(head, subject, words),
        scare=_scare(doc, told),
        beside=_beside(doc, told),
        words=tuple(token.lower_ for token in words),
    )


def _head(content: Sequence[Token], told: Told) -> Token | None:
    """The word of a content that none of its other words governs; a verb rather than a noun."""
    held = set(told.content)
    tops = [t for t in content if (t.head.i == t.i or t.head.i not in held) and not t.is_punct and t.dep_ != "mark"]
    verbs = [token for token in tops if is_verb(token) and not is_auxiliary(token)]
    if verbs:
        return verbs[0]
    whole = [token for token in tops if any(is_auxiliary(child) for child in token.children)]
    return next(iter([*whole, *tops, *content]), None)


def _verb_group(head: Token) -> list[Token]:
    """The auxiliaries, negations and adverbs of a head, and the head itself."""
    own = [child for child in head.children if child.dep_ in {"aux", "aux:pass", "cop", "advmod", "det", "neg", "mark"}]
    opened = [token for token in head.children if token.dep_ == "xcomp" and token.i < head.i + _NEAR]
    group = [*own, head]
    if opened and (forms(head)[-1] in HEDGES or head.lower_ in HEDGES):
        group.append(opened[0])
    return sorted((t for t in group if abs(t.i - head.i) < _NEAR * 2), key=lambda token: token.i)


def _subject(head: Token) -> Token | None:
    return next((child for child in head.children if child.dep_ in SUBJECTS), None)


def _none_of(subject: Token) -> bool:
    """ "No shots were fired", "nobody came"; "no fewer than" is a number."""
    if subject.lower_ in _NOBODY:
        return True
    no = next((child for child in subject.children if child.lower_ == "no"), None)
    return no is not None and no.nbor().lower_ not in _NO_MATTER


def _denies_a_part(head: Token | None, subject: Token | None) -> bool:
    """ "No shots were fired", "it contains no bones", "he knew nothing of it", "they were nowhere near"."""
    if head is None:
        return False
    parts = [child for child in head.children if child.dep_.split(":")[0] in {"obj", "obl", "advmod", "nsubj"}]
    found = [*parts, *([subject] if subject is not None else []), head]
    return any(part.lower_ in {"nothing", "nowhere"} or _none_of(part) for part in found)


def _negates_first(content: Sequence[Token]) -> bool:
    """ "Nobody was arrested", "no shots were fired", "no talks" """
    words = [token for token in content if not token.is_punct]
    if not words or words[0].lower_ not in _NOBODY | {"not"}:
        return False
    return len(words) == 1 or words[1].lower_ not in _NO_MATTER


def _is_negated(cue: Token) -> bool:
    before = [cue.doc[i] for i in range(max(cue.sent.start, cue.i - 3), cue.i)]
    return any(token.lower_ in NEGATIONS for token in before)


def _going_to(group: Sequence[Token]) -> bool:
    return any(
        token.lower_ == "going" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to" for token in group
    )


def _headline_future(head: Token | None) -> bool:
    """ "Factories to reopen on Sunday", after a colon."""
    if head is None or head.pos_ != "VERB":
        return False
    return _subject(head) is not None and any(child.lower_ == "to" and child.i < head.i for child in head.children)


def _is_wish(head: Token | None, lows: set[str], subject: Token | None, told: Told) -> bool:
    if head is None:
        return False
    if lows & {"must", "should", "ought", "let"}:
        return True
    opened = any(child.dep_ == "xcomp" for child in head.children)
    if opened and head.lower_ in {"have", "has", "need", "needs"} and not lows & MODALS:
        return True
    bare = head.pos_ == "VERB" and "Mood=Imp" in str(head.morph)
    plain = head.lower_ == forms(head)[-1] and not (lows & (MODALS | {"to"})) and head.pos_ == "VERB"
    return told.quoted and subject is None and (bare or (plain and head.lower_ == head.lemma_))


def _asks(content: Sequence[Token], cue: Token | None) -> bool:
    words = [token for token in content if not token.is_punct]
    if content and any(token.text == "?" for token in content[-3:]):
        return True
    return bool(words) and words[0].lower_ in _QUESTIONS and cue is not None and words[0].i > cue.i


def _is_own(without: Unnamed, told: Told, head: Token | None, subject: Token | None) -> bool:
    """Whether the doer is the speaker: an infinitive, "we", "it", or words that name the speaker again."""
    if head is None:
        return False
    if subject is None:
        return any(child.lower_ == "to" for child in head.children) or "VerbForm=Ger" in str(head.morph)
    if subject.lower_ in _SELF:
        return True
    if any(child.lower_ in {"its", "his", "her", "their", "our", "my"} for child in subject.children):
        return True
    if subject.i in without.called:
        return without.called[subject.i] in {without.called[i] for i in told.source if i in without.called}
    return subject.lower_ in {without.doc[i].lower_ for i in told.source if without.doc[i].pos_ == "NOUN"}


def _scare(doc: Doc, told: Told) -> bool:
    """Whether at most a few words in marks stand in the content, which is no direct speech as a whole."""
    if told.quoted or not told.content:
        return False
    marks = [i for i in told.content if doc[i].text in QUOTE_MARKS | {"‘", "’"} and not _apostrophe(doc, i)]
    return len(marks) >= 2 and marks[1] - marks[0] - 1 <= _SHORT_QUOTE


def _apostrophe(doc: Doc, at: int) -> bool:
    return doc[at].text in {"’", "'"} and at > 0 and not doc[at - 1].whitespace_ and doc[at - 1].is_alpha


def _beside(doc: Doc, told: Told) -> frozenset[str]:
    if not told.cue:
        return frozenset()
    sent = doc[told.cue[0]].sent
    first, last = max(sent.start, told.cue[0] - 3), min(sent.end, told.cue[-1] + 5)
    around = [doc[i].lower_ for i in range(first, last) if i not in told.content or i in told.cue]
    found = set()
    if _VOUCHING & set(around):
        found.add("vouching")
    if _DISTANT & set(around):
        found.add("distant")
    for at, low in enumerate(around):
        if low in {"without", "no"} and _EVIDENCE & set(around[at + 1 : at + 4]):
            found.add("unproved")
    return frozenset(found)


def _hanging(head: Token | None) -> list[Token]:
    """What stands right below a head, and below its prepositions' nouns and opened verbs."""
    if head is None:
        return []
    below = [child for child in head.children if child.dep_.split(":")[0] in _OPENED]
    return [*below, *(deeper for child in below for deeper in child.children if deeper.dep_.split(":")[0] in _OPENED)]


def _persons(head: Token | None, subject: Token | None, words: Sequence[Token]) -> frozenset[str]:
    lows = {token.lower_ for token in words}
    found = {name for name, group in _PERSONS.items() if lows & group}
    if head is not None and any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in head.children):
        found.add("passive")
    if subject is not None:
        plain = subject.lower_ if subject.pos_ == "PRON" else subject.lemma_.lower()
        found.add(f"doer={'name' if subject.text == NAME else plain}")
    elif head is not None:
        found.add("no doer")
    return frozenset(found)
