"""Write docs/why.svg, the README's picture, from the samples: python docs/make_picture.py"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console

from gesta.annotate.model import load_model
from gesta.cli.demo import samples_folder
from gesta.cli.why import explain
from gesta.read import read_paths
from gesta.records import Event
from gesta.run import code_into
from gesta.settings import CodeSettings, RunSettings
from gesta.store import EventFilter, Store

PICTURE = Path(__file__).parent / "why.svg"

#: Which event to draw: one that is short and shows every kind of span.
SAMPLE, WORD = "03-us-strikes-northbank-daily.txt", "hit"


def _told(event: Event, store: Store) -> tuple[str, str]:
    report = store.report(event.report)
    return report.origin, report.text[event.trigger.start : event.trigger.end]


def main() -> None:
    """Code the samples and draw one event."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "record")
        code_into(store, read_paths([samples_folder()]), CodeSettings(), RunSettings(), model=load_model().identity)
        event = next(e for e in store.events(EventFilter()) if _told(e, store) == (SAMPLE, WORD))
        out = Console(record=True, width=104, file=io.StringIO(), highlight=False)
        explain(event, store.report(event.report), store, out)
    drawn = out.export_svg(title=f"gesta why record {event.id[:10]}", unique_id="why")
    # The picture names no outside font: it must look right offline.
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
