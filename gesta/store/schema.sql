-- The views of a record, over the Parquet parts that its manifest lists.
--
-- Before this file runs, there is one view for each table on disk, with every row ever committed, column by column as
-- in gesta.records, and a last column "commit", whose names sort in the order of the commits:
--
--   all_reports  all_events  all_claims  all_actors  all_places  all_times  all_ties  all_loaded  all_quarantine  all_runs
--
-- and two of the codes that follow from an event's type and modes: type_codes, mode_codes.
--
-- The views below show of each report only what its latest commit says (later runs win). The rows of an older version
-- of a report stay, with "superseded" true. Every span is in Unicode code points from 0, its end exclusive.


-- One row per report: which commit is the latest, and whether another report has taken this one's place.
CREATE TABLE codings AS
WITH latest AS (
    SELECT
        id AS report,                                   -- id of the report
        max(commit) AS commit,                          -- the commit whose rows count
        arg_max(run, commit) AS run,                    -- the run that made them
        arg_max_null(revises, commit) AS stated,
        arg_max_null(url, commit) AS url,
        arg_max_null(digest, commit) AS digest,
        arg_max_null(published, commit) AS published,
        min(commit) AS first_commit,
        arg_min(position, commit) AS first_position
    FROM all_reports
    GROUP BY id
),
-- Several texts at one URL are versions. Publication dates order them if all have one, else the order of the commits.
candidates AS (
    SELECT *, CASE WHEN count(*) OVER same_url = count(published) OVER same_url THEN published END AS day
    FROM latest
    WHERE url IN (SELECT url FROM latest GROUP BY url HAVING count(DISTINCT digest) > 1)
    WINDOW same_url AS (PARTITION BY url)
),
ordered AS (
    SELECT *, row_number() OVER (PARTITION BY url ORDER BY day, first_commit, first_position) AS rank FROM candidates
),
texts AS (
    SELECT url, digest, min(rank) AS rank, arg_min(report, rank) AS report FROM ordered GROUP BY url, digest
),
versions AS (
    SELECT
        url, digest,
        lag(report) OVER history AS previous,
        lead(report) OVER history IS NOT NULL AS overtaken
    FROM texts
    WINDOW history AS (PARTITION BY url ORDER BY rank)
)
SELECT
    latest.report, latest.commit, latest.run,
    coalesce(latest.stated, versions.previous) AS revises,      -- the report that this one corrects
    coalesce(versions.overtaken, false)
        OR latest.report IN (SELECT stated FROM latest WHERE stated IS NOT NULL) AS superseded  -- whether there is a newer one
FROM latest LEFT JOIN versions USING (url, digest);


-- The reports read, coded or not.
CREATE VIEW reports AS
SELECT
    r.id,                       -- id of the report
    r.publisher,                -- who published it
    r.published,                -- the day it was published
    r.published_basis,          -- how that day is known
    r.url,                      -- its address
    r.title,                    -- its title
    r.text,                     -- title, blank line, body: what all spans point into
    r.body_start,               -- where in the text the body begins
    r.language,                 -- ISO 639-1 code
    r.origin,                   -- the file it was read from
    c.revises,                  -- id of the older version of this report
    c.superseded,               -- whether there is a newer version
    r.skipped,                  -- why it was not coded; NULL if it was
    r.digest,                   -- hash of the text alone: equal for copies of one text
    r.run,                      -- id of the run that coded it last
    r.commit                    -- name of the commit that holds these rows
FROM all_reports r JOIN codings c ON c.report = r.id AND c.commit = r.commit;


-- Events with exactly the columns of gesta.records.Event, nested as they are.
CREATE VIEW events_nested AS
SELECT
    e.*,                        -- id, report, type ... run, as in docs/records.md; then position and commit
    e.modality IN ('happened', 'ongoing') AS counted,   -- whether it counts as having happened
    c.superseded                -- whether the event's report has a newer version
