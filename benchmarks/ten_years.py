"""Write a record of ten made-up years of two countries, and of noise round them: python benchmarks/ten_years.py FOLDER

Two made-up countries, Norland (AAA) and Sudria (BBB), trade acts of all four quad classes; each act of
conflict by AAA brings 0.4 by BBB within some days, each by BBB brings 0.2 by AAA, half of them within 3 and 5 days.
In the sixth year the background of both doubles. Every act is told by one to three reports. What measures answers can
be tried on it, for here the truth is known.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.linking import RUN, World
from gesta.analyse.simulation import simulate
from gesta.annotate.model import load_model
from gesta.link.linking import link
from gesta.link.signature import sign
from gesta.ontology import plover
from gesta.records import (
    Actor,
    Event,
    Evidence,
    Imprint,
    Participant,
    Place,
    Record,
    Report,
    Time,
    make_id,
)
from gesta.store import Store

FIRST = date(2015, 1, 1)
STRENGTH = np.array([[0.25, 0.2], [0.4, 0.2]])
HALF_LIFE = np.array([[2.0, 5.0], [3.0, 2.0]])
SIDES = (("AAA", "Norland"), ("BBB", "Sudria"))
BATCH = 2_000


def days(years: int, seed: int) -> list[tuple[date, int, bool]]:
    """Days of acts with who acted (0 or 1) and whether it was conflict."""
    draw = np.random.default_rng(seed)
    length = years * 365
    level = np.where(np.arange(length) < length // 2, 0.06, 0.12)
    conflict = simulate(draw, np.vstack([level, level]), STRENGTH, HALF_LIFE)
    peace = draw.poisson(0.05, size=(2, length))
    found = []
    for counts, fight in ((conflict, True), (peace, False)):
        for side in (0, 1):
            for day in np.repeat(np.arange(length), counts[side].astype(int)):
                found.append((FIRST + timedelta(days=int(day)), side, fight))
    return sorted(found)


def records(years: int, seed: int) -> list[Record]:
    """One to three reports of each act."""
    draw, world = random.Random(seed), World(0, seed)
    kinds = plover().types.values()
    of = {True: [k.name for k in kinds if k.quad in (3, 4)], False: [k.name for k in kinds if k.quad in (1, 2)]}
    made = []
    for number, (day, side, fight) in enumerate(days(years, seed)):
        words, names = world.words(12), [f"name{number}x{n}" for n in range(4)]
        kind, meaning = draw.choice(of[fight]), [draw.gauss(0, 40) for _ in range(64)]
        for paper in draw.sample(range(40), draw.choice((1, 1, 2, 3))):
            text = " ".join([*words, *names, *world.words(8), f"{number} {paper}"]) + "."
            report = Report(text=text, publisher=f"Paper {paper}", published=day + timedelta(days=draw.choice((0, 1))))
            made.append(_record(report, day, side, kind, number, tuple(round(m) for m in meaning), words, names))
    return made


def _record(
    report: Report, day: date, side: int, kind: str, number: int, meaning: tuple[int, ...], words: list[str],
    names: list[str],
) -> Record:  # fmt: skip
    (source, name), (target, other) = SIDES[side], SIDES[1 - side]
    place = Place(
        name=f"Town {number % 300}", text="x", span=(0, 1), geonames_id=number % 300, country=target, precision="city",
        admin1=f"{target}.1", latitude=number % 20, longitude=number % 30,
    )  # fmt: skip
    event = Event(
        id=make_id("e", report.id, 0), report=report.id, type=kind, modality="happened",
        sources=(Participant(actor=f"a{source}", text="x", span=(0, 1)),),
        targets=(Participant(actor=f"a{target}", text="x", span=(0, 1)),),
        evidence=(Evidence(field="trigger", start=0, end=1),), place=place,
        time=Time(value=str(day), basis="stated", grain="day", start=day, end=day), run=RUN.id,
    )  # fmt: skip
    actors = tuple(
        Actor(id=f"a{code}", name=full, kind="state", country=code, sectors=("GOV",))
        for code, full in ((source, name), (target, other))
    )
    imprint = Imprint(
        event=event.id, report=report.id, happening=0, meaning=meaning, lemma=words[0],
        names=tuple(sorted(names)), words=tuple(sorted(words)),
    )  # fmt: skip
    return Record(report=report, events=(event,), actors=actors, imprints=(imprint,), signature=sign(report))


def main() -> None:
    """Write and link."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    store = Store.create(args.folder)
    made = records(args.years, args.seed)
    for start in range(0, len(made), BATCH):
        store.add(made[start : start + BATCH], run=RUN)
    done = link(store, load_model())
    sys.stdout.write(f"{done.reports:,} reports, {done.incidents:,} incidents in {args.folder}\n")


if __name__ == "__main__":
    main()
