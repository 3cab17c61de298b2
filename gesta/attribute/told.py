"""One attribution as it stands in the text: the tokens of its cue, its source and its content."""

from __future__ import annotations

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

    def holds(self, token: int) -> bool:
        """Whether the token is content."""
        return token in self.content
