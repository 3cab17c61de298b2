-- The pairs of happenings to compare.
-- "fresh" holds the numbers of the traces that are new; of two old ones the answer is known already.

-- Reports that meet.
CREATE OR REPLACE TABLE near AS
WITH new AS (SELECT DISTINCT r FROM fresh JOIN traces USING (n) JOIN pages USING (report))
SELECT DISTINCT a.r AS r, b.r AS s
FROM keys a JOIN keys b ON a.key = b.key AND a.r < b.r
WHERE a.r IN (SELECT r FROM new) OR b.r IN (SELECT r FROM new);

CREATE OR REPLACE TABLE met AS
WITH placed AS (
    SELECT n, r, t.family, t.first, t.last, d.days, t.country, t.supposed, t.latitude, t.longitude
    FROM traces t JOIN pages USING (report) LEFT JOIN day_chances d USING (n)
)
SELECT a.n AS a, b.n AS b, m.r, m.s, (row_number() OVER () - 1) // {at_once} AS batch
FROM near m
JOIN placed a ON a.r = m.r
JOIN placed b ON b.r = m.s AND b.family = a.family
WHERE (a.n IN (SELECT n FROM fresh) OR b.n IN (SELECT n FROM fresh))
    -- Two countries, or towns far apart, are two happenings, whatever else is alike.
    AND coalesce(a.country = b.country OR a.supposed OR b.supposed, true)
    AND coalesce(abs(a.latitude - b.latitude) < 3, true)
    AND coalesce(
        (a.first <= b.last + {apart} AND b.first <= a.last + {apart}) OR len(list_intersect(a.days, b.days)) > 0, true
    );
