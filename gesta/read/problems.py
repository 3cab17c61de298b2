"""Why an input, or one line or field of it, cannot become a report."""

from __future__ import annotations

from gesta.errors import ReadError
from gesta.records import Quarantined
from gesta.text import settle

_SHOWN = 60


class UnreadableError(ReadError):
    """Raised inside ``gesta.read`` and turned into a Quarantined by whoever knows the origin."""

    def __init__(
        self, what: str, *, remedy: str | None = None, line: int | None = None, field: str | None = None
    ) -> None:
        super().__init__(what, where=f"line {line}" if line else None, remedy=remedy)
        self.line, self.field = line, field

    def quarantined(self, origin: str, *, line: int | None = None) -> Quarantined:
        """The row that keeps the input from being silently lost.

        ``line`` is where the report stands in its file; without it, the error's own line counts.
        """
        at = self.line if line is None else line
        return Quarantined(origin=origin, reason=self.what, line=at, field=self.field, remedy=self.remedy)


def too_long(limit: int, *, line: int | None = None) -> UnreadableError:
    """The error for a text over ``limit`` characters."""
    return UnreadableError(
        f"longer than {limit:,} characters, which is a dump and not a report",
        remedy="Split it into its reports, or raise max_characters.",
        line=line,
        field="text",
    )


def shown(value: object) -> str:
    """A value for a message: quoted, on one line, cut where it is long."""
    words = " ".join(settle(str(value)).split())
    return f"\u201c{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}\u201d"
