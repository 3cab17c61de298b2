"""Stance: what a speaker does with the content of a claim, decided by the meaning of the whole.

``by_rule`` reads the cue's row and what turns it; the light heads weigh that with all other signs (``attitude.py``).
"""

from __future__ import annotations

from typing import cast

from gesta.attribute.attitudes import Entry
from gesta.attribute.signs import Signs
from gesta.records import Stance

#: What remains of a stance whose cue is negated: "did not deny", "does not believe".
_UNSAID: dict[Stance, Stance] = {
    "denies": "asserts", "promises": "denies", "praises": "accuses", "demands": "denies", "doubts": "asserts",
}  # fmt: skip


def by_rule(signs: Signs) -> tuple[Stance, str]:
    """Return the stance by table and rules, and why."""
    entry = signs.entry
    if entry is None:
        return _by_content(signs, "asserts")
    called = f"'{' '.join(entry.words)}'"
    if signs.unsaid:
        if entry.stance == "asserts" and entry.certainty != "certain":
            return "doubts", f"{called}, negated"
        return _UNSAID.get(entry.stance, entry.stance), f"{called}, negated"
    if entry.turn == "content":
        stance, why = _by_content(signs, entry.stance)
        return stance, f"{called}{', ' + why if why else ''}"
    if entry.turn == "vow":
        return _of_vow(signs, entry, called)
    if entry.turn == "warning":
        return _of_warning(signs, called)
    if entry.turn == "asking":
        return ("doubts", f"{called} with a question") if signs.asks else ("demands", called)
    if entry.turn == "naming":
        return _of_naming(signs, entry, called)
    return entry.stance, called


def _by_content(signs: Signs, default: Stance) -> tuple[Stance, str]:
    harms, helps = "harm" in signs.head_sorts, "help" in signs.head_sorts
    if signs.asks or (signs.negated and "unsure" in signs.head_sorts):
        return "doubts", "a question"
    if "untrue" in signs.head_sorts:
        return "denies", "it calls something untrue"
    if "foresee" in signs.head_sorts and not signs.past:
        return "predicts", "what is expected"
    if signs.wish and not signs.own:
        return "demands", "a wish or order"
    if signs.future:
        return _of_future(signs, harms=harms, helps=helps)
    if signs.negated:
        return "denies", "it says that something is not so"
    if "wrong" in signs.head_sorts and not signs.own:
        return "accuses", "a wrong done by others"
    return default, ""


def _of_future(signs: Signs, *, harms: bool, helps: bool) -> tuple[Stance, str]:
    if not signs.own:
        return "predicts", "what others will do or what will come"
    if signs.negated:
        return ("promises", "harm that will not be done") if harms else ("denies", "an own act refused")
    if harms and not helps:
        return "threatens", "own future harm"
    return "promises", "an own future act"


def _of_vow(signs: Signs, entry: Entry, called: str) -> tuple[Stance, str]:
    if "harm" in signs.head_sorts and not signs.negated:
        return "threatens", f"{called}, with harm"
    if signs.negated and "harm" not in signs.head_sorts:
        return "denies", f"{called}, refusing an own act"
    return entry.stance, called


def _of_warning(signs: Signs, called: str) -> tuple[Stance, str]:
    if signs.own and (signs.future or signs.infinitive):
        return "threatens", f"{called} of an own act"
    if signs.wish or (signs.infinitive and not signs.own):
        return "demands", f"{called}, telling someone what to do"
    return "predicts", called


def _of_naming(signs: Signs, entry: Entry, called: str) -> tuple[Stance, str]:
    """ "Called it a lie" denies, "a triumph" praises, "a disgrace" blames."""
    for sort, stance in (("untrue", "denies"), ("good", "praises"), ("unsure", "doubts")):
        if sort in signs.sorts:
            return cast(Stance, stance), f"{called}, with a word for what is {sort}"
    if signs.sorts & {"bad", "wrong"}:
        return "accuses", f"{called}, with a word for what is bad"
    return entry.stance, called
