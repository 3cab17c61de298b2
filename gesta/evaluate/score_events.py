"""Events against the casebook: trigger, type, source and target heads, modality; and what should not be there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from gesta.evaluate.casebook import Case, Told, read_casebook
from gesta.evaluate.coder import Coder, Progress, Reader, silent
from gesta.evaluate.score import Row, Score, add, share
from gesta.evaluate.seen import fingerprint, seen
from gesta.records import COUNTED, Event, Report, Span

Code = Callable[[str], Sequence[Event]]
"""Takes a text and gives its events, spans in characters of that text."""


@dataclass(frozen=True, slots=True)
class Match:
    """A labelled and a coded event with overlapping triggers, and which of their fields agree."""

    gold: Told
    coded: Told
    type: bool
    modality: bool
    source_strict: bool
    source_lenient: bool
    target_strict: bool
    target_lenient: bool

    @property
    def strict(self) -> bool:
        """Type right, and the heads of sources and of targets exactly those labelled."""
        return self.type and self.source_strict and self.target_strict

    @property
    def lenient(self) -> bool:
        """Type right, and on each side some labelled head found and none beside them."""
        return self.type and self.source_lenient and self.target_lenient

    @property
    def counted(self) -> bool:
        """Type right, and both count as having happened."""
        return self.type and self.gold.modality in COUNTED and self.coded.modality in COUNTED


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """One text with what was coded of it and how that was matched."""

    case: Case
    coded: tuple[Told, ...]
    matches: tuple[Match, ...]


def events(
    path: Path | str | Sequence[Path], *, coder: Reader, code: Code | None = None, progress: Progress = silent
) -> Score:
    """Score coded events against casebook batches (a file, a folder or several files), each text by itself.

    Labelled and coded events are matched one to one where their triggers overlap, best agreement first. A participant
    stands for its head word in the coder's own tree. ``strict``: type right and the sets of source and target heads
    equal; ``lenient``: on each side at least one labelled head found and no other (none where none is labelled).
    ``code`` defaults to ``coder.code``. ``UsageError`` if nothing can be read.
    """
    paths = [Path(path)] if isinstance(path, (str, Path)) else list(path)
    read = [read_casebook(one) for one in paths]
    cases, left_out = [case for some, _ in read for case in some], [line for _, lines in read for line in lines]
    code = code or code_by(coder)
    judged = []
    for done, case in enumerate(cases, start=1):
        judged.append(judge(case, code(case.text), coder.nlp))
        progress(done, len(cases))
    known = [fingerprint([case.text]) in seen("casebook") for case in cases]
    notes = [f"the packaged model was trained on {sum(known)} of these {len(cases)} texts"] if any(known) else []
    parts = [("unseen", [j for j, old in zip(judged, known, strict=True) if not old])]
    parts.append(("trained on", [j for j, old in zip(judged, known, strict=True) if old]))
    by_part = [_row(some, lambda m: m.type, group="part", name=name) for name, some in parts if some]
    return Score(
        task="events",
        source=", ".join(map(str, paths)),
        figures=_figures(judged),
        counts={**_counts(judged), "lines left out": len(left_out)},
        rows=(*(by_part if len(by_part) > 1 else ()), *_by_type(judged), *_by_modality(judged)),
        notes=(*notes, *left_out),
    )


def code_by(coder: Reader) -> Code:
    """Return ``coder.code`` as a function from a text to its events."""

    def code(text: str) -> Sequence[Event]:
        whole: Coder = coder  # type: ignore[assignment]  # only asked for ``code`` when no other is given
        return whole.code(Report(text=text)).events

    return code


def judge(case: Case, found: Sequence[Event], nlp: Language) -> JudgedCase:
    """Match the events coded of one text with those labelled; ``nlp`` reads the text for its head words."""
    coded = tuple(told(event) for event in found)
    matches = tuple(match_events(case.events, coded, nlp(case.text))) if case.events and coded else ()
    return JudgedCase(case, coded, matches)


def told(event: Event) -> Told:
    """A coded event in the form of a labelled one."""
    return Told(
        trigger=(event.trigger.start, event.trigger.end),
        type=event.type,
        modality=event.modality,
        sources=tuple(participant.span for participant in event.sources),
        targets=tuple(participant.span for participant in event.targets),
        modes=event.modes,
        contexts=event.contexts,
        confidence=event.confidence,
        place=event.place.span if event.place and event.place.basis == "stated" else None,
        time=event.time.span if event.time else None,
    )


def match_events(gold: Sequence[Told], coded: Sequence[Told], doc: Doc) -> Iterator[Match]:
    """Yield labelled and coded events matched one to one where their triggers overlap, best agreement first."""
    pairs = []
    for g, labelled in enumerate(gold):
        for c, event in enumerate(coded):
            overlap = min(labelled.trigger[1], event.trigger[1]) - max(labelled.trigger[0], event.trigger[0])
            if overlap > 0:
                match = _compare(labelled, event, doc)
                pairs.append(((match.type, match.strict, match.lenient, match.modality, overlap), -g, -c, match))
    taken: set[tuple[str, int]] = set()
    for _, g, c, match in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if not taken & {("gold", g), ("coded", c)}:
            taken |= {("gold", g), ("coded", c)}
            yield match


def _compare(gold: Told, coded: Told, doc: Doc) -> Match:
    sources, targets = (
        (heads(doc, of_gold), heads(doc, of_coded))
        for of_gold, of_coded in ((gold.sources, coded.sources), (gold.targets, coded.targets))
    )
    return Match(
        gold=gold,
        coded=coded,
        type=gold.type == coded.type,
        modality=gold.modality == coded.modality,
        source_strict=sources[0] == sources[1],
        source_lenient=_lenient(*sources),
        target_strict=targets[0] == targets[1],
        target_lenient=_lenient(*targets),
    )


def _lenient(gold: frozenset[int], coded: frozenset[int]) -> bool:
    return coded <= gold and bool(coded) == bool(gold)


def heads(doc: Doc, spans: Iterable[Span]) -> frozenset[int]:
    """Return the token index of each span's head: the word whose own head lies outside, nearest to the root."""
    return frozenset(_head(doc, span) for span in spans)


