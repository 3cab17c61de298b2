"""How the incidents of a chain are laid out: in which order, in which lane, how far down, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

from gesta.analyse.pictures.sheet import folded, number
from gesta.records import COUNTED, Incident, Response

#: Lanes by party; if there are more, lanes by country; what is beyond the most shares the last one.
_PARTIES, _MOST, _OTHERS = 4, 5, "others"
#: Inches: a line of a label, what lies between two rows, and how far a node's middle stands in its lane.
LINE, _BETWEEN, NODE = 0.14, 0.2, 0.16
#: Letters of small type in an inch, wide ones reckoned with.
LETTERS = 15.5


@dataclass(frozen=True, slots=True)
class Row:
    """One incident as it is placed: its number, its lane, the inches from the top to its node, and its label."""

    incident: Incident
    number: int
    lane: int
    down: float
    lines: tuple[tuple[str, bool], ...]
    """Lines and whether they are of the second rank."""


def in_order(incidents: Sequence[Incident], responses: Sequence[Response]) -> list[Incident]:
    """By day, those of no known day last; on one day what is answered comes before its answer."""
    days = {one.id: one.agreed.start or one.agreed.end or date.max for one in incidents}
    links = {(one.cause, one.answer) for one in responses if days.get(one.cause) == days.get(one.answer, date.min)}
    ranks = dict.fromkeys(days, 0)
    # As many rounds as there are incidents: enough for the longest chain, and an end if they answer in a ring.
    for _ in days:
        later = {answer: ranks[cause] + 1 for cause, answer in sorted(links) if ranks[answer] <= ranks[cause]}
        if not later:
            break
        ranks.update(later)
    return sorted(incidents, key=lambda one: (days[one.id], ranks[one.id], one.first or date.max, one.id))


def lanes_of(incidents: Sequence[Incident]) -> list[str]:
    """Return the name of each incident's lane: who acted, or the country where there are many who acted."""
    names = [" and ".join(party.name for party in one.agreed.sources) or "not told" for one in incidents]
    if len(set(names)) > _PARTIES:
        names = [
            " and ".join(dict.fromkeys(party.country or party.name for party in one.agreed.sources)) or "not told"
            for one in incidents
        ]
    kept = list(dict.fromkeys(names))
    if len(kept) > _MOST:
        kept = kept[: _MOST - 1]
    return [name if name in kept else _OTHERS for name in names]


def words_of(incidents: Sequence[Incident], lanes: Sequence[str], held: Sequence[Response]) -> dict[str, list[str]]:
    """Return for each incident who did it, if its lane does not tell, and what it answers."""
    numbers = {one.id: at + 1 for at, one in enumerate(incidents)}
    said = {
        one.id: ["by " + " and ".join(party.name for party in one.agreed.sources)] if lane == _OTHERS else []
        for one, lane in zip(incidents, lanes, strict=True)
    }
    for one in held:
        lag = "" if one.lag is None else f", {number(one.lag, 'day')} after" if one.lag else ", the same day"
        basis = f"stated: “{one.cue}”" if one.cue and one.basis == "stated" else one.basis
        said[one.answer].append(f"answers {numbers[one.cause]} ({basis}{lag})")
    return said


def rows_of(incidents: Sequence[Incident], lanes: Sequence[int], words: dict[str, list[str]], lane: float) -> list[Row]:
    """Place incidents below one another, a little farther apart where more days lie between."""
    rows: list[Row] = []
    for at, incident in enumerate(incidents):
        lines = _label(incident, words.get(incident.id, []), (lane - 2.2 * NODE) * LETTERS)
        down = 0.1
        if rows:
            down = rows[-1].down + tall(rows[-1]) + _BETWEEN + _apart(rows[-1].incident, incident)
        rows.append(Row(incident, at + 1, lanes[at], down, lines))
    return rows


def tall(row: Row) -> float:
    return len(row.lines) * LINE


def _apart(one: Incident, other: Incident) -> float:
    """Inches more between two incidents for the days between them."""
    first, second = one.agreed.start, other.agreed.start
    return min(0.25, 0.05 * log2(1 + max(0, (second - first).days))) if first and second else 0.0


def _label(incident: Incident, words: Sequence[str], letters: float) -> tuple[tuple[str, bool], ...]:
    agreed = incident.agreed
    kind = agreed.type + (f"/{agreed.modes[0]}" if agreed.modes else "")
    if agreed.modality not in COUNTED:
        kind += f" ({agreed.modality})"
    target = " and ".join(party.name for party in agreed.targets)
    first = [f"{kind} → {target}" if target else kind]
    where = agreed.place.name if agreed.place else ""
    tolls = ", ".join(f"{_range(one.low, one.high)} {one.kind}" for one in agreed.tolls)
    second = [part for part in (", ".join(filter(None, (where, tolls))), *words) if part]
    if incident.contested:
        second.append("contested: " + ", ".join(dict.fromkeys(one.field for one in incident.contested)))
    return tuple(
        (line, later) for texts, later in ((first, False), (second, True)) for text in texts
        for line in folded(text, letters)
    )  # fmt: skip


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
