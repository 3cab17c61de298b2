"""Objects that stand for a clause: "denied shelling Eastport", "accused Sudria of arming rebels"."""

from __future__ import annotations

from gesta.attribute.cues import Cue
from gesta.attribute.extent import NEAR, Content, opening_that, right_end
from gesta.attribute.words import ARTICLES, CLAUSE_ENDS, opens_phrase

_REPORTS = frozenset(
    {"report", "rumour", "rumor", "allegation", "accusation", "claim", "charge", "suggestion", "story", "speculation"}
    | {"criticism", "notion", "assertion"}
)
_BLAME = frozenset({"of", "for", "with", "on"})


def object_content(cue: Cue, start: int) -> Content | None:
    """ "denied shelling Eastport", "claimed to have killed three", "confirmed the arrest of …"."""
    doc, takes = cue.token.doc, cue.sort.takes
    if start >= cue.token.sent.end or not takes & {"object", "infinitive", "responsibility"}:
        return None
    first = doc[start]
    if "responsibility" in takes and first.lower_ in {"responsibility", "credit"}:
        return Content(start, right_end(cue, start))
    gerund = first.lower_.endswith("ing") and first.pos_ in {"VERB", "NOUN", "AUX"}
    nominal = "object" in takes and opens_phrase(first) and (first.pos_ != "PRON" or first.lower_ in ARTICLES | {"its"})
    if not (gerund or nominal or (first.lower_ == "to" and "infinitive" in takes)):
        return None
    end = right_end(cue, start)
    return Content(start, next((i for i in range(start, end) if doc[i].text in CLAUSE_ENDS), end))


def blamed_for(cue: Cue) -> Content | None:
    """ "accused Sudria of arming rebels": culprit and deed."""
    ahead = cue.token.doc[cue.end : min(cue.token.sent.end, cue.end + NEAR)]
    link = next((token.i for token in ahead if token.lower_ in _BLAME), None)
    if link is not None:
        return Content(cue.end, right_end(cue, link + 1))
    blamed = next((c for c in cue.token.children if c.dep_ == "obj" and c.i > cue.token.i), None)
    if blamed is None or "clause" in cue.sort.takes:
        return None
    return Content(blamed.left_edge.i, blamed.right_edge.i + 1)


def reported(cue: Cue) -> Content | None:
    """ "dismissed reports of arrests", "rejected as baseless a claim that …"; of an offer, rejecting is an act."""
    for token in cue.token.doc[cue.end : min(cue.token.sent.end, cue.end + NEAR)]:
        if token.lemma_ in _REPORTS:
            return Content(token.i, right_end(cue, token.i + 1))
    return None


def passive_content(cue: Cue) -> Content | None:
    """ "the arrest was confirmed by the ministry", "residents were told that …"."""
    takes, children = cue.sort.takes, list(cue.token.children)
    if "hearer" in takes:
        that = opening_that(cue, cue.end)
        return None if that is None else Content(that + 1, right_end(cue, that + 1))
    later = [c for c in children if c.i > cue.token.i]
    by = any(c.dep_ == "obl:agent" or any(g.lower_ == "by" for g in c.children) for c in later)
    subject = next((c for c in children if c.dep_ in {"nsubj:pass", "nsubj"} and c.i < cue.token.i), None)
    if "object" not in takes or not by or subject is None or subject.pos_ == "PRON":
        return None
    return Content(subject.left_edge.i, min(subject.right_edge.i + 1, cue.start))
