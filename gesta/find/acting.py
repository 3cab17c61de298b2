"""Which nouns can act, and the word that heads the phrase of one."""

from __future__ import annotations

from spacy.tokens import Token

from gesta.resolve.actors.nouns import nouns

_ACTING_NAMES = frozenset({"Person", "Organization", "Location", "NORP", "Facility"})
_PERSONAL = frozenset(
    "i you he she it we they him her us them who whom his their its everyone someone anyone nobody".split()
)
#: What only counts those who act: "a group of women", "dozens of soldiers".
_COLLECTIVES = frozenset(
    "group crowd band handful number dozen score hundred thousand couple pair team delegation majority rest".split()
)
_DEEPEST = 12


def actor_like(token: Token) -> bool:
    """Whether a noun can act: a name of someone or somewhere, a personal pronoun, or a noun for people or bodies."""
    if token.ent_type_ in _ACTING_NAMES:
        return True
    if token.pos_ == "PRON":
        return token.lower_ in _PERSONAL
    return token.lemma_.lower() in nouns()


def head_of_phrase(token: Token, trigger: Token) -> Token:
    """Climb from a modifier to the noun it modifies: from "Portugal" to "watchdog" in "Portugal's watchdog".

    A possessor climbs only to someone who can act; in "Portugal's law" Portugal is the actor. Those counted climb to
    what counts them, so that "dozens of soldiers" are one phrase whichever word was found.
    """
    for _ in range(_DEEPEST):
        head = token.head
        if head.i in {token.i, trigger.i} or head.pos_ not in {"NOUN", "PROPN"}:
            return token
        if token.dep_ == "nmod" and head.lemma_.lower() in _COLLECTIVES and _of(token):
            token = head
            continue
        modifies = token.dep_ in {"compound", "flat", "fixed", "amod", "nmod:desc"}
        if not (modifies or token.dep_ == "nmod:poss") or not actor_like(head):
            return token
        token = head
    return token


def _of(token: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ == "of" for child in token.children)
