"""The same pipeline over many reports: in this process or in several, with the same output."""

from gesta.run.engine import Progress, Tally, code_into, code_reports, fresh_reports

__all__ = ["Progress", "Tally", "code_into", "code_reports", "fresh_reports"]