FROM all_events e JOIN codings c USING (report, commit);


-- The actors named in each report, as that report shows them.
CREATE VIEW actors AS
SELECT
    a.id,                       -- id of the actor, the same in all reports
    a.report,                   -- id of the report
    a.position,                 -- order within the report
    a.name,                     -- plain name
    a.kind,                     -- state, organisation, group, person, people or unknown
    a.country,                  -- ISO 3166 alpha-3 or one of the PLOVER codes
    a.sectors,                  -- PLOVER sectors, first one first
    a.aliases,                  -- every spelling the report uses
    a.roles,                    -- offices of a person, dated where the registry of actors knows them
    a.reasons,                  -- why it was taken for this actor
    c.superseded,               -- whether the report has a newer version
    a.run,                      -- id of the run
    a.commit                    -- name of the commit
FROM all_actors a JOIN codings c USING (report, commit);


-- One row per source or target of an event, with what is known of the actor.
CREATE VIEW participants AS
WITH sides AS (
    SELECT id, report, superseded, unnest(list_concat(
        list_transform(sources, lambda p, i: {'side': 'source', 'position': i, 'p': p}),
        list_transform(targets, lambda p, i: {'side': 'target', 'position': i, 'p': p})
    )) AS s
    FROM events_nested
),
known AS (
    SELECT
        report, id,
        arg_min(name, position) AS name,
        arg_min(kind, position) AS kind,
        arg_min_null(country, position) AS country,
        arg_min(sectors, position) AS sectors,
        arg_min(aliases, position) AS aliases
    FROM actors
    GROUP BY report, id
)
SELECT
    x.id AS event,              -- id of the event
    x.report,                   -- id of the report
    x.s.side AS side,           -- source or target
    x.s.position AS position,   -- order within the side, from 1
    x.s.p.actor AS actor,       -- id of the actor
    coalesce(k.name, x.s.p.text) AS name,   -- plain name of the actor
    k.kind,                     -- state, organisation, group, person, people or unknown
    k.country,                  -- country or PLOVER code
    k.sectors,                  -- PLOVER sectors
    k.aliases,                  -- other spellings in the report
    x.s.p.text AS text,         -- the words of the report
    x.s.p.role AS role,         -- office or function, if the text gives one
    x.s.p.span[1] AS span_start,    -- where the words begin
    x.s.p.span[2] AS span_end,      -- where they end
    x.superseded                -- whether the report has a newer version
FROM sides x LEFT JOIN known k ON k.report = x.report AND k.id = x.s.p.actor;


-- The words behind each field of an event.
CREATE VIEW evidence AS
WITH fields AS (
    SELECT id, report, superseded, unnest(evidence) AS e, generate_subscripts(evidence, 1) AS position FROM events_nested
)
SELECT
    f.id AS event,              -- id of the event
    f.report,                   -- id of the report
    f.position,                 -- order within the event, from 1
    f.e.field AS field,         -- the field it stands behind: trigger, source, target, place, time ...
    f.e.start AS span_start,    -- where the words begin
    f.e."end" AS span_end,      -- where they end
    substring(r.text, f.e.start + 1, f.e."end" - f.e.start) AS words,   -- the words themselves
    f.superseded                -- whether the report has a newer version
FROM fields f LEFT JOIN reports r ON r.id = f.report;


-- How many were killed, injured, arrested, missing, displaced or took part.
CREATE VIEW tolls AS
WITH listed AS (
    SELECT
        id, report, counted, superseded, unnest(tolls) AS t, generate_subscripts(tolls, 1) AS position
    FROM events_nested
)
SELECT
    id AS event,                -- id of the event that caused it
    report,                     -- id of the report
    position,                   -- order within the event, from 1
    t.kind AS kind,             -- killed, injured, arrested, missing, displaced or participants
    t.low AS low,               -- at least so many
    t.high AS high,             -- at most so many; NULL if the text sets no bound
    t.text AS text,             -- the words of the report
    t.span[1] AS span_start,    -- where the words begin
    t.span[2] AS span_end,      -- where they end
    t.whom AS whom,             -- of whom
    t.whom_span[1] AS whom_start,   -- where the words for whom begin
    t.whom_span[2] AS whom_end,     -- where they end
    counted,                    -- whether the event counts as having happened
    superseded                  -- whether the report has a newer version
