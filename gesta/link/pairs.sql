-- The pairs of events to compare, with what speaks for and against their being one.
-- "fresh" holds the numbers of the events that are new; of two old ones the answer is known already.

CREATE OR REPLACE TABLE met AS
WITH new AS (SELECT DISTINCT r FROM fresh JOIN traces USING (n) JOIN pages USING (report)),
near AS (
    SELECT DISTINCT a.r AS r, b.r AS s
    FROM keys a JOIN keys b ON a.key = b.key AND a.r < b.r
    WHERE a.r IN (SELECT r FROM new) OR b.r IN (SELECT r FROM new)
),
placed AS (SELECT n, r, family, first, last FROM traces JOIN pages USING (report))
SELECT least(a.n, b.n) AS a, greatest(a.n, b.n) AS b, near.r, near.s
FROM near
JOIN placed a ON a.r = near.r
JOIN placed b ON b.r = near.s AND b.family = a.family
WHERE (a.n IN (SELECT n FROM fresh) OR b.n IN (SELECT n FROM fresh))
    AND coalesce(a.first <= b.last + {slack} AND b.first <= a.last + {slack}, true);

CREATE OR REPLACE TABLE compared AS
WITH beside AS (
    SELECT
        a.n AS a, b.n AS b,
        greatest(a.first, b.first) - least(a.last, b.last) AS gap,
        least(a.known, b.known) AS known,
        greatest(a.last - a.first, b.last - b.first) AS width,
        abs(a.published - b.published) AS apart,
        a.type AS type_a, b.type AS type_b,
        len(list_intersect(a.types, b.types)) > 0 AS same_type,
        a.modes AS modes_a, b.modes AS modes_b,
        a.happened AND b.happened AS happened,
        a.count = b.count AS counted_alike,
        a.count > 1 OR b.count > 1 AS several,
        a.city = b.city AS same_city,
        CASE WHEN a.latitude + b.latitude IS NOT NULL THEN 2 * 6371 * asin(sqrt(least(1,
            pow(sin(radians(b.latitude - a.latitude) / 2), 2)
            + cos(radians(a.latitude)) * cos(radians(b.latitude)) * pow(sin(radians(b.longitude - a.longitude) / 2), 2)
        ))) END AS kilometres,
        a.country = b.country AS same_country,
        a.admin1 = b.admin1 AND a.country = b.country AS same_admin1,
        a.supposed OR b.supposed AS supposed,
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
        len(list_intersect(p.names, q.names)) AS page_names,
        least(len(p.names), len(q.names)) AS fewer_page_names,
        coalesce(array_cosine_similarity(p.meaning, q.meaning), 0) AS page_likeness,
        coalesce(a.country, p.country) = coalesce(b.country, q.country) AS page_country,
        len(list_filter(list_zip(p.signature, q.signature), lambda x: x[1] = x[2])) / 64 AS copied
    FROM met
    JOIN traces a ON a.n = met.a
    JOIN traces b ON b.n = met.b
    JOIN pages p ON p.r = met.r
    JOIN pages q ON q.r = met.s
    -- Towns far apart, or two countries, are two happenings, whatever else is alike.
    WHERE coalesce(a.country = b.country OR a.supposed OR b.supposed, true)
)
SELECT
    a, b,
    {features}
FROM beside
WHERE coalesce(kilometres < 300, true);
