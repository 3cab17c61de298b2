"""Write docs/codebook.md from the ontology's tables and the casebook: python docs/make_codebook.py"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesta.ontology import plover

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "codebook.md"
#: The examples come from batches that are trained on, so that the page gives nothing of the held-out ones away.
HELD_OUT = {"b05", "b10", "b11", "b17", "b20"}
SHORTEST, LONGEST = 50, 170

MODALITIES = {
    "happened": "told as done, also when attributed to someone",
    "ongoing": "under way as the report is written",
    "planned": "the doer's settled future act",
    "threatened": "future harm used as pressure",
    "demanded": "what is asked for or ordered",
    "alleged": "told only as the content of an accusation, or of a claim that the text itself doubts",
    "denied": "said not to have happened, or refused",
    "conditional": "hangs on an “if”, or is contrary to fact",
    "predicted": "foreseen, by someone other than the doer",
    "general": "habit, rule or ability; no occasion",
}

Event = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """A casebook sentence with one of its events."""

    text: str
    event: Event
    events: list[Event]

    def words(self, span: list[int]) -> str:
        return self.text[span[0] : span[1]]

    def shown(self) -> str:
        """The sentence with its trigger in bold, and who did it to whom."""
        start, end = self.event["trigger"]
        marked = f"{self.text[:start]}**{self.text[start:end]}**{self.text[end:]}"
        sides = [" and ".join(self.words(p["span"]) for p in self.event[side]) for side in ("sources", "targets")]
        who = f"{sides[0] or 'no source told'} → {sides[1]}" if sides[1] else sides[0] or "no source told"
        return f"{marked} *({who})*"


def examples() -> list[Example]:
    """Every labelled event of middling length, the plainest sentences first."""
    found = []
    for path in sorted((ROOT / "casebook").glob("b*.jsonl")):
        if path.stem in HELD_OUT:
            continue
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if SHORTEST <= len(record["text"]) <= LONGEST:
                found += [Example(record["text"], event, record["events"]) for event in record["events"]]
    return sorted(found, key=lambda e: (len(e.events), abs(len(e.text) - 95), e.text))


def chosen(pool: list[Example], used: set[str], n: int, wanted: Callable[[Example], bool]) -> Iterator[Example]:
    """The first ``n`` that are wanted, no sentence twice on the page."""
    for example in pool:
        if n and wanted(example) and example.text not in used:
            used.add(example.text)
            n -= 1
            yield example


def _whole(example: Example) -> bool:
    return bool(example.event["sources"] and example.event["targets"])


def _types(pool: list[Example], used: set[str]) -> Iterator[str]:
    tables = plover()
    for name, kind in tables.types.items():
        yield f"### {name}\n"
        yield f"{kind.definition} {kind.note}".strip() + "\n"
        yield f"Quad class {kind.quad}, {tables.quads[kind.quad]}; intensity {kind.score}; CAMEO root {kind.cameo_root}.\n"

        def told(example: Example, name: str = name) -> bool:
            return example.event["type"] == name and example.event["modality"] == "happened" and _whole(example)

        yield from (f"- {example.shown()}" for example in chosen(pool, used, 3, told))
        if kind.modes:
            yield "\n| mode | intensity | | example |\n|---|---|---|---|"
        for mode in kind.modes.values():
            own = next(chosen(pool, used, 1, lambda e, m=mode: _is(e, m.type, m.name)), None)
            score = "" if mode.score is None else mode.score
            yield f"| {mode.name} | {score} | {mode.definition} | {own.shown() if own else ''} |"
        yield ""


def _is(example: Example, kind: str, mode: str) -> bool:
    return example.event["type"] == kind and example.event["modes"] == [mode]


def _modalities(pool: list[Example], used: set[str]) -> Iterator[str]:
    for name, meaning in MODALITIES.items():
        counts = "counted" if name in {"happened", "ongoing"} else "not counted"
        yield f"\n**{name}**: {meaning}; {counts}.\n"
        found = chosen(pool, used, 2, lambda e, n=name: e.event["modality"] == n and bool(e.event["sources"]))
        for example in found:
            outer = next((e for e in example.events if e["id"] == example.event["within"]), None)
            inside = f", inside {outer['type']} “{example.words(outer['trigger'])}”" if outer else ""
            yield f"- {example.event['type']}{inside}: {example.shown()}"


def page() -> str:
    """The page's text."""
    pool, used = examples(), set[str]()
    lines = [
        "# What is coded as what",
        "",
        "Made by `python docs/make_codebook.py` from the ontology's tables and the [casebook](../casebook/README.md); do not",
        "edit by hand. The codes are PLOVER 2.0's (Open Event Data Alliance); wording and examples are ours.",
        "",
        "An **event**: on some occasion an actor with a public role does or says something to, with or about another. One act",
        "is one event, however many words tell it. Sport, markets, weather, accidents, biography, fiction, metaphor, general",
        "statements and plain comment are none; private crime is none, but its arrests and verdicts are. A **speech act and",
        "its content** are two events: “vowed to bomb the port” is a THREATEN that happened, and within it an ASSAULT that is",
        "threatened. Only events that happened or are going on are counted.",
        "",
        "The trigger is in bold; source and target follow the sentence.",
        "",
        "## Types and modes",
        "",
        *_types(pool, used),
        "## Modality",
        *_modalities(pool, used),
        "",
        "## Contexts",
        "",
        "What an event is about; none, one or several.",
        "",
        "| context | |",
        "|---|---|",
        *(f"| {context.name} | {context.definition} |" for context in plover().contexts.values()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
