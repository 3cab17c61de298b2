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

-- name: outlines
SELECT r.id, r.publisher, r.published, a.credits
FROM reports r JOIN all_reports a ON a.id = r.id AND a.commit = r.commit
WHERE r.id IN (SELECT report FROM told_events);
