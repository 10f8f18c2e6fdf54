-- one row: a text that changes with imports, matching and home region, but not with people's decisions
SELECT concat_ws(
    '/',
    (SELECT concat_ws(',', count(*), max(imported_at), count(undone_at)) FROM import_batch),
    (SELECT concat_ws(',', count(*), max(matched_at)) FROM match_run),
    (SELECT string_agg(key || '=' || value, ',' ORDER BY key) FROM setting)
)
