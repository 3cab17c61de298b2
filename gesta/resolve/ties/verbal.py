"""Ties told by a verb or participle: "commands", "belongs to", "joined", "broke away from", "is allied with"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from gesta.records import TieRelation
from gesta.resolve.ties.drafts import End, TieDraft
from gesta.resolve.ties.ends import Ends, antecedent, coordinated
from gesta.resolve.ties.kinds import is_armed, is_body, is_person, is_state_force
from gesta.resolve.ties.lexicon import Cue, any_of, first_words, words
from gesta.resolve.ties.status import Dates, denies, status_of, until

_VERBAL = frozenset({"VERB", "ADJ"})
# A body can join, leave or belong to another; it does not serve in it.
_OF_PERSONS = frozenset({"work", "serve", "defect", "desert", "resign"})


def find_verbs(sent: Span) -> Iterator[tuple[Cue, Token]]:
    """Yield the verb and state cues of a sentence with their words, the longest of each verb."""
    for token in sent:
        if token.pos_ not in _VERBAL:
            continue
        for cue in (*first_words("verb").get(token.lemma_, ()), *first_words("state").get(token.lower_, ())):
            beside = {child.lemma_.lower() for child in token.children}
            if set(cue.words[1:]) <= beside:
                yield cue, token
                break


def verb_ties(cue: Cue, verb: Token, ends: Ends, dates: Dates) -> Iterator[TieDraft]:
    """Yield the ties that a verb tells: each of its subjects with each of its objects."""
    status = status_of(verb)
    if not status.real or _of_what_may_be(verb):
        return
    negated = status.negated or denies(verb)
    time, over = dates.held([verb], cue.phase)
    ended = status.ended or over or cue.phase == "ended" or until(verb)
    for one in _subjects(cue, verb):
        for another in _objects(cue, verb):
            draft = _tie(cue, verb, ends.of(one), ends.of(another))
            if draft is not None:
                yield draft.but(ended=ended, negated=negated, certainty=status.certainty, time=time)


def _of_what_may_be(verb: Token) -> bool:
    """Tell whether a clause describes something that is only thought of: "would join a government led by Ann Lee"."""
    noun = verb.head
    if verb.dep_ not in {"acl", "acl:relcl"} or not any(child.lower_ in {"a", "an", "any"} for child in noun.children):
        return False
    return noun.head.pos_ in {"VERB", "AUX"} and not status_of(noun.head).real


def _passive(verb: Token) -> bool:
    """Tell whether the verb's subject suffers it: "is led by", "a coalition led by"."""
    if any(child.dep_ in {"nsubj:pass", "aux:pass"} for child in verb.children):
        return True
    agent = any(_case(child) == {"by"} for child in verb.children if child.dep_ in {"obl", "obl:agent"})
    return agent and "Part" in verb.morph.get("VerbForm", [])


def _subjects(cue: Cue, verb: Token) -> list[Token]:
    if cue.links == ("obj",) and _passive(verb):
        agents = [child for child in verb.children if child.dep_ in {"obl", "obl:agent"} and _case(child) == {"by"}]
        return [one for agent in agents for one in coordinated(agent)]
    if cue.links != ("obj",) and _passive(verb) and cue.pattern == "verb" and cue.phase == "begins":
        return _suffering(verb)
    if cue.pattern == "state" or (cue.links != ("obj",) and _passive(verb)):
        return _suffering(verb)
    return _acting(verb)


