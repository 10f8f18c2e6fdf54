-- the newest facts of every source and kind in force: one row a source and kind
SELECT b.kind, b.source_id, any_value(s.title) AS title, arg_max(b.batch_id, (b.as_of, b.imported_at)) AS batch_id,
    max(b.as_of) AS as_of, max(b.imported_at) AS imported_at, sum(b.n_accepted)::BIGINT AS n_accepted
FROM import_batch b
LEFT JOIN (SELECT source_id, any_value(title) AS title FROM source GROUP BY source_id) s USING (source_id)
WHERE b.undone_at IS NULL
GROUP BY b.kind, b.source_id
ORDER BY as_of, b.kind, b.source_id
