"""Code a stream of reports, batch by batch, in order.

An engine is a small contract: batches of reports in, batches of results out, in the same order. What a report gives
depends on the report alone, so neither the number of workers nor the batch size changes the output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from gesta.coder import Coder, describe_run
from gesta.records import Quarantined, Record, Report
from gesta.run.workers import in_processes
from gesta.settings import CodeSettings, RunSettings
from gesta.store import Store

Batch = list[Report]
Result = Record | Quarantined
Progress = Callable[["Tally"], None]


@dataclass(slots=True)
class Tally:
    """What a run has done so far, and what it did not code and why."""

    read: int = 0
    coded: int = 0
    known: int = 0
    """Already in the record, coded by the same run."""
    doubles: int = 0
    """Read twice in this run: the same text, publisher and url."""
    events: int = 0
    counted: int = 0
    undated: int = 0
    """Reports without a publication date."""
    undated_events: int = 0
    """Events without any time, not even one bounded by publication."""
    eventless: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one result."""
        if isinstance(result, Quarantined):
            self.quarantined[result.reason] += 1
            return
        if result.skipped:
            self.skipped[result.skipped] += 1
            return
        self.coded += 1
        self.events += len(result.events)
        self.counted += sum(event.counted for event in result.events)
        self.undated += result.report.published is None
        self.undated_events += sum(event.time is None for event in result.events)
        self.eventless += not result.events


def code_one(coder: Coder, report: Report) -> Result:
    """Code one report; a fault in our own code costs that report alone, and says so."""
    try:
        return coder.code(report)
    except Exception as error:
        return Quarantined(
            origin=report.origin or report.id,
            reason=f"internal fault while coding: {type(error).__name__}: {error}",
            remedy="Please report this with the text, if you may share it.",
        )


def code_reports(
    reports: Iterable[Report], settings: CodeSettings, run: RunSettings, *, coder: Coder | None = None
) -> Iterator[list[Result]]:
    """Yield the results of each batch, in the order of the reports."""
    batches = _batches(reports, run.batch)
    if run.workers > 1:
        yield from in_processes(batches, settings, workers=run.workers)
        return
    coder = coder or Coder(settings)
    for batch in batches:
        yield [code_one(coder, report) for report in batch]


def _batches(reports: Iterable[Report], size: int) -> Iterator[Batch]:
    stream = iter(reports)
    while batch := list(islice(stream, size)):
        yield batch


def fresh_reports(
    inputs: Iterable[Report | Quarantined],
    tally: Tally,
    *,
    refuse: Callable[[Quarantined], None],
    known: frozenset[str] = frozenset(),
) -> Iterator[Report]:
    """Yield the reports still to be coded; count the others, and hand what is quarantined to ``refuse``."""
    seen: set[str] = set()
    for item in inputs:
        tally.read += 1
        if isinstance(item, Quarantined):
            tally.add(item)
            refuse(item)
        elif item.id in known:
            tally.known += 1
        elif item.id in seen:
            tally.doubles += 1
        else:
            seen.add(item.id)
            yield item


def code_into(
    store: Store,
    inputs: Iterable[Report | Quarantined],
    settings: CodeSettings,
    run: RunSettings,
    *,
    model: str,
    progress: Progress | None = None,
) -> Tally:
    """Code ``inputs`` into ``store``: one commit a batch, so that a killed run goes on where it stopped."""
    described = describe_run(settings, model)
    known = store.coded(described.id)
    tally = Tally()
    refused: list[Quarantined] = []

    fresh = fresh_reports(inputs, tally, refuse=refused.append, known=known)
    for results in code_reports(fresh, settings, run):
        for result in results:
            tally.add(result)
        records = [result for result in results if isinstance(result, Record)]
        faults = [result for result in results if isinstance(result, Quarantined)]
        store.add(records, run=described, quarantined=[*refused, *faults])
        refused.clear()
        if progress is not None:
            progress(tally)
    if refused:
        store.add([], run=described, quarantined=refused)
    if progress is not None:
        progress(tally)
    return tally
