"""Taking a noun phrase apart by its words: what owns, what is named last, what follows a preposition.

The tree is not trusted for this: inside noun phrases word order says nearly all in English, and an early parser errs
most exactly there (in titles, in names, in phrases joined to what follows).
"""

from __future__ import annotations

from dataclasses import dataclass

from gesta.resolve.actors.mentions import HYPHENS, POSSESSIVES, Mentions, Name
from gesta.resolve.actors.nouns import LONGEST, Noun, lemmas, nouns
from gesta.resolve.actors.wordlists import words

PRONOUNS = words("pronoun")
OWN = words("own")
FORMER = words("former")

# What comes after any of these describes the actor no further.
_CLAUSE = words("clause")
_PREPOSITIONS = words("preposition")
_JOINED = frozenset({"and", "or", "but", "nor"})
_STOPS = frozenset({",", ";", ":", "(", ")", "[", "]", "--", "\u2014", "\u2013", "\n", '"', "\u201c", "\u201d", "/"})
_LEADING = words("leading")
_ORGANS = (("GOV",), ("LEG",), ("JUD",), ("COP",), ("MIL",))
_VERBAL = frozenset({"VERB", "AUX", "SCONJ"})
# From the bracket that closes an acronym back to the one that opens it.
_BRACKETED = 2
_LONGEST_WIDENED = 10
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase taken apart; all ranges are tokens [start, end).

    ``[start, end)`` is the core: it ends with the head word, and begins after the owner ("Norland's") and articles.
    ``tail`` is what follows the first preposition.
    """

    start: int
    end: int
    owner: tuple[int, int] | None = None
    own: bool = False
    """Whether a pronoun owns it ("its forces")."""
    preposition: str = ""
    tail: tuple[int, int] | None = None


def take_apart(mentions: Mentions, start: int, end: int, head: int | None = None) -> Phrase:
    """Return the phrase in tokens [start, end); ``head`` says which part is meant where commas or "and" split it."""
    start, end = _segment(mentions, start, end, head)
    start = _skip_leading(mentions, start, end)
    split = next((at for at in range(start + 1, end) if _splits(mentions, start, at)), end)
    tail = None
    if split < end:
        tail = (split + 1, end)
    start, owner, own = _owner(mentions, start, split)
    start = _skip_leading(mentions, start, split)
    core = split
    while core - 1 > start and _trails(mentions, core - 1):
        core -= 1
    return Phrase(start, core, owner, own, mentions.folds[split] if tail else "", tail)


def widened(mentions: Mentions, start: int) -> int:
    """Return where a phrase begins that the tree cut off from what qualifies it, at token ``start``.

    What comes right before belongs to it if it is an owner, a demonym, a known noun in the singular, or is hyphened on.
    """
    first = start
    while first > 0 and start - first < _LONGEST_WIDENED and _qualifies(mentions, first - 1):
        unit = mentions.countries[first - 1] or mentions.groups[first - 1] or mentions.names[first - 1]
        first = min(unit.start, first - 1) if unit is not None else first - 1
    return first


def _qualifies(mentions: Mentions, at: int) -> bool:
    close = mentions.offsets[at] + len(mentions.words[at]) == mentions.offsets[at + 1]
    if mentions.words[at] in HYPHENS or mentions.words[at] in POSSESSIVES:
        return at > 0 and mentions.offsets[at - 1] + len(mentions.words[at - 1]) == mentions.offsets[at]
    if close or mentions.words[at + 1] in POSSESSIVES or mentions.words[at + 1] in HYPHENS:
        return bool(mentions.folds[at])
    land = mentions.countries[at]
    if mentions.groups[at] is not None:
        return not mentions.capital(at + 1)
    if land is not None:
        return land.match.how == "demonym" or mentions.words[at].isupper()
    found = noun_at(mentions, at, at + 1) if mentions.pos[at] in {"NOUN", "ADJ", "PROPN"} else None
    return found is not None and found[1].text == mentions.folds[at] and not found[1].has("quantity", "place", "office")


def noun_at(mentions: Mentions, start: int, end: int) -> tuple[int, Noun] | None:
    """Return the longest known noun that ends before token ``end`` and begins at or after ``start``, with its start."""
    for at in range(max(start, end - LONGEST - 1), end):
        words = mentions.folded(at, end)
        if words and len(words) <= LONGEST and mentions.folds[at] and mentions.folds[end - 1]:
            noun = nouns().get(lemmas(words))
            if noun is not None:
                return at, noun
    return None


def plain_start(mentions: Mentions, start: int, end: int) -> int:
    """Return where tokens [start, end) begin without articles, numbers and the like."""
    return _skip_leading(mentions, start, end)


def _segment(mentions: Mentions, start: int, end: int, head: int | None) -> tuple[int, int]:
    """Cut [start, end) at commas, clauses, participles and "and" down to the part that holds ``head``."""
    words, folds = mentions.words, mentions.folds
    while start < end and (not folds[start] or mentions.pos[start] == "SPACE"):
        start += 1
    while end > start and not folds[end - 1] and words[end - 1] not in POSSESSIVES:
        end -= 1
    meant = head if head is not None and start <= head < end else _skip_leading(mentions, start, end)
    start = _after_break(mentions, start, meant)
    for at in range(meant + 1, end):
        if (_stops(mentions, at, meant)) and not mentions.inside(at):
            return start, at
    return start, end


def _after_break(mentions: Mentions, start: int, head: int) -> int:
    """Return where the part begins that holds ``head``; an acronym in brackets ("the Front (NF) rebels") stays."""
    at = head
    while at > start:
        before = at - 1
        if mentions.words[before] == ")" and before - start > _BRACKETED and mentions.words[before - _BRACKETED] == "(":
            at = before - _BRACKETED
        elif mentions.words[before] in _STOPS and not mentions.inside(before) and _is_break(mentions, before):
            return at
        else:
            at = before
    return start


def _is_break(mentions: Mentions, comma: int) -> bool:
    """Tell a comma that ends a phrase from one between adjectives ("angry, armed men")."""
    return not (comma and mentions.pos[comma - 1] == "ADJ" and mentions.words[comma] == ",")


def _stops(mentions: Mentions, at: int, head: int) -> bool:
    if mentions.words[at] in _STOPS or mentions.folds[at] in _CLAUSE or mentions.folds[at] in _JOINED:
        return True
    if mentions.words[at] in HYPHENS:
        # With a space before it, it is a dash.
        return mentions.offsets[at] > mentions.offsets[at - 1] + len(mentions.words[at - 1])
    return at > head and mentions.pos[at] in _VERBAL and mentions.pos[at - 1] in _NOMINAL and not mentions.capital(at)


def _splits(mentions: Mentions, start: int, at: int) -> bool:
    """Tell whether a preposition at ``at`` ends the core; it does not inside a name or a noun ("chief of staff")."""
    if mentions.folds[at] not in _PREPOSITIONS or (mentions.inside(at) and not _heads_name(mentions, start, at)):
        return False
    for before in range(max(start, at - 2), at):
        for after in range(at + 2, min(at + 4, len(mentions.words) + 1)):
            words = mentions.folded(before, after)
            if len(words) <= LONGEST and lemmas(words) in nouns():
                return False
    return True


def _heads_name(mentions: Mentions, start: int, at: int) -> bool:
    """Tell whether a name's head is an organ of the state before "of" ("Ministry of Labour and Trade")."""
    if mentions.groups[at] or mentions.countries[at] or mentions.peoples[at]:
        return False
    found = noun_at(mentions, start, at)
    return found is not None and found[1].sectors[:1] in _ORGANS and not found[1].has("label")


