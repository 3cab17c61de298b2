"""Linking: what depends on the reports must not depend on the order in which they came."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from benchmarks.linking import RUN, World
from gesta.annotate.model import load_model
from gesta.errors import UsageError
from gesta.link.linking import link, version
from gesta.records import Cause, Change, Incident, Record
from gesta.store import IncidentFilter, Store

EVERY = IncidentFilter(modality="all")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Some forty reports on happenings of which most are told by several."""
    return list(World(120).records())


def linked(folder: Path, batches: Sequence[Sequence[Record]], *, often: bool = True) -> Store:
    """A record of these batches, linked after each or at the end."""
    store = Store.create(folder)
    for batch in batches:
        store.add(batch, run=RUN)
        if often:
            link(store, load_model())
    if not often:
        link(store, load_model())
    return store


def shown(store: Store) -> list[Incident]:
    return sorted(store.incidents(EVERY), key=lambda incident: incident.id)


def log(store: Store) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in store.query("SELECT kind, incident FROM changes ORDER BY commit, position")]


def test_incidents_do_not_depend_on_the_order_of_arrival(tmp_path: Path, records: list[Record]) -> None:
    wanted = shown(linked(tmp_path / "once", [records], often=False))
    assert any(incident.reports > 2 for incident in wanted)
    for seed in (1, 2):
        mixed = records.copy()
        random.Random(seed).shuffle(mixed)
        cut = sorted(random.Random(seed).sample(range(1, len(mixed)), 4))
        batches = [mixed[a:b] for a, b in zip([0, *cut], [*cut, len(mixed)], strict=True)]
        assert shown(linked(tmp_path / f"often{seed}", batches)) == wanted


def test_every_event_that_is_told_belongs_to_one_incident(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:20], records[20:]])
    told = sorted(event.id for record in records for event in record.events)
    assert sorted(event for incident in shown(store) for event in incident.events) == told
    assert sorted(event for (event,) in store.query("SELECT event FROM tellings")) == told


def test_linking_again_changes_nothing(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:10]])
    files = sorted(tmp_path.rglob("*"))
    done = link(store, load_model())
    assert (done.reports, done.changes) == (0, 0)
    assert done.incidents == len(shown(store))
    assert sorted(tmp_path.rglob("*")) == files


def test_events_themselves_never_change(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records])
    assert {e.id: e for e in store.events()} == {e.id: e for record in records for e in record.events}


def test_the_log_tells_what_joined_and_why(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:20], records[20:]])
    kinds = {kind for kind, _ in log(store)}
    assert {"new", "joined"} <= kinds
    rows = store.query("SELECT incident, events, reason FROM changes WHERE kind = 'joined'")
    now = {incident.id: set(incident.events) for incident in shown(store)}
    for incident, events, reason in rows:
        assert set(events) <= now[store.incident(incident).id]
        assert "likely one with event" in reason


def test_an_id_that_was_given_up_leads_on(tmp_path: Path, records: list[Record]) -> None:
    """Reports that come in backwards give incidents earlier first events, and so other ids."""
    by_day = sorted(records, key=lambda record: (record.report.published, record.report.id), reverse=True)  # type: ignore[return-value,arg-type]
    store = linked(tmp_path, [by_day[:20], by_day[20:]])
    given_up = [row[0] for row in store.query("SELECT incident FROM changes WHERE kind = 'renamed'")]
    assert given_up
    for identity in given_up:
        assert store.incident(identity).id != identity
    with pytest.raises(UsageError):
        store.incident("i0nobody")


def test_what_a_newer_version_tells_no_more_is_withdrawn(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:20]])
    old = records[0]
    newer = msgspec.structs.replace(
        old.report, text=old.report.text + " Corrected.", id="r0newer", revises=old.report.id
    )
    store.add([Record(report=newer)], run=RUN)
    link(store, load_model())
    left = {event for incident in shown(store) for event in incident.events}
    assert left.isdisjoint(event.id for event in old.events)
    assert {"withdrawn"} <= {kind for kind, _ in log(store)}
    assert [shown(store)] == [shown(linked(tmp_path / "anew", [records[1:20]]))]


def test_a_report_coded_again_is_linked_again(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:20]])
    again = msgspec.structs.replace(RUN, id="again")
    changed = msgspec.structs.replace(records[3], events=records[3].events[:1], imprints=records[3].imprints[:1])
    store.add([changed], run=again)
    link(store, load_model())
    batch = [changed if record is records[3] else record for record in records[:20]]
    assert shown(store) == shown(linked(tmp_path / "anew", [batch]))


def test_changes_are_records_of_their_own(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:10]])
    row = store.query("SELECT id, kind, incident, others, events, reason FROM changes LIMIT 1")[0]
    assert (
        Change(id=row[0], kind=row[1], incident=row[2], others=tuple(row[3]), events=tuple(row[4]), reason=row[5]).kind
        == "new"
    )


def test_a_record_without_events_has_no_incidents(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    assert list(store.incidents()) == [] and store.unlinked() == 0
    assert link(store, load_model()).incidents == 0


def test_merging_parts_keeps_incidents_and_what_was_linked(tmp_path: Path, records: list[Record]) -> None:
    store = linked(tmp_path, [records[:10], records[10:20]])
    before = shown(store)
    assert store.compact().merged > 0
    assert shown(store) == before and store.unlinked() == 0
    store.add(records[20:], run=RUN)
    link(store, load_model())
    assert shown(store) == shown(linked(tmp_path / "anew", [records]))


def test_what_answers_an_act_is_never_one_with_it(tmp_path: Path, records: list[Record]) -> None:
    """However alike other reports find the two: a report says that one answers the other."""
    store = linked(tmp_path / "alike", [records])
    found = next(i for i in shown(store) if i.reports > 2)
    a, b = found.events[0], found.events[-1]
    report = next(record for record in records if b in {event.id for event in record.events})
    assert a not in {event.id for event in report.events}
    own = [event.id for event in report.events]
    cause = Cause(id="k1", report=report.report.id, effect=own[0], cause=own[2], effect_span=(0, 1), cause_span=(0, 1))
    changed = [msgspec.structs.replace(r, causes=(cause,)) if r is report else r for r in records]
    again = linked(tmp_path / "apart", [changed])
    assert not any({own[0], own[2]} <= set(incident.events) for incident in shown(again))
    assert again.query("SELECT count(*) FROM causes") == [(1,)]


def test_the_linker_is_named_by_all_that_shapes_its_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = load_model().linking
    named = version(weights)
    assert version(dict(reversed(weights.items()))) == named
    assert version(weights | {"pairs": weights["pairs"] + 1}) != named
    monkeypatch.setattr("gesta.link.linking._READ", ("traces.sql",))
    assert version(weights) != named
