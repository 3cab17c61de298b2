"""Cause and effect as sentences state them, whether or not they are coded events."""

from gesta.find.causes.networks import CauseNetworks
from gesta.find.causes.tell import Told, find_relations, tell_causes, tell_line

__all__ = ["CauseNetworks", "Told", "find_relations", "tell_causes", "tell_line"]
