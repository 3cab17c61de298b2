"""What the views, the filter and the summary say."""

from __future__ import annotations

import itertools
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store_samples import NORLAND, REBELS, RECODED, RUN, make_event, make_record, view_names

from gesta.errors import UsageError
from gesta.records import COUNTED, MODALITIES, Event, Evidence, Participant, Quarantined, Record, Report, Run, Time
from gesta.store import EventFilter, RecordSummary, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "record")


def test_empty_record_has_all_views_with_the_right_types(store: Store) -> None:
    with store.connect() as con:
        names = view_names(con)
        empty = {name: con.execute(f"DESCRIBE {name}").fetchall() for name in names}
        assert all(con.execute(f"SELECT * FROM {name}").fetchall() == [] for name in names)
    expected = "reports events events_nested participants evidence tolls claims actors places times ties loaded quarantine runs causes acts changes contests copies incident_tolls incidents incidents_nested responses tellings"
    assert set(names) == set(expected.split())
    store.add([make_record(1)], run=RUN, quarantined=[Quarantined(origin="a", reason="b")])
    with store.connect() as con:
        assert {name: con.execute(f"DESCRIBE {name}").fetchall() for name in names} == empty
        linked = {
            "acts",
            "changes",
            "contests",
            "copies",
            "incident_tolls",
            "incidents",
            "incidents_nested",
            "responses",
            "tellings",
        }
        shown = {name for name in names if con.execute(f"SELECT * FROM {name}").fetchall()}
        assert shown == set(names) - linked  # what links reports comes with gesta link
    assert list(Store.create(store.path.parent / "other").events()) == []


def test_event_in_plain_columns(store: Store) -> None:
    record = make_record(1, events=1)
    store.add([record], run=RUN)
    names, rows = store.query_with_names("SELECT * EXCLUDE commit FROM events")
    start = record.report.text.index("shelled")
    assert dict(zip(names, rows[0], strict=True)) == {
        "id": record.events[0].id, "report": record.report.id, "position": 0, "ontology": "PLOVER 2.0",
        "type": "ASSAULT", "mode": "heavy-weapons", "modes": ["heavy-weapons", "destroy"], "contexts": ["military"],
        "quad": 4, "intensity": -9.5, "cameo_root": "19", "modality": "happened", "counted": True, "within": None,
        "sources": ["Norland"], "source_actors": ["a1"], "source_countries": ["NOR"], "source_sectors": [["GOV"]],
        "targets": ["Eastern Front"], "target_actors": ["a2"], "target_countries": [None],
        "target_sectors": [["REB", "UAF"]],
        "place_name": "Eastport", "place_text": "Eastport", "place_basis": "stated", "country": "NOR", "admin1": "East",
        "latitude": 1.5, "longitude": -2.25, "precision": "city", "geonames_id": 7,
        "time_value": "2021-03-01", "time_start": date(2021, 3, 1), "time_end": date(2021, 3, 1), "time_grain": "day",
        "time_basis": "stated", "time_text": "Monday",
        "count": 2, "claim": "c1", "voice": "named", "said_by": "Norland", "confidence": 0.75, "trigger": "shelled", "trigger_start": start,
        "trigger_end": start + 7, "reasons": ["a reason", "another"],
        "publisher": "Eastport Post", "published": date(2021, 3, 1), "url": "https://post.example/1",
        "title": "Report 1", "superseded": False, "run": "first",
    }  # fmt: skip


def test_bare_event_has_empty_lists_and_nulls(store: Store) -> None:
    report = Report(text="Shots.")
    event = Event(id="e1", report=report.id, type="ASSAULT", modality="denied", sources=(), targets=(), evidence=())
    store.add([Record(report=report, events=(event,))], run=RUN)
    assert store.query("SELECT sources, target_countries, country, time_start, trigger, mode, counted FROM events") == [
        ([], [], None, None, None, None, False)
    ]
    assert list(store.events(EventFilter(modality="all"))) == [replace(event, run=RUN.id)]


