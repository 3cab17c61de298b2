"""The casebook: every line fits the schema and the checker, and the checker's codes are the ontology's."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema

from gesta.ontology import plover
from gesta.records import MODALITIES, TIE_RELATIONS, Report

CASEBOOK = Path(__file__).resolve().parent.parent / "casebook"
CHECK = runpy.run_path(str(CASEBOOK / "check.py"))
BUILD = runpy.run_path(str(CASEBOOK / "build.py"))


def test_every_line_fits_the_schema_and_the_rules() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((CASEBOOK / "schema.json").read_text()))
    batches = sorted(CASEBOOK.glob("b*.jsonl"))
    assert len(batches) >= 9
    for path in batches:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            record = json.loads(line)
            assert not [e.message for e in validator.iter_errors(record)], f"{path.name}:{number}"
            assert CHECK["faults"](record) == [], f"{path.name}:{number}"


def test_every_pair_of_names_fits_the_schema_and_the_rules() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((CASEBOOK / "names.schema.json").read_text()))
    rows = [json.loads(line) for line in (CASEBOOK / "names.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 2 * sum(row["same"] for row in rows) == 540
    assert 0.25 < sum(row["held_out"] for row in rows) / len(rows) < 0.42
    for row in rows:
        assert not [e.message for e in validator.iter_errors(row)], row["id"]
    problems: list[str] = []
    assert CHECK["check_pairs"](problems) == 540 and not problems


def test_the_checker_finds_faults_of_pairs() -> None:
    row = {"id": "n0001", "a": "Ann Lee", "b": "Lee", "same": True, "scope": "report", "kind": "person"}
    held = CHECK["pair_faults"](row | {"why": "surname", "held_out": True})
    assert len(held + CHECK["pair_faults"](row | {"why": "surname", "held_out": False})) == 1
    assert len(CHECK["pair_faults"](row | {"held_out": False})) == 1
    assert len(CHECK["pair_faults"](row | {"why": " ", "held_out": 1})) >= 1
    assert len(CHECK["pair_faults"](row | {"why": "x", "scope": "all", "held_out": bool(not held)})) >= 1


def test_every_labelled_tie_fits_the_schema_and_its_text() -> None:
    schema = json.loads((CASEBOOK / "ties.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    relations = schema["properties"]["ties"]["items"]["properties"]["relation"]["enum"]
    assert tuple(relations) == TIE_RELATIONS
    records = [json.loads(line) for line in (CASEBOOK / "ties.jsonl").read_text(encoding="utf-8").splitlines()]
    for record in records:
        assert not [e.message for e in validator.iter_errors(record)], record["id"]
        for tie in record["ties"]:
            for start, end in (tie["actor"], tie["other"]):
                words = record["text"][start:end]
                assert words, record["id"]
                assert words == words.strip(), record["id"]
    assert len({record["text"] for record in records}) == len(records)
    assert sum(bool(record["ties"]) for record in records) >= 240
    assert sum(not record["ties"] for record in records) >= 80
    assert {tie["relation"] for record in records for tie in record["ties"]} == set(TIE_RELATIONS)


def test_every_labelled_claim_fits_the_schema_and_its_text() -> None:
    schema = json.loads((CASEBOOK / "claims.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    records = [json.loads(line) for line in (CASEBOOK / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    for record in records:
        assert not [e.message for e in validator.iter_errors(record)], record["id"]
        spans = list(record["loaded"])
        for claim in record["claims"]:
            spans += [*claim["content"], *(claim["cue"] or ()), *claim["loaded"]]
            spans += [claim["speaker"]] if claim["speaker"] else []
        for start, end in spans:
            assert record["text"][start:end].strip(), record["id"]
    assert len({record["id"] for record in records}) == len(records)
    assert sum(record["held_out"] for record in records) == 160


def test_every_labelled_response_fits_the_schema_and_its_text() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((CASEBOOK / "responses.schema.json").read_text()))
    records = [json.loads(line) for line in (CASEBOOK / "responses.jsonl").read_text(encoding="utf-8").splitlines()]
    for record in records:
        assert not [e.message for e in validator.iter_errors(record)], record["id"]
        for told in record["responses"]:
            for start, end in (*told["answer"], *told["cause"], *([told["cue"]] if told["cue"] else ())):
                assert record["text"][start:end].strip() == record["text"][start:end] != "", record["id"]
            assert not {tuple(span) for span in told["answer"]} & {tuple(span) for span in told["cause"]}, record["id"]
    assert len({record["id"] for record in records}) == len({record["text"] for record in records}) == len(records)
    assert sum(record["held_out"] for record in records) == 259
    assert sum(not record["responses"] for record in records) == 160


def test_the_checker_knows_the_ontology() -> None:
    assert {name: frozenset(plover().modes(name)) for name in plover().types} == CHECK["MODES"]
    assert frozenset(plover().contexts) == CHECK["CONTEXTS"]
    assert frozenset(plover().sectors) == CHECK["SECTORS"]
    assert frozenset(MODALITIES) == CHECK["MODALITIES"]


def test_the_checker_finds_faults() -> None:
    draft = {
        "text": "Rebels shelled Kidal.",
        "events": [{"id": "e1", "trigger": "shelled", "type": "ASSAULT", "modality": "happened", "modes": ["aerial"]}],
    }
    record = BUILD["build"](draft, batch="b99", number=1)
    assert CHECK["faults"](record) == []
    record["events"][0]["modes"] = ["by-sea"]
    record["events"][0]["within"] = "e7"
    record["events"][0]["trigger"] = [7, 8]
    record["events"][0]["time"] = [6, 14]
    assert len(CHECK["faults"](record)) == 3


def test_a_mention_that_stands_twice_must_say_which() -> None:
    text = "Rebels met rebels in Goma, and rebels left."
    assert BUILD["locate"](text, "rebels#2") == [31, 37]
    for mention in ("rebels", "rebel", "rebels#3"):
        try:
            BUILD["locate"](text, mention)
        except ValueError:
            continue
        raise AssertionError(mention)


def _lines(name: str) -> list[dict[str, Any]]:
    """The lines of a file of the casebook, each checked by its schema."""
    validator = jsonschema.Draft202012Validator(json.loads((CASEBOOK / f"{name}.schema.json").read_text()))
    rows = [json.loads(line) for line in (CASEBOOK / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        assert not [e.message for e in validator.iter_errors(row)], row["id"]
    return rows


def test_every_happening_is_told_and_worlds_are_held_out_as_wholes() -> None:
    happenings, reports = _lines("happenings"), _lines("reports")
    held = {h["id"]: h["held_out"] for h in happenings}
    assert len(held) == len(happenings) >= 60 and len(reports) >= 300
    worlds = {h["world"]: {o["held_out"] for o in happenings if o["world"] == h["world"]} for h in happenings}
    assert all(len(parts) == 1 for parts in worlds.values())
    assert 0.25 < sum(held.values()) / len(held) < 0.42
    told = {m["happening"] for report in reports for m in report["mentions"]}
    assert told == set(held)
    for report in reports:
        assert len({held[m["happening"]] for m in report["mentions"]}) == 1, report["id"]


def test_every_mention_is_a_word_and_every_copy_has_its_source() -> None:
    reports = {row["id"]: row for row in _lines("reports")}
    for row in reports.values():
        text = Report.of(row["body"], title=row["title"]).text
        for mention in row["mentions"]:
            start, end = mention["span"]
            words = text[start:end]
            assert words and words == words.strip() and not text[end : end + 1].isalnum(), row["id"]
        assert (row["copy_of"] is None) == (row["copy_kind"] is None), row["id"]
        if row["copy_of"] is not None:
            source = reports[row["copy_of"]]
            assert source["published"] <= row["published"] and source["publisher"] != row["publisher"], row["id"]
