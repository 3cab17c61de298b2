"""On what day a happening was, by all that its report names: chances of days, weighed in SQL.

An event's own time is often another's, or missing; the report still names its day somewhere. ``days.sql`` lists the
days and what speaks for each; a logistic regression, fitted by ``train/linking.py``, weighs them.
"""

from __future__ import annotations

from gesta.annotate.model import Floats

#: Name -> SQL over the columns of ``measured`` in days.sql. NULL counts as 0.
FEATURES: dict[str, str] = {
    "own": "is_own",
    "own, relative or stated": "is_own AND own.basis IN ('relative', 'stated')",
    "own, of a word before in another sentence": "is_own AND before AND ends > 0",
    "own, of a word after in another sentence": "is_own AND NOT before AND ends > 0",
    "another than its own": "how = 'named' AND NOT is_own AND own.span IS NOT NULL",
    "another, its own in the same sentence": "how = 'named' AND NOT is_own AND own.basis = 'relative'",
    "named, same sentence": "how = 'named' AND ends = 0",
    "named, same sentence, before": "how = 'named' AND ends = 0 AND before",
    "named, same sentence, close": "how = 'named' AND ends = 0 AND far < 30",
    "named, same sentence, adjacent": "how = 'named' AND ends = 0 AND far < 14",
    "named, same sentence, just before": "how = 'named' AND ends = 0 AND before AND far < 25",
    "named, next sentence": "how = 'named' AND ends = 1",
    "named, next sentence, after": "how = 'named' AND ends = 1 AND NOT before",
    "named, later sentence": "how = 'named' AND ends BETWEEN 2 AND 3",
    "named, later sentence, after": "how = 'named' AND ends BETWEEN 2 AND 3 AND NOT before",
    "named, far": "how = 'named' AND ends > 3",
    "named first": "rank = 1",
    "named first, of the title": "rank = 1 AND in_title",
    "named second, of the title": "rank = 2 AND in_title",
    "of the title": "how = 'named' AND in_title",
    "in the dateline": "in_dateline",
    "shifted": "shifted",
    "shifted, same sentence": "shifted AND ends = 0",
    "in the future": "NOT shifted AND day > published",
    "is the day of publication": "how = 'named' AND day = published",
    "is the eve": "how = 'named' AND day = published - 1",
    "possessive, of it": "how = 'named' AND owning",
    "possessive, of another": "how = 'named' AND possessive AND NOT owning",
    "own, possessive of another": "is_own AND possessive AND NOT owning",
    "named, same sentence, of a noun": "how = 'named' AND ends = 0 AND noun AND NOT coalesce(owning, false)",
    "named, same sentence before, of a noun": "ends = 0 AND how = 'named' AND before AND noun AND owning IS NOT TRUE",
    "is the day of publication, same sentence, of a noun": "how = 'named' AND ends = 0 AND day = published AND noun",
    "is the day of publication, other sentence, of a noun": "how = 'named' AND ends > 0 AND day = published AND noun",
    "relative": "how = 'named' AND basis = 'relative'",
    "inferred": "how = 'named' AND basis = 'inferred'",
    "published": "how = 'published'",
    "published, a time of its own": "how = 'published' AND own.span IS NOT NULL",
    "published, of the title": "how = 'published' AND in_title",
    "published, of a noun": "how = 'published' AND noun",
    "eve, of a noun": "how = 'eve' AND noun",
    "unnamed, of a noun": "how = 'unnamed' AND noun",
    "unnamed, of a noun, another type than the first": "how = 'unnamed' AND noun AND other_than_first",
    "eve": "how = 'eve'",
    "eve, a time of its own": "how = 'eve' AND own.span IS NOT NULL",
    "eve, of the title": "how = 'eve' AND in_title",
    "published or eve, early": "how IN ('published', 'eve') AND early",
    "published or eve, another type than the first": "how IN ('published', 'eve') AND other_than_first",
    "published or eve, named": "how = 'named' AND published - day < 2 AND other_than_first AND ends > 0",
    "unnamed": "how = 'unnamed'",
    "unnamed, a time of its own": "how = 'unnamed' AND own.span IS NOT NULL",
    "unnamed, a wide time of its own": "how = 'unnamed' AND own.span IS NOT NULL AND wide",
    "unnamed, of the title": "how = 'unnamed' AND in_title",
    "unnamed, early": "how = 'unnamed' AND early",
    "unnamed, another type than the first": "how = 'unnamed' AND other_than_first",
    "step": "how = 'step'",
    "step, same sentence": "how = 'step' AND ends = 0",
    "step, from publication": "how = 'step' AND base_rank = 0",
    "step, from the first day named": "how = 'step' AND base_rank = 1",
    "step, after": "how = 'step' AND ends = 0 AND way IN ('after', 'since') AND before",
    "step, after, close": "how = 'step' AND ends = 0 AND way IN ('after', 'since') AND before AND far < 70",
    "step, after, of what stands before": "how = 'step' AND ends = 0 AND way IN ('after', 'since') AND NOT before",
    "step, before": "how = 'step' AND ends = 0 AND way = 'before' AND before",
    "step, earlier": "how = 'step' AND ends = 0 AND way IN ('earlier', 'ago', 'previously', 'before')",
    "step, earlier, before": "before AND ends = 0 AND way IN ('earlier', 'ago', 'previously', 'before')",
    "step, later": "how = 'step' AND ends = 0 AND way IN ('later', 'on')",
    "step, later, before": "how = 'step' AND ends = 0 AND way IN ('later', 'on') AND before",
    "step of a week or a year": "how = 'step' AND ends = 0 AND abs(day - published) > 6",
    "step, near": "how = 'step' AND ends = 0 AND far < 40",
}


def score_sql(weights: Floats) -> str:
    """Return the SQL of the log weight of a row of ``day_candidates``."""
    terms = [f"g{n} * {float(weight):.6f}" for n, weight in enumerate(weights) if weight]
    return " + ".join(terms) or "0"


def features_sql() -> str:
    """Return the columns of ``day_candidates``: g0, g1 ... in the order of :data:`FEATURES`."""
    return ",\n    ".join(f"coalesce(({sql})::INTEGER, 0) AS g{n}" for n, sql in enumerate(FEATURES.values()))
