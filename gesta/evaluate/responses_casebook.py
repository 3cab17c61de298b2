"""Read labelled responses: ``casebook/responses.jsonl``, or a casebook batch, whose events may have a ``response``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesta.errors import UsageError
from gesta.records import Span
from gesta.text import settle

#: The batches that nobody trains on.
HELD_OUT = frozenset({"b05", "b10", "b11", "b20"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One response as labelled: words that tell the answer, words that tell the cause, any of which will do."""

    answer: tuple[Span, ...]
    cause: tuple[Span, ...]
    cue: Span | None
    event: bool = True
    """Whether what is answered is an act."""

    @classmethod
    def of(cls, record: dict[str, Any]) -> Labelled:
        """Return a response of ``casebook/responses.jsonl``."""
        return cls(
            tuple(_span(one) for one in record["answer"]),
            tuple(_span(one) for one in record["cause"]),
            _span(record["cue"]) if record["cue"] else None,
            record.get("event", True),
        )

    def same(self, answer: Span, cause: Span) -> bool:
        """Whether both ends are among the labelled words, or within them."""
        return any(_meet(answer, one) for one in self.answer) and any(_meet(cause, one) for one in self.cause)

    def shares_answer(self, other: Labelled) -> bool:
        """Whether another response is of the same answer."""
        return any(_meet(one, two) for one in self.answer for two in other.answer)


@dataclass(frozen=True, slots=True)
class ResponseCase:
    """One labelled text; without responses it only looks as if it told one."""

    id: str
    text: str
    responses: tuple[Labelled, ...]
    held_out: bool


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _span(pair: Iterable[int]) -> Span:
    start, end = pair
    return start, end


def read_responses(path: Path) -> tuple[list[ResponseCase], list[str]]:
    """Read one file; the second list says which lines were left out, and why. ``UsageError`` if none can be read."""
    cases: list[ResponseCase] = []
    left_out: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read it ({error})", where=str(path), remedy="Give a .jsonl file.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            cases.append(_of_batch(record) if "events" in record else _case(record))
        except (ValueError, KeyError, TypeError) as error:
            left_out.append(f"{path.name}:{number} left out: {type(error).__name__} {error}")
    if not cases:
        raise UsageError(
            "no labelled response here",
            where=str(path),
            remedy="Give a file as casebook/responses.jsonl is, or a batch.",
        )
    return cases, left_out


def _case(record: dict[str, Any]) -> ResponseCase:
    told = tuple(Labelled.of(one) for one in record["responses"])
    return _checked(ResponseCase(record["id"], record["text"], told, bool(record.get("held_out"))))


def _of_batch(record: dict[str, Any]) -> ResponseCase:
    """A sentence of a batch: an event's ``response`` names the event it answers, or the words for it."""
    triggers = {event["id"]: event["trigger"] for event in record["events"]}
    told = []
    for event in record["events"]:
        response = event.get("response")
        if response:
            cause = triggers[response["to"]] if response["to"] else response["span"]
            cue = _span(response["cue"]) if response["cue"] else None
            told.append(Labelled((_span(event["trigger"]),), (_span(cause),), cue, response["to"] is not None))
    return _checked(ResponseCase(record["id"], record["text"], tuple(told), record["batch"] in HELD_OUT))


def _checked(case: ResponseCase) -> ResponseCase:
    if settle(case.text) != case.text:
        raise ValueError("text with control characters or odd spaces, so its offsets would move")
    for told in case.responses:
        spans: Sequence[Span] = (*told.answer, *told.cause, *((told.cue,) if told.cue else ()))
        wrong = [span for span in spans if not 0 <= span[0] < span[1] <= len(case.text)]
        if wrong or not told.answer or not told.cause:
            raise ValueError(f"span {wrong[0]} lies outside the text" if wrong else "a response without both ends")
    return case
