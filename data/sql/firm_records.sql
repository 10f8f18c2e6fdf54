-- one row a record: what one source says of the firm, newest first
SELECT s.title AS source_title, b.file_name, r.*
FROM firm_record r
JOIN import_batch b USING (batch_id)
JOIN source s ON s.source_id = r.source_id
WHERE r.firm_id = ? AND b.undone_at IS NULL
ORDER BY r.as_of DESC, b.imported_at DESC
