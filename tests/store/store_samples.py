"""Records to store, a picture of what a store shows, and what the child processes of the tests do."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from gesta.errors import StoreError
from gesta.records import (
    Actor,
    Alternative,
    Cause,
    Claim,
    Event,
    Evidence,
    Imprint,
    Loaded,
    Participant,
    Place,
    Quarantined,
    Record,
    Report,
    Run,
    Tie,
    Time,
    Toll,
    make_id,
)
from gesta.store import Store
from gesta.store.queries import schema

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

RUN = Run(id="first", gesta="1.0", model="small", ontology="PLOVER 2.0", settings={"min_confidence": 0.25, "a": [1]})
RECODED = Run(id="second", gesta="1.0", model="large", ontology="PLOVER 2.0", settings={})

NORLAND = Actor(id="a1", name="Norland", kind="state", country="NOR", sectors=("GOV",), aliases=("the Norlanders",))
REBELS = Actor(id="a2", name="Eastern Front", kind="group", sectors=("REB", "UAF"), reasons=("named so",))


def make_event(report: Report, ordinal: int, **fields: Any) -> Event:
    """An event with something in every field."""
    start = report.text.index("shelled")
    day = date(2021, 3, 1) + timedelta(days=ordinal)
    given: dict[str, Any] = {
        "id": make_id("e", report.id, ordinal),
        "report": report.id,
        "type": "ASSAULT",
        "modality": "happened",
        "sources": (Participant(actor="a1", text="Norland", span=(0, 7), role="army"),),
        "targets": (Participant(actor="a2", text="the front", span=(16, 25)),),
        "evidence": (
            Evidence(field="source", start=0, end=7),
            Evidence(field="trigger", start=start, end=start + len("shelled")),
        ),
        "modes": ("heavy-weapons", "destroy"),
        "contexts": ("military",),
        "within": None,
        "place": Place(
            name="Eastport", text="Eastport", span=(3, 9), role="event", geonames_id=7, latitude=1.5, longitude=-2.25,
            country="NOR", admin1="East", feature="PPL", precision="city",
            alternatives=(Alternative(geonames_id=None, name="Eastport Bay", country=None, score=0.125),),
        ),
        "time": Time(value=str(day), basis="stated", grain="day", start=day, end=day, text="Monday", span=(1, 4)),
        "tolls": (
            Toll(kind="killed", low=3, high=None, text="at least three", span=(2, 5), whom="miners", whom_span=(6, 8)),
        ),
        "count": 2,
        "claim": "c1",
        "confidence": 0.75,
        "reasons": ("a reason", "another"),
        "run": RUN.id,
    }  # fmt: skip
    return Event(**(given | fields))


def make_record(
    number: int, *, events: int = 2, run: Run = RUN, event: dict[str, Any] | None = None, **report: Any
) -> Record:
    """The record of a report that says something else for every number."""
    given = {"publisher": "Eastport Post", "url": f"https://post.example/{number}", "published": date(2021, 3, 1)}
    body = f"Norland's army shelled the front near Eastport, report {number} said."
    made = Report.of(
        report.pop("body", body), **(given | {"title": f"Report {number}", "origin": f"{number}.txt"} | report)
    )
    told = tuple(make_event(made, ordinal, **({"run": run.id} | (event or {}))) for ordinal in range(events))
    return Record(
        report=made,
        events=told,
        claims=(
            Claim(
                id=f"c{number}", report=made.id, content=(0, 7), stance="asserts", certainty="probable", cue="said",
                cue_span=(9, 12), speaker=Participant(actor="a1", text="report", span=(1, 3), role=None),
                loaded=(Evidence(field="loaded", start=0, end=7),), voice="named",
            ),
        ),
        loaded=(
            Loaded(
                report=made.id, judges="contempt", text="Norland", span=(0, 7), claim=f"c{number}", actor="a1",
                name="Norland",
            ),
        ),
        actors=(NORLAND, REBELS),
        places=tuple(e.place for e in told if e.place),
        times=tuple(e.time for e in told if e.time),
        ties=tuple(
            Tie(
                id=f"t{number}", report=made.id, actor="a1", relation="at-war-with", other="a2", span=(15, 22),
                actor_span=(0, 14), other_span=(23, 32), basis="clause", claim=f"c{number}", time=e.time,
            )
            for e in told[:1]
        ),
        causes=tuple(
            Cause(
                id=f"k{number}", report=made.id, effect=e.id, effect_span=(15, 22), cause_span=(23, 32), cue="after",
                cue_span=(1, 6), confidence=0.5, reasons=("the cue 'after'",),
            )
            for e in told[:1]
        ),
        imprints=tuple(
            Imprint(event=e.id, report=made.id, happening=0, meaning=(3, -127, 0), lemma="shell", names=("norland",), words=("front",))
            for e in told
        ),
        signature=(4_294_967_295, 0, 7),
        credits=("Eastport Wire",),
    )  # fmt: skip


def view_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The views for users."""
    found = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    return sorted(row[0] for row in found if not row[0].startswith("all_"))


