-- one row: texts that change with the firms (imports, matching, decisions, home), with the projects, and with the catalogues
SELECT
    concat_ws(
        '/',
        (SELECT concat_ws(',', count(*), max(imported_at), count(undone_at)) FROM import_batch),
        (SELECT concat_ws(',', count(*), max(matched_at)) FROM match_run),
        (SELECT concat_ws(',', count(*), count(undone_at)) FROM segment_decision),
        (SELECT count(*) FROM chain_version),
        (SELECT max(made_at) FROM affiliate_run),
        (SELECT string_agg(key || '=' || value, ',' ORDER BY key) FROM setting)
    ) AS firms,
    concat_ws(
        '/',
        (SELECT concat_ws(',', count(*), max(recorded_at)) FROM project_event),
        (SELECT concat_ws(',', count(*), max(decided_at)) FROM project_segment),
        -- only ever grows: attaching and detaching within one second leaves the others as they were
        (SELECT count(*) FROM audit_event WHERE action IN ('attach', 'detach', 'project_event'))
    ) AS projects,
    (SELECT concat_ws(',', count(*), max(happened_at)) FROM audit_event WHERE starts_with(action, 'catalogue')) AS lists
