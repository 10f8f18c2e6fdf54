-- one row a project: when the store learned of it, when it last learned something new, and the day of the newest news.
-- What an import says again is not new; what has no day of its own held on its import's as-of date
WITH statement AS (
    SELECT batch_id, as_of, imported_at FROM import_batch
),
said AS (
    SELECT e.project_id, ['stage', coalesce(e.stage, ''), e.stage_text, coalesce(e.on_date::TEXT, '')] AS what,
        coalesce(e.on_date, t.as_of, e.recorded_at::DATE) AS on_day, coalesce(t.imported_at, e.recorded_at) AS told_at
    FROM project_event e
    LEFT JOIN statement t USING (batch_id)
    UNION ALL
    SELECT m.project_id, ['money', m.layer, m.amount::TEXT || m.currency, coalesce(m.on_date::TEXT, '')],
        coalesce(m.on_date, t.as_of), t.imported_at
    FROM project_money m
    LEFT JOIN statement t USING (batch_id)
),
news AS (
    SELECT project_id, what, min(on_day) AS on_day, min(told_at) AS told_at FROM said GROUP BY project_id, what
),
newest AS (
    SELECT project_id, max(on_day) AS news_on, max(told_at) AS told_at, min(told_at) AS first_told_at FROM news GROUP BY project_id
)
SELECT
    p.project_id,
    coalesce(t.imported_at, n.first_told_at) AS known_at,
    coalesce(n.told_at, t.imported_at) AS told_at,
    coalesce(n.news_on, p.as_of) AS news_on
FROM project p
LEFT JOIN statement t ON t.batch_id = p.batch_id
LEFT JOIN newest n USING (project_id)
ORDER BY p.project_id