def _owner(mentions: Mentions, start: int, end: int) -> tuple[int, tuple[int, int] | None, bool]:
    """Split off the owner in [start, end): where the rest begins, the owner's range, and whether it is a pronoun."""
    for at in range(end - 2, start, -1):
        if mentions.words[at] in POSSESSIVES and _owns(mentions, at):
            return at + 1, (start, at), mentions.folds[start] in OWN and at == start + 1
    for at in range(start, end - 1):
        if mentions.folds[at] in OWN and mentions.pos[at] in {"PRON", "DET"}:
            return at + 1, None, True
    return start, None, False


def _owns(mentions: Mentions, at: int) -> bool:
    if mentions.words[at] in {"'", "\u2019"} and not mentions.folds[at - 1].endswith("s"):
        return False
    group, name = mentions.groups[at], mentions.names[at]
    if group is not None and group.start < at:
        return False
    owner = mentions.countries[at - 1] or mentions.groups[at - 1]
    person = mentions.names[at - 1]
    if owner is None and mentions.capital(at - 1) and mentions.capital(at + 1):
        # "The People's Party" has no owner; "Ann Lee's Party" has.
        return person is not None and person.label in {"Person", "Location"}
    if isinstance(name, Name) and name.start < at < name.end - 1:
        # "Norland's National Guard" as one name still has an owner; "Farmers' Party" has none.
        owner = mentions.countries[at - 1]
        return owner is not None and owner.start == name.start
    return True


def _skip_leading(mentions: Mentions, start: int, end: int) -> int:
    while start < end - 1:
        word = mentions.folds[start]
        held = mentions.groups[start] or mentions.countries[start]
        if held is not None or (word and word not in _LEADING and mentions.pos[start] not in {"NUM", "SYM"}):
            break
        if word and word not in _LEADING and mentions.words[start + 1] in HYPHENS:
            break
        start += 1
    return start


def _trails(mentions: Mentions, at: int) -> bool:
    """Tell whether the last word of a core says nothing: an adverb, a day, a possessive, punctuation."""
    name = mentions.names[at]
    if name is not None:
        return name.label in {"Date", "Money"}
    return mentions.pos[at] in {"ADV", "PUNCT", "SPACE"} or not mentions.folds[at] or mentions.words[at] in POSSESSIVES
