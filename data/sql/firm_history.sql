-- one row an event of a firm, newest first: when, kind, who (NULL: nobody is known), and up to three words of what;
-- private: on a list or trip that is its owner's alone
WITH event AS (
    SELECT b.imported_at AS happened_at, 'import' AS kind, b.imported_by AS who, s.title AS what, b.file_name AS detail, r.as_of::TEXT AS more, false AS private
    FROM (SELECT DISTINCT batch_id, source_id, as_of FROM firm_record WHERE firm_id = $firm_id) r
    JOIN import_batch b USING (batch_id)
    LEFT JOIN source s ON s.source_id = r.source_id
    WHERE b.undone_at IS NULL
    UNION ALL
    SELECT m.matched_at, 'match', NULL, p.chain_id, p.n::TEXT, NULL, false
    FROM (SELECT chain_id, count(*) AS n FROM segment_firm WHERE firm_id = $firm_id AND verdict <> 'rejected' GROUP BY chain_id) p
    JOIN match_run m USING (chain_id)
    UNION ALL
    SELECT decided_at, 'decision', decided_by, segment_id, verdict, note, false
    FROM segment_decision WHERE firm_id = $firm_id AND undone_at IS NULL
    UNION ALL
    SELECT i.added_at, 'draft', i.added_by, i.segment_id, NULL, i.item ->> 'claim_reason', false
    FROM catalogue_item i
    LEFT JOIN catalogue c USING (catalogue_id)
    WHERE i.firm_id = $firm_id AND c.catalogue_id IS NULL AND contains(i.catalogue_id, $home)
    UNION ALL
    SELECT c.frozen_at, 'catalogue', c.created_by, c.title, c.version::TEXT, i.segment_id, false
    FROM catalogue_item i
    JOIN catalogue c USING (catalogue_id)
    WHERE i.firm_id = $firm_id AND c.home_adcode = $home AND c.frozen_at IS NOT NULL
    UNION ALL
    SELECT i.added_at, 'list', i.added_by, l.name, l.owner, i.reason, NOT l.shared
    FROM firm_list_item i
    JOIN firm_list l USING (list_id)
    WHERE i.firm_id = $firm_id AND l.home_adcode = $home
    UNION ALL
    SELECT s.added_at, 'trip', s.added_by, t.name, t.owner, s.on_date::TEXT, NOT t.shared
    FROM trip_stop s
    JOIN trip t USING (trip_id)
    WHERE s.firm_id = $firm_id AND t.home_adcode = $home
    UNION ALL
    SELECT changed_at, 'outreach', changed_by, state, note, next_step, false
    FROM outreach_event WHERE firm_id = $firm_id AND home_adcode = $home
    UNION ALL
    SELECT visited_on::TIMESTAMP, 'visit', changed_by, state, note, NULL, false
    FROM outreach_event WHERE firm_id = $firm_id AND home_adcode = $home AND visited_on IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY visited_on ORDER BY changed_at DESC) = 1
    UNION ALL
    SELECT written_at, 'note', written_by, note, NULL, NULL, false
    FROM firm_note WHERE firm_id = $firm_id AND home_adcode = $home
    UNION ALL
    SELECT coalesce(e.on_date::TIMESTAMP, e.recorded_at), 'project', NULL, p.name, e.stage_text, if(e.on_date IS NULL, 'recorded', NULL), false
    FROM project_event e
    JOIN project p USING (project_id)
    WHERE p.firm_id = $firm_id
)
FROM event ORDER BY happened_at DESC, kind, what
