"""Which of a report's persons a name may mean: the same name, else one that it ends, else any that it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from gesta.resolve.actors.likeness import same_actor
from gesta.resolve.actors.people_alike import alike
from gesta.resolve.actors.personal import person_key, take_name


def agreeing(name: str, names: Sequence[str]) -> list[int]:
    """Return which of ``names``, all of one report, ``name`` may mean; the nearest kind of likeness alone counts."""
    same = [at for at, other in enumerate(names) if same_actor(name, other, within_report=True, kind="person").same]
    for agrees in (_equal, _ends):
        found = [at for at in same if agrees(name, names[at])]
        if found:
            return found
    return same


def _equal(short: str, full: str) -> bool:
    return person_key(short) == person_key(full)


def _ends(short: str, full: str) -> bool:
    part, whole = take_name(short).words, take_name(full).words
    return len(part) < len(whole) and all(alike(x, y) for x, y in zip(part, whole[-len(part) :], strict=True))
