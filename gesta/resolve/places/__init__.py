"""Places: what the toponyms of a report stand for."""

from gesta.resolve.places.find import find_places
from gesta.resolve.places.gazetteer import Gazetteer, GazetteerError, open_gazetteer

__all__ = ["Gazetteer", "GazetteerError", "find_places", "open_gazetteer"]