def _head(doc: Doc, span: Span) -> int:
    inside = [t for t in doc if not t.is_space and t.idx < span[1] and t.idx + len(t) > span[0]]
    indices = {token.i for token in inside}
    tops = [token for token in inside if token.head.i not in indices or token.head.i == token.i]
    return min(tops, key=lambda token: (_depth(token), token.i)).i if tops else -1


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _row(judged: Iterable[JudgedCase], right: Callable[[Match], bool], *, group: str = "", name: str = "all") -> Row:
    return add(
        (
            Row(
                group="",
                name="",
                correct=sum(right(match) for match in one.matches),
                predicted=len(one.coded),
                gold=len(one.case.events),
            )
            for one in judged
        ),
        group=group,
        name=name,
    )


def _figures(judged: list[JudgedCase]) -> dict[str, float]:
    matches = [match for one in judged for match in one.matches]
    typed = [match for match in matches if match.type]
    negatives = [one for one in judged if one.case.negative]
    figures = _row(judged, lambda m: True).figures("trigger ")
    figures |= _row(judged, lambda m: m.type).figures("type ")
    figures |= _row(judged, lambda m: m.lenient).figures("lenient ")
    figures |= _row(judged, lambda m: m.strict).figures("strict ")
    figures |= _of_counted(judged).figures("counted type ")
    figures |= {
        "source heads, strict": share(sum(m.source_strict for m in typed), len(typed)),
        "source heads, lenient": share(sum(m.source_lenient for m in typed), len(typed)),
        "target heads, strict": share(sum(m.target_strict for m in typed), len(typed)),
        "target heads, lenient": share(sum(m.target_lenient for m in typed), len(typed)),
        "modality accuracy": share(sum(m.modality for m in matches), len(matches)),
        "modes F1": _labels(typed, lambda told: told.modes),
        "contexts F1": _labels(typed, lambda told: told.contexts),
        "place F1": _where(matches, lambda told: told.place),
        "time F1": _where(matches, lambda told: told.time),
        "calibration error": calibration_error(_sure(judged)),
        "hard negatives without counted event": share(sum(not _counts_one(one) for one in negatives), len(negatives)),
    }
    return figures


