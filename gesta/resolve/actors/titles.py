"""What the registry calls an office that a text gives in other words: ``titles.tsv``.

Only offices that one person holds at a time are listed; ``of`` limits a line to states where the words mean that.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gesta.ontology.tables import many, read_table
from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.phrases import noun_at
from gesta.resolve.actors.spelling import fold

_HONOURS = frozenset({"HH", "HE", "HRH", "HM", "H.H.", "H.E.", "H.R.H.", "H.M."})


@cache
def _titles() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    return {row["words"]: (row["title"], many(row["of"])) for row in read_table(__package__, "titles.tsv")}


def title_of(text: str | None, of: str | None = None) -> str | None:
    """Return the registry's title of the office ``text`` ("defense minister"), or None if it is no singular office.

    ``of`` is the key of the country or the name of the body, where it is known.
    """
    title, where = _titles().get(fold(text), (None, ())) if text else (None, ())
    return title if of is None or not where or of in where else None


def before_honours(mentions: Mentions, start: int) -> int:
    """Return where "HH Sheikh" and the like begin that stand before token ``start``: they tell no office."""
    while start > 0:
        found = noun_at(mentions, max(0, start - 4), start)
        if mentions.words[start - 1] in _HONOURS:
            start -= 1
        elif found is not None and found[1].has("honorific") and not found[1].sectors:
            start = found[0]
        else:
            break
    return start