def test_spans_count_code_points(store: Store) -> None:
    report = Report(text="\U0001f600\u0301e\u0301 shelled")
    start = report.text.index("shelled")
    event = make_event(report, 0, evidence=(Evidence(field="trigger", start=start, end=start + 7),))
    store.add([Record(report=report, events=(event,))], run=RUN)
    assert store.query("SELECT words FROM evidence UNION ALL SELECT trigger FROM events") == [
        ("shelled",),
        ("shelled",),
    ]


def test_participants_tolls_claims_and_the_rest(store: Store) -> None:
    record = make_record(1, events=1)
    store.add([record], run=RUN)
    ask = store.query
    assert ask(
        "SELECT side, position, name, country, text, role, span_start, span_end FROM participants ORDER BY side"
    ) == [
        ("source", 1, "Norland", "NOR", "Norland", "army", 0, 7),
        ("target", 1, "Eastern Front", None, "the front", None, 16, 25),
    ]
    assert ask("SELECT kind, low, high, whom, whom_start, counted FROM tolls") == [
        ("killed", 3, None, "miners", 6, True)
    ]
    assert ask("SELECT field, words FROM evidence ORDER BY position")[1] == ("trigger", "shelled")
    (claim,) = ask("SELECT speaker, cue, stance, content, loaded FROM claims")
    assert claim == ("report", "said", "asserts", record.report.text[:7], [record.report.text[:7]])
    assert ask("SELECT relation, since, speaker, told_as_fact FROM ties") == [
        ("at-war-with", date(2021, 3, 1), "report", True)
    ]
    assert ask("SELECT name, alternatives[1].score FROM places") == [("Eastport", 0.125)]
    assert ask("SELECT id, settings->>'min_confidence' FROM runs") == [("first", "0.25")]


def test_actor_unknown_to_the_record_is_shown_by_its_words(store: Store) -> None:
    report = Report(text="Someone shelled.")
    event = make_event(report, 0, sources=(Participant(actor="a9", text="Someone", span=(0, 7)),), targets=())
    store.add([Record(report=report, events=(event,))], run=RUN)
    assert store.query("SELECT sources, source_countries FROM events") == [(["Someone"], [None])]


def test_counted_means_the_same_here_as_in_the_records(store: Store) -> None:
    report = Report(text="They shelled it.")
    events = tuple(make_event(report, n, modality=modality) for n, modality in enumerate(MODALITIES))
    store.add([Record(report=report, events=events)], run=RUN)
    assert {row[0] for row in store.query("SELECT modality FROM events WHERE counted")} == COUNTED
    assert {event.modality for event in store.events()} == COUNTED
    assert [event.modality for event in store.events(EventFilter(modality="denied"))] == ["denied"]
    assert len(list(store.events(EventFilter(modality="all")))) == len(MODALITIES)


# Versions of a report


def versions(store: Store) -> list[tuple[str, str | None, bool]]:
    rows = store.query("SELECT r.title, o.title, r.superseded FROM reports r LEFT JOIN reports o ON o.id = r.revises")
    return sorted(rows)


def test_new_text_at_the_same_url_supersedes_the_old_one(store: Store) -> None:
    url = "https://post.example/x"
    for number in (1, 2, 3):
        store.add([make_record(number, url=url)], run=RUN)
    store.add([make_record(4), make_record(5, url=None), make_record(6, url=None)], run=RUN)
    chain = [("Report 1", None, True), ("Report 2", "Report 1", True), ("Report 3", "Report 2", False)]
    assert versions(store)[:3] == chain
    assert all(row[1:] == (None, False) for row in versions(store)[3:])
    assert store.report(make_record(3, url=url).report.id).revises == make_record(2, url=url).report.id
    assert len(list(store.events())) == 8
    assert len(list(store.events(EventFilter(superseded=True)))) == 12
    assert store.summary().superseded == 2 and store.summary().counted == 8
    # Coding the oldest once more does not make it the newest.
    store.add([make_record(1, url=url, run=RECODED)], run=RECODED)
    assert versions(store)[:3] == chain
    store.compact()
    assert versions(store)[:3] == chain


