"""What the tree says of roles: subjects, objects, agents, owners, and what a clause takes over from its governor."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from gesta.resolve.actors.countries import lookup

RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})

Hint = tuple[str, str]
"""A role ("source", "target"; with "?" where the position only leans that way) and why."""

_OF_NOUNS = {"by": "source", "against": "target", "on": "target?", "between": "source", "among": "source?"}
_OF_VERBS = {"against": "target", "with": "target?", "from": "target?", "at": "target?"}


def syntactic_roles(trigger: Token) -> dict[int, Hint]:
    """Return hints by token index; a nearer position wins over one further up the tree."""
    hints: dict[int, Hint] = {}
    for index, hint in [*_own(trigger), *_carried(trigger), *_inherited(trigger)]:
        hints.setdefault(index, hint)
    return hints


def is_passive(trigger: Token) -> bool:
    """Passive by its own auxiliaries or subject, or a bare passive participle that modifies a noun."""
    if any(child.dep_ in {"nsubj:pass", "aux:pass", "obl:agent"} for child in trigger.children):
        return True
    return trigger.dep_ in {"acl", "amod"} and "Voice=Pass" in str(trigger.morph)


def _own(trigger: Token) -> Iterator[tuple[int, Hint]]:
    passive = is_passive(trigger)
    for child in trigger.children:
        role = _child_role(child, verbal=trigger.pos_ in {"VERB", "AUX"}, passive=passive)
        if role:
            yield antecedent(child).i, (role, f"{child.dep_} of the trigger")


def _child_role(child: Token, *, verbal: bool, passive: bool) -> str:
    dep, case = child.dep_, _case(child)
    if dep == "nsubj":
        return "target?" if passive else "source"
    if dep in {"nsubj:pass", "obj", "iobj"}:
        return "target"
    if dep == "obl:agent" or (dep == "obl" and case == "by" and passive):
        return "source"
    if dep == "obl":
        return _OF_VERBS.get(case, "")
    if verbal:
        return ""
    if dep == "nmod":
        return _OF_NOUNS.get(case, "")
    if dep in {"compound", "amod"}:
        return _modifier_role(child)
    return "source?" if dep == "nmod:poss" else ""


def _modifier_role(child: Token) -> str:
    """Of "Israeli shelling" and "US air strikes" the modifier is the doer; of "Baghdad attack" it may be the place."""
    if child.ent_type_ == "NORP":
        return "source"
    if child.ent_type_ not in {"Location", "Organization"}:
        return ""
    country = lookup(child.text)
    return "source" if country is not None and country.how == "name" else "source?"


def _case(token: Token) -> str:
    return next((child.lower_ for child in token.children if child.dep_ == "case"), "")


def antecedent(token: Token) -> Token:
    """Of a relative pronoun, the noun it stands for; any other token is its own."""
    if token.lower_ not in RELATIVE or token.pos_ not in {"PRON", "DET"}:
        return token
    clause = token.head
    while clause.dep_ != "acl:relcl" and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "acl:relcl" else token


def _carried(trigger: Token) -> Iterator[tuple[int, Hint]]:
    """A noun carried by a verb ("launched an attack") takes that verb's subject or agent."""
    verb = trigger.head
    if trigger.pos_ in {"VERB", "AUX"} or trigger.dep_ not in {"obj", "nsubj:pass"} or verb.pos_ != "VERB":
        return
    for child in verb.children:
        if child.dep_ == "nsubj" and trigger.dep_ == "obj":
            yield antecedent(child).i, ("source?", "subject of the verb that carries the trigger")
        if child.dep_ == "obl:agent":
            yield child.i, ("source", "agent of the verb that carries the trigger")


def _inherited(trigger: Token) -> Iterator[tuple[int, Hint]]:
    """The subject a verb without its own takes over: from the noun it modifies or the clause it hangs on."""
    if trigger.pos_ not in {"VERB", "AUX"} or any(c.dep_ in {"nsubj", "nsubj:pass"} for c in trigger.children):
        return
    side = "target" if is_passive(trigger) else "source"
    governor = trigger.head
    if trigger.dep_ in {"acl", "amod"}:
        yield governor.i, (side, "noun that the participle modifies")
    elif trigger.dep_ == "acl:relcl":
        yield governor.i, (f"{side}?", "noun that the relative clause modifies")
    elif trigger.dep_ in {"conj", "xcomp", "advcl", "parataxis", "ccomp"}:
        objects = (
            [c for c in governor.children if c.dep_ in {"obj", "iobj"}] if trigger.dep_ in {"xcomp", "ccomp"} else []
        )
        subjects = [c for c in governor.children if c.dep_ in {"nsubj", "nsubj:pass"}]
        for child in (objects or subjects)[:1]:
            where = "object" if objects else "subject"
            yield antecedent(child).i, (f"{side}?", f"{where} of the clause the trigger hangs on")
