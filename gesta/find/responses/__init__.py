"""Stated responses: one act told as the answer to another."""

from gesta.find.responses.find import Response, find_responses

__all__ = ["Response", "find_responses"]
