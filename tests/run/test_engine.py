"""Workers and batch size never change a byte; a fault costs one report; a second run changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesta.coder import Coder
from gesta.exchange.jsonl import write_jsonl
from gesta.records import Quarantined, Record, Report
from gesta.run import code_into, code_reports
from gesta.settings import CodeSettings, RunSettings
from gesta.store import EventFilter, Store

SETTINGS = CodeSettings()


def exported(folder: Path, samples: list[Report], coder: Coder, run: RunSettings) -> bytes:
    store = Store.open_or_create(folder)
    code_into(store, iter(samples), SETTINGS, run, model=coder.run.model)
    out = folder.parent / f"{folder.name}.jsonl"
    write_jsonl(store, EventFilter(modality="all"), out, without_text=False)
    return out.read_bytes()


def test_workers_and_batches_never_change_a_byte(tmp_path: Path, samples: list[Report], coder: Coder) -> None:
    one = exported(tmp_path / "one", samples, coder, RunSettings(workers=1, batch=64))
    assert one.count(b"\n") > 50
    assert exported(tmp_path / "two", samples, coder, RunSettings(workers=2, batch=5)) == one
    assert exported(tmp_path / "three", samples, coder, RunSettings(workers=1, batch=1)) == one


def test_coding_again_changes_nothing(tmp_path: Path, samples: list[Report], coder: Coder) -> None:
    store = Store.create(tmp_path / "record")
    first = code_into(store, iter(samples), SETTINGS, RunSettings(), model=coder.run.model)
    before = sorted(p.name for p in (tmp_path / "record").rglob("*") if p.is_file())
    again = code_into(Store.open(tmp_path / "record"), iter(samples), SETTINGS, RunSettings(), model=coder.run.model)
    assert first.coded == len(samples)
    assert (again.coded, again.known) == (0, len(samples))
    assert sorted(p.name for p in (tmp_path / "record").rglob("*") if p.is_file()) == before


def test_a_fault_costs_one_report(samples: list[Report], coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = coder.code

    def broken(report: Report) -> Record:
        if report is samples[1]:
            raise RuntimeError("no such luck")
        return whole(report)

    monkeypatch.setattr(coder, "code", broken)
    results = [r for batch in code_reports(samples[:3], SETTINGS, RunSettings(), coder=coder) for r in batch]
    assert [type(r) for r in results] == [Record, Quarantined, Record]
    assert "no such luck" in results[1].reason  # type: ignore[union-attr]