def _sure(judged: list[JudgedCase]) -> list[tuple[float, bool]]:
    """Each coded event's confidence, and whether its type, sources and targets are right (lenient)."""
    found = []
    for one in judged:
        right = {match.coded for match in one.matches if match.lenient}
        found += [(event.confidence, event in right) for event in one.coded]
    return found


def calibration_error(rows: list[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal mass: mean distance of confidence and share right.

    Rows of the same confidence share a bin.
    """
    rows = sorted(rows, key=lambda row: row[0])
    first: dict[float, int] = {}
    off: dict[int, float] = defaultdict(float)
    for rank, (confidence, right) in enumerate(rows):
        off[first.setdefault(confidence, rank) * bins // len(rows)] += confidence - right
    return sum(map(abs, off.values())) / len(rows) if rows else 0.0


def _labels(matches: list[Match], labels: Callable[[Told], tuple[str, ...]]) -> float:
    """Micro-averaged F1 of an event's modes or contexts, over matches whose type is right."""
    both = sum(len(set(labels(match.gold)) & set(labels(match.coded))) for match in matches)
    return share(2 * both, sum(len(labels(match.gold)) + len(labels(match.coded)) for match in matches))


def _where(matches: list[Match], words: Callable[[Told], Span | None]) -> float:
    """F1 of an event's own place or time over matched triggers: right where the words overlap."""
    pairs = [(words(match.gold), words(match.coded)) for match in matches if match.gold.located]
    right = sum(g is not None and c is not None and g[0] < c[1] and c[0] < g[1] for g, c in pairs)
    return share(2 * right, sum((g is not None) + (c is not None) for g, c in pairs))


def _counts_one(one: JudgedCase) -> bool:
    return any(event.modality in COUNTED for event in one.coded)


def _of_counted(judged: list[JudgedCase]) -> Row:
    return Row(
        group="",
        name="",
        correct=sum(match.counted for one in judged for match in one.matches),
        predicted=sum(event.modality in COUNTED for one in judged for event in one.coded),
        gold=sum(event.modality in COUNTED for one in judged for event in one.case.events),
    )


def _counts(judged: list[JudgedCase]) -> dict[str, int]:
    negatives = [one for one in judged if one.case.negative]
    matched = sum(len(one.matches) for one in judged)
    coded = sum(len(one.coded) for one in judged)
    return {
        "texts": len(judged),
        "labelled events": sum(len(one.case.events) for one in judged),
        "coded events": coded,
        "spurious events": coded - matched,
        "hard negatives": len(negatives),
        "hard negatives with counted event": sum(map(_counts_one, negatives)),
    }


def _by_type(judged: list[JudgedCase]) -> Iterator[Row]:
    yield from _tally("type", judged, lambda told: told.type, lambda match: match.type)


def _by_modality(judged: list[JudgedCase]) -> Iterator[Row]:
    yield from _tally("modality", judged, lambda told: told.modality, lambda match: match.modality)


def _tally(
    group: str, judged: list[JudgedCase], label: Callable[[Told], str], right: Callable[[Match], bool]
) -> Iterator[Row]:
    gold = Counter(label(event) for one in judged for event in one.case.events)
    coded = Counter(label(event) for one in judged for event in one.coded)
    correct = Counter(label(match.gold) for one in judged for match in one.matches if right(match))
    for name in sorted(gold | coded):
        yield Row(group=group, name=name, correct=correct[name], predicted=coded[name], gold=gold[name])
