"""What linking costs: python benchmarks/linking.py [--events 1000000] [--double] [--keep FOLDER]

Makes a record of synthetic reports in a temporary folder: happenings of 190 countries of very different weight, each
told by a few reports in other words; a report has two events of its main happening and one of another, and every
eighth is a copy. Only linking is timed, in a process of its own whose memory is watched; ``--double`` links half as
many first and prints the ratio.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import gesta.link
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
    Run,
    Time,
    make_id,
)
from gesta.store import Store

RUN = Run(id="synthetic", gesta="0", model="none", ontology="PLOVER 2.0")
#: Words of news by how many articles have them.
FREQUENCIES = Path(gesta.link.__file__).parent / "frequencies.tsv"
#: Events a day: a million are a year and a half of a large desk.
A_DAY = 2_000
COUNTRIES, TOWNS, ACTORS = 190, 400, 60
TELLINGS = (1, 1, 1, 2, 2, 3, 4, 8)
BATCH = 2_000
_COUNTED = [line.split("\t") for line in FREQUENCIES.read_text().splitlines() if not line.startswith("#")]
WORDS = [word for word, _ in _COUNTED]
COMMON = list(itertools.accumulate(int(count) for _, count in _COUNTED))
_PARTS = ("ka", "lo", "mi", "ru", "te", "so", "ban", "del", "gor", "lix")
NAMES = 100_000


def spelt(number: int, first: str = "na") -> str:
    """A name for each number."""
    return first + "".join(_PARTS[int(digit)] for digit in str(number))


class World:
    """Happenings and the reports that tell of them, the same for the same seed."""

    def __init__(self, events: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.types = list(plover().types)
        self.events = events
        self.days = max(1, events // A_DAY)
        self.weights = [1 / (n + 1) for n in range(COUNTRIES)]

    def happening(self) -> dict[str, object]:
        """One happening: what, where, when, who, and the words it is told in."""
        draw = self.random
        country = draw.choices(range(COUNTRIES), self.weights)[0]
        other = draw.choices(range(COUNTRIES), self.weights)[0]
        town = int(TOWNS * draw.random() ** 2)
        return {
            "type": draw.choice(self.types),
            "country": f"C{country:02X}",
            "town": country * TOWNS + town,
            "source": country * ACTORS + int(ACTORS * draw.random() ** 2),
            "target": other * ACTORS + int(ACTORS * draw.random() ** 2),
            "day": date(2020, 1, 1) + timedelta(days=draw.randrange(self.days)),
            "killed": draw.choice([0, 0, 0, 1, 2, 5, 9]),
            "meaning": [draw.gauss(0, 40) for _ in range(64)],
            "words": self.words(12),
            "names": [spelt(int(NAMES * draw.random() ** 2)) for _ in range(4)],
        }

    def records(self) -> Iterator[Record]:
        """Reports until all events are told."""
        waiting: list[tuple[dict[str, object], int]] = []
        made = 0
        before: Report | None = None
        number = 0
        while made < self.events:
            while len(waiting) < 600:
                happening = self.happening()
                waiting += [(happening, n) for n in range(self.random.choice(TELLINGS))]
            main, other = (waiting.pop(self.random.randrange(len(waiting)))[0] for _ in range(2))
            number += 1
            copy = before if before is not None and number % 8 == 0 else None
            record = self.record(number, [main, main, other], copy)
            before = record.report
            made += len(record.events)
            yield record

    def words(self, number: int) -> list[str]:
        """Words as often as news has them, each once."""
        return list(dict.fromkeys(self.random.choices(WORDS, cum_weights=COMMON, k=number)))

    def record(self, number: int, told: list[dict[str, object]], copy: Report | None) -> Record:
        """One report, coded."""
        draw = self.random
        sentences = []
        for happening in told:
            own = [*list(happening["words"])[: draw.randint(6, 9)], *draw.sample(list(happening["names"]), 3)]  # type: ignore[call-overload]
            sentences.append(" ".join([*own, *self.words(8), spelt(int(str(happening["town"])), "to")]))
        text = copy.text if copy is not None else ". ".join(sentences) + "."
        day = max(h["day"] for h in told)  # type: ignore[type-var]
        report = Report(text=text, publisher=f"Paper {number % 211}", url=f"https://x.example/{number}", published=day)
        events, imprints, actors = [], [], {}
        for n, happening in enumerate(told):
            event = self.event(report, n, happening)
            events.append(event)
            for p in (*event.sources, *event.targets):
                actors[p.actor] = Actor(id=p.actor, name=p.text, kind="group", country=p.actor[1:4])
            noisy = [max(-127, min(127, round(m + draw.gauss(0, 18)))) for m in happening["meaning"]]  # type: ignore[attr-defined]
            words = tuple(sorted(list(happening["words"])[: draw.randint(5, 8)]))  # type: ignore[call-overload]
            named = draw.sample(list(happening["names"]), 3)  # type: ignore[call-overload]
            names = tuple(sorted({*named, spelt(int(str(happening["town"])), "to")}))
            imprints.append(
                Imprint(
                    event=event.id, report=report.id, happening=int(happening is not told[0]), meaning=tuple(noisy),
                    lemma=words[0], names=names, words=words,
                )
            )  # fmt: skip
        return Record(
            report=report, events=tuple(events), actors=tuple(actors.values()), imprints=tuple(imprints),
            signature=sign(report),
        )  # fmt: skip

    def event(self, report: Report, n: int, h: dict[str, object]) -> Event:
        """One event; a quarter has no town, a quarter no day of its own."""
        draw = self.random
        country, town, day = str(h["country"]), int(str(h["town"])), h["day"]
        assert isinstance(day, date)
        exact = draw.random() < 0.75
        place = Place(
            name=f"Town {town}", text="x", span=(0, 1), geonames_id=town, country=country,
            admin1=f"{country}.{town % 7}", precision="city",
            latitude=(town % 160) - 80.0, longitude=(town % 340) - 170.0,
        )  # fmt: skip
        land = Place(name=country, text="x", span=(0, 1), country=country, precision="country")
        return Event(
            id=make_id("e", report.id, n),
            report=report.id,
            type=str(h["type"]),
            modality="happened",
            sources=(Participant(actor=f"a{country}{h['source']}", text="x", span=(0, 1)),),
            targets=(Participant(actor=f"a{country}{h['target']}", text="x", span=(0, 1)),),
            evidence=(Evidence(field="trigger", start=n, end=n + 1),),
            place=place if draw.random() < 0.75 else land,
            time=Time(value=str(day), basis="stated", grain="day", start=day, end=day)
            if exact
            else Time(value=str(report.published), basis="bounded", end=report.published),
            run=RUN.id,
        )


def make(folder: Path, events: int) -> None:
    """Write the record."""
    store = Store.create(folder)
    batch: list[Record] = []
    for record in World(events).records():
        batch.append(record)
        if len(batch) == BATCH:
            store.add(batch, run=RUN)
            batch = []
    if batch:
        store.add(batch, run=RUN)


def timed(folder: Path) -> tuple[float, float]:
    """Link in a process of its own; seconds and the most memory it held, in GB."""
    code = f"import benchmarks.linking as b; b.linked({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, gigabytes, *said = done.stdout.split(maxsplit=2)
    sys.stdout.write(" ".join(said) + "\n")
    return float(seconds), float(gigabytes)


def linked(folder: str) -> None:
    """What the process does: link, and say what it cost."""
    from gesta.annotate.model import load_model
    from gesta.link.linking import link

    model, store = load_model(), Store.open(folder)
    begun = time.monotonic()
    done = link(store, model)
    seconds = time.monotonic() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    sys.stdout.write(f"{seconds:.1f} {most:.2f} {done.incidents:,} incidents of {done.reports:,} reports\n")


def main() -> None:
    """Make and link."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--double", action="store_true")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    seconds = []
    for events in [args.events // 2, args.events] if args.double else [args.events]:
        with tempfile.TemporaryDirectory() as folder:
            path = (args.keep or Path(folder)) / f"record-{events}"
            if not path.exists():
                begun = time.monotonic()
                make(path, events)
                sys.stdout.write(f"{events:,} events made in {time.monotonic() - begun:.0f} s\n")
            took, memory = timed(path)
            seconds.append(took)
            sys.stdout.write(f"{events:,} events linked in {took:.1f} s, at most {memory:.2f} GB\n")
            sys.stdout.flush()
    if args.double:
        sys.stdout.write(f"doubling costs {seconds[1] / seconds[0]:.2f} times\n")


if __name__ == "__main__":
    main()
