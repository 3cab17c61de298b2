"""Read files, folders and standard input as reports; what cannot be read is quarantined with its reason."""

from __future__ import annotations

from gesta.read.files import READABLE
from gesta.read.paths import read_paths

__all__ = ["READABLE", "read_paths"]
