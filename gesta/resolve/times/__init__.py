"""Times: expressions found in text and normalised to intervals of days, in TIMEX3 form."""

from __future__ import annotations

from gesta.resolve.times.find import find_times
from gesta.resolve.times.of_event import bounded

__all__ = ["bounded", "find_times"]
