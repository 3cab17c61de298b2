"""Errors meant for people: what was wrong, where, and what to do about it."""

from __future__ import annotations


class GestaError(Exception):
    """Base of every error Gesta raises on purpose.

    ``what`` says what was wrong, ``where`` points at the file, line or field, ``remedy`` says what to do. The command
    line prints all three and never a traceback.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}.{advice}"


class UsageError(GestaError):
    """The caller asked for something that does not exist: an option, a path, a name. Exit code 2."""


class ReadError(GestaError):
    """An input that cannot be read as reports; it goes to quarantine with this error's words."""


class StoreError(GestaError):
    """The record on disk cannot be read or written."""


class ModelError(GestaError):
    """The model file is missing, damaged or does not fit this version."""
