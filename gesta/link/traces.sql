-- What linking compares events by: one row for each event that may be part of an incident, as the record is now, and one
-- for each happening that a report tells.
-- Only what is told as having happened, or as alleged or denied to have happened, is an incident or part of one; the
-- latest text of a report counts. Days are numbers, counted from 1970-01-01.

CREATE OR REPLACE TABLE told_events AS
WITH told AS (
    SELECT
        e.*, r.publisher, r.published, r.body_start,
        list_filter(e.evidence, lambda x: x.field = 'trigger')[1].start AS place_in_text,
        substring(r.text, greatest(place_in_text - 150, 0), 350) AS around
    FROM events_nested e
    JOIN reports r ON r.id = e.report
    WHERE e.modality IN ('happened', 'ongoing', 'alleged', 'denied') AND NOT e.superseded
),
people AS (
    SELECT
        event,
        list_sort(list(DISTINCT actor) FILTER (side = 'source' AND specific)) AS sources,
        list_sort(list(DISTINCT actor) FILTER (side = 'target' AND specific)) AS targets,
        list_sort(list(DISTINCT country) FILTER (side = 'source' AND country IS NOT NULL)) AS source_countries,
        list_sort(list(DISTINCT country) FILTER (side = 'target' AND country IS NOT NULL)) AS target_countries,
        list_sort(list(DISTINCT sectors[1]) FILTER (side = 'source' AND len(sectors) > 0)) AS source_sectors,
        list_sort(list(DISTINCT sectors[1]) FILTER (side = 'target' AND len(sectors) > 0)) AS target_sectors
    FROM (SELECT *, kind IS DISTINCT FROM 'unknown' AS specific FROM participants)
    GROUP BY event
),
figures AS (
    SELECT
        event,
        min(low) FILTER (kind = 'killed') AS killed,
        min(low) FILTER (kind = 'injured') AS injured,
        min(low) FILTER (kind NOT IN ('killed', 'injured')) AS others
    FROM tolls
    GROUP BY event
),
towns AS (
    SELECT report, list({'spot': span_start, 'town': geonames_id}) AS towns
    FROM places
    WHERE "use" = 'literal' AND role <> 'dateline' AND geonames_id IS NOT NULL
        AND precision IN ('site', 'city', 'district', 'province')
    GROUP BY report
),
-- An interval of days for each event, and how it is known: told to the day (3), told (2), or only bounded by the day
-- of publication (1). What is "still going on" reaches to that day.
dated AS (
    SELECT
        *,
        CASE
            WHEN "time".start IS NOT NULL AND "time".start = "time"."end" AND "time".basis = 'bounded' THEN 1
            WHEN "time".start IS NOT NULL AND "time".start = "time"."end" THEN 3
            WHEN "time".start IS NOT NULL THEN 2
            WHEN "time"."end" IS NOT NULL AND "time".basis <> 'bounded' THEN 2
            WHEN coalesce("time"."end", published) IS NOT NULL THEN 1
            ELSE 0
        END AS known,
        coalesce("time"."end", published) AS latest
    FROM told
)
SELECT
    e.id,
    e.report,
    e.commit,
    e.publisher,
    (e.published - DATE '1970-01-01')::INTEGER AS published,
    e.place_in_text::INTEGER AS offset_in_text,
    e.place_in_text < e.body_start + 200 AS early,
    e.around,
    e.ontology,
    e.type,
    CASE k.quad WHEN 1 THEN 'cooperation' WHEN 2 THEN 'cooperation' WHEN 3 THEN 'words' WHEN 4 THEN 'force' ELSE e.type END
        AS family,
    e.modes,
    e.counted AS happened,
    e.count,
    known::TINYINT AS known,
    (CASE
        WHEN known = 0 THEN NULL
        WHEN "time".start IS NOT NULL THEN "time".start
        ELSE latest - INTERVAL 6 DAY
    END::DATE - DATE '1970-01-01')::INTEGER AS first,
    (CASE
        WHEN known = 0 THEN NULL
        WHEN "time"."end" IS NOT NULL THEN "time"."end"
        WHEN "time".start IS NOT NULL THEN greatest("time".start, coalesce(published, "time".start))
        ELSE latest
    END::DATE - DATE '1970-01-01')::INTEGER AS last,
    e.place.country AS country,
    CASE WHEN e.place.precision IN ('site', 'city', 'district', 'province') THEN e.place.admin1 END AS admin1,
    CASE WHEN e.place.precision IN ('site', 'city', 'district') THEN e.place.geonames_id END AS city,
    CASE WHEN e.place.precision IN ('site', 'city', 'district') THEN e.place.latitude END AS latitude,
    CASE WHEN e.place.precision IN ('site', 'city', 'district') THEN e.place.longitude END AS longitude,
    coalesce(e.place.basis = 'inferred', false) AS supposed,
    coalesce(p.sources, []) AS sources,
    coalesce(p.targets, []) AS targets,
    coalesce(p.source_countries, []) AS source_countries,
    coalesce(p.target_countries, []) AS target_countries,
    coalesce(p.source_sectors, []) AS source_sectors,
    coalesce(p.target_sectors, []) AS target_sectors,
    f.killed::INTEGER AS killed,
    f.injured::INTEGER AS injured,
    f.others::INTEGER AS others,
    i.meaning::FLOAT[64] AS meaning,
    i.lemma,
    i.happening,
    e.confidence,
    e."time".basis = 'inferred' AND e."time".span[1] < e.place_in_text AS day_from_before,
    list_distinct(list_transform(
        list_filter(w.towns, lambda x: x.spot BETWEEN e.place_in_text - 160 AND e.place_in_text + 160), lambda x: x.town
    )) AS towns,
    coalesce(i.names, []) AS names,
    coalesce(i.words, []) AS words
