"""Users' ontologies: a YAML codebook of types with examples, and the light classifier that learns it.

    name: water
    types:
      - name: CUTOFF
        description: Someone cuts others off from water.
        parent: COERCE
        examples:
          - Soldiers **cut** the pipeline to the camp.
          - The utility **shut off** taps across the township.
    none:
      - The drought cut harvests by half.

``parent`` is the PLOVER type that the new one is nearest to: it lends its way of finding source and target. ``**``
marks the word that tells the event; without the mark it is the likeliest one.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from gesta.errors import UsageError
from gesta.ontology.plover import plover
from gesta.records import Frozen, Span

FEWEST_EXAMPLES = 5
_MARKED = re.compile(r"\*\*(.+?)\*\*")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")


class OwnType(Frozen, frozen=True):
    """One type of a user's ontology."""

    name: str
    examples: tuple[str, ...]
    description: str = ""
    parent: str | None = None


class OwnOntology(Frozen, frozen=True):
    """A user's ontology as written: its types, and sentences that tell of none of them."""

    name: str
    types: tuple[OwnType, ...]
    description: str = ""
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One example sentence without its marks, and where its trigger stands, if marked."""

    text: str
    trigger: Span | None


def example(text: str) -> Example:
    """Return the sentence without ``**`` marks; only the first mark counts."""
    mark = _MARKED.search(text)
    plain = _MARKED.sub(r"\1", text)
    return Example(plain, (mark.start(), mark.start() + len(mark[1])) if mark else None)


def read_ontology(path: Path) -> OwnOntology:
    """Read a YAML codebook. ``UsageError`` says what is wrong in it, where, and what to do."""
    try:
        found = msgspec.yaml.decode(path.read_bytes(), type=OwnOntology)
    except OSError as error:
        raise UsageError(f"cannot read it ({error.strerror})", where=str(path), remedy="Give a YAML file.") from error
    except (msgspec.ValidationError, msgspec.DecodeError, ValueError) as error:
        raise UsageError(
            str(error), where=str(path), remedy="It needs a name, and types with a name and examples each."
        ) from error
    for wrong, remedy in _faults(found):
        raise UsageError(wrong, where=str(path), remedy=remedy)
    return found


def _faults(ontology: OwnOntology) -> list[tuple[str, str]]:
    faults = []
    if not _NAME.fullmatch(ontology.name):
        faults.append((f"name {ontology.name!r} cannot name a folder", "Use small letters, digits, - and _."))
    if not ontology.types:
        faults.append(("no types", "List at least one type with examples."))
    names = [kind.name for kind in ontology.types]
    faults += [(f"type {name!r} is there twice", "Give each type its own name.") for name in _twice(names)]
    for kind in ontology.types:
        if len(kind.examples) < FEWEST_EXAMPLES:
            few = f"type {kind.name!r} has {len(kind.examples)} examples"
            faults.append((few, f"Give at least {FEWEST_EXAMPLES}; ten to fifty work well."))
        if kind.parent is not None and kind.parent not in plover().types:
            wrong = f"type {kind.name!r} has the parent {kind.parent!r}"
            faults.append((wrong, f"A parent is one of {', '.join(plover().types)}."))
    return faults


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def digest(ontology: OwnOntology) -> str:
    """A short hash of all that the ontology says; it names what was learnt in a run."""
    return hashlib.sha256(msgspec.json.encode(ontology, order="sorted")).hexdigest()[:12]


def as_plain(ontology: OwnOntology) -> dict[str, Any]:
    """The ontology as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(ontology)
    return plain
