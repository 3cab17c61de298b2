"""What tells whether a pronoun or nominal takes up an entity, as names for a light head."""

from __future__ import annotations

from dataclasses import dataclass

from gesta.resolve.actors.coreference.entities import Entity
from gesta.resolve.actors.coreference.referents import Referent
from gesta.resolve.actors.coreference.syntax import NEVER, Syntax
from gesta.resolve.actors.coreference.wordlists import words
from gesta.resolve.actors.mentions import Mentions

_MANY = 4
_RECENT = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """What is the same for all candidates of one referent."""

    referent: Referent
    role: str
    sentence: int
    paragraph: int
    quote: int
    clause: int
    says: bool
    rivals: int
    speaker: int
    """The head of the words that name the speaker of the quote around the referent; -1 if unknown."""
    above: tuple[int, ...]
    """Who acts in the clauses around the referent, inmost first."""
    before: int
    """Who acts in the main clause of the sentence before; -1 if nobody does."""
    tag: bool
    """Whether direct speech stands before the referent in its sentence: "“...”, he said"."""
    said: int
    """The head of the latest words that name who said something; -1 if there are none."""


def distance(sentences: int) -> str:
    """Return a distance in sentences as a coarse step."""
    return str(sentences) if sentences < 4 else "4" if sentences < 6 else "6" if sentences < 12 else "12"


def scene_of(referent: Referent, syntax: Syntax, rivals: int, speaker: int, said: int) -> Scene:
    """Return the scene of a referent; ``rivals`` is how many entities near it agree."""
    at = referent.head
    clause = syntax.clause(at)
    return Scene(
        referent,
        syntax.role(at),
        syntax.sentence[at],
        syntax.paragraph[at],
        syntax.quote[at],
        clause,
        syntax.lemma[clause] in words("saying"),
        min(rivals, _MANY),
        speaker,
        tuple(syntax.subjects_above(at)),
        syntax.main_subject(syntax.sentence[at] - 1),
        any(one != NEVER for one in syntax.quote[syntax.starts[syntax.sentence[at]] : at]),
        said,
    )


def shared(scene: Scene, entity: Entity, rank: int, syntax: Syntax) -> list[str]:
    """What counts for pronouns and nominals alike; ``rank`` is the place of the entity among those that agree, latest
    first."""
    last, own = entity.last, scene.referent
    what = own.form if own.kind == "pronoun" else own.sort
    far = max(0, scene.sentence - syntax.sentence[last.head])
    role = syntax.role(last.head)
    clause = syntax.clause(last.head)
    quote = syntax.quote[last.head]
    main = syntax.dep[clause] in {"root", "ROOT"}
    near = distance(far)
    heads = {one.head for one in entity.mentions[-_RECENT:]}
    up = next(
        (f"{step} of {len(scene.above)}" for step, at in enumerate(scene.above) if at in heads),
        f"none of {len(scene.above)}",
    )
    found = [
        f"far={near}",
        f"far={near} {what}",
        f"rank={min(rank, _MANY)} {what}",
        f"rank={min(rank, _MANY)} of {scene.rivals}",
        f"role={role} far={min(far, 2)}",
        f"roles={scene.role} {role} {far == 0}",
        f"main={main} {role == 'subj'} far={min(far, 2)}",
        f"sort={entity.sort} {what}",
        f"named={entity.named} {what}",
        f"last={last.kind} {last.form} {what}",
        f"count={min(len(entity.mentions), _MANY)}",
        f"same form={last.form == own.form and last.kind == own.kind} far={min(far, 2)}",
        f"paragraph={scene.paragraph == syntax.paragraph[last.head]}",
        f"quote={scene.quote != NEVER} {quote != NEVER} {quote == scene.quote}",
        f"says={scene.says} {syntax.lemma[clause] in words('saying')} {role} far={min(far, 2)}",
        f"said={scene.said in heads} {scene.says} {scene.role} {scene.quote != NEVER} {what}",
        f"tag={scene.tag} {scene.says} {scene.said in heads} {scene.quote != NEVER}",
        f"before={scene.before in heads} {scene.role} {what}",
        f"above={up} {scene.role}",
        f"above={up} {scene.role} {what}",
        f"first={syntax.sentence[entity.mentions[0].head] == 0}",
        f"speaker={scene.speaker != NEVER and scene.speaker in heads} {what}",
    ]
    if own.gender:
        found.append(f"gender={entity.gender == own.gender} {entity.sort}")
    if far == 0:
        under = syntax.above(own.head, clause) if clause != scene.clause else False
        found.append(f"same sentence {scene.role} {role} under={under} same={clause == scene.clause}")
        found.append(f"after={last.head > own.head} {scene.role} {role}")
    return found


