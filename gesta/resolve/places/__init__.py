"""Places: what the toponyms of a report stand for."""

from gesta.resolve.places.find import find_places
from gesta.resolve.places.gazetteer import Gazetteer, GazetteerError
from gesta.resolve.places.of_event import event_place

__all__ = ["Gazetteer", "GazetteerError", "event_place", "find_places"]
