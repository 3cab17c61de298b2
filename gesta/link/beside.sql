-- What speaks for and against the pairs of "met" being one, so many at a time: a row is some thousand numbers wide before
-- it is boiled down.

CREATE OR REPLACE TABLE some_met AS SELECT a, b, r, s FROM met WHERE {which};

-- How much the reports of these pairs share as a whole. Words count by how rare they are.
CREATE OR REPLACE TABLE met_pages AS
SELECT
    r, s,
    len(list_intersect(p.names, q.names)) AS names,
    least(len(p.names), len(q.names)) AS fewer_names,
    coalesce(array_cosine_similarity(p.meaning, q.meaning), 0) AS likeness,
    p.country = q.country AS same_country,
    len(list_filter(list_zip(p.signature, q.signature), lambda x: x[1] = x[2])) / 64 AS copied,
    len(list_intersect(p.rare, q.rare)) AS rare,
    least(len(p.rare), len(q.rare)) AS fewest_rare,
    len(list_intersect(p.fewer, q.fewer)) AS fewer,
    least(len(p.fewer), len(q.fewer)) AS fewest_fewer,
    len(list_intersect(p.usual, q.usual)) AS usual,
    least(len(p.usual), len(q.usual)) AS fewest_usual,
    len(list_intersect(p.towns, q.towns)) AS towns,
    len(p.towns) > 0 AND len(q.towns) > 0 AS both_towns,
    len(list_intersect(p.divisions, q.divisions)) AS divisions,
    len(p.divisions) > 0 AND len(q.divisions) > 0 AS both_divisions
FROM (SELECT DISTINCT r, s FROM some_met) JOIN pages p USING (r) JOIN pages q ON q.r = s;