def of_pronoun(scene: Scene, entity: Entity, rank: int, syntax: Syntax) -> list[str]:
    """What tells whether a pronoun takes up an entity."""
    own = scene.referent
    found = shared(scene, entity, rank, syntax)
    lemma = syntax.lemma[entity.last.head] if not entity.named else entity.sort
    found += [
        f"form={own.form} {scene.role}",
        f"noun={lemma} {own.form}",
        f"form={own.form} {entity.number} {entity.sort}",
        f"body={own.form} {_spoken_for(scene, entity, syntax)}",
        f"number={own.form} {entity.sort} {entity.last.form}",
    ]
    if own.form == "it" and scene.role == "subj":
        found.append(f"it verb={syntax.lemma[scene.clause] if scene.says else syntax.dep[own.head]}")
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """How an entity answers to a nominal's words; ``place`` is its rank among those that answer alike, latest first."""

    how: str
    place: int
    largest: bool
    """Whether no other candidate of its sort is told of more often."""


def match_of(referent: Referent, entity: Entity, lemma: str) -> str:
    """Return whether an entity was called by a nominal's noun (noun), or has it in its name or title (told)."""
    return "noun" if lemma in entity.nouns else "told" if lemma in entity.words else "none"


def of_nominal(scene: Scene, entity: Entity, match: Match, syntax: Syntax, mentions: Mentions) -> list[str]:
    """What tells whether a nominal takes up an entity."""
    own, last = scene.referent, entity.last
    lemma, how, place = syntax.lemma[own.head], match.how, min(match.place, _MANY)
    extra = own.words - {lemma, mentions.folds[own.head]}
    known = len(extra & entity.words)
    fits = "plain" if not extra else "all" if known == len(extra) else "some" if known else "other"
    theirs = {word for one in entity.mentions if one.kind == "nominal" for word in one.words} - own.words
    far = distance(max(0, scene.sentence - syntax.sentence[last.head]))
    sort = f"{entity.sort}{' named' if entity.named else ''}"
    kind = _class(own, lemma)
    found = [
        f"match={how}",
        f"match={how} {own.form} {fits}",
        f"match={how} {sort}",
        f"match={how} far={far}",
        f"match={how} place={place}",
        f"match={how} {own.form} {own.number}",
        f"form={own.form} {sort}",
        f"class={kind} {sort} {how}",
        f"class={kind} {sort} {own.form} {fits}",
        f"class={kind} place={place} {how}",
        f"class={kind} {sort} largest={match.largest}",
        f"largest={match.largest} {sort} {how} {own.form}",
        f"noun={lemma} {how}",
        f"number={own.number == entity.number} {own.sort} {sort}",
        f"last={last.kind} {last.form} {how}",
        f"count={min(len(entity.mentions), _MANY)} {how}",
        f"role={syntax.role(last.head)} {min(int(far), 2)} {how}",
        f"place={place} of {scene.rivals} {how}",
        f"first={syntax.sentence[entity.mentions[0].head] == 0} {sort}",
    ]
    if how == "noun" and not entity.named:
        found.append(f"more={bool(theirs)} {fits} {own.form}")
    if own.gender:
        found.append(f"gender={entity.gender == own.gender} {sort}")
    return found


def _class(own: Referent, lemma: str) -> str:
    """Return what a nominal is, coarsely: country, firm, place, an office, kin, or only its sort."""
    for name in ("country", "firm", "place"):
        if lemma in words(name):
            return name
    noun = own.noun
    if noun is not None:
        for trait in ("office", "voice", "family", "organisation"):
            if noun.has(trait):
                return f"{trait} {own.sort}"
        if noun.sectors:
            return f"{noun.sectors[0]} {own.sort}"
    return own.sort


def _spoken_for(scene: Scene, entity: Entity, syntax: Syntax) -> str:
    """Whether the words that name the speaker of a quote name the entity too: "Ann Lee, who heads the union, said"."""
    if scene.speaker == NEVER:
        return "no speaker"
    top = scene.speaker
    for _ in range(_MANY):
        if syntax.dep[top] not in {"appos", "flat", "compound", "nmod:desc"}:
            break
        top = syntax.head[top]
    return str(any(syntax.above(one.head, top) for one in entity.mentions[-_RECENT:]))
