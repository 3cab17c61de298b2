"""What goes into a record comes out of it unchanged, and only once."""

from __future__ import annotations

import hashlib
import json
import pickle
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect
from msgspec.structs import replace
from store_samples import RECODED, RUN, make_event, make_record, shown

from gesta.errors import StoreError, UsageError
from gesta.records import Event, Quarantined, Record, Report, Run
from gesta.store import Store
from gesta.store.columns import TABLES

_WORDS = st.text(max_size=12)


def values(info: inspect.Type) -> st.SearchStrategy[Any]:
    """Any value that a field of this type may hold."""
    scalars: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
        inspect.StrType: _WORDS,
        inspect.IntType: st.integers(-(2**63), 2**63 - 1),
        inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
        inspect.BoolType: st.booleans(),
        inspect.DateType: st.dates(),
        inspect.NoneType: st.none(),
        inspect.DictType: st.dictionaries(_WORDS, st.none() | _WORDS | st.lists(st.integers(0, 9)), max_size=2),
    }
    if type(info) in scalars:
        return scalars[type(info)]
    if isinstance(info, inspect.LiteralType):
        return st.sampled_from(sorted(info.values))
    if isinstance(info, inspect.UnionType):
        return st.one_of(*map(values, info.types))
    if isinstance(info, inspect.TupleType):
        return st.tuples(*map(values, info.item_types))
    if isinstance(info, inspect.VarTupleType):
        return st.lists(values(info.item_type), max_size=2).map(tuple)
    assert isinstance(info, inspect.StructType), info
    return st.builds(info.cls, **{field.name: values(field.type) for field in info.fields})


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record that is consistent in itself: its rows name its report."""
    record = draw(RECORDS)
    report = Report(
        text=draw(st.text(min_size=1, max_size=60)), url=f"u{draw(st.integers(0, 2**60))}", title=draw(_WORDS)
    )
    rows = {
        name: tuple(replace(row, report=report.id) for row in getattr(record, name))
        for name in ("claims", "ties", "loaded", "causes", "imprints")
    }
    events = tuple(replace(event, report=report.id, run=RUN.id) for event in record.events)
    return replace(record, report=report, events=events, **rows)


RECORDS = st.builds(
    Record,
    report=st.just(Report(text="any")),
    **{f.name: values(f.type) for f in inspect.type_info(Record).fields if f.name != "report"},
)
#: Written by linking alone.
LINKED = {"pairs", "copies", "incidents", "acts", "changes", "linkings"}
RUNS = values(inspect.type_info(Run))
ENTRIES = values(inspect.type_info(Quarantined))


def test_record_with_everything_comes_back(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "record")
    wanted = make_record(1)
    store.add([wanted], run=RUN)
    assert Store.open(tmp_path / "record").record(wanted.report.id) == wanted
    assert store.report(wanted.report.id) == wanted.report
    assert store.event(wanted.events[1].id) == wanted.events[1]
    assert list(store.events()) == list(wanted.events)
    assert list(store.reports([wanted.report.id, "r0"])) == [wanted.report]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(records(), max_size=3, unique_by=lambda record: record.report.id))
def test_any_record_comes_back(wanted: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(folder)
        store.add(wanted, run=RUN)
        for record in wanted:
            assert store.record(record.report.id) == record
        assert {report.id for report in store.reports()} == {record.report.id for record in wanted}


@settings(max_examples=8, deadline=None)
@given(RUNS, st.lists(ENTRIES, max_size=3))
def test_any_run_and_quarantined_input_come_back(run: Run, entries: list[Quarantined]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(folder)
        store.add([make_record(1)], run=run, quarantined=entries)
        assert store.runs() == (run,)
        keys = {(entry.origin, entry.reason, entry.line, entry.field) for entry in entries}
        assert {(entry.origin, entry.reason, entry.line, entry.field) for entry in store.quarantined()} == keys


def test_long_and_odd_texts_come_back(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    texts = ["x" * 20_000_000, "\U0001f600 \u00e9 \u2028 \" \\ ' {} null", "null", "NaN", "2020-01-01", "\ufeff,\n\n;"]
    wanted = [Record(report=Report(text=text, title="\x00\x01", origin=f"{n}'\"")) for n, text in enumerate(texts)]
    store.add(wanted, run=RUN)
    assert [store.record(record.report.id) for record in wanted] == wanted


def test_file_names_that_are_no_utf8_are_spelled_out(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    store.add([make_record(1, origin=name)], run=RUN, quarantined=[Quarantined(origin=name, reason="torn")])
    assert store.query("SELECT origin FROM reports UNION SELECT origin FROM quarantine") == [("caf\\udce9.txt",)]


def test_days_far_back_come_back(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    wanted = make_record(1, published=date(1, 1, 1))
    store.add([wanted], run=RUN)
    assert store.report(wanted.report.id).published == date(1, 1, 1)


def test_same_twice_changes_nothing(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    records, entry = [make_record(n) for n in range(3)], Quarantined(origin="a.bin", reason="not a text")
    store.add([*records, records[0]], run=RUN, quarantined=[entry, entry])
    before = sorted(tmp_path.rglob("*"))
    for again in (store, Store.open(tmp_path)):
        again.add(records[::-1], run=RUN, quarantined=[entry])
        again.add([], run=RUN)
        assert sorted(tmp_path.rglob("*")) == before
    assert store.coded(RUN.id) == {record.report.id for record in records}
    assert store.coded("none") == frozenset()
    assert store.summary().quarantined == {"not a text": 1}


def test_later_run_wins_and_nothing_is_deleted(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    old, new, other = make_record(1), make_record(1, events=1, run=RECODED), make_record(2)
    store.add([old, other], run=RUN)
    store.add([new], run=RECODED)
    report = old.report.id
    assert store.record(report) == new
    assert {event.run for event in store.events()} == {RUN.id, RECODED.id}
    assert store.coded(RUN.id) == {other.report.id}
    assert store.coded(RECODED.id) == {report}
    assert store.query("SELECT count(*) FROM all_events WHERE report = ?", [report]) == [(3,)]
    # The first run again makes its rows count again, also for a store that was open all the time.
    store.add([old, other], run=RUN)
    assert store.record(report) == old
    assert store.summary().counted == 4


def test_skipped_reports_are_kept_with_their_reason(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    wanted = Record(report=Report(text="Ein Text."), skipped="not English")
    store.add([wanted], run=RUN)
    assert store.record(wanted.report.id) == wanted
    assert store.summary().skipped == {"not English": 1}
    assert store.coded(RUN.id) == {wanted.report.id}


def test_same_records_give_same_bytes(tmp_path: Path) -> None:
    parts = []
    for name in ("one", "two"):
        store = Store.create(tmp_path / name)
        for start in (0, 40):
            records = [make_record(n) for n in range(start, start + 40)]
            store.add(records, run=RUN, quarantined=[Quarantined(origin="a", reason="b", line=start)])
        store.compact()
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        parts.append([(str(path.relative_to(tmp_path / name)), path.read_bytes()) for path in files])
    assert parts[0] == parts[1]
    assert (
        len(parts[0]) == 1 + 3 + 2 * 11 + 1 + 12
    )  # marker; commits; parts of two adds, one part of runs; merged parts


def test_parts_carry_the_columns_of_the_records(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.add([make_record(1)], run=RUN, quarantined=[Quarantined(origin="a", reason="b")])
    for name, table in TABLES.items():
        if name in LINKED:
            continue
        (file,) = (tmp_path / name).iterdir()
        with store.connect() as con:
            described = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
        assert {row[0]: row[1].replace('"', "") for row in described} == {
            column: kind.replace('"', "") for column, kind in table.columns.items()
        }


@pytest.mark.parametrize("value", [2**70, "many", None])
def test_row_that_could_not_be_read_again_is_refused(tmp_path: Path, value: object) -> None:
    store = Store.create(tmp_path)
    store.add([make_record(1)], run=RUN)
    before = shown(store)
    report = make_record(2).report
    bad = replace(make_event(report, 1), count=value)
    with pytest.raises(StoreError, match="stored"):
        store.add([Record(report=report, events=(bad,))], run=RUN)
    assert shown(store) == before
    assert not list((tmp_path / "tmp").iterdir())


def test_row_of_another_report_is_refused(tmp_path: Path) -> None:
    record = replace(make_record(1), events=make_record(2).events)
    with pytest.raises(StoreError, match="belongs to report"):
        Store.create(tmp_path).add([record], run=RUN)


def test_ids_may_be_shortened_as_long_as_they_are_unique(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    records = [make_record(n) for n in range(30)]
    store.add(records, run=RUN)
    wanted = records[7].events[0]
    assert store.event(wanted.id[:12]) == wanted
    assert store.report(wanted.report[:12]).id == wanted.report
    for unknown in ("", "e%", "zzz"):
        with pytest.raises(UsageError, match="there is no event"):
            store.event(unknown)
    with pytest.raises(UsageError, match="several events begin with 'e'"):
        store.event("e")
    with pytest.raises(UsageError, match="several reports"):
        store.record("r")


def test_store_can_be_sent_to_another_process(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.add([make_record(1)], run=RUN)
    assert shown(pickle.loads(pickle.dumps(store))) == shown(store)


def test_parts_of_an_older_version_get_defaults(tmp_path: Path) -> None:
    """A part may lack a column, or a field deep inside one, that came later."""
    store = Store.create(tmp_path / "new")
    wanted = make_record(1)
    store.add([wanted], run=RUN)
    with store.connect() as con:
        old = tmp_path / "new" / "old.parquet"
        con.execute(
            "COPY (SELECT * EXCLUDE (contexts, commit) REPLACE ({'name': place.name, 'text': place.text, "
            "'span': place.span} AS place) FROM all_events) TO $old".replace("$old", f"'{old}'")
        )
    (file,) = (tmp_path / "new" / "events").iterdir()
    old.replace(file)
    _rewrite_commit(tmp_path / "new", columns="0" * 16)
    store = Store.open(tmp_path / "new")
    found = store.event(wanted.events[0].id)
    assert found.contexts == () and found.place is not None and found.place.alternatives == ()
    assert found.place.name == "Eastport" and found.tolls == wanted.events[0].tolls
    store.add([make_record(2)], run=RUN)
    store.add([make_record(3)], run=RUN)
    assert store.compact().merged == 2  # the old one is left alone: it might have columns that we do not know
    assert [type(event) for event in store.events()] == [Event] * 6
    assert store.event(wanted.events[0].id) == found


def _rewrite_commit(path: Path, **fields: object) -> None:
    (file,) = (path / "manifest").iterdir()
    content = json.dumps(json.loads(file.read_text()) | fields).encode()
    file.unlink()
    (path / "manifest" / f"{file.stem[:8]}-{hashlib.sha256(content).hexdigest()[:16]}.json").write_bytes(content)
