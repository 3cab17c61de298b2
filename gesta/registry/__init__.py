"""Actors that users bring: read from tables and PETRARCH dictionaries, kept, and put before Gesta's own.

``read_actors`` reads a file, ``keep`` keeps what it found under a name, ``open_registry`` gives what a run uses.
"""

from gesta.registry.kept import keep, kept_names, open_registry, read_kept, remove
from gesta.registry.read import Imported, read_actors

__all__ = ["Imported", "keep", "kept_names", "open_registry", "read_actors", "read_kept", "remove"]
