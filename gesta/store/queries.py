"""The SQL that ships with the package, by name."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

_NAMED = re.compile(r"^-- name: (\w+)\n(.*?;)$", re.MULTILINE | re.DOTALL)


@functools.cache
def schema() -> str:
    """Return the statements that make the views of a record."""
    return (files("gesta.store") / "schema.sql").read_text(encoding="utf-8")


@functools.cache
def _queries() -> dict[str, str]:
    return dict(_NAMED.findall((files("gesta.store") / "queries.sql").read_text(encoding="utf-8")))


def named(name: str, **words: str) -> str:
    """Return the query of this name from ``queries.sql`` with the words in braces filled in."""
    query = _queries()[name]
    for word, value in words.items():
        query = query.replace("{" + word + "}", value)
    return query
