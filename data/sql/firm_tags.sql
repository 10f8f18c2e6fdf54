-- one row a tag of the firm with its source, newest first
SELECT t.*, coalesce(s.title, t.source_id) AS source_title
FROM firm_tag t
LEFT JOIN source s USING (source_id)
WHERE t.firm_id = ?
ORDER BY t.year DESC, t.list_name, t.as_of DESC
