from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from spacy.tokens import Doc

from gesta.errors import UsageError
from gesta.evaluate import actors
from gesta.evaluate.score_pairs import part_of
from gesta.records import Actor, Event, Evidence, Participant, Record, Report, Span

MakeReader = Callable[[Callable[[Doc], None]], SimpleNamespace]

TEXT = "Kenyan police arrested farmers in Mopti."
HEADS = [1, 2, 2, 2, 5, 2, 2]


def tree(doc: Doc) -> None:
    for token, head, pos in zip(doc, HEADS, ["ADJ", "NOUN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"], strict=True):
        token.head, token.dep_, token.pos_ = doc[head], "dep", pos


def span(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


def who(words: str, country: list[str], sectors: list[str]) -> dict[str, Any]:
    return {"span": span(words), "country": country, "sectors": sectors}


def batch(path: Path, source: dict[str, Any], target: dict[str, Any]) -> Path:
    event = {
        "id": "e1",
        "trigger": span("arrested"),
        "type": "COERCE",
        "modality": "happened",
        "modes": [],
        "contexts": [],
    }
    line = {"text": TEXT, "negative": None, "events": [{**event, "sources": [source], "targets": [target]}]}
    path.write_text(json.dumps(line) + "\nno json\n", encoding="utf-8")
    return path


@pytest.fixture
def coder(reader: MakeReader) -> SimpleNamespace:
    """Codes the police rightly, and the farmers as Mali's soldiers."""
    coder = reader(tree)
    start, end = span("arrested")
    event = Event(
        id="e", report="r", type="COERCE", modality="happened",
        sources=(Participant(actor="p", text="Kenyan police", span=span("Kenyan police")),),
        targets=(Participant(actor="f", text="farmers in Mopti", span=span("farmers in Mopti")),),
        evidence=(Evidence(field="trigger", start=start, end=end),),
    )  # fmt: skip
    held = (
        Actor(id="p", name="Kenya (police)", kind="state", country="KEN", sectors=("COP",)),
        Actor(id="f", name="farmers", kind="people", country="MLI", sectors=("MIL",)),
    )
    coder.code = lambda report: Record(report=Report(text=report.text), events=(event,), actors=held)
    return coder


def test_country_and_first_sector_of_what_was_coded_and_of_the_words_given(
    tmp_path: Path, coder: SimpleNamespace
) -> None:
    path = batch(
        tmp_path / "b.jsonl", who("Kenyan police", ["KEN"], ["COP"]), who("farmers", ["MLI", "NER"], ["AGR", "OPP"])
    )
    score = actors(path, coder=coder)
    assert score.figures["country"] == 1.0 and score.figures["primary sector"] == score.figures["both"] == 0.5
    # The words alone tell the farmers' trade; the country beside them is another's.
    assert score.figures["primary sector, words given"] == 1.0 and score.figures["country, words given"] == 0.5
    assert score.counts == {"texts": 1, "labelled participants": 2, "of which coded": 2, "lines left out": 1}
    rows = {(row.group, row.name): row for row in score.rows}
    assert rows["sector", "AGR"].f1 == 1.0 and rows["country", "KEN"].correct == 1


def test_no_country_is_right_where_none_is_labelled(tmp_path: Path, coder: SimpleNamespace) -> None:
    path = batch(tmp_path / "b.jsonl", who("Kenyan police", [], []), who("farmers", [], ["AGR"]))
    assert actors(path, coder=coder).figures["country"] == 0.0
    record = coder.code(Report(text=TEXT))
    unknown = tuple(Actor(id=one.id, name=one.name, kind=one.kind) for one in record.actors)
    coder.code = lambda report: Record(report=record.report, events=record.events, actors=unknown)
    assert actors(path, coder=coder).figures["country"] == 1.0


def pair(a: str, b: str, *, same: bool, scope: str = "reports", held_out: bool = False) -> dict[str, Any]:
    return {
        "id": a,
        "a": a,
        "b": b,
        "same": same,
        "scope": scope,
        "kind": "person",
        "why": "test",
        "held_out": held_out,
    }


def test_pairs_of_names_are_known_by_what_the_file_holds(tmp_path: Path, coder: SimpleNamespace) -> None:
    rows = [
        pair("Sergey Talin", "Sergei Talin", same=True),
        pair("Ann Talin", "Talin", same=True, scope="report"),
        pair("Ann Talin", "Ben Talin", same=False),
        pair("Moe", "Ann Talin", same=True, held_out=True),
        {"a": "x", "b": "", "same": True},
    ]
    path = tmp_path / "names.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    score = actors(path, coder=coder)
    assert (score.figures["precision"], score.figures["recall"]) == (1.0, pytest.approx(2 / 3))
    assert (
        score.counts["pairs"] == 4 and score.counts["traps sharing a key"] == 0 and score.counts["lines left out"] == 1
    )
    assert actors(path, coder=coder, part="open").figures["F1"] == 1.0
    assert actors(path, coder=coder, part="held-out").figures["F1"] == 0.0
    assert score.figures["key recall"] == 0.5


def test_misuse_is_said(tmp_path: Path, coder: SimpleNamespace) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    for path in (tmp_path / "none.jsonl", tmp_path / "empty.jsonl"):
        with pytest.raises(UsageError):
            actors(path, coder=coder)
    with pytest.raises(UsageError):
        part_of("most")
