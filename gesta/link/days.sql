-- On what day each happening was: the days that its report names, the day of publication and the one before, and those
-- reckoned from them ("two days earlier", "a week after the ambush"), with what speaks for and against each.

CREATE OR REPLACE TABLE day_marks AS
WITH texts AS (SELECT id AS report, text, body_start, published FROM reports WHERE id IN (SELECT report FROM told_events)),
named AS (
    SELECT
        t.report, t.span_start AS here, t.span_end AS there, t.time_start AS day, t.basis, t.grain = 'day' AS plain,
        row_number() OVER (PARTITION BY t.report ORDER BY t.span_start) AS rank
    FROM times t JOIN texts USING (report)
    WHERE t.time_start = t.time_end AND t.span_start IS NOT NULL
)
SELECT n.*, false AS shifted FROM named n
UNION ALL BY NAME
-- A weekday that was taken for one yet to come.
SELECT n.* REPLACE ((n.day - INTERVAL 7 DAY)::DATE AS day), true AS shifted
FROM named n JOIN texts USING (report)
WHERE n.day > published AND n.day <= published + INTERVAL 7 DAY;

-- Steps of time in the text: "three days after" leads back from what is told, "a week later" on.
CREATE OR REPLACE TABLE steps AS
WITH found AS (
    SELECT
        id AS report, text,
        unnest(list_distinct(regexp_extract_all(text,
            '(?i)\b(a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|[0-9]{1,2})'
            || ' (?:full )?(day|week|month|year)s? (after|later|before|earlier|ago|on|previously|since)\b'))) AS words
    FROM reports
    WHERE id IN (SELECT report FROM told_events)
),
parsed AS (
    SELECT
        *, strpos(text, words) - 1 AS here,
        regexp_extract(lower(words), '^(\w+)', 1) AS number,
        regexp_extract(lower(words), '(day|week|month|year)', 1) AS unit,
        regexp_extract(lower(words), '(\w+)$', 1) AS way
    FROM found
)
SELECT
    report, here, here + len(words) AS there, way,
    CASE WHEN way IN ('later', 'on', 'before') THEN 1 ELSE -1 END * (CASE number
        WHEN 'a' THEN 1 WHEN 'an' THEN 1 WHEN 'one' THEN 1 WHEN 'two' THEN 2 WHEN 'three' THEN 3 WHEN 'four' THEN 4
        WHEN 'five' THEN 5 WHEN 'six' THEN 6 WHEN 'seven' THEN 7 WHEN 'eight' THEN 8 WHEN 'nine' THEN 9 WHEN 'ten' THEN 10
        WHEN 'eleven' THEN 11 WHEN 'twelve' THEN 12 WHEN 'thirteen' THEN 13 WHEN 'fourteen' THEN 14
        ELSE try_cast(number AS INTEGER) END) AS number,
    unit
FROM parsed
UNION ALL BY NAME
SELECT report, strpos(text, words) - 1 AS here, here + len(words) AS there,
    CASE WHEN regexp_matches(words, '(following|next|after)') THEN 'later' ELSE 'earlier' END AS way,
    CASE WHEN way = 'later' THEN 1 ELSE -1 END AS number,
    CASE WHEN regexp_matches(words, 'week') THEN 'week' WHEN regexp_matches(words, 'year') THEN 'year' ELSE 'day' END AS unit
FROM (
    SELECT id AS report, text, unnest(list_distinct(regexp_extract_all(text,
        '(?i)\bthe (?:(?:previous|following|next|same) (?:day|night|evening|morning|week|year)|(?:day|night|evening|week|year) (?:before|after))\b'))) AS words
    FROM reports
    WHERE id IN (SELECT report FROM told_events)
)
WHERE NOT regexp_matches(words, 'same');

