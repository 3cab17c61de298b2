-- What is known of a whole report, and by what keys reports meet. Before this file runs there are "traces" (traces.sql)
-- and "frequencies": in how many of some hundred articles a word stands, by its stem.

-- Words as they are compared: letters without accents, numbers of two digits or more, without the commonest endings.
CREATE OR REPLACE MACRO stems(text) AS list_distinct(list_transform(
    regexp_extract_all(lower(strip_accents(text)), '[a-z]{3,}|[0-9]{2,}'),
    lambda x: CASE WHEN len(x) > 5 THEN regexp_replace(x, '(ies|es|s|ed|ing)$', '') ELSE x END
));

-- The words of a text by how rare they are: 3 rare or unknown, 2, 1; what most texts have is left out.
CREATE OR REPLACE TABLE spoken AS
WITH said AS (
    SELECT NULL AS n, report, unnest(stems(text)) AS word
    FROM (SELECT id AS report, text FROM reports WHERE id IN (SELECT report FROM traces))
    UNION ALL
    SELECT n, report, unnest(stems(around)) AS word FROM traces
),
weighed AS (
    SELECT n, report, word, CASE WHEN articles IS NULL THEN 3 WHEN articles < 15 THEN 2 WHEN articles <= 90 THEN 1 END AS rarity
    FROM said LEFT JOIN frequencies USING (word)
    WHERE coalesce(articles, 0) <= 90
)
SELECT
    n, report,
    list_sort(list(hash(word)) FILTER (rarity = 3))[:60] AS rare,
    list_sort(list(hash(word)) FILTER (rarity = 2))[:60] AS fewer,
    list_sort(list(hash(word)) FILTER (rarity = 1))[:60] AS usual
FROM weighed
GROUP BY n, report;


CREATE OR REPLACE TABLE pages AS
WITH listed AS (
    SELECT
        report,
        list_distinct(flatten(list(names))) AS names,
        mode(country ORDER BY country) FILTER (NOT supposed) AS country,
        min(published) AS published
    FROM traces
    GROUP BY report
),
placed AS (
    SELECT
        report,
        list_distinct(flatten(list(string_split(lower(text), ' ')))) AS names,
        list_sort(list(DISTINCT geonames_id) FILTER (
            use = 'literal' AND role <> 'dateline' AND precision IN ('site', 'city', 'district')
        )) AS towns,
        list_sort(list(DISTINCT country || '/' || admin1) FILTER (
            use = 'literal' AND role <> 'dateline' AND precision IN ('site', 'city', 'district', 'province')
        )) AS divisions
    FROM places
    GROUP BY report
),
dated AS (
    SELECT report, list(DISTINCT (time_start - DATE '1970-01-01')::INTEGER) AS days
    FROM times
    WHERE time_start = time_end
    GROUP BY report
),
-- A sentence with several events counts once.
summed AS (
    SELECT report, list(total ORDER BY i)::FLOAT[64] AS meaning
    FROM (
        SELECT report, i, sum(one) AS total
        FROM (
            SELECT report, unnest(meaning::FLOAT[]) AS one, generate_subscripts(meaning::FLOAT[], 1) AS i
            FROM (SELECT DISTINCT report, meaning FROM traces WHERE meaning IS NOT NULL)
        )
        GROUP BY report, i
    )
    GROUP BY report
)
SELECT
    row_number() OVER (ORDER BY l.report)::INTEGER AS r,
    l.report,
    list_sort(list_distinct(list_concat(
        l.names, list_filter(coalesce(p.names, []), lambda x: len(x) > 2)
    ))) AS names,
    coalesce(p.towns, []) AS towns,
    coalesce(p.divisions, []) AS divisions,
    list_distinct(list_append(coalesce(d.days, []), l.published)) AS days,
    s.meaning,
    l.country,
    l.published,
    a.signature,
    coalesce(w.rare, []) AS rare,
    coalesce(w.fewer, []) AS fewer,
    coalesce(w.usual, []) AS usual
FROM listed l
JOIN codings c ON c.report = l.report
JOIN all_reports a ON a.id = l.report AND a.commit = c.commit
LEFT JOIN placed p ON p.report = l.report
LEFT JOIN dated d ON d.report = l.report
LEFT JOIN summed s ON s.report = l.report
LEFT JOIN spoken w ON w.report = l.report AND w.n IS NULL;


-- Where reports meet: those that share a key in a week that both tell of. A key names something particular. Some are so
-- particular (a town, rare words) that any week counts which the report may tell of: those of the days it names, and the
-- four before it was published. Others (an actor, a division of a country, two countries, a band of MinHash over the
-- names or over the runs of words) count in the weeks of the happenings alone. Intervals longer than six weeks meet only
-- those of the same days.
CREATE OR REPLACE TABLE keys AS
WITH weeks AS (
    SELECT DISTINCT r, family, unnest(
        CASE
            WHEN t.first IS NULL THEN [-1]
            WHEN t.last - t.first > 42 THEN [-2 - t.first * 100 - t.last]
            ELSE range((t.first - {slack}) // 7, (t.last + {slack}) // 7 + 1)
        END
    ) AS week
    FROM traces t JOIN pages USING (report)
),
wide_weeks AS (
    SELECT DISTINCT r, unnest(
        CASE WHEN published IS NULL THEN [-1] ELSE list_concat(
            range((published - 28) // 7, (published + 1) // 7 + 1),
            list_transform(days, lambda x: x // 7), list_transform(days, lambda x: (x - 2) // 7)
        ) END
    ) AS week
    FROM (
        SELECT r, published, list_distinct(flatten(list(coalesce(d.days, [])))) AS days
        FROM pages JOIN traces t USING (report, published) LEFT JOIN day_chances d USING (n)
        GROUP BY r, published
    )
),
tight AS (
    SELECT DISTINCT r, family, unnest(list_concat(
        CASE WHEN t.admin1 IS NOT NULL THEN [hash('admin1', t.country, t.admin1)] ELSE [] END,
        list_transform(list_concat(t.sources, t.targets), lambda x: hash('actor', x)),
        flatten(list_transform(t.source_countries, lambda x: list_transform(t.target_countries, lambda y: hash(x, y))))
    )) AS key
    FROM traces t JOIN pages USING (report)
),
banded AS (
    SELECT r, unnest(list_concat(
        CASE WHEN len(names) > 0 THEN list_transform(range({bands}), lambda i: hash(
            i, list_min(list_transform(names, lambda x: hash(x, 2 * i))),
            list_min(list_transform(names, lambda x: hash(x, 2 * i + 1)))
        )) ELSE [] END,
        list_transform(range(len(signature) // 2), lambda i: hash(signature[2 * i + 1], signature[2 * i + 2], i))
    )) AS key
    FROM pages
),
wide AS (
    SELECT r, unnest(list_concat(
        list_transform(towns[:6], lambda x: hash('city', x)), list_transform(rare[:16], lambda x: hash('rare', x))
    )) AS key
    FROM pages
)
SELECT DISTINCT r, hash(key, week) AS key FROM banded JOIN (SELECT DISTINCT r, week FROM weeks) USING (r)
UNION
SELECT DISTINCT r, hash(key, week) AS key FROM wide JOIN wide_weeks USING (r);