FROM listed;


-- Who says so.
CREATE VIEW claims AS
SELECT
    q.id,                               -- id of the claim
    q.report,                           -- id of the report
    q.position,                         -- order within the report
    q.speaker.actor AS speaker_actor,   -- actor id of the speaker; NULL if none is named
    q.speaker.text AS speaker,          -- the speaker in the words of the report
    k.name AS speaker_name,             -- plain name of the speaker
    k.country AS speaker_country,       -- country or PLOVER code
    q.voice,                            -- author ("I"), named, unnamed (a kind of source), medium, or untold
    q.speaker.role AS speaker_role,     -- office or function
    q.stance,                           -- what the speaker does with it: asserts, denies, accuses, demands ...
    q.certainty,                        -- certain, probable, possible or doubted
    q.framing,                          -- what the author makes of it: neutral, endorses or distances
    q.cue,                              -- the word that attributes: "said", "according to"
    q.within,                           -- id of the claim it is told in
    q.confidence,                       -- 0 to 1: an attitude has less than a saying
    q.content[1] AS content_start,      -- where the content begins
    q.content[2] AS content_end,        -- where it ends
    q.parts,                            -- its spans, without what interrupts it
    substring(r.text, q.content[1] + 1, q.content[2] - q.content[1]) AS content,   -- what is said, in the report's words
    list_transform(
        q.loaded, lambda w: substring(r.text, w.start + 1, w."end" - w.start)
    ) AS loaded,                        -- words that judge, the source's own
    r.publisher,                        -- who published the report
    r.published,                        -- when
    r.superseded,                       -- whether the report has a newer version
    q.run,                              -- id of the run
    q.commit                            -- name of the commit
FROM all_claims q
JOIN reports r ON r.id = q.report AND r.commit = q.commit
LEFT JOIN actors k ON k.report = q.report AND k.commit = q.commit AND k.id = q.speaker.actor;


