"""The chance that two events tell of one happening: a logistic regression.

What speaks for and against is told in SQL (``pairs.sql`` and :data:`FEATURES`), so that millions of pairs are scored
where they stand; training reads the very same columns. ``train/linking.py`` fits the weights on the casebook's
happenings that are not held out.
"""

from __future__ import annotations

from gesta.annotate.model import Floats

#: Name -> SQL over the columns of ``beside`` in pairs.sql. NULL, where something is unknown, counts as 0.
FEATURES: dict[str, str] = {
    # Time
    "same day, told to the day": "known = 3 AND gap <= 0 AND width = 0",
    "next day, told to the day": "known = 3 AND gap = 1",
    "two or three days apart, told to the day": "known = 3 AND gap > 1",
    "overlap, told": "known = 2 AND gap <= 0",
    "overlap, bounded only": "known = 1 AND gap <= 0",
    "apart, not told to the day": "known < 3 AND gap > 0",
    "no day": "known = 0",
    "width of the longer interval": "ln(1 + least(width, 60)) / 4",
    "published the same day": "apart = 0",
    "published days apart": "ln(1 + least(apart, 30)) / 3",
    "expected days apart": "ln(1 + least(between_days, 30)) / 2",
    "expected days apart, one told": "ln(1 + least(between_days, 30)) / 2 * (known < 3 AND better_known = 3)::INT",
    "expected days apart, none told": "CASE WHEN better_known < 3 THEN ln(1 + least(between_days, 30)) / 2 END",
    "a day of doubtful source": "doubtful_day",
    "days apart, of doubtful source": "doubtful_day AND gap > 0",
    "a day that the other report names": "coalesce(day_of_a_named, false) OR coalesce(day_of_b_named, false)",
    "a day that the other report does not name": "NOT day_of_a_named OR NOT day_of_b_named",
    "both days unnamed": "NOT day_of_a_named AND NOT day_of_b_named",
    "chance of one day": "ln(0.03 + coalesce(same_day, 0.2)) - ln(0.23)",
    "chance of neighbouring days": "ln(0.03 + coalesce(next_day, 0.07)) - ln(0.1)",
    "chance of a day unnamed": "unnamed_day",
    "chance of days apart": "greatest(1 - same_day - next_day - unnamed_day, 0)",
    "likeliest days agree": "likeliest_apart = 0",
    "likeliest days are neighbours": "likeliest_apart = 1",
    "likeliest days apart": "CASE WHEN likeliest_apart > 1 THEN surer END",
    # Place
    "same town": "same_city",
    "towns within 15 km": "NOT same_city AND kilometres < 15",
    "towns 15 to 60 km apart": "NOT same_city AND kilometres BETWEEN 15 AND 60",
    "towns over 60 km apart": "NOT same_city AND kilometres > 60",
    "same division, a town unknown": "kilometres IS NULL AND same_admin1",
    "two divisions": "kilometres IS NULL AND NOT same_admin1",
    "same country, no more": "kilometres IS NULL AND same_admin1 IS NULL AND same_country",
    "two countries": "NOT same_country",
    "a country only supposed": "supposed",
    "no place": "same_country IS NULL",
    "town nearby shared": "towns > 0",
    "towns nearby, none shared": "both_towns AND towns = 0",
    "town of one named in the other's report": "coalesce(town_of_a_named, false) OR coalesce(town_of_b_named, false)",
    "town of one not named in the other's report": "NOT town_of_a_named OR NOT town_of_b_named",
    "towns of the reports shared": "ln(1 + page_towns)",
    "towns of the reports, none shared": "both_page_towns AND page_towns = 0",
    "divisions of the reports, none shared": "both_divisions AND divisions = 0",
    # Where in the reports
    "both early": "both_early",
    "one early": "one_early",
    "both first": "both_first",
    "one first": "one_first",
    # What
    "same type": "same_type",
    "type the first thing told": "type_a = type_b",
    "a mode shared": "len(list_intersect(modes_a, modes_b)) > 0",
    "no mode shared": "len(modes_a) > 0 AND len(modes_b) > 0 AND len(list_intersect(modes_a, modes_b)) = 0",
    "attack or unrest": "type_a IN ('ASSAULT', 'PROTEST') AND type_b IN ('ASSAULT', 'PROTEST')",
    "words": "type_a IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN')",
    "one only alleged": "NOT happened",
    "several at once": "several",
    "number differs": "NOT counted_alike",
    # Who
    "a source shared": "same_sources > 0",
    "sources differ": "both_sources AND same_sources = 0",
    "a target shared": "same_targets > 0",
    "targets differ": "both_targets AND same_targets = 0",
    "source and target change places": "crossed > 0",
    "countries of sources differ": "NOT source_countries",
    "countries of targets differ": "NOT target_countries",
    "sectors of sources differ": "NOT source_sectors",
    "sectors of sources agree": "source_sectors",
    "sectors of targets differ": "NOT target_sectors",
    "sectors of targets agree": "target_sectors",
    # Tolls, as the distance of their logarithms
    "killed alike": "killed < 0.01",
    "killed nearly alike": "killed BETWEEN 0.01 AND 0.6",
    "killed differ": "greatest(killed - 0.6, 0)",
    "injured alike": "injured < 0.01",
    "injured differ": "greatest(injured - 0.6, 0)",
    "others alike": "others < 0.01",
    "others differ": "greatest(others - 0.6, 0)",
    # Words
    "likeness": "greatest(likeness, 0)",
    "likeness above 0.5": "greatest(likeness - 0.5, 0) * 2",
    "likeness above 0.8": "greatest(likeness - 0.8, 0) * 5",
    "same trigger": "same_lemma",
    "names shared": "ln(1 + names)",
    "share of names": "names / greatest(fewer_names, 1)",
    "names, none shared": "fewer_names > 0 AND names = 0",
    "words shared": "ln(1 + words)",
    "share of words": "words / greatest(fewer_words, 1)",
    # The reports as a whole
    "names of the reports shared": "ln(1 + page_names) / 2",
    "share of the reports' names": "page_names / greatest(fewer_page_names, 1)",
    "reports with names, none shared": "fewer_page_names > 0 AND page_names = 0",
    "reports alike": "greatest(page_likeness, 0)",
    "reports alike above 0.6": "greatest(page_likeness - 0.6, 0) * 2.5",
    "same country, by the reports": "page_country",
    "two countries, by the reports": "NOT page_country",
    "text shared": "greatest(copied - 0.1, 0)",
    "rare words shared": "ln(1 + rare)",
    "share of rare words": "rare / greatest(fewest_rare, 1)",
    "rare words, none shared": "fewest_rare > 2 AND rare = 0",
    "fewer words shared": "ln(1 + fewer)",
    "share of fewer words": "fewer / greatest(fewest_fewer, 1)",
    "usual words shared": "ln(1 + usual)",
    "share of usual words": "usual / greatest(fewest_usual, 1)",
    "rare words of the reports shared": "ln(1 + page_rare)",
    "share of the reports' rare words": "page_rare / greatest(fewest_page_rare, 1)",
    "fewer words of the reports shared": "ln(1 + page_fewer)",
    "share of the reports' fewer words": "page_fewer / greatest(fewest_page_fewer, 1)",
    "usual words of the reports shared": "ln(1 + page_usual)",
    "share of the reports' usual words": "page_usual / greatest(fewest_page_usual, 1)",
    "both early, share of the reports' rare words": "both_early::INT * page_rare / greatest(fewest_page_rare, 1)",
    "both early, share of the reports' fewer words": "both_early::INT * page_fewer / greatest(fewest_page_fewer, 1)",
    "both early, reports alike": "both_early::INT * page_likeness",
    "one early, share of the reports' rare words": "one_early::INT * page_rare / greatest(fewest_page_rare, 1)",
}


def features_sql() -> str:
    """Return the columns of ``compared``: f0, f1 ... in the order of :data:`FEATURES`."""
    return ",\n    ".join(f"coalesce(({sql})::FLOAT, 0) AS f{n}" for n, sql in enumerate(FEATURES.values()))


def chance_sql(weights: Floats) -> str:
    """Return the SQL of the chance that the pair of a row of ``compared`` is one happening; the bias comes first."""
    bias, *rest = (float(one) for one in weights)
    terms = [f"{bias:.6f}", *(f"f{n} * {weight:.6f}" for n, weight in enumerate(rest) if weight)]
    return f"1 / (1 + exp(-({' + '.join(terms)})))"
