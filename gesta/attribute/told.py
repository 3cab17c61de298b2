"""One attribution as it stands in the text: the tokens of its cue, its source and its content."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Token indices in text order, white space left out.

    ``cue`` is empty for direct speech that goes on without one; ``source`` where the text names no speaker.
    """

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    quoted: bool = False
    """Direct speech."""
    confidence: float = 1.0
    """The chance that it is an attribution at all; an attitude ("stands behind") has less than a saying."""

    def holds(self, token: int) -> bool:
        """Whether the token is content."""
        at = bisect_left(self.content, token)
        return at < len(self.content) and self.content[at] == token
