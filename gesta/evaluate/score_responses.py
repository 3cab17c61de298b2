"""Stated responses against labelled texts: which act answers which, with both ends right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gesta.errors import UsageError
from gesta.evaluate.coder import Coder, Progress, silent
from gesta.evaluate.responses_casebook import Labelled, ResponseCase, read_responses
from gesta.evaluate.score import Row, Score, add, share
from gesta.records import Cause, Record, Report

Part = Literal["all", "training", "held-out"]


@dataclass(frozen=True, slots=True)
class _Found:
    """What one text gave: its labelled responses, those read, those that match, and those read the wrong way round."""

    case: ResponseCase
    read: Sequence[Cause]
    right: Sequence[tuple[Labelled, Cause]]
    turned: int


def part_of(words: str) -> Part:
    """Return the part that a user asks for; ``UsageError`` if there is no such."""
    if words not in ("all", "training", "held-out"):
        raise UsageError(f"there is no part {words!r}", where="--part", remedy="One of: all, training, held-out.")
    return words  # type: ignore[return-value]  # just checked


def responses(
    paths: Path | str | Sequence[Path], *, coder: Coder, part: Part = "all",
    code: Callable[[str], Record] | None = None, progress: Progress = silent,
) -> Score:  # fmt: skip
    """Score stated responses of labelled texts: ``casebook/responses.jsonl``, or casebook batches.

    A response is found if one is read whose answering event's trigger is among the words labelled as its answer, and
    whose cause stands at one labelled as its cause. ``direction right`` is the share of those with the right two words
    that are not read the wrong way round, ``cue right`` the share of those found whose cue touches the labelled one.
    ``clean negatives`` is the share of texts without a response of which none is read; batches were not labelled for
    every response, so there it is only a lower bound, as is precision. ``UsageError`` if nothing can be read.
    """
    files = [Path(paths)] if isinstance(paths, str | Path) else list(paths)
    read = [read_responses(path) for path in files]
    cases = [case for of_file, _ in read for case in of_file if part == "all" or case.held_out is (part == "held-out")]
    left_out = [line for _, lines in read for line in lines]
    if not cases:
        raise UsageError(f"no text of the {part} part here", where=str(files[0]), remedy="Ask for another --part.")
    code = code or (lambda text: coder.code(Report(text=text)))
    found = []
    for done, case in enumerate(cases, start=1):
        found.append(_match(case, code(case.text).causes))
        progress(done, len(cases))
    return _score(found, part, files, left_out)


def _match(case: ResponseCase, read: Sequence[Cause]) -> _Found:
    left, right, turned = list(case.responses), [], 0
    for cause in read:
        same = next((one for one in left if one.same(cause.effect_span, cause.cause_span)), None)
        if same is not None:
            left.remove(same)
            right.append((same, cause))
        elif any(one.same(cause.cause_span, cause.effect_span) for one in left):
            turned += 1
    return _Found(case, read, right, turned)


def _score(found: Sequence[_Found], part: Part, files: Sequence[Path], left_out: Sequence[str]) -> Score:
    whole = add(
        Row(group="", name="all", correct=len(one.right), predicted=len(one.read), gold=len(one.case.responses))
        for one in found
    )
    kinds: tuple[tuple[str, Callable[[Labelled], bool]], ...] = (
        ("an act answered", lambda told: told.event),
        ("no act answered", lambda told: not told.event),
    )
    cued = [(told, cause) for one in found for told, cause in one.right if told.cue is not None]
    cues = sum(cause.cue_span is not None and _touch(told, cause) for told, cause in cued)
    negatives = [one for one in found if not one.case.responses]
    turned = sum(one.turned for one in found)
    figures = whole.figures() | {
        "direction right": share(whole.correct, whole.correct + turned),
        "cue right": share(cues, len(cued)),
        "clean negatives": share(sum(not one.read for one in negatives), len(negatives)),
    }
    counts = {"texts": len(found), "responses": whole.gold, "found": whole.predicted, "the wrong way round": turned}
    by_kind = tuple(
        Row(
            group="recall of",
            name=name,
            correct=sum(is_kind(told) for one in found for told, _ in one.right),
            predicted=sum(is_kind(told) for one in found for told, _ in one.right),
            gold=sum(is_kind(told) for one in found for told in one.case.responses),
        )
        for name, is_kind in kinds
    )
    return Score(
        task="responses", source=f"{' '.join(map(str, files))} ({part})", figures=figures,
        counts=counts | {"lines left out": len(left_out)}, rows=by_kind, notes=tuple(left_out),
    )  # fmt: skip


def _touch(told: Labelled, cause: Cause) -> bool:
    assert told.cue is not None and cause.cue_span is not None
    return told.cue[0] < cause.cue_span[1] and cause.cue_span[0] < told.cue[1]