-- Events in plain columns, for tables, maps and counts.
CREATE VIEW events AS
WITH dyads AS (
    SELECT
        event,
        list(name ORDER BY position) FILTER (side = 'source') AS sources,
        list(actor ORDER BY position) FILTER (side = 'source') AS source_actors,
        list(country ORDER BY position) FILTER (side = 'source') AS source_countries,
        list(sectors ORDER BY position) FILTER (side = 'source') AS source_sectors,
        list(name ORDER BY position) FILTER (side = 'target') AS targets,
        list(actor ORDER BY position) FILTER (side = 'target') AS target_actors,
        list(country ORDER BY position) FILTER (side = 'target') AS target_countries,
        list(sectors ORDER BY position) FILTER (side = 'target') AS target_sectors
    FROM participants
    GROUP BY event
),
-- Of several modes the score furthest from zero counts, and the highest root, as CAMEO's roots rise with violence.
moded AS (
    SELECT
        e.id AS event,
        arg_max(c.intensity, abs(c.intensity)) AS intensity,
        max(c.cameo_root) AS cameo_root
    FROM (SELECT id, ontology, type, unnest(modes) AS mode FROM events_nested) e
    JOIN mode_codes c USING (ontology, type, mode)
    GROUP BY e.id
)
SELECT
    e.id,                       -- id of the event
    e.report,                   -- id of the report that tells it
    e.position,                 -- order within the report
    e.ontology,                 -- what the types belong to
    e.type,                     -- what was done
    e.modes[1] AS mode,         -- the mode that describes the act best
    e.modes,                    -- all modes
    e.contexts,                 -- contexts
    k.quad,                     -- quad class: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
    coalesce(m.intensity, k.intensity) AS intensity,        -- PLOVER's score of type and modes, -10 to 10
    coalesce(m.cameo_root, k.cameo_root) AS cameo_root,     -- the CAMEO root they fall under
    e.modality,                 -- happened, ongoing, planned, threatened, demanded, alleged, denied ...
    e.counted,                  -- whether it counts as having happened
    e.within,                   -- id of the speech act whose content it is
    coalesce(d.sources, []) AS sources,                     -- names of those who acted
    coalesce(d.source_actors, []) AS source_actors,         -- their actor ids, in the same order
    coalesce(d.source_countries, []) AS source_countries,   -- their countries, in the same order, NULL where unknown
    coalesce(d.source_sectors, []) AS source_sectors,       -- for each of them a list of sectors
    coalesce(d.targets, []) AS targets,                     -- names of those acted on
    coalesce(d.target_actors, []) AS target_actors,         -- their actor ids
    coalesce(d.target_countries, []) AS target_countries,   -- their countries
    coalesce(d.target_sectors, []) AS target_sectors,       -- for each of them a list of sectors
    e.place.name AS place_name,             -- gazetteer name of the place
    e.place.text AS place_text,             -- the words of the report
    e.place.basis AS place_basis,           -- stated, or inferred: only the country the story is set in
    e.place.country AS country,             -- ISO 3166 alpha-3 code of the place
    e.place.admin1 AS admin1,               -- first-order division
    e.place.latitude AS latitude,           -- degrees north; NULL rather than false
    e.place.longitude AS longitude,         -- degrees east
    e.place.precision AS precision,         -- site, city, district, province, country or region
    e.place.geonames_id AS geonames_id,     -- GeoNames number
    e."time".value AS time_value,           -- TIMEX3 value
    e."time".start AS time_start,           -- first day
    e."time"."end" AS time_end,             -- last day, included
    e."time".grain AS time_grain,           -- how exact the expression is
    e."time".basis AS time_basis,           -- stated, relative, inferred or bounded
    e."time".text AS time_text,             -- the words of the report
    e.count,                    -- how many acts it stands for, if the text tells a number of them
    e.claim,                    -- id of the claim it rests on
    coalesce(s.voice, 'author') AS voice,   -- who tells it: author, or a speaker that is named, unnamed, medium, untold
    coalesce(s.speaker_name, s.speaker) AS said_by,         -- the speaker; NULL for the author, or if none is told
    e.confidence,               -- 0 to 1
    substring(r.text, t.start + 1, t."end" - t.start) AS trigger,   -- the word that tells of it
    t.start AS trigger_start,   -- where it begins
    t."end" AS trigger_end,     -- where it ends
    e.reasons,                  -- why it was coded so
    r.publisher,                -- who published the report
    r.published,                -- when
    r.url,                      -- address of the report
    r.title,                    -- title of the report
    e.superseded,               -- whether the report has a newer version
    e.run,                      -- id of the run
    e.commit                    -- name of the commit
FROM (SELECT *, list_filter(evidence, lambda x: x.field = 'trigger')[1] AS t FROM events_nested) e
JOIN reports r ON r.id = e.report
LEFT JOIN dyads d ON d.event = e.id
LEFT JOIN moded m ON m.event = e.id
LEFT JOIN claims s ON s.report = e.report AND s.commit = e.commit AND s.id = e.claim
LEFT JOIN type_codes k USING (ontology, type);


