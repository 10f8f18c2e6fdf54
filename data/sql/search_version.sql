-- one row: what the texts of the firms depend on, and what else is known of them does beside that
SELECT
    concat_ws('/', count(*), max(imported_at), count(undone_at), (SELECT count(*) FROM firm)) AS texts,
    (SELECT max(made_at) FROM affiliate_run) AS affiliates,
    (SELECT string_agg(key || '=' || value, ',' ORDER BY key) FROM setting) AS home
FROM import_batch
