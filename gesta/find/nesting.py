"""``within``: an event that is the content of a speech act is tied to it (codebook, section 6)."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from gesta.find.drafts import OUTER, Draft
from gesta.find.modality import settle_inner

#: Ways in which content hangs on the word that asks, threatens, accuses, promises or refuses.
_CONTENT = frozenset({"xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod", "csubj", "acl:relcl", "nsubj:pass"})
_CONTENT_CASES = frozenset({"of", "for", "to", "with", "over", "against"})
_COORDINATED = frozenset({"conj"})
#: What one condemns, denies knowledge of or refuses after the fact has happened: presupposed, not content.
_PRESUPPOSING = frozenset(
    "condemn denounce criticize criticise deplore decry protest blame investigate probe slam blast".split()
)
_FARTHEST = 6


def nest(drafts: Sequence[Draft], among: Sequence[Draft] | None = None) -> None:
    """Set ``within`` for drafts that stand in the content of another of the same sentence: of ``among``, or of them."""
    by_token: dict[int, Draft] = {}
    for draft in drafts if among is None else among:
        by_token.setdefault(draft.trigger.i, draft)
    for draft in drafts:
        outer = draft.within or _outer(draft, by_token)
        if outer is not None:
            draft.within = outer
            draft.reasons.append(f"within {outer.type} {outer.trigger.text!r}")
    for draft in drafts:
        settle_inner(draft)


def _outer(draft: Draft, by_token: dict[int, Draft]) -> Draft | None:
    word = draft.trigger
    for _ in range(_FARTHEST):
        head = word.head
        if head.i == word.i:
            return None
        candidate = by_token.get(head.i)
        if candidate is not None and word.dep_ not in _COORDINATED:
            return candidate if _is_content(draft, word, candidate) else None
        word = head
    return None


def _is_content(draft: Draft, word: Token, outer: Draft) -> bool:
    if outer.type not in OUTER or word.dep_ not in _CONTENT or (word.i < outer.trigger.i and word.dep_ != "nsubj:pass"):
        return False
    if outer.trigger.lemma_ in _PRESUPPOSING:
        return False
    nominal = draft.trigger.pos_ in {"NOUN", "PROPN"}
    if outer.type in {"ACCUSE", "REJECT"} and nominal and word.dep_ == "obj":
        return False  # "rejected the offer", "probed the killing": the noun's event is presupposed
    if word.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"after", "when", "as", "before", "while", "since"} for c in word.children
    ):
        return False
    if word.dep_ in {"obl", "nmod"}:
        case = next((c.lower_ for c in word.children if c.dep_ == "case"), "")
        return case in _CONTENT_CASES and not (nominal and outer.type == "ACCUSE" and case in {"for", "over"})
    return True