def test_publication_dates_order_versions_if_all_have_one(store: Store) -> None:
    days = [date(2021, 3, 3), date(2021, 3, 1), date(2021, 3, 2)]
    store.add([make_record(n, url="u", published=day) for n, day in enumerate(days)], run=RUN)
    assert versions(store) == [
        ("Report 0", "Report 2", False),
        ("Report 1", None, True),
        ("Report 2", "Report 1", True),
    ]
    store.add([make_record(3, url="u", published=None)], run=RUN)
    assert [row[0] for row in versions(store) if not row[2]] == ["Report 3"]


def test_a_copy_by_another_publisher_is_no_new_version(store: Store) -> None:
    copies = [make_record(1, url="u", publisher=name) for name in ("One", "Two")]
    store.add(copies, run=RUN)
    assert {row[2] for row in versions(store)} == {False}
    store.add([make_record(2, url="u")], run=RUN)
    assert [row[2] for row in versions(store)] == [True, True, False]


def test_a_reader_may_say_itself_what_a_report_corrects(store: Store) -> None:
    old = make_record(1)
    store.add([old, make_record(2, revises=old.report.id)], run=RUN)
    assert versions(store) == [("Report 1", None, True), ("Report 2", "Report 1", False)]


# The filter

DAYS = [date(2021, 3, day) for day in range(1, 6)]
PARTIES = [
    (NORLAND, Participant(actor="a1", text="Oslo", span=(0, 1))),
    (REBELS, Participant(actor="a2", text="the front", span=(0, 1))),
    (replace(NORLAND, id="a3", name="Jerusalem court", country="ISR", aliases=("PKK office",)),
     Participant(actor="a3", text="judges", span=(0, 1))),
]  # fmt: skip


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """The fields of an event that the filter looks at."""
    start, end = draw(st.sampled_from([None, *DAYS])), draw(st.sampled_from([None, *DAYS]))
    if start and end and start > end:
        start, end = end, start
    return {
        "type": draw(st.sampled_from(["ASSAULT", "AID"])),
        "modes": draw(st.sampled_from([(), ("beat",), ("torture", "beat")])),
        "modality": draw(st.sampled_from(["happened", "ongoing", "planned"])),
        "confidence": draw(st.sampled_from([0.25, 0.5, 1.0])),
        "sources": tuple(party for _, party in draw(st.lists(st.sampled_from(PARTIES), max_size=2))),
        "targets": tuple(party for _, party in draw(st.lists(st.sampled_from(PARTIES), max_size=1))),
        "time": draw(st.none() | st.just(Time(value="x", basis="stated", start=start, end=end))),
        "place": draw(st.none() | st.just(make_event(Report(text="shelled"), 0).place)),
    }


