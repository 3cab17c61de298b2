-- name: watched
-- The days that a record watches: those between its first and its last report, else of its acts.
SELECT coalesce(r.first, a.first), coalesce(r.last, a.last)
FROM (SELECT min(published) AS first, max(published) AS last FROM all_reports) r,
    (SELECT min(coalesce(first, last)) AS first, max(last) AS last FROM all_acts) a;

-- name: undated_reports
-- Reports that tell no day of publication, and all: the days watched are known from the others alone.
SELECT count(*) FILTER (published IS NULL), count(*) FROM reports WHERE NOT superseded;

-- name: unplaced
-- Incidents that no row of a panel holds: those without a day in one period, and those before or after the days watched.
SELECT
    count(DISTINCT incident) FILTER (start IS NULL),
    count(DISTINCT incident) FILTER (start < date_trunc('{by}', $since::DATE) OR start > $until::DATE)
FROM (
    SELECT incident, CASE
        WHEN first IS NULL OR date_trunc('{by}', first) = date_trunc('{by}', coalesce(last, first))
        THEN date_trunc('{by}', coalesce(first, last))
    END AS start
    FROM acts
    WHERE {known}
);

-- name: counted
-- Incidents by period. One whose days lie in one period counts there; one that is only known to have been by a day, in
-- that day's; one whose days span several, or that has none, in none.
WITH told AS (
    SELECT
        incident, any_value(first) AS first, any_value(last) AS last, any_value(quad) AS quad,
        any_value(intensity) AS intensity, any_value(killed) AS killed, any_value(injured) AS injured
    FROM acts
    WHERE {condition}
    GROUP BY incident
),
placed AS (
    SELECT
        *, first IS NULL AS loose,
        CASE
            WHEN first IS NULL THEN date_trunc('{by}', last)
            WHEN date_trunc('{by}', first) = date_trunc('{by}', coalesce(last, first)) THEN date_trunc('{by}', first)
        END::DATE AS start
    FROM told
)
SELECT
    start, count(*), count(*) FILTER (quad = 1), count(*) FILTER (quad = 2), count(*) FILTER (quad = 3),
    count(*) FILTER (quad = 4), round(avg(intensity), 4), coalesce(sum(killed), 0)::BIGINT,
    coalesce(sum(injured), 0)::BIGINT, count(*) FILTER (loose)
FROM placed
GROUP BY start
ORDER BY start;

-- name: days
-- The day of each incident of which the day is known.
SELECT first
FROM (SELECT DISTINCT incident, first FROM acts WHERE {condition} AND first = last AND quad IN ({quads}))
WHERE first BETWEEN $since AND $until
ORDER BY first;

-- name: kinds
-- The types of conflict by week, with their scores.
SELECT date_trunc('week', first)::DATE, type, min(intensity), count(DISTINCT incident)
FROM acts
WHERE {condition} AND quad IN (3, 4) AND first IS NOT NULL AND first BETWEEN $since AND $until
GROUP BY ALL
ORDER BY ALL;

-- name: dyads
-- Every dyad of countries, or every country, in every period: zeros kept.
WITH told AS (
    SELECT DISTINCT
        incident, {unit}, quad, intensity, killed, injured,
        date_trunc('{by}', coalesce(first, last))::DATE AS start
    FROM acts
    WHERE {known} AND (first IS NULL OR date_trunc('{by}', first) = date_trunc('{by}', coalesce(last, first)))
),
units AS (SELECT DISTINCT {names} FROM told),
periods AS (
    SELECT unnest(generate_series(date_trunc('{by}', $since::DATE), $until::DATE, INTERVAL 1 {by}))::DATE AS start
)
SELECT
    {names}, start, count(t.incident) AS incidents, count(*) FILTER (quad = 1) AS verbal_cooperation,
    count(*) FILTER (quad = 2) AS material_cooperation, count(*) FILTER (quad = 3) AS verbal_conflict,
    count(*) FILTER (quad = 4) AS material_conflict, round(avg(intensity), 4) AS intensity,
    coalesce(sum(killed), 0)::BIGINT AS killed, coalesce(sum(injured), 0)::BIGINT AS injured
FROM units CROSS JOIN periods LEFT JOIN told t USING ({names}, start)
GROUP BY ALL
ORDER BY {names}, start;
