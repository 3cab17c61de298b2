"""Make the pictures of docs/dyads.md: python docs/make_dyads.py"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.linking import RUN  # noqa: E402
from benchmarks.ten_years import records  # noqa: E402
from gesta.analyse.dyads import counts_of, forecast_series, measure_sides  # noqa: E402
from gesta.analyse.escalation import read_escalation  # noqa: E402
from gesta.analyse.pictures import draw_forecast, draw_reciprocity, draw_series  # noqa: E402
from gesta.analyse.series import read_series  # noqa: E402
from gesta.analyse.sides import find_side  # noqa: E402
from gesta.annotate.model import load_model  # noqa: E402
from gesta.link.linking import link  # noqa: E402
from gesta.store import Store  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    """Draw them all."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "record")
        store.add(records(10, 1), run=RUN)
        link(store, load_model())
        sides = find_side(store, "AAA"), find_side(store, "BBB")
        monthly = read_series(store, sides, by="month")
        draw_series(monthly, PICTURES / "dyad-series.svg", escalation=read_escalation(store, sides))
        weekly = read_series(store, sides)
        draw_reciprocity(measure_sides(store, sides, weekly), PICTURES / "dyad-answers.svg")
        draw_forecast(counts_of(weekly), forecast_series(weekly, 4), PICTURES / "dyad-forecast.svg")


if __name__ == "__main__":
    main()
