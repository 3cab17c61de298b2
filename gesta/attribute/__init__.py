"""Who says so: claims with speaker, cue, content, stance, certainty and loaded words."""

from gesta.attribute.claims import find_claims
from gesta.attribute.networks import Networks

__all__ = ["Networks", "find_claims"]
