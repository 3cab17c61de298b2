"""Worker processes: one coder each, batches handed out in order, a bounded number in flight."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import msgspec

from gesta.errors import GestaError
from gesta.records import Quarantined, Record, Report
from gesta.settings import CodeSettings

if TYPE_CHECKING:
    from gesta.coder import Coder

#: Batches in flight per worker: enough to keep each busy, few enough that memory stays flat on any input size.
_IN_FLIGHT = 2


class _Worker:
    """What lives in a worker process: its coder, loaded once by the pool's initialiser."""

    coder: Coder

    @classmethod
    def start(cls, settings: bytes) -> None:
        from gesta.coder import Coder

        cls.coder = Coder(msgspec.msgpack.decode(settings, type=CodeSettings))

    @classmethod
    def code(cls, batch: bytes) -> bytes:
        from gesta.run.engine import code_one

        reports = msgspec.msgpack.decode(batch, type=list[Report])
        results = [code_one(cls.coder, report) for report in reports]
        coded = [(r, None) if isinstance(r, Record) else (None, r) for r in results]
        return msgspec.msgpack.encode(coded)


def in_processes(
    batches: Iterable[list[Report]], settings: CodeSettings, *, workers: int
) -> Iterator[list[Record | Quarantined]]:
    """Yield the results of each batch in order, coded by ``workers`` processes."""
    decoder = msgspec.msgpack.Decoder(list[tuple[Record | None, Quarantined | None]])
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),  # fork is unsafe beside onnxruntime's threads
        initializer=_Worker.start,
        initargs=(msgspec.msgpack.encode(settings),),
    )
    waiting: deque[Future[bytes]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_Worker.code, msgspec.msgpack.encode(batch)))
            if len(waiting) >= workers * _IN_FLIGHT:
                yield _merged(decoder.decode(waiting.popleft().result()))
        while waiting:
            yield _merged(decoder.decode(waiting.popleft().result()))
    except BrokenProcessPool as error:
        raise GestaError(
            "a worker process died, perhaps for want of memory",
            remedy="What was coded is kept; run the same command again, with fewer --workers.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _merged(pairs: list[tuple[Record | None, Quarantined | None]]) -> list[Record | Quarantined]:
    return [item for pair in pairs for item in pair if item is not None]