def shown(store: Store) -> dict[str, list[Any]]:
    """All that the views show, less the names of commits, in a fixed order."""
    content: dict[str, list[Any]] = {}
    with store.connect() as con:
        for view in view_names(con):
            columns = [
                f'"{row[0]}"' for row in con.execute(f"DESCRIBE {view}").fetchall() if not row[0].endswith("commit")
            ]
            rows = con.execute(f"SELECT {', '.join(columns)} FROM {view}").fetchall()
            content[view] = sorted(repr(row) for row in rows)
    return content


def noise(number: int) -> str:
    """A text that does not compress."""
    words = " ".join(make_id("w", number, n) for n in range(400))
    return f"Norland's army shelled the front. {words}"


# What child processes do


def write_batches(path: Path, first: int, last: int, batch: int, ready: Connection | None = None) -> None:
    """Add the records from first to last, in batches; say before when about to start."""
    if ready is not None:
        ready.send("ready")
    store = Store.open_or_create(path)
    for start in range(first, last, batch):
        entry = Quarantined(origin=f"{start}.bin", reason="not a text")
        store.add([make_record(n) for n in range(start, min(start + batch, last))], run=RUN, quarantined=[entry])


def compact_often(path: Path, times: int) -> None:
    """Compact again and again."""
    for _ in range(times):
        Store.open(path).compact()


def read_often(path: Path, times: int, answer: Path) -> None:
    """Read again and again; write down what was ever wrong."""
    store, most, wrong = Store.open_or_create(path), 0, []
    for _ in range(times):
        reports, torn = store.query(
            "SELECT count(*), count(*) FILTER (n <> 2) FROM "
            "(SELECT r.id, count(e.id) AS n FROM reports r LEFT JOIN events e ON e.report = r.id GROUP BY r.id)"
        )[0]
        doubles = store.query("SELECT count(*) - count(DISTINCT id) FROM events")[0][0]
        if torn or doubles or reports < most:
            wrong.append(f"{reports} reports after {most}, {torn} torn, {doubles} doubled")
        most = max(most, reports)
    answer.write_text("\n".join(wrong), encoding="utf-8")


def add_unprivileged(path: Path, answer: Path) -> None:
    """Read and try to add as a user who may only read; write down what came of it."""
    schema()  # read while the package may be read
    with answer.open("w", encoding="utf-8") as file:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setuid(65534)
        store = Store.open(path)
        file.write(f"{len(list(store.events()))} events\n")
        try:
            store.add([make_record(99)], run=RUN)
        except StoreError as error:
            file.write(str(error))


def add_with_little_room(path: Path, limit: int, answer: Path) -> None:
    """Add while no file may grow beyond the limit; write down what came of it."""
    import resource  # not on Windows, where this is not called

    with answer.open("w", encoding="utf-8") as file:
        store = Store.open(path)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        outcome = "added"
        try:
            store.add([make_record(n, body=noise(n)) for n in range(50, 90)], run=RUN)
        except StoreError as error:
            outcome = str(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        file.write(outcome)


def fill_up(path: Path) -> frozenset[str]:
    """Add until the disk is full; return what was added before that."""
    store = Store.create(path)
    kept: set[str] = set()
    for number in range(1000):
        record = make_record(number, body=noise(number))
        try:
            store.add([record], run=RUN)
        except StoreError as error:
            if "No space left" in str(error) and "Make room" in str(error):
                break
            raise
        kept.add(record.report.id)
    return frozenset(kept)