-- The toponyms of each report and what they stand for, whether or not an event happened there.
CREATE VIEW places AS
SELECT
    p.report,                   -- id of the report
    p.position,                 -- order within the report
    p.name,                     -- gazetteer name
    p.text,                     -- the words of the report
    p.span[1] AS span_start,    -- where the words begin
    p.span[2] AS span_end,      -- where they end
    p.role,                     -- event, mention, actor or dateline
    p.use,                      -- literal (the place itself) or associative (those who act in its name)
    p.country,                  -- ISO 3166 alpha-3
    p.admin1,                   -- first-order division
    p.latitude,                 -- degrees north
    p.longitude,                -- degrees east
    p.precision,                -- site, city, district, province, country or region
    p.feature,                  -- GeoNames feature code
    p.geonames_id,              -- GeoNames number
    p.alternatives,             -- other readings, with their scores
    p.reasons,                  -- why this one
    c.superseded,               -- whether the report has a newer version
    p.run,                      -- id of the run
    p.commit                    -- name of the commit
FROM all_places p JOIN codings c USING (report, commit);


-- The time expressions of each report.
CREATE VIEW times AS
SELECT
    t.report,                   -- id of the report
    t.position,                 -- order within the report
    t.value,                    -- TIMEX3 value
    t.kind,                     -- DATE, TIME, DURATION or SET
    t.basis,                    -- stated, relative, inferred or bounded
    t.grain,                    -- how exact it is
    t.start AS time_start,      -- first day
    t."end" AS time_end,        -- last day, included
    t.text,                     -- the words of the report
    t.span[1] AS span_start,    -- where the words begin
    t.span[2] AS span_end,      -- where they end
    t.reasons,                  -- how it was worked out
    c.superseded,               -- whether the report has a newer version
    t.run,                      -- id of the run
    t.commit                    -- name of the commit
FROM all_times t JOIN codings c USING (report, commit);


-- Wording that takes a side, the source's own, with a plain name for whom it stands for.
CREATE VIEW loaded AS
SELECT
    w.report,                   -- id of the report
    w.position,                 -- order within the report
    w.judges,                   -- what it judges: illegitimacy, violence, intrusion, disloyalty, ideology, contempt, praise
    w.text,                     -- the words of the report
    w.span[1] AS span_start,    -- where the words begin
    w.span[2] AS span_end,      -- where they end
    w.claim,                    -- id of the claim whose words they are; NULL for the author's own
    w.actor,                    -- id of the actor they stand for; NULL where they stand for none
    w.name,                     -- plain name of that actor
    r.publisher,                -- who published the report
    r.published,                -- when
    r.superseded,               -- whether the report has a newer version
    w.run,                      -- id of the run
    w.commit                    -- name of the commit
FROM all_loaded w JOIN reports r ON r.id = w.report AND r.commit = w.commit;


-- Ties: standing relations between actors, one row for each telling.
CREATE VIEW ties AS
WITH named AS (
    SELECT report, id, arg_min(name, position) AS name FROM actors GROUP BY report, id
)
SELECT
    t.id,                       -- id of the tie
    t.report,                   -- id of the report
    t.position,                 -- order within the report
    t.actor,                    -- actor id of the one ("the commander")
    a.name AS actor_name,       -- plain name of the one
    t.relation,                 -- member-of, commands, leads, speaks-for, part-of, proxy-of, allied-with or at-war-with
    t.other,                    -- actor id of the other ("the brigade")
    o.name AS other_name,       -- plain name of the other
    t.ended,                    -- whether the text says that it is over
    t.stance,                   -- what its claim makes of it: asserts, denies ...
    t.certainty,                -- certain, probable, possible or doubted
    t.stance = 'asserts' AND t.certainty = 'certain' AS told_as_fact,   -- neither denied nor in doubt
    t."time".start AS since,    -- first day that is told
    t."time"."end" AS until,    -- last day that is told, included
    t."time".value AS time_value,   -- TIMEX3 value of when it held
    t.claim,                    -- id of the claim it stands in; NULL where the author says so
    c.speaker,                  -- who says so, in the words of the report; NULL if the author, or one not named
    c.speaker_actor,            -- actor id of the speaker
    t.basis,                    -- clause, noun, title or modifier: what kind of words tells it
    substring(r.text, t.span[1] + 1, t.span[2] - t.span[1]) AS cue,     -- the words that tell the relation
    t.span[1] AS span_start,    -- where they begin
    t.span[2] AS span_end,      -- where they end
    t.actor_span[1] AS actor_start,     -- where the words for the one begin
    t.actor_span[2] AS actor_end,       -- where they end
    t.other_span[1] AS other_start,     -- where the words for the other begin
    t.other_span[2] AS other_end,       -- where they end
    t.reasons,                  -- why it was read so
    r.published,                -- when the report was published
    r.publisher,                -- by whom
    r.superseded,               -- whether the report has a newer version
    t.run,                      -- id of the run
    t.commit                    -- name of the commit