CREATE OR REPLACE TABLE compared AS
WITH described AS (
    SELECT t.*, s.rare, s.fewer, s.usual, d.days, d.chances, d.unnamed
    FROM traces t LEFT JOIN spoken s ON s.n = t.n LEFT JOIN day_chances d ON d.n = t.n
),
beside AS (
    SELECT
        least(met.a, met.b) AS a, greatest(met.a, met.b) AS b, met.a AS x, met.b AS y, met.r, met.s,
        greatest(a.first, b.first) - least(a.last, b.last) AS gap,
        least(a.known, b.known) AS known,
        greatest(a.known, b.known) AS better_known,
        -- The day each is expected on: the middle if told; of what is only bounded, the day before publication.
        abs(CASE WHEN a.known > 1 THEN (a.first + a.last) / 2 ELSE a.published - 0.7 END
            - CASE WHEN b.known > 1 THEN (b.first + b.last) / 2 ELSE b.published - 0.7 END) AS between_days,
        list_sum(list_transform(list_zip(a.days, a.chances), lambda x: x[2] * coalesce(
            b.chances[list_position(b.days, x[1])], 0))) AS same_day,
        list_sum(list_transform(list_zip(a.days, a.chances), lambda x: x[2] * (
            coalesce(b.chances[list_position(b.days, x[1] + 1)], 0)
            + coalesce(b.chances[list_position(b.days, x[1] - 1)], 0)))) AS next_day,
        1 - (1 - a.unnamed) * (1 - b.unnamed) AS unnamed_day,
        abs(a.days[1] - b.days[1]) AS likeliest_apart,
        least(a.chances[1], b.chances[1]) AS surer,
        a.day_from_before OR b.day_from_before AS doubtful_day,
        CASE WHEN a.known = 3 THEN list_contains(q.days, a.first) END AS day_of_a_named,
        CASE WHEN b.known = 3 THEN list_contains(p.days, b.first) END AS day_of_b_named,
        greatest(a.last - a.first, b.last - b.first) AS width,
        abs(a.published - b.published) AS apart,
        a.type AS type_a, b.type AS type_b,
        len(list_intersect(a.types, b.types)) > 0 AS same_type,
        a.modes AS modes_a, b.modes AS modes_b,
        a.happened AND b.happened AS happened,
        a.count = b.count AS counted_alike,
        a.count > 1 OR b.count > 1 AS several,
        a.early AND b.early AS both_early,
        a.early <> b.early AS one_early,
        a.place_in_report = 1 AND b.place_in_report = 1 AS both_first,
        (a.place_in_report = 1) <> (b.place_in_report = 1) AS one_first,
        a.city = b.city AS same_city,
        CASE WHEN a.latitude + b.latitude IS NOT NULL THEN 2 * 6371 * asin(sqrt(least(1,
            pow(sin(radians(b.latitude - a.latitude) / 2), 2)
            + cos(radians(a.latitude)) * cos(radians(b.latitude)) * pow(sin(radians(b.longitude - a.longitude) / 2), 2)
        ))) END AS kilometres,
        a.country = b.country AS same_country,
        a.admin1 = b.admin1 AND a.country = b.country AS same_admin1,
        a.supposed OR b.supposed AS supposed,
        len(list_intersect(a.towns, b.towns)) AS towns,
        len(a.towns) > 0 AND len(b.towns) > 0 AS both_towns,
        CASE WHEN a.city IS NOT NULL AND len(q.towns) > 0 THEN list_contains(q.towns, a.city) END AS town_of_a_named,
        CASE WHEN b.city IS NOT NULL AND len(p.towns) > 0 THEN list_contains(p.towns, b.city) END AS town_of_b_named,
        len(list_intersect(a.sources, b.sources)) AS same_sources,
        len(list_intersect(a.targets, b.targets)) AS same_targets,
        len(list_intersect(a.sources, b.targets)) + len(list_intersect(a.targets, b.sources)) AS crossed,
        len(a.sources) > 0 AND len(b.sources) > 0 AS both_sources,
        len(a.targets) > 0 AND len(b.targets) > 0 AS both_targets,
        CASE WHEN len(a.source_countries) > 0 AND len(b.source_countries) > 0
            THEN len(list_intersect(a.source_countries, b.source_countries)) > 0 END AS source_countries,
        CASE WHEN len(a.target_countries) > 0 AND len(b.target_countries) > 0
            THEN len(list_intersect(a.target_countries, b.target_countries)) > 0 END AS target_countries,
        CASE WHEN len(a.source_sectors) > 0 AND len(b.source_sectors) > 0
            THEN len(list_intersect(a.source_sectors, b.source_sectors)) > 0 END AS source_sectors,
        CASE WHEN len(a.target_sectors) > 0 AND len(b.target_sectors) > 0
            THEN len(list_intersect(a.target_sectors, b.target_sectors)) > 0 END AS target_sectors,
        abs(ln(a.killed + 0.5) - ln(b.killed + 0.5)) AS killed,
        abs(ln(a.injured + 0.5) - ln(b.injured + 0.5)) AS injured,
        abs(ln(a.others + 0.5) - ln(b.others + 0.5)) AS others,
        coalesce(array_cosine_similarity(a.meaning, b.meaning), 0) AS likeness,
        len(list_intersect(a.lemmas, b.lemmas)) > 0 AS same_lemma,
        len(list_intersect(a.names, b.names)) AS names,
        least(len(a.names), len(b.names)) AS fewer_names,
        len(list_intersect(a.words, b.words)) AS words,
        least(len(a.words), len(b.words)) AS fewer_words,
        len(list_intersect(a.rare, b.rare)) AS rare,
        least(len(a.rare), len(b.rare)) AS fewest_rare,
        len(list_intersect(a.fewer, b.fewer)) AS fewer,
        least(len(a.fewer), len(b.fewer)) AS fewest_fewer,
        len(list_intersect(a.usual, b.usual)) AS usual,
        least(len(a.usual), len(b.usual)) AS fewest_usual,
        m.names AS page_names, m.fewer_names AS fewer_page_names, m.likeness AS page_likeness,
        coalesce(a.country, p.country) = coalesce(b.country, q.country) AS page_country,
        m.copied, m.rare AS page_rare, m.fewest_rare AS fewest_page_rare, m.fewer AS page_fewer,
        m.fewest_fewer AS fewest_page_fewer, m.usual AS page_usual, m.fewest_usual AS fewest_page_usual,
        m.towns AS page_towns, m.both_towns AS both_page_towns, m.divisions, m.both_divisions
    FROM some_met met
    JOIN met_pages m ON m.r = met.r AND m.s = met.s
    JOIN described a ON a.n = met.a
    JOIN described b ON b.n = met.b
    JOIN pages p ON p.r = met.r
    JOIN pages q ON q.r = met.s
)
SELECT
    a, b, x, y, r, s,
    {features}
FROM beside
WHERE coalesce(kilometres < 300, true);
