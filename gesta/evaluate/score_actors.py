"""Actors: country and sector of the casebook's participants, or pairs of names that are one actor or are not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gesta.annotate.light import Light
from gesta.errors import UsageError
from gesta.evaluate.casebook import Case, Told, Who, read_casebook
from gesta.evaluate.coder import Coder, Progress, silent
from gesta.evaluate.score import Row, Score, share
from gesta.evaluate.score_events import match_events, told
from gesta.evaluate.score_pairs import Part, pairs
from gesta.evaluate.seen import fingerprint, seen
from gesta.records import Actor, Participant, Report, Span
from gesta.resolve.actors import ActorResolver


@dataclass(frozen=True, slots=True)
class JudgedActor:
    """A labelled participant and what was made of its words; ``given`` if the resolver was handed the words."""

    text: str
    gold: Who
    actor: Actor
    given: bool

    @property
    def country(self) -> bool:
        """The country is that labelled, or one of those labelled; none where none is."""
        return self.actor.country in self.gold.country if self.gold.country else self.actor.country is None

    @property
    def sector(self) -> bool:
        """The first sector is that labelled first; none where none is."""
        return self.actor.sectors[:1] == self.gold.sectors[:1]


def actors(
    path: Path | str | Sequence[Path], *, coder: Coder, part: Part = "all", progress: Progress = silent
) -> Score:
    """Score actors against casebook batches, or names against pairs of names; what the file holds decides.

    Batches: each labelled participant that overlaps a coded one, on the same side of an event whose trigger overlaps,
    best overlap first; and every labelled participant with its words given to the resolver, so that errors in finding
    participants hide nothing. Pairs: see ``score_pairs.pairs``; ``part`` chooses among them alone. ``UsageError`` if
    nothing can be read.
    """
    paths = [Path(path)] if isinstance(path, (str, Path)) else list(path)
    if any(_holds_pairs(one) for one in paths):
        return pairs(paths, part=part)
    read = [read_casebook(one) for one in paths]
    cases, left_out = [case for some, _ in read for case in some], [line for _, lines in read for line in lines]
    judged: list[JudgedActor] = []
    for done, case in enumerate(cases, start=1):
        judged += judge_actors(case, coder)
        progress(done, len(cases))
    known = sum(fingerprint([case.text]) in seen("casebook") for case in cases)
    notes = [f"the packaged model was trained on {known} of these {len(cases)} texts"] if known else []
    coded, given = [one for one in judged if not one.given], [one for one in judged if one.given]
    return Score(
        task="actors",
        source=", ".join(map(str, paths)),
        figures={**_figures(coded, ""), **_figures(given, ", words given")},
        counts={
            "texts": len(cases),
            "labelled participants": len(given),
            "of which coded": len(coded),
            "lines left out": len(left_out),
        },
        rows=(*_by(given, "country"), *_by(given, "sector")),
        notes=(*notes, *left_out),
    )


def judge_actors(case: Case, coder: Coder) -> Iterator[JudgedActor]:
    """Yield every labelled participant of a text that was coded, and every one with its words given."""
    report = Report(text=case.text)
    record = coder.code(report)
    held = {actor.id: actor for actor in record.actors}
    coded = {told(event): event for event in record.events}
    doc = coder.nlp(case.text)
    for match in match_events(case.events, tuple(coded), doc):
        event = coded[match.coded]
        for who, participants in ((match.gold.source_actors, event.sources), (match.gold.target_actors, event.targets)):
            for gold, participant in _overlapping(who, participants):
                yield JudgedActor(case.text[slice(*gold.span)], gold, held[participant.actor], given=False)
    resolver = ActorResolver(doc, report=report, places=record.places, heads=_heads(coder))
    asked: list[tuple[Who, Participant]] = []
    for gold in dict.fromkeys(_labelled(case.events)):
        span = doc.char_span(*gold.span, alignment_mode="expand")
        if span is not None:
            asked.append((gold, resolver.participant(span, span.root)))
    held = {actor.id: actor for actor in resolver.actors()}
    for gold, participant in asked:
        yield JudgedActor(case.text[slice(*gold.span)], gold, held[participant.actor], given=True)


def _heads(coder: Coder) -> Mapping[str, Light] | None:
    """Return what ties pronouns to their actors, if the coder has it; what only has a coder's shape need not."""
    return getattr(getattr(coder, "model", None), "light", None)


def _labelled(events: Iterable[Told]) -> Iterator[Who]:
    for event in events:
        yield from (*event.source_actors, *event.target_actors)


def _overlapping(gold: Sequence[Who], coded: Sequence[Participant]) -> Iterator[tuple[Who, Participant]]:
    """Yield labelled and coded participants one to one, those with the most characters in common first."""
    common = [
        (_common(who.span, one.span), -g, -c) for g, who in enumerate(gold) for c, one in enumerate(coded)
    ]  # fmt: skip
    taken: set[tuple[str, int]] = set()
    for characters, g, c in sorted(common, reverse=True):
        if characters > 0 and not taken & {("gold", g), ("coded", c)}:
            taken |= {("gold", g), ("coded", c)}
            yield gold[-g], coded[-c]


def _common(one: Span, two: Span) -> int:
    return min(one[1], two[1]) - max(one[0], two[0])


def _figures(judged: list[JudgedActor], suffix: str) -> dict[str, float]:
    return {
        f"country{suffix}": share(sum(one.country for one in judged), len(judged)),
        f"primary sector{suffix}": share(sum(one.sector for one in judged), len(judged)),
        f"both{suffix}": share(sum(one.country and one.sector for one in judged), len(judged)),
    }


def _by(judged: list[JudgedActor], group: str) -> Iterator[Row]:
    """Yield how each country, or each first sector, fares over the participants whose words were given."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in judged:
        labelled, coded, agrees = one.gold.sectors, one.actor.sectors, one.sector
        if group == "country":
            labelled, coded, agrees = one.gold.country, tuple(filter(None, (one.actor.country,))), one.country
        name = coded[0] if agrees and coded else next(iter(labelled), "none")
        gold[name] += 1
        found[next(iter(coded), "none")] += 1
        right[name] += agrees
    for name in sorted(gold | found, key=lambda name: (-gold[name], name)):
        yield Row(group=group, name=name, correct=right[name], predicted=found[name], gold=gold[name])


def _holds_pairs(path: Path) -> bool:
    """Tell whether the first line of a file that can be read is a pair of names. ``UsageError`` if there is no file."""
    if path.is_dir():
        return False
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), remedy="Give a .jsonl file as in casebook/.")
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        return isinstance(row, dict) and {"a", "b", "same"} <= row.keys()
    return False
