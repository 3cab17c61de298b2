-- name: tellings
-- The events of these incidents, incident by incident, with what agreement needs. Days as in traces.
WITH parties AS (
    SELECT
        event,
        list({'actor': actor, 'name': name, 'country': country} ORDER BY position) FILTER (side = 'source') AS sources,
        list({'actor': actor, 'name': name, 'country': country} ORDER BY position) FILTER (side = 'target') AS targets
    FROM participants
    WHERE event IN (SELECT event FROM wanted)
    GROUP BY event
),
denials AS (
    SELECT c.report, list(DISTINCT c.speaker.actor ORDER BY c.speaker.actor) AS actors
    FROM all_claims c JOIN codings k ON k.report = c.report AND k.commit = c.commit
    WHERE c.stance = 'denies' AND c.speaker.actor IS NOT NULL
    GROUP BY c.report
)
SELECT
    w.incident, d.id, d.report, r.publisher, r.published, d.offset_in_text, d.ontology, d.type, d.modes, e.modality,
    d.confidence, d.count, e."time".start, e."time"."end", e."time".grain, d.known, e.place,
    coalesce(p.sources, []), coalesce(p.targets, []),
    list_transform(e.tolls, lambda t: {'kind': t.kind, 'low': t.low, 'high': t.high}),
    coalesce(k.name, c.speaker.text), coalesce(n.actors, [])
FROM told_events d
JOIN wanted w ON w.event = d.id
JOIN all_events e ON e.id = d.id AND e.report = d.report AND e.commit = d.commit
JOIN (SELECT id, publisher, published FROM reports) r ON r.id = d.report
LEFT JOIN parties p ON p.event = d.id
LEFT JOIN denials n ON n.report = d.report
LEFT JOIN all_claims c ON c.id = e.claim AND c.report = d.report AND c.commit = d.commit AND c.voice <> 'author'
LEFT JOIN all_actors k ON k.report = d.report AND k.commit = d.commit AND k.id = c.speaker.actor
ORDER BY w.incident, d.id;

-- name: pages
SELECT r.id, r.publisher, r.published, r.text, r.body_start, a.credits
FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
WHERE NOT r.superseded AND r.id IN (SELECT report FROM asked)
ORDER BY r.id;

-- name: outlines
SELECT r.id, r.publisher, r.published, a.credits
FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
WHERE r.id IN (SELECT report FROM told_events);

-- name: banded
-- Pairs of reports that share a band of their signatures and of which one is new.
WITH bands AS (
    SELECT r.id AS report, unnest(list_transform(range({bands}), lambda i: hash(
        a.signature[{band} * i + 1:{band} * (i + 1)], i
    ))) AS key
    FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
    WHERE NOT r.superseded AND len(a.signature) = {bands} * {band}
)
SELECT DISTINCT least(x.report, y.report), greatest(x.report, y.report)
FROM bands x JOIN bands y ON x.key = y.key AND x.report <> y.report
WHERE x.report IN (SELECT report FROM new)
ORDER BY ALL;

-- name: media
SELECT DISTINCT unnest(a.credits) AS name, true AS credit
FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
UNION ALL
SELECT DISTINCT publisher, false FROM reports WHERE publisher IS NOT NULL
ORDER BY ALL;

-- name: credited
-- Reports that credit another's publisher within some days and share names with it; one of the two is new.
WITH passed AS (
    SELECT r.id AS report, r.published, unnest(a.credits) AS credit
    FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
    WHERE NOT r.superseded AND len(a.credits) > 0
),
pairs AS (
    SELECT DISTINCT p.report AS a, r.id AS b
    FROM passed p
    JOIN media m ON m.credit = p.credit
    JOIN reports r ON r.publisher = m.publisher AND r.id <> p.report AND NOT r.superseded
        AND coalesce(p.published - r.published BETWEEN 0 AND {days}, true)
    WHERE p.report IN (SELECT report FROM new) OR r.id IN (SELECT report FROM new)
),
words AS (
    SELECT DISTINCT report, word FROM (
        SELECT report, unnest(string_split(lower(text), ' ')) AS word FROM places
        UNION ALL
        SELECT report, unnest(string_split(lower(name), ' ')) FROM actors
        UNION ALL
        SELECT report, unnest(names) FROM all_imprints
    )
    WHERE len(word) > 3
)
SELECT least(a, b), greatest(a, b)
FROM pairs JOIN words x ON x.report = pairs.a JOIN words y ON y.report = pairs.b AND y.word = x.word
GROUP BY a, b
HAVING count(*) >= 2
ORDER BY ALL;