def passes(event: Event, wanted: EventFilter) -> bool:
    """The filter once more, in Python."""
    start, end = (event.time.start, event.time.end) if event.time else (None, None)
    start, end = start or end, end or start
    known = {actor.id: actor for actor, _ in PARTIES}

    def party(side: tuple[Participant, ...], name: str | None) -> bool:
        code = name is not None and len(name) == 3 and name.isupper()
        for participant in side:
            actor = known[participant.actor]
            words = [actor.name, participant.text, *actor.aliases]
            if name is None or (code and actor.country == name):
                return True
            if any(name in word if code else name.lower() in word.lower() for word in words):
                return True
        return name is None

    return (
        wanted.type in (None, event.type)
        and (wanted.mode is None or wanted.mode in event.modes)
        and party(event.sources, wanted.source)
        and party(event.targets, wanted.target)
        and (wanted.country is None or (event.place is not None and event.place.country == wanted.country))
        and (wanted.since is None or (end is not None and end >= wanted.since))
        and (wanted.until is None or (start is not None and start <= wanted.until))
        and (
            wanted.modality == "all"
            or (event.counted if wanted.modality == "counted" else event.modality == wanted.modality)
        )
        and event.confidence >= wanted.min_confidence
        and (not wanted.undated or start is None)
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.create(tmp_path_factory.mktemp("filter"))


@settings(max_examples=6, deadline=None)
@given(st.lists(told(), min_size=4, max_size=12))
def test_filter_finds_what_it_says(shared: Store, fields: list[dict[str, Any]]) -> None:
    report = Report(text=f"They shelled it. {fields}")
    events = tuple(make_event(report, n, **given) for n, given in enumerate(fields))
    shared.add([Record(report=report, events=events, actors=tuple(actor for actor, _ in PARTIES))], run=RUN)
    choices: list[dict[str, Any]] = [
        {}, {"type": "assault"}, {"mode": "beat"}, {"source": "NOR"}, {"source": "USA"}, {"source": "usa"},
        {"target": "PKK"}, {"source": "FRONT", "target": "oslo"}, {"target": "osl"}, {"country": "nor"},
        {"since": DAYS[1]}, {"until": DAYS[2]}, {"since": DAYS[3], "until": DAYS[3]}, {"undated": True},
        {"modality": "planned"}, {"min_confidence": 0.5}, {"type": "AID", "since": DAYS[2], "source": "Jerusalem"},
    ]  # fmt: skip
    for choice in choices:
        wanted = EventFilter(**({"modality": "all", "report": report.id} | choice))
        plain = replace(
            wanted, type=wanted.type and wanted.type.upper(), country=wanted.country and wanted.country.upper()
        )
        assert {e.id for e in shared.events(wanted)} == {e.id for e in events if passes(e, plain)}, choice


def test_events_come_in_a_fixed_order_and_no_more_than_asked(store: Store) -> None:
    days = [None, date(2021, 1, 2), date(2021, 1, 1), date(2021, 1, 1)]
    records = []
    for number in range(3):
        report = make_record(number).report
        when = [Time(value="x", basis="stated", end=day) if day else None for day in days]
        spots = [Evidence(field="trigger", start=9 - n, end=10) for n in range(4)]
        events = tuple(make_event(report, n, time=when[n], evidence=(spots[n],)) for n in range(4))
        records.append(Record(report=report, events=events))
    for record in records:
        store.add([record], run=RUN)

    def order(event: Event) -> tuple[Any, ...]:
        day = event.time.end if event.time else None
        return (day is None, day, event.report, event.trigger.start, event.id)

    everything = sorted(itertools.chain.from_iterable(record.events for record in records), key=order)
    assert list(store.events()) == everything
    store.compact()
    assert list(store.events()) == everything
    assert list(store.events(EventFilter(limit=5))) == everything[:5]
    assert list(store.events(EventFilter(limit=0))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"modality": "perhaps"},
        {"undated": True, "since": DAYS[0]},
        {"since": DAYS[1], "until": DAYS[0]},
        {"limit": -1},
    ],
)
def test_senseless_filter_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        EventFilter(**wrong)


def test_filter_takes_no_sql(store: Store) -> None:
    store.add([make_record(1)], run=RUN)
    for text in ("' OR 1=1 --", "%", "_", "${x}", "{0}"):
        assert list(store.events(EventFilter(type=text))) == []
        assert list(store.events(EventFilter(source=text, target=text, country=text, mode=text, report=text))) == []


# Counts, and queries


def test_summary_counts_what_is_there_and_what_is_not(store: Store) -> None:
    assert store.summary() == RecordSummary(
        reports=0, dated=0, undated=0, superseded=0, eventless=0, skipped={}, types={}, counted=0, uncounted=0,
        undated_events=0, quarantined={},
    )  # fmt: skip
    aid = make_record(3, events=3, event={"type": "AID"}, published=None)
    alleged = make_record(4, events=1, event={"modality": "alleged", "time": None})
    undated = make_record(5, events=1, event={"time": None})
    skipped = [
        Record(report=Report(text=f"Texte {n}"), skipped=why) for n, why in enumerate(["not English", "empty", "empty"])
    ]
    store.add([make_record(1), make_record(2, events=0), aid, alleged, undated, *skipped], run=RUN)
    refused = [Quarantined(origin=name, reason=why) for name, why in (("a", "torn"), ("b", "torn"), ("c", "locked"))]
    store.add([], run=RUN, quarantined=refused)
    store.add([], run=RECODED, quarantined=refused[:1])
    found = store.summary()
    assert found == RecordSummary(
        reports=8, dated=4, undated=4, superseded=0, eventless=1, skipped={"empty": 2, "not English": 1},
        types={"AID": 3, "ASSAULT": 3}, counted=6, uncounted=1, undated_events=1,
        quarantined={"torn": 2, "locked": 1},
    )  # fmt: skip
    assert list(found.skipped) == ["empty", "not English"] and list(found.types) == ["AID", "ASSAULT"]