def _objects(cue: Cue, verb: Token) -> list[Token]:
    if cue.links == ("obj",):
        if _passive(verb):
            return _suffering(verb)
        objects = [child for child in verb.children if child.dep_ == "obj"]
        if not objects:
            # "founded and leads the Front": the object may stand with the verb coordinated to this one.
            later = [child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"]
            objects = [child for one in later for child in one.children if child.dep_ == "obj"]
        return [one for found in objects for one in coordinated(antecedent(found))]
    linked = []
    for child in _oblique(verb):
        if not _case(child).isdisjoint(cue.links):
            linked += coordinated(antecedent(child))
    return linked


def _oblique(verb: Token) -> list[Token]:
    """Return what hangs on a verb by a preposition, also through the noun of a set phrase ("pledge allegiance to")."""
    found = [child for child in verb.children if child.dep_ in {"obl", "nmod"}]
    for child in verb.children:
        if child.dep_ in {"obj", "advmod", "compound:prt"}:
            found += [one for one in child.children if one.dep_ in {"nmod", "obl"}]
    return found


def _case(token: Token) -> set[str]:
    return {child.lower_ for child in token.children if child.dep_ == "case"}


def _acting(verb: Token) -> list[Token]:
    clause = verb
    for _ in range(4):
        subjects = [child for child in clause.children if child.dep_ in {"nsubj", "nsubj:outer"}]
        if subjects:
            return [one for subject in subjects for one in coordinated(antecedent(subject))]
        if clause.dep_ in {"xcomp", "conj", "advcl"} and clause.head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
            clause = clause.head
            if any(child.dep_ == "nsubj:pass" for child in clause.children):
                return [one for s in clause.children if s.dep_ == "nsubj:pass" for one in coordinated(antecedent(s))]
            continue
        if clause.dep_ == "acl" and clause.lower_.endswith("ing"):
            return [clause.head]
        break
    return []


def _suffering(verb: Token) -> list[Token]:
    subjects = [child for child in verb.children if child.dep_ in {"nsubj:pass", "nsubj"}]
    if subjects:
        return [one for subject in subjects for one in coordinated(antecedent(subject))]
    if verb.dep_ in {"acl", "acl:relcl", "amod", "appos"} and verb.head.pos_ in {"NOUN", "PROPN", "X"}:
        return [verb.head]
    if verb.dep_ in {"conj", "xcomp", "advcl"} and verb.head.pos_ in {"VERB", "ADJ"}:
        return _suffering(verb.head) or _acting(verb.head)
    return []


def _tie(cue: Cue, verb: Token, subject: End | None, other: End | None) -> TieDraft | None:
    if subject is None or other is None:
        return None
    actor, owner = (other, subject) if cue.back else (subject, other)
    relation = _relation(cue, verb, actor, owner)
    if relation is None:
        return None
    span = _cue_span(cue, verb)
    why = f"{relation}: {span.text!r} between {actor.span.text!r} and {owner.span.text!r}"
    return TieDraft(actor, relation, owner, span, verb, "clause", why)


def _cue_span(cue: Cue, verb: Token) -> Span:
    inside = [verb, *(child for child in verb.children if child.lemma_.lower() in cue.words[1:])]
    return verb.doc[min(t.i for t in inside) : max(t.i for t in inside) + 1]


def _relation(cue: Cue, verb: Token, actor: End, owner: End) -> TieRelation | None:
    """Return the relation if the ends fit it; None if they do not."""
    relation = cue.relation
    if owner.head.lemma_.lower() in words("fleeting"):
        return None
    place = _is_place(owner)
    if relation in {"leads", "commands"}:
        return _at_the_top(cue, verb, actor, owner)
    if relation == "speaks-for":
        return relation if is_person(actor) and is_body(owner) else None
    if relation == "member-of":
        if not is_body(owner) or owner.reading is None or place:
            return None
        return relation if is_person(actor) or verb.lemma_ not in _OF_PERSONS else None
    if relation == "part-of":
        fits = is_body(actor) and is_body(owner) and not place
        return relation if fits and owner.reading is not None else None
    if relation == "proxy-of":
        return relation if is_armed(actor) and is_body(owner) else None
    return relation


def _is_place(end: End) -> bool:
    """Tell whether the end is a state by the name of its land, which one can leave or run without any tie to it."""
    reading = end.reading
    return reading is not None and reading.sectors[:1] == ("GOV",) and reading.name is None and end.head.pos_ == "PROPN"


def _at_the_top(cue: Cue, verb: Token, actor: End, owner: End) -> TieRelation | None:
    if not is_body(owner) or owner.reading is None:
        return None
    place, person = _is_place(owner), is_person(actor)
    if not person and (place or not any_of([owner.head.lemma_, owner.head.lower_], "alliance")):
        return None
    if place and verb.lemma_ != "lead":
        return None
    return "commands" if is_state_force(owner) and person else cue.relation