FROM all_ties t
JOIN reports r ON r.id = t.report AND r.commit = t.commit
LEFT JOIN named a ON a.report = t.report AND a.id = t.actor
LEFT JOIN named o ON o.report = t.report AND o.id = t.other
LEFT JOIN claims c ON c.id = t.claim AND c.report = t.report;


-- Inputs that were not read. The same one met by several runs is shown once.
CREATE VIEW quarantine AS
SELECT
    origin,                     -- the file
    reason,                     -- what was wrong
    line,                       -- line in the file
    field,                      -- the field that was wrong
    arg_max_null(remedy, commit) AS remedy,     -- what to do about it
    arg_max(run, commit) AS run,                -- id of the last run that met it
    max(commit) AS commit                       -- name of its commit
FROM all_quarantine
GROUP BY origin, reason, line, field;


-- What made the rows.
CREATE VIEW runs AS
SELECT
    id,                                         -- id of the run
    arg_max(gesta, commit) AS gesta,            -- version of Gesta
    arg_max(model, commit) AS model,            -- name and version of the model
    arg_max(ontology, commit) AS ontology,      -- name and version of the ontology
    arg_max(settings, commit) AS settings,      -- the settings that shape the output, as JSON
    min(commit) AS first_commit,                -- its first commit
    max(commit) AS last_commit                  -- its last
FROM all_runs
GROUP BY id;


-- Incidents with exactly the columns of gesta.records.Incident, as the latest linking has them.
CREATE VIEW incidents_nested AS
SELECT * EXCLUDE (rank)
FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY commit DESC) AS rank FROM all_incidents)
WHERE rank = 1 AND NOT gone;


-- One happening told by one or more reports, in plain columns.
CREATE VIEW incidents AS
SELECT
    i.id,                                   -- id of the incident
    i.agreed.ontology AS ontology,          -- what the types belong to
    i.agreed.type AS type,                  -- what was done
    i.agreed.modes[1] AS mode,              -- the mode that describes the act best
    i.agreed.modes AS modes,                -- all modes that most sources tell
    k.quad,                                 -- quad class: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
    coalesce(m.intensity, k.intensity) AS intensity,    -- PLOVER's score of type and mode, -10 to 10
    i.agreed.modality AS modality,          -- happened or ongoing; alleged or denied if no report tells it as a fact
    i.agreed.modality IN ('happened', 'ongoing') AS counted,    -- whether it counts as having happened
    i.agreed.start AS time_start,           -- first day
    i.agreed."end" AS time_end,             -- last day, included
    i.agreed.grain AS time_grain,           -- how exact the expression is
    i.agreed.place.name AS place_name,      -- gazetteer name of the place
    i.agreed.place.country AS country,      -- ISO 3166 alpha-3 code of the place
    i.agreed.place.admin1 AS admin1,        -- first-order division
    i.agreed.place.latitude AS latitude,    -- degrees north; NULL rather than false
    i.agreed.place.longitude AS longitude,  -- degrees east
    i.agreed.place.precision AS precision,  -- site, city, district, province, country or region
    i.agreed.place.geonames_id AS geonames_id,          -- GeoNames number
    list_transform(i.agreed.sources, lambda p: p.name) AS sources,                  -- names of those who acted
    list_transform(i.agreed.sources, lambda p: p.actor) AS source_actors,           -- their actor ids, in the same order
    list_transform(i.agreed.sources, lambda p: p.country) AS source_countries,      -- their countries, in the same order
    list_transform(i.agreed.targets, lambda p: p.name) AS targets,                  -- names of those acted on
    list_transform(i.agreed.targets, lambda p: p.actor) AS target_actors,           -- their actor ids
    list_transform(i.agreed.targets, lambda p: p.country) AS target_countries,      -- their countries
    i.agreed.count AS count,                -- how many acts it stands for, if a text tells a number of them
    i.reports,                              -- how many reports tell of it
    i.independent_sources,                  -- how many of them are no copies and come from different publishers
    len(i.events) AS tellings,              -- how many events tell of it
    i.events,                               -- their ids, the first report's first
    list_transform(i.contested, lambda c: c.field) AS contested,    -- the fields in which reports differ
    i.first AS first_report,                -- day of the first report
    i.last AS last_report,                  -- day of the last report
    i.confidence                            -- 0 to 1: how well its events agree; 1 if there is only one