def test_named_queries_for_claims_and_actors(store: Store) -> None:
    store.add([make_record(1), make_record(2)], run=RUN)
    claims = store.query_named("claims", {"speaker": "REP", "stance": None, "confidence": 0.5, "limit": 1})
    assert [row[1:6] for row in claims] == [("Norland", "said", "asserts", "probable", "Report ")]
    assert store.query_named("claims", {"speaker": None, "stance": "denies", "confidence": 0.0, "limit": 9}) == []
    actors = store.query_named("actors", {"country": None, "limit": 9})
    assert [(row[1], row[5], row[6]) for row in actors] == [("Eastern Front", 0, 4), ("Norland", 4, 0)]
    assert [row[1] for row in store.query_named("actors", {"country": "NOR", "limit": 9})] == ["Norland"]


def test_query_tells_wrong_sql_from_a_damaged_record(store: Store) -> None:
    store.add([make_record(1)], run=RUN)
    assert store.query("SELECT $a + 1", {"a": 1}) == [(2,)]
    for wrong in ("SELEC 1", "SELECT nothing FROM events", "SELECT ?::INTEGER"):
        with pytest.raises(UsageError):
            store.query(wrong, ["x"])


def test_query_leaves_no_trace(store: Store) -> None:
    store.add([make_record(1)], run=RUN)
    store.query("DROP VIEW evidence")
    store.query("CREATE TABLE mine AS SELECT 1")
    assert store.query("SELECT count(*) FROM evidence") == [(4,)]
    with pytest.raises(UsageError):
        store.query("SELECT * FROM mine")


def test_connection_shows_the_record_as_it_was(store: Store) -> None:
    store.add([make_record(1)], run=RUN)
    with store.connect() as con:
        store.add([make_record(2)], run=RUN)
        store.compact()
        assert con.execute("SELECT count(*) FROM reports").fetchall() == [(1,)]
    assert store.query("SELECT count(*) FROM reports") == [(2,)]


def test_nothing_is_downloaded(store: Store) -> None:
    with store.connect() as con:
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            assert con.execute(f"SELECT current_setting('{setting}')").fetchall() == [(False,)]
        with pytest.raises(duckdb.Error, match="httpfs"):
            con.execute("SELECT * FROM 'https://gesta.invalid/x.parquet'")


@pytest.mark.parametrize("name", ["run=2020", "what [draft] 1*?", 'it\'s; "so"', "\u00e9t\u00e9 \u4e2d"])
def test_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Not even one that reads as a partition, or as a pattern for other folders."""
    store = Store.create(tmp_path / name / "record")
    store.add([make_record(1)], run=RUN)
    shutil.copytree(tmp_path / name, tmp_path / "what d 1xx")
    store.add([make_record(2)], run=RUN)
    assert store.query("SELECT DISTINCT run FROM events") == [(RUN.id,)]
    assert len(list(store.events())) == 4
    store.compact()
    assert store.query("SELECT DISTINCT run FROM events") == [(RUN.id,)]
    assert len(list(store.events())) == 4


def test_two_runs_with_one_id_are_one(store: Store) -> None:
    store.add([make_record(1)], run=RUN)
    store.add([make_record(2)], run=Run(id=RUN.id, gesta="1.1", model="small", ontology="PLOVER 2.0"))
    assert [run.gesta for run in store.runs()] == ["1.1"]


def test_what_follows_from_type_and_modes_is_as_the_ontology_says(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.add([make_record(1), make_record(2, event={"modes": (), "type": "AGREE"})], run=RUN)
    with store.connect() as con:
        found = con.execute("SELECT id, quad, intensity, cameo_root FROM events ORDER BY id").fetchall()
    events = sorted(store.events(EventFilter(modality="all")), key=lambda event: event.id)
    assert found == [(e.id, e.quad, e.intensity, e.cameo_root) for e in events]
    assert all(quad for _, quad, _, _ in found)
