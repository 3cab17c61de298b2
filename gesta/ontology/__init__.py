"""PLOVER, CAMEO and Goldstein as tables, with small typed readers."""

from gesta.ontology.cameo import VERSIONS, Crosswalk, crosswalk, goldstein, to_plover
from gesta.ontology.plover import VERSION, Context, EventType, Mode, Ontology, Sector, plover

__all__ = [
    "VERSION",
    "VERSIONS",
    "Context",
    "Crosswalk",
    "EventType",
    "Mode",
    "Ontology",
    "Sector",
    "crosswalk",
    "goldstein",
    "plover",
    "to_plover",
]
