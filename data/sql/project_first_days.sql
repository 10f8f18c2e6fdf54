-- one row a project: the first day it was heard of (an event without a day: the as-of date of its import), and whether
-- that is the event's own day
SELECT
    p.project_id,
    coalesce(min(coalesce(e.on_date, b.as_of, e.recorded_at::DATE)), any_value(p.as_of)) AS first_on,
    coalesce(
        arg_min(e.on_date IS NOT NULL, (coalesce(e.on_date, b.as_of, e.recorded_at::DATE), e.on_date IS NULL)), false
    ) AS dated
FROM project p
LEFT JOIN project_event e USING (project_id)
LEFT JOIN import_batch b ON b.batch_id = e.batch_id
GROUP BY p.project_id
ORDER BY p.project_id