FROM incidents_nested i
LEFT JOIN type_codes k ON k.ontology = i.agreed.ontology AND k.type = i.agreed.type
LEFT JOIN mode_codes m ON m.ontology = i.agreed.ontology AND m.type = i.agreed.type AND m.mode = i.agreed.modes[1];


-- What one party did to another in an incident that counts as having happened: a row for each pair of them.
CREATE VIEW acts AS
SELECT
    a.incident,                             -- id of the incident
    a.type,                                 -- what was done
    a.quad,                                 -- quad class: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
    a.intensity,                            -- PLOVER's score of type and mode, -10 to 10
    a.first,                                -- first day; NULL where only a bound is known
    a.last,                                 -- last day, or the day by which it was
    a.country,                              -- ISO 3166 alpha-3 code of the place
    a.source,                               -- id of the actor who acted; NULL if none is told
    a.source_country,                       -- the actor's country
    a.source_sectors,                       -- the actor's sectors
    a.target,                               -- id of the actor acted on; NULL if none is told
    a.target_country,                       -- the actor's country
    a.target_sectors,                       -- the actor's sectors
    a.killed,                               -- the incident's toll, the figure of most sources
    a.injured,                              -- the same
FROM all_acts a
-- What was linked anew later counts as that has it; most of a record was not.
LEFT JOIN (
    SELECT incident, max(commit) AS commit
    FROM all_acts
    WHERE commit > (SELECT min(commit) FROM all_linkings)
    GROUP BY incident
) newer USING (incident)
WHERE a.counted AND (newer.commit IS NULL OR a.commit = newer.commit);


-- Which events tell of which incident.
CREATE VIEW tellings AS
SELECT
    id AS incident,                         -- id of the incident
    unnest(events) AS event                 -- id of an event that tells of it
FROM incidents_nested;


-- The tolls of incidents over all their reports.
CREATE VIEW incident_tolls AS
SELECT
    id AS incident,                         -- id of the incident
    t.kind AS kind,                         -- killed, injured, arrested, missing, displaced or participants
    t.low AS low,                           -- the lowest figure told
    t.best AS best,                         -- the figure of most independent sources, of equals the latest
    t.high AS high                          -- the highest figure told; NULL if it has no upper bound
FROM (SELECT id, unnest(agreed.tolls) AS t FROM incidents_nested);


-- The fields in which reports of one incident differ: one row for each value.
CREATE VIEW contests AS
SELECT
    id AS incident,                         -- id of the incident
    c.field AS field,                       -- day, place, happened, blame, or a kind of toll
    v.value AS value,                       -- one of the values told
    v.reports AS reports,                   -- ids of the reports that give it
    v.said_by AS said_by                    -- whose word it is: speakers, else publishers
