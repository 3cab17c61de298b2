-- The queries Gesta itself asks of the views in schema.sql. Words in {braces} are filled in by gesta.store; values are
-- always parameters.

-- name: coded
SELECT report FROM codings WHERE run = $run;

-- name: quarantined_by
SELECT {columns} FROM all_quarantine x WHERE run = $run;

-- name: quarantine
SELECT {columns} FROM quarantine x ORDER BY origin, line NULLS FIRST, field NULLS FIRST, reason;

-- name: runs
SELECT {columns} FROM runs x ORDER BY first_commit, id;

-- name: reports_like
SELECT x.id, {columns}, x.skipped, x.commit, c.revises
FROM all_reports x JOIN codings c ON c.report = x.id AND c.commit = x.commit
WHERE starts_with(x.id, $prefix)
ORDER BY x.id
LIMIT 6;

-- name: reports
SELECT {columns}, x.skipped, x.commit, c.revises
FROM all_reports x JOIN codings c ON c.report = x.id AND c.commit = x.commit
WHERE $ids IS NULL OR x.id IN (SELECT unnest($ids::VARCHAR[]))
ORDER BY x.id;

-- name: actors_of_reports
SELECT report, id, name, kind, country, sectors
FROM actors
WHERE report IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY report, position;

-- name: claims_of_reports
SELECT report, id, speaker_actor, speaker, stance, certainty
FROM claims
WHERE report IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY report, position;

-- Toponyms that the gazetteer could not resolve may be no places at all.
-- name: places_of_reports
SELECT report, name
FROM places
WHERE report IN (SELECT unnest($reports::VARCHAR[])) AND precision IS NOT NULL
ORDER BY report, position;

-- name: events_like
SELECT x.id, {columns} FROM events_nested x WHERE starts_with(id, $prefix) ORDER BY id, position LIMIT 6;

-- name: rows_of_report
SELECT {columns} FROM {table} x WHERE report = $report AND commit = $commit ORDER BY position;

-- name: signature_of_report
SELECT signature, credits FROM all_reports WHERE id = $report AND commit = $commit;

-- name: events
SELECT {columns}
FROM events_nested x
WHERE {conditions}
ORDER BY
    coalesce("time".start, "time"."end") NULLS LAST,
    report,
    list_filter(evidence, lambda e: e.field = 'trigger')[1].start NULLS LAST,
    id
LIMIT $limit;

-- name: summary_reports
SELECT
    count(*) AS reports,
    count(published) AS dated,
    count(*) FILTER (superseded) AS superseded,
    count(*) FILTER (skipped IS NULL AND id NOT IN (SELECT report FROM events_nested)) AS eventless
FROM reports;

-- name: summary_skipped
SELECT skipped, count(*) FROM reports WHERE skipped IS NOT NULL GROUP BY skipped ORDER BY count(*) DESC, skipped;

-- name: summary_events
SELECT type, counted, "time".start IS NULL AND "time"."end" IS NULL AS undated, count(*) AS events
FROM events_nested
WHERE NOT superseded
GROUP BY ALL
ORDER BY events DESC, type;

-- name: summary_quarantined
SELECT reason, count(*) FROM quarantine GROUP BY reason ORDER BY count(*) DESC, reason;

-- Who says what, in the order of the texts.
-- name: claims
SELECT c.id, coalesce(c.speaker_name, c.speaker) AS speaker, c.cue, c.stance, c.certainty, c.content AS words, r.title
FROM claims c
JOIN reports r ON r.id = c.report
LEFT JOIN actors k ON k.report = c.report AND k.commit = c.commit AND k.id = c.speaker_actor
WHERE NOT c.superseded
    AND (
        $speaker IS NULL
        OR contains(lower(c.speaker), lower($speaker))
        OR len(list_filter(list_prepend(k.name, k.aliases), lambda n: contains(lower(n), lower($speaker)))) > 0
    )
    AND c.confidence >= $confidence
    AND ($stance IS NULL OR c.stance = lower($stance))
ORDER BY r.published NULLS LAST, c.report, c.content_start, c.id
LIMIT $limit;

-- Who takes part in counted events, and how often.
-- name: actors
WITH named AS (
    SELECT
        id,
        arg_max(name, report) AS name,
        arg_max(kind, report) AS kind,
        arg_max(country, report) AS country,
        arg_max(sectors, report) AS sectors,
        list_sort(list_distinct(flatten(list(aliases)))) AS aliases
    FROM actors
    WHERE NOT superseded
    GROUP BY id
),
parts AS (
    SELECT
        p.actor,
        count(DISTINCT p.event) FILTER (p.side = 'source') AS as_source,
        count(DISTINCT p.event) FILTER (p.side = 'target') AS as_target
    FROM participants p JOIN events_nested e ON e.id = p.event
    WHERE e.counted AND NOT e.superseded
    GROUP BY p.actor
)
SELECT
    n.id, n.name, n.kind, n.country, n.sectors,
    coalesce(p.as_source, 0) AS as_source, coalesce(p.as_target, 0) AS as_target, n.aliases
FROM named n LEFT JOIN parts p ON p.actor = n.id
WHERE $country IS NULL OR n.country = upper($country)
ORDER BY as_source + as_target DESC, n.name, n.id
LIMIT $limit;

-- Ties, each once with its tellings: told by so many reports, first in this one.
-- name: ties
SELECT
    t.actor, min(t.actor_name) AS actor_name, t.relation, t.other, min(t.other_name) AS other_name,
    t.ended, t.stance, t.certainty,
    min(t.since) AS since, max(t.until) AS until,
    count(DISTINCT t.report) AS reports, count(*) AS tellings,
    list_sort(list_distinct(list(coalesce(t.speaker, CASE WHEN t.claim IS NULL THEN 'author' ELSE 'unnamed' END))))
        AS said_by,
    min(t.id) AS id
FROM ties t
WHERE NOT t.superseded
    AND ($actor IS NULL OR contains(lower(t.actor_name), lower($actor)) OR contains(lower(t.other_name), lower($actor)))
    AND ($relation IS NULL OR t.relation = lower($relation))
GROUP BY t.actor, t.relation, t.other, t.ended, t.stance, t.certainty
ORDER BY reports DESC, tellings DESC, actor_name, t.relation, other_name, t.ended, t.stance, t.certainty, id
LIMIT $limit;

-- Actors as the nodes of a graph.
-- name: graph_nodes
SELECT
    id,
    arg_max(name, report) AS name,
    arg_max(kind, report) AS kind,
    arg_max(country, report) AS country,
    arg_max(sectors, report) AS sectors
FROM actors
WHERE NOT superseded
GROUP BY id
ORDER BY id;
