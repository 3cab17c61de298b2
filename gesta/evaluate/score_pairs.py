"""Pairs of names: is the answer right whether they are one actor, and do only those of one actor share a key?"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gesta.errors import UsageError
from gesta.evaluate.score import Row, Score, share
from gesta.resolve.actors.likeness import Kind, actor_key, same_actor

Part = Literal["all", "open", "held-out"]
"""Errors are studied on the open pairs, figures reported on those held out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether they are one actor, as in ``casebook/names.schema.json``."""

    a: str
    b: str
    same: bool
    within_report: bool
    kind: str
    why: str
    held_out: bool

    @property
    def known_kind(self) -> Kind:
        """What the linker would know of both names."""
        return "person" if self.kind == "person" else "body"


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair with what was said of it: one actor or not, and whether both names have one key."""

    pair: Pair
    said: bool
    one_key: bool


def part_of(words: str) -> Part:
    """Return the part that a user asks for; ``UsageError`` if there is no such."""
    if words not in ("all", "open", "held-out"):
        raise UsageError(f"there is no part {words!r}", where="--part", remedy="One of: all, open, held-out.")
    return words  # type: ignore[return-value]  # just checked


def pairs(paths: Sequence[Path], *, part: Part = "all") -> Score:
    """Score ``same_actor`` on files of pairs, F1 of those that are one actor; rows by kind and by reason.

    ``key recall``: of pairs of one actor in two reports, those that share a key; ``traps sharing a key`` counts the
    pairs of two actors that do. ``UsageError`` if nothing can be read.
    """
    found, left_out = _read(paths, part)
    judged = [
        JudgedPair(
            one,
            same_actor(one.a, one.b, within_report=one.within_report, kind=one.known_kind).same,
            actor_key(one.a, kind=one.known_kind) == actor_key(one.b, kind=one.known_kind),
        )
        for one in found
    ]
    across = [one for one in judged if not one.pair.within_report]
    same = [one for one in across if one.pair.same]
    whole = _row(judged, "", "all")
    right = sum(one.said == one.pair.same for one in judged)
    return Score(
        task="actors, pairs of names",
        source=", ".join(map(str, paths)) + ("" if part == "all" else f" ({part})"),
        figures={
            **whole.figures(),
            "accuracy": share(right, len(judged)),
            "key recall": share(sum(one.one_key for one in same), len(same)),
        },
        counts={
            "pairs": len(judged),
            "of one actor": sum(one.pair.same for one in judged),
            "taken for one": sum(one.said for one in judged),
            "traps sharing a key": sum(one.one_key for one in across if not one.pair.same),
            "lines left out": len(left_out),
        },
        rows=(*_by(judged, "kind", lambda pair: pair.kind), *_by(judged, "why", lambda pair: pair.why)),
        notes=tuple(left_out),
    )


def _row(judged: Iterable[JudgedPair], group: str, name: str) -> Row:
    kept = list(judged)
    return Row(
        group=group,
        name=name,
        correct=sum(one.said and one.pair.same for one in kept),
        predicted=sum(one.said for one in kept),
        gold=sum(one.pair.same for one in kept),
    )


def _by(judged: Sequence[JudgedPair], group: str, label: Callable[[Pair], Hashable]) -> Iterator[Row]:
    for name in sorted({str(label(one.pair)) for one in judged}):
        yield _row((one for one in judged if label(one.pair) == name), group, name)


def _read(paths: Sequence[Path], part: Part) -> tuple[list[Pair], list[str]]:
    found: list[Pair] = []
    left_out: list[str] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                one = _pair(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                left_out.append(f"{path.name}:{number} left out: {type(error).__name__} {error}")
                continue
            if part == "all" or one.held_out == (part == "held-out"):
                found.append(one)
    if not found:
        raise UsageError(
            "no pair of names here", where=", ".join(map(str, paths)), remedy="Give a file as casebook/names.jsonl."
        )
    return found, left_out


def _pair(row: dict[str, Any]) -> Pair:
    if not isinstance(row["same"], bool) or not row["a"].strip() or not row["b"].strip():
        raise ValueError("a pair needs two names, and true or false for same")
    return Pair(
        a=row["a"],
        b=row["b"],
        same=row["same"],
        within_report=row.get("scope") == "report",
        kind=row.get("kind") or "unknown",
        why=row.get("why") or "",
        held_out=bool(row.get("held_out")),
    )
