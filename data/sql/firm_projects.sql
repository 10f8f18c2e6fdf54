-- one row a project of the firm, wherever it is, with the newest stage that its source words
SELECT
    p.project_id, p.name, p.place, p.unit, coalesce(s.title, p.source_id) AS source_title, p.as_of,
    (
        SELECT arg_max(e.stage_text, coalesce(e.on_date::TIMESTAMP, e.recorded_at)) FROM project_event e
        WHERE e.project_id = p.project_id
    ) AS stage_text
FROM project p
LEFT JOIN source s USING (source_id)
WHERE p.firm_id = ?
ORDER BY p.name, p.project_id
