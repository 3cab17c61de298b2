"""Reading the tables that Gesta ships: tab-separated text, one header line, no quoting."""

from __future__ import annotations

from importlib import resources


def read_table(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of the table ``name`` (such as ``"types.tsv"``) that lies in ``package``, in file order.

    Every value is a string, empty where the table has nothing. ``ValueError`` if a row has another number of fields
    than the header: a table that is out of step must not load by half.
    """
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    header, *lines = text.rstrip("\n").split("\n")
    columns = header.split("\t")
    rows = []
    for number, line in enumerate(lines, start=2):
        fields = line.split("\t")
        if len(fields) != len(columns):
            raise ValueError(f"{name}:{number}: {len(fields)} fields where the header has {len(columns)}")
        rows.append(dict(zip(columns, fields, strict=True)))
    return rows


def many(field: str) -> tuple[str, ...]:
    """Return the values of a field that holds several, separated by ``|``; none if it is empty."""
    return tuple(field.split("|")) if field else ()


def number(field: str) -> float | None:
    """Return the number in ``field``, or None if it is empty."""
    return float(field) if field else None
