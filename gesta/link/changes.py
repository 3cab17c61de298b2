"""The log: what became of incidents when new reports were linked, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from gesta.records import Change, make_id

Events = tuple[str, ...]
Kind = Literal["new", "joined", "left", "merged", "split", "renamed", "withdrawn"]


def tell_changes(
    before: Mapping[str, Events],
    after: Mapping[str, Events],
    *,
    why: Mapping[str, str],
    gone: frozenset[str],
    linking: str,
) -> Iterator[Change]:
    """Yield the changes from the incidents ``before`` to those ``after`` (id -> events; only those concerned).

    ``why`` tells for an event what it was joined by; ``gone`` are events that are no more told (their report was
    replaced, or coded anew without them).
    """
    old = {event: identity for identity, events in before.items() for event in events}
    heirs: dict[str, set[str]] = {identity: set() for identity in before}
    parents_of: dict[str, list[str]] = {}
    for identity in sorted(after):
        events = after[identity]
        parents = parents_of[identity] = sorted({old[event] for event in events if event in old})
        for parent in parents:
            heirs[parent].add(identity)
        yield from _of_new(identity, events, parents, before, why=why, linking=linking)
    for identity in sorted(before):
        merged = any(len(parents_of[heir]) > 1 for heir in heirs[identity])
        yield from _of_old(identity, before[identity], heirs[identity], merged=merged, gone=gone, linking=linking)


def _of_new(
    identity: str,
    events: Events,
    parents: Sequence[str],
    before: Mapping[str, Events],
    *,
    why: Mapping[str, str],
    linking: str,
) -> Iterator[Change]:
    added = tuple(event for event in events if not any(event in before[parent] for parent in parents))
    reason = next((why[event] for event in added if event in why), "")
    if not parents:
        yield _change("new", identity, linking, events=events, reason=reason or "told for the first time")
        return
    if len(parents) > 1:
        joint = reason or next((why[event] for event in events if event in why), "")
        yield _change("merged", identity, linking, others=tuple(parents), events=added, reason=joint)
    elif added:
        yield _change("joined", identity, linking, events=added, reason=reason)


def _of_old(
    identity: str,
    events: Events,
    heirs: set[str],
    *,
    merged: bool,
    gone: frozenset[str],
    linking: str,
) -> Iterator[Change]:
    lost = tuple(event for event in events if event in gone)
    if not heirs:
        reason = "no report tells of it any more: replaced by a newer version, or coded otherwise"
        yield _change("withdrawn", identity, linking, events=lost, reason=reason)
        return
    if lost:
        reason = "its report was replaced by a newer version, or coded otherwise"
        yield _change("left", identity, linking, events=lost, reason=reason)
    if len(heirs) > 1:
        reason = "with the new reports its events agree better apart"
        yield _change("split", identity, linking, others=tuple(sorted(heirs)), reason=reason)
    elif identity not in heirs and not merged:
        (heir,) = heirs
        reason = "an earlier report tells of it, or its first event is told no more: the id follows the first event"
        yield _change("renamed", identity, linking, others=(heir,), reason=reason)


def _change(
    kind: Kind, incident: str, linking: str, *, others: Events = (), events: Events = (), reason: str = ""
) -> Change:
    identity = make_id("g", linking, kind, incident, *others, *events)
    return Change(id=identity, kind=kind, incident=incident, others=others, events=events, reason=reason)
