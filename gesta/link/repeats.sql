-- name: media
SELECT DISTINCT unnest(a.credits) AS name, true AS credit
FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
UNION ALL
SELECT DISTINCT publisher, false FROM reports WHERE publisher IS NOT NULL
ORDER BY ALL;

-- name: likely
-- The pairs of reports that may pass on one another, one of them new, with the chance of their likeliest happenings:
-- those that share a band of their signatures, those of which one credits the other's publisher and shares names with
-- it, and those that tell of one happening. "day" is when the later was published.
CREATE OR REPLACE TABLE likely AS
WITH pages AS (
    SELECT r.id AS report, r.publisher, r.published, a.credits, a.signature
    FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
    WHERE NOT r.superseded
),
bands AS (
    SELECT report, unnest(list_transform(range({bands}), lambda i: hash(
        signature[{band} * i + 1:{band} * (i + 1)], i
    ))) AS key
    FROM pages
    WHERE len(signature) = {bands} * {band}
),
banded AS (
    SELECT DISTINCT x.report AS a, y.report AS b
    FROM bands x JOIN bands y ON x.key = y.key AND x.report <> y.report
    WHERE x.report IN (SELECT report FROM new)
),
passed AS (
    SELECT DISTINCT p.report AS a, r.report AS b
    FROM (SELECT report, published, unnest(credits) AS credit FROM pages) p
    JOIN media m ON m.credit = p.credit
    JOIN pages r ON r.publisher = m.publisher AND r.report <> p.report
        AND coalesce(p.published - r.published BETWEEN 0 AND {days_credited}, true)
    WHERE p.report IN (SELECT report FROM new) OR r.report IN (SELECT report FROM new)
),
words AS (
    SELECT DISTINCT report, word FROM (
        SELECT report, unnest(string_split(lower(text), ' ')) AS word FROM places
        UNION ALL
        SELECT report, unnest(string_split(lower(name), ' ')) FROM actors
        UNION ALL
        SELECT report, unnest(names) FROM all_imprints
    )
    WHERE len(word) > 3 AND report IN (SELECT a FROM passed UNION ALL SELECT b FROM passed)
),
credited AS (
    SELECT a, b
    FROM passed JOIN words x ON x.report = a JOIN words y ON y.report = b AND y.word = x.word
    GROUP BY a, b
    HAVING count(*) >= 2
),
one AS (
    SELECT a.report AS a, b.report AS b, s.chance
    FROM scored s JOIN traces a ON a.n = s.a JOIN traces b ON b.n = s.b
    WHERE s.chance >= {one} AND a.report <> b.report
),
found AS (
    SELECT least(a, b) AS a, greatest(a, b) AS b, max(chance) AS chance
    FROM (
        SELECT a, b, 0.0 AS chance FROM banded UNION ALL SELECT a, b, 0.0 FROM credited UNION ALL SELECT a, b, chance FROM one
    )
    GROUP BY ALL
)
SELECT f.*, greatest(x.published, y.published) AS day
FROM found f JOIN pages x ON x.report = f.a JOIN pages y ON y.report = f.b
WHERE coalesce(abs(x.published - y.published) <= {days}, true);

-- name: pairs
SELECT day, a, b, chance FROM likely ORDER BY day NULLS FIRST, a, b;

-- name: pages
SELECT r.id, r.publisher, r.published, r.text, r.body_start, a.credits
FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
WHERE NOT r.superseded AND r.id IN (SELECT a FROM likely UNION ALL SELECT b FROM likely)
ORDER BY r.published NULLS FIRST, r.id;