CREATE OR REPLACE TABLE day_candidates AS
WITH e AS (
    SELECT t.id, t.report, t.happening, t.offset_in_text AS spot, t.type, t.type <> first_value(t.type) OVER (
            PARTITION BY t.report ORDER BY t.offset_in_text, t.id) AS other_than_first,
        -- A noun, by the word before it: "the raid", "Monday's raid".
        regexp_matches(substring(r.text, greatest(t.offset_in_text - 24, 0) + 1, least(t.offset_in_text, 24)),
            '(?i)\b(the|an?|of|in|over|for|after|since|by|with|from|this|that|first|second|last|deadly|[a-z]+[''’]s?) $') AS noun, t.early, t.family, r.text, r.body_start, r.published, ev."time" AS own,
        t.offset_in_text < r.body_start AS in_title
    FROM told_events t JOIN reports r ON r.id = t.report
    JOIN events_nested ev ON ev.id = t.id AND ev.report = t.report
    WHERE r.published IS NOT NULL
),
listed AS (
    SELECT
        e.id, m.day, 'named' AS how, m.here, m.there, m.rank, m.shifted, m.basis,
        coalesce(e.own.span[1] = m.here, false) AS is_own, 0 AS step, NULL AS way, NULL AS base_rank
    FROM e JOIN day_marks m USING (report)
    UNION ALL BY NAME
    SELECT e.id, e.published AS day, 'published' AS how FROM e
    UNION ALL BY NAME
    SELECT e.id, (e.published - INTERVAL 1 DAY)::DATE AS day, 'eve' AS how FROM e
    UNION ALL BY NAME
    SELECT e.id, NULL AS day, 'unnamed' AS how FROM e
    UNION ALL BY NAME
    SELECT e.id, (b.day + s.number * CASE s.unit
            WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY WHEN 'month' THEN INTERVAL 1 MONTH
            ELSE INTERVAL 1 YEAR END)::DATE AS day,
        'step' AS how, s.here, s.there, s.number AS step, s.way, b.rank AS base_rank
    FROM e
    JOIN steps s ON s.report = e.report AND abs(s.here - e.spot) < 160
    JOIN (
        SELECT report, day, min(rank) AS rank FROM day_marks WHERE NOT shifted GROUP BY report, day
        UNION ALL SELECT DISTINCT report, published, 0 FROM e
    ) b ON b.report = e.report
),
placed AS (
    SELECT
        l.*, e.report, e.happening, e.spot, e.noun, e.type, e.other_than_first, e.early, e.published, e.own, e.in_title, e.body_start,
        CASE WHEN here IS NOT NULL THEN regexp_replace(
            substring(e.text, least(here, spot) + 1, greatest(here, spot) - least(here, spot)), '\b[A-Z][a-z]{0,3}\. ', '') END AS between
    FROM listed l JOIN e USING (id)
),
measured AS (
    SELECT
        *, regexp_matches(between, '^[^.!?]{0,24}[''’]s? ?([a-z-]+ ){0,2}$') AND here < spot AND there < spot
            AND regexp_matches(substring(between, there - here + 1, 2), '^[''’]') AS owning,
        own.start IS DISTINCT FROM own."end" AS wide,
        here < spot AND regexp_matches(substring(between, there - here + 1, 2), '^[''’]') AS possessive,
        len(regexp_extract_all(between, '[.!?]["”’'')]*\s|\n+')) AS ends,
        here < spot AS before, abs(here - spot) AS far,
        coalesce(here < body_start + 60 AND NOT here < body_start AND how = 'named', false) AS in_dateline
    FROM placed
)
SELECT
    id, report, happening, (day - DATE '1970-01-01')::INTEGER AS day,
    {features}
FROM measured
WHERE day <= published OR day IS NULL;

-- Of each trace the likeliest days and their chances; those of its events, on the mean. "unnamed" is the chance that
-- the day is none that the report names.
CREATE OR REPLACE TABLE day_chances AS
WITH scored AS (SELECT id, day, exp({score}) AS weight FROM day_candidates),
shares AS (SELECT id, day, weight / sum(weight) OVER (PARTITION BY id) AS share FROM scored),
pooled AS (
    SELECT n, day, sum(share) / any_value(tellings) AS chance
    FROM (SELECT n, unnest(events) AS id FROM traces) JOIN shares USING (id)
    JOIN (
        SELECT n, count(DISTINCT id) AS tellings
        FROM (SELECT n, unnest(events) AS id FROM traces) JOIN (SELECT DISTINCT id FROM day_candidates) USING (id)
        GROUP BY n
    ) USING (n)
    GROUP BY n, day
)
SELECT
    n,
    list(day ORDER BY chance DESC, day) FILTER (day IS NOT NULL)[:4] AS days,
    list(chance::FLOAT ORDER BY chance DESC, day) FILTER (day IS NOT NULL)[:4] AS chances,
    coalesce(any_value(chance) FILTER (day IS NULL), 0)::FLOAT AS unnamed
FROM pooled
GROUP BY n;
