"""Who says so: claims with speaker, cue, content, stance, certainty and loaded words."""

from gesta.attribute.claims import find_claims

__all__ = ["find_claims"]
