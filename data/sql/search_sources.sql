-- one row a record of a firm: which source tells of it
SELECT r.firm_id, r.source_id, coalesce(s.title, r.source_id) AS title
FROM firm_record r
JOIN import_batch b ON b.batch_id = r.batch_id AND b.undone_at IS NULL
LEFT JOIN source s ON s.source_id = r.source_id