FROM dated e
LEFT JOIN all_imprints i ON i.event = e.id AND i.report = e.report AND i.commit = e.commit
LEFT JOIN people p ON p.event = e.id
LEFT JOIN figures f ON f.event = e.id
LEFT JOIN towns w ON w.report = e.report
LEFT JOIN type_codes k USING (ontology, type);


-- Events of one report that tell of one happening are compared with others as one: what one of them leaves out, another
-- may tell. Of each field the most exact value counts, of equals the first in the text.
CREATE OR REPLACE TABLE traces AS
SELECT
    row_number() OVER (ORDER BY min(id))::INTEGER AS n,
    list(id ORDER BY id) AS events,
    report,
    max(commit) AS commit,
    min(publisher) AS publisher,
    min(published) AS published,
    min(offset_in_text) AS offset_in_text,
    arg_max(type, (happened, confidence, -offset_in_text)) AS type,
    arg_max(family, (happened, confidence, -offset_in_text)) AS family,
    list_sort(list(DISTINCT type)) AS types,
    list_sort(list_distinct(flatten(list(modes)))) AS modes,
    bool_or(happened) AS happened,
    max(count) AS count,
    max(known) AS known,
    arg_max(first, (known, first - last, -offset_in_text)) AS first,
    arg_max(last, (known, first - last, -offset_in_text)) AS last,
    arg_max(country, (NOT supposed, city IS NOT NULL, admin1 IS NOT NULL, -offset_in_text)) FILTER (country IS NOT NULL) AS country,
    arg_max(admin1, (city IS NOT NULL, -offset_in_text)) FILTER (admin1 IS NOT NULL) AS admin1,
    arg_max(city, -offset_in_text) FILTER (city IS NOT NULL) AS city,
    arg_max(latitude, -offset_in_text) FILTER (latitude IS NOT NULL) AS latitude,
    arg_max(longitude, -offset_in_text) FILTER (latitude IS NOT NULL) AS longitude,
    bool_and(supposed) AS supposed,
    list_sort(list_distinct(flatten(list(sources)))) AS sources,
    list_sort(list_distinct(flatten(list(targets)))) AS targets,
    list_sort(list_distinct(flatten(list(source_countries)))) AS source_countries,
    list_sort(list_distinct(flatten(list(target_countries)))) AS target_countries,
    list_sort(list_distinct(flatten(list(source_sectors)))) AS source_sectors,
    list_sort(list_distinct(flatten(list(target_sectors)))) AS target_sectors,
    max(killed) AS killed,
    max(injured) AS injured,
    max(others) AS others,
    arg_min(meaning, offset_in_text) FILTER (meaning IS NOT NULL) AS meaning,
    list_sort(list(DISTINCT lemma)) AS lemmas,
    list_sort(list_distinct(flatten(list(names)))) AS names,
    list_sort(list_distinct(flatten(list(words)))) AS words,
    bool_or(early) AS early,
    row_number() OVER (PARTITION BY report ORDER BY min(offset_in_text), min(id)) AS place_in_report,
    coalesce(arg_max(day_from_before, (known, first - last, -offset_in_text)), false) AS day_from_before,
    list_distinct(flatten(list(towns) FILTER (towns IS NOT NULL))) AS towns,
    string_agg(around, ' ' ORDER BY offset_in_text) AS around
FROM told_events
GROUP BY report, coalesce('h' || happening, id);
