"""Who says so: claims with speaker, cue, content, stance, certainty, framing; and the words that take a side."""

from gesta.attribute.claims import find_claims
from gesta.attribute.loaded import find_loaded
from gesta.attribute.networks import Networks
from gesta.attribute.wording import tell_wording

__all__ = ["Networks", "find_claims", "find_loaded", "tell_wording"]
