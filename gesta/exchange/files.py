"""Files that appear under their name only once they are whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gesta.errors import UsageError


@contextmanager
def written_whole(out: Path) -> Iterator[BinaryIO]:
    """A stream to ``out`` that appears under its name only once it is whole; ``-`` is standard output."""
    if str(out) == "-":
        yield sys.stdout.buffer
        return
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(out)
    except OSError as error:
        if error.filename is not None and Path(error.filename) not in (part, out):
            raise  # of what was being read meanwhile
        raise UsageError(
            f"cannot be written ({error.strerror})", where=str(out), remedy="Choose another --out."
        ) from error
    finally:
        with suppress(OSError):  # nothing was written where nothing can be
            part.unlink(missing_ok=True)
