"""The record on disk: a folder of immutable Parquet parts, read through views in DuckDB, written without locks.

``docs/record-folder.md`` describes the folder, ``schema.sql`` the views.
"""

from gesta.store.compact import Compaction
from gesta.store.filters import EventFilter
from gesta.store.incident_filter import IncidentFilter
from gesta.store.store import Store
from gesta.store.summary import RecordSummary

__all__ = ["Compaction", "EventFilter", "IncidentFilter", "RecordSummary", "Store"]
