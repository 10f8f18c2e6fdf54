-- one row a firm and another name that a source gives of it, as in search_texts
SELECT DISTINCT r.firm_id, lower(replace(replace(replace(r.name, '（', '('), '）', ')'), chr(10), ' ')) AS name
FROM firm_record r
JOIN firm f ON f.firm_id = r.firm_id AND f.name <> r.name
JOIN import_batch b ON b.batch_id = r.batch_id AND b.undone_at IS NULL
ORDER BY ALL