FROM (SELECT id, c, unnest(c.versions) AS v FROM (SELECT id, unnest(contested) AS c FROM incidents_nested));


-- Reports that pass on another. Who only credits an agency passes on that report of it that is most surely of the same
-- happening, of equals the latest before.
CREATE VIEW copies AS
WITH newest AS (
    SELECT
        report, of,
        arg_max(kind, commit) AS kind, arg_max(likeness, commit) AS likeness, arg_max(reason, commit) AS reason
    FROM all_copies
    GROUP BY report, of
),
ranked AS (
    SELECT n.*, row_number() OVER (
        PARTITION BY n.report, n.kind = 'credited' ORDER BY n.likeness DESC, r.published DESC NULLS LAST, n.of
    ) AS rank
    FROM newest n JOIN reports r ON r.id = n.of
)
SELECT
    report,                                 -- id of the report
    of,                                     -- id of the report it passes on
    kind,                                   -- verbatim, cut, rewritten or credited
    likeness,                               -- share of the shorter text's runs of three words that the other has
    reason                                  -- why it was taken for a copy
FROM ranked
WHERE kind <> 'credited'
    OR rank = 1 AND report NOT IN (SELECT report FROM newest WHERE kind <> 'credited');


-- The log of linking: what became of incidents, in the order in which it did.
CREATE VIEW changes AS
SELECT
    id,                                     -- id of the entry
    min(commit) AS commit,                  -- name of the commit that brought it
    min(position) AS position,              -- order within the commit
    any_value(kind) AS kind,                -- new, joined, left, merged, split, renamed or withdrawn
    any_value(incident) AS incident,        -- id of the incident
    any_value(others) AS others,            -- ids it was merged from, split into, or is called now
    any_value(events) AS events,            -- ids of the events that came or went
    any_value(reason) AS reason             -- why
FROM all_changes
GROUP BY id;


-- What a report itself tells as the reason for an act: one row for each statement.
CREATE VIEW causes AS
SELECT
    q.id,                                   -- id of the statement
    q.report,                               -- id of the report
    q.effect,                               -- id of the event that answers
    q.cause,                                -- id of the event that is answered; NULL where it is no coded event
    substring(r.text, q.effect_span[1] + 1, q.effect_span[2] - q.effect_span[1]) AS effect_words,   -- its word
    substring(r.text, q.cause_span[1] + 1, q.cause_span[2] - q.cause_span[1]) AS cause_words,       -- the words for it
    q.cue,                                  -- the words that state the link
    q.confidence,                           -- 0 to 1
    q.reasons,                              -- why it was read so
    r.superseded                            -- whether the report has a newer version
FROM all_causes q
JOIN reports r ON r.id = q.report AND r.commit = q.commit;


-- Which incident answers which, as reports state it.
CREATE VIEW responses AS
SELECT
    c.incident AS cause,                    -- id of the incident that is answered
    a.incident AS answer,                   -- id of the incident that answers
    'stated' AS basis,                      -- stated by a text; inferred ones are made by gesta chain
    arg_max(q.cue, (q.confidence, q.id)) AS cue,        -- the words that state it best
    (min(y.time_start) - min(x.time_start))::BIGINT AS lag,     -- days between the two; NULL where a day is unknown
    max(q.confidence) AS confidence,        -- of the surest statement
    list(q.id ORDER BY q.id) AS tellings    -- ids of the statements
FROM causes q
JOIN tellings c ON c.event = q.cause
JOIN tellings a ON a.event = q.effect
JOIN incidents x ON x.id = c.incident
JOIN incidents y ON y.id = a.incident
WHERE NOT q.superseded AND c.incident <> a.incident
    -- An answer comes after; a day's slip is a slip.
    AND coalesce(y.time_end - x.time_start >= -1, true)
GROUP BY c.incident, a.incident;
