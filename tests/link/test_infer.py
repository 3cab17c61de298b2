"""Inferred responses: a dyad that answers quickly and seldom acts otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from gesta.annotate.model import load_model
from gesta.link.infer import FEWEST, Act, infer_answers, likely_answers
from gesta.link.linking import link
from gesta.records import Actor, Event, Evidence, Imprint, Participant, Record, Report, Run, Time, make_id
from gesta.store import Store

RUN = Run(id="r", gesta="0", model="none", ontology="PLOVER 2.0")


def act(number: int, day: date, source: str, target: str, kind: str = "ASSAULT") -> Record:
    """A report of one act of one country against another, like no other report."""
    report = Report(text=f"w{number} x{number} y{number} z{number}", publisher=f"P{number}", published=day)
    event = Event(
        id=make_id("e", report.id), report=report.id, type=kind, modality="happened",
        sources=(Participant(actor=f"a{source}", text=source, span=(0, 1)),),
        targets=(Participant(actor=f"a{target}", text=target, span=(0, 1)),),
        evidence=(Evidence(field="trigger", start=0, end=1),),
        time=Time(value=str(day), basis="stated", grain="day", start=day, end=day),
    )  # fmt: skip
    axis = tuple(127 if n == number % 64 else 0 for n in range(64))
    imprint = Imprint(event=event.id, report=report.id, happening=0, meaning=axis, lemma=f"v{number}")
    actors = tuple(Actor(id=f"a{c}", name=c, kind="state", country=c) for c in (source, target))
    return Record(report=report, events=(event,), imprints=(imprint,), actors=actors)


def record(folder: Path, acts: list[Record]) -> Store:
    store = Store.create(folder)
    store.add(acts, run=RUN)
    link(store, load_model())
    return store


def exchanges(times: int, lag: int) -> list[Record]:
    """One side strikes every forty days, the other answers some days later."""
    start = date(2021, 1, 1)
    acts = []
    for n in range(times):
        day = start + timedelta(days=40 * n)
        acts += [act(2 * n, day, "NOR", "SUD"), act(2 * n + 1, day + timedelta(days=lag), "SUD", "NOR")]
    return acts


def test_a_quick_answer_of_a_quiet_side_is_inferred_and_marked(tmp_path: Path) -> None:
    store = record(tmp_path, exchanges(6, lag=2))
    first = next(iter(store.incidents()))
    found = infer_answers(store, first.id)
    (answer,) = [response for response in found if response.cause == first.id]
    assert (answer.basis, answer.lag, answer.cue) == ("inferred", 2, None)
    assert 0.8 < answer.confidence < 1


def test_the_longer_it_takes_the_weaker_it_is(tmp_path: Path) -> None:
    strengths = []
    for lag in (1, 4, 9):
        store = record(tmp_path / str(lag), exchanges(6, lag))
        first = next(iter(store.incidents()))
        strengths.append(max(r.confidence for r in infer_answers(store, first.id) if r.cause == first.id))
    assert strengths == sorted(strengths, reverse=True)


def test_a_short_history_says_nothing(tmp_path: Path) -> None:
    store = record(tmp_path, exchanges(FEWEST - 1, lag=2))
    assert all(infer_answers(store, incident.id) == [] for incident in store.incidents())


def test_cooperation_does_not_answer_conflict(tmp_path: Path) -> None:
    acts = exchanges(6, lag=2)
    kinder = [act(n, r.report.published, "SUD", "NOR", "AID") if n % 2 else r for n, r in enumerate(acts)]  # type: ignore[arg-type]
    store = record(tmp_path, kinder)
    assert all(infer_answers(store, incident.id) == [] for incident in store.incidents())


def test_a_busy_side_answers_nobody() -> None:
    """Who acts every day would have acted anyhow."""
    start = date(2021, 1, 1)
    busy = [Act(f"b{n}", start + timedelta(days=n)) for n in range(60)]
    quiet = [Act(f"q{n}", start + timedelta(days=10 * n)) for n in range(6)]
    assert likely_answers(quiet, busy) == likely_answers(busy, quiet) == []
    assert likely_answers(quiet, [Act(f"a{n}", a.day + timedelta(days=1)) for n, a in enumerate(quiet)]) != []


def test_what_came_on_the_same_day_is_left_open() -> None:
    days = [date(2021, 1, 1) + timedelta(days=30 * n) for n in range(6)]
    acts, answers = ([Act(f"{name}{n}", day) for n, day in enumerate(days)] for name in "ab")
    assert all(response.lag == 30 for response in likely_answers(acts, answers))
