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


-- What linking writes of the pairs it scored, by the first event of each happening.
-- name: scored_pairs
SELECT least(a.events[1], b.events[1]) AS a, greatest(a.events[1], b.events[1]) AS b, round(s.chance, 4)::DOUBLE AS chance
FROM scored s JOIN traces a ON a.n = s.a JOIN traces b ON b.n = s.b
ORDER BY 1, 2;

-- The acts of incidents that are being written.
-- name: acts_of
WITH told AS (
    SELECT
        id, agreed.type AS type, agreed.ontology AS ontology, agreed.modes[1] AS mode, agreed.start AS first,
        agreed."end" AS last, agreed.place.country AS country,
        unnest(CASE WHEN len(agreed.sources) > 0 THEN agreed.sources ELSE [NULL] END) AS source,
        agreed.targets AS targets,
        list_filter(agreed.tolls, lambda x: x.kind = 'killed')[1].best AS killed,
        list_filter(agreed.tolls, lambda x: x.kind = 'injured')[1].best AS injured,
        agreed.modality IN ('happened', 'ongoing') AND NOT gone AS counted
    FROM read_parquet({part})
),
parties AS (
    SELECT * EXCLUDE targets, unnest(CASE WHEN len(targets) > 0 THEN targets ELSE [NULL] END) AS target FROM told
),
known AS (SELECT id, arg_max(sectors, commit) AS sectors FROM all_actors GROUP BY id)
SELECT
    p.id AS incident, p.type, k.quad::BIGINT AS quad, coalesce(m.intensity, k.intensity) AS intensity,
    p.first, p.last, p.country, p.source.actor AS source, p.source.country AS source_country,
    coalesce(s.sectors, []) AS source_sectors, p.target.actor AS target, p.target.country AS target_country,
    coalesce(t.sectors, []) AS target_sectors, p.killed, p.injured, p.counted
FROM parties p
LEFT JOIN type_codes k USING (ontology, type)
LEFT JOIN mode_codes m USING (ontology, type, mode)
LEFT JOIN known s ON s.id = p.source.actor
LEFT JOIN known t ON t.id = p.target.actor
ORDER BY p.first, p.id, p.source.actor, p.target.actor;

-- name: incidents_like
SELECT x.id, {columns} FROM incidents_nested x WHERE starts_with(x.id, $prefix) ORDER BY x.id LIMIT 6;

-- Ids given up, and the incidents that took their events.
-- name: heirs
SELECT DISTINCT incident, unnest(others) AS heir FROM changes WHERE kind = 'renamed' AND starts_with(incident, $prefix)
UNION
SELECT DISTINCT unnest(others), incident FROM changes WHERE kind = 'merged' AND len(list_filter(others, lambda x: starts_with(x, $prefix))) > 0
ORDER BY ALL;

-- name: incidents
SELECT {columns}
FROM incidents_nested x JOIN incidents i ON i.id = x.id
WHERE {conditions}
ORDER BY coalesce(i.time_start, i.time_end) NULLS LAST, x.id
LIMIT $limit;

-- name: copies_among
SELECT c.report, arg_max(c.of, c.likeness), arg_max(c.kind, c.likeness)
FROM copies c
WHERE c.report IN (SELECT e.report FROM tellings t JOIN events_nested e ON e.id = t.event WHERE t.incident = $id)
    AND c.of IN (SELECT e.report FROM tellings t JOIN events_nested e ON e.id = t.event WHERE t.incident = $id)
GROUP BY c.report
ORDER BY c.report;

-- name: unlinked
SELECT count(*) FROM codings
WHERE NOT superseded AND commit NOT IN (SELECT unnest(seen) FROM all_linkings WHERE seen IS NOT NULL);

-- name: changes
SELECT commit, kind, incident, others, events, reason
FROM changes
WHERE $prefix IS NULL OR starts_with(incident, $prefix) OR len(list_filter(others, lambda x: starts_with(x, $prefix))) > 0
ORDER BY commit, position
LIMIT $limit;

-- name: responses_of
SELECT cause, answer, basis, cue, lag, confidence, tellings
FROM responses
WHERE cause = $incident OR answer = $incident
ORDER BY lag NULLS LAST, confidence DESC, cause, answer;

-- The country dyads of an incident, and whether it is conflict; an act within one country has none.
-- name: dyads_of
SELECT DISTINCT s.country, t.country, i.quad IN (3, 4)
FROM incidents i,
    (SELECT unnest(source_countries) AS country FROM incidents WHERE id = $incident) s,
    (SELECT unnest(target_countries) AS country FROM incidents WHERE id = $incident) t
WHERE i.id = $incident AND i.counted AND s.country <> t.country AND i.quad IS NOT NULL
ORDER BY ALL;

-- name: acts
SELECT id, time_start
FROM incidents
WHERE counted AND time_start IS NOT NULL AND time_grain IN ('day', 'part-of-day', 'hour', 'minute', 'second')
    AND list_contains(source_countries, $source) AND list_contains(target_countries, $target)
    AND (quad IN (3, 4)) = $conflict
ORDER BY time_start, id;

-- Actors with this id, or whose name or alias holds these words.
-- name: actors_named
SELECT id, arg_max(name, report)
FROM actors
WHERE NOT superseded AND (id = $name OR contains(lower(name), lower($name))
    OR len(list_filter(aliases, lambda x: lower(x) = lower($name))) > 0)
GROUP BY id
ORDER BY id;
