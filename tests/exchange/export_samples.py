"""A record to export, whose first event has something in every field and the others next to nothing, and its readers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any, Literal

from gesta.exchange import FORMATS
from gesta.records import Actor, Claim, Event, Evidence, Participant, Place, Record, Report, Run, Time, Toll
from gesta.store import EventFilter, Store

RUN = Run(id="x1", gesta="9.9", model="small", ontology="PLOVER 2.0")
SENTENCE = (
    "On Monday Norland's army and allied raiders shelled Eastport, killing three fishermen and at least two clerks, "
    "Ada Quill said."
)
BODY = f"Calm returned on Sunday.\n{SENTENCE} Traders fled."
REPORT = Report.of(
    BODY, title="Shells on Eastport", publisher="Example Wire", url="https://wire.example/1", published=date(2020, 1, 8),
    origin="1.txt",
)  # fmt: skip


def span(words: str) -> tuple[int, int]:
    start = REPORT.text.index(words, REPORT.body_start)
    return start, start + len(words)


def evidence(field: str, words: str) -> Evidence:
    start, end = span(words)
    return Evidence(field=field, start=start, end=end)


CITY = Place(
    name="Eastport", text="Eastport", span=span("Eastport"), role="event", geonames_id=7, latitude=29.95,
    longitude=-90.06, country="IRQ", admin1="IQ.13", feature="city", precision="city",
)  # fmt: skip
MONDAY = Time(
    value="2020-01-06", basis="relative", grain="day", start=date(2020, 1, 6), end=date(2020, 1, 6), text="Monday"
)
SHELLING = Event(
    id="e1", report=REPORT.id, type="ASSAULT", modality="happened", modes=("heavy-weapons", "destroy"),
    contexts=("military", "terrorism"), place=CITY, time=MONDAY, claim="c1", confidence=0.75, run="x1",
    sources=(
        Participant(actor="a1", text="Norland's army", span=span("Norland's army"), role="army"),
        Participant(actor="a2", text="allied raiders", span=span("allied raiders")),
    ),
    targets=(Participant(actor="a3", text="Eastport", span=span("Eastport")),),
    evidence=(evidence("trigger", "shelled"), evidence("time", "Monday"), evidence("toll killed", "two")),
    tolls=(
        Toll(kind="killed", low=3, high=3, text="three", span=span("three"), whom="fishermen"),
        Toll(kind="killed", low=2, high=None, text="at least two", span=span("at least two"), whom="clerks"),
        Toll(kind="injured", low=4, high=4, text="four", span=(0, 1)),
        Toll(kind="injured", low=1, high=2, text="one or two", span=(0, 1)),
    ),
)  # fmt: skip
FLIGHT = Event(
    id="e2", report=REPORT.id, type="RETREAT", modality="happened", sources=(), targets=(), run="x1",
    evidence=(evidence("trigger", "fled"),), time=Time(value="../2020-01-08", basis="bounded", end=date(2020, 1, 8)),
)  # fmt: skip
THREAT = Event(
    id="e3", report=REPORT.id, type="ASSAULT", modality="threatened", sources=(), targets=(), within="e1", run="x1",
    evidence=(evidence("trigger", "returned"),),
)  # fmt: skip
ACTORS = (
    Actor(id="a1", name="Norland (armed forces)", kind="state", country="NOR", sectors=("MIL", "GOV")),
    Actor(id="a2", name="raiders", kind="group", sectors=("UAF",)),
    Actor(id="a3", name="Eastport", kind="people", country="DNK", sectors=("CVL",)),
    Actor(id="a4", name="Ada Quill", kind="person", country="DNK", sectors=("JRN",)),
)
CLAIM = Claim(
    id="c1", report=REPORT.id, content=(0, 4), stance="asserts", certainty="probable", cue="said",
    speaker=Participant(actor="a4", text="Quill, a reporter", span=(0, 4)),
)  # fmt: skip


def make_store(folder: Path, *events: Event, **fields: Any) -> Store:
    """A store of the report above with these events; other fields of its record may be given."""
    given = {"report": REPORT, "actors": ACTORS, "claims": (CLAIM,), "places": (CITY, CITY)} | fields
    store = Store.create(folder)
    store.add([Record(events=events or (SHELLING, FLIGHT, THREAT), **given)], run=RUN)
    return store


def written(
    store: Store, format: str, *, modality: Literal["counted", "all"] = "all", without_text: bool = False
) -> bytes:
    out = Path(store.path).with_suffix(f".{format}")
    number = FORMATS[format](store, EventFilter(modality=modality), out, without_text=without_text)
    if format != "graphml":  # which counts edges
        assert number == len(list(store.events(EventFilter(modality=modality))))
    return out.read_bytes()


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def polecat_rows(data: bytes) -> list[dict[str, str]]:
    """Read as a reader that knows no quoting does."""
    header, *lines = data.decode("utf-8").removesuffix("\n").split("\n")
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def features(data: bytes) -> list[dict[str, Any]]:
    collection = json.loads(data.decode("utf-8"))
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    return list(collection["features"])
