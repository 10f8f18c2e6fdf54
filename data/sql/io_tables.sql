-- one row: an import that holds input-output coefficients of the chain, the one in force first
SELECT DISTINCT b.batch_id, coalesce((SELECT any_value(title) FROM source s WHERE s.source_id = b.source_id), b.file_name) AS title,
    b.as_of, b.imported_at
FROM import_batch b JOIN io_coefficient c USING (batch_id)
WHERE c.chain_id = $chain_id AND b.undone_at IS NULL
ORDER BY b.as_of DESC, b.imported_at DESC, b.batch_id DESC
