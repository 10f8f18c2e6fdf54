-- one row: what the texts of the firms depend on, and what else is known of them does beside that; projects, money and sites
-- say nothing of either
SELECT
    concat_ws(
        '/', count(*) FILTER (WHERE kind = 'firms'), max(imported_at) FILTER (WHERE kind = 'firms'),
        count(undone_at) FILTER (WHERE kind = 'firms'), (SELECT count(*) FROM firm)
    ) AS texts,
    concat_ws('/', count(*), max(imported_at), count(undone_at)) AS beside,
    (SELECT max(made_at) FROM affiliate_run) AS affiliates,
    (SELECT string_agg(key || '=' || value, ',' ORDER BY key) FROM setting) AS home
FROM import_batch
WHERE kind IN ('firms', 'tags', 'relations')
