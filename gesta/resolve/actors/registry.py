"""The registry of actors that one run uses: Gesta's own tables, and what the user has imported, which goes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from gesta.resolve.actors.groups import WEAK, Group, Spelling, groups, lexicon_of, organs, spellings
from gesta.resolve.actors.leaders import Leader, Leaders, leaders
from gesta.resolve.actors.spelling import Lexicon, key

DEFAULT = "default"
"""The version of the registry where nothing was imported."""

Known = TypeVar("Known", bound=Group | Leader)


@dataclass(frozen=True, slots=True)
class Registry:
    """Known groups and organs of states by their spellings, known persons, and a ``version`` that names the whole.

    ``known`` are all groups and organs, the user's first.
    """

    known: tuple[Group, ...]
    groups: Lexicon[Spelling]
    leaders: Leaders
    version: str = DEFAULT


@cache
def default_registry() -> Registry:
    """Return Gesta's own registry, read once per process."""
    return Registry((*groups().values(), *organs()), spellings(), Leaders(leaders().values()))


def joined(own_groups: Sequence[Group], own_persons: Sequence[Leader], *, version: str) -> Registry:
    """Return Gesta's registry with a user's actors before it.

    A user's entry takes the place of one of ours whose name it bears or spells; our other spellings go with it, so that
    one actor remains one. Of two entries of the user's own the first holds a spelling that both claim.
    """
    taken: dict[str, str] = {}
    mine = _first_claims(own_groups, taken)
    persons = _first_claims(own_persons, taken)
    known = _beside(mine, default_registry().known, taken)
    everybody = _beside(persons, default_registry().leaders.persons, taken)
    return Registry(tuple(known), lexicon_of(known), Leaders(everybody), version)


def _first_claims(own: Iterable[Known], taken: dict[str, str]) -> list[Known]:
    """Return the entries with the spellings that none before them claims; enters these in ``taken``."""
    found = []
    for one in own:
        name = key(one.name)
        if taken.setdefault(name, one.name) != one.name:
            continue
        aliases = tuple(a for a in one.aliases if a.startswith(WEAK) or taken.setdefault(key(a), one.name) == one.name)
        found.append(replace(one, aliases=aliases))
    return found


def _beside(mine: list[Known], ours: Iterable[Known], taken: dict[str, str]) -> list[Known]:
    """Return the user's entries, heirs of ours included, and what is left of ours."""
    heirs: dict[str, Known] = {one.name: one for one in mine}
    left: list[Known] = []
    for one in ours:
        owner = taken.get(key(one.name))
        free = tuple(alias for alias in one.aliases if key(alias.removeprefix(WEAK)) not in taken)
        heir = heirs.get(owner) if owner is not None else None
        if owner is None:
            left.append(replace(one, aliases=free))
        elif heir is not None:
            held = (heir.name, *heir.aliases)
            more = tuple(alias for alias in (one.name, *free) if alias not in held)
            heirs[heir.name] = replace(heir, aliases=(*heir.aliases, *more))
        # Else the name now means a person where it meant a group, or the other way round: ours is gone.
    return [*heirs.values(), *left]
